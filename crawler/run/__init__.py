"""IO: one complete run, from the list to the reports; owns the wall clock and the files."""

import asyncio
import contextlib
import hashlib
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler import __version__, compare, guard, plan, resources
from crawler.compare import Compared
from crawler.config import Settings
from crawler.crawl import Clock, Crawled, Fault, Progress, Surroundings, crawl
from crawler.errors import CrawlerError, ResourcesError
from crawler.fetch import Resolver
from crawler.guard import Distrust
from crawler.model import (
    Change,
    Check,
    Plan,
    Record,
    Resource,
    ResourceList,
    RunStatus,
    Trigger,
    Validators,
)
from crawler.report import Report
from crawler.run.files import prepare_folder, read_list
from crawler.run.reports import write_reports, zone_of
from crawler.run.signals import Interrupted, until_signal
from crawler.store import Store

Crawl = Callable[[Plan, Settings, Surroundings], Coroutine[Any, Any, Crawled]]


def wall_clock() -> datetime:
    """The time now, aware, in UTC."""
    return datetime.now(UTC)


def unheard(_: Progress) -> None:
    """Nothing is done with the progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What a run is told beside its settings; the defaults are those of a run by hand."""

    clock: Clock = wall_clock
    trigger: Trigger = Trigger.MANUAL
    only: str = ""
    """Check only the resources that this number or glob selects; empty for all."""
    listen: Callable[[Progress], None] = unheard
    resolver: Resolver | None = None
    """None for the machine's own."""
    crawl: Crawl = crawl
    """What carries out the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a run ended."""

    status: RunStatus
    report: Report | None = None
    """None when the run was interrupted, and while no run has been complete."""
    news: tuple[Record, ...] = ()
    """Resources that came, in this run, into a class of `report.fail_on`."""
    interrupted_before: int = 0
    """Earlier runs found unfinished, and marked so."""
    signal: int | None = None
    """The signal that interrupted the run."""
    faults: tuple[Fault, ...] = ()
    """Resources left as they were because of an error of our own."""
    distrust: Distrust | None = None
    """What the run is not trusted for."""


def run(settings: Settings, conditions: Conditions | None = None) -> Ran:
    """One complete run: read, plan, crawl, store, compare, report.

    Raises:
        ResourcesError: the list cannot be used; nothing was asked.
        StoreError: the database or the reports folder cannot be used.
    """
    listed = read_list(settings.resources)
    prepare_folder(Path(settings.reports))
    with Store.open(settings.database) as store:
        running = _Run(settings, conditions or Conditions(), listed, store)
        del listed  # a long one is let go of before the reports
        return running.complete()


def rewrite_reports(settings: Settings) -> Report | None:
    """The reports, written again from the database; None when no run has completed yet.

    Raises:
        ResourcesError: the list cannot be used.
        StoreError: the database or the reports folder cannot be used.
    """
    listed = read_list(settings.resources)
    prepare_folder(Path(settings.reports))
    with Store.open(settings.database, exclusive=False) as store:
        return write_reports(store, settings, listed)


