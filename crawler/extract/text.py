"""Pure: the text that a reader of a page sees, a line for a block.

Nothing here walks over characters: of the tree, all that begins no line is unwrapped, so that what
separates two texts in it is a line's end, and the parser puts them together. The vertical tab stands
for that meanwhile, and NUL, which no page can bring into a tree, with a bracket for the edges of what
surrounds the main text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extract.elements import UNSEEN
from crawler.extract.outline import Outline
from crawler.text import is_normal, normal, without_invisible

MAX_TEXT_BYTES = 65_536
"""Of a page's text in UTF-8 that are kept."""

_HIDDEN = "[hidden]:not([hidden='until-found']), [style*='none' i]"
_NOT_DISPLAYED = ("display:none", "display: none")
_CHROME = ("nav", "aside", "footer")
"""What the pages of a site share around that what each is for; a header of theirs too."""
_HEADERS = "header:not(:is(main, article) *)"
_CHROME_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
_MAX_HEADING = 20_000
"""Characters of a heading that are read."""
_OTHER_HEADINGS = "h2, h3, h4, h5, h6"
_TRIED = 50
"""Headings that are looked at for one that says something."""
_OPEN, _CLOSE = "\0(", "\0)"
_LINE_END = "\v"

# Chinese and Japanese, which put no blanks between words.
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_FOLDED = bytes.maketrans(b"\t\n\v\f\r\x1c\x1d\x1e\x1f", b"  \n      ")
"""White space in ASCII."""
_FIXED_BLANK = "\u00a0".encode()
_ODD_BLANKS = re.compile(r"[^\S\n]+")
_PLAIN = bytes((ord("\n"), *range(0x20, 0x7F)))
"""Blanks and printable ASCII."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What there is to be read on a page."""

    whole: str
    """All visible text, as much of it as is kept."""
    main: str
    """Without what the pages of its site share around it; all of it when nothing else is left."""
    words: int
    """Of the whole text; a Chinese or Japanese character is one, as in word processors."""


def remove_unseen(tree: LexborHTMLParser, outline: Outline) -> None:
    """Leave only what a reader sees: the tree is good for nothing else from then on."""
    for node in outline.named(UNSEEN):
        node.decompose(recursive=False)
    if tree.body is not None:
        for node in tree.body.css(_HIDDEN):
            if _is_hidden(node):
                node.decompose(recursive=False)


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if attributes.get("hidden", "until-found") != "until-found":
        return True
    style = (attributes.get("style") or "").lower()
    return any(declaration in style for declaration in _NOT_DISPLAYED)


def texts(tree: LexborHTMLParser, outline: Outline) -> Texts:
    """The texts of a page that was left only what is seen; its elements on lines go too."""
    body = tree.body
    if body is None:
        return Texts(whole="", main="", words=0)
    for node in _surrounding(body, outline):
        node.insert_before(_OPEN)
        node.insert_after(_CLOSE)
    for node in outline.on_lines:
        node.unwrap(delete_empty=True)
    body.merge_text_nodes()
    text, odd = _text(body)
    first, *edged = _folded(text).split(b"\0")
    whole = _joined([first, *(piece[1:] for piece in edged)]) if edged else first
    main = _joined([first, *_outside(edged)]) if edged else first
    words = _word_count(whole, has_cjk=_CJK.search(odd) is not None)
    return Texts(whole=_cut(whole), main=_cut(main or whole), words=words)


def headings(tree: LexborHTMLParser) -> tuple[str, str]:
    """The first `<h1>` that says something, and the first heading if there is none; see `texts`."""
    main = _first_line(tree, "h1")
    return main, main or _first_line(tree, _OTHER_HEADINGS)


def _first_line(tree: LexborHTMLParser, selector: str) -> str:
    return next(filter(None, map(_line_of, islice(tree.css(selector), _TRIED))), "")


def _line_of(node: LexborNode) -> str:
    """The element's text on one line, as far as anybody makes a heading."""
    text, _ = _text(node, _MAX_HEADING)
    bare = text.replace(_OPEN.encode(), b"").replace(_CLOSE.encode(), b"")
    return _folded(bare).decode().replace("\n", " ")


def _surrounding(body: LexborNode, outline: Outline) -> list[LexborNode]:
    found = [node for node in outline.named(_CHROME) if node.parent is not None]
    if "header" in outline.by_name:
        found += body.css(_HEADERS)
    return found + [n for n in body.css("[role]") if n.attributes["role"] in _CHROME_ROLES]


def _text(node: LexborNode, length: int | None = None) -> tuple[bytes, str]:
    """As much of the element's text, with a line's end for each tag that begins a line.

    With it the odd characters in it, all that are not plain; or simply all.
    """
    text = node.text(separator=_LINE_END, skip_empty=True)[:length].encode().translate(_FOLDED)
    rest = text.translate(None, _PLAIN).replace(b"\0", b"")
    if _FIXED_BLANK in rest:
        text, rest = text.replace(_FIXED_BLANK, b" "), rest.replace(_FIXED_BLANK, b"")
    odd = rest.decode()
    if _is_clean(odd):
        return text, odd
    cleaned = _cleaned(text.decode())
    return cleaned.encode(), cleaned


def _is_clean(odd: str) -> bool:
    """Whether cleaning would change no more than blanks, by the odd characters alone."""
    return odd.isprintable() and is_normal(odd)


def _cleaned(text: str) -> str:
    return normal(without_invisible(_ODD_BLANKS.sub(" ", text)))


def _outside(edged: list[bytes]) -> Iterator[bytes]:
    """The pieces that none of the edges before them surrounds."""
    depth = 0
    for piece in edged:
        depth += 1 if piece.startswith(b"(") else -1
        if depth == 0:
            yield piece[1:]


def _folded(text: bytes) -> bytes:
    """The text without empty lines, and with single blanks between its words."""
    lines = b"\n".join(filter(None, map(bytes.strip, text.split(b"\n"))))
    return b" ".join(filter(None, map(bytes.lstrip, lines.split(b"  "))))


def _joined(pieces: list[bytes]) -> bytes:
    """Pieces of a folded text as one: only their edges need to be folded once more."""
    joined: list[bytes] = []
    gap = b""
    for piece in pieces:
        bare = piece.strip()
        start = len(piece) - len(piece.lstrip())
        gap += piece[:start]
        if bare:
            joined += (_gap(gap), bare) if joined else (bare,)
            gap = piece[start + len(bare) :]
    return b"".join(joined)


def _gap(blanks: bytes) -> bytes:
    return b"\n" if b"\n" in blanks else blanks[:1]


def _word_count(text: bytes, *, has_cjk: bool) -> int:
    if not text:
        return 0
    if has_cjk:
        decoded = text.decode()
        others, runs = _CJK.subn(" ", decoded)
        return len(decoded) - len(others) + runs + len(others.split())
    return len(text) - len(text.translate(None, b" \n")) + 1


def _cut(text: bytes) -> str:
    return text[:MAX_TEXT_BYTES].decode("utf-8", "ignore")
