"""IO: one attempt: the request for a target, and those that its redirects lead to."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeVar

import httpx

from crawler import urls
from crawler.fetch import next_hop
from crawler.fetch.attempt_budget import AttemptBudget
from crawler.fetch.cookies import Cookies
from crawler.fetch.failures import FAULTS, failure_of
from crawler.fetch.page_reader import ReadPage
from crawler.fetch.request_rules import PagesToRead, Refusal, RequestRules
from crawler.fetch.response import ResponseSoFar
from crawler.fetch.sender import Sender
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

NOT_ACCEPTABLE = 406
"""Source: RFC 9110 §15.5.7."""
_NO_SUCH_HOST = frozenset({FailureKind.DNS_NOT_FOUND, FailureKind.DNS_NO_ADDRESS})
Outcome = Answer | Failure | NotAsked
_HasUrl = TypeVar("_HasUrl", bound=Exchange | Failure | NotAsked)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptResult:
    """The result of an attempt, and what decides whether it is made again."""

    fetch: Fetch
    content: bytes = b""
    """Of the last response, where contents are not read as pages."""
    content_type: str | None = None
    """As it was sent with that content."""
    stretch: float = 1.0
    """Factor by which the time-outs of the last request were longer than in the settings."""
    refusal: Refusal | None = None
    """Why the gate ended the attempt; None when it did not."""

    @property
    def is_refused_for_good(self) -> bool:
        """Whether the gate would refuse the next attempt too."""
        return self.refusal is not None and not self.refusal.may_pass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hop:
    """The result of one request of the attempt."""

    outcome: str | Outcome
    """The URL to go to next, or how the attempt ends."""
    stretch: float = 1.0
    refusal: Refusal | None = None
    received: ResponseSoFar | None = None
    page: Page | None = None


class Attempt:
    """One attempt at a target; `run` it once."""

    def __init__(
        self,
        target: Target,
        rules: RequestRules,
        budget: AttemptBudget,
        *,
        sender: Sender,
        read_page: ReadPage,
    ) -> None:
        self._target = target
        self._rules = rules
        self._budget = budget
        self._sender = sender
        self._read_page = read_page
        self._reads_pages = rules.pages is not PagesToRead.NONE
        self._conditions = _conditions(target.validators) if rules.is_conditional else {}
        self._cookies = Cookies()
        self._takes_anything = False
        """Whether a server refused what we prefer: the rest of the attempt goes without."""
        self._had_credentials = False
        """Whether a request had any that the settings have for its host."""
        self._visited: set[tuple[str, str | None]] = set()
        """URLs, each with the cookies that were sent."""
        self._exchanges: list[Exchange] = []
        self._stopwatches: list[Stopwatch] = []
        self._seconds: list[float] = []
        """Taken by the servers for each request; names are not resolved by them."""

    async def run(self) -> AttemptResult:
        """The result of the attempt; it never raises, whatever servers do."""
        hop = await self._hop(self._target.url)
        while isinstance(hop.outcome, str):
            hop = await self._hop(hop.outcome)
        outcome = hop.outcome
        if self._is_redirect_without_host(outcome):
            outcome = _failure(FailureKind.BAD_REDIRECT, self._exchanges[-1].target_uri)
        kept = None if self._reads_pages else hop.received
        return AttemptResult(
            fetch=self._fetch(hop, outcome),
            content=kept.content if kept else b"",
            content_type=kept.content_type if kept else None,
            stretch=hop.stretch,
            refusal=hop.refusal,
        )

    async def _hop(self, url: str) -> _Hop:
        target_uri = urls.without_fragment(url)
        try:
            request = self._request(target_uri)
        except FAULTS as fault:
            return _Hop(outcome=failure_of(fault, Phase.RESPONSE, target_uri))
        failure = self._dead_end(target_uri, request)
        if failure is not None:
            return _Hop(outcome=failure)
        refusal = await self._rules.gate(target_uri, self._budget)
        if refusal is not None:
            stretch = request.extensions["stretch"]
            return _Hop(outcome=refusal.outcome, stretch=stretch, refusal=refusal)
        return await self._exchange(url, request)

    def _is_redirect_without_host(self, outcome: Outcome) -> bool:
        """Whether a redirect leads to a name without a dot that does not exist.

        No host of the web has such a name: the server put a path there, as in `//docs/`.
        """
        if not (self._exchanges and isinstance(outcome, Failure)):
            return False
        return outcome.kind in _NO_SUCH_HOST and "." not in urls.host(outcome.target_uri)

    def _dead_end(self, target_uri: str, request: httpx.Request) -> Failure | None:
        """Why redirects are not followed any further."""
        visit = target_uri, request.headers.get("cookie")
        if visit in self._visited:
            return _failure(FailureKind.REDIRECT_LOOP, target_uri)
        if len(self._visited) > self._rules.max_redirects:
            return _failure(FailureKind.TOO_MANY_REDIRECTS, target_uri)
        self._visited.add(visit)
        return None

    async def _exchange(self, url: str, request: httpx.Request) -> _Hop:
        stretch = request.extensions["stretch"]
        received, failure = await self._send(request)
        again = self._without_preferences(request, received)
        if again is not None:
            return await self._exchange(url, again)
        if received is None:
            fault = failure or _failure(FailureKind.PROTOCOL_ERROR, urls.without_fragment(url))
            return _Hop(outcome=fault, stretch=stretch)
        page = None
        redirect = None if failure else self._redirect_by_fields(url, received)
        if redirect is None and self._is_page_read(failure, received):
            page = await self._read_page(received.content, url, received.content_type)
            redirect = _redirect_by_page(url, received, page)
        self._exchanges.append(
            Exchange(
                target_uri=urls.without_fragment(url),
                status_code=received.status_code,
                fields=received.kept_fields(),
                redirect=redirect,
            )
        )
        if redirect is not None:
            self._cookies.take_from(received.response, request)
        outcome = self._outcome(failure, redirect, received)
        if isinstance(outcome, str):  # the response is needed no longer
            return _Hop(outcome=outcome)
        return _Hop(outcome=outcome, stretch=stretch, received=received, page=page)

    async def _send(self, request: httpx.Request) -> tuple[ResponseSoFar | None, Failure | None]:
        stopwatch: Stopwatch = request.extensions["stopwatch"]
        self._stopwatches.append(stopwatch)
        self._had_credentials |= request.extensions["has_credentials"]
        seconds_before = self._budget.seconds
        try:
            return await self._sender.send(request, self._rules)
        finally:
            seconds = stopwatch.server_seconds
            if seconds is None:
                # The budget does not count time that our own loop lost by being late.
                resolving = stopwatch.duration(Phase.RESOLVE).total_seconds()
                seconds = max(0.0, seconds_before - self._budget.seconds - resolving)
            self._seconds.append(seconds)

    def _without_preferences(
        self, request: httpx.Request, received: ResponseSoFar | None
    ) -> httpx.Request | None:
        """The request to send after a 406, once in an attempt; None when there is none.

        A server may have the page only in a type or language that we did not ask for; a browser, or
        a person, would take it. Source: RFC 9110 §15.5.7.
        """
        is_refused = received is not None and received.status_code == NOT_ACCEPTABLE
        if not is_refused or self._takes_anything or not self._reads_pages:
            return None
        self._takes_anything = True
        again = self._request(request.extensions["target_uri"])
        return None if again.headers == request.headers else again

    def _redirect_by_fields(self, url: str, received: ResponseSoFar) -> Redirect | None:
        if received.status_code in next_hop.FOLLOWED:
            return next_hop.by_location(url, received.values("location"))
        if not (self._reads_pages and received.succeeded):
            return None
        return next_hop.by_refresh_field(url, received.text("refresh"))

    def _is_page_read(self, failure: Failure | None, received: ResponseSoFar) -> bool:
        if received.succeeded:
            return failure is None and self._reads_pages
        return self._rules.pages is PagesToRead.ALL and not received.is_empty

    def _outcome(
        self, failure: Failure | None, redirect: Redirect | None, received: ResponseSoFar
    ) -> str | Outcome:
        # With a status code of 400 or more, it does not matter whether the content is complete.
        if failure is not None and received.status_code < 400:
            return failure
        if redirect is not None:
            return redirect.target
        if not self._is_final(received):
            return _failure(FailureKind.BAD_REDIRECT, self._exchanges[-1].target_uri)
        return Answer(
            media_type=received.media_type,
            empty=received.is_empty and received.status_code != 304,
            truncated=received.is_truncated,
        )

    def _is_final(self, received: ResponseSoFar) -> bool:
        """Whether a response without a redirect to follow can be judged."""
        if received.status_code == 304:
            return len(self._exchanges) == 1 and bool(self._conditions)
        if 300 <= received.status_code < 400:
            # A choice of several places, or a bot filter's page: Sucuri sends its own with 307.
            return not received.is_empty and not received.values("location")
        return True

    def _request(self, target_uri: str) -> httpx.Request:
        fields = {} if self._exchanges else self._conditions
        request = self._sender.request(
            target_uri,
            self._budget,
            fields=fields,
            hops=[exchange.target_uri for exchange in self._exchanges],
            takes_anything=self._takes_anything,
        )
        self._cookies.add_to(request)
        return request

    def _fetch(self, hop: _Hop, outcome: Outcome) -> Fetch:
        received = hop.received
        facts = Facts(
            outcome=outcome if isinstance(outcome, Answer) else _with_short_urls(outcome),
            exchanges=tuple(map(_with_short_urls, self._exchanges)),
            certificate=received.certificate if received else None,
        )
        address = received.address if received else None
        if received is not None and isinstance(outcome, Answer):
            return Fetch(
                facts=facts,
                page=hop.page,
                address=address,
                timings=self._timings(),
                validators=self._validators(received),
                retry_after=received.retry_after(),
                sent_at=received.sent_at(),
                had_credentials=self._had_credentials,
            )
        was_asked = bool(self._stopwatches) or isinstance(outcome, Failure)
        return Fetch(
            facts=facts,
            address=address,
            timings=self._timings(),
            retry_after=hop.refusal.retry_after if hop.refusal else None,
            attempts=1 if was_asked else 0,
            had_credentials=self._had_credentials,
        )

    def _validators(self, received: ResponseSoFar) -> Validators | None:
        """Only those of the target itself: the next run requests the target, not what it redirects to."""
        if len(self._exchanges) > 1:
            return None
        if received.status_code == 304:
            return self._target.validators
        return received.validators() if received.status_code == 200 else None

    def _timings(self) -> Timings:
        def over_all_hops(phase: Phase) -> timedelta:
            return sum((watch.duration(phase) for watch in self._stopwatches), timedelta())

        return Timings(
            resolve=over_all_hops(Phase.RESOLVE),
            connect=over_all_hops(Phase.CONNECT),
            tls=over_all_hops(Phase.TLS),
            response=over_all_hops(Phase.RESPONSE),
            total=timedelta(seconds=sum(self._seconds)),
        )


def _conditions(validators: Validators | None) -> dict[str, str]:
    """The fields of a conditional request. Source: RFC 9110 §13.1."""
    if validators is None:
        return {}
    fields = {
        "If-None-Match": validators.etag,
        "If-Modified-Since": validators.last_modified,
    }
    return {name: value for name, value in fields.items() if value}


def _redirect_by_page(url: str, received: ResponseSoFar, page: Page) -> Redirect | None:
    is_followed = received.succeeded and received.is_page
    return next_hop.by_meta(url, page.refresh) if is_followed else None


def _with_short_urls(value: _HasUrl) -> _HasUrl:
    """The value with its URLs as long as they are stored; requests use the whole URL."""
    short = replace(value, target_uri=value.target_uri[:URL_LENGTH])
    if not isinstance(short, Exchange) or short.redirect is None:
        return short
    redirect = replace(short.redirect, target=short.redirect.target[:URL_LENGTH])
    return replace(short, redirect=redirect)


def _failure(kind: FailureKind, target_uri: str) -> Failure:
    return Failure(kind=kind, phase=Phase.RESPONSE, target_uri=target_uri)
