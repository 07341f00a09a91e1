"""The files of a list that is too long for one page: pages of findings, written and removed."""

import json
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from benchmarks import long_reports as benchmark
from crawler.errors import StoreError
from crawler.model import FindingClass, Reason
from crawler.report import Report, as_ndjson, long_list
from crawler.run import reports, rewrite_reports
from crawler.run.files import REPORTS, prepare_reports
from crawler.run.reports import build, write_reports
from crawler.store import Store
from tests.support.histories import START, Night, Place, row

pytestmark = pytest.mark.slow

LINKS, GONE = 24, 11


@pytest.fixture(autouse=True)
def _long_from_eight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_list, "LONG", 8)
    monkeypatch.setattr(long_list, "PAGE", 4)


def _play(place: Place, night: int, links: int = LINKS, gone: int = GONE) -> None:
    rows = tuple(row(number) for number in range(1, links + 1))
    finds = {one.key: Reason.HTTP_404 if n < gone else Reason.OK for n, one in enumerate(rows)}
    place.play(Night(at=START + timedelta(days=night), rows=rows, finds=finds))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """After two nights, of which the second confirms what is gone."""
    played = Place(tmp_path)
    _play(played, 0)
    _play(played, 1)
    return played


def _pages(place: Place) -> list[str]:
    return sorted(path.name for path in (place.folder / "reports" / "findings").glob("*"))


def _reports(place: Place, *, is_short: bool) -> Iterator[Report]:
    with (
        Store.open(place.settings.database, exclusive=False) as store,
        patch.object(long_list, "LONG", 8 if is_short else LINKS),
    ):
        report = build(store, place.settings, START + timedelta(days=1))
        assert report
        yield report


def test_findings_stand_in_pages_and_the_other_files_stay_small(place: Place) -> None:
    assert _pages(place) == ["1.html", "2.html", "3.html"]
    reports = place.folder / "reports"
    assert {path.name for path in reports.iterdir()} == {*REPORTS, "nights", "findings"}
    told = json.loads((reports / "latest.json").read_text("utf-8"))
    assert (len(told["records"]), told["left_out"]) == (8, LINKS - 8)
    assert told["counts"]["classes"]["broken"] == GONE
    assert 'href="findings/1.html"' in (reports / "index.html").read_text("utf-8")
    assert "r11.example" in (reports / "findings" / "3.html").read_text("utf-8")


def test_what_the_database_says_in_short_is_what_it_says_in_full(place: Place) -> None:
    (short,), (whole,) = ([*_reports(place, is_short=is_short)] for is_short in (True, False))
    assert (short.headline, short.tally, short.totals) == (
        whole.headline,
        whole.tally,
        whole.totals,
    )
    assert short.long
    broken = [one for one in whole.findings if one.kind is FindingClass.BROKEN]
    assert list(short.long.keys) == [one.resource.key for one in broken]
    night = dict(short.snapshot.histories.by_night)[(START + timedelta(days=1)).date()]
    assert night[FindingClass.BROKEN] == GONE
    assert night[FindingClass.HEALTHY] == LINKS - GONE


def test_stable_reports_stay_the_same_on_a_quiet_night(place: Place) -> None:
    before = place.stable()
    _play(place, 2)
    assert place.stable() == before


def test_pages_that_are_not_needed_go_and_files_of_others_stay(place: Place) -> None:
    folder = place.folder / "reports" / "findings"
    (folder / "7.html").write_text("<p>mine</p>", encoding="utf-8")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    _play(place, 2, gone=3)
    assert _pages(place) == ["1.html", "7.html", "notes.txt"]
    (folder / "7.html").unlink()
    (folder / "notes.txt").unlink()
    _play(place, 3, links=7, gone=3)
    assert not folder.exists()
    assert 'id="links"' in (place.folder / "reports" / "index.html").read_text("utf-8")


def test_a_page_of_somebody_else_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "findings").mkdir()
    (tmp_path / "findings" / "1.html").write_text("<p>mine</p>", encoding="utf-8")
    with pytest.raises(StoreError, match="not a report of this crawler"):
        prepare_reports(tmp_path)


def test_a_link_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "findings").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="a link"):
        prepare_reports(tmp_path)


def test_the_oldest_nights_leave_the_events_whole(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    _play(place, 2, gone=2)
    _play(place, 3, gone=1)
    file = place.folder / "reports" / "events.ndjson"

    def nights() -> set[str]:
        return {json.loads(line)["night"] for line in file.read_text("utf-8").splitlines()}

    assert len(nights()) == 3
    monkeypatch.setattr(as_ndjson, "EVENTS", GONE)
    rewrite_reports(place.settings, lambda: START + timedelta(days=3))
    assert len(nights()) == 2
    monkeypatch.setattr(as_ndjson, "EVENTS", 0)
    rewrite_reports(place.settings, lambda: START + timedelta(days=3))
    assert nights() == {f"{START + timedelta(days=3):%Y-%m-%d}"}


def test_memory_grows_by_little_for_each_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_list, "LONG", 200)
    monkeypatch.setattr(long_list, "PAGE", 100)
    monkeypatch.setattr(reports, "PATCHED", 0)  # a patch has the whole list in memory

    def peak(rows: int) -> int:
        folder = tmp_path / str(rows)
        folder.mkdir()
        settings = benchmark.fill(folder, rows)
        with Store.open(settings.database, exclusive=False) as store:
            tracemalloc.start()
            write_reports(store, settings, (), now=benchmark.NIGHT + timedelta(days=3))
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return most

    peak(2_000)  # what is made once
    few, many = peak(8_000), peak(14_000)  # what the store remembers is full
    assert (many - few) / 6_000 < 400
