"""A list, the made-up web that it is checked against, and a clock that the test sets."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from crawler.config import Settings
from crawler.demo import LIST_NAME, demo_settings, list_text
from crawler.demo.scenarios import MakeScenario
from crawler.demo.web import Web
from crawler.demo.worlds import STORY, build_world
from crawler.fetch import Resolver
from crawler.model import Resource, Trigger
from crawler.run import RunOptions, RunResult, run
from tests.support.database import query
from tests.support.demo_list import resolving_every_name
from tests.support.short_web import NIGHT


@dataclass
class Nights:
    """Runs over a list at any time, in a world that is as the test wants it."""

    folder: Path
    web: Web
    listed: tuple[Resource, ...]
    now: datetime = NIGHT
    resolver: Resolver | None = None
    """None for the web's own."""
    changed: Mapping[str, object] = field(default_factory=dict)
    """Settings that differ from those of the demo."""

    def __post_init__(self) -> None:
        self.put(self.listed)
        self.play({})

    def put(self, resources: tuple[Resource, ...]) -> None:
        """Make these the list."""
        (self.folder / LIST_NAME).write_text(list_text(resources), encoding="utf-8")

    def play(self, played: Mapping[int, MakeScenario]) -> None:
        """From now on these numbers are in trouble, and all others are alive."""
        night = replace(STORY[0], name="trouble")
        self.web.serve(build_world(night, self.listed, played).sites)

    @property
    def settings(self) -> Settings:
        base = demo_settings(self.folder, self.web)
        fetch = resolving_every_name(base.fetch, self.web, {"connect_timeout": 1.0})
        return replace(base, fetch=fetch, **self.changed)  # type: ignore[arg-type]  # by name

    def run(self, trigger: Trigger = Trigger.SCHEDULE, **after: float) -> RunResult:
        """A run, so much later (`hours=24`)."""
        self.now += timedelta(**after)
        options = RunOptions(
            clock=lambda: self.now, trigger=trigger, resolver=self.resolver or self.web.resolver
        )
        return run(self.settings, options)

    def recheck(self, **after: float) -> RunResult:
        return self.run(Trigger.RECHECK, **after)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return query(self.folder / "crawler.db", sql)

    def state(self, number: int) -> tuple[object, ...]:
        """State, streak and verdict of a resource."""
        (row,) = self.rows(
            f"""select resources.state, streak, verdict from resources
            join latest_checks on latest_checks.number = resources.number
            where resources.number = {number}"""  # noqa: S608 - a number
        )
        return row

    def reports(self) -> dict[str, bytes]:
        """The reports that are the same on nights without events."""
        folder = self.folder / "reports"
        names = ("README.md", "events.ndjson", "feed.xml", "badge.json", "health.svg")
        files = [*(folder / name for name in names), *sorted((folder / "nights").glob("*"))]
        return {file.name: file.read_bytes() for file in files if file.exists()}

    @property
    def report(self) -> str:
        return self.reports()["README.md"].decode()
