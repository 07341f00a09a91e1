"""Pure: the kind of a response's content, by its first bytes or its declared type."""

from crawler.model import MediaKind

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_TYPES: tuple[tuple[str, str, MediaKind], ...] = (
    ("application/pdf", "", MediaKind.PDF),
    ("application/x-pdf", "", MediaKind.PDF),
    ("application/json", "", MediaKind.JSON),
    ("text/json", "", MediaKind.JSON),
    ("application/", "+json", MediaKind.JSON),
    ("image/", "", MediaKind.IMAGE),
    ("text/", "", MediaKind.TEXT),
)
"""Start and end of the media type; the first row that matches decides."""
_SIGNATURES: tuple[tuple[bytes, MediaKind], ...] = (
    (b"%PDF-", MediaKind.PDF),
    (b"\x89PNG\r\n\x1a\n", MediaKind.IMAGE),
    (b"\xff\xd8\xff", MediaKind.IMAGE),
    (b"GIF8", MediaKind.IMAGE),
)
"""Source: MIME Sniffing standard, §6.1 and §7.1."""
_BEFORE_MARKUP = b"\xef\xbb\xbf\xfe\xff\x00\t\n\f\r "
"""Byte order marks, the zeros of UTF-16, and white space."""


def essence(content_type: str | None) -> str:
    """The media type without parameters, in lower case; empty when none is declared."""
    return (content_type or "").partition(";")[0].strip().lower()


def kind_of(content: bytes, content_type: str | None) -> MediaKind:
    """The declared kind, except that PDFs and images are recognized by their first bytes."""
    if not content:
        return MediaKind.NONE
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    declared = essence(content_type)
    if "/" not in declared:
        return _kind_by_bytes(content)
    return MediaKind.HTML if declared in _HTML_TYPES else _declared_kind(declared)


def _declared_kind(declared: str) -> MediaKind:
    for start, end, kind in _TYPES:
        if declared.startswith(start) and declared.endswith(end):
            return kind
    return MediaKind.OTHER


def _kind_by_bytes(content: bytes) -> MediaKind:
    start = content[:1024].lstrip(_BEFORE_MARKUP)
    if start.startswith(b"<"):
        return MediaKind.HTML
    return MediaKind.OTHER if b"\x00" in start else MediaKind.TEXT
