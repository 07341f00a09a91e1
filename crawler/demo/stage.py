"""Pure: a world as bytes, ready to be served; no sockets and no clock here."""

from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus

from crawler.demo.sites import Reply, redirect
from crawler.demo.worlds import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked."""

    scheme: str
    method: str
    host: str
    path: str
    """With the query."""
    user_agent: str
    etag: str
    """Of `If-None-Match`."""


def read_request(head: bytes, scheme: str) -> Request:
    """The request whose head is given, without its last empty line; made for well-behaved clients."""
    request_line, *lines = head.decode("latin-1").split("\r\n")
    method, path, _version = request_line.split(" ")
    parts = (line.partition(":") for line in lines)
    fields = {name.lower(): value.strip() for name, _, value in parts}
    return Request(
        scheme=scheme,
        method=method,
        host=fields.get("host", "").partition(":")[0].lower(),
        path=path,
        user_agent=fields.get("user-agent", ""),
        etag=fields.get("if-none-match", ""),
    )


class Answer:
    """A reply as bytes."""

    __slots__ = ("delay", "etag", "fault", "head", "whole")

    def __init__(self, reply: Reply) -> None:
        fields = dict(reply.fields)
        if reply.status_code != HTTPStatus.NOT_MODIFIED:
            fields["Content-Length"] = str(len(reply.content))
        status = HTTPStatus(reply.status_code)
        lines = (f"HTTP/1.1 {status.value} {status.phrase}", *map(": ".join, fields.items()))
        self.head = "".join(f"{line}\r\n" for line in (*lines, "")).encode("latin-1")
        self.whole = self.head + reply.content
        self.delay = reply.delay
        self.fault = reply.fault
        self.etag = fields.get("ETag")


class Stage:
    """A world with its answers ready, and what was asked in it so far."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.requests: list[Request] = []
        self._asked: Counter[str] = Counter()
        self._missing = {host: Answer(site.missing) for host, site in world.sites.items()}
        self._answers = {
            url: tuple(map(Answer, replies))
            for site in world.sites.values()
            for url, replies in site.replies.items()
        }

    def answer(self, request: Request) -> Answer:
        """The answer to a request, which is logged and counted."""
        self.requests.append(request)
        url = f"{request.scheme}://{request.host}{request.path}"
        answers = self._answers.get(url)
        if answers is None:
            return self._otherwise(request)
        self._asked[url] += 1
        answer = answers[min(self._asked[url], len(answers)) - 1]
        if answer.etag is not None and answer.etag == request.etag:
            return Answer(Reply(status_code=304, fields=(("ETag", answer.etag),)))
        return answer

    def _otherwise(self, request: Request) -> Answer:
        """The answer at a path that nothing is known about: over HTTP, the way to HTTPS."""
        if request.host not in self._missing:
            return Answer(Reply(status_code=421))
        if request.scheme == "http":
            return Answer(redirect(f"https://{request.host}{request.path}"))
        return self._missing[request.host]
