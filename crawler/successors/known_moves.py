"""Pure: hosts that are known to have moved with all that they had."""

import re
from collections.abc import Iterator

from crawler import urls

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"^https?://([a-z0-9-]+)\.readthedocs\.org/", r"https://\1.readthedocs.io/"),
        (r"^https?://([a-z0-9-]+)\.rtfd\.(?:org|io)/", r"https://\1.readthedocs.io/"),
        (r"^https?://(?:www\.)?godoc\.org/", "https://pkg.go.dev/"),
        (r"^https?://docs\.microsoft\.com/", "https://learn.microsoft.com/"),
        (r"^https?://wiki\.github\.com/([^/]+)/([^/]+)/", r"https://github.com/\1/\2/wiki/"),
        (r"^https?://([a-z0-9-]+)\.github\.com/", r"https://\1.github.io/"),
        (r"^https?://tools\.ietf\.org/html/(rfc\d+)", r"https://www.rfc-editor.org/rfc/\1"),
    )
)  # fmt: skip
"""What the URLs of a host became. Each is only a candidate: it is asked before it is proposed."""


def known_moves(url: str) -> Iterator[str]:
    """The URLs that a URL in normal form became when its host moved."""
    for pattern, replacement in _RULES:
        moved, count = pattern.subn(replacement, url, count=1)
        if count and moved != url and not urls.problem(moved):
            yield urls.without_fragment(urls.normal_form(moved))
