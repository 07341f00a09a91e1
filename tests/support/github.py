"""A server on loopback that plays as much of GitHub's REST API as an issue needs.

Source of what it answers: https://docs.github.com/rest/issues
"""

import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "a-secret-token"  # noqa: S105
ACTIONS = {"login": "github-actions[bot]", "type": "Bot"}
STRANGER = {"login": "stranger", "type": "User"}
DATE = "2026-11-21T03:30:00Z"

_ISSUES = re.compile(r"/repos/me/list/issues")
_ONE = re.compile(r"/repos/me/list/issues/(\d+)")
_COMMENTS = re.compile(r"/repos/me/list/issues/(\d+)/comments")


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """An answer."""

    status: int = 200
    body: object = None
    fields: tuple[tuple[str, str], ...] = ()
    raw: bytes | None = None
    """Sent in place of the body."""
    is_endless: bool = False
    """Whether blanks follow until the client leaves."""

    @property
    def content(self) -> bytes:
        """What is sent; its length is told unless it is endless."""
        return json.dumps(self.body).encode() if self.raw is None else self.raw


@dataclass
class PlayedGitHub:
    """The repository `me/list`, and what was asked of it."""

    url: str = ""
    page_size: int = 100
    own_login: str = ""
    """Of the token's user; empty for an app's token."""
    issues: list[dict[str, Any]] = field(default_factory=list)
    comments: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)
    """Methods and paths, with their queries."""
    tokens: set[str] = field(default_factory=set)
    failing: dict[tuple[str, str], list[Played | None]] = field(default_factory=dict)
    """Answers in place of the proper ones, by method and path, each once; None hangs up."""

    def add(self, body: str, *, state: str = "open", user: object = None) -> dict[str, Any]:
        """An issue, of the token's own author if no other is given."""
        number = len(self.issues) + 1
        issue = {
            "number": number,
            "html_url": f"https://github.example/me/list/issues/{number}",
            "title": "",
            "body": body,
            "state": state,
            "state_reason": None,
            "user": user or self.author,
            "author_association": "NONE",
        }
        self.issues.append(issue)
        return issue

    @property
    def author(self) -> dict[str, str]:
        """Who writes with the token."""
        return {"login": self.own_login, "type": "User"} if self.own_login else ACTIONS

    @property
    def changes(self) -> list[tuple[str, str]]:
        """The requests that change something."""
        return [one for one in self.requests if one[0] != "GET"]

    def fail(self, method: str, path: str, *answers: Played | None) -> None:
        """Answers the next requests for that path with these."""
        self.failing[method, path] = [*answers]

    def answer(self, method: str, target: str, values: dict[str, Any]) -> Played | None:
        """What is answered to a request; None to hang up."""
        parts = urlsplit(target)
        self.requests.append((method, target))
        if planned := self.failing.get((method, parts.path)):
            return planned.pop(0)
        query = {name: found[0] for name, found in parse_qs(parts.query).items()}
        routes: tuple[tuple[str, re.Pattern[str], Callable[..., Played]], ...] = (
            ("GET", re.compile("/user"), self._user),
            ("GET", _ISSUES, lambda: self._listed(target, query)),
            ("POST", _ISSUES, lambda: self._create(values)),
            ("PATCH", _ONE, lambda number: self._change(int(number), values)),
            ("GET", _COMMENTS, lambda number: self._comments(int(number), query)),
            ("POST", _COMMENTS, lambda number: self._comment(int(number), values)),
        )
        for wanted, pattern, play in routes:
            if method == wanted and (found := pattern.fullmatch(parts.path)):
                return play(*found.groups())
        return Played(status=404, body={"message": "Not Found"})

    def _user(self) -> Played:
        if not self.own_login:
            return Played(status=403, body={"message": "Resource not accessible by integration"})
        return Played(body=self.author)

    def _listed(self, target: str, query: dict[str, str]) -> Played:
        found = [one for one in self.issues if one["state"] == query["state"]][::-1]
        page = int(query.get("page", "1"))
        end = page * self.page_size
        link = f'<{self.url}{target.partition("&page=")[0]}&page={page + 1}>; rel="next"'
        fields = (("Link", link),) if end < len(found) else ()
        return Played(body=found[end - self.page_size : end], fields=fields)

    def _create(self, values: dict[str, Any]) -> Played:
        issue = self.add(values["body"])
        issue["title"] = values["title"]
        return Played(status=201, body=issue)

    def _change(self, number: int, values: dict[str, Any]) -> Played:
        issue = self.issues[number - 1]
        issue.update(values)
        return Played(body=issue)

    def _comments(self, number: int, query: dict[str, str]) -> Played:
        found = self.comments.get(number, [])
        return Played(body=[one for one in found if one["updated_at"] >= query["since"]])

    def _comment(self, number: int, values: dict[str, Any]) -> Played:
        comment = {
            "body": values["body"],
            "user": self.author,
            "author_association": "NONE",
            "updated_at": DATE,
        }
        self.comments.setdefault(number, []).append(comment)
        return Played(status=201, body=comment)


@contextlib.contextmanager
def playing() -> Iterator[PlayedGitHub]:
    """The API at `url`, as long as the block lasts."""
    github = PlayedGitHub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(github))
    github.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield github
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(github: PlayedGitHub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _play(self) -> None:
            github.tokens.add(self.headers["Authorization"])
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            played = github.answer(self.command, self.path, json.loads(content or "{}"))
            if played is None:
                self.close_connection = True
                return
            length = () if played.is_endless else (("Content-Length", str(len(played.content))),)
            self.send_response(played.status)
            for name, value in (*played.fields, *length):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(played.content)
            with contextlib.suppress(OSError):
                while played.is_endless:
                    self.wfile.write(b" ")

        do_GET = do_POST = do_PATCH = _play  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    return Handler
