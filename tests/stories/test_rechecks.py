"""Looks between two nights at what is in trouble: what they settle, and what they leave alone."""

import json
import socket
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler import urls
from crawler.config import GuardSettings
from crawler.demo import scenarios
from crawler.demo.web import Web
from crawler.model import Mute, Reason, RunStatus, Trigger
from crawler.report import as_text
from crawler.report.wording import event_words, state_words
from crawler.settle import mute
from tests.support.made_up_nights import Nights
from tests.support.short_web import FEW, NIGHT

pytestmark = pytest.mark.slow

FIRST, SECOND, *_, LAST = (resource.number or 0 for resource in FEW)
ERROR = scenarios.answers(503, Reason.HTTP_5XX)
GONE = scenarios.answers(404, Reason.HTTP_404)
NO_NAME = scenarios.dns_not_found


@pytest.fixture
def nights(tmp_path: Path, shared_web: Web) -> Nights:
    return Nights(tmp_path, shared_web, FEW)


async def _no_such_name(host: str, port: int) -> tuple[str, ...]:
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


def _asked_hosts(web: Web) -> set[str]:
    return {request.host for request in web.requests if request.path != "/robots.txt"}


def _host(number: int) -> str:
    return next(urls.host(r.url) for r in FEW if r.number == number)


def test_only_what_is_in_trouble_is_asked_again(nights: Nights) -> None:
    nights.play({FIRST: ERROR, LAST: scenarios.parked})
    ran = nights.run()
    assert ran.in_trouble == 2
    nights.play({FIRST: ERROR, LAST: scenarios.parked})
    again = nights.recheck(hours=1)
    assert (again.status, again.asked, again.in_trouble) == (RunStatus.COMPLETE, 2, 2)
    assert _asked_hosts(nights.web) <= {_host(FIRST), _host(LAST)}
    checks = "select run_id, count(*) from checks group by run_id"
    assert nights.rows(checks) == [(1, 5), (2, 2)]
    assert nights.rows("select trigger, status from runs") == [
        ("schedule", "complete"),
        ("recheck", "complete"),
    ]


def test_what_works_again_is_cleared_and_the_morning_report_says_so(nights: Nights) -> None:
    nights.run()
    nights.play({FIRST: ERROR, SECOND: GONE})
    nights.run(hours=24)
    assert "Failing, not confirmed (2)" in nights.report
    nights.play({SECOND: GONE})
    again = nights.recheck(hours=1)
    assert (again.asked, again.in_trouble) == (2, 1)
    assert nights.state(FIRST) == ("healthy", 0, "ok")
    assert nights.state(SECOND) == ("failing", 1, "dead")
    assert "Failing, not confirmed (1)" in nights.report
    assert again.report is not None
    assert "Being watched (1)" in as_text.render(again.report)
    assert f"{event_words.WORKS_AGAIN} (1)" in as_text.render(again.report)
    night = (nights.folder / "reports" / "nights" / "2026-11-22.md").read_text("utf-8")
    assert night.count(str(FEW[0].title)) == 2


def test_a_broken_link_that_recovers_in_the_morning_is_no_longer_called_broken(
    nights: Nights,
) -> None:
    nights.play({FIRST: GONE})
    nights.run()
    nights.run(hours=24)
    assert "New on 2026-11-22 (1)" in nights.report
    nights.play({})
    nights.recheck(hours=4)
    assert "New on" not in nights.report
    assert "Back on 2026-11-22 (1)" in nights.report
    assert nights.rows("select closed is not null, ending from incidents") == [(1, "recovered")]


@pytest.mark.parametrize(("plot", "nights_needed"), [(GONE, 2), (ERROR, 3)])
def test_rechecks_do_not_hasten_what_nights_confirm(
    nights: Nights, plot: scenarios.MakeScenario, nights_needed: int
) -> None:
    nights.play({FIRST: plot})
    for night in range(1, nights_needed + 1):
        nights.run(hours=24 if night == 1 else 12)
        expected = "broken" if night == nights_needed else "failing"
        assert nights.state(FIRST)[:2] == (expected, night)
        for hours in (1, 3, 8):
            nights.recheck(hours=hours)
            assert nights.state(FIRST)[:2] == (expected, night)


