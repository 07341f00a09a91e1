"""IO: requests targets, and again where that may help; each becomes a `Fetch`."""

import codecs
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

import httpx
from tenacity import RetryCallState

from crawler import retry
from crawler.config import Settings
from crawler.fetch.attempt import Attempt, AttemptResult
from crawler.fetch.attempt_budget import AttemptBudget
from crawler.fetch.exclusion import excluding
from crawler.fetch.page_reader import PageReader, ReadPage
from crawler.fetch.request_rules import Gate, PagesToRead, Refusal, RequestRules
from crawler.fetch.sender import Sender, Turns, timeouts_of
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
"""Failures that are like having no robots.txt. Source: RFC 9309 §2.3.1.2-3."""

GLANCED_BYTES = 65_536
"""Content read where only the outcome matters."""
PROBED_BYTES = 1_048_576
"""Content read of a page that is only compared with another."""

Sleep = Callable[[float], Awaitable[None]]
Listener = Callable[[str, Fetch], None]
"""Called with the URL of an attempt, and its result."""


def ignore_attempt(url: str, fetch: Fetch) -> None:
    """Does nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsAnswer:
    """What an origin answers when its robots.txt is requested."""

    status_code: int
    text: str
    retry_after: float | None = None
    """Seconds that the server wants us to wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFetch:
    """The result of one attempt at a URL of which the content is wanted as it is."""

    fetch: Fetch
    """Without a page."""
    content: bytes = b""
    content_type: str | None = None
    """As sent."""


