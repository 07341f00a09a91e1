"""IO: what robots.txt says about a URL, asked once for each origin and kept for a day."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Protocol

from crawler import robots, urls
from crawler.config import Settings
from crawler.fetch import AttemptBudget, Refusal, RobotsAnswer
from crawler.model import Failure, NotAsked, NotAskedReason
from crawler.retry import SHORTEST_BACK_OFF
from crawler.robots import RobotsFile, Rules


class RobotsSource(Protocol):
    """Where a robots.txt comes from: `fetch.Fetcher`."""

    async def robots(self, origin: str, allowance: AttemptBudget) -> RobotsAnswer | Failure:
        """What one attempt at the origin's robots.txt brings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trouble:
    """A robots.txt that could not be reached."""

    refusal: Refusal
    seconds: float
    """That there were for it."""


class RobotsGate:
    """Says of each URL whether it may be asked; called before every hop."""

    def __init__(
        self,
        settings: Settings,
        source: RobotsSource,
        *,
        now: datetime,
        known: Mapping[str, RobotsFile],
        slow_down: Callable[[str, float], None],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._settings = settings
        self._source = source
        self._now = now
        self._known = {o: file for o, file in known.items() if robots.is_fresh(file, now)}
        self._slow_down = slow_down
        self._rules: dict[str, Rules | None] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._troubles: dict[str, _Trouble] = {}
        """The latest, by origin."""
        self._server_errors = Counter[str]()
        self._reopens = dict[str, float]()
        """When an origin with a server error may be asked again, on the clock."""
        self._clock = clock
        self.fetched: list[RobotsFile] = []
        """What was learned, to be kept. An answer of 429 or 5xx is not: it is asked again next time."""

    async def __call__(self, uri: str, allowance: AttemptBudget) -> Refusal | None:
        """None when the URL may be asked.

        A host whose robots.txt cannot be reached at all answers with its own failure.
        Source: RFC 9309 §2.3.1.
        """
        host = self._settings.host(urls.host_key(uri))
        if not (self._settings.fetch.robots if host.robots is None else host.robots):
            return None
        refusal = await self._ensure_rules(uri, allowance)
        if refusal is not None:
            return refusal
        rules = self._rules[urls.origin(uri)]
        if rules is None:
            return Refusal(outcome=_unavailable(uri), may_pass=False)
        if not rules.allowed(uri):
            outcome = NotAsked(reason=NotAskedReason.ROBOTS_DISALLOWED, target_uri=uri)
            return Refusal(outcome=outcome, may_pass=False)
        return None

    async def _ensure_rules(self, url: str, allowance: AttemptBudget) -> Refusal | None:
        """None when there are rules for the URL."""
        origin = urls.origin(url)
        before = self._troubles.get(origin)
        async with self._locks.setdefault(origin, asyncio.Lock()):
            if origin in self._rules:
                return None
            closed_for = self._reopens.get(origin, 0.0) - self._clock()
            if closed_for > 0:
                wait = min(closed_for, self._settings.fetch.max_retry_after)
                return Refusal(outcome=_unavailable(url), retry_after=wait)
            trouble = self._troubles.get(origin)
            # Whoever waited for the same file shares its fate, unless he has more patience.
            if trouble and trouble is not before and trouble.seconds >= allowance.seconds:
                return trouble.refusal
            return await self._learn(url, allowance)

    async def _learn(self, url: str, allowance: AttemptBudget) -> Refusal | None:
        origin = urls.origin(url)
        file = self._known.get(origin)
        if file is None:
            seconds = allowance.seconds
            answer = await self._source.robots(origin, allowance)
            if isinstance(answer, Failure):
                refusal = Refusal(outcome=answer)
                self._troubles[origin] = _Trouble(refusal=refusal, seconds=seconds)
                return refusal
            if self._may_pass(origin, answer):
                wait = max(answer.retry_after or 0.0, SHORTEST_BACK_OFF)
                self._reopens[origin] = self._clock() + wait
                return Refusal(outcome=_unavailable(url), retry_after=answer.retry_after)
            file = self._file(origin, answer)
        self._take(file)
        return None

    def _may_pass(self, origin: str, answer: RobotsAnswer) -> bool:
        """Whether the file is worth another attempt; `attempts` answers of 5xx are the run's answer."""
        if answer.status_code < 500:
            return False
        self._server_errors[origin] += 1
        fetch = self._settings.fetch
        is_patient = (answer.retry_after or 0.0) <= fetch.max_retry_after
        return is_patient and self._server_errors[origin] < fetch.attempts

    def _file(self, origin: str, answer: RobotsAnswer) -> RobotsFile:
        file = RobotsFile(
            origin=origin,
            status_code=answer.status_code,
            text=answer.text,
            fetched_at=self._now,
        )
        if not _is_passing(answer.status_code):
            self.fetched.append(file)
        return file

    def _take(self, file: RobotsFile) -> None:
        rules = robots.rules_of(file.status_code, file.text, self._settings.user_agent)
        self._rules[file.origin] = rules
        if rules is not None and rules.crawl_delay is not None:
            self._slow_down(urls.host_key(file.origin), rules.crawl_delay)


def _unavailable(url: str) -> NotAsked:
    return NotAsked(reason=NotAskedReason.ROBOTS_UNAVAILABLE, target_uri=url)


def _is_passing(status_code: int) -> bool:
    """Whether the answer is about the server's present state, and not about its rules."""
    return status_code == 429 or status_code >= 500