def test_a_recheck_without_news_leaves_the_reports_as_they_were(nights: Nights) -> None:
    nights.play({FIRST: GONE, SECOND: ERROR})
    nights.run()
    nights.run(hours=24)
    before = nights.reports()
    assert nights.recheck(hours=1).asked == 2
    assert nights.recheck(hours=23).asked == 2
    assert nights.reports() == before


def test_after_the_first_night_the_report_stays_one_of_a_first_look(nights: Nights) -> None:
    nights.play({FIRST: GONE, SECOND: GONE})
    nights.run()
    assert "First look" in nights.report
    nights.play({SECOND: GONE})
    nights.recheck(hours=1)
    assert "First look" in nights.report
    assert f"{state_words.GONE_TITLE} (1)" in nights.report
    assert FEW[1].title in nights.report


def test_a_recheck_is_no_night(nights: Nights) -> None:
    nights.play({FIRST: ERROR})
    nights.run()
    nights.recheck(hours=60)
    written = json.loads((nights.folder / "reports" / "run.json").read_text("utf-8"))
    assert written["run"]["id"] == written["last_good_run"]["id"] == 1
    assert written["attempts"] == 0
    page = (nights.folder / "reports" / "index.html").read_text("utf-8")
    assert "2 nights were missed" in page


def test_edits_of_the_list_wait_for_the_night_unless_they_mend_what_is_in_trouble(
    nights: Nights,
) -> None:
    nights.play({FIRST: GONE, SECOND: ERROR})
    nights.run()
    mended = replace(FEW[0], url=FEW[0].url + "?edition=2")
    added = replace(FEW[2], number=900, url=FEW[2].url + "?new")
    edited = (mended, *FEW[1:4], added)
    nights.put(edited)
    nights.listed = edited
    nights.play({})
    assert nights.recheck(hours=1).asked == 2
    changed = "select kind, number from changes join resources on resources.id = resource_id"
    assert set(nights.rows(changed)) == {("url_changed", FIRST), ("class", SECOND)}
    assert nights.state(FIRST) == ("healthy", 0, "ok")
    nights.run(hours=23)
    assert {("added", 900), ("removed", LAST)} <= set(nights.rows(changed))


def test_nothing_is_asked_and_no_run_is_stored_where_nothing_is_in_trouble(
    nights: Nights,
) -> None:
    assert nights.run().in_trouble == 0
    nights.play({})
    ran = nights.recheck(hours=1)
    assert (ran.status, ran.asked) == (RunStatus.COMPLETE, 0)
    assert nights.web.requests == ()
    assert nights.rows("select count(*) from runs") == [(1,)]


def test_muted_links_and_what_is_wrong_in_the_list_are_not_looked_at_again(
    nights: Nights,
) -> None:
    bad = replace(FEW[1], url="https://exa mple.org/")
    nights.put((FEW[0], bad, *FEW[2:]))
    nights.play({FIRST: ERROR})
    nights.run()
    assert nights.state(SECOND)[0] == "broken"
    wish = Mute(until=NIGHT.date() + timedelta(days=30), reason="known")
    mute(nights.settings, (str(FIRST),), wish, lambda: nights.now)
    assert nights.recheck(hours=1).asked == 0


@pytest.mark.parametrize("plots", [{FIRST: NO_NAME}, {FIRST: NO_NAME, SECOND: ERROR}])
def test_a_network_that_is_down_is_noticed_with_a_single_host(
    nights: Nights, plots: dict[int, scenarios.MakeScenario]
) -> None:
    nights.play(plots)
    nights.run()
    known = nights.rows("select * from latest_checks")
    before = nights.reports()
    nights.resolver = _no_such_name
    ran = nights.recheck(hours=1)
    assert ran.status is RunStatus.UNTRUSTED
    assert nights.rows("select * from latest_checks") == known
    assert nights.reports() == before


def test_a_single_dead_name_is_believed_where_a_canary_answers(nights: Nights) -> None:
    nights.play({FIRST: NO_NAME})
    nights.run()
    assert nights.recheck(hours=1).status is RunStatus.COMPLETE
    nights.changed = {"guard": GuardSettings(canaries=())}
    assert nights.recheck(hours=3).status is RunStatus.UNTRUSTED


def test_a_run_by_hand_between_night_and_recheck_is_not_disturbed(nights: Nights) -> None:
    nights.play({FIRST: ERROR})
    nights.run()
    nights.run(Trigger.MANUAL, hours=2)
    assert nights.recheck(hours=2).asked == 1
    assert nights.state(FIRST) == ("failing", 2, "failing")
