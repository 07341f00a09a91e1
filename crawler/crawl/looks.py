"""Pure: what one look brought for a resource, and the check that it comes to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial

from crawler import extract, judge
from crawler.config import Settings
from crawler.judge import Wanted
from crawler.model import (
    Accepted,
    Answer,
    Check,
    Evidence,
    Fetch,
    LastGood,
    Page,
    Past,
    Probing,
    Record,
    Resource,
    Target,
    Validators,
    Verdict,
)

LIVING = frozenset({Verdict.OK, Verdict.MOVED})
"""Verdicts whose page is the resource's own, and worth keeping."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look at a target brought, for one of the resources that list it."""

    resource: Resource
    fetch: Fetch
    """Without its content: many looks wait for probes at once."""
    page: Page | None
    """The last good one when it was not modified."""
    previous: Check | None
    """The latest concluded check of the same URL."""
    last_good: LastGood | None
    accepted: Accepted | None
    """The page that a person said is the resource."""
    number: int
    """1 for the first look, 2 for the second, 0 when nothing was asked."""
    checked_at: datetime
    wanted: Wanted
    """The probes that would tell whether the page is the resource."""
    text: str
    """The page's main text, when there are any."""

    @property
    def uri(self) -> str:
        """What was asked; there must have been an answer."""
        return self.fetch.facts.exchanges[0].target_uri


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
    """What a fetch says of each resource that lists the target; the content has done its part then."""
    page = _page(reading)
    if page is None:
        reading = replace(reading, fetch=_with_challenge(reading.fetch))
    # A large page takes half a second to be read, and many resources may list it.
    text = cache(partial(_main_text, reading))
    return tuple(
        _look_at(reading, page, _known(resource, known), tokens, text)
        for resource in reading.target.resources
    )


def _look_at(
    reading: Reading,
    page: Page | None,
    known: Record,
    tokens: tuple[str, str],
    main_text: Callable[[], str],
) -> Look:
    resource, previous, fetch = known.resource, known.check, reading.fetch
    if known.last_good and is_not_modified(fetch):
        page = known.last_good.whole()
    wanted = judge.probe_wanted(resource, known.last_good, fetch, page, tokens)
    return Look(
        resource=resource,
        fetch=replace(fetch, content=b""),
        page=page,
        previous=previous,
        last_good=known.last_good,
        accepted=known.accepted,
        number=reading.number,
        checked_at=reading.read_at,
        wanted=wanted,
        text=main_text() if wanted else "",
    )


def _known(resource: Resource, known: Mapping[str, Record]) -> Record:
    """What is known of the resource at the URL that it is listed with now."""
    record = known.get(resource.key)
    is_same = record is not None and record.resource.url == resource.url
    return replace(record, resource=resource) if record and is_same else Record(resource=resource)


def check_of(look: Look, settings: Settings, probing: Probing | None = None) -> Check:
    """What the look concludes, with what probes brought."""
    evidence = Evidence(
        resource=look.resource,
        facts=replace(look.fetch.facts, probing=probing, past=_past(look)),
        page=look.page,
        elapsed=elapsed(look.fetch),
        checked_at=look.checked_at,
        accepted=look.accepted,
    )
    judgement = judge.judge(evidence, judge.policy_for(settings, evidence.facts))
    kept = judgement.verdict in LIVING
    seen = judge.seen_of(look.page, judgement.verdict)
    return Check(
        resource=look.resource,
        judgement=judgement,
        facts=replace(evidence.facts, seen=seen or evidence.facts.seen),
        page=look.page if kept else None,
        checked_at=look.checked_at,
        address=look.fetch.address,
        elapsed=evidence.elapsed,
        attempts=look.fetch.attempts,
        looks=look.number,
        validators=_validators(look) if kept else None,
    )


def is_not_modified(fetch: Fetch) -> bool:
    """Whether the page is the one that was there before."""
    exchanges = fetch.facts.exchanges
    return bool(exchanges) and exchanges[-1].status_code == 304


def elapsed(fetch: Fetch) -> timedelta | None:
    """To the millisecond, as it is stored: what is judged once can be judged again."""
    if not fetch.attempts:
        return None
    return timedelta(milliseconds=round(fetch.timings.total / timedelta(milliseconds=1)))


def _past(look: Look) -> Past | None:
    if look.last_good is None or look.page is None:
        return None
    return judge.past_of(look.last_good, look.page, look.fetch.facts)


def _validators(look: Look) -> Validators | None:
    if is_not_modified(look.fetch) and look.previous:
        return look.fetch.validators or look.previous.validators
    return look.fetch.validators


def _with_challenge(fetch: Fetch) -> Fetch:
    """The same, with what is to be kept of an error's content: the marks of a bot filter."""
    exchanges = fetch.facts.exchanges
    if not isinstance(fetch.facts.outcome, Answer) or exchanges[-1].status_code < 300:
        return fetch
    seen = extract.challenge(fetch.content, fetch.content_type)
    return replace(fetch, facts=replace(fetch.facts, seen=seen))


def judged_again(check: Check, settings: Settings, *, collapsed: int) -> Check:
    """The check of a suspect page, since so many ended as it did; no person has accepted it."""
    facts = replace(check.facts, collapsed=collapsed)
    evidence = Evidence(
        resource=check.resource,
        facts=facts,
        page=facts.seen,
        elapsed=check.elapsed,
        checked_at=check.checked_at,
    )
    return replace(
        check, facts=facts, judgement=judge.judge(evidence, judge.policy_for(settings, facts))
    )


def _page(reading: Reading) -> Page | None:
    fetch = reading.fetch
    exchanges = fetch.facts.exchanges
    if not isinstance(fetch.facts.outcome, Answer) or not 200 <= exchanges[-1].status_code < 300:
        return None
    return extract.extract(fetch.content, _landing(reading), fetch.content_type)


def _main_text(reading: Reading) -> str:
    fetch = reading.fetch
    return extract.main_text(fetch.content, _landing(reading), fetch.content_type)


def _landing(reading: Reading) -> str:
    """Where the target's redirects ended, with the fragment."""
    exchanges = reading.fetch.facts.exchanges
    led_here = exchanges[-2].redirect if len(exchanges) > 1 else None
    return led_here.target if led_here else reading.target.uri
