"""IO: one attempt: a request, and those that its redirects lead to."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto
from typing import Protocol, TypeVar

import httpx

from crawler import urls
from crawler.config import FetchSettings, Settings
from crawler.fetch import next_hop
from crawler.fetch.attempt_budget import AttemptBudget
from crawler.fetch.cookies import Cookies
from crawler.fetch.failures import FAULTS, failure_of
from crawler.fetch.lateness import Lateness
from crawler.fetch.page_reader import Reads
from crawler.fetch.response import Appetite, ResponseSoFar, ask
from crawler.fetch.stopwatch import Stopwatch
from crawler.model import (
    Answer,
    Exchange,
    Facts,
    Failure,
    FailureKind,
    Fetch,
    NotAsked,
    Page,
    Phase,
    Redirect,
    Target,
    Timings,
    Validators,
)
from crawler.text import URL_LENGTH

Outcome = Answer | Failure | NotAsked
_Said = TypeVar("_Said", bound=Exchange | Failure | NotAsked)

REQUEST_FIELDS = (
    ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
    ("Accept-Language", "en"),
    ("Accept-Encoding", "gzip, deflate"),
)
"""Sent with every request; there is no `Referer`, on purpose."""


class Turns(Protocol):
    """Whose turn it is to have a request on the wire."""

    @property
    def lateness(self) -> Lateness:
        """How late we are ourselves."""

    def turn(self, host_key: str) -> AbstractAsyncContextManager[None]:
        """Entered when the host's pace and a free slot allow it; held while the request is on the wire."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a URI is not to be asked."""

    outcome: NotAsked | Failure
    may_pass: bool = True
    """Whether another attempt may bring another answer."""
    retry_after: float | None = None
    """Seconds that the server wants us to wait for it."""


class Gate(Protocol):
    """Who may say that a URI is not to be asked."""

    async def __call__(self, uri: str, allowance: AttemptBudget) -> Refusal | None:
        """None when the URI may be asked; called before every hop, with no turn held.

        What it needs to ask for itself is at the expense of the attempt's allowance.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """What all chains share."""

    settings: Settings
    user_agent: str
    """With our version in it."""
    transport: httpx.AsyncBaseTransport
    turns: Turns
    reader: Reads


class Pages(Enum):
    """Which contents are read as pages; the refresh of one that is read is followed."""

    NONE = auto()
    FOUND = auto()
    """Those of responses that succeeded."""
    ALL = auto()
    """Those of errors too, which may be a bot filter's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How one kind of target is asked for."""

    gate: Gate
    max_redirects: int
    appetite: Appetite
    pages: Pages


