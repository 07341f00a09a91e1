"""Pure: what a page declares about itself, read from its bytes, once.

`media` says whether it is a page at all, `decoding` makes it text, `harmless` says how much of it may
be parsed. `outline` walks over the tree once. From there `declarations` collects all that the page
declares, and `fields` chooses from it; `jsonld`, `refresh`, `fragments` and `visible_text` each read
what their name says; `marks` and `challenges` recognize pages that are not the resource. `links` reads a page for its links alone.
"""

from dataclasses import dataclass, replace

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, SelectolaxError

from crawler.extract.challenges import challenge_in, challenge_marks, may_be_challenge
from crawler.extract.declarations import all_declarations
from crawler.extract.decoding import Decoded, decode
from crawler.extract.fields import chosen_fields, published
from crawler.extract.fragments import fragment_found
from crawler.extract.harmless import Bounds, harmless_part, is_too_large
from crawler.extract.links import links
from crawler.extract.marks import Markup, marks_in, with_emptiness
from crawler.extract.media import kind_of
from crawler.extract.refresh import refresh_of
from crawler.extract.visible_text import headings, remove_unseen, visible_text_of
from crawler.model import MediaKind, Page
from crawler.text import TITLE_LENGTH, clean

__all__ = ["challenge_in", "links", "read", "read_if_harmless", "read_whole"]

_NOINDEX = frozenset({"noindex", "none"})
# With events, a `<select>` takes time quadratic in its options.
_WITHOUT_EVENTS = LexborDocumentOptions.WO_EVENTS


def read(content: bytes, url: str, content_type: str | None) -> Page:
    """What the page at `url`, fragment included, declares and says; never raises, never takes long.

    `content_type` is the field as sent. Only the first 1,048,576 characters are read, and only the
    start of a page that may be hostile (see `harmless`). For content that is not HTML, only the kind is read.
    """
    page = read_if_harmless(content, url, content_type)
    if page is not None:
        return page
    draft = _draft(content, content_type).shortened()
    return _page(draft, draft.parsed(), url)


def read_if_harmless(content: bytes, url: str, content_type: str | None) -> Page | None:
    """Like `read`, but None for a page of which `read` would read only the start."""
    kind = kind_of(content, content_type)
    if kind is not MediaKind.HTML:
        return Page(kind=kind)
    draft = _draft(content, content_type)
    bounds = Bounds.of(draft.markup)
    if not bounds.is_harmless:
        return None
    parsed = draft.parsed()
    if bounds.may_be_too_large and is_too_large(len(parsed.outline.inline)):
        return None
    return _page(draft, parsed, url)


def read_whole(content: bytes, url: str, content_type: str | None) -> Page:
    """All of a page that is HTML, however long that takes.

    Raises: `MemoryError` when there is not enough memory.
    """
    draft = _draft(content, content_type)
    try:
        return _page(draft, draft.parsed(), url)
    except SelectolaxError as error:
        raise MemoryError from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A page's markup before it is parsed."""

    decoded: Decoded
    markup: bytes
    """In UTF-8."""
    complete: bool
    """Whether this is all of the page."""

    def shortened(self) -> "_Draft":
        """The draft, cut to the part that is harmless to parse."""
        return replace(self, markup=harmless_part(self.markup), complete=False)

    def parsed(self) -> Markup:
        return Markup(
            text=self.decoded.text,
            tree=LexborHTMLParser(self.markup, options=_WITHOUT_EVENTS, scripting=True),
        )


def _draft(content: bytes, content_type: str | None) -> _Draft:
    decoded = decode(content, content_type)
    markup = decoded.text.encode("utf-8", "replace").replace(b"\0", b"")
    return _Draft(decoded=decoded, markup=markup, complete=decoded.complete)


def _page(draft: _Draft, parsed: Markup, url: str) -> Page:
    tree = parsed.tree
    declared = all_declarations(parsed, url)
    marks = marks_in(parsed)
    outline = parsed.outline
    scripts = sum(1 for _ in outline.named(("script",)))
    fragment = fragment_found(parsed, url, complete=draft.complete)
    # From here on the tree has only what is visible.
    remove_unseen(tree, outline)
    visible = visible_text_of(tree, outline)
    marks = with_emptiness(marks, visible.main_words)
    heading, first_heading = headings(tree)
    declared = declared.with_heading(heading)
    date, raw_date = published(declared)
    noindex = not _NOINDEX.isdisjoint(declared.robots)
    if may_be_challenge(visible, noindex=noindex):
        marks += challenge_marks(draft.parsed(), visible.whole)
    return Page(
        kind=MediaKind.HTML,
        encoding=draft.decoded.encoding,
        encoding_from=draft.decoded.encoding_from,
        **chosen_fields(declared),
        published=date,
        published_raw=raw_date,
        noindex=noindex,
        refresh=refresh_of(declared.refreshes, declared.base, url),
        first_heading=clean(first_heading, TITLE_LENGTH) or None,
        word_count=visible.words,
        scripts=scripts,
        marks=marks,
        fragment_found=fragment,
        text=visible.whole,
        main_text=visible.main,
    )
