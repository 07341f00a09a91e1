"""Pure: what a page declares about itself, read from its bytes, once.

`media` says whether it is a page at all, `decode` makes it text, `harmless` says how much of it may
be parsed. Of the one tree, `declarations` collects what it declares and `fields` chooses; `jsonld`,
`refresh`, `fragments` and `text` each read what their name says; `marks` and `challenges` know what
is not the resource by its markup.
"""

from dataclasses import dataclass, replace

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, SelectolaxError

from crawler.extract.challenges import challenge_in, challenges, may_challenge
from crawler.extract.declarations import declarations
from crawler.extract.decode import Decoded, decode
from crawler.extract.fields import fields, published
from crawler.extract.fragments import fragment_found
from crawler.extract.harmless import Bounds, harmless_part, has_grown
from crawler.extract.marks import Markup, marks
from crawler.extract.media import kind_of
from crawler.extract.refresh import refresh_of
from crawler.extract.text import headings, remove_unseen, texts
from crawler.model import MediaKind, Page
from crawler.text import TITLE_LENGTH, clean

__all__ = ["challenge_in", "read", "read_if_harmless", "read_whole"]

_NOINDEX = frozenset({"noindex", "none"})
# With its events, a `<select>` takes time quadratic in its options.
_WITHOUT_EVENTS = LexborDocumentOptions.WO_EVENTS


def read(content: bytes, uri: str, content_type: str | None) -> Page:
    """What the page at `uri`, fragment included, declares and says; never raises, never takes long.

    `content_type` is the field as sent. Only the first mebibyte of text is read, and of a page that
    may be hostile only the start (see `harmless`). What is not HTML has nothing but its kind.
    """
    page = read_if_harmless(content, uri, content_type)
    if page is not None:
        return page
    draft = _draft(content, content_type).shortened()
    return _page(draft, draft.parsed(), uri)


def read_if_harmless(content: bytes, uri: str, content_type: str | None) -> Page | None:
    """The same, but None instead of a page of which only the start would be read."""
    kind = kind_of(content, content_type)
    if kind is not MediaKind.HTML:
        return Page(kind=kind)
    draft = _draft(content, content_type)
    bounds = Bounds.of(draft.markup)
    if not bounds.is_harmless:
        return None
    parsed = draft.parsed()
    if bounds.may_grow and has_grown(draft.markup, parsed.tree.html or ""):
        return None
    return _page(draft, parsed, uri)


def read_whole(content: bytes, uri: str, content_type: str | None) -> Page:
    """The same as `read`, of all of a page that is HTML, however long its author makes that take.

    Raises: `MemoryError` when there is too little for it.
    """
    draft = _draft(content, content_type)
    try:
        return _page(draft, draft.parsed(), uri)
    except SelectolaxError as error:
        raise MemoryError from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A page's markup before it is parsed."""

    decoded: Decoded
    markup: bytes
    """In UTF-8."""
    complete: bool
    """Whether it is all of the page."""

    def shortened(self) -> "_Draft":
        """As much of it as is harmless."""
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


def _page(draft: _Draft, parsed: Markup, uri: str) -> Page:
    tree = parsed.tree
    declared = declarations(parsed, uri)
    borne = marks(parsed)
    outline = parsed.outline
    scripts = sum(1 for _ in outline.named(("script",)))
    fragment = fragment_found(parsed, uri, complete=draft.complete)
    # From here on the tree has only what is seen.
    remove_unseen(tree, outline)
    seen = texts(tree, outline)
    heading, first_heading = headings(tree)
    declared = declared.with_heading(heading)
    date, raw_date = published(declared)
    if may_challenge(seen.whole, seen.words):
        borne += challenges(draft.parsed(), seen.whole)
    return Page(
        kind=MediaKind.HTML,
        encoding=draft.decoded.encoding,
        encoding_from=draft.decoded.encoding_from,
        **fields(declared),
        published=date,
        published_raw=raw_date,
        noindex=not _NOINDEX.isdisjoint(declared.robots),
        refresh=refresh_of(declared.refreshes, declared.base, uri),
        first_heading=clean(first_heading, TITLE_LENGTH) or None,
        word_count=seen.words,
        scripts=scripts,
        marks=borne,
        fragment_found=fragment,
        text=seen.whole,
        main_text=seen.main,
    )
