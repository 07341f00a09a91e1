"""The real list against the made-up web: every resource, every field, every verdict, every change."""

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.demo import LIST_NAME, demo_settings, list_text
from crawler.demo.web import Web
from crawler.demo.worlds import World, world_of
from crawler.model import Reason, RunStatus, Verdict
from crawler.run import RunOptions, RunResult, run
from tests.support.database import named_rows
from tests.support.demo_list import listed

pytestmark = pytest.mark.slow

LIVING = {Verdict.OK, Verdict.MOVED}


@dataclass(frozen=True)
class Played:
    """What a night left behind."""

    world: World
    ran: RunResult
    rows: dict[int, sqlite3.Row]
    """Of `latest_checks`, by number."""
    changes: list[tuple[str, int]]
    """Kind and number, of that night."""
    report: str


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory, shared_web: Web) -> list[Played]:
    """A first night, one in a changed world, the same world an hour later."""
    folder = tmp_path_factory.mktemp("nights")
    resources = listed()
    first = world_of(resources, 1)
    # All within the hours that a confirmation takes, so that only the worlds make a difference.
    second = replace(world_of(resources, 2), date=first.date + timedelta(hours=12))
    third = replace(second, date=second.date + timedelta(hours=1))
    return [_play(folder, shared_web, world) for world in (first, second, third)]


def _play(folder: Path, web: Web, world: World) -> Played:
    web.serve(world.sites)
    (folder / LIST_NAME).write_bytes(list_text(world.resources).encode())

    def clock() -> datetime:
        return world.date

    ran = run(demo_settings(folder, web), RunOptions(clock=clock, resolver=web.resolver))
    database = folder / "crawler.db"
    rows = {row["number"]: row for row in named_rows(database, "select * from latest_checks")}
    changes = named_rows(
        database,
        """select kind, number from changes join resources on resources.id = changes.resource_id
        where run_id = (select max(id) from runs)""",
    )
    changed = [(row["kind"], row["number"]) for row in changes]
    report = (folder / "reports" / "README.md").read_text(encoding="utf-8")
    return Played(world=world, ran=ran, rows=rows, changes=changed, report=report)


@pytest.mark.parametrize("night", [0, 1, 2])
def test_all_hundred_are_checked(nights: list[Played], night: int) -> None:
    assert nights[night].ran.status is RunStatus.COMPLETE
    assert sorted(nights[night].rows) == list(range(1, 101))


@pytest.mark.parametrize("night", [0, 1, 2])
def test_every_verdict_is_as_the_made_up_web_intends(nights: list[Played], night: int) -> None:
    played = nights[night]
    wrong = {
        number: (row["verdict"], row["reason"], row["suggested_url"], expected)
        for number, expected in played.world.expected.items()
        if (row := played.rows[number])
        and (
            row["verdict"] != expected.verdict
            or row["reason"] not in {expected.reason, Reason.NOT_MODIFIED}
            or row["suggested_url"] != expected.suggested_url
        )
    }
    assert wrong == {}


@pytest.mark.parametrize("night", [0, 1, 2])
def test_titles_and_descriptions_are_what_the_pages_declare(
    nights: list[Played], night: int
) -> None:
    living = {n: e for n, e in nights[night].world.expected.items() if e.verdict in LIVING}
    assert len(living) > 70
    stored = {
        n: (nights[night].rows[n]["title"], nights[night].rows[n]["description"]) for n in living
    }
    assert stored == {n: (e.title, e.description) for n, e in living.items()}


@pytest.mark.parametrize("night", [0, 1, 2])
def test_the_warnings_that_were_played_are_found(nights: list[Played], night: int) -> None:
    for number, expected in nights[night].world.expected.items():
        found = set(json.loads(nights[night].rows[number]["warnings"]))
        assert set(expected.warnings) <= found, number


def test_a_first_night_is_a_baseline_without_changes(nights: list[Played]) -> None:
    assert nights[0].changes == []
    assert nights[0].ran.news == ()


def test_a_changed_world_is_reported_exactly(nights: list[Played]) -> None:
    before, after = nights[0].world.expected, nights[1].world.expected
    verdicts = {n for n in after if after[n].verdict != before[n].verdict}
    # What worked counts as blocked only when it is so for three runs.
    blocked = {n for n in verdicts if after[n].verdict is Verdict.BLOCKED}
    assert blocked
    verdicts -= blocked
    verdicts |= {n for n in after if after[n].suggested_url != before[n].suggested_url}
    read = {n for n in after if after[n].title and before[n].title}
    titles = {n for n in read if after[n].title != before[n].title}
    descriptions = {n for n in read if after[n].description != before[n].description}
    told: dict[str, set[int]] = {}
    for event, number in nights[1].changes:
        kind = event if event in {"title", "description", "metadata", "edited"} else "verdict"
        told.setdefault(kind, set()).add(number)
    assert told.pop("verdict") == verdicts
    assert told.pop("description") == descriptions
    assert told.pop("edited", set()) <= titles | descriptions
    quiet_titles = titles - told["title"]
    assert told.pop("title") <= titles
    # A title that only carries a new version number is no finding.
    assert quiet_titles <= {8}
    assert told == {}
    assert len(verdicts) > 5
    assert descriptions


def test_the_same_world_an_hour_later_reports_nothing_new(nights: list[Played]) -> None:
    assert nights[2].changes == []
    assert nights[2].report == nights[1].report
