"""IO: plays the nights: the crawler sees every site before and after its move, then lost pages are looked for."""

import csv
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.config import FetchSettings, FixSettings, GuardSettings, Settings
from crawler.demo.web import Web
from crawler.fetch import Resolver
from crawler.model import Proposal, Record, State, Verdict
from crawler.run import RunOptions, run
from crawler.store import Store
from tests.moved.plan import Host, Listed
from tests.moved.serving import sites

_FIRST = datetime(2036, 5, 1, 3, 17, tzinfo=UTC)
_NIGHTS = 4
_LOST = frozenset({State.BROKEN, State.SUSPECT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What is handed to a search."""

    records: tuple[Record, ...]
    settings: Settings
    clock: Callable[[], datetime]
    resolver: Resolver
    listed: tuple[str, ...]
    """All URLs of the list."""
    moves: tuple[tuple[str, str], ...]
    """Old and new URLs that the crawler has seen."""


Search = Callable[[Lost], Mapping[str, tuple[Proposal, ...]]]
"""Proposals by key of the resource, the best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the list."""

    number: int
    host: Host
    link: Listed

    @property
    def url(self) -> str:
        """As listed."""
        return self.host.url(self.link)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a row."""

    row: Row
    state: State
    """After the last night; only lost ones were looked for."""
    proposals: tuple[Proposal, ...]

    @property
    def is_searched(self) -> bool:
        """Whether the crawler knew that the page was lost."""
        return self.state in _LOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """All nights, and the search after the last."""

    outcomes: tuple[Outcome, ...]
    requests: Mapping[str, int]
    """Sent by the search, by host."""
    seconds: float
    """Of the search."""


def rows_of(hosts: Sequence[Host]) -> tuple[Row, ...]:
    """The rows of the list."""
    pairs = [(host, link) for host in hosts for link in host.links]
    return tuple(Row(number=n, host=host, link=link) for n, (host, link) in enumerate(pairs, 1))


def play(hosts: Sequence[Host], folder: Path, search: Search) -> Played:
    """Crawl on each night, and search after the last; `folder` gets list, database and reports."""
    rows = rows_of(hosts)
    _write(rows, folder / "resources.csv")
    with Web(sites(hosts, is_after=False)) as web:
        _crawl(folder, web, 1)
        web.serve(sites(hosts, is_after=True))
        for night in range(2, _NIGHTS + 1):
            _crawl(folder, web, night)
        earlier = len(web.requests)
        with closing(Store.open(str(folder / "crawler.db"), exclusive=False)) as store:
            records = {record.resource.number: record for record in store.records().values()}
            started = time.perf_counter()
            found = search(_lost(records, rows, folder, web))
            seconds = time.perf_counter() - started
        asked = [request.host for request in web.requests[earlier:]]
    return Played(
        outcomes=tuple(_outcomes(rows, records, found)),
        requests={host: asked.count(host) for host in set(asked)},
        seconds=seconds,
    )


def _lost(
    records: Mapping[int | None, Record], rows: Sequence[Row], folder: Path, web: Web
) -> Lost:
    wanted = (records[row.number] for row in rows if row.number in records)
    return Lost(
        records=tuple(one for one in wanted if one.standing.state in _LOST),
        settings=_settings(folder, web),
        clock=lambda: _time(_NIGHTS),
        resolver=web.resolver,
        listed=tuple(row.url for row in rows),
        moves=tuple(_moves(records.values())),
    )


def _moves(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    for record in records:
        judged = record.check.judgement if record.check else None
        if judged and judged.verdict is Verdict.MOVED and judged.suggested_url:
            yield record.resource.url, judged.suggested_url


def _outcomes(
    rows: Sequence[Row],
    records: Mapping[int | None, Record],
    found: Mapping[str, tuple[Proposal, ...]],
) -> Iterator[Outcome]:
    for row in rows:
        record = records[row.number]
        yield Outcome(
            row=row,
            state=record.standing.state,
            proposals=found.get(record.resource.key, ()),
        )


def _write(rows: Sequence[Row], path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        written = csv.writer(file)
        written.writerow(["number", "category", "title", "url"])
        for row in rows:
            written.writerow([row.number, row.host.project.name, row.link.title, row.url])


def _time(night: int) -> datetime:
    return _FIRST + timedelta(hours=25 * (night - 1))


def _crawl(folder: Path, web: Web, night: int) -> None:
    at = _time(night)
    run(_settings(folder, web), RunOptions(clock=lambda: at, resolver=web.resolver))


def _settings(folder: Path, web: Web) -> Settings:
    return Settings(
        resources=(str(folder / "resources.csv"),),
        database=str(folder / "crawler.db"),
        reports=str(folder / "reports"),
        fix=FixSettings(search=False),
        fetch=FetchSettings(
            host_delay=0.0,
            processes=1,
            connect_timeout=20.0,
            read_timeout=20.0,
            attempts=1,
            recheck_after=0.0,
            allow_private=("127.0.0.0/8",),
            resolve=web.resolve,
        ),
        guard=GuardSettings(canaries=()),
    )
