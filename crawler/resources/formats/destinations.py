"""Pure: which destinations of links in a document are resources."""

import re

from crawler import urls
from crawler.model import LeftOut, NotAskedReason

_MAIL_SCHEMES = frozenset({"mailto", "xmpp"})
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def reason_to_leave_out(url: str) -> LeftOut | None:
    """Why a destination is no resource; None for a URL, and for what looks like a misspelt one.

    >>> reason_to_leave_out("#top"), reason_to_leave_out("htp://example.org")
    (<LeftOut.ANCHOR: 'anchor'>, None)
    """
    text = url.strip()
    problem = urls.problem(text)
    if problem is None or not text:
        return None
    if text.startswith("#"):
        return LeftOut.ANCHOR
    scheme = _SCHEME.match(text)
    if problem is NotAskedReason.UNSUPPORTED_SCHEME and scheme:
        return _reason_of_scheme(scheme[1].lower(), text[scheme.end() :])
    is_meant_as_url = scheme is not None or text.lower().startswith("www.")
    return None if is_meant_as_url else LeftOut.RELATIVE


def _reason_of_scheme(scheme: str, rest: str) -> LeftOut | None:
    if scheme in _MAIL_SCHEMES:
        return LeftOut.MAIL
    return None if rest.startswith("//") else LeftOut.OTHER_SCHEME


def resolved(url: str, base: str) -> str:
    """The URL itself, or the absolute one of a relative one where there is a base."""
    if base and reason_to_leave_out(url) is LeftOut.RELATIVE:
        return urls.resolve(base, url.strip()) or url
    return url
