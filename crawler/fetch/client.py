"""IO: targets to `Fetch`es, tried again where that may help."""

import codecs
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

import httpx
from tenacity import RetryCallState

from crawler import retry
from crawler.config import Settings
from crawler.fetch.attempt_budget import AttemptBudget
from crawler.fetch.chain import Chain, Gate, Manner, Pages, Refusal, Turns, Wire, timeouts_of
from crawler.fetch.endpoints import Resolver
from crawler.fetch.page_reader import PageReader, Reads
from crawler.fetch.response import Appetite
from crawler.fetch.transport import Transport
from crawler.model import (
    Facts,
    Failure,
    FailureKind,
    Fetch,
    NotAsked,
    NotAskedReason,
    Target,
)

MAX_ROBOTS_BYTES = 512_000
"""Source: RFC 9309 §2.5."""
ROBOTS_UNAVAILABLE = frozenset(
    {FailureKind.BAD_REDIRECT, FailureKind.REDIRECT_LOOP, FailureKind.TOO_MANY_REDIRECTS}
)
"""What is no trouble of the network, and as good as no robots.txt. Source: RFC 9309 §2.3.1.2-3."""

GLANCED_BYTES = 65_536
"""Of content, where only the answer itself matters."""
PROBED_BYTES = 262_144
"""Of content, where a page is only compared with another."""

Sleep = Callable[[float], Awaitable[None]]
Listener = Callable[[str, Fetch], None]
"""Hears what was asked for, and what came of it."""


