"""One look at a target, with the simplest replacement for everything around the fetcher."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any

import httpx

from crawler.config import FetchSettings, HostSettings, Settings
from crawler.extract import read
from crawler.fetch import AttemptBudget, Fetcher, Gate, Lateness, Refusal, Resolver, Transport
from crawler.model import Failure, FailureKind, Fetch, Page, Target, Validators


@dataclass(slots=True)
class RecordingTurns:
    """Grants every turn at once, and records it."""

    hosts: list[str] = field(default_factory=list)
    lateness: Lateness = field(default_factory=Lateness)

    def turn(self, host_key: str) -> AbstractAsyncContextManager[None]:
        self.hosts.append(host_key)
        return nullcontext()


async def open_gate(url: str, budget: AttemptBudget) -> Refusal | None:
    return None


async def no_wait(seconds: float) -> None:
    """Does not wait between attempts."""


async def to_loopback(host: str, port: int) -> tuple[str, ...]:
    return ("127.0.0.1",)


@dataclass(slots=True)
class RecordingReader:
    """Reads pages at once, and records what it was given."""

    contents: list[bytes] = field(default_factory=list)
    content_types: list[str | None] = field(default_factory=list)

    async def __call__(self, content: bytes, url: str, content_type: str | None) -> Page:
        self.contents.append(content)
        self.content_types.append(content_type)
        return read(content, url, content_type)


HASTE: Mapping[str, Any] = {"connect_timeout": 0.5, "read_timeout": 0.5, "total_timeout": 1.5}
"""Settings for a test that waits for a time-out; other tests have more time, for busy machines."""


def make_settings(*hosts: tuple[str, HostSettings], **fetch: Any) -> Settings:
    """Loopback allowed, one attempt; anything else as given."""
    base = FetchSettings(
        allow_private=("127.0.0.0/8",),
        connect_timeout=5.0,
        read_timeout=5.0,
        total_timeout=15.0,
        attempts=1,
    )
    return Settings(fetch=replace(base, **fetch), hosts=hosts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a fetcher is given in a test."""

    settings: Settings = field(default_factory=make_settings)
    gate: Gate = open_gate
    sleep: Callable[[float], Awaitable[None]] = no_wait
    resolver: Resolver = to_loopback
    transport: httpx.AsyncBaseTransport | None = None
    turns: RecordingTurns = field(default_factory=RecordingTurns)
    reader: RecordingReader = field(default_factory=RecordingReader)

    def fetcher(self) -> Fetcher:
        return Fetcher(
            self.settings,
            version="1.2.3",
            turns=self.turns,
            transport=self.transport or Transport(self.settings, self.resolver),
            reader=self.reader,
        )


HASTY = Surroundings(settings=make_settings(**HASTE))
"""Surroundings for servers that do not answer."""


async def look(
    url: str, surroundings: Surroundings | None = None, validators: Validators | None = None
) -> Fetch:
    """The result of one look at a URL."""
    around = surroundings or Surroundings()
    target = Target(url=url, resources=(), validators=validators)
    async with around.fetcher() as fetcher:
        return await fetcher.fetch(target, gate=around.gate, sleep=around.sleep)


def failure_kind(fetch: Fetch) -> FailureKind | None:
    """Why a look failed; None when it did not."""
    outcome = fetch.facts.outcome
    return outcome.kind if isinstance(outcome, Failure) else None
