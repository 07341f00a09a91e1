"""Pure: what one look brought for a resource, and the check that it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler import extract, judge
from crawler.config import Settings
from crawler.judge import Case, WantedProbes
from crawler.model import (
    Answer,
    Check,
    Context,
    Evidence,
    Fetch,
    Page,
    Probing,
    Record,
    Resource,
    Target,
    Validators,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look at a target brought, for one of the resources that list it."""

    case: Case
    """What there is to judge, before probes; its page is the last good one when it was not modified."""
    fetch: Fetch
    """Without its page: many looks wait for probes at once."""
    validators: Validators | None
    """What the server gave with the page, now or when it last sent it."""
    number: int
    """1 for the first look, 2 for the second, 0 when nothing was asked."""
    wanted: WantedProbes
    """The probes that would tell whether the page is the resource."""
    text: str
    """The page's main text, when there are any."""

    @property
    def url(self) -> str:
        """What was asked; there must have been an answer."""
        return self.fetch.facts.first_url

    @property
    def page(self) -> Page | None:
        """What was read."""
        return self.case.evidence.page


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What there is to be read after a fetch."""

    target: Target
    fetch: Fetch
    number: int
    read_at: datetime


def looks_at(
    reading: Reading, known: Mapping[str, Record], tokens: tuple[str, str]
) -> tuple[Look, ...]:
    """What a fetch says of each resource that lists the target."""
    fetch = reading.fetch
    page = fetch.page if fetch.facts.succeeded else None
    if page is None:
        reading = replace(reading, fetch=_with_challenge(fetch))
    return tuple(
        _look_at(reading, page, _known(resource, known), tokens)
        for resource in reading.target.resources
    )


def _look_at(
    reading: Reading,
    page: Page | None,
    known: Record,
    tokens: tuple[str, str],
) -> Look:
    text = page.main_text if page else ""
    previous, before, fetch = known.check, known.last_good, reading.fetch
    if before and fetch.facts.is_not_modified:
        page = before.whole()
    case = _case(reading, page and replace(page, main_text=""), known)
    wanted = judge.probe_wanted(case, before, tokens)
    return Look(
        case=case.with_context(Context(past=judge.past_of(before, case))),
        fetch=replace(fetch, page=None),
        validators=_validators(fetch, previous),
        number=reading.number,
        wanted=wanted,
        text=text if wanted else "",
    )


def _case(reading: Reading, page: Page | None, known: Record) -> Case:
    return judge.case_of(
        Evidence(
            resource=known.resource,
            facts=reading.fetch.facts,
            page=page,
            elapsed=elapsed(reading.fetch),
            checked_at=reading.read_at,
            accepted=known.accepted,
        )
    )


def _known(resource: Resource, known: Mapping[str, Record]) -> Record:
    """What is known of the resource at the URL that it is listed with now."""
    record = known.get(resource.key)
    is_same = record is not None and record.resource.url == resource.url
    return replace(record, resource=resource) if record and is_same else Record(resource=resource)


def check_of(look: Look, settings: Settings, probing: Probing | None = None) -> Check:
    """What the look concludes, with what probes brought."""
    case = look.case.with_context(replace(look.case.context, probing=probing))
    evidence, page = case.evidence, look.page
    judgement = judge.decide(case, judge.policy_for(settings, evidence.facts))
    kept = judgement.verdict.is_alive
    seen = judge.seen_of(page, judgement.verdict)
    return Check(
        resource=evidence.resource,
        judgement=judgement,
        facts=replace(evidence.facts, seen=seen or evidence.facts.seen),
        context=evidence.context,
        page=page if kept else None,
        checked_at=evidence.checked_at,
        address=look.fetch.address,
        elapsed=evidence.elapsed,
        attempts=look.fetch.attempts,
        looks=look.number,
        validators=look.validators if kept else None,
    )


def elapsed(fetch: Fetch) -> timedelta | None:
    """To the millisecond, as it is stored: what is judged once can be judged again."""
    if not fetch.attempts:
        return None
    return timedelta(milliseconds=round(fetch.timings.total / timedelta(milliseconds=1)))


def _validators(fetch: Fetch, previous: Check | None) -> Validators | None:
    if fetch.facts.is_not_modified and previous:
        return fetch.validators or previous.validators
    return fetch.validators


def _with_challenge(fetch: Fetch) -> Fetch:
    """The same, with what is to be kept of an error's content: the marks of a bot filter."""
    if not isinstance(fetch.facts.outcome, Answer) or fetch.facts.succeeded:
        return fetch
    seen = extract.challenge_in(fetch.page) if fetch.page else None
    return replace(fetch, facts=replace(fetch.facts, seen=seen))


def judged_again(check: Check, settings: Settings, *, collapsed: int) -> Check:
    """The check of a suspect page, since so many ended as it did; no person has accepted it."""
    evidence = Evidence(
        resource=check.resource,
        facts=check.facts,
        page=check.facts.seen,
        elapsed=check.elapsed,
        checked_at=check.checked_at,
        context=replace(check.context, collapsed=collapsed),
    )
    judgement = judge.judge(evidence, judge.policy_for(settings, check.facts))
    return replace(check, context=evidence.context, judgement=judgement)
