"""Pure: Markdown (CommonMark with GFM's tables and autolinks), parsed with the place of each URL.

markdown-it tells the lines of a block, but not where a link stands in it. Its rules know that while
they run, so each rule that makes a link is wrapped, and notes what it reads.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

BlockRule = Callable[[StateBlock, int, int, bool], bool]
InlineRule = Callable[[StateInline, bool], bool]

_BREAKS = re.compile(r"\r\n|\r")
_WWW = re.compile(r"(?<![^\s*_~(])www\.(?=\w)", re.IGNORECASE)
"""Source: https://github.github.com/gfm/#autolinks-extension-"""
_PUNCTUATION_AT_END = re.compile(r"[?!.,:*_~]+\Z")
"""Source: https://github.github.com/gfm/#extended-autolink-path-validation"""
_REFERENCE_AT_END = re.compile(r"&[a-z0-9]+\Z", re.IGNORECASE)
"""A character reference, of which only the semicolon is missing."""
_AS_IF = "http://"
_LONGEST_SCHEME = 40
_LONGEST = 2000
"""Characters of such an address."""
MAX_DEPTH = 100
"""Blocks inside each other; a list and its item are two."""
_INLINE_DEPTH = 20
"""Links and pictures inside each other; each level costs time, and hides nothing but what is deeper."""


class TooDeepError(Exception):
    """There are more; markdown-it would leave out everything that follows in the outermost of them."""

    def __init__(self, line: int) -> None:
        """`line` is counted from 0."""
        super().__init__(line)
        self.line = line


