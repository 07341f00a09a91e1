"""IO: whether robots.txt allows a URL; each origin's file is requested once, and kept for a day."""

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

    async def robots(
        self, origin: str, budget: AttemptBudget
    ) -> RobotsAnswer | Failure | NotAsked:
        """The answer to one attempt at the origin's robots.txt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _FailedAttempt:
    """An attempt at a robots.txt that got no answer."""

    refusal: Refusal
    """The host's own failure."""
    seconds: float
    """Seconds that the caller had left for it."""


class RobotsGate:
    """Says whether a URL may be asked for; called before every hop."""

    def __init__(  # noqa: PLR0913  (all of it by name)
        self,
        settings: Settings,
        source: RobotsSource,
        *,
        now: datetime,
        known: Mapping[str, RobotsFile],
        slow_down: Callable[[str, float], None],
        note: Callable[[RobotsFile], None],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`note` is called with each file that was requested."""
        self._settings = settings
        self._source = source
        self._now = now
        self._known = {o: file for o, file in known.items() if robots.is_fresh(file, now)}
        self._slow_down = slow_down
        self._note = note
        self._rules: dict[str, Rules | None] = {}
        """By origin, as everything below; None when nothing is allowed."""
        self._locks: dict[str, asyncio.Lock] = {}
        self._failed: dict[str, _FailedAttempt] = {}
        """The latest one."""
        self._server_errors = Counter[str]()
        self._retry_at = dict[str, float]()
        """When to ask again after a server error, in seconds of the clock."""
        self._clock = clock

    async def __call__(self, url: str, budget: AttemptBudget) -> Refusal | None:
        """Why the URL may not be asked for; None when it may.

        When robots.txt cannot be reached at all, the refusal contains the failure of that request.
        Source: RFC 9309 §2.3.1.
        """
        host = self._settings.host(urls.host_key(url))
        if not (self._settings.fetch.robots if host.robots is None else host.robots):
            return None
        refusal = await self._ensure_rules(url, budget)
        if refusal is not None:
            return refusal
        rules = self._rules[urls.origin(url)]
        if rules is None:
            return Refusal(outcome=_unavailable(url), may_pass=False)
        if not rules.allowed(url):
            outcome = NotAsked(reason=NotAskedReason.ROBOTS_DISALLOWED, target_uri=url)
            return Refusal(outcome=outcome, may_pass=False)
        return None

    def sitemaps(self, origin: str) -> tuple[str, ...]:
        """What the origin's robots.txt names as its sitemaps; none before it was read."""
        rules = self._rules.get(origin)
        return rules.sitemaps if rules else ()

    async def _ensure_rules(self, url: str, budget: AttemptBudget) -> Refusal | None:
        """Why there are no rules for the URL; None when there are."""
        origin = urls.origin(url)
        failed_before = self._failed.get(origin)
        async with self._locks.setdefault(origin, asyncio.Lock()):
            if origin in self._rules:
                return None
            left = self._retry_at.get(origin, 0.0) - self._clock()
            if left > 0:
                wait = min(left, self._settings.fetch.max_retry_after)
                return Refusal(outcome=_unavailable(url), retry_after=wait)
            failed = self._failed.get(origin)
            # An attempt that failed while this one waited counts, unless this one has more time.
            if failed and failed is not failed_before and failed.seconds >= budget.seconds:
                return failed.refusal
            return await self._learn(url, budget)

    async def _learn(self, url: str, budget: AttemptBudget) -> Refusal | None:
        origin = urls.origin(url)
        file = self._known.get(origin)
        if file is None:
            seconds = budget.seconds
            answer = await self._source.robots(origin, budget)
            if isinstance(answer, Failure):
                refusal = Refusal(outcome=answer)
                self._failed[origin] = _FailedAttempt(refusal=refusal, seconds=seconds)
                return refusal
            if isinstance(answer, NotAsked):  # its redirects lead to what the settings exclude
                self._rules[origin] = None
                return None
            if self._is_worth_a_retry(origin, answer):
                wait = max(answer.retry_after or 0.0, SHORTEST_BACK_OFF)
                self._retry_at[origin] = self._clock() + wait
                return Refusal(outcome=_unavailable(url), retry_after=answer.retry_after)
            file = RobotsFile(
                origin=origin,
                status_code=answer.status_code,
                text=answer.text,
                fetched_at=self._now,
            )
            self._note(file)
        self._use(file)
        return None

    def _is_worth_a_retry(self, origin: str, answer: RobotsAnswer) -> bool:
        """Whether to ask again after a 5xx: not after the last of the `attempts` of the settings."""
        if answer.status_code < 500:
            return False
        self._server_errors[origin] += 1
        fetch = self._settings.fetch
        is_soon = (answer.retry_after or 0.0) <= fetch.max_retry_after
        return is_soon and self._server_errors[origin] < fetch.attempts

    def _use(self, file: RobotsFile) -> None:
        rules = robots.rules_of(file.status_code, file.text, self._settings.user_agent)
        self._rules[file.origin] = rules
        if rules is not None and rules.crawl_delay is not None:
            self._slow_down(urls.host_key(file.origin), rules.crawl_delay)


def _unavailable(url: str) -> NotAsked:
    return NotAsked(reason=NotAskedReason.ROBOTS_UNAVAILABLE, target_uri=url)
