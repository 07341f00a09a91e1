"""IO: requests to an archive: few, slow, remembered, and none after it asks us to stop."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from crawler import urls
from crawler.config import Settings
from crawler.crawl.host_turns import HostTurns
from crawler.fetch import AttemptBudget, Fetcher, Transport
from crawler.fetch.exclusion import excluding
from crawler.fetch.fetcher import RawFetch
from crawler.fetch.request_rules import Gate, Refusal
from crawler.search.archive_answers import http_time
from crawler.search.archive_cache import ArchiveAnswer, ArchiveCache
from crawler.search.surroundings import Surroundings

SECONDS_BETWEEN = 3.0
"""From the start of one request to the start of the next."""
MOST_REQUESTS = 20
"""In one night: on one day in UTC."""
TIMEOUT = 40.0
"""Seconds for one request."""
MAX_BYTES = 2_097_152
KEPT = timedelta(days=30)
"""How long an answer with captures is remembered."""
KEPT_NONE = timedelta(days=7)
"""How long it is remembered that there are none."""
MOST_FAULTS = 2
"""In a row; then the archive is left alone."""
_MAX_REDIRECTS = 4
_TOO_MANY_REQUESTS = 429
_LASTING = frozenset({200, 301, 302, 303, 307, 308, 404})


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A request, with all on which its answer depends."""

    url: str
    accepted: str = ""
    """The time for which a capture is wanted, as HTTP writes it. Source: RFC 7089 §2.1.1."""
    follows: bool = True
    """Whether redirects are followed."""

    @property
    def key(self) -> str:
        """Equal for equal questions."""
        return f"{self.url} {self.accepted} {self.follows}"


class ArchiveAsker:
    """Asks one archive, one question at a time."""

    def __init__(
        self, settings: Settings, around: Surroundings, cache: ArchiveCache, timeout: float
    ) -> None:
        """`timeout` is that of one request, in seconds."""
        self._settings = _patient(_without_others_credentials(settings), timeout)
        self._gate = _gate_of(settings)
        self._around = around
        self._clock = around.clock
        self._cache = cache
        self._lock = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._left = cache.left(self._today(), MOST_REQUESTS)
        self._faults = 0
        self._last: datetime | None = None
        """When the last request began."""

    async def ask(
        self, question: Question, has_found: Callable[[ArchiveAnswer], bool]
    ) -> ArchiveAnswer | None:
        """The answer; None without one, and when no more may be asked.

        `has_found` tells whether something was found: that is remembered for longer.
        """
        async with self._one_at_a_time():
            known = self._cache.load(question.key, self._clock())
            if known or self._left <= 0:
                return known
            await self._wait()
            answer = _answer(await self._sent(question))
            self._count(answer)
            if answer is None or answer.status not in _LASTING:
                return None
            kept = KEPT if has_found(answer) else KEPT_NONE
            self._cache.save(question.key, answer, self._clock() + kept)
            return answer

    def _one_at_a_time(self) -> asyncio.Lock:
        """The lock of the event loop that runs: parts of a search have one each."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop, self._lock = loop, asyncio.Lock()
        return self._lock

    async def _wait(self) -> None:
        """Until it is polite to ask again."""
        if self._last is not None:
            passed = (self._clock() - self._last).total_seconds()
            if passed < SECONDS_BETWEEN:
                await self._around.sleep(SECONDS_BETWEEN - max(passed, 0.0))
        self._last = self._clock()

    def _count(self, answer: ArchiveAnswer | None) -> None:
        self._left -= 1
        self._faults = self._faults + 1 if answer is None else 0
        is_told_to_stop = answer is not None and answer.status == _TOO_MANY_REQUESTS
        if is_told_to_stop or self._faults >= MOST_FAULTS:
            self._left = 0
        self._cache.note_left(self._today(), self._left)

    def _today(self) -> date:
        return self._clock().astimezone(UTC).date()

    async def _sent(self, question: Question) -> RawFetch:
        settings = _for_question(self._settings, question)
        turns = HostTurns(settings, backlog=lambda: 1)
        transport = Transport(settings, self._around.resolver)
        async with Fetcher(
            settings, version=self._around.version, transport=transport, turns=turns
        ) as fetcher:
            return await fetcher.raw(question.url, gate=self._gate, max_bytes=MAX_BYTES)


def _gate_of(settings: Settings) -> Gate:
    """A gate that is open for the archive itself: the settings say that it may be asked.

    It may name addresses of other hosts: there the settings' exclusions hold.
    """
    archive = urls.host_key(settings.archive.endpoint)
    elsewhere = excluding(settings.fetch.exclude, _open_gate)

    async def gate(url: str, budget: AttemptBudget, /) -> Refusal | None:
        return None if urls.host_key(url) == archive else await elsewhere(url, budget)

    return gate


async def _open_gate(_url: str, _budget: AttemptBudget, /) -> None:
    """The archive's robots.txt is about its pages."""


def _without_others_credentials(settings: Settings) -> Settings:
    """Settings with those for the archive only: it may name any page that others must not read."""
    archive = urls.host_key(settings.archive.endpoint)
    hosts = (
        (name, host if name == archive else replace(host, headers=host.public_headers))
        for name, host in settings.hosts
    )
    return replace(settings, hosts=tuple(hosts))


def _patient(settings: Settings, timeout: float) -> Settings:
    fetch = replace(
        settings.fetch,
        attempts=1,
        connect_timeout=timeout,
        exclude=(),  # As `_gate_of` says.
        host_delay=0,
        read_timeout=timeout,
        total_timeout=timeout,
    )
    return replace(settings, fetch=fetch)


def _for_question(settings: Settings, question: Question) -> Settings:
    redirects = _MAX_REDIRECTS if question.follows else 0
    hosts = dict(settings.hosts)
    if question.accepted:
        key = urls.host_key(question.url)
        host = settings.host(key)
        fields = (*host.headers, ("Accept-Datetime", question.accepted))
        hosts[key] = replace(host, headers=fields)
    return replace(
        settings,
        fetch=replace(settings.fetch, max_redirects=redirects),
        hosts=tuple(hosts.items()),
    )


def _answer(raw: RawFetch) -> ArchiveAnswer | None:
    """None when nothing was received."""
    facts = raw.fetch.facts
    if not facts.exchanges:
        return None
    last = facts.exchanges[-1]
    if 200 <= last.status_code < 300 and not facts.succeeded:
        return None
    fields = dict(last.fields)
    return ArchiveAnswer(
        url=last.target_uri,
        status=last.status_code,
        content=raw.content,
        content_type=raw.content_type or "",
        location=last.redirect.target if last.redirect else "",
        captured_at=http_time(fields.get("memento-datetime", "")),
    )
