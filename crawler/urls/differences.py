"""Pure: URLs that differ, and name the same page in all likelihood."""

import re

from crawler.urls.parts import Parts, parts_of, without_fragment

_ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_INDEX_FILE = re.compile(
    r"(?<=/)(?:index\.(?:s?html?|xhtml|php|aspx?|jsp|cgi)|default\.(?:html?|aspx?))$",
    re.IGNORECASE,
)


def https_upgrade(old: str, new: str) -> bool:
    """Whether `new` is `old` with https instead of http; fragments do not count."""
    before, after = parts_of(without_fragment(old)), parts_of(without_fragment(new))
    return before.scheme == "http" and after.url == before.url.replace("http:", "https:", 1)


def trivially_different(old: str, new: str) -> bool:
    """Whether the two URLs are most likely those of one page.

    They are the same, or differ only in: https instead of http, `www.`, a slash at the end, the
    default port, the case of percent-escapes, the name of an index file, or the fragment.
    """
    before, after = parts_of(old), parts_of(new)
    if (before.scheme, after.scheme) == ("https", "http"):
        return False
    return _significant(before) == _significant(after)


def page_key(url: str) -> str:
    """What URLs have in common that differ trivially, http and https included.

    Raises:
        ValueError: `url` is no absolute URL.

    >>> page_key("https://www.example.org/a/index.html#b")
    'example.org/a'
    """
    _, host, port, path, query = _significant(parts_of(url))
    return host + (f":{port}" if port else "") + path + (f"?{query}" if query else "")


def _significant(parts: Parts) -> tuple[str, str, int | None, str, str]:
    return (
        parts.scheme.replace("https", "http"),
        parts.host.removeprefix("www."),
        parts.port,
        _with_upper_escapes(_INDEX_FILE.sub("", parts.path)).removesuffix("/"),
        _with_upper_escapes(parts.query),
    )


def _with_upper_escapes(text: str) -> str:
    return _ESCAPE.sub(lambda escape: escape[0].upper(), text)
