"""Pure: the links of a document in Markdown (CommonMark with GFM's tables and autolinks)."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from crawler.config import ListSettings
from crawler.model import LeftOut
from crawler.resources.formats import ignoring, markdown_source
from crawler.resources.formats.choosing import Choice
from crawler.resources.formats.html_reader import (
    HtmlReader,
    Surroundings,
    attribute_of,
    unescaped,
)
from crawler.resources.formats.ignoring import Ignore
from crawler.resources.formats.markdown_source import Destination, Document, Segments
from crawler.resources.formats.positions import Positions
from crawler.resources.lines import Entry, Lines

MAX_BYTES = 20_000_000
"""Of the longest file: each MB takes some 3 s and 50 MB of memory."""
MAX_BLOCK = 200_000
"""Characters of a paragraph: links inside one are searched for in more than linear time."""

_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\n(?:.*\n)*?(?:\1|\.\.\.)[ \t]*(?:\n|\Z)")
_AROUND_DESCRIPTION = " \t\n-\u2013\u2014:\u00b7\u2022|,;*"
"""Blanks, dashes, dots and the like."""
_ITEM_TAGS = frozenset({"list_item_open", "td_open", "th_open"})
_ITEM_ENDS = frozenset({"list_item_close", "td_close", "th_close"})
_FOOTNOTE = re.compile(r"\^\S+")


@dataclass(slots=True)
class _Link:
    """A link inside a block."""

    url: str
    at: int
    """Where its URL stands in the document, by index."""
    end: int
    line: int
    """Of the block's content, from 0: where it begins."""
    texts: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        text = " ".join("".join(self.texts).split())
        is_url = self.url in {text, f"http://{text}"}
        return "" if is_url or _FOOTNOTE.fullmatch(text) else text

    @property
    def description(self) -> str:
        return described("".join(self.descriptions))


def described(written: str) -> str:
    """What follows a link, without what only joins it to the link; empty without a word.

    >>> described(" \u2014 a tool (2024).")
    'a tool (2024).'
    """
    text = " ".join(written.split()).strip(_AROUND_DESCRIPTION)
    if text.startswith(")") or text.count(")") > text.count("("):
        text = text.removesuffix(")").removeprefix(")").strip(_AROUND_DESCRIPTION)
    return text if any(map(str.isalnum, text)) else ""


def entries(text: Lines, rules: ListSettings) -> Iterator[Entry]:
    """The links, in order; those of a reference stand where it is defined.

    Raises:
        ResourcesError: the file is too long, or a paragraph of it; blocks are too deep inside each other;
            a comment leaves out links and is never ended.
    """
    written, offset = text.whole(MAX_BYTES)
    positions = Positions(written, offset=offset)
    content = markdown_source.with_line_feeds(written)
    try:
        document = markdown_source.parse(without_front_matter(content))
    except markdown_source.TooDeepError as error:
        what = "lists or quotes are too deep inside each other; keep the list flat"
        raise text.fault(error.line + 1, what) from error
    index = _Indexes(positions, content)
    reader = _Reader(text, Choice(text, rules, positions), document, index)
    yield from reader.entries()
    if reader.is_ignoring:
        raise text.fault(ignoring.line_of_start(content), ignoring.NEVER_ENDED)


def without_front_matter(content: str) -> str:
    """The text with empty lines in the place of the settings at its top."""
    found = _FRONT_MATTER.match(content)
    if not found:
        return content
    return "".join("\n" if c == "\n" else " " for c in found[0]) + content[found.end() :]


class _Indexes:
    """From indexes of the text with line feeds to those of the text as written."""

    def __init__(self, positions: Positions, content: str) -> None:
        self._positions = positions
        self._is_same = len(content) == len(positions.text)
        self._starts = [] if self._is_same else Positions(content).line_starts

    def written(self, index: int) -> int:
        if self._is_same:
            return index
        line = bisect_right(self._starts, index) - 1
        return self._positions.line_starts[line] + index - self._starts[line]


