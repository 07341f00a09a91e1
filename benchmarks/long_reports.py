"""How large the reports of a long list are, and what writing them takes: `python -m benchmarks.long_reports ROWS`.

Three nights over 1,000 made-up links fill a database, which is then copied row by row until the list is
as long as asked for. Nothing is fetched. A process of its own writes the reports.
"""

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.config import Settings
from crawler.crawl import CrawlResult, Surroundings
from crawler.model import (
    Answer,
    Check,
    Declared,
    Exchange,
    Facts,
    Failure,
    FailureKind,
    Judgement,
    MediaKind,
    Page,
    Phase,
    Plan,
    Reason,
    Resource,
    WarningCode,
)
from crawler.run import RunOptions, run
from crawler.run.files import prepare_reports
from crawler.run.reports import write_reports
from crawler.store import Store

BLOCK = 1_000
"""Links that are really stored, before their rows are copied."""
NIGHTS = 3
NIGHT = datetime(2026, 11, 20, 3, 17, tzinfo=UTC)
_SHARES: tuple[tuple[Reason, int], ...] = (
    (Reason.HTTP_404, 30),
    (Reason.DNS_NOT_FOUND, 20),
    (Reason.SUSPECT_REPLACED, 10),
    (Reason.PERMANENT_REDIRECT, 40),
    (Reason.HTTP_5XX, 15),
    (Reason.FORBIDDEN, 20),
    (Reason.ROBOTS_DISALLOWED, 5),
)
"""Of 1,000 links; the others work."""
_STATUS = {Reason.HTTP_404: 404, Reason.HTTP_5XX: 503, Reason.FORBIDDEN: 403}


def _reasons() -> dict[str, Reason]:
    """By number of the link, scattered; always the same."""
    numbers = random.Random(7).sample(range(1, BLOCK + 1), BLOCK)
    found = [reason for reason, count in _SHARES for _ in range(count)]
    return dict(zip(map(str, numbers), [*found, *[Reason.OK] * (BLOCK - len(found))], strict=True))


def _row(number: int) -> tuple[int, str, str, str]:
    block, place = divmod(number - 1, BLOCK)
    at = f"b{block}-host-{place // 3}.example.org" if block else f"host-{place // 3}.example.org"
    return (
        number,
        f"Category {(block + place) % 200}",
        f"A resource with some title of its own, number {place + 1}",
        f"https://{at}/path/to/some/page-{place + 1}.html",
    )


