"""Pure: URLs in the different ways in which people write the same one."""

import re

_SCHEME = re.compile(r"\s*[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def without_scheme(url: str) -> str:
    """The URL from its host on.

    >>> without_scheme("https://Example.org/x")
    'Example.org/x'
    """
    found = _SCHEME.match(url)
    return url[found.end() if found else 0 :].strip()


def loosely(url: str) -> str:
    """The URL without its scheme, in small letters, without `www.` and a slash at the end."""
    return without_scheme(url).casefold().removeprefix("www.").rstrip("/")
