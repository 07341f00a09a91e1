"""IO: the cookies of one attempt; `http.cookiejar`, which keeps them, reads the clock."""

import httpx

from crawler import urls

MAX_COOKIES = 50
"""Of one origin."""
MAX_COOKIE_BYTES = 4096
"""Of one `Set-Cookie` field; a longer one is ignored, as browsers do. Source: RFC 6265 §6.1."""


class Cookies:
    """Sends each cookie only to the origin that set it: stricter than RFC 6265 §8.5."""

    def __init__(self) -> None:
        self._jars: dict[str, httpx.Cookies] = {}

    def add_to(self, request: httpx.Request) -> None:
        """Set the request's `Cookie` field, if there is anything to send."""
        jar = self._jars.get(_origin(request))
        if jar is not None:
            jar.set_cookie_header(request)

    def take_from(self, response: httpx.Response, request: httpx.Request) -> None:
        """Keep the cookies that the response sets, within the limits."""
        lines = [
            line
            for line in response.headers.get_list("set-cookie")
            if len(line) <= MAX_COOKIE_BYTES and _can_be_sent(line)
        ]
        if not lines:
            return
        jar = self._jars.setdefault(_origin(request), httpx.Cookies())
        room = MAX_COOKIES - len(jar.jar)
        jar.extract_cookies(
            httpx.Response(
                response.status_code,
                headers=[("set-cookie", line) for line in lines[:room]],
                request=request,
            )
        )


def _can_be_sent(line: str) -> bool:
    """Only ASCII without controls, tabs aside: RFC 6265 §4.1.1 allows nothing else in a field."""
    return line.isascii() and line.replace("\t", " ").isprintable()


def _origin(request: httpx.Request) -> str:
    return urls.origin(request.extensions["target_uri"])