def _write_list(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("number,category,title,url\n")
        for row in map(_row, range(1, rows + 1)):
            file.write('{},{},"{}",{}\n'.format(*row))


class _Web:
    """Replaces the network; `night` is the one that is crawled."""

    def __init__(self) -> None:
        self.night = 0
        self._reasons = _reasons()

    async def __call__(self, plan: Plan, _: Settings, around: Surroundings) -> CrawlResult:
        planned = [r for lane in plan.lanes for target in lane.targets for r in target.resources]
        checks = [self._check(one, around.clock()) for one in planned]
        around.keep(checks)
        stored = {check.resource.key: replace(check, page=None) for check in checks}
        return CrawlResult(checks=stored)

    def _check(self, of: Resource, now: datetime) -> Check:
        reason = self._reasons[of.key]
        if self.night == 0 and reason in {Reason.HTTP_404, Reason.DNS_NOT_FOUND}:
            reason = Reason.OK
        if reason is Reason.HTTP_5XX and self.night < NIGHTS - 1:
            reason = Reason.OK
        is_alive = reason in {Reason.OK, Reason.PERMANENT_REDIRECT}
        new = (
            f"https://moved.example.org/{of.key}" if reason is Reason.PERMANENT_REDIRECT else None
        )
        is_plain = of.number is not None and of.number % 7 == 0
        return Check(
            resource=of,
            judgement=Judgement(
                reason=reason,
                suggested_url=new,
                warnings=(WarningCode.INSECURE_HTTP,) if is_plain and is_alive else (),
            ),
            facts=_facts(of, reason),
            page=_page(of) if is_alive else None,
            checked_at=now,
            address="192.0.2.1",
            elapsed=timedelta(milliseconds=40 + (of.number or 0) % 900) if is_alive else None,
            attempts=1,
        )


def _facts(of: Resource, reason: Reason) -> Facts:
    if reason is Reason.DNS_NOT_FOUND:
        failure = Failure(kind=FailureKind.DNS_NOT_FOUND, phase=Phase.RESOLVE, target_uri=of.url)
        return Facts(outcome=failure)
    fields = (("content-type", "text/html; charset=utf-8"),)
    status = _STATUS.get(reason, 200)
    return Facts(
        outcome=Answer(media_type="text/html"),
        exchanges=(Exchange(target_uri=of.url, status_code=status, fields=fields),),
    )


def _page(of: Resource) -> Page:
    return Page(
        kind=MediaKind.HTML,
        title=Declared(value=f"{of.title} | Some site", origin="title"),
        description=Declared(value=f"What {of.url} is about, at some length", origin="og"),
        first_heading=of.title,
        word_count=400,
        text=of.title,
    )


def fill(folder: Path, rows: int) -> Settings:
    """The settings of a list of so many links, a multiple of 1,000, with a database of three nights."""
    settings = Settings(
        resources=(str(folder / "resources.csv"),),
        database=str(folder / "crawler.db"),
        reports=str(folder / "reports"),
    )
    settings = replace(settings, fix=replace(settings.fix, search=False))
    _write_list(folder / "resources.csv", BLOCK)
    web = _Web()
    for night in range(NIGHTS):
        web.night, now = night, NIGHT + timedelta(days=night)
        run(settings, RunOptions(clock=lambda now=now: now, crawl=web))  # type: ignore[misc]
    _write_list(folder / "resources.csv", rows)
    with closing(sqlite3.connect(settings.database)) as database, database:
        database.execute("pragma synchronous = off")
        database.execute("pragma cache_size = -500000")
        _copy(database, rows // BLOCK)
    return settings


_COPIED = {
    "resources": ("id", "key", "number", "title", "url", "category", "line"),
    "checks": ("resource_id",),
    "incidents": ("id", "resource_id"),
    "changes": ("id", "resource_id"),
    "proposals": ("resource_id", "resource_url"),
}
"""Tables whose rows are copied, with the columns that then differ."""


def _copy(database: sqlite3.Connection, blocks: int) -> None:
    database.execute("create temporary table blocks (n integer)")
    database.executemany("insert into blocks values (?)", ((n,) for n in range(1, blocks)))
    for table, differing in _COPIED.items():
        columns = [row[1] for row in database.execute(f"pragma table_info({table})")]
        values = ", ".join(_value(table, name, name in differing) for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        copy = f"insert into {table} ({names}) select {values} from blocks cross join {table}"  # noqa: S608
        database.execute(copy)


def _value(table: str, column: str, is_differing: bool) -> str:
    if not is_differing:
        return f'{table}."{column}"'
    return {
        "id": "null" if table != "resources" else f"resources.id + n * {BLOCK}",
        "resource_id": f"resource_id + n * {BLOCK}",
        "key": f"cast(number + n * {BLOCK} as text)",
        "number": f"number + n * {BLOCK}",
        "line": f"line + n * {BLOCK}",
        "title": "title",
        "category": "'Category ' || ((number - 1 + n) % 200)",
        "resource_url": "replace(resource_url, '://host-', '://b' || n || '-host-')",
        "url": "replace(url, '://host-', '://b' || n || '-host-')",
    }[column]


def measure(folder: Path) -> dict[str, float]:
    """Seconds and megabytes of a process that writes the reports of that folder."""
    command = [sys.executable, "-m", "benchmarks.long_reports", "--write", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _megabytes() -> float:
    """The most memory so far, on Linux; what a parent process had is none of it."""
    text = Path("/proc/self/status").read_text("ascii")
    return int(text.partition("VmHWM:")[2].split()[0]) / 1_000


def _write(folder: Path) -> None:
    settings = Settings(
        resources=(str(folder / "resources.csv"),),
        database=str(folder / "crawler.db"),
        reports=str(folder / "reports"),
    )
    prepare_reports(folder / "reports")
    before, begun, used = _megabytes(), time.monotonic(), time.process_time()
    with Store.open(settings.database, exclusive=False) as store:
        write_reports(store, settings, (), now=NIGHT + timedelta(days=NIGHTS - 1, hours=5))
    print(
        json.dumps(
            {
                "seconds": round(time.monotonic() - begun, 1),
                "cpu_seconds": round(time.process_time() - used, 1),
                "megabytes_before": round(before),
                "megabytes_more": round(_megabytes() - before),
            }
        )
    )


def sizes(folder: Path) -> Iterable[tuple[str, int]]:
    """The files of the reports, each with its bytes; those of a folder together."""
    for path in sorted((folder / "reports").iterdir()):
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        name = f"{path.name}/ ({len(files)} files)" if path.is_dir() else path.name
        yield name, sum(file.stat().st_size for file in files)


def main() -> None:
    """Prints sizes, seconds and megabytes for each number of rows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.long_reports")
    parser.add_argument("rows", type=int, nargs="*", help="lengths of lists, such as 10000 100000")
    parser.add_argument("--keep", type=Path, help="a new folder for lists, databases and reports")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)  # in a process of its own
    wanted = parser.parse_args()
    if wanted.write:
        _write(wanted.write)
    for rows in wanted.rows:
        with TemporaryDirectory() as temporary:
            folder = wanted.keep / str(rows) if wanted.keep else Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            fill(folder, rows)
            print(rows, measure(folder))
            for name, size in sizes(folder):
                print(f"  {name:32} {size:>14,}")


if __name__ == "__main__":
    main()
