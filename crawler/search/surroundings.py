"""Pure: what a search for lost resources needs beside them and the settings, and what it brings."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from crawler.fetch import Resolver, Sleep
from crawler.model import Page, Proposal
from crawler.robots import RobotsFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedCopy:
    """A capture of a page that an archive shows."""

    url: str
    """At the archive."""
    captured_at: datetime
    page: Page
    """As captured, without what the archive adds."""


class Archive(Protocol):
    """An archive of the web; it keeps to its own pace and its own number of requests a night.

    Neither method raises: no answer is like no capture.
    """

    async def redirects_of(self, url: str) -> tuple[str, ...]:
        """Where captures of the URL redirected to, absolute, the latest first."""

    async def copy_of(self, url: str, before: datetime | None) -> ArchivedCopy | None:
        """The last capture of the URL with status 200 from before that time; None without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a search needs beside the resources and the settings."""

    clock: Callable[[], datetime]
    version: str
    seconds: float
    """How long it may take."""
    listed: Collection[str] = ()
    """The URLs of the whole list: what is listed already is no successor."""
    moves: tuple[tuple[str, str], ...] = ()
    """Old and new URLs of resources that moved, as seen or repaired, of the whole list."""
    robots_files: Mapping[str, RobotsFile] = field(default_factory=dict)
    """By origin."""
    resolver: Resolver | None = None
    """None for the operating system's resolver."""
    sleep: Sleep = asyncio.sleep
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    """When it is set, the search ends early, as at the end of its time."""
    archive: Archive | None = None
    """None where no archive is to be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found for one resource."""

    key: str
    resource_url: str
    """As listed."""
    proposals: tuple[Proposal, ...] = ()
    """At most three, the best first."""
    requests: int = 0
    """Sent for it; what serves several resources of a site is counted for the first."""
    is_complete: bool = True
    """False when time ran out, or a stop came: it is to be searched again."""
    fault: str = ""
    """An error of our own that ended the search of its host; empty without one."""
