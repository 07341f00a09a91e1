"""IO: the reports, written from the database."""

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from crawler import cron, mend, report, resources
from crawler.config import Settings
from crawler.errors import ConfigError, EditError, ResourcesError
from crawler.model import Notice, ResourceList, Snapshot, Trigger, WarningCode
from crawler.report import (
    Report,
    as_badge,
    as_feed,
    as_fixes,
    as_html,
    as_json,
    as_junit,
    as_markdown,
    as_ndjson,
    as_run,
    as_sarif,
    as_svg,
    long_list,
)
from crawler.report.contents import conventions_of
from crawler.report.findings import day
from crawler.report.nights import Night, by_night
from crawler.report.page import survey
from crawler.report.page.survey import Survey
from crawler.resources import UrlSpan
from crawler.run import finding_pages, list_fixes
from crawler.run.files import (
    PATCH,
    prepare_folder,
    read_list,
    read_url_spans,
    remove,
    remove_made_up,
    write,
)
from crawler.run.list_fixes import Edit
from crawler.store import Store

PATCHED = 20_000
"""Most links of a list that every run reads once more, for a patch and for columns: a patch has all of its
places in memory, 9 kB each."""
_FILES = 1000
"""Most files of a list whose paths stay in memory."""


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

    A long list is told in short, with its most urgent findings in memory only.

    Raises:
        StoreError: the database cannot be read.
    """
    is_long = len(store.outlines()) > long_list.LONG
    snapshot = snapshot_of(store, settings, now, notices, is_outlined=is_long)
    if snapshot is None:
        return None
    if is_long:
        histories = store.histories(zone_of(settings), is_counted=True)
        snapshot = replace(snapshot, histories=histories)
    return report.build(snapshot)


def snapshot_of(
    store: Store,
    settings: Settings,
    now: datetime,
    notices: tuple[Notice, ...] = (),
    *,
    is_outlined: bool = False,
) -> Snapshot | None:
    """What a report of the database's state is built from; None when no run has completed yet.

    Raises:
        StoreError: the database cannot be read.
    """
    snapshot = store.snapshot()
    if snapshot is None:
        return None
    is_demo = snapshot.run.trigger is Trigger.DEMO  # its nights are made up
    return replace(
        snapshot,
        resources_name=list_name_of(settings),
        notices=notices,
        outlines=store.outlines() if is_outlined else (),
        histories=store.histories(zone_of(settings)),
        zone=zone_of(settings),
        attempts=store.runs.attempts(),
        reported_warnings=tuple(WarningCode(code) for code in settings.report.warnings),
        now=None if is_demo else now,
        stale_after=2 * period_of(settings),
    )


def list_name_of(settings: Settings) -> str:
    """What reports call the list: its file without folders, or what names its files."""
    first, *others = settings.resources
    return settings.list_name if others or "*" in first else Path(first).name


def period_of(settings: Settings) -> timedelta:
    """The longest time between two runs by the schedule; a day where it cannot be read."""
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
    """Writes the reports from the database; only `run.json`, and None, when no run has completed yet.

    Nights from the date of `since` on are written, and earlier ones without a file, because an
    interrupted run writes none; with None, all of them.

    Raises:
        StoreError: the database cannot be read, or the reports cannot be written.
    """
    built = build(store, settings, now, notices)
    zone, folder = zone_of(settings), Path(settings.reports)
    if built is None:
        if attempts := store.runs.attempts():
            text = as_run.render_before_report(attempts, list_name_of(settings))
            write(folder / "run.json", (text,))
        return None
    dates, night_of = _dates(store, zone), partial(_night, store, built.snapshot)
    seen = survey.look(built)
    finding_pages.write_pages(folder, built, seen)
    for name, pieces in _forms(built, seen, settings).items():
        write(folder / name, pieces)
    for name, pieces in _forms_of_nights(built, store, dates, night_of).items():
        write(folder / name, pieces)
    finding_pages.remove_others(folder, built)
    _write_patch(folder / PATCH, built, store, settings)
    if not built.is_made_up:
        remove_made_up(folder / "nights")
    first = day(since, zone) if since else ""
    for date, runs in dates.items():
        file = folder / "nights" / f"{date}.md"
        if date >= first or not file.exists():
            _write_night(file, night_of(runs))
    return built


def _write_patch(file: Path, built: Report, store: Store, settings: Settings) -> None:
    """Writes what the safe fixes change in the list; removes the file when that is nothing."""
    edit = Edit()
    safe = [finding for finding in built.to_fix if finding.fix and finding.fix.is_safe]
    if safe and built.totals.links <= PATCHED:
        # The list may have been edited, or have gone, since the run has read it.
        with contextlib.suppress(ResourcesError, EditError):
            listed = identified(read_list(settings), store)
            still = list_fixes.as_listed(safe, listed, built.snapshot.run.started_at)
            edit = list_fixes.edit(settings, listed, [one for one in still if one.is_fixable])
    if patch := mend.patch(edit.files, is_public=True):
        write(file, (as_fixes.patch_head(built.snapshot, edit.made), patch))
    else:
        remove(file)


def identified(listed: ResourceList, store: Store) -> ResourceList:
    """The list, whose resources have the keys that the database knows them by."""
    known, repaired = store.resources.listed(), store.repairs.keys_by_url()
    return replace(listed, resources=resources.identify(known, listed.resources, repaired))


def accident_of(listed: ResourceList, store: Store) -> str:
    """Why the list, `identified`, should not take the place of the known one; empty if it may."""
    return resources.accident(
        store.resources.listed(), listed.resources, store.repairs.keys_by_url()
    )


def _forms(built: Report, seen: Survey, settings: Settings) -> dict[str, Iterable[str]]:
    """The pieces of each file about how things stand, which are made when they are read."""
    # For each link, but there are only a few files.
    path_of = lru_cache(_FILES)(partial(_repository_path, settings))
    return {
        "README.md": (as_markdown.render(built),),
        "index.html": as_html.render(built, seen),
        "health.svg": (as_svg.render(built, seen),),
        "latest.json": as_json.render(built),
        "run.json": (as_run.render(built),),
        "badge.json": (as_badge.render(built),),
        "junit.xml": as_junit.render(built, fail_on=settings.report.fail_on, path_of=path_of),
        "findings.sarif": as_sarif.render(built, path_of=path_of, spans=_spans(built, settings)),
        "fixes.json": as_fixes.render(built),
    }


def _forms_of_nights(
    built: Report,
    store: Store,
    dates: Mapping[str, Sequence[int]],
    night_of: Callable[[Iterable[int]], Night | None],
) -> dict[str, Iterable[str]]:
    """The same of the files about the nights, of which one at a time is in memory."""
    told = _latest(dates, store.changes.numbers())
    latest = [*dates.values()][: -as_feed.NIGHTS - 1 : -1]
    return {
        "events.ndjson": as_ndjson.render(filter(None, map(night_of, told))),
        "feed.xml": as_feed.render(built, filter(None, map(night_of, latest))),
    }


def _latest(
    dates: Mapping[str, Sequence[int]], numbers: Mapping[int, int]
) -> Sequence[Sequence[int]]:
    """The runs of each date, without the oldest dates that together with later ones have too many events."""
    found: list[Sequence[int]] = []
    events = 0
    for runs in [*dates.values()][::-1]:
        events += sum(numbers[run] for run in runs)
        if found and events > as_ndjson.EVENTS:
            break
        found.append(runs)
    return found[::-1]


def _repository_path(settings: Settings, file: str) -> str:
    """A file of the list as seen from the working folder, which is the repository's in a CI job.

    Older databases do not know the file of a resource.
    """
    path = Path(file or settings.list_name)
    with contextlib.suppress(ValueError):
        return path.absolute().relative_to(Path.cwd()).as_posix()
    return path.as_posix()


def _spans(built: Report, settings: Settings) -> dict[str, UrlSpan]:
    """Where URLs stand in the list; of a very long one only their lines are told, because all is read for it."""
    if built.totals.links > PATCHED:
        return {}
    shown = (one.resource for one in built.findings if as_sarif.has_results(one))
    return read_url_spans(settings, shown)


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
    nights = by_night(dated, snapshot.zone, conventions_of(snapshot))
    return next(iter(nights), None)
