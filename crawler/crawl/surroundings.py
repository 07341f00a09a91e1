"""Pure: what a crawl needs beside its plan and settings, and what it results in."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crawler.crawl.check_collection import ReadBack
from crawler.crawl.messages import Fault
from crawler.crawl.outbox import Keep, Learn
from crawler.crawl.prober import made_up_names
from crawler.fetch import Resolver, Sleep
from crawler.guard import Distrust
from crawler.model import Check, ProbeProfile, Record, Resource, Validators, Verdict
from crawler.robots import RobotsFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a crawl is."""

    checks: tuple[Check, ...]
    """Stored since the last report; a resource comes again after its second look."""
    done: int
    """Resources that have a check."""
    total: int
    asking: tuple[str, ...]
    """Hosts that have a request on the wire, or had one a moment ago."""
    budget_left: float
    """Seconds."""
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    """How many resources have each, by their latest look."""
    in_doubt: int = 0
    """Resources whose first look has to be confirmed."""


def forget(_: Sequence[RobotsFile], __: Sequence[ProbeProfile]) -> None:
    """Learns nothing of hosts."""


def no_validators(_: Resource) -> Validators | None:
    """Knows of no page."""


Clock = Callable[[], datetime]
ProgressListener = Callable[[Progress], None]
"""Called on the event loop after `Keep` has returned, and now and then without new checks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a crawl needs beside its plan and settings."""

    clock: Clock
    keep: Keep
    read_back: ReadBack
    """Gives a check that was kept, the latest one of its resource."""
    listen: ProgressListener
    version: str
    robots_files: Mapping[str, RobotsFile] = field(default_factory=dict)
    """By origin."""
    profiles: Mapping[str, ProbeProfile] = field(default_factory=dict)
    """How hosts answered made-up URLs, by origin."""
    learn: Learn = forget
    """Notes what was learned of hosts; it counts if the crawl is trusted."""
    validators: Callable[[Resource], Validators | None] = no_validators
    """Gives what a server sent with the page of a resource, to ask whether it has changed."""
    failed: Mapping[str, str] = field(default_factory=dict)
    """The URLs of the resources that failed before, by key."""
    latest_seconds: Callable[[], Iterable[tuple[str, float]]] = tuple
    """Gives listed URLs, each with the seconds that the attempts of its latest look took."""
    known: Mapping[str, Record] = field(default_factory=dict)
    """What is known of the resources, by key. After a 304, the page is the record's last good one."""
    is_recheck: bool = False
    """Whether only resources in trouble are asked: of few hosts, and all of them failed before."""
    resolver: Resolver | None = None
    """None for the operating system's resolver; any other one has to pickle to be used by processes."""
    announce: Callable[[str], None] = field(default=lambda _: None)
    """Takes a sentence about what goes on, for somebody who waits."""
    sleep: Sleep = asyncio.sleep
    """Waits between the looks, and between the attempts that this process makes."""
    grace_seconds: float = 2.0
    """How long shards may take to return what they have learned after the budget has ended."""
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    """When it is set, the crawl ends early, as at the end of its budget."""
    tokens: tuple[str, str] = field(default_factory=made_up_names)
    """Names that no page has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlResult:
    """What a crawl results in.

    A crawl that is not trusted was stopped: targets that had not been looked at by then have no check.
    In a crawl that was cut short, targets that still needed a second look have none either.
    """

    # When Python puts a signal's handler back, it formats the result of the main task.
    checks: Mapping[str, Check] = field(repr=False)
    """By resource key, in the order of the plan; each is read back when it is looked up."""
    faults: tuple[Fault, ...] = ()
    """Targets that have no check because of an error of our own."""
    distrust: Distrust | None = None
    """Why the crawl is not trusted; None when it is."""
    is_cut_short: bool = False
    """Whether the surroundings' `stop` came before the end, or the cluster was lost."""
    broken_off: str = ""
    """Why the cluster could not be used to the end, as a sentence for a person."""

    @property
    def trusted(self) -> bool:
        """Whether the crawl is trusted: nothing suggests that our own network was down."""
        return self.distrust is None
