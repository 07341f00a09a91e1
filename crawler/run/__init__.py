"""IO: one complete run, from the list to the reports; owns the files."""

import contextlib
import signal
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from time import monotonic

from crawler import __version__, compare, guard, mend, plan
from crawler.compare import Compared, FirstNews, Observed
from crawler.config import Settings
from crawler.crawl import Clock, CrawlResult, Surroundings
from crawler.errors import CrawlerError, ResourcesError, describe
from crawler.model import (
    Plan,
    Record,
    Resource,
    ResourceList,
    RunStatus,
    Trigger,
)
from crawler.report import Report
from crawler.report.wording import list_words, run_words
from crawler.run import lost_links, parts
from crawler.run.at_rest import Division, divided
from crawler.run.broken_edits import take_back_unwritten
from crawler.run.collected import Collected
from crawler.run.files import prepare_reports, read_list, refuse_foreign_night
from crawler.run.interruption import Interrupted, Interruption
from crawler.run.options import RunOptions, RunResult, ignore_remark, wall_clock
from crawler.run.reports import accident_of, identified, write_reports, zone_of
from crawler.run.validators import settings_digest, validators_of
from crawler.store import Store

__all__ = [
    "RunOptions",
    "RunResult",
    "ignore_remark",
    "rewrite_reports",
    "run",
    "wall_clock",
]


def run(settings: Settings, options: RunOptions | None = None) -> RunResult:
    """One complete run: read, plan, crawl, store, compare, report.

    Raises:
        ResourcesError: the list cannot be used; nothing was asked.
        StoreError: the database or the reports folder cannot be used.
    """
    options, begun_at = options or RunOptions(), monotonic()
    listed = read_list(settings)
    prepare_reports(Path(settings.reports))
    with Store.open(settings.database) as store:
        options = replace(options, part=parts.of_run(options.part, options.trigger, store))
        started_at = options.clock().astimezone(zone_of(settings))
        refuse_foreign_night(Path(settings.reports), started_at)
        listed = _in_order(settings, options, listed, store)
        result = RunResult(status=RunStatus.INTERRUPTED)
        with Interruption() as interruption, contextlib.suppress(Interrupted):
            listed = identified(listed, store)
            one = _Run(settings, options, listed, store, started_at, interruption, begun_at)
            result = one.carry_out()
            notices = listed.notices
            del listed, one  # a long list is let go of before the reports
            written = write_reports(
                store, settings, notices, since=started_at, now=options.clock()
            )
            result = replace(result, report=written)
        return replace(
            result,
            trigger=options.trigger,
            signal=interruption.signum,
            interrupted_before=store.runs.interrupted,
        )


def _in_order(
    settings: Settings, options: RunOptions, listed: ResourceList, store: Store
) -> ResourceList:
    """The list, after what a kill has left of an edit is put in order and told."""
    if said := mend.end_broken_edit(listed.files):
        options.remark(said)
        listed = read_list(settings)
    if said := take_back_unwritten(store, listed, options.clock()):
        options.remark(said)
    return listed


def rewrite_reports(settings: Settings, clock: Clock = wall_clock) -> Report | None:
    """The reports, written again from the database; None when no run has completed yet.

    Raises:
        ResourcesError: the list cannot be used.
        StoreError: the database or the reports folder cannot be used.
    """
    notices = read_list(settings).notices
    prepare_reports(Path(settings.reports))
    with Store.open(settings.database, exclusive=False) as store:
        return write_reports(store, settings, notices, now=clock())


