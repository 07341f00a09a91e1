"""Pure: what a page declares about itself."""

from dataclasses import dataclass
from enum import StrEnum


class MediaKind(StrEnum):
    """What kind of content a page has; only HTML is read further."""

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
    """A value that a page declares about itself, and where."""

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
class Link:
    """A link of a page."""

    url: str
    """Absolute http(s) URL, without fragment."""
    text: str
    """What a reader sees of it, on one line."""
    is_part: bool = False
    """Whether it leads to a place within that page: then the text does not name the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page declares about itself; a field is None when the page does not declare it."""

    kind: MediaKind
    encoding: str | None = None
    """Name in the Encoding standard, lower case."""
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
    """Codes of marks that the page is not the resource, such as `missing_status` or `challenge_aws`."""
    fragment_found: bool | None = None
    """Whether an element has the URL's fragment as id or name; None when the URL has no fragment."""
    text: str = ""
    """Visible text, a line for a block, at most 64 KiB."""
    main_text: str = ""
    """The text without navigation, header and footer; all of it if nothing else is left.

    It is for comparing pages. Empty when the page was stored.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedText:
    """The text of a page with its names, as the database keeps it and shards send it."""

    digest: str
    """SHA-256 of all of it, hexadecimal."""
    fingerprint: str
    """Likewise, of `Page.text` alone."""
    content: bytes
    """In the format of `packing`; empty if the database has it already."""


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
