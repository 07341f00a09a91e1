"""Pure: what a run has to say to people who do not look at the reports, and what was said before."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from crawler import guard
from crawler import report as reports
from crawler.config import Settings
from crawler.errors import describe
from crawler.model import Attempts, Change, Message, RunStatus, Trigger, Unsent
from crawler.report import Report, as_message, freshness
from crawler.report.wording import run_words
from crawler.run import RunResult
from crawler.run.reports import list_name_of, period_of, zone_of
from crawler.store import RunTotals


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the database says before a run."""

    totals: RunTotals | None = None
    """None without a database."""
    attempts: Attempts | None = None
    """The runs since the last good one."""
    unsent: Unsent | None = None
    """What could not be sent after the last run."""
    untold: tuple[Change, ...] = ()
    """What runs have found since the last complete one, and had no message for."""


def of_run(
    settings: Settings, known: Known, result: RunResult, now: datetime
) -> Iterator[Message]:
    """The messages of a run, the most important first; what an interrupted one found, the next one tells.

    A recheck has only news of links to tell.
    """
    is_night = result.trigger is not Trigger.RECHECK
    if result.status is RunStatus.COMPLETE and result.report is not None:
        yield from _of_report(settings, known, result, result.report)
        if is_night:
            yield from _of_silence(settings, known, now, is_over=True)
    elif result.distrust is not None and is_night:
        if _last_status(known) is not RunStatus.UNTRUSTED:
            text = guard.explanation(result.distrust)
            yield as_message.of_end(list_name_of(settings), run_words.NOT_TRUSTED, text)
        yield from _of_silence(settings, known, now, is_over=False)


def of_failure(
    settings: Settings, known: Known, error: Exception, now: datetime
) -> Iterator[Message]:
    """The messages of a run that has failed with that error; of several in a row, the first tells."""
    if _last_status(known) is not RunStatus.FAILED:
        yield as_message.of_end(list_name_of(settings), run_words.RUN_FAILED, describe(error))
    yield from _of_silence(settings, known, now, is_over=False)


def _of_report(
    settings: Settings, known: Known, result: RunResult, report: Report
) -> Iterator[Message]:
    is_night = result.trigger is not Trigger.RECHECK
    is_first = report.is_first_look and is_night and bool(report.totals.to_act_on)
    changes = (*known.untold, *result.changes)
    if known.untold:
        report = reports.build(replace(report.snapshot, changes=changes))
    if is_first or as_message.is_news(changes):
        yield as_message.of_news(report, changes)
    elif settings.notify.weekly_digest and is_night and _is_first_of_week(settings, known, report):
        yield as_message.of_week(report)


def _last_status(known: Known) -> RunStatus | None:
    return known.attempts.last.status if known.attempts else None


def _last_good_at(known: Known) -> datetime | None:
    return known.totals.last_good_at if known.totals else None


def _is_first_of_week(settings: Settings, known: Known, report: Report) -> bool:
    """Whether the last good run before this one was in an earlier week (ISO 8601)."""
    before, zone = _last_good_at(known), zone_of(settings)
    if before is None:
        return False
    weeks = (
        moment.astimezone(zone).isocalendar()[:2]
        for moment in (before, report.snapshot.run.started_at)
    )
    return next(weeks) < next(weeks)


def _of_silence(
    settings: Settings, known: Known, now: datetime, *, is_over: bool
) -> Iterator[Message]:
    """That more than two nights were missed: told when that is over, and before by one run at most."""
    good, period = _last_good_at(known), period_of(settings)
    if good is None or now <= good + 2 * period:
        return
    is_told = known.attempts is not None and known.attempts.last.started_at > good + 2 * period
    if is_over or not is_told:
        words = run_words.SILENCE_OVER if is_over else run_words.SILENCE
        moment = f"{good.astimezone(zone_of(settings)):%Y-%m-%d at %H:%M %Z}"
        text = words.format(moment=moment, missed=freshness.missed(now - good, period))
        yield as_message.of_end(list_name_of(settings), run_words.NIGHTS_MISSED, text)
