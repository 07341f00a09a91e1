"""Pure: the text of a page, packed as the database keeps it and shards send it, and unpacked again."""

import hashlib
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterator
from typing import cast

from isal import isal_zlib

from crawler.model import KeptText, PackedText, Page

_LEVEL = 3
"""Compression level of what is read: 1/12 more space than zlib's default, in 1/5 of its time."""
# Its types say that it is an exception, not a class of them.
_DAMAGED = (cast("type[Exception]", isal_zlib.error), UnicodeError)
_HEAD = "\f"
"""Begins a text that has the page's title and first heading in its first two lines."""
_OUTSIDE = "\v"
"""Begins a line of navigation, header or footer. No text of a page has either character."""


def packed(page: Page, is_stored: Callable[[str], bool]) -> PackedText:
    """The page's names and its text, with the lines marked that are outside of its main text.

    `is_stored` says whether a text with that digest is in the database: then nothing is compressed.
    """
    text = _as_one(page).encode()
    digest = _sha256(text)
    return PackedText(
        digest=digest,
        fingerprint=_sha256(page.text.encode()),
        content=b"" if is_stored(digest) else isal_zlib.compress(text, _LEVEL),
    )


def unpacked(content: bytes) -> KeptText:
    """The text; its main text is not known if an earlier version has packed it.

    Empty for no content, and for what is damaged: no run may end because of it, tonight or ever after.
    """
    if not content:
        return KeptText()
    try:
        text: str = isal_zlib.decompress(content).decode()
    except _DAMAGED:
        return KeptText()
    if not text.startswith(_HEAD):
        return KeptText(text=text)
    title, heading, *lines = text.removeprefix(_HEAD).split("\n")
    return KeptText(
        text="\n".join(line.removeprefix(_OUTSIDE) for line in lines),
        main_text="\n".join(line for line in lines if not line.startswith(_OUTSIDE)),
        title=title,
        heading=heading,
    )


def packed_tighter(content: bytes) -> bytes:
    """The same text in less room, packed in more time: for one that is kept for long."""
    return zlib.compress(isal_zlib.decompress(content))


def _as_one(page: Page) -> str:
    names = (page.title.value if page.title else "", page.first_heading or "")
    head = "\n".join(" ".join(name.split()) for name in names)
    lines = page.text.split("\n")
    if page.main_text and page.main_text != page.text:
        lines = list(_marked(lines, page.main_text.split("\n")))
    return "\n".join((_HEAD + head, *lines))


def _marked(lines: list[str], main: list[str]) -> Iterator[str]:
    there = Counter(lines)
    rest = deque(line for line in main if there[line])
    for line in lines:
        if rest and rest[0] == line:
            rest.popleft()
            yield line
        else:
            yield _OUTSIDE + line


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
