"""Pure: foreign text and links that cannot leave their place in GitHub's Markdown.

Titles of the list are escaped, texts of pages and servers are in code spans, and links lead only to
listed URLs and their new addresses.
"""

import re
from functools import lru_cache

from crawler.report.findings import web_address
from crawler.report.naming import Named
from crawler.text import clean

# Every character that means something inside a line of GitHub's Markdown; `.` and `:` only where
# they would make a bare web address a link. Block marks (`-`, `+`, `1.`) need the start of a line,
# where foreign text never stands.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&#@!$]|(?<=www)\.|:(?=//)", re.IGNORECASE)
_REFERENCE = re.compile(r"&(#?\w+);")
_ISSUE = re.compile(r"\bGH-(?=[0-9])", re.IGNORECASE)
# What a URL in normal form may contain although it would end a table's cell or a code span.
_ENCODED = {ord(character): f"%{ord(character):02X}" for character in "|\\`"}


class Markdown(str):
    """Text that is Markdown already, so that `escape` leaves it as it is."""

    __slots__ = ()


def escape(value: object) -> str:
    """The value as text that means nothing in Markdown."""
    if isinstance(value, Markdown | int):
        return str(value)
    return _escaped(str(value))


@lru_cache(maxsize=1_000)  # most rows share a few dates, categories and words
def _escaped(text: str) -> str:
    return _without_mentions(_SPECIAL.sub(r"\\\g<0>", clean(text)))


def _without_mentions(text: str) -> str:
    """Text in which `@name`, `#1` and `GH-1` are no links to a person or an issue."""
    return _ISSUE.sub("\\g<0>\u200b", text.replace("@", "@\u200b").replace("#", "#\u200b"))


def code(text: str) -> Markdown:
    """Foreign text in a code span, with look-alikes for what would end the span or a table's cell."""
    kept = _without_mentions(clean(text).replace("`", "'").replace("|", "¦"))
    return Markdown(f"`{kept}`" if kept else "(none)")


def target(address: str) -> Markdown:
    """A URL in normal form between angle brackets, in a table or not.

    `&copy;` is a character reference even there (CommonMark §6.2), so its semicolon is encoded.
    """
    encoded = _REFERENCE.sub(r"&\1%3B", address.translate(_ENCODED))
    return Markdown(f"<{encoded}>")


def link(one: Named) -> Markdown:
    """The resource's name, linked when its URL is a web address."""
    name, address = one.name or clean(one.resource.url), web_address(one.resource.url)
    return Markdown(f"[{escape(name)}]({target(address)})") if address else code(name)


def link_and_row(one: Named) -> Markdown:
    """The link, and where it stands in the list if it is still there."""
    return Markdown(f"{link(one)} ({escape(one.row)})" if one.row else link(one))
