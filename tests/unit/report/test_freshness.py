"""How reports say that the last good run is old, and what became of later attempts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler import report
from crawler.model import Attempts, Run, RunStatus, Snapshot
from crawler.report import as_html, as_json, as_markdown, as_text, freshness
from crawler.report.wording import run_words
from tests.support.report_builders import NIGHT, make_record, make_run, make_snapshot

DAY = timedelta(days=1)


def ended(status: RunStatus, nights: int = 1, why: str = "") -> Run:
    return replace(make_run(NIGHT + nights * DAY, 21 + nights), status=status, why=why)


def after(*runs: Run, nights: float = 1) -> Snapshot:
    """So many nights after the last good run, with those attempts since."""
    attempts = Attempts(first=runs[0], last=runs[-1], count=len(runs)) if runs else None
    return replace(make_snapshot(make_record()), attempts=attempts, now=NIGHT + nights * DAY)


def said(snapshot: Snapshot) -> tuple[str, ...]:
    return freshness.of_snapshot(snapshot).sentences


def test_nothing_is_said_after_a_good_run_of_today() -> None:
    assert said(after()) == ()


@pytest.mark.parametrize(
    ("run", "sentence"),
    [
        (
            ended(RunStatus.UNTRUSTED, why="8 of 8 hosts could not be reached"),
            "could not be trusted: 8 of 8 hosts could not be reached.",
        ),
        (
            ended(RunStatus.UNTRUSTED),
            f"could not be trusted: {run_words.USUAL_CAUSES[RunStatus.UNTRUSTED]}.",
        ),
        (ended(RunStatus.INTERRUPTED), "was interrupted."),
        (ended(RunStatus.FAILED, why="the disk is full"), "failed: the disk is full."),
        (ended(RunStatus.RUNNING), "has not ended: it goes on, or was cut short."),
    ],
)
def test_an_attempt_that_is_no_good_run_is_told_with_its_cause(run: Run, sentence: str) -> None:
    assert said(after(run)) == (
        f"The last attempt, on 2026-11-22 at 03:17 UTC, {sentence}",
        "The last good run was on 2026-11-21 at 03:17 UTC.",
    )


def test_before_the_first_good_run_nothing_is_said_of_its_age() -> None:
    interrupted = ended(RunStatus.INTERRUPTED, why="SIGTERM came")
    snapshot = replace(after(interrupted, nights=9), run=interrupted)
    assert said(snapshot) == (
        "The last attempt, on 2026-11-22 at 03:17 UTC, was interrupted: SIGTERM came.",
        "There is no good run yet.",
    )
    assert freshness.of_snapshot(snapshot).since.startswith("Since 2026-11-22, no run")


def test_attempts_in_a_row_are_counted() -> None:
    runs = [ended(RunStatus.UNTRUSTED, nights) for nights in (1, 2, 3)]
    (attempt, stale) = said(after(*runs, nights=3))
    assert attempt.endswith(
        "3 attempts in a row have brought no good run, the first on 2026-11-22."
    )
    assert stale.startswith(
        "The last good run, on 2026-11-21 at 03:17 UTC, is 3 days old, and 2 nights were missed since:"
    )


@pytest.mark.parametrize(
    ("age", "period", "words"),
    [
        (0.9, 1, ""),
        (1.4, 1, ""),
        (1.6, 1, "1 night was missed"),
        (4.2, 1, "3 nights were missed"),
        (10, 7, ""),
        (11, 7, "1 night was missed"),
        (1, 1 / 24, "23 runs were missed"),
    ],
)
def test_due_runs_without_a_good_one_are_counted(age: float, period: float, words: str) -> None:
    assert freshness.missed(age * DAY, period * DAY) == words


@pytest.mark.parametrize(
    ("age", "limit", "is_stale"),
    [(2, 2, False), (2.1, 2, True), (13.9, 14, False), (14.1, 14, True), (0.2, 1 / 12, True)],
)
def test_an_old_good_run_is_warned_of(age: float, limit: float, is_stale: bool) -> None:
    snapshot = replace(after(nights=age), stale_after=limit * DAY)
    assert bool(freshness.of_snapshot(snapshot).stale) is is_stale


def test_state_report_has_one_line_that_stays_until_the_next_good_run() -> None:
    first, last = ended(RunStatus.INTERRUPTED), ended(RunStatus.UNTRUSTED, 9)
    good, bad, worse = (
        as_markdown.render(report.build(snapshot))
        for snapshot in (after(), after(first), after(first, last, nights=9))
    )
    assert bad == worse
    new = [line for line in bad.splitlines() if line not in good.splitlines()]
    assert new == [run_words.SINCE.format(date="2026-11-22")]


def test_state_report_is_silent_about_a_run_that_goes_on() -> None:
    going_on = as_markdown.render(report.build(after(ended(RunStatus.RUNNING))))
    assert going_on == as_markdown.render(report.build(after()))


def test_summary_says_it_before_all_else_and_not_that_nothing_changed() -> None:
    text = as_text.render(report.build(after(ended(RunStatus.UNTRUSTED))))
    assert text.startswith("The last attempt, on 2026-11-22 at 03:17 UTC, could not be trusted")
    assert "As of then: " in text
    assert "Nothing changed" not in text


def test_page_warns_by_itself_when_it_gets_old() -> None:
    fresh = "".join(as_html.render(report.build(after())))
    assert '<p class="old" id="old"' in fresh
    assert 'data-seconds="172800" hidden>' in fresh
    attempt = "".join(as_html.render(report.build(after(ended(RunStatus.FAILED), nights=3))))
    assert '<p class="old"><bdi>The last attempt, on 2026-11-22' in attempt
    assert 'id="old"' not in attempt


def test_programs_are_told_too() -> None:
    text = "".join(as_json.render(report.build(after(ended(RunStatus.FAILED, why="no room")))))
    assert '"why": "no room"' in text
    assert '"since": "2026-11-22T03:17:00.000Z"' in text
