"""A process that runs over a long list, and prints how much memory that took.

`python -m tests.support.long_list FOLDER KIND ROWS` prints the megabytes before and at the most.
"""

import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.config import Settings
from crawler.crawl import CrawlResult, Surroundings
from crawler.errors import ResourcesError
from crawler.model import (
    Answer,
    Certificate,
    Check,
    Declared,
    Exchange,
    Facts,
    Judgement,
    MediaKind,
    Page,
    Plan,
    Reason,
    Resource,
    RunStatus,
    Validators,
)
from crawler.run import RunOptions, run
from crawler.run.files import read_list

NIGHT = datetime(2026, 11, 20, 3, 17, tzinfo=UTC)
WORDS = "raft paxos leader follower log term vote index commit " * 1_200
"""Some 60 kB: the most text that is kept of a page."""
BATCH = 50


def megabytes() -> float:
    """The peak memory of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


def write_list(path: Path, rows: int, end: str = "") -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("number,category,title,url\n")
        for n in range(1, rows + 1):
            place = f"https://host-{n // 3}.example.org/path/to/page-{n}.html"
            file.write(f"{n},Category {n % 40},A resource with some title number {n},{place}\n")
        file.write(end)


@dataclass(frozen=True, slots=True)
class Answering:
    """Replaces the network: every page answers with a text of that many characters."""

    text: str

    async def __call__(self, plan: Plan, _: Settings, around: Surroundings) -> CrawlResult:
        planned = [r for lane in plan.lanes for target in lane.targets for r in target.resources]
        checks: dict[str, Check] = {}
        for start in range(0, len(planned), BATCH):
            batch = [self._check(one, around.clock()) for one in planned[start : start + BATCH]]
            around.keep(batch)
            checks |= {one.resource.key: replace(one, page=None) for one in batch}
        return CrawlResult(checks=checks)

    def _check(self, of: Resource, now: datetime) -> Check:
        fields = (("content-type", "text/html; charset=utf-8"),)
        ends = NIGHT + timedelta(days=200)
        return Check(
            resource=of,
            judgement=Judgement(reason=Reason.OK),
            facts=Facts(
                outcome=Answer(media_type="text/html"),
                exchanges=(Exchange(target_uri=of.url, status_code=200, fields=fields),),
                certificate=Certificate(not_after=ends, issuer="Some CA", subject=of.url[:30]),
            ),
            page=Page(
                kind=MediaKind.HTML,
                title=Declared(value=f"{of.title} | Some site", origin="title"),
                description=Declared(value=f"What {of.url} is about, at some length", origin="og"),
                image_url=Declared(value=f"{of.url}/image.png", origin="og"),
                first_heading=of.title,
                word_count=400,
                text=of.title + self.text,
            ),
            checked_at=now,
            address="192.0.2.1",
            elapsed=timedelta(milliseconds=120),
            attempts=1,
            validators=Validators(
                etag=f'"{of.key}"', last_modified="Fri, 20 Nov 2026 03:00:00 GMT"
            ),
        )


def _nights(folder: Path, settings: Settings, crawl: Answering | None) -> None:
    for night in range(2):
        started = NIGHT + timedelta(days=night)
        options = RunOptions(clock=lambda started=started: started)  # type: ignore[misc]
        ran = run(settings, replace(options, crawl=crawl) if crawl else options)
        assert ran.status is RunStatus.COMPLETE
    assert (folder / "reports" / "latest.json").stat().st_size > 0


def excluded(folder: Path, settings: Settings) -> None:
    """Two nights on which every row is excluded."""
    _nights(folder, replace(settings, fetch=replace(settings.fetch, exclude=("*",))), None)


def answered(folder: Path, settings: Settings) -> None:
    """Two nights on which every row answers with little text."""
    _nights(folder, settings, Answering(""))


def with_texts(folder: Path, settings: Settings) -> None:
    """Two nights on which every row answers with as much text as is kept."""
    _nights(folder, settings, Answering(WORDS))


def faulty(folder: Path, settings: Settings) -> None:
    """A list with a fault in its last line."""
    with (folder / "resources.csv").open("a", encoding="utf-8") as file:
        file.write("one,two\n")
    try:
        read_list(settings)
    except ResourcesError as error:
        assert "fields in the row: 2" in str(error)  # noqa: PT017 - no test, but a process of one


KINDS: dict[str, Callable[[Path, Settings], None]] = {
    one.__name__: one for one in (excluded, answered, with_texts, faulty)
}

if __name__ == "__main__":
    folder, kind, rows = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    write_list(folder / "resources.csv", rows)
    settings = Settings(
        resources=(str(folder / "resources.csv"),),
        database=str(folder / "crawler.db"),
        reports=str(folder / "reports"),
    )
    before = megabytes()
    KINDS[kind](folder, settings)
    print(before, megabytes())  # noqa: T201 - what the test reads