@dataclass(frozen=True, slots=True)
class _Run:
    settings: Settings
    options: RunOptions
    listed: ResourceList
    store: Store
    started_at: datetime
    interruption: Interruption
    begun_at: float
    """Seconds of the monotonic clock."""

    def carry_out(self) -> RunResult:
        """How the run ended, without a report; when it has failed, the reports say so."""
        try:
            result = self.check_list()
            if result.status is RunStatus.COMPLETE:
                self.search_lost()
        except ResourcesError:
            raise  # The list was refused: nothing in the reports is about it.
        except Exception:
            # The exception is the one to report.
            with contextlib.suppress(CrawlerError):
                now = self.options.clock()
                write_reports(self.store, self.settings, self.listed.notices, now=now)
            raise
        return result

    def check_list(self) -> RunResult:
        """How the run ended, without a report; everything is stored."""
        # An empty database has nothing to look up; a dict saves a query for each resource.
        known: Mapping[str, Record] = self.store.records() or {}
        self._refuse_accidents(is_known=bool(known))
        chosen = self._chosen(known)
        if self.is_recheck and not chosen:
            return RunResult(status=RunStatus.COMPLETE)
        planned = self._plan(chosen)
        if not known:
            self._remark_on_list()
        if self.options.part:
            self.options.remark(run_words.part(self.options.part, len(chosen)))
        with self._recorded() as run_id:
            surroundings = self._surroundings(known, run_id)
            crawling = self.options.crawl(planned, self.settings, surroundings)
            crawled = self.interruption.run(crawling, surroundings.stop)
            concluded = self._conclude(crawled, known, chosen, run_id)
        return replace(
            concluded,
            status=_status(crawled),
            faults=crawled.faults,
            distrust=crawled.distrust,
            broken_off=crawled.broken_off,
            asked=len(chosen),
        )

    @property
    def is_recheck(self) -> bool:
        """Whether only resources in trouble are looked at, and nothing is said of the list."""
        return self.options.trigger is Trigger.RECHECK

    def _chosen(self, known: Mapping[str, Record]) -> Sequence[Resource]:
        """The resources to check; those of a recheck as they are known, unless the list has a new URL."""
        selected = parts.selected(self.listed.resources, self.options.only, self.options.part)
        if not self.is_recheck:
            return selected
        keys = self.store.resources.keys_in_trouble()
        pairs = ((one, known[one.key]) for one in selected if one.key in keys)
        return [
            record.resource if record.resource.url == one.url else one
            for one, record in pairs
            if compare.is_in_trouble(record, self.started_at)
        ]

    def _refuse_accidents(self, *, is_known: bool) -> None:
        if is_known and self.options.list_changed:
            return
        if why := accident_of(self.listed, self.store):
            raise ResourcesError(f"{self.settings.list_name}: {why}")

    def _remark_on_list(self) -> None:
        for text in list_words.how_it_was_read(self.listed):
            self.options.remark(f"{self.settings.list_name}: {text}")

    def _plan(self, chosen: Sequence[Resource]) -> Plan:
        settings = self.settings
        return plan.plan(
            chosen,
            exclude=settings.fetch.exclude,
            waiting=self.store.checks.waiting(),
        )

    @contextlib.contextmanager
    def _recorded(self) -> Iterator[int]:
        """The id of a run in the database; it is marked when the run does not complete."""
        run_id = self.store.runs.start(
            trigger=self.options.trigger,
            started_at=self.started_at,
            version=__version__,
            list_digest=self.listed.digest,
            settings_digest=settings_digest(self.settings),
        )
        self.store.runs.narrow(run_id, " ".join(self.options.only), str(self.options.part or ""))
        try:
            self.store.resources.add(self.listed.resources)
            yield run_id
        except BaseException as fault:
            is_stopped = isinstance(fault, SystemExit)
            status = RunStatus.INTERRUPTED if is_stopped else RunStatus.FAILED
            # The first fault is the one to report; a database that is gone cannot be marked.
            with contextlib.suppress(CrawlerError):
                why = describe(fault) if isinstance(fault, Exception) else self._signal()
                self.store.runs.explain(run_id, why)
                self.store.finish_run(run_id, status=status, finished_at=self.options.clock())
            raise

    def _surroundings(self, known: Mapping[str, Record], run_id: int) -> Surroundings:
        store = self.store
        return Surroundings(
            clock=self.options.clock,
            keep=lambda checks: store.checks.save(run_id, checks),
            read_back=partial(store.checks.read_whole, run_id),
            listen=self.options.listen,
            announce=self.options.announce,
            version=__version__,
            learn=store.hosts.note,
            validators=validators_of(store, self.settings),
            failed=store.resources.failed(),
            latest_seconds=store.checks.latest_seconds,
            robots_files=store.hosts.robots_files(),
            profiles=store.hosts.profiles(),
            known=known,
            is_recheck=self.is_recheck,
            resolver=self.options.resolver,
        )

    def _conclude(
        self,
        crawled: CrawlResult,
        known: Mapping[str, Record],
        chosen: Sequence[Resource],
        run_id: int,
    ) -> RunResult:
        """The news, and how many are in trouble; everything that the crawl changed is stored."""
        store = self.store
        believed = self._believed(crawled)
        division = self._divided(believed, chosen)
        compared = self._compare(known, believed, chosen, division.compared(), run_id)
        removed, kept = self._without_rows(known, is_cut_short=crawled.is_cut_short)
        collected = Collected(self.settings.report.fail_on, self.started_at, store.texts.keep)
        status = _status(crawled)
        is_complete = status is RunStatus.COMPLETE
        is_believed = is_complete or bool(believed)
        with store.transaction():
            if not is_complete:
                store.checks.conclude(run_id, believed)
                store.runs.explain(run_id, self._why(crawled))
            store.finish_run(
                run_id,
                status=status,
                finished_at=self.options.clock(),
                records=chain(collected.records(compared), kept) if is_believed else (),
                removed=collected.left(removed) if is_believed else (),
                changes=collected.told(),
                untouched=division.untouched,
            )
            for key, proposal in collected.moves.items():
                store.proposals.save_move(key, proposal, self.started_at)
        return RunResult(
            status=status,
            news=tuple(collected.news),
            changes=tuple(collected.changes),
            in_trouble=collected.in_trouble,
        )

    def search_lost(self) -> None:
        """Looks for the successors of what is lost, for as long as the budget of the run lasts.

        Whatever goes wrong costs nothing else: the checks are stored already.
        """
        if self.is_recheck or not self.settings.fix.search:
            return
        options, store = self.options, self.store
        seconds = self.settings.fetch.budget - (monotonic() - self.begun_at)
        chosen = parts.selected(self.listed.resources, options.only, options.part)
        try:
            keys = lost_links.due(store, (one.key for one in chosen), self.started_at)
            if not keys:
                return
            options.announce(run_words.searching(len(keys)))
            around = lost_links.surroundings(
                store, self.listed, options.clock, seconds, resolver=options.resolver
            )
            lost_links.look(store, keys, self.settings, around, self.interruption, options.search)
        except Exception as error:  # noqa: BLE001  (the run has succeeded, whatever this is)
            options.remark(run_words.SEARCH_FAILED.format(why=describe(error)))

    def _divided(self, believed: Container[str], chosen: Sequence[Resource]) -> Division:
        """What is compared, and what stays as it is; where all are checked, that is not asked."""
        listed = self.listed.resources
        if self.is_recheck or len(chosen) == len(listed):
            return Division(listed, b"\1" * len(listed))
        return divided(listed, believed, self.store)

    def _compare(
        self,
        known: Mapping[str, Record],
        believed: Container[str],
        chosen: Sequence[Resource],
        listed: Iterable[Resource],
        run_id: int,
    ) -> Iterator[Compared]:
        def observed_of(resource: Resource) -> Observed | None:
            """The check as it was stored, with its page."""
            store = self.store
            check = store.checks.read(run_id, resource) if resource.key in believed else None
            if check is None:
                return None
            read_text = partial(store.texts.read_in, run_id, resource.key)
            return Observed(check=check, read_text=read_text)

        confirm, now = self.settings.confirm, self.started_at
        if self.is_recheck:
            return compare.compare_again(known, chosen, observed_of, confirm, now)
        news = FirstNews.ADDED if self.options.part else FirstNews.CHECKED
        if not self.store.resources.had_list():
            news = FirstNews.NONE
        return compare.compare(known, listed, observed_of, confirm, now, news)

    def _without_rows(
        self, known: Mapping[str, Record], *, is_cut_short: bool
    ) -> tuple[Iterable[Compared] | None, Iterable[Record]]:
        """The resources that left the list; as records that are kept if the run was cut short.

        The next run that is not cut short removes them. A recheck says nothing of them.
        """
        if self.is_recheck:
            return None, ()
        removed = compare.remove(known, self.listed.resources, self.started_at)
        if is_cut_short:
            return (), (one.before for one in removed if one.before)
        return removed, ()

    def _why(self, crawled: CrawlResult) -> str:
        """Why the run is not complete, in a clause for a person."""
        if crawled.distrust is not None:
            return guard.cause(crawled.distrust)
        return crawled.broken_off or self._signal()

    def _signal(self) -> str:
        signum = self.interruption.signum
        return f"{signal.Signals(signum).name} came" if signum else ""

    def _believed(self, crawled: CrawlResult) -> Collection[str]:
        """The keys of the checks that count; when the crawl is not trusted, of what has answered."""
        store, distrust, checks = self.store, crawled.distrust, crawled.checks
        if distrust is not None:
            # What was learned of hosts is forgotten: a portal may have answered in their place.
            return frozenset(
                key for key, check in checks.items() if guard.is_conclusive(check, distrust)
            )
        store.hosts.keep()
        return checks


def _status(crawled: CrawlResult) -> RunStatus:
    if not crawled.trusted:
        return RunStatus.UNTRUSTED
    return RunStatus.INTERRUPTED if crawled.is_cut_short else RunStatus.COMPLETE
