"""Pure: `<meta http-equiv=refresh>`. Source: HTML standard, §7.4.6.4 (document lifecycle)."""

import re
from collections.abc import Iterable

from crawler import urls
from crawler.extract.address import web_address
from crawler.extract.elements import BLANK
from crawler.model import Refresh

_CONTENT = re.compile(
    rf"{BLANK}*+(?:([0-9]++)[0-9.]*+|\.[0-9.]*+)(?:(?=[;,]|{BLANK}){BLANK}*[;,]?{BLANK}*(.*))?\Z",
    re.DOTALL,
)
_URL_IS = re.compile(rf"url{BLANK}*={BLANK}*", re.IGNORECASE)
_MAX_DIGITS = 9


def refresh_of(contents: Iterable[str], base: str, url: str) -> Refresh | None:
    """The first valid one of the `content` attributes; None when it reloads the same page."""
    for content in contents:
        found = _CONTENT.match(content)
        if found:
            target = web_address(base, _reference(found[2] or ""))
            if target is None or _is_same_page(url, target):
                return None
            return Refresh(delay=float((found[1] or "0")[:_MAX_DIGITS]), target=target)
    return None


def _reference(text: str) -> str:
    named = _URL_IS.match(text)
    rest = text[named.end() :] if named else text
    quote = rest[:1]
    return rest[1:].partition(quote)[0] if quote in {"'", '"'} else rest


def _is_same_page(url: str, target: str) -> bool:
    own = urls.resolve(url, "")
    return own is not None and urls.without_fragment(own) == urls.without_fragment(target)
