"""Pure: what a site's robots.txt allows us, and how fast (RFC 9309, read by Protego)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin

from protego import Protego

MAX_BYTES = 512_000
"""How much of a robots.txt is read: the 500 KiB that RFC 9309 §2.5 asks for at least."""
MAX_CRAWL_DELAY = 10.0
"""Seconds; a site that asks for more is given this."""
MAX_URL_LENGTH = 2_000
"""Characters of a URL that are matched. With `MAX_BYTES` it bounds what a question costs."""
MAX_AGE = timedelta(hours=24)
"""RFC 9309 §2.4."""

# What Protego takes for the start of a group, up to the value.
_USER_AGENT = re.compile(r"\s*user(?:-|\s+)?agent(?:\s*:|\s)\s*", re.IGNORECASE)
_OURS = "ours"
# Protego finds a group's name inside of ours; this one is never there.
_NOT_OURS = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """A robots.txt as an origin answered it."""

    origin: str
    status_code: int
    """Of the last response, redirects followed."""
    text: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one robots.txt says to us."""

    file: Protego

    def allowed(self, url: str) -> bool:
        """Whether we may ask for a URL; paths are compared in one percent-encoding.

        The longest rule that matches decides, `Allow` before `Disallow` (RFC 9309 §2.2.2). Of a
        URL only the first `MAX_URL_LENGTH` characters are looked at.
        """
        return self.file.can_fetch(url[:MAX_URL_LENGTH], _OURS)

    @property
    def crawl_delay(self) -> float | None:
        """Seconds between requests that the site asks for, `MAX_CRAWL_DELAY` at most."""
        delay = self.file.crawl_delay(_OURS)
        return None if delay is None else min(delay, MAX_CRAWL_DELAY)


def rules_of(status_code: int, text: str, user_agent: str) -> Rules | None:
    """The rules for us in an answer to a request for robots.txt; None is a complete disallow.

    Any other answer than success or a server's error allows everything, redirects that led
    nowhere included.

    Source: RFC 9309 §2.3.1.
    """
    match status_code // 100:
        case 5:
            return None
        case 2 if not _is_markup(text):
            return Rules(file=Protego.parse(_for_us(_capped(text), product_token(user_agent))))
    return Rules(file=Protego.parse(""))


def robots_url(url: str) -> str:
    """The URL of the robots.txt that speaks for a URL.

    >>> robots_url("https://example.org:8443/a/b?c#d")
    'https://example.org:8443/robots.txt'
    """
    return urljoin(url, "/robots.txt")


def product_token(user_agent: str) -> str:
    """The name that a robots.txt may call us by: the user agent up to its version.

    >>> product_token("resource-crawler/1.0 (+https://example.org/)")
    'resource-crawler'
    """
    return user_agent.partition(" ")[0].partition("/")[0]


def is_fresh(file: RobotsFile, now: datetime) -> bool:
    """Whether a robots.txt need not be asked for again: it is less than `MAX_AGE` old."""
    return timedelta() <= now - file.fetched_at < MAX_AGE


def _is_markup(text: str) -> bool:
    # A site that answers everything with a page; no line of a robots.txt starts like this.
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def _capped(text: str) -> str:
    content = text.encode(errors="replace")
    if len(content) < MAX_BYTES:
        return text
    # Half a rule may be a wider one ("Disallow: /" of "Disallow: /private"), so it goes as well.
    whole = content[:MAX_BYTES].replace(b"\r", b"\n").rpartition(b"\n")[0]
    return whole.decode(errors="replace")


def _for_us(text: str, token: str) -> str:
    """The same file with only three groups: ours, everyone's, and that of all others.

    Protego takes any name that starts like ours for ours, where RFC 9309 §2.2.1 means the whole
    token. And it copies each rule into every group named above it: 5,000 names over 10,000 rules,
    200 kB, take it 47 s.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    return "\n".join(_renamed(line, token.lower()) for line in lines)


def _renamed(line: str, token: str) -> str:
    field = _USER_AGENT.match(line)
    if not field:
        return line
    name, *_ = line[field.end() :].partition("#")[0].split() or [""]
    if name in {"", "*"}:
        return f"User-agent: {name}"
    # Some sites add a version or an asterisk, which RFC 9309 §2.2.1 has no room for.
    ours = name.partition("/")[0].rstrip("*").lower() == token
    return f"User-agent: {_OURS if ours else _NOT_OURS}"