class _Reader:
    """Goes through the blocks of a document."""

    def __init__(self, text: Lines, choice: Choice, document: Document, indexes: _Indexes) -> None:
        self._text = text
        self._choice = choice
        self._document = document
        self._indexes = indexes
        self._around = Surroundings()
        self._heading = 0
        """The level of the heading whose text comes next."""
        self._skipped: int | None = None
        """The level of the block that a comment leaves out, until its end."""
        self._row: list[Entry] | None = None
        """The entries of the table's row that is open."""

    @property
    def is_ignoring(self) -> bool:
        """Whether a comment leaves out all links here."""
        return self._around.is_ignoring

    def entries(self) -> Iterator[Entry]:
        is_skipped_next = False
        for token in self._document.tokens:
            if is_skipped_next:
                is_skipped_next, self._skipped = False, token.level
            yield from self._read_in_row(token)
            if self._skipped == token.level and token.nesting <= 0:
                self._skipped = None
            is_skipped_next = _is_lone_comment(token)
        self._choice.leave_out(LeftOut.IMAGE, self._around.images)

    def _read_in_row(self, token: Token) -> Iterator[Entry]:
        """A row's entries come at its end: the cell after a link's is its description."""
        if token.type == "tr_open":
            self._row = []
        elif token.type == "tr_close":
            yield from self._row or ()
            self._row = None
        elif self._row is None:
            yield from self._read(token)
        else:
            found = list(self._read(token))
            words = described(_plain(token.content)) if token.type == "inline" else ""
            if self._row and not found and words and not self._row[0].description:
                self._row[0] = self._row[0]._replace(description=words)
            self._row += found

    def _read(self, token: Token) -> Iterator[Entry]:
        around = self._around
        if token.type in _ITEM_TAGS:
            around.items += 1
        elif token.type in _ITEM_ENDS:
            around.items = max(around.items - 1, 0)
        elif token.type == "heading_open":
            self._heading = int(token.tag[1:])
        elif token.type == "inline":
            yield from self._read_inline(token)
        elif token.type == "html_block":
            yield from self._read_html(token)

    # --- HTML ---------------------------------------------------------------------------------

    def _read_html(self, token: Token) -> Iterator[Entry]:
        segments = markdown_source.segments_of(token)
        for link in HtmlReader(self._around).read(token.content):
            start, end = segments.span(link.start, link.end)
            found = _Link(link.url, start, end, 0, [link.title])
            yield from self._entry(found, link.category, link.in_item, link.is_ignored)

    # --- inside a block -----------------------------------------------------------------------

    def _read_inline(self, token: Token) -> Iterator[Entry]:
        if len(token.content) > MAX_BLOCK:
            line = token.map[0] + 1 if token.map else 1
            what = f"a paragraph is longer than {MAX_BLOCK:,} characters; split it"
            raise self._text.fault(line, what)
        block = _Block(token, self._document, self._around)
        category = self._around.category
        if self._heading:
            self._around.headings.enter(self._heading, block.text)
            self._heading = 0
        in_item = self._around.items > 0
        for link, is_ignored in block.links():
            yield from self._entry(link, category, in_item, is_ignored)

    def _entry(
        self, link: _Link, category: str, in_item: bool, is_ignored: bool
    ) -> Iterator[Entry]:
        is_ignored = is_ignored or self._skipped is not None
        reason = self._choice.reason(link.url, in_item=in_item, is_ignored=is_ignored)
        if reason:
            self._choice.leave_out(reason)
            return
        start, end = self._indexes.written(link.at), self._indexes.written(link.end)
        yield self._choice.entry(link.url, start, end)._replace(
            title=link.title, category=category, description=link.description
        )


def _plain(content: str) -> str:
    """The text of a cell without marks of emphasis and code."""
    return content.replace("`", "").replace("*", "")


def _is_lone_comment(token: Token) -> bool:
    """Whether the block is only the comment that leaves out the block after it."""
    return token.type == "html_block" and ignoring.wish(token.content) is Ignore.HERE


