"""Pure: what is noted of a run's records on their way to the database."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from crawler import compare
from crawler.compare import Compared, ComparedSites
from crawler.model import Change, Proposal, Record, TextUse, Verdict
from crawler.successors import of_moved

MOST_NEWS = 1_000
"""Records, some 3 kB each, that are kept for annotations; GitHub shows 50 of a run."""


class Collected:
    """What is noted while records are stored one after the other, so that not all are in memory."""

    def __init__(
        self, fail_on: Sequence[str], now: datetime, keep: Callable[[str, TextUse], None]
    ) -> None:
        """Notes what enters one of the classes; `now` is the start of the run.

        `keep` is told which texts of a resource are to be kept.
        """
        self._fail_on = fail_on
        self._now = now
        self._keep = keep
        self.changes: list[Change] = []
        """Events, in the order of the records; after `told`, without those that are told once for a site."""
        self._sites = ComparedSites()
        self.news: list[Record] = []
        """Records that entered a class of `fail_on`, at most `MOST_NEWS`."""
        self.moves: dict[str, Proposal | None] = {}
        """The new addresses of what was seen moving, by key; None where it is no proposal."""
        self.in_trouble = 0
        """How many a recheck would look at again."""

    def records(self, compared: Iterable[Compared]) -> Iterator[Record]:
        """The records of listed resources."""
        for one in compared:
            self.in_trouble += compare.is_in_trouble(one.record, self._now)
            yield self._noted(one)

    def left(self, removed: Iterable[Compared] | None) -> Iterator[Record] | None:
        """The records of resources that left the list; None where nothing is said of that."""
        return None if removed is None else map(self._noted, removed)

    def told(self) -> Iterator[Change]:
        """The events; to be read after the records."""
        self.changes = list(compare.told_once(self.changes, self._sites.changes()))
        yield from self.changes

    def _noted(self, one: Compared) -> Record:
        self.changes.extend(one.changes)
        if one.content:
            self._sites.note(one.content)
        for use in one.text_uses:
            self._keep(one.record.resource.key, use)
        if len(self.news) < MOST_NEWS and _is_news(one, self._fail_on):
            self.news.append(one.record)
        if _is_seen_moving(one.record):
            before = one.before.last_good if one.before else None
            self.moves[one.record.resource.key] = of_moved(one.record, before)
        return one.record


def _is_seen_moving(record: Record) -> bool:
    """Whether the last check has seen that it moved: on a night when it is blocked, nothing is new."""
    return record.check is not None and record.check.judgement.verdict is Verdict.MOVED


def _is_news(one: Compared, fail_on: Sequence[str]) -> bool:
    reported, before = one.record.reported, one.before.reported if one.before else None
    return (
        reported is not None
        and reported.kind in fail_on
        and (before is None or before.kind is not reported.kind)
    )
