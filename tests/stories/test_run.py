"""One run: what is refused before the first request, what a signal leaves behind, what is written."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest

from crawler.config import HostSettings, Settings
from crawler.crawl import CrawlResult
from crawler.demo import LIST_NAME, list_text
from crawler.demo.web import Web
from crawler.demo.worlds import plain_world
from crawler.errors import ResourcesError, StoreError
from crawler.model import Reason, RunStatus
from crawler.run import RunOptions, RunResult, files, reports, rewrite_reports, run
from crawler.run.interruption import SIGNALS
from tests.support.database import query
from tests.support.short_web import FEW, NIGHT, stalling_world


def _run(settings: Settings, web: Web, *, hours: float = 0, only: Sequence[str] = ()) -> RunResult:
    now = NIGHT + timedelta(hours=hours)
    return run(settings, RunOptions(clock=lambda: now, resolver=web.resolver, only=tuple(only)))


# --- before the first request -------------------------------------------------------------------


def _no_list(settings: Settings, _: Path) -> Settings:
    return replace(settings, resources=(f"{settings.list_name}.missing",))


def _folder_for_a_list(settings: Settings, folder: Path) -> Settings:
    return replace(settings, resources=(str(folder),))


def _fifo_for_a_list(settings: Settings, folder: Path) -> Settings:
    os.mkfifo(folder / "fifo")
    return replace(settings, resources=(str(folder / "fifo"),))


def _endless_list(settings: Settings, _: Path) -> Settings:
    return replace(settings, resources=("/dev/zero",))


def _broken_list(settings: Settings, folder: Path) -> Settings:
    (folder / "broken.csv").write_text("url\nhttps://a.test/,x\n", encoding="utf-8")
    return replace(settings, resources=(str(folder / "broken.csv"),))


def _reports_in_a_file(settings: Settings, folder: Path) -> Settings:
    return replace(settings, reports=str(folder / LIST_NAME / "reports"))


def _readme_of_a_person(settings: Settings, folder: Path) -> Settings:
    (folder / "README.md").write_text("# My project\n", encoding="utf-8")
    return replace(settings, reports=str(folder))


def _night_of_a_person(settings: Settings, folder: Path) -> Settings:
    (folder / "nights").mkdir()
    (folder / "nights" / f"{NIGHT:%Y-%m-%d}.md").write_text("# What I dreamt\n", encoding="utf-8")
    return replace(settings, reports=str(folder))


def _folder_for_a_report(settings: Settings, folder: Path) -> Settings:
    (folder / "badge.json").mkdir()
    return replace(settings, reports=str(folder))


def _fifo_for_a_report(settings: Settings, folder: Path) -> Settings:
    os.mkfifo(folder / "feed.xml")
    return replace(settings, reports=str(folder))


def _link_for_a_report(settings: Settings, folder: Path) -> Settings:
    (folder / "mine.md").write_text("# Mine\n", encoding="utf-8")
    (folder / "README.md").symlink_to("mine.md")
    return replace(settings, reports=str(folder))


def _link_for_the_nights(settings: Settings, folder: Path) -> Settings:
    (folder / "mine").mkdir()
    (folder / "nights").symlink_to("mine")
    return replace(settings, reports=str(folder))


def _foreign_database(settings: Settings, folder: Path) -> Settings:
    (folder / "foreign.db").write_text("not a database at all, and long enough to be read")
    return replace(settings, database=str(folder / "foreign.db"))


@pytest.mark.promise("6")
@pytest.mark.parametrize(
    ("spoil", "error", "says"),
    [
        (_no_list, ResourcesError, "missing: cannot be read"),
        (_folder_for_a_list, ResourcesError, "not a regular file"),
        (_fifo_for_a_list, ResourcesError, "not a regular file"),
        (_endless_list, ResourcesError, "not a regular file"),
        (_broken_list, ResourcesError, "broken.csv:2: "),
        (_reports_in_a_file, StoreError, "--reports"),
        (_readme_of_a_person, StoreError, "README.md: not a report of this crawler"),
        (_night_of_a_person, StoreError, r"nights/2.*\.md: not a report of this crawler"),
        (_folder_for_a_report, StoreError, "badge.json: not a report of this crawler"),
        (_fifo_for_a_report, StoreError, "feed.xml: not a report of this crawler"),
        (_link_for_a_report, StoreError, "README.md: not a report of this crawler"),
        (_link_for_the_nights, StoreError, "nights: a link, and reports are written to no folder"),
        (_foreign_database, StoreError, "foreign.db"),
    ],
)
def test_what_cannot_be_used_is_refused_before_any_request(
    settings: Settings, web: Web, tmp_path: Path, spoil: object, error: type[Exception], says: str
) -> None:
    assert callable(spoil)
    with pytest.raises(error, match=says):
        _run(spoil(settings, tmp_path), web)
    assert web.requests == ()


# --- a run --------------------------------------------------------------------------------------


def test_only_checks_what_was_selected_and_keeps_what_is_known_of_the_others(
    settings: Settings, web: Web
) -> None:
    _run(settings, web)
    web.serve(plain_world(FEW).sites)
    ran = _run(settings, web, hours=24, only=["46"])
    assert ran.status is RunStatus.COMPLETE
    assert {request.host for request in web.requests} == {"microservices.io"}
    assert query(settings.database, "select count(*) from latest_checks") == [(5,)]


def test_an_unchanged_page_is_asked_for_with_its_validators_and_keeps_its_title(
    settings: Settings, web: Web
) -> None:
    _run(settings, web)
    titles = query(
        settings.database, "select number, title, description, warnings from latest_checks"
    )
    web.serve(plain_world(FEW).sites)
    _run(settings, web, hours=24)
    reasons = {
        reason for (reason,) in query(settings.database, "select reason from latest_checks")
    }
    assert Reason.NOT_MODIFIED in reasons
    again = query(
        settings.database, "select number, title, description, warnings from latest_checks"
    )
    assert again == titles
    web.serve(plain_world(FEW).sites)
    _run(settings, web, hours=48)
    assert Reason.NOT_MODIFIED in {
        reason for (reason,) in query(settings.database, "select reason from latest_checks")
    }


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        (lambda s: replace(s, user_agent="another-bot/1 (+https://example.org/)"), False),
        (lambda s: replace(s, hosts=(("example.org", HostSettings(insecure=True)),)), False),
        (lambda s: replace(s, fetch=replace(s.fetch, max_body_bytes=9_999_999)), False),
        (lambda s: replace(s, fetch=replace(s.fetch, conditional=False)), False),
        (lambda s: replace(s, report=replace(s.report, fail_on=())), True),
        (lambda s: replace(s, fetch=replace(s.fetch, attempts=2)), True),
    ],
    ids=["user_agent", "hosts", "max_body_bytes", "conditional", "fail_on", "attempts"],
)
def test_settings_that_decide_what_a_request_brings_drop_validators(
    settings: Settings, web: Web, change: Callable[[Settings], Settings], kept: bool
) -> None:
    _run(settings, web)
    _run(change(settings), web, hours=24)
    reasons = {
        reason for (reason,) in query(settings.database, "select reason from latest_checks")
    }
    assert (Reason.NOT_MODIFIED in reasons) is kept


def test_validators_are_kept_through_a_night_of_other_settings_for_a_part_of_the_list(
    settings: Settings, web: Web
) -> None:
    """They are as old as the settings of their own run, not those of the last one."""
    other = replace(settings, user_agent="another-bot/1 (+https://example.org/)")
    _run(settings, web)
    _run(other, web, hours=24, only=["44"])
    _run(other, web, hours=48)
    found = query(settings.database, "select number, reason from latest_checks order by number")
    assert found == [(44, "not_modified"), *((number, "ok") for number in range(45, 49))]


def test_robots_txt_is_asked_for_once_a_day(settings: Settings, web: Web) -> None:
    def asked() -> int:
        return sum(request.path == "/robots.txt" for request in web.requests)

    for hours, expected in ((0, True), (12, False), (36, True)):
        web.serve(plain_world(FEW).sites)
        _run(settings, web, hours=hours)
        assert bool(asked()) is expected


@pytest.mark.slow
def test_what_the_budget_does_not_reach_goes_first_next_time(settings: Settings, web: Web) -> None:
    web.serve(stalling_world().sites)
    hasty = replace(settings, fetch=replace(settings.fetch, budget=4.0, read_timeout=30.0))
    ran = _run(hasty, web)
    assert ran.status is RunStatus.COMPLETE
    assert query(
        settings.database, "select reason, count(*) from checks group by 1 order by 2"
    ) == [
        ("out_of_budget", 1),
        ("ok", 4),
    ]
    assert query(settings.database, "select count(*) from latest_checks") == [(4,)]
    web.serve(plain_world(FEW).sites)
    one_at_a_time = replace(settings, fetch=replace(settings.fetch, concurrency=1, robots=False))
    _run(one_at_a_time, web, hours=24)
    assert query(settings.database, "select count(*) from latest_checks") == [(5,)]


@pytest.mark.slow
def test_a_second_look_is_taken_at_what_is_dead_or_failing_and_the_better_kept(
    settings: Settings, web: Web
) -> None:
    web.serve(stalling_world().sites)
    patient = replace(
        settings,
        fetch=replace(settings.fetch, recheck_after=0.3, read_timeout=1.5, attempts=1),
    )
    _run(patient, web)
    assert query(
        settings.database, "select reason, looks from checks order by looks desc limit 2"
    ) == [
        ("read_timeout", 2),
        ("ok", 1),
    ]


@pytest.mark.promise("8")
@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400), timedelta(hours=-1)])
def test_a_clock_that_jumps_during_a_run_changes_no_verdict(
    settings: Settings, web: Web, jump: timedelta
) -> None:
    """Each reading of the clock is another jump away from the one before it, back and forth."""
    web.serve(stalling_world().sites)
    times = cycle((NIGHT, NIGHT + jump))
    impatient = replace(settings.fetch, recheck_after=0.1, read_timeout=1.5, attempts=1)
    for _ in range(2):
        jumping = RunOptions(clock=lambda: next(times), resolver=web.resolver)
        result = run(replace(settings, fetch=impatient), jumping)
        assert result.status is RunStatus.COMPLETE
    found = "select run_id, reason from checks where reason not in ('ok', 'not_modified')"
    assert query(settings.database, f"{found} order by run_id") == [
        (1, "read_timeout"),
        (2, "read_timeout"),
    ]
    shown = query(settings.database, "select count(*), min(state) from latest_checks")
    assert shown == [(len(FEW), "failing")]


def test_reports_can_be_written_again_without_the_network(settings: Settings, web: Web) -> None:
    with pytest.raises(StoreError, match="no database yet"):
        rewrite_reports(settings)
    _run(settings, web)
    report = Path(settings.reports) / "README.md"
    text = report.read_bytes()
    report.unlink()
    web.serve(plain_world(FEW).sites)
    assert rewrite_reports(settings) is not None
    assert report.read_bytes() == text
    assert report.with_name("index.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert web.requests == ()


def test_the_first_real_run_replaces_what_the_demo_wrote(settings: Settings, web: Web) -> None:
    nights = Path(settings.reports) / "nights"
    nights.mkdir(parents=True)
    for name, beginning in (
        ("2026-11-03.md", "# Night of 2026-11-03, from a made-up web\n"),
        ("2026-11-04.md", "# Night of 2026-11-04\n"),
        ("notes.md", "# Mine, from a made-up web\n"),
    ):
        (nights / name).write_text(beginning, encoding="utf-8")
    _run(settings, web)
    assert {"2026-11-04.md", "notes.md"} <= {path.name for path in nights.iterdir()}
    assert not (nights / "2026-11-03.md").exists()


def test_a_pattern_that_fits_nothing_is_refused(settings: Settings, web: Web) -> None:
    with pytest.raises(ResourcesError, match="zzz: no such resource"):
        _run(settings, web, only=["zzz"])
    assert web.requests == ()


def test_an_error_of_our_own_costs_one_resource_its_check(settings: Settings, web: Web) -> None:
    async def resolver(host: str, port: int) -> tuple[str, ...]:
        if host == "martinfowler.com":
            raise ZeroDivisionError
        return await web.resolver(host, port)

    direct = tuple((k, v) for k, v in settings.fetch.resolve if "martinfowler" not in k)
    settings = replace(settings, fetch=replace(settings.fetch, resolve=direct))
    ran = run(settings, RunOptions(clock=lambda: NIGHT, resolver=resolver))
    assert ran.status is RunStatus.COMPLETE
    assert [fault.target.resources[0].number for fault in ran.faults] == [48]
    assert query(settings.database, "select count(*) from latest_checks") == [(4,)]


def test_a_second_look_that_the_budget_has_no_time_for_is_not_waited_for(
    settings: Settings, web: Web
) -> None:
    web.serve(stalling_world().sites)
    fetch = replace(
        settings.fetch, recheck_after=500.0, budget=400.0, read_timeout=0.2, attempts=1
    )
    assert _run(replace(settings, fetch=fetch), web).status is RunStatus.COMPLETE


# --- signals ------------------------------------------------------------------------------------

_CRAWL_OF_A_STALLING_WEB = """
import sys
from pathlib import Path
from dataclasses import replace
from crawler.demo import demo_settings
from crawler.demo.web import Web
from crawler.run import RunOptions, run
from tests.support.short_web import stalling_world

