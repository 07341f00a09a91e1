"""IO: plays the nights: serves the web of each, crawls both lists, and reads what was concluded.

`python -m benchmarks.real_pages.nights FOLDER TIME` is one run of the crawler, in a process of its own.
"""

import csv
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.real_pages.nightly import Nightly
from benchmarks.real_pages.plan import Host, Link
from benchmarks.real_pages.serving import Asked, Night, serving
from crawler import config
from crawler.model import Verdict
from crawler.run import RunOptions, run

_FIRST = datetime(2036, 5, 1, 3, 17, tzinfo=UTC)
_FETCH: Mapping[str, object] = {
    "host_delay": 0.0,
    "recheck_after": 0.5,
    "attempts": 2,
    "read_timeout": 5.0,
    "allow_private": ["127.0.0.0/8"],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of both lists."""

    number: int
    host: Host
    link: Link

    @property
    def url(self) -> str:
        """As listed."""
        return f"http://{self.host.name}{self.link.path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the crawler concluded about a row on a night."""

    row: Row
    night: int
    has_title: bool
    """Whether the list has a title for it."""
    verdict: Verdict
    reason: str
    warnings: tuple[str, ...]
    page_title: str
    """Of the page that answered."""
    final_url: str
    probing: str
    """JSON; empty when nothing was probed."""
    changes: tuple[str, ...]
    """Kinds of what the run says has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """All nights of both lists."""

    rows: tuple[Row, ...]
    outcomes: tuple[Outcome, ...]
    requests: Mapping[tuple[int, bool], tuple[Asked, ...]]
    """By night and whether the list has titles."""
    lychee: frozenset[int] | None = None
    """Rows that lychee calls broken on the first night; None where it was not asked."""


def rows_of(hosts: Sequence[Host]) -> tuple[Row, ...]:
    """The rows of both lists."""
    pairs = [(host, link) for host in hosts for link in host.links]
    return tuple(Row(number=n, host=host, link=link) for n, (host, link) in enumerate(pairs, 1))


Beside = Callable[[Sequence[Row], Night], frozenset[int] | None]
"""Another program that is asked on the first night; the rows that it calls broken."""


def play(
    hosts: Sequence[Host], folder: Path, nights: Sequence[int], beside: Beside | None = None
) -> Played:
    """Crawl both lists on each night; `folder` gets what is written meanwhile."""
    rows = rows_of(hosts)
    lychee: frozenset[int] | None = None
    outcomes: list[Outcome] = []
    requests: dict[tuple[int, bool], tuple[Asked, ...]] = {}
    for night in nights:
        place = folder / f"night-{night}"
        files = place / "files"
        files.mkdir(parents=True)
        nightly = Nightly(files, night)
        with serving([one for host in hosts for one in nightly.hosts(host)], place) as web:
            _crawl(rows, folder, web, night)
            asked = tuple(web.asked())
            if night == nights[0] and beside is not None:
                lychee = beside(rows, web)
        for has_title in (True, False):
            agent = _agent(has_title)
            requests[night, has_title] = tuple(one for one in asked if one.agent == agent)
            outcomes.extend(
                _outcomes(rows, _folder(folder, has_title), night, has_title=has_title)
            )
        print(f"night {night} is over", file=sys.stderr, flush=True)
    return Played(rows=rows, outcomes=tuple(outcomes), requests=requests, lychee=lychee)


def _crawl(rows: Sequence[Row], folder: Path, web: Night, night: int) -> None:
    """Both lists at once, each in a process of its own."""
    at = (_FIRST + timedelta(hours=25 * (night - 1))).isoformat()
    running = []
    for has_title in (True, False):
        place = _folder(folder, has_title)
        _write(rows, place, web, has_title=has_title)
        command = [sys.executable, "-m", "benchmarks.real_pages.nights", str(place), at]
        running.append(subprocess.Popen(command))
    if any(process.wait() for process in running):
        raise SystemExit("a run of the crawler has failed")


def _folder(folder: Path, has_title: bool) -> Path:
    return folder / ("titles" if has_title else "no-titles")


def _agent(has_title: bool) -> str:
    return f"real-pages-{'titles' if has_title else 'none'}/1.0 (+https://example.org/bench)"


def _write(rows: Sequence[Row], place: Path, web: Night, *, has_title: bool) -> None:
    place.mkdir(exist_ok=True)
    with (place / "resources.csv").open("w", newline="", encoding="utf-8") as file:
        written = csv.writer(file)
        written.writerow(["number", "category", "title", "url"])
        for row in rows:
            title = row.link.title if has_title else ""
            written.writerow([row.number, row.host.site.generator, title, row.url])
    resolve = {**web.addresses, "*": "127.0.0.1:9"}
    table = ", ".join(
        f"{json.dumps(_at_80(host))} = {json.dumps(address)}" for host, address in resolve.items()
    )
    lines = [f"{key} = {json.dumps(value)}" for key, value in _FETCH.items()]
    text = "\n".join(
        (
            f"resources = {json.dumps(str(place / 'resources.csv'))}",
            f"database = {json.dumps(str(place / 'crawler.db'))}",
            f"reports = {json.dumps(str(place / 'reports'))}",
            f"user_agent = {json.dumps(_agent(has_title))}",
            "[guard]",
            "canaries = []",
            "[fetch]",
            *lines,
            f"resolve = {{ {table} }}",
        )
    )
    (place / "crawler.toml").write_text(text, encoding="utf-8")


def _at_80(host: str) -> str:
    return host if host == "*" else f"{host}:80"


_CHECKS = """
select resources.number, checks.verdict, checks.reason, checks.warnings, checks.final_url,
    coalesce(json_extract(facts.seen, '$.title.value'), pages.title, '') as page_title,
    coalesce(facts.probing, '') as probing,
    (select group_concat(kind) from changes
        where changes.run_id = checks.run_id and changes.resource_id = checks.resource_id
    ) as changes
from checks join resources on resources.id = checks.resource_id
join facts on facts.id = checks.facts_id left join pages on pages.id = checks.page_id
where checks.run_id = (select max(id) from runs)
"""


def _outcomes(
    rows: Sequence[Row], place: Path, night: int, *, has_title: bool
) -> Iterator[Outcome]:
    by_number = {row.number: row for row in rows}
    with closing(sqlite3.connect(place / "crawler.db")) as opened:
        opened.row_factory = sqlite3.Row
        for found in opened.execute(_CHECKS):
            yield Outcome(
                row=by_number[found["number"]],
                night=night,
                has_title=has_title,
                verdict=Verdict(found["verdict"]),
                reason=found["reason"],
                warnings=tuple(json.loads(found["warnings"])),
                page_title=found["page_title"],
                final_url=found["final_url"] or "",
                probing=found["probing"],
                changes=tuple((found["changes"] or "").split(",")) if found["changes"] else (),
            )


def _run_once(folder: Path, at: datetime) -> None:
    text = (folder / "crawler.toml").read_text(encoding="utf-8")
    settings = config.load(text, {})
    run(settings, RunOptions(clock=lambda: at))


if __name__ == "__main__":
    _run_once(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
