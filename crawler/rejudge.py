"""IO: verdicts of stored facts again, under today's rules and settings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawler import judge
from crawler.config import Settings
from crawler.model import Accepted, Check, Evidence, Judgement, Page
from crawler.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A check that is judged otherwise today."""

    check: Check
    """As stored."""
    today: Judgement


def differences(settings: Settings) -> tuple[Difference, ...]:
    """The latest concluded checks of listed resources that are judged otherwise today, in list order.

    Raises:
        StoreError: the database cannot be used, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        return tuple(_differing(store, settings))


def apply(settings: Settings) -> tuple[Difference, ...]:
    """The same, after the stored judgements were replaced by today's.

    Raises:
        StoreError: the database cannot be written, or there is none yet.
    """
    with Store.open_known(settings.database) as store:
        found = tuple(_differing(store, settings))
        store.judge_again(replace(one.check, judgement=one.today) for one in found)
        return found


def again(check: Check, settings: Settings, accepted: Accepted | None = None) -> Judgement:
    """What a stored check concludes by today's rules, and by what a person said of the page."""
    evidence = Evidence(
        resource=check.resource,
        facts=check.facts,
        page=_own_page(check),
        elapsed=check.elapsed,
        checked_at=check.checked_at,
        context=check.context,
        accepted=accepted,
    )
    return judge.judge(evidence, judge.policy_for(settings, check.facts))


def _differing(store: Store, settings: Settings) -> Iterator[Difference]:
    for record in store.records().values():
        check = record.whole_check()
        if check:
            today = again(check, settings, record.accepted)
            if today != check.judgement:
                yield Difference(check=replace(check, page=None), today=today)


def _own_page(check: Check) -> Page | None:
    """What the check saw, the resource or not; of an error only marks are kept, which are no page."""
    facts = check.facts
    read = facts.succeeded or facts.is_not_modified
    return (facts.seen or check.page) if read else None
