"""IO: GitHub's REST API, as much of it as an issue needs.

Source: https://docs.github.com/rest/issues
"""

import asyncio
import ipaddress
import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpx

from crawler.errors import ConfigError, PublishError
from crawler.publish.issue_plan import Author, Issue
from crawler.publish.rate_limits import seconds_to_wait
from crawler.text import clean

_VERSION = "2022-11-28"
_SECONDS = 30.0
"""Without a byte, or to connect."""
_WHOLE_SECONDS = 60.0
"""For a request and all of its answer."""
_MOST_BYTES = 32 * 2**20
"""Of an answer: a page has 100 issues of 64 KiB, and what is around them."""
_OPEN_PAGES = 300
"""How many pages of open issues and pull requests, of 100 each, are read; with more, ours cannot be told."""
_CLOSED_PAGES = 30
"""The same for closed ones, the last changed first."""
_TRIES = 3
"""How often a request that changes nothing twice is sent, where the server fails."""
_BETWEEN_CHANGES = 1.0
"""Seconds; GitHub asks for them."""
_REDIRECTS = frozenset({301, 302, 307, 308})
_CODED = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Fields about content that has been decoded since."""
_REPOSITORY = re.compile(r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}")
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


class GitHub:
    """The issues of one repository; close it after use.

    All methods raise `PublishError` where GitHub cannot be reached, or does not do what was asked.
    """

    def __init__(self, access: Access, waiting: Waiting) -> None:
        """Asks for nothing yet.

        Raises:
            ConfigError: the address or the name of the repository cannot be used.
        """
        self._origin = _origin(access.api_url)
        if not _REPOSITORY.fullmatch(access.repository):
            raise ConfigError(f"{clean(access.repository, 100)}: expected --repository OWNER/NAME")
        self._api = access.api_url.rstrip("/")
        self._issues = f"{self._api}/repos/{access.repository}/issues"
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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()

    def own_login(self) -> str:
        """The name of the token's user; empty for the token of an app, which has none."""
        response = self._send("GET", f"{self._api}/user", is_refusable=True)
        return str(_field(response, "login")) if response.status_code == HTTPStatus.OK else ""

    def issues(self, *, are_open: bool) -> Iterator[Issue]:
        """All issues that are open, or those closed ones that were changed last, in that order."""
        state = "open" if are_open else "closed"
        query = f"?state={state}&sort=updated&direction=desc&per_page=100"
        pages = self._pages(self._issues + query)
        for number, page in enumerate(pages, 1):
            yield from (_issue(one) for one in page if "pull_request" not in one)
            if number == _CLOSED_PAGES and not are_open:
                return

    def comments(self, number: int, since: datetime) -> Iterator[tuple[Author, str]]:
        """The authors and texts of the comments that were changed since then."""
        query = f"?since={since:%Y-%m-%dT%H:%M:%SZ}&per_page=100"
        for page in self._pages(f"{self._issues}/{number}/comments{query}"):
            yield from ((_author(one), str(one.get("body") or "")) for one in page)

    def create(self, title: str, body: str) -> Issue:
        """Makes a new issue."""
        return _issue(self._json("POST", self._issues, {"title": title, "body": body}))

    def change(self, number: int, **values: str) -> None:
        """Gives the issue these values: `body`, `state`, `state_reason`."""
        self._send("PATCH", f"{self._issues}/{number}", values)

    def comment(self, number: int, body: str) -> None:
        """Adds a comment to the issue."""
        self._send("POST", f"{self._issues}/{number}/comments", {"body": body})

    def _pages(self, url: str) -> Iterator[list[dict[str, Any]]]:
        """The objects of each page of a list; a page names the next one."""
        for _ in range(_OPEN_PAGES):
            response = self._send("GET", url)
            found = _decoded(response)
            if not isinstance(found, list):
                raise _unexpected("a list")
            yield [one for one in found if isinstance(one, dict)]
            url = self._own(response.links.get("next", {}).get("url", ""), url)
            if not url:
                return
        raise PublishError(f"{self._origin}: a list has more than {_OPEN_PAGES} pages")

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

    def _json(self, method: str, url: str, values: dict[str, str]) -> dict[str, Any]:
        found = _decoded(self._send(method, url, values))
        if not isinstance(found, dict):
            raise _unexpected("an object")
        return found

    def _send(
        self,
        method: str,
        url: str,
        values: dict[str, str] | None = None,
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

    def _once(self, method: str, url: str, values: dict[str, str] | None) -> httpx.Response | None:
        """The answer to one request; None when there is none, or no end of it."""
        try:
            return self._runner.run(self._answer(method, url, values))
        except (httpx.RequestError, TimeoutError):
            return None

    async def _answer(
        self, method: str, url: str, values: dict[str, str] | None
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
        page = _page_of(response)
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
            context.load_verify_locations(ca_bundle)
        except OSError as error:  # `ssl.SSLError` is one, too
            raise ConfigError(f"fetch.ca_bundle: {ca_bundle}: cannot be used") from error
    return context


# --- answers ------------------------------------------------------------------------------------


def _decoded(response: httpx.Response) -> object:
    try:
        return response.json()
    except (RecursionError, ValueError):
        raise _unexpected("JSON") from None


def _object(response: httpx.Response) -> dict[str, Any]:
    """What the answer says; empty where that is no object."""
    try:
        found = response.json()
    except (RecursionError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _page_of(response: httpx.Response) -> str:
    return str(_object(response).get("documentation_url", ""))


def _field(response: httpx.Response, name: str) -> object:
    return _object(response).get(name, "")


def _issue(found: dict[str, Any]) -> Issue:
    try:
        return Issue(
            number=int(found["number"]),
            url=clean(str(found.get("html_url", "")), 300),
            body=str(found.get("body") or ""),
            is_open=found["state"] == "open",
            author=_author(found),
        )
    except (KeyError, TypeError, ValueError):
        raise _unexpected("an issue") from None


def _author(found: dict[str, Any]) -> Author:
    user = found.get("user")
    user = user if isinstance(user, dict) else {}  # None for a deleted account
    return Author(
        login=str(user.get("login", "")),
        is_bot=user.get("type") == "Bot",
        association=str(found.get("author_association", "")),
    )


def _unexpected(what: str) -> PublishError:
    return PublishError(f"the API's answer is not {what}; is --api-url right?")
