"""IO: what a run is given beside its settings, and what comes of it; owns the wall clock."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from crawler.config import Settings
from crawler.crawl import Clock, CrawlResult, Fault, Progress, Surroundings, crawl
from crawler.fetch import Resolver
from crawler.guard import Distrust
from crawler.model import Change, Plan, Record, RunStatus, Trigger
from crawler.report import Report
from crawler.resources import Part
from crawler.run.lost_links import Search
from crawler.search import search

Crawl = Callable[[Plan, Settings, Surroundings], Coroutine[Any, Any, CrawlResult]]


def wall_clock() -> datetime:
    """The time now, aware, in UTC."""
    return datetime.now(UTC)


def ignore_progress(_: Progress) -> None:
    """Shows nothing."""


def ignore_remark(_: str) -> None:
    """Says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How to run, beside the settings; the defaults are those of a run by hand."""

    clock: Clock = wall_clock
    trigger: Trigger = Trigger.MANUAL
    only: tuple[str, ...] = ()
    """Check only the resources that `resources.select` finds by these patterns; empty for all."""
    part: Part | None = None
    """Check only those of this part of the list."""
    listen: Callable[[Progress], None] = ignore_progress
    remark: Callable[[str], None] = ignore_remark
    """Takes a sentence for a person: before anything is asked, and when a search has failed."""
    announce: Callable[[str], None] = ignore_remark
    """Takes a sentence about what goes on, for somebody who waits."""
    list_changed: bool = False
    """Go on although the list has little in common with the one before."""
    resolver: Resolver | None = None
    """None for the resolver of the operating system."""
    crawl: Crawl = crawl
    """Carries out the plan."""
    search: Search = search
    """Looks for the successors of what is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """How a run ended."""

    status: RunStatus
    report: Report | None = None
    """None while nothing was concluded yet, and when a signal left no time for it."""
    news: tuple[Record, ...] = ()
    """Resources that entered a class of `report.fail_on` in this run, at most `MOST_NEWS`."""
    interrupted_before: int = 0
    """Earlier runs that had not finished, and are marked so now."""
    signal: int | None = None
    """The signal that came during the run; it was complete if the signal came after the crawl."""
    trigger: Trigger = Trigger.MANUAL
    changes: tuple[Change, ...] = ()
    """The events of this run."""
    asked: int = 0
    """How many resources were to be checked."""
    in_trouble: int = 0
    """How many of them a recheck would look at again; 0 where nothing was concluded."""
    faults: tuple[Fault, ...] = ()
    """Resources without a check because of an error of our own."""
    distrust: Distrust | None = None
    """Why the run is not trusted."""
    broken_off: str = ""
    """Why the cluster could not be used to the end; what was judged until then counts."""
