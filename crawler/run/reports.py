"""IO: the reports, written from the database."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from crawler import cron, report
from crawler.config import Settings
from crawler.errors import ConfigError
from crawler.model import Notice, Snapshot, Trigger, WarningCode
from crawler.report import Report, as_html, as_json, as_markdown, as_ndjson, as_svg
from crawler.report.findings import day
from crawler.report.naming import Conventions
from crawler.report.nights import Night, by_night
from crawler.report.page import survey
from crawler.run.files import prepare_folder, write
from crawler.store import Store


def zone_of(settings: Settings) -> ZoneInfo:
    """The time zone of all dates, of nights too."""
    return ZoneInfo(settings.schedule.timezone)


def build(
    store: Store,
    settings: Settings,
    now: datetime,
    notices: tuple[Notice, ...] = (),
) -> Report | None:
    """The report of the database's state at that time; None when no run has completed yet.

    Raises:
        StoreError: the database cannot be read.
    """
    snapshot = store.snapshot()
    if snapshot is None:
        return None
    is_demo = snapshot.run.trigger is Trigger.DEMO  # its nights are made up
    return report.build(
        replace(
            snapshot,
            resources_name=Path(settings.resources).name,
            notices=notices,
            histories=store.histories(zone_of(settings)),
            zone=zone_of(settings),
            attempts=store.runs.attempts(),
            reported_warnings=tuple(WarningCode(code) for code in settings.report.warnings),
            now=None if is_demo else now,
            stale_after=2 * _period(settings),
        )
    )


def _period(settings: Settings) -> timedelta:
    """The longest time between two runs; a day where the schedule cannot be read."""
    try:
        return cron.longest_gap(cron.parse(settings.schedule.cron))
    except ConfigError:
        return timedelta(days=1)


def write_reports(
    store: Store,
    settings: Settings,
    notices: tuple[Notice, ...],
    *,
    now: datetime,
    since: datetime | None = None,
) -> Report | None:
    """Writes the reports from the database; None when no run has completed yet.

    Nights from the date of `since` on are written, and earlier ones without
    a file, because an interrupted run writes none; with None, all of them.

    Raises:
        StoreError: the database cannot be read, or the reports cannot be written.
    """
    built = build(store, settings, now, notices)
    if built is None:
        return None
    zone, folder = zone_of(settings), Path(settings.reports)
    write(folder / "README.md", (as_markdown.render(built),))
    seen = survey.look(built)
    write(folder / "index.html", as_html.render(built, seen))
    write(folder / "health.svg", (as_svg.render(built, seen),))
    write(folder / "latest.json", as_json.render(built))
    dates, night_of = _dates(store, zone), partial(_night, store, built.snapshot)
    write(
        folder / "events.ndjson",
        as_ndjson.render(filter(None, map(night_of, dates.values()))),
    )
    first = day(since, zone) if since else ""
    for date, runs in dates.items():
        file = folder / "nights" / f"{date}.md"
        if date >= first or not file.exists():
            _write_night(file, night_of(runs))
    return built


def _write_night(file: Path, night: Night | None) -> None:
    if night:
        prepare_folder(file.parent)
        write(file, (as_markdown.render_night(night),))


def _dates(store: Store, zone: ZoneInfo) -> dict[str, list[int]]:
    """The ids of runs with events, by date."""
    found: dict[str, list[int]] = {}
    for run in store.runs.changed():
        found.setdefault(day(run.started_at, zone), []).append(run.id)
    return found


def _night(store: Store, snapshot: Snapshot, runs: Iterable[int]) -> Night | None:
    """The events of one date: those of all nights together may not fit in memory.

    None when all of them are about warnings that reports leave out.
    """
    dated = (change for run in runs for change in store.changes.of_run(run))
    conventions = Conventions(
        list_name=snapshot.resources_name, reported=snapshot.reported_warnings
    )
    return next(iter(by_night(dated, snapshot.zone, conventions)), None)
