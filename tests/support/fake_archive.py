"""An archive of the web on loopback: CDX in both dialects, TimeMaps, and TimeGates in both styles."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import parse_qs, urlsplit

from crawler.demo.replies import Reply, Request, Then

HOST = "http://archive.test"
_FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A page at one time."""

    url: str
    timestamp: str
    """14 digits."""
    status: int = 200
    content: bytes = b""
    location: str = ""
    """As captured."""
    digest: str = ""

    @property
    def at(self) -> datetime:
        return datetime.strptime(self.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)

    @property
    def http_time(self) -> str:
        return format_datetime(self.at, usegmt=True)


@dataclass
class FakeArchive:
    """Answers like web.archive.org, or like pywb with a collection `mem`."""

    captures: list[Captured]
    is_wayback: bool = False
    gate_redirects: bool = False
    """Whether the TimeGate redirects to a capture, instead of showing it."""
    replies_first: list[Reply] = field(default_factory=list)
    """What is replied to the first requests, whatever they ask for."""
    asked: list[str] = field(default_factory=list)

    @property
    def start(self) -> str:
        """What stands before the time of a capture in its address."""
        return f"{HOST}/web" if self.is_wayback else f"{HOST}/mem"

    def respond(self, request: Request) -> Reply:
        self.asked.append(request.path)
        if self.replies_first:
            return self.replies_first.pop(0)
        path = request.path
        prefix = urlsplit(self.start).path
        if path.startswith(("/cdx/search/cdx?", "/mem/cdx?")):
            return self._cdx(parse_qs(urlsplit(path).query))
        if path.startswith(f"{prefix}/timemap/link/"):
            return self._timemap(path.removeprefix(f"{prefix}/timemap/link/"))
        rest = path.removeprefix(f"{prefix}/")
        timestamp, _, url = rest.partition("/")
        if timestamp[:14].isdigit():
            return self._memento(timestamp, url)
        return self._timegate(rest.removeprefix("timegate/"), request.fields)

    def _of(self, url: str) -> list[Captured]:
        return [one for one in self.captures if one.url == url]

    def _cdx(self, asked: dict[str, list[str]]) -> Reply:
        found = [one for one in self._of(asked["url"][0]) if one.timestamp <= asked["to"][0]]
        found = [one for one in found if str(one.status)[0] in "23"]
        rows = [
            ("key", one.timestamp, one.url, "text/html", str(one.status), one.digest, "1")
            for one in sorted(found, key=lambda one: one.timestamp)
        ]
        if self.is_wayback:
            assert asked["filter"] == ["statuscode:[23].."]
            last = rows[int(asked["limit"][0]) :]
            return Reply(content=json.dumps([_FIELDS, *last] if rows else []).encode())
        assert asked["filter"] == ["~status:[23].."]
        names = {"original": "url", "statuscode": "status", "mimetype": "mime"}
        lines = (
            json.dumps(dict(zip([names.get(n, n) for n in _FIELDS], row, strict=True)))
            for row in rows[::-1][: int(asked["limit"][0])]
        )
        return Reply(content="\n".join(lines).encode())

    def _timemap(self, url: str) -> Reply:
        found = self._of(url)
        links = [f'<{url}>; rel="original"', f'<{self.start}/timemap/link/{url}>; rel="self"']
        links += [
            f'<{self.start}/{one.timestamp}/{url}>; rel="memento"; datetime="{one.http_time}"'
            for one in found
        ]
        if not found:
            return Reply(status_code=404)
        fields = (("Content-Type", "application/link-format"),)
        return Reply(fields=fields, content=",\n".join(links).encode())

    def _timegate(self, url: str, fields: Mapping[str, str]) -> Reply:
        at = parsedate_to_datetime(fields["accept-datetime"])
        found = min(self._of(url), key=lambda one: abs(one.at - at), default=None)
        if found is None:
            return Reply(content=b"a frame, and nothing in it")
        if self.gate_redirects:
            place = f"{self.start}/{found.timestamp}/{url}"
            return Reply(status_code=307, fields=(("Location", place),))
        return self._shown(found)

    def _memento(self, timestamp: str, url: str) -> Reply:
        found = next((one for one in self._of(url) if one.timestamp == timestamp[:14]), None)
        if found is None:
            return Reply(status_code=404)
        reply = self._shown(found)
        if timestamp.endswith("id_"):
            return reply
        return Reply(fields=reply.fields, content=b"<p>A banner</p>" + reply.content)

    def _shown(self, one: Captured) -> Reply:
        place = one.location
        if place and self.is_wayback:
            place = f"{self.start}/{one.timestamp}id_/{place}"
        fields = (("Content-Type", "text/html"), ("Memento-Datetime", one.http_time))
        located = (*fields, ("Location", place)) if place else fields
        return Reply(status_code=one.status, fields=located, content=one.content)


TOO_MANY = Reply(status_code=429)
SILENT = Reply(raw=(), then=Then.HANG)
