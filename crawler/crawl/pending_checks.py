"""Pure: from a fetch to checks, one for each resource that lists the target."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler import extract, judge, urls
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
    Verdict,
)

RECHECKED = frozenset({Verdict.DEAD, Verdict.FAILING})
"""Verdicts of what is looked at again in the same run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingCheck:
    """Everything that the check of one resource is made from, except the answers to probes."""

    case: Case
    """The evidence; after a 304, its page is the last good one."""
    fetch: Fetch
    """Without its page: many checks wait for probes at once."""
    validators: Validators | None
    """What the server sent with the page, now or when it last sent it."""
    look: int
    """1 for the first look, 2 for the second, 0 when nothing was asked."""
    wanted: WantedProbes
    """The probes that would show whether the page is the resource."""

    @property
    def main_text(self) -> str:
        """The main text of the page that was read; empty when none was."""
        page = self.case.evidence.page
        return page.main_text if page else ""

    @property
    def url(self) -> str:
        """The target URI of the first exchange; there must have been one."""
        return self.fetch.facts.first_url

    @property
    def final_url(self) -> str:
        """The target URI of the last exchange."""
        return self.fetch.facts.final_url


def prepare_checks(
    target: Target,
    fetch: Fetch,
    *,
    look: int,
    read_at: datetime,
    known: Mapping[str, Record],
    tokens: tuple[str, str],
) -> tuple[PendingCheck, ...]:
    """What a fetch says about each resource that lists the target.

    `known` has the records of the resources, by key, and `tokens` are names that no page has.
    """
    page = fetch.page if fetch.facts.succeeded else None
    if page is None:
        fetch = _with_challenge(fetch)
    fetch = replace(fetch, page=None)

    def prepare(resource: Resource) -> PendingCheck:
        record = _known_record(resource, known)
        case = _case(record, fetch, page, read_at)
        wanted = judge.probe_wanted(case, record.last_good, tokens)
        return PendingCheck(
            case=case.with_context(Context(past=judge.past_of(record.last_good, case))),
            fetch=fetch,
            validators=_validators(fetch, record.check),
            look=look,
            wanted=wanted,
        )

    return tuple(map(prepare, target.resources))


def _case(record: Record, fetch: Fetch, page: Page | None, read_at: datetime) -> Case:
    """The evidence; after a 304, its page is the last good one."""
    last_good, is_as_before = record.last_good, fetch.facts.is_not_modified
    return judge.case_of(
        Evidence(
            resource=record.resource,
            facts=fetch.facts,
            page=last_good.whole() if last_good and is_as_before else page,
            elapsed=elapsed_of(fetch),
            checked_at=read_at,
            accepted=record.accepted,
        )
    )


def check_of(pending: PendingCheck, settings: Settings, probing: Probing | None = None) -> Check:
    """The check, judged with the answers to probes."""
    case = pending.case.with_context(replace(pending.case.context, probing=probing))
    evidence, page, fetch = case.evidence, case.evidence.page, pending.fetch
    judgement = judge.decide(case, judge.policy_for(settings, evidence.facts))
    is_alive, is_hidden = judgement.verdict.is_alive, is_hidden_by(settings, fetch)
    # Of a blocked page no words are kept.
    kept_as = Verdict.BLOCKED if is_hidden and not is_alive else judgement.verdict
    seen = judge.seen_of(page, kept_as)
    return Check(
        resource=evidence.resource,
        judgement=judgement,
        facts=replace(evidence.facts, seen=seen or evidence.facts.seen),
        context=evidence.context,
        page=page if is_alive and not is_hidden else None,
        checked_at=evidence.checked_at,
        address=fetch.address,
        elapsed=evidence.elapsed,
        attempts=fetch.attempts,
        looks=pending.look,
        validators=pending.validators if is_alive else None,
    )


def is_hidden_by(settings: Settings, fetch: Fetch) -> bool:
    """Whether the page was read with credentials, and the settings do not let others read it."""
    if not fetch.had_credentials:
        return False
    asked = {urls.host_key(exchange.target_uri) for exchange in fetch.facts.exchanges}
    given = (host for host in map(settings.host, asked) if host.has_credentials)
    return not all(host.show_pages for host in given)


def needs_second_look(check: Check) -> bool:
    """Whether the resource seems dead or failing, and so is looked at again in this run."""
    return check.judgement.verdict in RECHECKED


def judge_collapsed(
    check: Check, settings: Settings, *, collapsed: int, page: Page | None = None
) -> Check:
    """The check, judged again because `collapsed` listed pages became this one.

    Only for pages that no person has accepted. `page` is that of a living check, with the start of
    its text; a suspect one has it in its facts.
    """
    facts = check.facts if page is None else replace(check.facts, seen=page)
    evidence = Evidence(
        resource=check.resource,
        facts=facts,
        page=facts.seen,
        elapsed=check.elapsed,
        checked_at=check.checked_at,
        context=replace(check.context, collapsed=collapsed),
    )
    judgement = judge.judge(evidence, judge.policy_for(settings, facts))
    return replace(
        check,
        facts=facts,
        context=evidence.context,
        judgement=judgement,
        page=None,
        validators=check.validators if judgement.verdict.is_alive else None,
    )


def elapsed_of(fetch: Fetch) -> timedelta | None:
    """Time on the wire, rounded to the milliseconds that are stored, so that it can be judged again."""
    if not fetch.attempts:
        return None
    return timedelta(milliseconds=round(fetch.timings.total / timedelta(milliseconds=1)))


def _known_record(resource: Resource, known: Mapping[str, Record]) -> Record:
    """The resource's record; an empty one when it is new, or listed with another URL than before."""
    record = known.get(resource.key)
    if record is None or record.resource.url != resource.url:
        return Record(resource=resource)
    return replace(record, resource=resource)


def _validators(fetch: Fetch, previous: Check | None) -> Validators | None:
    if fetch.facts.is_not_modified and previous:
        return fetch.validators or previous.validators
    return fetch.validators


def _with_challenge(fetch: Fetch) -> Fetch:
    """The fetch; for an error response, its facts get the marks of a bot filter in the content."""
    if not isinstance(fetch.facts.outcome, Answer) or fetch.facts.succeeded:
        return fetch
    seen = extract.challenge_in(fetch.page) if fetch.page else None
    return replace(fetch, facts=replace(fetch.facts, seen=seen))
