"""Pure: what a page declares about itself."""

from dataclasses import dataclass
from enum import StrEnum


class MediaKind(StrEnum):
    """What a page's content is, as far as reading it goes."""

    HTML = "html"
    PDF = "pdf"
    JSON = "json"
    TEXT = "text"
    IMAGE = "image"
    OTHER = "other"
    NONE = "none"
    """There is no content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A value that a page declares about itself, and where it does."""

    value: str
    origin: str
    """Code of the place, such as `title`, `og`, `twitter`, `jsonld`, `h1`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """A `<meta http-equiv=refresh>` of a page (HTML standard, shared declarative refresh steps)."""

    delay: float
    """Seconds."""
    target: str
    """Absolute http(s) URL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page declares about itself; a field is None when the page does not declare it."""

    kind: MediaKind
    encoding: str | None = None
    """Name by the Encoding standard, lower case."""
    encoding_from: str | None = None
    """`bom`, `http`, `meta`, `xml`, `late_meta`, `utf8` or `fallback`."""
    title: Declared | None = None
    headline: Declared | None = None
    description: Declared | None = None
    language: Declared | None = None
    canonical_url: Declared | None = None
    site_name: Declared | None = None
    image_url: Declared | None = None
    published: Declared | None = None
    """ISO 8601; the raw text is in `published_raw`."""
    published_raw: str | None = None
    author: Declared | None = None
    feed_url: Declared | None = None
    generator: Declared | None = None
    noindex: bool = False
    refresh: Refresh | None = None
    first_heading: str | None = None
    word_count: int = 0
    """Words of visible text."""
    scripts: int = 0
    """Number of script elements."""
    marks: tuple[str, ...] = ()
    """Codes of the machine-readable and other marks by which a page tells that it is not the resource."""
    fragment_found: bool | None = None
    """Whether an element has the URL's fragment as id or name; None when the URL has no fragment."""
    text: str = ""
    """Visible text, a line for a block, at most 64 KiB."""
    main_text: str = ""
    """The same without what surrounds it on every page of its site: navigation, header, footer.

    All of it when nothing else is left. It is compared with other pages, and not stored.
    """


PAGE_FIELDS: tuple[str, ...] = (
    "title",
    "headline",
    "description",
    "language",
    "canonical_url",
    "site_name",
    "image_url",
    "published",
    "author",
    "feed_url",
    "generator",
)
"""The fields of `Page` that carry an origin."""
