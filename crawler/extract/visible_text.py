"""Pure: the text that a reader of a page sees, one line for each block.

For speed, nothing here loops over characters: all inline elements are unwrapped, so that texts which
are still apart are on different lines, and the parser joins them. Meanwhile a vertical tab stands for
the end of a line, and NUL with a bracket, which no page can bring into a tree, for the edges of
navigation, header and footer.
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
"""How much of a page's text is kept, in UTF-8."""

_HIDDEN = "[hidden]:not([hidden='until-found']), [style*='none' i]"
_NOT_DISPLAYED = ("display:none", "display: none")
_BOILERPLATE = ("nav", "aside", "footer")
"""Elements around the main text that the pages of a site share, besides headers."""
_HEADERS = "header:not(:is(main, article) *)"
_BOILERPLATE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
_MAX_HEADING = 20_000
"""Characters of a heading that are read."""
_OTHER_HEADINGS = "h2, h3, h4, h5, h6"
_MAX_TRIED = 50
"""How many headings are read, when the first ones are empty."""
_OPEN, _CLOSE = "\0(", "\0)"
_LINE_END = "\v"

# Chinese and Japanese, which have no blanks between words
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_FOLDED = bytes.maketrans(b"\t\n\v\f\r\x1c\x1d\x1e\x1f", b"  \n      ")
"""Makes a vertical tab a line end, and other white space in ASCII a blank."""
_FIXED_BLANK = "\u00a0".encode()
_ODD_BLANKS = re.compile(r"[^\S\n]+")
_PLAIN = bytes((ord("\n"), *range(0x20, 0x7F)))
"""Blanks and printable ASCII."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibleText:
    """The text that a reader of a page sees."""

    whole: str
    """All of it, cut to `MAX_TEXT_BYTES`."""
    main: str
    """Without navigation, header and footer; all of it when nothing else is left."""
    words: int
    """Number of words before cutting; a Chinese or Japanese character is one, as in word processors."""
    main_words: int
    """The same, without navigation, header and footer; 0 when nothing else is left."""


def remove_unseen(tree: LexborHTMLParser, outline: Outline) -> None:
    """Remove what a reader does not see; afterwards the tree is only good for visible text."""
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


def visible_text_of(tree: LexborHTMLParser, outline: Outline) -> VisibleText:
    """The text of a page after `remove_unseen`; its inline elements are removed, too."""
    body = tree.body
    if body is None:
        return VisibleText(whole="", main="", words=0, main_words=0)
    for node in _boilerplate(body, outline):
        node.insert_before(_OPEN)
        node.insert_after(_CLOSE)
    for node in outline.inline:
        node.unwrap(delete_empty=True)
    body.merge_text_nodes()
    text, odd = _text(body)
    first, *edged = _collapsed(text).split(b"\0")
    whole = _joined([first, *(piece[1:] for piece in edged)]) if edged else first
    main = _joined([first, *_outside_boilerplate(edged)]) if edged else first
    has_cjk = _CJK.search(odd) is not None
    words = _word_count(whole, has_cjk=has_cjk)
    kept = _cut(whole)
    return VisibleText(
        whole=kept,
        main=_cut(main) if edged and main else kept,
        words=words,
        main_words=_word_count(main, has_cjk=has_cjk) if edged else words,
    )


def headings(tree: LexborHTMLParser) -> tuple[str, str]:
    """The text of the first `<h1>`, and of the first heading: the same, or else of another level."""
    main = _first_line(tree, "h1")
    return main, main or _first_line(tree, _OTHER_HEADINGS)


def _first_line(tree: LexborHTMLParser, selector: str) -> str:
    return next(filter(None, map(_line_of, islice(tree.css(selector), _MAX_TRIED))), "")


def _line_of(node: LexborNode) -> str:
    """The first 20,000 characters of the element's text on one line."""
    text, _ = _text(node, _MAX_HEADING)
    bare = text.replace(_OPEN.encode(), b"").replace(_CLOSE.encode(), b"")
    return _collapsed(bare).decode().replace("\n", " ")


def _boilerplate(body: LexborNode, outline: Outline) -> list[LexborNode]:
    found = [node for node in outline.named(_BOILERPLATE) if node.parent is not None]
    if "header" in outline.by_name:
        found += body.css(_HEADERS)
    return found + [n for n in body.css("[role]") if n.attributes["role"] in _BOILERPLATE_ROLES]


def _text(node: LexborNode, length: int | None = None) -> tuple[bytes, str]:
    """The first `length` characters of the element's text, with a line end for each tag of a block.

    The second value has at least all its characters that are not printable ASCII.
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
    """Whether cleaning would change nothing but blanks; only odd characters matter for that."""
    return odd.isprintable() and is_normal(odd)


def _cleaned(text: str) -> str:
    return normal(without_invisible(_ODD_BLANKS.sub(" ", text)))


def _outside_boilerplate(edged: list[bytes]) -> Iterator[bytes]:
    """The pieces outside of navigation, header and footer."""
    depth = 0
    for piece in edged:
        depth += 1 if piece.startswith(b"(") else -1
        if depth == 0:
            yield piece[1:]


def _collapsed(text: bytes) -> bytes:
    """The text without empty lines, and with single blanks between its words."""
    lines = b"\n".join(filter(None, map(bytes.strip, text.split(b"\n"))))
    return b" ".join(filter(None, map(bytes.lstrip, lines.split(b"  "))))


def _joined(pieces: list[bytes]) -> bytes:
    """The pieces of a collapsed text as one; only the blanks at their edges need collapsing again."""
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
