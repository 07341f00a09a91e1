"""Pure: the text that a reader of a page sees, a line for a block.

Nothing here walks over nodes or characters: the tree is written out by the parser, and what becomes
of it is a matter of a few substitutions over all of it. NUL, which no page can bring into a tree,
stands for a line's end meanwhile, and with a bracket for the edges of what surrounds the main text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extract.elements import LINES, UNSEEN
from crawler.text import is_normal, normal, without_invisible

MAX_TEXT_BYTES = 65_536
"""Of a page's text in UTF-8 that are kept."""

_UNSEEN = (
    f"{', '.join(sorted(UNSEEN))}, [hidden]:not([hidden='until-found']),"
    " [style*='display:none' i], [style*='display: none' i]"
)
_CHROME = "nav, aside, footer, header:not(:is(main, article) *)"
"""What the pages of a site share around that what each is for."""
_CHROME_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
_MAX_HEADING = 20_000
"""Characters of a heading's markup that are read."""
_INLINE = ["a", "code", "span"]
_OPEN, _CLOSE = "\0(", "\0)"

# Chinese and Japanese, which put no blanks between words.
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


def _any_of(names: frozenset[str]) -> str:
    """A pattern for the names that looks at the first letter once."""
    by_letter = groupby(sorted(names), key=lambda name: name[0])
    return "|".join(f"{letter}(?:{'|'.join(n[1:] for n in group)})" for letter, group in by_letter)


# As the parser writes: names in lower case, and in attributes `<` and `>` as references.
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_LINE_TAG = re.compile(rf"</?+(?:{_any_of(LINES)})(?:>| [^>]*+>)".encode())
_TAG = re.compile(rb"<[^>]*+(?:>|\Z)")
_REFERENCES = {b"&lt;": b"<", b"&gt;": b">", b"&nbsp;": b" ", b"&amp;": b"&"}
_REFERENCE = re.compile(rb"&(?:lt|gt|nbsp|amp);")
_TO_BLANK = bytes.maketrans(b"\t\n\v\f\r\x1c\x1d\x1e\x1f", b" " * 9)
_LINE_END = re.compile(rb"\n[\n ]*+")
_BLANKS = re.compile(rb"  ++")
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


def remove_unseen(tree: LexborHTMLParser) -> None:
    """Leave only what a reader sees: the tree is good for nothing else from then on."""
    if tree.body is not None:
        for node in tree.body.css(_UNSEEN):
            node.decompose(recursive=False)


def texts(tree: LexborHTMLParser) -> Texts:
    """The texts of a page that was left only what is seen."""
    body = tree.body
    if body is None:
        return Texts(whole="", main="", words=0)
    surrounding = _surrounding(body)
    for node in surrounding:
        node.insert_before(_OPEN)
        node.insert_after(_CLOSE)
    # The tags that most of a page's are: then there is less to write out.
    body.unwrap_tags(_INLINE)
    first, *edged = _folded(_text(body)).split(b"\0")
    whole = _joined([first, *(piece[1:] for piece in edged)]) if edged else first
    main = _joined([first, *_outside(edged)]) if edged else first
    return Texts(whole=_cut(whole), main=_cut(main or whole), words=_word_count(whole))


def line_of(node: LexborNode) -> str:
    """The element's visible text on one line, as far as anybody makes a heading."""
    return _folded(_text(node, _MAX_HEADING)).decode().replace("\n", " ")


def _surrounding(body: LexborNode) -> list[LexborNode]:
    with_role = body.css("[role]")
    return body.css(_CHROME) + [n for n in with_role if n.attributes["role"] in _CHROME_ROLES]


def _text(node: LexborNode, length: int | None = None) -> bytes:
    """The element's text, with a line's end for each tag that begins a line.

    Only that many characters of its markup are read.
    """
    markup = (node.html or "")[:length].encode("utf-8", "replace")
    if b"<!--" in markup:
        markup = _COMMENT.sub(b"", markup)
    text = _TAG.sub(b"", _LINE_TAG.sub(b"\n", markup.translate(_TO_BLANK)))
    text = _REFERENCE.sub(_referred, text)
    return text if _is_clean(text) else _cleaned(text.decode()).encode()


def _referred(reference: re.Match[bytes]) -> bytes:
    return _REFERENCES[reference[0]]


def _is_clean(text: bytes) -> bool:
    """Whether cleaning would change no more than blanks; asked of the few odd characters alone."""
    odd = text.translate(None, _PLAIN).replace(b"\0", b"").decode()
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
    return _BLANKS.sub(b" ", lines) if b"  " in lines else lines


def _joined(pieces: list[bytes]) -> bytes:
    """Pieces of a folded text as one: only their edges need to be folded once more."""
    joined: list[bytes] = []
    gap = b""
    for piece in pieces:
        bare = piece.strip()
        start = piece.find(bare) if bare else len(piece)
        gap += piece[:start]
        if bare:
            joined += (_gap(gap), bare) if joined else (bare,)
            gap = piece[start + len(bare) :]
    return b"".join(joined)


def _gap(blanks: bytes) -> bytes:
    return b"\n" if b"\n" in blanks else blanks[:1]


def _word_count(text: bytes) -> int:
    if not text:
        return 0
    if not text.isascii() and _CJK.search(text.translate(None, _PLAIN).decode()):
        decoded = text.decode()
        single = len(decoded) - len(_CJK.sub("", decoded))
        return single + len(_CJK.sub(" ", decoded).split())
    return text.count(b" ") + text.count(b"\n") + 1


def _cut(text: bytes) -> str:
    return text[:MAX_TEXT_BYTES].decode("utf-8", "ignore")
