"""Pure: the new addresses that resources are seen to redirect to for good."""

from dataclasses import replace

from crawler.compare import Compared
from crawler.model import Proposal, Record, Verdict
from crawler.successors import of_moved


def is_seen_moving(record: Record) -> bool:
    """Whether the last check has seen that it moved: on a night when it is blocked, nothing is new."""
    return record.check is not None and record.check.judgement.verdict is Verdict.MOVED


def move_of(one: Compared) -> Proposal | None:
    """Where a resource redirects to, compared with what it was before that; None where that is no proposal.

    From the second night on, its last good page is the new one: the first comparison stays.
    """
    record, before = one.record, one.before
    if before is None or before.resource.url != record.resource.url:
        return of_moved(replace(record, last_good=None))
    page = None if is_seen_moving(before) else before.last_good
    made = of_moved(replace(record, last_good=page))
    return next((old for old in before.proposals if made and _are_same(old, made)), made)


def _are_same(old: Proposal, new: Proposal) -> bool:
    return (old.url, old.grounds.source) == (new.url, new.grounds.source)
