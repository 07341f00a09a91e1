"""Pure: the links of HTML text, with the place of each URL; for pages, bookmarks and Markdown."""

import html
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from html.parser import HTMLParser

from crawler.resources.formats import ignoring
from crawler.resources.formats.headings import Headings
from crawler.resources.formats.ignoring import Ignore
from crawler.resources.formats.tags import Attribute, attributes

_ITEMS = frozenset({"li", "td", "th"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LONGEST_TAG = 100_000
"""Characters of a tag that is read: the library needs some 200 bytes of memory for each."""
_WHOLE_TAG = re.compile(r"""<[a-z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""", re.IGNORECASE)
_ENDS_DESCRIPTION = frozenset({"dt", "dl", "h3", "a"})


@dataclass(slots=True)
class HtmlLink:
    """A link as it stands in the text."""

    url: str
    start: int
    """The index of the URL's first character."""
    end: int
    category: str = ""
    in_item: bool = False
    """Whether it stands in an item of a list or a cell of a table."""
    texts: list[str] = field(default_factory=list)
    """What stands between its tags."""
    alternative: str = ""
    """Of the image between its tags."""
    descriptions: list[str] = field(default_factory=list)
    is_ignored: bool = False

    @property
    def title(self) -> str:
        """Its text, or that of its image."""
        return " ".join("".join(self.texts).split()) or self.alternative

    @property
    def description(self) -> str:
        """What is said about it."""
        return " ".join("".join(self.descriptions).split())


@dataclass(slots=True)
class Surroundings:
    """What is open around the present place; several texts may be parts of one document."""

    headings: Headings = field(default_factory=Headings)
    items: int = 0
    """Open items of lists and cells of tables."""
    is_ignoring: bool = False
    """Between the comments that start and end it."""
    folders: list[str] | None = None
    """The open folders of bookmarks; None in a document of any other kind."""
    base: str = ""
    """Of `<base href>`."""
    images: int = 0
    """How many images there are."""

    @property
    def category(self) -> str:
        """The name of the category here."""
        if self.folders is None:
            return self.headings.category
        return " / ".join(filter(None, self.folders))

    def obey(self, wish: Ignore) -> None:
        """A comment starts or ends what is left out."""
        if wish is not Ignore.HERE:
            self.is_ignoring = wish is Ignore.START


def attribute_of(tag: str, name: str) -> Attribute | None:
    """The attribute of a tag, if it has that one."""
    return attributes(tag).get(name)


def unescaped(raw: str) -> str:
    """An attribute's value without character references."""
    return html.unescape(raw) if "&" in raw else raw


def _without_open_end(text: str) -> str:
    """The text without a comment and a tag at its end that are never closed.

    By the HTML standard they are no content; the parser would look for their ends again and again.
    """
    last_end = text.rfind("-->")
    open_comment = text.find("<!--", last_end + 1)
    kept = text if open_comment < 0 else text[:open_comment]
    last_tag = kept.rfind(">") + 1
    open_tag = kept.find("<", last_tag)
    return kept if open_tag < 0 else kept[:open_tag]


class HtmlReader(HTMLParser):
    """Reads one text."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(convert_charrefs=True)
        self._around = around
        self._line_starts = [0]
        self._link: HtmlLink | None = None
        """The one whose text is read."""
        self._heading: tuple[int, list[str]] | None = None
        self._folder = ""
        """The name of the folder that opens next."""
        self._latest: HtmlLink | None = None
        """The bookmark that a description would be of."""
        self._described: HtmlLink | None = None
        self._ignored_lines: set[int] = set()
        self._links: list[HtmlLink] = []

    def read(self, text: str) -> list[HtmlLink]:
        """The links of the text, in order."""
        at = text.find("\n")
        while at >= 0:
            self._line_starts.append(at + 1)
            at = text.find("\n", at + 1)
        self.feed(_without_open_end(text))
        self.close()
        for link in self._links if self._ignored_lines else ():
            line = bisect_right(self._line_starts, link.start)
            link.is_ignored = link.is_ignored or line in self._ignored_lines
        return self._links

    def parse_html_declaration(self, i: int) -> int:
        """The index after a declaration, which ends at `>` whatever it is, as in the HTML standard.

        The parser of the library raises an error on `<![x`.
        """
        if self.rawdata.startswith("<!--", i):
            return self.parse_comment(i)
        return self.rawdata.find(">", i) + 1 or -1

    def parse_starttag(self, i: int) -> int:
        """The index after a tag; one that is too long is passed over."""
        may_be_long = _WHOLE_TAG.match(self.rawdata, i)
        if not may_be_long or may_be_long.end() - i < _LONGEST_TAG or self._ends_soon(i):
            return super().parse_starttag(i)
        return self.rawdata.find(">", may_be_long.end()) + 1 or len(self.rawdata)

    def _ends_soon(self, i: int) -> bool:
        """Whether the parser finds the end of the tag in the text that comes next."""
        whole, self.rawdata = self.rawdata, self.rawdata[i : i + _LONGEST_TAG]
        end = self.check_for_whole_start_tag(0)
        self.rawdata = whole
        return end > 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens; `attrs` lack their places, so a link's are read from its text."""
        if self._described and tag in _ENDS_DESCRIPTION:
            self._described = None
        if tag == "a":
            self._open_link()
        elif tag == "img":
            self._see_image(dict(attrs))
        elif tag in _HEADINGS:
            self._heading = (_HEADINGS[tag], [])
        elif tag in _ITEMS:
            self._around.items += 1
        elif tag == "base":
            self._around.base = self._around.base or dict(attrs).get("href") or ""
        elif self._around.folders is not None:
            self._open_folder(tag, self._around.folders)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        around = self._around
        if tag == "a":
            self._link = None
        elif tag in _HEADINGS and self._heading:
            level, texts = self._heading
            self._heading = None
            self._end_heading(level, " ".join("".join(texts).split()))
        elif tag in _ITEMS:
            around.items = max(around.items - 1, 0)
        elif tag == "dl" and around.folders:
            around.folders.pop()
            self._described = None

    def handle_data(self, data: str) -> None:
        """Text goes to the link, the heading and the description that are open."""
        if self._link:
            self._link.texts.append(data)
        if self._heading:
            self._heading[1].append(data)
        if self._described:
            self._described.descriptions.append(data)

    def handle_comment(self, data: str) -> None:
        """A comment may leave links out."""
        wish = ignoring.wish(f"<!--{data}-->")
        if wish is Ignore.HERE:
            self._ignored_lines.add(self.getpos()[0])
        elif wish:
            self._around.obey(wish)

    def _open_link(self) -> None:
        text = self.get_starttag_text() or ""
        target = attribute_of(text, "href")
        self._link = None
        if target is None:
            return
        line, column = self.getpos()
        at = self._line_starts[line - 1] + column
        around = self._around
        self._link = HtmlLink(
            url=unescaped(target.raw),
            start=at + target.start,
            end=at + target.end,
            category=around.category,
            in_item=around.items > 0 or around.folders is not None,
            is_ignored=around.is_ignoring,
        )
        self._latest = self._link
        self._links.append(self._link)

    def _see_image(self, attrs: dict[str, str | None]) -> None:
        self._around.images += 1
        if self._link:
            self._link.alternative = self._link.alternative or attrs.get("alt") or ""

    def _open_folder(self, tag: str, folders: list[str]) -> None:
        if tag == "dl":
            folders.append(self._folder)
            self._folder, self._latest = "", None
        elif tag == "dd":
            self._described = self._latest

    def _end_heading(self, level: int, text: str) -> None:
        if self._around.folders is not None:
            self._folder, self._latest = text if level > 1 else "", None
        else:
            self._around.headings.enter(level, text)