class _Run:
    def __init__(
        self, settings: Settings, conditions: Conditions, listed: ResourceList, store: Store
    ) -> None:
        self._settings = settings
        self._conditions = conditions
        self._listed = listed
        self._store = store

    def complete(self) -> Ran:
        store, settings = self._store, self._settings
        began_at = self._conditions.clock().astimezone(zone_of(settings))
        # Where nothing is known, nothing is asked for.
        before: Mapping[str, Record] = store.records() or {}
        try:
            crawled, outcome = self._looked_and_kept(before, began_at)
        except Interrupted as stop:
            return Ran(
                status=RunStatus.INTERRUPTED,
                signal=stop.signum,
                interrupted_before=store.interrupted,
            )
        # All of it is stored: it makes room for the reports.
        self._listed = replace(self._listed, resources=())
        return Ran(
            status=_status(crawled),
            report=write_reports(store, settings, self._listed, since=began_at),
            news=tuple(outcome.news),
            faults=crawled.faults,
            interrupted_before=store.interrupted,
            distrust=crawled.distrust,
        )

    def _looked_and_kept(
        self, before: Mapping[str, Record], began_at: datetime
    ) -> tuple[Crawled, "_Outcome"]:
        """What the crawl brought, without its checks, and what it changed; all of it is stored."""
        store, settings = self._store, self._settings
        planned = plan.plan(
            self._selected(),
            exclude=settings.fetch.exclude,
            first=store.unreached(),
            validators=_validators(store, self._listed.resources, settings),
        )
        with self._recorded(began_at) as run_id:
            crawled = self._crawl(planned, before, run_id)
            outcome = _Outcome(settings.report.fail_on)
            compared, removed = self._compared(crawled, before, run_id, began_at)
            store.finish_run(
                run_id,
                status=_status(crawled),
                finished_at=self._conditions.clock(),
                records=outcome.records(compared) if compared else (),
                removed=outcome.records(removed),
                changes=outcome.changes,
            )
        return replace(crawled, checks=()), outcome

    def _selected(self) -> tuple[Resource, ...]:
        only = self._conditions.only
        selected = resources.select(self._listed.resources, only)
        if only and not selected:
            raise ResourcesError(
                f"{self._settings.resources}: no resource fits --only {only!r}; "
                "give a number, or a glob on URL, title or category"
            )
        return selected

    @contextlib.contextmanager
    def _recorded(self, began_at: datetime) -> Iterator[int]:
        """The id of a run that is marked when it does not complete."""
        clock = self._conditions.clock
        run_id = self._store.start_run(
            trigger=self._conditions.trigger,
            started_at=began_at,
            version=__version__,
            list_digest=self._listed.digest,
            settings_digest=_settings_digest(self._settings),
        )
        try:
            self._store.sync_list(run_id, self._listed.resources)
            yield run_id
        except BaseException as fault:
            # A signal is a `SystemExit` when it comes before or after the crawl.
            stopped = isinstance(fault, Interrupted | SystemExit)
            status = RunStatus.INTERRUPTED if stopped else RunStatus.FAILED
            # The first fault is the one to tell; a database that is gone cannot be marked.
            with contextlib.suppress(CrawlerError):
                self._store.finish_run(run_id, status=status, finished_at=clock())
            raise

    def _crawl(self, planned: Plan, before: Mapping[str, Record], run_id: int) -> Crawled:
        store = self._store
        surroundings = Surroundings(
            clock=self._conditions.clock,
            keep=lambda checks: store.save_checks(run_id, checks),
            listen=self._conditions.listen,
            version=__version__,
            robots_files=store.robots_files(),
            profiles=store.profiles(),
            known=before,
            resolver=self._conditions.resolver,
        )
        crawled = asyncio.run(
            until_signal(self._conditions.crawl(planned, self._settings, surroundings))
        )
        if crawled.trusted:
            # Otherwise a portal may have answered in the hosts' place.
            store.save_robots(crawled.robots_files)
            store.save_profiles(crawled.profiles)
        return crawled

    def _compared(
        self, crawled: Crawled, before: Mapping[str, Record], run_id: int, began_at: datetime
    ) -> tuple[Iterable[Compared], Iterable[Compared]]:
        """What the crawl changes, and what left the list; nothing is kept of it here.

        When the crawl is not trusted, only the resources count that did answer.
        """
        checks, distrust = crawled.checks, crawled.distrust
        if distrust is not None:
            checks = tuple(check for check in checks if guard.counts(check, distrust))
            self._store.conclude(run_id, (check.resource.key for check in checks))
            if not checks:
                return (), ()
        by_key = {check.resource.key: check for check in checks}

        def check_of(resource: Resource) -> Check | None:
            """The check, with the page that was kept of it."""
            check = by_key.get(resource.key)
            return check and replace(check, page=self._store.page_of(run_id, check))

        listed, confirm = self._listed.resources, self._settings.confirm
        compared = compare.compare(before, listed, check_of, confirm, began_at)
        return compared, compare.remove(before, listed, began_at)


def _status(crawled: Crawled) -> RunStatus:
    return RunStatus.COMPLETE if crawled.trusted else RunStatus.UNTRUSTED


class _Outcome:
    """What is kept in memory of what a run changes: events, and what is new in some classes."""

    def __init__(self, fail_on: Sequence[str]) -> None:
        self._fail_on = fail_on
        self.changes: list[Change] = []
        self.news: list[Record] = []
        """The resources that came into one of these classes, by what is reported."""

    def records(self, compared: Iterable[Compared]) -> Iterator[Record]:
        """The records as they are after the run, each let go of when it is stored."""
        for one in compared:
            self.changes += one.changes
            if _is_news(one, self._fail_on):
                self.news.append(one.record)
            yield one.record


def _is_news(one: Compared, fail_on: Sequence[str]) -> bool:
    reported, before = one.record.reported, one.before.reported if one.before else None
    return (
        reported is not None
        and reported.kind in fail_on
        and (before is None or before.kind is not reported.kind)
    )


def _validators(
    store: Store, listed: Sequence[Resource], settings: Settings
) -> dict[str, Validators]:
    """What servers gave with the pages; nothing for a URL that was replaced since.

    A request that asks otherwise, or is read by other rules, may bring another page (RFC 9110
    §12.5): after a change of such settings or of the version everything is read anew.
    """
    if not settings.fetch.conditional:
        return {}
    digest = _settings_digest(settings)
    urls = {resource.key: resource.url for resource in listed}
    return {
        key: given
        for key, (url, given) in store.validators().items()
        if urls.get(key) == url and given.settings_digest == digest
    }


def _settings_digest(settings: Settings) -> str:
    """SHA-256 over what decides which page a request brings, and what is read of it."""
    read = (__version__, settings.user_agent, settings.fetch.max_body_bytes, settings.hosts)
    return hashlib.sha256(repr(read).encode()).hexdigest()