class Segments:
    """Which pieces of a block's content come from where in the document."""

    def __init__(self) -> None:
        self._at: list[int] = []
        self._from: list[int] = []

    def add(self, at: int, source: int) -> None:
        """The content from index `at` on stands at index `source`, up to the next piece."""
        self._at.append(at)
        self._from.append(source)

    def source(self, index: int) -> int:
        """Where that character of the content stands in the document."""
        piece = max(bisect_right(self._at, index) - 1, 0)
        return self._from[piece] + index - self._at[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the content from `start` up to `end` stands in the document."""
        first = self.source(start)
        return first, self.source(end - 1) + 1 if end > start else first


class Destination(NamedTuple):
    """The URL of a link as written in a text: the piece from `start` to `end`, unescaped."""

    url: str
    start: int
    end: int


class Document(NamedTuple):
    """A parsed document; inline tokens have no children yet."""

    tokens: Sequence[Token]
    definitions: dict[str, Destination]
    """The destinations of link reference definitions, by label; indexes are of the document."""
    env: MutableMapping[str, Any]


def with_line_feeds(text: str) -> str:
    """The text as markdown-it indexes it."""
    return _BREAKS.sub("\n", text)


def parse(text: str) -> Document:
    """The blocks of a text whose line breaks are line feeds.

    Raises:
        TooDeepError: blocks stand too deep inside each other.
    """
    env: dict[str, Any] = {"definitions": {}}
    # A list and its item are two levels, entered at once: the limit of markdown-it is never reached.
    tokens = _parser(MAX_DEPTH + 2).parse(text, env)
    return Document(tokens, env["definitions"], env)


def read_inline(token: Token, document: Document) -> list[Token]:
    """The links and texts inside a block; links have `meta["destination"]` or `meta["label"]`.

    Indexes are of the block's content; `segments_of` says where that is in the document.
    """
    markdown, children = _parser(), list[Token]()
    markdown.inline.parse(token.content, markdown, document.env, children)
    return children


def segments_of(token: Token) -> Segments:
    """Where the content of an inline token or an HTML block stands in the document."""
    segments: Segments = token.meta["segments"]
    return segments


@cache
def _parser(depth: int = _INLINE_DEPTH) -> MarkdownIt:
    markdown = _Parser("gfm-like", {"store_labels": True, "maxNesting": depth})
    markdown.linkify = _ShortSighted(markdown.linkify)
    # Inline content is parsed block by block later, and so is what GFM links without a scheme.
    markdown.core.ruler.disable(["inline", "linkify", "text_join"])
    blocks, inlines = markdown.block.ruler, markdown.inline.ruler
    for rule in blocks.__rules__:
        note = _NOTES_OF_BLOCKS.get(rule.name)
        if note:
            blocks.at(rule.name, _noting_block(rule.fn, note), {"alt": rule.alt})
    for inline_rule in inlines.__rules__:
        note_inline = _NOTES_OF_INLINES.get(inline_rule.name)
        if note_inline:
            inlines.at(inline_rule.name, _noting_inline(inline_rule.fn, note_inline))
    blocks.before(blocks.get_active_rules()[0], "depth", _refuse_depth)
    inlines.before("linkify", "long_text", _part_long_text)
    return markdown


class _Parser(MarkdownIt):
    """Leaves the addresses that it finds as they are: they are read from where they stand."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - its name there
        """The URL itself."""
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - its name there
        """The URL itself."""
        return link


class _ShortSighted:
    """Looks for an address only as far as one reaches: markdown-it hands over all text that follows.

    It ends where GFM says, before signs of emphasis and the like.
    """

    def __init__(self, linkify: Any) -> None:  # noqa: ANN401 - without types
        self._linkify = linkify

    def match_at_start(self, text: str) -> Any:  # noqa: ANN401 - without types
        """The address with which the text begins; None when there is none."""
        found = self._linkify.match_at_start(text[:_LONGEST])
        if found:
            is_reference = text.startswith(";", found.last_index)
            end = _REFERENCE_AT_END if is_reference else _PUNCTUATION_AT_END
            found.url = found.text = end.sub("", found.url)
            found.last_index = found.index + len(found.url)
        return found


def _part_long_text(state: StateInline, silent: bool) -> bool:
    """Ends a long text before each colon, because the next rule looks for a scheme in all of it."""
    if not silent and state.src[state.pos] == ":" and len(state.pending) > _LONGEST:
        kept = state.pending[-_LONGEST_SCHEME:]
        state.pending = state.pending[:-_LONGEST_SCHEME]
        state.pushPending()
        state.pending = kept
    return False


# --- blocks -------------------------------------------------------------------------------------


def _refuse_depth(state: StateBlock, first: int, _last: int, _silent: bool) -> bool:
    if state.level >= MAX_DEPTH:
        raise TooDeepError(first)
    return False


def _noting_block(rule: BlockRule, note: Callable[[StateBlock, int, int], None]) -> BlockRule:
    """The rule, which notes where the content of its tokens comes from.

    Only now, because the marks of containers around it are taken off its lines only while it runs.
    """

    def noting(state: StateBlock, first: int, last: int, silent: bool) -> bool:
        before = len(state.tokens)
        is_found = rule(state, first, last, silent)
        if is_found and not silent:
            note(state, first, before)
        return is_found

    return noting


def _line_start(state: StateBlock, line: int) -> int:
    """The index of the line's first character inside its containers that is no blank."""
    return state.bMarks[line] + state.tShift[line]


def _note_lines(state: StateBlock, first: int, before: int) -> None:
    """A paragraph, or a heading by underline: its lines without the blanks before them."""
    for token in state.tokens[before:]:
        if token.type == "inline":
            segments, at = Segments(), 0
            for n, line in enumerate(token.content.split("\n")):
                blanks = len(line) - len(line.lstrip(" \t"))
                segments.add(at + blanks, _line_start(state, first + n))
                at += len(line) + 1
            token.meta["segments"] = segments


def _note_heading(state: StateBlock, first: int, before: int) -> None:
    start = _line_start(state, first)
    line = state.src[start : state.eMarks[first]]
    after_marks = line.lstrip("#")
    blanks = len(after_marks) - len(after_marks.lstrip(" \t"))
    for token in state.tokens[before:]:
        if token.type == "inline":
            segments = Segments()
            segments.add(0, start + len(line) - len(after_marks) + blanks)
            token.meta["segments"] = segments


def _note_cells(state: StateBlock, first: int, before: int) -> None:
    r"""A table: each cell has its own content, in which `\|` has become `|`."""
    cursor, row = 0, -1
    for token in state.tokens[before:]:
        if token.type == "inline" and token.map:
            if token.map[0] != row:
                row, cursor = token.map[0], _line_start(state, token.map[0])
                cursor += state.src[cursor : cursor + 1] == "|"
            cursor = _note_cell(state.src, token, cursor)


def _note_cell(source: str, token: Token, cursor: int) -> int:
    """The index after the cell's bar."""
    while source[cursor : cursor + 1] in {" ", "\t"}:
        cursor += 1
    segments = Segments()
    segments.add(0, cursor)
    for n, character in enumerate(token.content):
        if character == "|":
            segments.add(n, cursor + 1)  # after the backslash
            cursor += 1
        cursor += 1
    token.meta["segments"] = segments
    while source[cursor : cursor + 1] in {" ", "\t"}:
        cursor += 1
    return cursor + 1


def _note_html(state: StateBlock, first: int, before: int) -> None:
    """Lines of HTML, of which only the marks of containers were taken off."""
    for token in state.tokens[before:]:
        if token.type == "html_block":
            segments, at = Segments(), 0
            for n, line in enumerate(token.content.removesuffix("\n").split("\n")):
                segments.add(at, state.eMarks[first + n] - len(line))
                at += len(line) + 1
            token.meta["segments"] = segments


def _note_definition(state: StateBlock, first: int, _: int) -> None:
    """A link reference definition: `[label]: destination "title"`. It makes no token."""
    label = next(reversed(state.env["references"]))
    definitions = state.env["definitions"]
    if label in definitions:
        return  # The first one counts.
    text, segments = "", Segments()
    for line in range(first, state.line):
        segments.add(len(text), _line_start(state, line))
        text += state.src[_line_start(state, line) : state.eMarks[line]] + "\n"
    found = _destination(state.md, text, _after_label(text) + 1)
    definitions[label] = Destination(found.url, *segments.span(found.start, found.end))


def _after_label(text: str) -> int:
    """The index of the colon after the label at the start of the text."""
    at = 1
    while text[at] != "]":
        at += 2 if text[at] == "\\" else 1
    return at + 1


_NOTES_OF_BLOCKS = {
    "paragraph": _note_lines,
    "lheading": _note_lines,
    "heading": _note_heading,
    "table": _note_cells,
    "html_block": _note_html,
    "reference": _note_definition,
}


# --- inside blocks ------------------------------------------------------------------------------


def _noting_inline(
    rule: InlineRule, note: Callable[[StateInline, int, Token], None]
) -> InlineRule:
    def noting(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        is_found = rule(state, silent)
        if is_found and not silent:
            made = (token for token in state.tokens[before:] if token.type != "text")
            token = next(made, None)
            if token is not None:
                note(state, start, token)
        return is_found

    return noting


def _destination(markdown: MarkdownIt, text: str, at: int) -> Destination:
    """The destination that begins at `at`, after blanks and line breaks."""
    while text[at : at + 1] in {" ", "\t", "\n"}:
        at += 1
    found = markdown.helpers.parseLinkDestination(text, at, len(text))
    is_bracketed = text[at : at + 1] == "<" and found.ok
    return Destination(found.str, at + is_bracketed, max(found.pos, at) - is_bracketed)


def _note_link(state: StateInline, start: int, token: Token) -> None:
    if "label" not in token.meta:
        end, state.pos = state.pos, start
        label_end = state.md.helpers.parseLinkLabel(state, start, True)
        state.pos = end
        token.meta["destination"] = _destination(state.md, state.src, label_end + 2)


def _note_autolink(state: StateInline, start: int, token: Token) -> None:
    url = state.src[start + 1 : state.pos - 1]
    is_mail = str(token.attrs["href"]).startswith("mailto:") and ":" not in url
    token.meta["destination"] = Destination(
        f"mailto:{url}" if is_mail else url, start + 1, state.pos - 1
    )


def _note_bare_url(state: StateInline, colon: int, token: Token) -> None:
    """The scheme has been read as text by then; the text of the link begins with it."""
    scheme = state.tokens[-2].content.partition(":")[0]
    start = colon - len(scheme)
    token.meta["destination"] = Destination(state.src[start : state.pos], start, state.pos)


def _note_html_tag(_: StateInline, start: int, token: Token) -> None:
    token.meta["at"] = start


_NOTES_OF_INLINES = {
    "link": _note_link,
    "autolink": _note_autolink,
    "linkify": _note_bare_url,
    "html_inline": _note_html_tag,
}


# --- what GFM links without a scheme --------------------------------------------------------------


def bare_names(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses such as `www.example.org` stand in a text: the start and the end of each."""
    linkify: Any = _parser().linkify
    for found in _WWW.finditer(text):
        match = linkify.match_at_start(_AS_IF + text[found.start() : found.start() + _LONGEST])
        if match:
            yield found.start(), found.start() + match.last_index - len(_AS_IF)
