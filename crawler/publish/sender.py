"""IO: requests to an API that takes JSON and a token: repeated, within its limits, to its own host only."""

import asyncio
import ipaddress
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from crawler.errors import ConfigError, PublishError
from crawler.publish.rate_limits import seconds_to_wait
from crawler.text import clean

_VERSION = "2022-11-28"
_SECONDS = 30.0
"""Without a byte, or to connect."""
_WHOLE_SECONDS = 60.0
"""For a request and all of its answer."""
_MOST_BYTES = 32 * 2**20
"""Of an answer: a page has 100 issues of 64 KiB, and what is around them."""
_MOST_PAGES = 300
"""Of a list, of 100 entries each; with more issues and pull requests open, ours cannot be told."""
_TRIES = 3
"""How often a request that changes nothing twice is sent, where the server fails."""
_BETWEEN_CHANGES = 1.0
"""Seconds; GitHub asks for them."""
_REDIRECTS = frozenset({301, 302, 307, 308})
_CODED = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Fields about content that has been decoded since."""
_WHY: dict[int, str] = {
    401: "the token is not accepted: it is wrong, or no longer valid. Make a new one",
    403: "the token may not do that. It needs the permission to write issues (`issues: write`)",
    404: "there is no such repository or issue, or the token may not see it",
    410: "the issue is gone, or issues are switched off in the settings of the repository",
}
"""What a status means here, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Where the API is, and how we may use it."""

    api_url: str
    """Such as `https://api.github.com`; http only to a loopback address."""
    repository: str
    """As `OWNER/NAME`."""
    token: str
    user_agent: str
    ca_bundle: str = ""
    """A file with more certificate authorities; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How a pause is made, and how long all of them together may be."""

    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    """Takes seconds."""
    most: float
    """Seconds."""


class Sender:
    """Sends requests to the API, one after the other; close it after use.

    All methods raise `PublishError` where it cannot be reached, or does not do what was asked.
    """

    def __init__(self, access: Access, waiting: Waiting) -> None:
        """Asks for nothing yet.

        Raises:
            ConfigError: the address or the certificates cannot be used.
        """
        self._origin = _origin(access.api_url)
        self._waiting = waiting
        self._left = waiting.most
        self._has_changed = False
        self._runner = asyncio.Runner()
        self._client = httpx.AsyncClient(
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {access.token}",
                "User-Agent": access.user_agent,
                "X-GitHub-Api-Version": _VERSION,
            },
            timeout=_SECONDS,
            trust_env=False,
            verify=_trusted(access.ca_bundle),
        )

    def close(self) -> None:
        """Closes the connections."""
        self._runner.run(self._client.aclose())
        self._runner.close()

    def change(self, method: str, url: str, values: Mapping[str, str]) -> None:
        """Sends these values, and returns when they were taken."""
        self._send(method, url, values)

    def create(self, url: str, values: Mapping[str, str]) -> dict[str, Any]:
        """Makes something of these values, and returns it as the API shows it."""
        found = _decoded(self._send("POST", url, values))
        if not isinstance(found, dict):
            raise unexpected("an object")
        return found

    def read_if_allowed(self, url: str) -> dict[str, Any]:
        """The object at the address; empty where the API refuses it, or has none."""
        response = self._send("GET", url, is_refusable=True)
        return _object(response) if response.status_code == HTTPStatus.OK else {}

    def pages(self, url: str) -> Iterator[list[dict[str, Any]]]:
        """The objects of each page of a list; a page names the next one."""
        for _ in range(_MOST_PAGES):
            response = self._send("GET", url)
            found = _decoded(response)
            if not isinstance(found, list):
                raise unexpected("a list")
            yield [one for one in found if isinstance(one, dict)]
            url = self._own(response.links.get("next", {}).get("url", ""), url)
            if not url:
                return
        raise PublishError(f"{self._origin}: a list has more than {_MOST_PAGES} pages")

    def _own(self, found: str, base: str) -> str:
        """The address that an answer names; only the API's own host gets the token."""
        if not found:
            return ""
        try:
            url = urljoin(base, found)
            is_own = _origin(url) == self._origin
        except (ConfigError, ValueError):
            url, is_own = found, False
        if not is_own:
            where = clean(url.partition("?")[0], 100)
            raise PublishError(f"{self._origin}: it leads to {where}, where no token is sent")
        return url

    def _send(
        self,
        method: str,
        url: str,
        values: Mapping[str, str] | None = None,
        *,
        is_refusable: bool = False,
    ) -> httpx.Response:
        """The answer, a good one; with `is_refusable`, also one that refuses."""
        tries = 0
        while True:
            if method != "GET":
                self._pause_before_change()
            response = self._once(method, url, values)
            tries += 1
            if _is_sent_again(method, response, tries):
                self._waiting.sleep(float(2**tries))
            elif response is None:
                raise PublishError(f"{self._origin}: it cannot be reached, or does not answer")
            elif (wait := self._limit(response, tries)) is not None:
                self._pause(wait, tries)
            elif response.status_code in _REDIRECTS and tries < _TRIES:
                url = self._own(response.headers.get("location", ""), url) or url
            elif response.is_success or (is_refusable and response.status_code in (403, 404)):
                return response
            else:
                raise self._refused(response)

    def _once(
        self, method: str, url: str, values: Mapping[str, str] | None
    ) -> httpx.Response | None:
        """The answer to one request; None when there is none, no end of it, or it names an impossible URL."""
        try:
            return self._runner.run(self._answer(method, url, values))
        except (httpx.InvalidURL, httpx.RequestError, TimeoutError, UnicodeError):
            return None

    async def _answer(
        self, method: str, url: str, values: Mapping[str, str] | None
    ) -> httpx.Response:
        content = bytearray()
        async with (
            asyncio.timeout(_WHOLE_SECONDS),
            self._client.stream(method, url, json=values) as response,
        ):
            async for part in response.aiter_bytes():
                content += part
                if len(content) > _MOST_BYTES:
                    raise PublishError(f"{self._origin}: an answer is too long")
        fields = [(name, value) for name, value in response.headers.items() if name not in _CODED]
        return httpx.Response(response.status_code, headers=fields, content=bytes(content))

    def _limit(self, response: httpx.Response, tries: int) -> float | None:
        """Seconds until the limit of requests lets this one through; None if that is not its fault."""
        fields = {name.lower(): value for name, value in response.headers.items()}
        page = str(_object(response).get("documentation_url", ""))
        now = self._waiting.clock()
        return seconds_to_wait(response.status_code, fields, page, now, tries - 1)

    def _pause(self, seconds: float, tries: int) -> None:
        if seconds > self._left or tries >= _TRIES:
            raise PublishError(
                f"{self._origin}: the limit of requests is reached. "
                f"Try again in {seconds:.0f} seconds"
            )
        self._left -= seconds
        self._waiting.sleep(seconds)

    def _pause_before_change(self) -> None:
        if self._has_changed:
            self._waiting.sleep(_BETWEEN_CHANGES)
        self._has_changed = True

    def _refused(self, response: httpx.Response) -> PublishError:
        status = response.status_code
        if why := _WHY.get(status):
            return PublishError(f"{self._origin} answers with {status}: {why}")
        said = clean(str(_object(response).get("message", "")), 200)
        told = f": {said}" if said else ""
        return PublishError(f"{self._origin} answers with {status}{told}. Nothing more was sent")


