"""IO: requests, with the fields and time-outs that the settings give them, each sent in its turn."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, suppress
from typing import Protocol

import httpx

from crawler import urls
from crawler.config import FetchSettings, Settings, is_credential
from crawler.fetch.attempt_budget import AttemptBudget
from crawler.fetch.failures import FAULTS, failure_of
from crawler.fetch.lateness import Lateness
from crawler.fetch.request_rules import RequestRules
from crawler.fetch.response import ResponseSoFar
from crawler.fetch.stopwatch import Stopwatch
from crawler.fetch.transfer import StaleConnectionError
from crawler.model import Failure

PREFERENCES = (
    ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
    ("Accept-Language", "en, *;q=0.5"),
)
"""What we would rather have; nothing is ruled out. Source: RFC 9110 §12.5."""
NO_PREFERENCES = (("Accept", "*/*"),)
"""The same as no field (RFC 9110 §12.5.1), for which libcurl would add it."""
CODINGS = (("Accept-Encoding", "gzip, deflate"),)
"""Sent with every request, behind the preferences; there is no `Referer`, on purpose."""


class Turns(Protocol):
    """Decides when each request may be sent."""

    @property
    def lateness(self) -> Lateness:
        """How late our event loop is."""

    def turn(self, host_key: str) -> AbstractAsyncContextManager[None]:
        """Waits until the host's delay is over and a slot is free, and holds them during the block."""


class Sender:
    """Makes requests and sends them; shared by all attempts."""

    def __init__(
        self,
        settings: Settings,
        *,
        user_agent: str,
        transport: httpx.AsyncBaseTransport,
        turns: Turns,
    ) -> None:
        self._settings = settings
        self._user_agent = user_agent
        self._transport = transport
        self._turns = turns

    def request(
        self,
        target_uri: str,
        budget: AttemptBudget,
        *,
        fields: Mapping[str, str],
        hops: Sequence[str] = (),
        takes_anything: bool = False,
    ) -> httpx.Request:
        """A request with these fields, and with those that the settings have for its host.

        `hops` are the URLs whose redirects led to it. With `takes_anything`, it prefers no type and no
        language. Its extension `has_credentials` tells whether it has any of the settings.
        Raises: one of `FAULTS` when the URL cannot be requested.
        """
        preferences = NO_PREFERENCES if takes_anything else PREFERENCES
        own = (("User-Agent", self._user_agent), *preferences, *CODINGS)
        headers = httpx.Headers(own, encoding="utf-8")
        configured = self._configured(target_uri, hops)
        headers.update(configured)
        headers.update(fields)
        stretch = self._turns.lateness.stretch()
        timeouts = timeouts_of(self._settings.fetch)
        return httpx.Request(
            "GET",
            target_uri,
            headers=headers,
            extensions={
                "target_uri": target_uri,
                "stopwatch": Stopwatch(),
                "budget": budget,
                "stretch": stretch,
                "needs_new_connection": False,
                "has_credentials": any(map(is_credential, configured)),
                "timeout": {name: seconds * stretch for name, seconds in timeouts.items()},
            },
        )

    def _configured(self, target_uri: str, hops: Sequence[str]) -> dict[str, str]:
        """The fields that the settings have for the host of the request.

        None after a redirect from https to http. Credentials go over https, to the origin that was
        asked first and has not led elsewhere since: a redirect of somebody else may name any page.
        """
        is_secure = urls.scheme(target_uri) == "https"
        if not is_secure and any(urls.scheme(hop) == "https" for hop in hops):
            return {}
        host = self._settings.host(urls.host_key(target_uri))
        may_be_read = not (is_secure or host.credentials_over_http)
        is_from_elsewhere = any(urls.origin(hop) != urls.origin(target_uri) for hop in hops)
        if not may_be_read and not is_from_elsewhere:
            return dict(host.headers)
        return {name: text for name, text in host.headers if not is_credential(name)}

    async def send(
        self, request: httpx.Request, rules: RequestRules
    ) -> tuple[ResponseSoFar | None, Failure | None]:
        """The response (None without a complete head), and the failure that cut it short (None for none).

        Where a used connection brings something else than the answer, the request is sent again over
        a new one. Afterwards the connection is ready for another request, or closed.
        """
        target_uri: str = request.extensions["target_uri"]
        stopwatch: Stopwatch = request.extensions["stopwatch"]
        budget: AttemptBudget = request.extensions["budget"]
        received: ResponseSoFar | None = None
        try:
            async with self._turns.turn(urls.host_key(target_uri)), budget.spending():
                try:
                    for _ in range(2):
                        received = None
                        with suppress(StaleConnectionError):
                            response = await self._transport.handle_async_request(request)
                            async with aclosing(response):
                                received = ResponseSoFar(response, rules)
                                await received.read()
                            break
                        request.extensions["needs_new_connection"] = True
                finally:
                    stopwatch.stop()
        except FAULTS as fault:
            return received, failure_of(fault, stopwatch.phase, target_uri)
        return received, None


def timeouts_of(settings: FetchSettings) -> dict[str, float]:
    """Seconds, by httpx's names for the time-outs."""
    read = settings.read_timeout
    return {"connect": settings.connect_timeout, "read": read, "write": read}
