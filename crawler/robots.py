"""Pure: what a robots.txt allows us, and how fast (RFC 9309, read by Protego)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

MAX_BYTES = 512_000
"""Of a robots.txt that are read. RFC 9309 §2.5 asks for 500 KiB at least."""
MAX_CRAWL_DELAY = 10.0
"""Seconds; used where a site asks for more."""
MAX_URL_LENGTH = 2_000
"""Characters of a URL that are matched. With `MAX_BYTES`, this bounds the time that it takes."""
MAX_AGE = timedelta(hours=24)
"""RFC 9309 §2.4."""

# The start of a group, up to the value, as Protego recognises it.
_USER_AGENT = re.compile(r"\s*user(?:-|\s+)?agent(?:\s*:|\s)\s*", re.IGNORECASE)
_OURS = "ours"
# Protego looks for the names of groups inside of ours, where a slash never is.
_NOT_OURS = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """What an origin answered to a request for its robots.txt."""

    origin: str
    status_code: int
    """Of the last response, redirects followed."""
    text: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of one robots.txt that apply to us."""

    file: Protego

    def allowed(self, url: str) -> bool:
        """Whether we may ask for a URL; paths are compared in one percent-encoding.

        The longest rule that matches decides, `Allow` before `Disallow` (RFC 9309 §2.2.2). Only the
        first `MAX_URL_LENGTH` characters of the URL count.
        """
        return self.file.can_fetch(url[:MAX_URL_LENGTH], _OURS)

    @property
    def crawl_delay(self) -> float | None:
        """Seconds between requests that the site asks for, at most `MAX_CRAWL_DELAY`; None if it does not."""
        delay = self.file.crawl_delay(_OURS)
        return None if delay is None else min(delay, MAX_CRAWL_DELAY)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The URLs of the site's sitemaps that it names, as written.

        Source: https://www.sitemaps.org/protocol.html#submit_robots
        """
        return tuple(self.file.sitemaps)


def rules_of(status_code: int, text: str, user_agent: str) -> Rules | None:
    """The rules for us in an answer to a request for robots.txt; None disallows everything.

    Only success and server errors restrict us; every other answer, redirects without an end
    included, allows everything.

    Source: RFC 9309 §2.3.1.
    """
    match status_code // 100:
        case 5:
            return None
        case 2 if not _is_markup(text):
            return Rules(file=Protego.parse(_for_us(_capped(text), product_token(user_agent))))
    return Rules(file=Protego.parse(""))


def product_token(user_agent: str) -> str:
    """Our name in robots.txt: the user agent up to its version.

    >>> product_token("resource-crawler/1.0 (+https://example.org/)")
    'resource-crawler'
    """
    return user_agent.partition(" ")[0].partition("/")[0]


def is_fresh(file: RobotsFile, now: datetime) -> bool:
    """Whether the file is younger than `MAX_AGE`, and need not be requested again."""
    return timedelta() <= now - file.fetched_at < MAX_AGE


def is_temporary(file: RobotsFile) -> bool:
    """Whether the file holds for the rest of a run only: it was answered with 429 or 5xx."""
    return file.status_code == 429 or file.status_code >= 500


def _is_markup(text: str) -> bool:
    # Some sites answer everything with a page; no robots.txt starts like this.
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def _capped(text: str) -> str:
    content = text.encode(errors="replace")
    if len(content) < MAX_BYTES:
        return text
    # Half a rule may match more ("Disallow: /" of "Disallow: /private"), so the last line is dropped.
    whole = content[:MAX_BYTES].replace(b"\r", b"\n").rpartition(b"\n")[0]
    return whole.decode(errors="replace")


def _for_us(text: str, token: str) -> str:
    """The same file with three names of groups only: ours, `*`, and one for all others.

    Protego takes any name that starts like ours for ours; RFC 9309 §2.2.1 compares the whole token.
    And it copies each rule into every group named above it: it needs 47 s for 200 kB with 5,000 names
    and 10,000 rules.
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
    # Some sites add a version or an asterisk, although RFC 9309 §2.2.1 does not allow it.
    ours = name.partition("/")[0].rstrip("*").lower() == token
    return f"User-agent: {_OURS if ours else _NOT_OURS}"