class Fetcher:
    """Requests targets and robots.txt files; an asynchronous context manager, for one crawl.

    It closes the `transport`, but not a `reader` that it is given.
    `listen` is called after every attempt, of pages and robots.txt files alike, except for attempts
    that failed because our own event loop was late: they say nothing about the server.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        version: str,
        transport: httpx.AsyncBaseTransport,
        turns: Turns,
        listen: Listener = ignore_attempt,
        reader: ReadPage | None = None,
    ) -> None:
        self._settings = settings
        self._listen = listen
        self._lateness = turns.lateness
        self._policy = retry.policy(settings.fetch)
        self._transport = transport
        self._own_reader = PageReader()
        self._read_page = self._own_reader if reader is None else reader
        self._sender = Sender(
            settings,
            user_agent=settings.user_agent.replace("VERSION", version),
            transport=transport,
            turns=turns,
        )

    async def fetch(self, target: Target, *, gate: Gate, sleep: Sleep) -> Fetch:
        """The result of one look at a target: that of its last attempt.

        It is `out_of_budget` when our event loop was too late for every answer, however often we
        asked: then the target needs another look, and there is nothing to judge.
        `sleep` waits between attempts; no turn is held meanwhile.
        """
        fetch = self._settings.fetch
        rules = RequestRules(
            gate=excluding(fetch.exclude, gate),
            max_redirects=fetch.max_redirects,
            max_body_bytes=fetch.max_body_bytes,
            pages=PagesToRead.ALL,
            is_conditional=fetch.conditional,
        )
        return await self._look(target, rules, sleep)

    async def robots(
        self, origin: str, budget: AttemptBudget
    ) -> RobotsAnswer | Failure | NotAsked:
        """The result of one request for a robots.txt; it uses the budget of the attempt that needs it.

        If redirects lead nowhere, it has the status code of the last redirect, and no text; it is
        `NotAsked` if they lead to what the settings exclude. The first URL is asked for in any case: a
        glob such as `*.txt` is meant for the links of the list.
        """
        url = f"{origin}/robots.txt"
        rules = RequestRules(
            gate=excluding(self._settings.fetch.exclude, _open_gate, but=url),
            max_redirects=retry.MAX_ROBOTS_REDIRECTS,
            max_body_bytes=MAX_ROBOTS_BYTES,
            pages=PagesToRead.NONE,
        )
        target = Target(url=url, resources=())
        # When we were too late for the answer, the attempt that needs the file is made again.
        result = await self._run_attempt(target, rules, budget)
        fetch = result.fetch
        if not self._was_late(result):
            self._listen(target.url, fetch)
        outcome = fetch.facts.outcome
        if isinstance(outcome, NotAsked):
            return outcome
        if isinstance(outcome, Failure) and outcome.kind not in ROBOTS_UNAVAILABLE:
            return outcome
        return RobotsAnswer(
            status_code=fetch.facts.exchanges[-1].status_code,
            text=result.content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace"),
            retry_after=fetch.retry_after,
        )

    async def glance(self, url: str) -> Fetch:
        """The result of one attempt at a canary; its robots.txt is ignored."""
        return await self._try_once(url, _open_gate, GLANCED_BYTES)

    async def probe(self, url: str, *, gate: Gate) -> Fetch:
        """The result of one attempt at a URL that is not in the list; reads at most `PROBED_BYTES`."""
        max_bytes = min(PROBED_BYTES, self._settings.fetch.max_body_bytes)
        return await self._try_once(url, gate, max_bytes)

    async def raw(self, url: str, *, gate: Gate, max_bytes: int) -> RawFetch:
        """The result of one attempt at a URL, with at most so many bytes of its content.

        Redirects are followed where they are sent in the head of a response.
        """
        rules = RequestRules(
            gate=excluding(self._settings.fetch.exclude, gate),
            max_redirects=self._settings.fetch.max_redirects,
            max_body_bytes=max_bytes,
            pages=PagesToRead.NONE,
        )
        target = Target(url=url, resources=())
        result = await self._attempt_with_repeats(target, rules, iter(range(retry.PROBE_REPEATS)))
        return RawFetch(
            fetch=result.fetch, content=result.content, content_type=result.content_type
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            await self._own_reader.aclose()
        finally:
            await self._transport.aclose()

    async def _look(self, target: Target, rules: RequestRules, sleep: Sleep) -> Fetch:
        # `AsyncRetrying` does the same, but wraps every function that it calls.
        policy, repeats = self._policy, iter(range(retry.REPEATS))
        state = RetryCallState(policy, fn=None, args=(), kwargs={})
        while True:
            result = await self._attempt_with_repeats(target, rules, repeats)
            fetch = result.fetch
            state.set_result(fetch)
            if result.is_refused_for_good or not policy.retry(state) or policy.stop(state):
                break
            seconds = policy.wait(state)
            state.prepare_for_next_attempt()
            await sleep(seconds)
        was_asked_again = fetch.attempts and state.attempt_number > 1
        return replace(fetch, attempts=state.attempt_number) if was_asked_again else fetch

    async def _try_once(self, url: str, gate: Gate, max_body_bytes: int) -> Fetch:
        rules = RequestRules(
            gate=excluding(self._settings.fetch.exclude, gate),
            max_redirects=self._settings.fetch.max_redirects,
            max_body_bytes=max_body_bytes,
            pages=PagesToRead.SUCCESSFUL,
        )
        target = Target(url=url, resources=())
        return (
            await self._attempt_with_repeats(target, rules, iter(range(retry.PROBE_REPEATS)))
        ).fetch

    async def _attempt_with_repeats(
        self, target: Target, rules: RequestRules, repeats: Iterator[int]
    ) -> AttemptResult:
        """One attempt; while `repeats` has more, it is made again if we were too late for the answer."""
        while True:
            budget = AttemptBudget(self._settings.fetch.total_timeout, self._lateness.clock)
            result = await self._run_attempt(target, rules, budget)
            if not self._was_late(result):
                break
            if next(repeats, None) is None:
                return AttemptResult(fetch=_out_of_budget(target.url))
            await self._lateness.settle()
        self._listen(target.url, result.fetch)
        return result

    async def _run_attempt(
        self, target: Target, rules: RequestRules, budget: AttemptBudget
    ) -> AttemptResult:
        attempt = Attempt(target, rules, budget, sender=self._sender, read_page=self._read_page)
        return await attempt.run()

    def _was_late(self, result: AttemptResult) -> bool:
        timeouts = timeouts_of(self._settings.fetch)
        return self._lateness.explains(result.fetch.facts, timeouts, result.stretch)


def _out_of_budget(url: str) -> Fetch:
    outcome = NotAsked(reason=NotAskedReason.OUT_OF_BUDGET, target_uri=url)
    return Fetch(facts=Facts(outcome=outcome), attempts=0)


async def _open_gate(url: str, budget: AttemptBudget, /) -> Refusal | None:
    return None
