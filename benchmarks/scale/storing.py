"""IO: `python -m benchmarks.scale.storing`: what a check costs the process that stores, and how many it takes.

Real runs read a list, send what is known to workers of a cluster, unpack made-up checks as they come from there,
collect, store and compare them, and write the reports. Nothing is asked, and nothing else runs beside it.
"""

import argparse
import pickle
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path

from benchmarks import pages
from benchmarks.made_up_list import settings_for
from crawler import extract
from crawler.config import Settings
from crawler.crawl import CrawlResult, Surroundings
from crawler.crawl.check_collection import CheckCollection
from crawler.crawl.messages import LookEnded, RecordsWanted
from crawler.crawl.portable import packed, with_texts
from crawler.crawl.shard_executors import records_for
from crawler.crawl.shard_jobs import targets_of
from crawler.model import (
    Answer,
    Certificate,
    Check,
    Exchange,
    Facts,
    Judgement,
    Page,
    Plan,
    Reason,
    Record,
    Resource,
)
from crawler.run import RunOptions, rewrite_reports, run

FIRST_NIGHT = datetime(2026, 1, 1, 3, 17, tzinfo=UTC)
PAGES = 200
"""Different ones; a line of its own makes the text of each link another one."""
TOLD_TOGETHER = 20
"""Checks in a message of a worker: what two hundredths of a second bring."""
STORED_TOGETHER = 100
"""Checks that are stored together: what 0.4 s bring, at 250 a second."""
STAGES = ("records", "unpack", "collect", "store", "compare and end", "reports")
_MADE_UP = "made up"
"""The stage of what others do in a real run."""
_FIELDS = (
    ("server", "nginx"),
    ("date", "Thu, 01 Jan 2026 03:17:00 GMT"),
    ("content-type", "text/html; charset=utf-8"),
    ("content-encoding", "gzip"),
    ("cache-control", "max-age=600"),
    ("vary", "Accept-Encoding"),
    ("strict-transport-security", "max-age=31536000"),
    ("x-content-type-options", "nosniff"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What all pages of a night are like."""

    name: str
    status_code: int = 200
    edits: int = 0
    """Lines that came since the first night."""


NIGHTS = (
    Kind(name="first night"),
    Kind(name="later night, texts as they were"),
    Kind(name="later night, nothing sent (304)", status_code=304),
    Kind(name="later night, every text has another line", edits=1),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What a night took."""

    kind: Kind
    links: int
    cpu: Mapping[str, float]
    """Seconds by stage."""
    wall: Mapping[str, float]
    """Likewise."""
    record_bytes: int
    """Of all messages with what is known, to workers."""
    message_bytes: int
    """Of all messages from them."""
    grown: int
    """Bytes, of the database."""


class Stopwatch:
    """Adds up what stages take."""

    def __init__(self) -> None:
        self.cpu = dict.fromkeys((*STAGES, _MADE_UP), 0.0)
        self.wall = dict(self.cpu)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what the block takes for a stage, but not what it counts for others."""
        before = sum(self.cpu.values()), sum(self.wall.values())
        cpu, wall = time.process_time(), time.perf_counter()
        yield
        of_others = sum(self.cpu.values()) - before[0], sum(self.wall.values()) - before[1]
        self.cpu[name] += time.process_time() - cpu - of_others[0]
        self.wall[name] += time.perf_counter() - wall - of_others[1]


@dataclass(slots=True)
class Playing:
    """Takes the place of a crawl: the messages of workers that have asked for everything."""

    kind: Kind
    watch: Stopwatch
    record_bytes: int = 0
    message_bytes: int = 0

    async def __call__(self, plan: Plan, settings: Settings, around: Surroundings) -> CrawlResult:
        """The result of the crawl; its checks are stored."""
        waiting: list[Check] = []
        resources = [one.resources[0] for one in targets_of(plan.lanes)]
        collection = CheckCollection(settings, resources, waiting.append, around.read_back)
        for start in range(0, len(resources), TOLD_TOGETHER):
            told_of = resources[start : start + TOLD_TOGETHER]
            with self.watch.stage("records"):
                self._send_records(told_of, around.known)
            with self.watch.stage(_MADE_UP):
                message = self._message(told_of, around.known, around.clock())
            with self.watch.stage("unpack"):
                told: Sequence[LookEnded] = pickle.loads(message)  # noqa: S301 -- our own
            with self.watch.stage("collect"):
                for news in told:
                    collection.add(news.checks[0], news.text_marks[0])
            if len(waiting) >= STORED_TOGETHER:
                self._store(waiting, around)
        self._store(waiting, around)
        with self.watch.stage("collect"):
            collection.judge_collapsed_pages()
        self._store(waiting, around)
        return CrawlResult(checks=collection.checks())

    def _send_records(self, resources: Sequence[Resource], known: Mapping[str, Record]) -> None:
        wanted = (RecordsWanted(keys=(resource.key,)) for resource in resources)
        records = pickle.dumps(tuple(with_texts(records_for(one, known)) for one in wanted))
        self.record_bytes += len(records)

    def _message(
        self, resources: Sequence[Resource], known: Mapping[str, Record], now: datetime
    ) -> bytes:
        checks = (_check(resource, self.kind, now) for resource in resources)
        looks = (LookEnded(checks=(packed(one, known),), text_marks=(None,)) for one in checks)
        message = pickle.dumps(tuple(looks))
        self.message_bytes += len(message)
        return message

    def _store(self, waiting: list[Check], around: Surroundings) -> None:
        with self.watch.stage("store"):
            around.keep(tuple(waiting))
        waiting.clear()


def _check(resource: Resource, kind: Kind, now: datetime) -> Check:
    """A check as a worker makes it: after a 304, with the last good page."""
    number = resource.number or 0
    exchange = Exchange(target_uri=resource.url, status_code=kind.status_code, fields=_FIELDS)
    begin = FIRST_NIGHT - timedelta(days=number % 60)
    certificate = Certificate(
        not_before=begin, not_after=begin + timedelta(days=90), issuer="R11, Let's Encrypt"
    )
    return Check(
        resource=resource,
        judgement=Judgement(reason=Reason.OK),
        facts=Facts(
            outcome=Answer(media_type="text/html"),
            exchanges=(exchange,),
            certificate=certificate,
        ),
        page=_page(number, kind.edits),
        checked_at=now,
        address="192.0.2.1",
        elapsed=timedelta(milliseconds=80 + number % 800),
        attempts=1,
    )


def _page(number: int, edits: int) -> Page:
    page = _shared_page(number % PAGES)
    own = "".join(f"\nNote {line} about link {number} alone." for line in range(1 + edits))
    return replace(page, text=page.text + own, main_text=page.main_text + own)


@cache
def _shared_page(number: int) -> Page:
    content = pages.page(number, f"/guides/{number}")
    url = f"https://h{number}.example/guides/{number}"
    return extract.read(content, url, "text/html; charset=utf-8")


def play(folder: Path, links: int) -> Iterator[Night]:
    """The nights, one after the other."""
    settings = _settings(folder, links)
    for number, kind in enumerate(NIGHTS):
        now, before = FIRST_NIGHT + timedelta(days=number), _size(folder)
        playing = Playing(kind=kind, watch=(watch := Stopwatch()))
        with watch.stage("compare and end"):
            run(settings, RunOptions(clock=partial(_same, now), crawl=playing))
        with watch.stage("reports"):
            rewrite_reports(settings, partial(_same, now))
        # The run has written them, too.
        for taken in (watch.cpu, watch.wall):
            taken["compare and end"] -= taken["reports"]
        yield Night(
            kind=kind,
            links=links,
            cpu=watch.cpu,
            wall=watch.wall,
            record_bytes=playing.record_bytes,
            message_bytes=playing.message_bytes,
            grown=_size(folder) - before,
        )


def _same(now: datetime) -> datetime:
    return now


def _settings(folder: Path, links: int) -> Settings:
    rows = (
        f"{n},Made up {n % 40},{pages.title(n % PAGES)},https://www.host-{n:07}.example/guides/{n}"
        for n in range(1, links + 1)
    )
    return settings_for(folder, ("number,category,title,url", *rows))


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("crawler.db*"))


def table(nights: Iterable[Night]) -> Iterator[str]:
    """Milliseconds of CPU a check by stage, checks a second, and bytes, in Markdown."""
    yield f"| pages | {' | '.join(STAGES)} | stored, checks a second | kB to workers | kB from workers | bytes in the database |"
    yield f"|{'---|' * (len(STAGES) + 5)}"
    for night in nights:
        each = " | ".join(f"{1000 * night.cpu[stage] / night.links:.3f}" for stage in STAGES)
        rate = night.links / night.wall["store"]
        sent, came = night.record_bytes / night.links, night.message_bytes / night.links
        yield (
            f"| {night.kind.name} | {each} | {rate:,.0f} | {sent / 1e3:.1f} | {came / 1e3:.1f} "
            f"| {night.grown / night.links:,.0f} |"
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scale.storing", description=__doc__
    )
    parser.add_argument("--links", type=int, default=5_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-storing-") as name:
        for line in table(play(Path(name), options.links)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
