"""Pure: what is told of a list that is too long for a page, and for memory: totals, shares, pages."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import compress, islice
from statistics import median

from crawler import urls
from crawler.compare import to_report
from crawler.model import FindingClass, Outline, Reported, Snapshot
from crawler.report import twins
from crawler.report.findings import (
    Finding,
    day,
    finding_of,
    reported_warnings,
    urgency,
    web_address,
    with_twin,
)
from crawler.report.moves import distance
from crawler.report.naming import Conventions
from crawler.report.shares import Share
from crawler.report.totals import Totals, by_code
from crawler.report.wording import state_words
from crawler.report.wording.page_words import TaskKind

LONG = 10_000
"""A list of more links is long: as many are told in full, the most urgent ones."""
PAGE = 1_000
"""Findings on a page."""
PAGES = 200
"""Most pages; of more findings, the most urgent are shown."""
HOSTS = 100
"""Hosts that are told, those with the most trouble."""

_PARTS = 10
"""Of what is told in full, each class has such a part at least, as far as it has so many."""
_SILENT = -1
_Mark = tuple[int, str, str, int, str, str, str]
"""A finding in short: what it is ordered by (class, since, file, line, key), its host, its category."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LongList:
    """What the report of a long list has beside its most urgent findings."""

    totals: Totals
    keys: Sequence[str]
    """Of all resources that do not simply work, in the order of the report."""
    are_told: Sequence[bool]
    """Which of them are told in full: `LONG` at most."""
    finding: Callable[[str], Finding]
    """The finding of a key, made when it is asked for."""
    categories: tuple[Share, ...]
    """The worst first; one without a name where no link has a category."""
    hosts: tuple[Share, ...]
    """The `HOSTS` worst, the worst first."""
    moves: Mapping[TaskKind, int]
    """How many new addresses are so far from the listed ones."""
    page_of: Mapping[str, int]
    """The page on which a class begins, by its code."""

    @property
    def pages(self) -> int:
        """How many pages its findings fill, `PAGES` at most."""
        return min(-(-len(self.keys) // PAGE), PAGES)

    def on_page(self, number: int) -> Iterator[Finding]:
        """The findings of a page; pages are numbered from 1."""
        return map(self.finding, self.keys[(number - 1) * PAGE : number * PAGE])

    def first(self) -> tuple[Finding, ...]:
        """The findings that are told in full, in their order: the most urgent, and some of each class."""
        return tuple(map(self.finding, compress(self.keys, self.are_told)))


def look(
    snapshot: Snapshot, now: datetime, conventions: Conventions, *, is_first_look: bool
) -> LongList:
    """The long list of the snapshot's outlines, which may be read twice; arguments as of `list_findings`."""
    gathered = _Gathered(snapshot, now, conventions, is_first_look=is_first_look)
    for outline in snapshot.outlines:
        gathered.add(outline)
    marks = sorted(gathered.marks)
    hosts = _worst(gathered.hosts, gathered.times)
    rows = twins.rows_of(snapshot, gathered.wanted)
    pages = _pages(marks, {one.name for one in hosts})

    def finding(key: str) -> Finding:
        record = snapshot.records[key]
        made = finding_of(record, now, conventions, is_first_look=is_first_look)
        return with_twin(made, rows) if rows else made

    return LongList(
        totals=gathered.totals,
        keys=[mark[4] for mark in marks],
        are_told=_told(marks),
        finding=finding,
        categories=tuple(
            replace(one, pages=pages.by_category.get(one.name, ())) for one in gathered.shares()
        ),
        hosts=tuple(
            replace(
                one,
                milliseconds=_median(gathered.times[one.name]),
                pages=pages.by_host.get(one.name, ()),
            )
            for one in hosts
        ),
        moves=gathered.moves,
        page_of=pages.of_class,
    )


class _Gathered:
    """What one pass over all resources brings."""

    def __init__(
        self, snapshot: Snapshot, now: datetime, conventions: Conventions, *, is_first_look: bool
    ) -> None:
        self._snapshot = snapshot
        self._now = now
        self._conventions = conventions
        self._known: dict[str, str] = {}
        self.totals = Totals(is_first_look=is_first_look)
        self.marks: list[_Mark] = []
        self.wanted: set[str] = set()
        """New addresses that may be in the list already."""
        self.moves: Counter[TaskKind] = Counter()
        self.times: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
        """By host, how long each of its links took; `_SILENT` for those that did not answer."""
        self.hosts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        """The classes of those links that do not simply work."""
        self._categories: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, outline: Outline) -> None:
        """Count a resource, and note it if it does not simply work."""
        reported = reported_of(self._snapshot, outline, self._now)
        warnings = reported_warnings(reported, self._conventions.reported)
        self.totals.add(reported, outline.verdict, warnings)
        code = reported.kind if reported else state_words.UNSEEN
        category, host = self._shared(outline.category), self._shared(urls.web_host(outline.url))
        self._categories[category][code] += 1
        took = outline.milliseconds
        self.times[host].append(_SILENT if took is None else took)
        if reported is None or code == FindingClass.HEALTHY:
            return
        self.hosts[host][code] += 1
        since = self._shared(day(reported.since, self._now.tzinfo))
        order = urgency(reported, since)
        place = (self._shared(outline.file), outline.line, outline.key)
        self.marks.append((*order, *place, host, category))
        if code == FindingClass.MOVED:
            self.moves[distance(reported, outline.url)] += 1
        new = web_address(outline.proposed_url or reported.judgement.suggested_url)
        if new:
            self.wanted.add(new)

    def shares(self) -> tuple[Share, ...]:
        """The categories; those with the most trouble for a link come first."""
        found = (
            Share(name=name, links=counts.total(), counts=by_code(counts))
            for name, counts in self._categories.items()
        )
        return tuple(sorted(found, key=Share.rank))

    def _shared(self, text: str) -> str:
        return self._known.setdefault(text, text)


def reported_of(snapshot: Snapshot, outline: Outline, now: datetime) -> Reported | None:
    """What is reported of a resource; `now` is the start of the last run."""
    if outline.reported is not None or outline.verdict is None:
        return outline.reported
    # A database of an earlier version, before its next run.
    return to_report(snapshot.records[outline.key], now)


def _worst(hosts: Mapping[str, Mapping[str, int]], links: Mapping[str, Sized]) -> list[Share]:
    """The hosts with the most trouble; what has no host is in none."""
    found = (
        Share(name=name, links=len(links[name]), counts=_with_healthy(counts, len(links[name])))
        for name, counts in hosts.items()
        if name
    )
    return sorted(found, key=lambda one: (-one.weight, one.name))[:HOSTS]


def _with_healthy(counts: Mapping[str, int], links: int) -> dict[str, int]:
    return by_code({**counts, FindingClass.HEALTHY: links - sum(counts.values())})


def _told(marks: Sequence[_Mark]) -> list[bool]:
    """Whether each is told in full: the first of each class, and then the most urgent of all."""
    of_class: Counter[int] = Counter()
    told: list[bool] = []
    for rank, *_ in marks:
        of_class[rank] += 1
        told.append(of_class[rank] <= LONG // _PARTS)
    room = LONG - sum(told)
    for place in islice((n for n, is_told in enumerate(told) if not is_told), room):
        told[place] = True
    return told


def _median(times: Iterable[int]) -> int | None:
    known = [took for took in times if took != _SILENT]
    return round(median(known)) if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pages:
    """Which pages have the findings of what."""

    of_class: Mapping[str, int]
    by_category: Mapping[str, tuple[int, ...]]
    by_host: Mapping[str, tuple[int, ...]]


def _pages(marks: Sequence[_Mark], hosts: set[str]) -> _Pages:
    classes = dict(enumerate(FindingClass))
    of_class: dict[str, int] = {}
    by_category: defaultdict[str, list[int]] = defaultdict(list)
    by_host: defaultdict[str, list[int]] = defaultdict(list)
    for place, (rank, *_, host, category) in enumerate(islice(marks, PAGES * PAGE)):
        page = place // PAGE + 1
        of_class.setdefault(classes[max(rank, 0)], page)
        for found in (by_category[category], *([by_host[host]] if host in hosts else [])):
            if not found or found[-1] != page:
                found.append(page)
    return _Pages(
        of_class=of_class,
        by_category={name: tuple(found) for name, found in by_category.items()},
        by_host={name: tuple(found) for name, found in by_host.items()},
    )
