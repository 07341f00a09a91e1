"""A list in parts: ten nights over a tenth of it each, and what is said of the others meanwhile."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler import settle, urls
from crawler.cli import main
from crawler.config import Settings
from crawler.crawl import CrawlResult, Surroundings
from crawler.errors import ResourcesError
from crawler.guard import Distrust, Outage
from crawler.model import (
    Check,
    FailureKind,
    FindingClass,
    Judgement,
    Mute,
    Plan,
    Reason,
    Record,
    Resource,
    RunStatus,
    Trigger,
)
from crawler.report import Report
from crawler.report.page import survey
from crawler.resources import Part, parts
from crawler.run import RunOptions, RunResult, run
from crawler.run.reports import build
from crawler.schedule import last_start
from crawler.store import Store
from crawler.store.resource_table import ResourceTable
from tests.support.builders import make_check, make_facts, make_failure, make_resource
from tests.support.database import query

pytestmark = pytest.mark.slow

NIGHT = datetime.fromisoformat("2026-11-01T03:17:00+00:00")
DAY = timedelta(days=1)
TEN = 10
LINKS = tuple(
    make_resource(
        f"https://{page}.site-{site}.example/", number=2 * site + n, line=2 * site + n + 1
    )
    for site in range(60)
    for n, page in enumerate(("docs", "blog"), 1)
)
NEXT = Part(None, TEN)


@dataclass
class InParts:
    """Nights over the list, on a made-up web without sockets."""

    folder: Path
    listed: tuple[Resource, ...] = LINKS
    dead: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)
    distrust: Distrust | None = None
    asked: set[str] = field(default_factory=set)
    """The URLs that the last run has asked."""
    now: datetime = NIGHT - DAY
    remarks: list[str] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return Settings(
            resources=(str(self.folder / "resources.csv"),),
            database=str(self.folder / "crawler.db"),
            reports=str(self.folder / "reports"),
        )

    def run(
        self,
        part: Part | None = NEXT,
        *,
        days: float = 1,
        only: tuple[str, ...] = (),
        trigger: Trigger = Trigger.SCHEDULE,
    ) -> RunResult:
        rows = (f"{one.number},{one.title},{one.url}" for one in self.listed)
        text = "\n".join(("number,title,url", *rows)) + "\n"
        (self.folder / "resources.csv").write_text(text, encoding="utf-8")
        self.now += timedelta(days=days)
        options = RunOptions(
            clock=lambda: self.now,
            part=part,
            only=only,
            trigger=trigger,
            crawl=self._crawl,
            remark=self.remarks.append,
        )
        return run(self.settings, options)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return query(self.folder / "crawler.db", sql)

    def last_parts(self) -> list[object]:
        return [part for (part,) in self.rows("select part from runs order by id")]

    def events(self) -> list[tuple[object, ...]]:
        return self.rows(
            "select run_id, kind, number from changes "
            "join resources on resources.id = changes.resource_id order by changes.id"
        )

    def json(self, name: str) -> dict[str, object]:
        text = (self.folder / "reports" / name).read_text("utf-8")
        found: dict[str, object] = json.loads(text)
        return found

    @contextmanager
    def report(self) -> Iterator[Report]:
        with Store.open(self.settings.database, exclusive=False) as store:
            report = build(store, self.settings, self.now)
            assert report
            yield report

    def warnings(self) -> tuple[str, ...]:
        with self.report() as report:
            return report.freshness.sentences

    async def _crawl(self, plan: Plan, _: Settings, around: Surroundings) -> CrawlResult:
        planned = [r for lane in plan.lanes for target in lane.targets for r in target.resources]
        self.asked = {one.url for one in planned}
        checks = [] if self.distrust else [self._check(one) for one in planned]
        around.keep(checks)
        return CrawlResult(
            checks={one.resource.key: one for one in checks},
            distrust=self.distrust,
        )

    def _check(self, of: Resource) -> Check:
        if of.url in self.dead:
            facts = make_facts(make_failure(FailureKind.DNS_NOT_FOUND, target_uri=of.url))
            judgement = Judgement(reason=Reason.DNS_NOT_FOUND)
        else:
            facts, new = make_facts(url=of.url), self.moved.get(of.url)
            reason = Reason.PERMANENT_REDIRECT if new else Reason.OK
            judgement = Judgement(reason=reason, suggested_url=new)
        return make_check(judgement, resource=of, facts=facts, checked_at=self.now)


@pytest.fixture
def ten(tmp_path: Path) -> InParts:
    return InParts(tmp_path)


def _part_of(resource: Resource) -> int:
    return parts.number_of(resource.url, TEN)


def _in_part(number: int) -> list[Resource]:
    return [one for one in LINKS if _part_of(one) == number]


# --- which links a night checks -------------------------------------------------------------------


def test_ten_nights_ask_every_link_once_and_each_domain_in_one_night(ten: InParts) -> None:
    asked: Counter[str] = Counter()
    for night in range(TEN):
        ran = ten.run()
        assert (ran.status, ran.asked) == (RunStatus.COMPLETE, len(ten.asked))
        assert ten.asked == {one.url for one in _in_part(night + 1)}
        asked.update(ten.asked)
    assert asked == Counter(one.url for one in LINKS)
    assert ten.last_parts() == [f"{n}/10" for n in range(1, 11)]
    ten.run()
    assert ten.last_parts()[-1] == "1/10"


def test_both_links_of_a_domain_are_in_one_part_and_none_is_empty() -> None:
    by_domain: dict[str, set[int]] = {}
    for one in LINKS:
        by_domain.setdefault(urls.domain(one.url), set()).add(_part_of(one))
    assert all(len(found) == 1 for found in by_domain.values())
    assert {n for found in by_domain.values() for n in found} == set(range(1, TEN + 1))


def test_parts_stay_the_same_from_version_to_version() -> None:
    wanted = (
        "https://a.example.org/",
        "http://www.example.org:8080/x",
        "https://example.com/",
        "no url",
    )
    assert [parts.number_of(url, TEN) for url in wanted] == [2, 2, 1, 7]


def test_a_night_that_fails_is_made_up_for_by_the_next_one(ten: InParts) -> None:
    ten.run()
    ten.distrust = Outage(unreached=9, hosts=9, canaries=1)
    ten.run()
    ten.distrust = None
    ten.run()
    assert ten.last_parts() == ["1/10", "2/10", "2/10"]


def test_after_the_whole_list_the_first_part_comes_first(ten: InParts) -> None:
    ten.run(Part(4, TEN))
    ten.run(None)
    ten.run(Part(1, TEN))
    ten.run()
    assert ten.last_parts()[-1] == "2/10"


def test_patterns_choose_within_the_part_and_do_not_count_as_its_night(ten: InParts) -> None:
    ten.run()
    first, other = _in_part(2)[0], _in_part(3)[0]
    ran = ten.run(only=(first.url, other.url))
    assert ten.asked == {first.url}
    assert ran.asked == 1
    ten.run()
    assert ten.last_parts()[-1] == "2/10"
    with pytest.raises(ResourcesError):
        ten.run(only=("https://nowhere.example/",))


def test_a_part_without_links_is_a_night_on_which_nothing_is_asked(ten: InParts) -> None:
    ten.listed = tuple(_in_part(1))
    ten.run()
    ran = ten.run()
    assert (ran.status, ran.asked, ten.last_parts()) == (RunStatus.COMPLETE, 0, ["1/10", "2/10"])
    assert ten.json("latest.json")["counts"]["links"] == len(ten.listed)  # type: ignore[index]


def test_a_recheck_looks_at_the_part_of_the_night_before_it(ten: InParts) -> None:
    one, other = _in_part(1)[0], _in_part(2)[0]
    ten.dead = {one.url, other.url}
    ten.run()
    ten.run()
    ten.run(trigger=Trigger.RECHECK, days=0.1)
    assert ten.asked == {other.url}


# --- what is said of the links over the nights ------------------------------------------------------


def test_a_dead_link_is_confirmed_when_its_part_has_come_twice(ten: InParts) -> None:
    lost = _in_part(3)[0]
    for night in range(1, 34):
        if night == 11:
            ten.dead = {lost.url}
        ran = ten.run()
        assert bool(ran.news) is (night == 23)
    assert ten.events() == [(13, "class", lost.number), (23, "broke", lost.number)]
    states = "select state, since, streak from resources where number = {}"
    ((state, since, streak),) = ten.rows(states.format(lost.number))
    assert (state, since, streak) == ("broken", "2026-11-13T03:17:00Z", 3)


def test_what_leaves_the_list_moves_or_is_new_is_told_on_that_night_or_when_its_part_comes(
    ten: InParts,
) -> None:
    for _ in range(TEN):
        ten.run()
    gone, elsewhere, moved = _in_part(5)[0], _in_part(6)[0], _in_part(4)[0]
    added = make_resource("https://new.example/", number=900, line=200)
    new_url = replace(elsewhere, url="https://other-site.example/")
    kept = [new_url if one == elsewhere else one for one in LINKS if one != gone]
    ten.listed = (*kept, added)
    ten.moved = {moved.url: "https://moved.example/"}
    ten.run()
    on_that_night = {(11, "removed", gone.number), (11, "url_changed", elsewhere.number)}
    assert {*ten.events()} == on_that_night | {(11, "added", 900)}
    for _ in range(TEN):
        ten.run()
    assert {*ten.events()} - on_that_night == {(11, "added", 900), (14, "moved", moved.number)}
    looks = (
        "select run_id from checks join resources on resources.id = resource_id where number = {}"
    )
    night_of_new_url = 10 + parts.number_of(new_url.url, TEN)
    expected = [(6,), (night_of_new_url if night_of_new_url > 10 else 20,)]
    assert ten.rows(looks.format(elsewhere.number))[:2] == expected


def test_the_first_round_is_one_first_look(ten: InParts) -> None:
    ten.dead = {_in_part(1)[0].url, _in_part(7)[0].url}
    for night in range(1, TEN + 1):
        ten.run()
        readme = (ten.folder / "reports" / "README.md").read_text("utf-8")
        is_first = night < TEN
        assert ("First look" in readme) is is_first
        unseen = len(LINKS) - sum(len(_in_part(n)) for n in range(1, night + 1))
        assert (f"{unseen} not checked yet" in readme) is bool(unseen)
        assert "The list is checked in 10 parts, one in each run." in readme
    assert ten.events() == []


def test_links_of_other_parts_keep_what_is_known_of_them(ten: InParts) -> None:
    for _ in range(TEN):
        ten.run()
    before = {row["key"]: row for row in ten.json("latest.json")["records"]}  # type: ignore[attr-defined]
    ten.run()
    asked = {one.key for one in _in_part(1)}
    for row in ten.json("latest.json")["records"]:  # type: ignore[attr-defined]
        assert (row == before[row["key"]]) is (row["key"] not in asked)


def test_reports_without_events_stay_the_same_from_part_to_part(ten: InParts) -> None:
    for _ in range(TEN):
        ten.run()
    names = ("README.md", "health.svg", "feed.xml", "badge.json", "events.ndjson")
    before = {name: (ten.folder / "reports" / name).read_bytes() for name in names}
    for _ in range(3):
        ten.run()
        assert {name: (ten.folder / "reports" / name).read_bytes() for name in names} == before


def test_the_picture_of_the_nights_counts_all_links_every_night(ten: InParts) -> None:
    ten.dead = {one.url for one in _in_part(2)}
    for _ in range(TEN + 1):
        ten.run()
    ten.run(days=2)
    with ten.report() as report:
        nights = survey.look(report).by_night
    kinds = (FindingClass.FAILING, FindingClass.BROKEN)  # the last night confirms
    troubled = [sum(counts.get(kind, 0) for kind in kinds) for _, counts in nights]
    assert troubled == [0, *[len(ten.dead)] * 10, 0, len(ten.dead)]


# --- which part was checked when --------------------------------------------------------------------


def test_reports_say_which_part_was_checked_when(ten: InParts) -> None:
    for _ in range(3):
        ten.run()
    page = (ten.folder / "reports" / "index.html").read_text("utf-8")
    said = (
        "The list is checked in 10 parts: part 3 last, on 2026-11-03 at 03:17 UTC; parts 4 to 10 were "
        "not checked yet."
    )
    assert said in page
    told = ten.json("run.json")
    assert told["run"]["part"] == "3/10"  # type: ignore[index]
    assert told["last_good_run"]["id"] == 3  # type: ignore[index]
    checked = [one["checked_at"] for one in told["parts"]]  # type: ignore[attr-defined]
    nights = [f"2026-11-0{n}T03:17:00.000Z" for n in (1, 2, 3)]
    assert checked == [*nights, *[None] * 7]
    for _ in range(8):
        ten.run()
    page = (ten.folder / "reports" / "index.html").read_text("utf-8")
    assert "part 1 last, on 2026-11-11 at 03:17 UTC; all of it since 2026-11-02." in page
    assert ten.warnings() == ()


def test_missed_nights_are_told_although_the_list_is_in_parts(ten: InParts) -> None:
    for _ in range(TEN):
        ten.run()
    ten.now += 4 * DAY
    (stale,) = ten.warnings()
    assert "is 4 days old, and 3 nights were missed" in stale


def test_one_part_by_hand_is_no_night_of_the_whole_list(ten: InParts) -> None:
    ten.run(None)
    ten.run(Part(3, TEN), days=3)
    assert ten.json("run.json")["last_good_run"]["id"] == 1  # type: ignore[index]
    (stale,) = ten.warnings()
    assert "The last good run, on 2026-11-01 at 03:17 UTC, is 3 days old" in stale
    assert last_start(ten.settings.database) == NIGHT


def test_a_part_that_never_gets_its_turn_is_told(ten: InParts) -> None:
    for night in range(14):
        ten.run(Part(night % 8 + 1, TEN))
    (told,) = ten.warnings()
    assert told.startswith("Parts 9 to 10 of 10 have not been checked since 2026-11-01: ")


# --- the flag -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    ["0/10", "11/10", "x", "", "1/0", "next", "next/0", "3", "1/1001", "-1/3", "1/3/3", "٣/10"],
)
@pytest.mark.parametrize("command", ["run", "schedule"])
def test_a_part_that_there_is_not_is_refused(
    command: str,
    wrong: str,
    ten: InParts,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ten.folder)
    assert main([command, "--part", wrong]) == 2
    said = capsys.readouterr().err
    assert re.search(r"no such part; give 1/\d+ to", said)
    assert not (ten.folder / "crawler.db").exists()


@pytest.mark.parametrize(
    ("text", "part"), [("3/10", Part(3, 10)), ("next/10", NEXT), ("1/1", Part(1, 1))]
)
def test_a_part_is_written_as_a_fraction(text: str, part: Part) -> None:
    assert parts.parse(text) == part
    assert str(part) == text


# --- what is not checked and waits for nothing ----------------------------------------------------


def _eventful_nights(ten: InParts) -> None:
    """Links break, move, recover, are muted, edited and taken out, in and outside of the night's part."""
    ten.run(None)
    ten.dead = {one.url for one in LINKS[::7]}
    ten.moved = {one.url: f"{one.url}new" for one in LINKS[::11]}
    for _ in range(2):
        ten.run(None)
    wish = Mute(until=(ten.now + 3 * DAY).date(), reason="its owner knows")
    settle.mute(ten.settings, [str(LINKS[7].number), str(LINKS[3].number)], wish, lambda: ten.now)
    ten.dead = {one.url for one in LINKS[::5]}
    ten.moved = {}
    for _ in range(4):
        ten.run()
    ten.listed = (
        replace(LINKS[0], url="https://another.example/"),
        replace(LINKS[1], title="Another title"),
        *LINKS[4:],
    )
    ten.run()
    ten.run(None, only=(LINKS[20].url,))
    for _ in range(3):
        ten.run()


def test_what_is_not_checked_is_left_as_it_is_and_nothing_is_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def played() -> tuple[int, list[list[tuple[object, ...]]]]:
        saved: list[str] = []
        save = ResourceTable.save

        def counted(table: ResourceTable, record: Record, run_id: int) -> int:
            saved.append(record.resource.key)
            return save(table, record, run_id)

        ten = InParts(tmp_path / "list")
        ten.folder.mkdir()
        with monkeypatch.context() as patch:
            patch.setattr(ResourceTable, "save", counted)
            _eventful_nights(ten)
        tables = ("resources", "incidents", "changes", "checks", "runs", "resources_fts")
        found = [ten.rows(f"select * from {table}") for table in tables]  # noqa: S608
        shutil.rmtree(ten.folder)  # what is stored has its path
        return len(saved), found

    few, told = played()
    monkeypatch.setattr(ResourceTable, "at_rest", lambda _: iter(()))
    many, told_of_all = played()
    assert told == told_of_all
    assert few < many * 0.7