def _is_sent_again(method: str, response: httpx.Response | None, tries: int) -> bool:
    """Whether the server failed, and the request may be repeated.

    Nobody knows what became of a POST then.
    """
    is_failure = response is None or response.is_server_error
    return is_failure and method != "POST" and tries < _TRIES


def _origin(url: str) -> str:
    """Scheme, host and port of an address of the API.

    Raises:
        ConfigError: a token may not be sent there.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ConfigError("--api-url: this is no URL") from None
    host = parts.hostname or ""
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))
    if not host or not is_safe or parts.username is not None:
        raise ConfigError("--api-url: expected https://HOST/…; a token goes over https only")
    named = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{named}" + (f":{port}" if port else "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _trusted(ca_bundle: str) -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    if ca_bundle:
        try:
            if not Path(ca_bundle).is_file():  # A FIFO would be waited for.
                raise FileNotFoundError(ca_bundle)
            context.load_verify_locations(ca_bundle)
        except OSError as error:  # `ssl.SSLError` is one, too
            raise ConfigError(f"fetch.ca_bundle: {ca_bundle}: cannot be used") from error
    return context


def _decoded(response: httpx.Response) -> object:
    try:
        return response.json()
    except (RecursionError, ValueError):
        raise unexpected("JSON") from None


def _object(response: httpx.Response) -> dict[str, Any]:
    """What the answer says; empty where that is no object."""
    try:
        found = response.json()
    except (RecursionError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def unexpected(what: str) -> PublishError:
    """The error for an answer that is something else."""
    return PublishError(f"the API's answer is not {what}; is --api-url right?")