class Chain:
    """One attempt at a target; `run` it once."""

    def __init__(
        self, wire: Wire, manner: Manner, target: Target, allowance: AttemptBudget
    ) -> None:
        self._wire = wire
        self._manner = manner
        self._target = target
        self._allowance = allowance
        self._conditions = _conditions(target, conditional=wire.settings.fetch.conditional)
        self._cookies = Cookies()
        self._visited: set[tuple[str, str | None]] = set()
        self._exchanges: list[Exchange] = []
        self._watches: list[Stopwatch] = []
        self._seconds = 0.0
        self._reply = ResponseSoFar()
        self._page: Page | None = None
        self.stretch = 1.0
        """Times the time-outs of the settings that the latest request was given."""
        self.refusal: Refusal | None = None
        """Why the gate ended it; None when it did not."""

    @property
    def content(self) -> bytes:
        """Of the last response, as far as it came."""
        return self._reply.decoder.content

    async def run(self) -> Fetch:
        """What the attempt brought; it never raises for anything that the other side does."""
        step: str | Outcome = self._target.url
        while isinstance(step, str):
            step = await self._hop(step)
        return self._fetch(step)

    async def _hop(self, uri: str) -> str | Outcome:
        """The URI to go to next, or how the chain ends."""
        target_uri = urls.without_fragment(uri)
        self._reply = ResponseSoFar()
        self._page = None
        try:
            request = self._request(target_uri)
        except FAULTS as fault:
            return failure_of(fault, Phase.RESPONSE, target_uri)
        failure = self._dead_end(target_uri, request)
        if failure is not None:
            return failure
        self.refusal = await self._manner.gate(target_uri, self._allowance)
        if self.refusal is not None:
            return self.refusal.outcome
        return await self._exchange(uri, request)

    def _dead_end(self, target_uri: str, request: httpx.Request) -> Failure | None:
        visit = target_uri, request.headers.get("cookie")
        if visit in self._visited:
            return _failure(FailureKind.REDIRECT_LOOP, target_uri)
        if len(self._visited) > self._manner.max_redirects:
            return _failure(FailureKind.TOO_MANY_REDIRECTS, target_uri)
        self._visited.add(visit)
        return None

    async def _exchange(self, uri: str, request: httpx.Request) -> str | Outcome:
        target_uri = urls.without_fragment(uri)
        reply = self._reply
        failure = await self._ask(target_uri, request, reply)
        if reply.head is None:
            return failure or _failure(FailureKind.PROTOCOL_ERROR, target_uri)
        redirect = None if failure else self._redirect(uri, reply)
        if redirect is None and self._is_read(failure, reply):
            content = reply.decoder.content
            self._page = await self._wire.reader(content, uri, reply.content_type)
            redirect = self._meta(uri, reply, self._page)
        self._exchanges.append(
            Exchange(
                target_uri=target_uri,
                status_code=reply.status_code,
                fields=reply.kept_fields(),
                redirect=redirect,
            )
        )
        # A status of 400 or more says it all, whatever became of the content.
        if failure is not None and reply.status_code < 400:
            return failure
        if redirect is not None:
            self._cookies.take_from(reply.head, request)
            return redirect.target
        return self._answer(target_uri, reply)

    async def _ask(
        self, target_uri: str, request: httpx.Request, reply: ResponseSoFar
    ) -> Failure | None:
        watch: Stopwatch = request.extensions["stopwatch"]
        self._watches.append(watch)
        try:
            async with self._wire.turns.turn(urls.host_key(target_uri)):
                clock = self._wire.turns.lateness.seconds
                started_at = clock()
                try:
                    async with self._allowance.spending():
                        await ask(self._wire.transport, request, reply, self._manner.appetite)
                finally:
                    watch.stop()
                    self._seconds += clock() - started_at
        except FAULTS as fault:
            return failure_of(fault, watch.phase, target_uri)
        return None

    def _redirect(self, uri: str, reply: ResponseSoFar) -> Redirect | None:
        """What the fields say."""
        if reply.status_code in next_hop.FOLLOWED:
            return next_hop.by_location(uri, reply.values("location"))
        if self._manner.pages is Pages.NONE or not reply.succeeded:
            return None
        return next_hop.by_refresh_field(uri, reply.text("refresh"))

    def _is_read(self, failure: Failure | None, reply: ResponseSoFar) -> bool:
        if reply.succeeded:
            return failure is None and self._manner.pages is not Pages.NONE
        return self._manner.pages is Pages.ALL and not reply.decoder.is_empty

    def _meta(self, uri: str, reply: ResponseSoFar, page: Page) -> Redirect | None:
        """What the page says."""
        if not (reply.succeeded and reply.is_page):
            return None
        return next_hop.by_meta(uri, page.refresh)

    def _answer(self, target_uri: str, reply: ResponseSoFar) -> Answer | Failure:
        if not self._is_final(reply):
            return _failure(FailureKind.BAD_REDIRECT, target_uri)
        is_whole = reply.is_page or not self._manner.appetite.skims
        return Answer(
            media_type=reply.media_type,
            empty=reply.decoder.is_empty and reply.status_code != 304,
            truncated=reply.decoder.is_full and is_whole,
        )

    def _is_final(self, reply: ResponseSoFar) -> bool:
        """Whether a response that leads nowhere else is one to be judged."""
        if reply.status_code == 304:
            return self._is_conditional(len(self._exchanges) - 1)
        if 300 <= reply.status_code < 400:
            # A choice of places, or a bot filter's page: Sucuri sends its own with 307.
            return not reply.decoder.is_empty and not reply.values("location")
        return True

    def _request(self, target_uri: str) -> httpx.Request:
        fields = httpx.Headers(
            (("User-Agent", self._wire.user_agent), *REQUEST_FIELDS), encoding="utf-8"
        )
        fields.update(self._configured_fields(target_uri))
        if self._is_conditional(len(self._exchanges)):
            fields.update(self._conditions)
        request = httpx.Request(
            "GET",
            target_uri,
            headers=fields,
            extensions={
                "target_uri": target_uri,
                "stopwatch": Stopwatch(),
                "allowance": self._allowance,
                "timeout": self._timeouts(),
            },
        )
        self._cookies.add_to(request)
        return request

    def _timeouts(self) -> dict[str, float]:
        self.stretch = self._wire.turns.lateness.stretch()
        timeouts = timeouts_of(self._wire.settings.fetch)
        return {name: seconds * self.stretch for name, seconds in timeouts.items()}

    def _configured_fields(self, target_uri: str) -> dict[str, str]:
        """The fields set for this host, unless a redirect would carry them from https to http."""
        is_downgrade = urls.scheme(target_uri) == "http" and any(
            urls.scheme(exchange.target_uri) == "https" for exchange in self._exchanges
        )
        if is_downgrade:
            return {}
        return dict(self._wire.settings.host(urls.host_key(target_uri)).headers)

    def _is_conditional(self, hop: int) -> bool:
        return hop == 0 and bool(self._conditions)

    def _fetch(self, outcome: Outcome) -> Fetch:
        reply = self._reply
        facts = Facts(
            outcome=outcome if isinstance(outcome, Answer) else _cut(outcome),
            exchanges=tuple(map(_cut, self._exchanges)),
            certificate=reply.certificate,
        )
        if not isinstance(outcome, Answer):
            asked = bool(self._watches) or isinstance(outcome, Failure)
            return Fetch(
                facts=facts,
                address=reply.address,
                timings=self._timings(),
                retry_after=self.refusal.retry_after if self.refusal else None,
                attempts=1 if asked else 0,
            )
        return Fetch(
            facts=facts,
            page=self._page,
            address=reply.address,
            timings=self._timings(),
            validators=self._validators(reply),
            retry_after=reply.retry_after(),
            sent_at=reply.sent_at(),
        )

    def _validators(self, reply: ResponseSoFar) -> Validators | None:
        """Only those of the target itself: a redirect's destination is not asked directly."""
        if len(self._exchanges) > 1:
            return None
        if reply.status_code == 304:
            return self._target.validators
        return reply.validators() if reply.status_code == 200 else None

    def _timings(self) -> Timings:
        def over_all_hops(phase: Phase) -> timedelta:
            return sum((watch.duration(phase) for watch in self._watches), timedelta())

        return Timings(
            resolve=over_all_hops(Phase.RESOLVE),
            connect=over_all_hops(Phase.CONNECT),
            tls=over_all_hops(Phase.TLS),
            response=over_all_hops(Phase.RESPONSE),
            total=timedelta(seconds=self._seconds),
        )


def timeouts_of(settings: FetchSettings) -> dict[str, float]:
    """Seconds, by the names that httpx has for them."""
    read = settings.read_timeout
    return {"connect": settings.connect_timeout, "read": read, "write": read}


def _conditions(target: Target, *, conditional: bool) -> dict[str, str]:
    """The fields of a conditional request. Source: RFC 9110 §13.1."""
    if target.validators is None or not conditional:
        return {}
    fields = {
        "If-None-Match": target.validators.etag,
        "If-Modified-Since": target.validators.last_modified,
    }
    return {name: value for name, value in fields.items() if value}


def _cut(said: _Said) -> _Said:
    """The same with its URIs as long as they are kept; what was asked was asked in full."""
    cut = replace(said, target_uri=said.target_uri[:URL_LENGTH])
    if not isinstance(cut, Exchange) or cut.redirect is None:
        return cut
    redirect = replace(cut.redirect, target=cut.redirect.target[:URL_LENGTH])
    return replace(cut, redirect=redirect)


def _failure(kind: FailureKind, target_uri: str) -> Failure:
    return Failure(kind=kind, phase=Phase.RESPONSE, target_uri=target_uri)