def listen(progress):
    if progress.done == 4:
        print("four", flush=True)

with Web(stalling_world().sites) as web:
    settings = demo_settings(Path(sys.argv[1]), web)
    settings = replace(settings, fetch=replace(settings.fetch, read_timeout=60.0, total_timeout=60.0))
    ran = run(settings, RunOptions(listen=listen, resolver=web.resolver))
    print(ran.status, ran.signal, flush=True)
"""


@pytest.mark.promise("11")
@pytest.mark.slow
@pytest.mark.parametrize("signum", SIGNALS)
def test_a_signal_ends_the_run_in_order_and_keeps_its_checks(
    settings: Settings, tmp_path: Path, signum: signal.Signals
) -> None:
    command = [sys.executable, "-c", _CRAWL_OF_A_STALLING_WEB, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "four\n"
        process.send_signal(signum)
        output, _ = process.communicate(timeout=50)
    assert output.splitlines()[-1] == f"interrupted {int(signum)}"
    assert query(settings.database, "select status from runs") == [("interrupted",)]
    assert query(settings.database, "select count(*) from checks") == [(4,)]
    assert query(settings.database, "select count(*) from latest_checks") == [(4,)]


def _after_the_crawl(settings: Settings, act: Callable[[], None]) -> Callable[[], datetime]:
    """A clock that acts once, when all checks are stored."""
    acts = iter([act])

    def clock() -> datetime:
        if query(settings.database, "select count(*) from checks") == [(len(FEW),)]:
            for one in acts:
                one()
        return NIGHT

    return clock


@pytest.mark.parametrize("signum", SIGNALS)
def test_a_signal_after_the_crawl_leaves_time_for_all_of_its_results(
    settings: Settings, web: Web, signum: signal.Signals
) -> None:
    clock = _after_the_crawl(settings, partial(os.kill, os.getpid(), signum))
    ran = run(settings, RunOptions(clock=clock, resolver=web.resolver))
    assert (ran.status, ran.signal) == (RunStatus.COMPLETE, signum)
    assert ran.report is not None
    assert query(settings.database, "select status from runs") == [("complete",)]


def test_a_run_that_takes_too_long_after_a_signal_counts_for_nothing(
    settings: Settings, web: Web
) -> None:
    def expire() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGALRM)

    clock = _after_the_crawl(settings, expire)
    ran = run(settings, RunOptions(clock=clock, resolver=web.resolver))
    assert (ran.status, ran.signal) == (RunStatus.INTERRUPTED, signal.SIGTERM)
    assert ran.report is None
    assert query(settings.database, "select status from runs") == [("interrupted",)]
    assert query(settings.database, "select count(*) from latest_checks") == [(0,)]
    again = _run(settings, web, hours=24)
    assert (again.status, again.interrupted_before) == (RunStatus.COMPLETE, 0)


@pytest.mark.promise("10")
def test_a_signal_while_reports_are_written_harms_none_of_them(
    settings: Settings, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(settings, web)
    web.serve(stalling_world().sites)
    readme = Path(settings.reports, "README.md")
    before = readme.read_bytes()

    def expire(path: Path, pieces: Iterable[str]) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGALRM)

    monkeypatch.setattr(reports, "write", expire)
    fetch = replace(settings.fetch, read_timeout=0.2, attempts=1)
    ran = _run(replace(settings, fetch=fetch), web, hours=24)
    # The night itself was complete.
    assert (ran.status, ran.signal, ran.report) == (RunStatus.COMPLETE, signal.SIGTERM, None)
    assert readme.read_bytes() == before
    monkeypatch.undo()
    rewrite_reports(settings)
    assert readme.read_bytes() != before


# --- files --------------------------------------------------------------------------------------


@pytest.mark.promise("10")
def test_a_file_is_replaced_whole_and_an_equal_one_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    files.write(path, ["# Link report: ", "one"])
    first = path.stat()
    files.write(path, ["# Link report: o", "ne"])
    assert path.stat().st_ino == first.st_ino
    files.write(path, ["# Link report: two"])
    assert path.read_text(encoding="utf-8") == "# Link report: two"
    assert path.stat().st_mode & 0o777 == 0o644
    assert [p.name for p in tmp_path.iterdir()] == ["README.md"]


@pytest.mark.promise("10")
def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    files.write(path, ["# Link report: one"])

    def full_disk() -> Iterator[str]:
        yield "# Link report: two"
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(StoreError, match=r"README\.md: cannot be written \(No space left"):
        files.write(path, full_disk())
    assert [p.name for p in tmp_path.iterdir()] == ["README.md"]
    assert path.read_text(encoding="utf-8") == "# Link report: one"


def test_a_night_whose_report_was_cut_short_is_reported_by_the_next_run(
    settings: Settings, web: Web
) -> None:
    _run(settings, web)
    Path(settings.list_name).write_text(list_text(FEW[:-1]), encoding="utf-8")
    _run(settings, web, hours=24)
    (told,) = Path(settings.reports, "nights").iterdir()
    text = told.read_text("utf-8")
    told.unlink()
    _run(settings, web, hours=48)
    assert told.read_text("utf-8") == text


async def _breaks(*_: object) -> CrawlResult:
    raise RuntimeError


def test_a_run_that_fails_leaves_its_mark_until_the_next_good_one(
    settings: Settings, web: Web
) -> None:
    for night in range(2):
        _run(settings, web, hours=24 * night)
    reports = Path(settings.reports)
    good = (reports / "README.md").read_text("utf-8")
    failing = RunOptions(clock=lambda: NIGHT + timedelta(hours=48), crawl=_breaks)
    with pytest.raises(RuntimeError):
        run(settings, failing)
    assert "no run was finished and could be trusted" in (reports / "README.md").read_text("utf-8")
    (why,) = query(settings.database, "select why from runs where status = 'failed'")[0]
    assert str(why).startswith("internal error, RuntimeError in test_run.py")
    for name in ("index.html", "latest.json"):
        assert "internal error, RuntimeError" in (reports / name).read_text("utf-8")
    _run(settings, web, hours=72)
    assert (reports / "README.md").read_text("utf-8") == good
