"""IO: stored checks, judged again by today's rules and settings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawler import judge
from crawler.config import Settings
from crawler.model import Accepted, Check, Evidence, Judgement, Page
from crawler.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A check that today's rules judge differently."""

    check: Check
    """As stored."""
    today: Judgement


def differences(settings: Settings) -> tuple[Difference, ...]:
    """The latest concluded checks of listed resources that are judged differently today, in list order.

    Raises:
        StoreError: the database cannot be used, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        return tuple(_differing(store, settings))


def apply(settings: Settings) -> tuple[Difference, ...]:
    """The differences, after today's judgements have replaced the stored ones.

    Raises:
        StoreError: the database cannot be written, or there is none yet.
    """
    with Store.open_known(settings.database) as store:
        found = tuple(_differing(store, settings))
        store.judge_again(replace(one.check, judgement=one.today) for one in found)
        return found


def judged_today(check: Check, settings: Settings, accepted: Accepted | None = None) -> Judgement:
    """The judgement of a stored check by today's rules; `accepted` is the page that a person accepted."""
    evidence = Evidence(
        resource=check.resource,
        facts=check.facts,
        page=page_of(check),
        elapsed=check.elapsed,
        checked_at=check.checked_at,
        context=check.context,
        accepted=accepted,
    )
    return judge.judge(evidence, judge.policy_for(settings, check.facts))


def page_of(check: Check) -> Page | None:
    """The page that the check saw, even if it is not the resource; none for an error."""
    facts = check.facts
    read = facts.succeeded or facts.is_not_modified
    return (facts.seen or check.page) if read else None


def _differing(store: Store, settings: Settings) -> Iterator[Difference]:
    for record in store.records().values():
        check = record.whole_check()
        if check:
            today = judged_today(check, settings, record.accepted)
            if today != check.judgement:
                yield Difference(check=replace(check, page=None), today=today)
