"""Pure: what a crawl needs from outside its plan and settings, and what it brings."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawler.crawl.outbox import Keep
from crawler.crawl.prober import made_up_names
from crawler.crawl.shard_jobs import Fault
from crawler.fetch import Resolver, Sleep
from crawler.guard import Distrust
from crawler.model import Check, ProbeProfile, Record
from crawler.robots import RobotsFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a crawl is."""

    checks: tuple[Check, ...]
    """What was handed on since the last report; a second look hands a resource on again."""
    done: int
    total: int
    asking: tuple[str, ...]
    """Hosts with a request on the wire, or a moment ago."""
    budget_left: float
    """Seconds."""


Clock = Callable[[], datetime]
Listener = Callable[[Progress], None]
"""Called on the event loop after `Keep` has returned, and now and then without new checks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a crawl needs from outside its plan and settings."""

    clock: Clock
    keep: Keep
    listen: Listener
    version: str
    robots_files: Mapping[str, RobotsFile] = field(default_factory=dict)
    profiles: Mapping[str, ProbeProfile] = field(default_factory=dict)
    """How hosts answered made-up URLs, by origin."""
    known: Mapping[str, Record] = field(default_factory=dict)
    """What is known of the resources, by key: a page that was not modified is the last good one."""
    resolver: Resolver | None = None
    """It has to pickle where shards are to have processes of their own."""
    sleep: Sleep = asyncio.sleep
    """Waits between the attempts of a look in this process, and between the looks."""
    grace_seconds: float = 2.0
    """How long shards may take to say what they have learned when the budget has ended."""
    tokens: tuple[str, str] = field(default_factory=made_up_names)
    """Names that no page has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """What a crawl brought; the checks are in the order of the plan, whatever ended first.

    They are without their pages: those went to `Keep`. A crawl that is not trusted was stopped, and
    has no check of what had not ended by then.
    """

    # Python spells out the result of a task where it puts a signal's handler back.
    checks: tuple[Check, ...] = field(repr=False)
    robots_files: tuple[RobotsFile, ...] = field(repr=False)
    profiles: tuple[ProbeProfile, ...] = ()
    """Of the hosts of which something was learned."""
    faults: tuple[Fault, ...] = ()
    """Targets without a check because of an error of our own."""
    distrust: Distrust | None = None
    """Why the crawl is not trusted; None when it is."""

    @property
    def trusted(self) -> bool:
        """Whether what failed did so on the other side."""
        return self.distrust is None