class _Block:
    """The inside of a paragraph, a heading or a cell."""

    def __init__(self, token: Token, document: Document, around: Surroundings) -> None:
        self._content = token.content
        self._segments: Segments = markdown_source.segments_of(token)
        self._definitions = document.definitions
        self._around = around
        self._cursor = 0
        """The index in the content up to which everything has been read."""
        self._open: _Link | None = None
        self._links: list[_Link] = []
        self._ignored: list[bool] = []
        self._ignored_lines: set[int] = set()
        self._texts: list[str] = []
        for child in markdown_source.read_inline(token, document):
            self._read(child)

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join("".join(self._texts).split())

    def links(self) -> Iterator[tuple[_Link, bool]]:
        """Its links, each with whether a comment leaves it out."""
        for link, is_ignored in zip(self._links, self._ignored, strict=True):
            yield link, is_ignored or link.line in self._ignored_lines

    def _read(self, token: Token) -> None:
        match token.type:
            case "link_open":
                self._open_link(token)
            case "link_close":
                self._open = None
            case "html_inline":
                self._read_tag(token)
            case "image":
                self._around.images += 1
                self._say(_text_of(token.children or ()))
            case "text":
                self._read_text(token.content)
            case _:
                self._read_word(token)

    def _read_word(self, token: Token) -> None:
        if token.type in {"softbreak", "hardbreak"}:
            self._say(" ")
        elif token.type in {"code_inline", "text_special"}:
            # The latter is an escaped character, or a character reference.
            self._say(token.content)
            self._pass(token.content if token.type == "code_inline" else "")

    def _say(self, text: str) -> None:
        """Text that belongs to the open link, or describes the first one."""
        self._texts.append(text)
        if self._open:
            self._open.texts.append(text)
        if self._links and self._open is not self._links[0]:
            self._links[0].descriptions.append(text)

    def _open_link(self, token: Token) -> None:
        label = token.meta.get("label")
        if label is None:
            found: Destination = token.meta["destination"]
            self._cursor = max(self._cursor, found.end)
            start, end = self._segments.span(found.start, found.end)
            self._add(_Link(found.url, start, end, self._line_of(found.start)))
        else:
            found = self._definitions[label]
            self._add(_Link(found.url, found.start, found.end, self._line_of(self._cursor)))

    def _add(self, link: _Link) -> None:
        self._open = link
        self._links.append(link)
        self._ignored.append(self._around.is_ignoring)

    def _line_of(self, index: int) -> int:
        return self._content.count("\n", 0, index)

    def _read_tag(self, token: Token) -> None:
        tag, at = token.content, token.meta["at"]
        self._cursor = max(self._cursor, at)
        wish = ignoring.wish(tag)
        if wish is Ignore.HERE:
            self._ignored_lines.add(self._line_of(at))
        elif wish:
            self._around.obey(wish)
        name = re.match(r"</?[a-z0-9]*", tag.lower())
        match name[0] if name else "":
            case "<a":
                self._open_html_link(tag, at)
            case "</a":
                self._open = None
            case "<img":
                self._around.images += 1
                alternative = attribute_of(tag, "alt")
                self._say(unescaped(alternative.raw) if alternative else "")
            case "<br":
                self._say(" ")

    def _open_html_link(self, tag: str, at: int) -> None:
        target = attribute_of(tag, "href")
        if target:
            start, end = self._segments.span(at + target.start, at + target.end)
            self._add(_Link(unescaped(target.raw), start, end, self._line_of(at)))

    def _read_text(self, text: str) -> None:
        """Text, and the addresses without a scheme in it, which GFM links too."""
        told = 0
        for start, end in () if self._open else markdown_source.bare_names(text):
            at = self._content.find(text[start:end], self._cursor)
            if at >= 0:
                self._say(text[told:start])
                first, last = self._segments.span(at, at + end - start)
                url = f"http://{text[start:end]}"
                self._add(_Link(url, first, last, self._line_of(at)))
                self._say(text[start:end])
                self._open, self._cursor, told = None, at + end - start, end
        self._say(text[told:])
        self._pass(text[told:])

    def _pass(self, text: str) -> None:
        """Moves the cursor behind text that stands next, if it stands there as it is."""
        at = self._content.find(text, self._cursor)
        self._cursor = at + len(text) if at >= 0 else self._cursor


def _text_of(tokens: Sequence[Token]) -> str:
    """The words of an image's description."""
    return "".join(
        _text_of(token.children) if token.children else token.content for token in tokens
    )