def unheard(uri: str, fetch: Fetch) -> None:
    """Nothing is done with an attempt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsAnswer:
    """What there is in the place of a robots.txt."""

    status_code: int
    text: str
    retry_after: float | None = None
    """Seconds that the server wants us to wait."""


class Fetcher:
    """Asks for targets and robots.txt files; an asynchronous context manager, for one crawl.

    A `transport` replaces our own with everything below it: connections, names and address guard.
    A `reader` replaces ours, and is its maker's to close.
    `listen` is called after every attempt, of pages and robots.txt files alike, that tells something
    of the other side: what fails because we are late ourselves does not.
    Raises: `ConfigError` when the settings name certificates that cannot be read.
    """

    def __init__(  # noqa: PLR0913 -- each replaces something of its own
        self,
        settings: Settings,
        *,
        version: str,
        turns: Turns,
        resolver: Resolver | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        listen: Listener = unheard,
        reader: Reads | None = None,
    ) -> None:
        self._settings = settings
        self._listen = listen
        self._lateness = turns.lateness
        self._policy = retry.policy(settings.fetch)
        self._connections = Transport(settings, resolver) if transport is None else None
        self._reader = PageReader()
        self._wire = Wire(
            settings=settings,
            user_agent=settings.user_agent.replace("VERSION", version),
            transport=transport or self._connections or httpx.AsyncBaseTransport(),
            turns=turns,
            reader=self._reader if reader is None else reader,
        )

    async def fetch(self, target: Target, *, gate: Gate, sleep: Sleep) -> Fetch:
        """What one look at a target brought: the last of its attempts.

        It is `out_of_budget` when we were too late ourselves to hear the answer, however often we
        asked: that is worth another look, and no verdict.
        `sleep` waits between attempts; no turn is held meanwhile.
        """
        manner = Manner(
            gate=gate,
            max_redirects=self._settings.fetch.max_redirects,
            appetite=Appetite(max_body_bytes=self._settings.fetch.max_body_bytes, skims=True),
            pages=Pages.ALL,
        )
        return await self._look(target, manner, sleep)

    async def robots(self, origin: str, allowance: AttemptBudget) -> RobotsAnswer | Failure:
        """What one attempt at an origin's robots.txt brings, at the expense of another attempt.

        Redirects that lead nowhere give the status code of the last of them and no text.
        """
        manner = Manner(
            gate=_open_gate,
            max_redirects=retry.MAX_ROBOTS_REDIRECTS,
            appetite=Appetite(max_body_bytes=MAX_ROBOTS_BYTES, skims=False),
            pages=Pages.NONE,
        )
        target = Target(url=f"{origin}/robots.txt", resources=())
        # When we are too late for it, the attempt that it is a part of is made again.
        chain = Chain(self._wire, manner, target, allowance)
        fetch = await chain.run()
        if not self._was_late(chain, fetch):
            self._listen(target.url, fetch)
        outcome = fetch.facts.outcome
        if isinstance(outcome, Failure) and outcome.kind not in ROBOTS_UNAVAILABLE:
            return outcome
        text = chain.content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
        return RobotsAnswer(
            status_code=fetch.facts.exchanges[-1].status_code,
            text=text,
            retry_after=fetch.retry_after,
        )

    async def glance(self, uri: str) -> Fetch:
        """What one attempt at a URI brings, whatever its robots.txt says; for the canaries."""
        return await self._try(uri, _open_gate, GLANCED_BYTES)

    async def probe(self, uri: str, *, gate: Gate) -> Fetch:
        """What one attempt at a URI brings that nobody listed; `PROBED_BYTES` of it at most."""
        limit = min(PROBED_BYTES, self._settings.fetch.max_body_bytes)
        try:
            return await self._try(uri, gate, limit)
        except _Refusal as refusal:
            return refusal.fetch

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            await self._reader.aclose()
        finally:
            if self._connections is not None:
                await self._connections.aclose()

    async def _look(self, target: Target, manner: Manner, sleep: Sleep) -> Fetch:
        # What `AsyncRetrying` does, without its wrapping of every function that it calls.
        policy, repeats = self._policy, _Repeats(retry.REPEATS)
        state = RetryCallState(policy, fn=None, args=(), kwargs={})
        try:
            while True:
                fetch = await self._attempt(target, manner, repeats)
                state.set_result(fetch)
                if not policy.retry(state) or policy.stop(state):
                    break
                seconds = policy.wait(state)
                state.prepare_for_next_attempt()
                await sleep(seconds)
        except _Refusal as refusal:
            fetch = refusal.fetch
        was_asked_again = fetch.attempts and state.attempt_number > 1
        return replace(fetch, attempts=state.attempt_number) if was_asked_again else fetch

    async def _try(self, uri: str, gate: Gate, max_body_bytes: int) -> Fetch:
        manner = Manner(
            gate=gate,
            max_redirects=self._settings.fetch.max_redirects,
            appetite=Appetite(max_body_bytes=max_body_bytes, skims=True),
            pages=Pages.FOUND,
        )
        repeats = _Repeats(retry.PROBE_REPEATS)
        return await self._attempt(Target(url=uri, resources=()), manner, repeats)

    async def _attempt(self, target: Target, manner: Manner, repeats: "_Repeats") -> Fetch:
        """One attempt, made again while there are repeats when we were too late for the answer."""
        while True:
            allowance = AttemptBudget(self._settings.fetch.total_timeout, self._lateness.seconds)
            chain = Chain(self._wire, manner, target, allowance)
            fetch = await chain.run()
            if not self._was_late(chain, fetch):
                break
            if not repeats.take():
                return _unheard(target.url)
            await self._lateness.settle()
        self._listen(target.url, fetch)
        if chain.refusal and not chain.refusal.may_pass:
            raise _Refusal(fetch)
        return fetch

    def _was_late(self, chain: Chain, fetch: Fetch) -> bool:
        timeouts = timeouts_of(self._settings.fetch)
        return self._lateness.caused(fetch.facts, timeouts, chain.stretch)


@dataclass(slots=True)
class _Repeats:
    """Attempts that may be made again without counting."""

    left: int

    def take(self) -> bool:
        """Whether there was one left."""
        self.left -= 1
        return self.left >= 0


def _unheard(uri: str) -> Fetch:
    outcome = NotAsked(reason=NotAskedReason.OUT_OF_BUDGET, target_uri=uri)
    return Fetch(facts=Facts(outcome=outcome), attempts=0)


class _Refusal(Exception):  # noqa: N818 -- no error: what the gate said stands, without a retry
    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self.fetch = fetch


async def _open_gate(uri: str, allowance: AttemptBudget) -> Refusal | None:
    return None
