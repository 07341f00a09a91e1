"""Pure: the bytes of a page as text, in the encoding that it declares.

Source: HTML standard, §13.2.3 (determining the encoding), and the Encoding standard.
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import webencodings

from crawler.extract.elements import ATTRIBUTE, BLANK

MAX_CHARACTERS = 1_048_576
"""Characters of decoded text that are read."""
_MAX_BYTES = 4 * MAX_CHARACTERS
_PRESCAN_BYTES = 1024

_HEADER_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^\s;\"']+)", re.IGNORECASE)
_XML_ENCODING = re.compile(
    r"\s*<\?xml\s[^>]*?\bencoding\s*=\s*[\"']\s*([^\s\"'>]+)", re.IGNORECASE
)
# Comments, and text that only looks like tags, are skipped as a whole.
_META = re.compile(
    r"<!(?=--).*?(?:-->|\Z)"
    rf"|<(script|style|textarea|title|noscript)(?={BLANK}|[/>]).*?(?:</\1(?={BLANK}|[/>])|\Z)"
    rf"|<meta(?={BLANK}|/)((?:{BLANK}++|/|{ATTRIBUTE})*+)",
    re.IGNORECASE | re.DOTALL,
)
_META_ATTRIBUTE = re.compile(
    rf"(?<![^\t\n\f\r /\"'])([a-z-]++){BLANK}*+={BLANK}*+(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))",
    re.IGNORECASE,
)
_CONTENT_CHARSET = re.compile(
    rf"charset{BLANK}*={BLANK}*(?:\"([^\"]*)\"|'([^']*)'|([^\s;\"']+))", re.IGNORECASE
)
_IN_MARKUP = {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "windows-1252"}
"""What a label in the markup means, since it was readable as ASCII. Source: HTML §13.2.3.2."""
_SINGLE_BYTE = ("ibm866", "iso-8859-", "koi8-", "macintosh", "windows-", "x-mac-")
_AMENDED: dict[str, dict[int, str]] = {
    "koi8-u": {0xAE: "\u045e", 0xBE: "\u040e"},
    "windows-1255": {0xCA: "\u05ba"},
}
"""Bytes that Python's codecs decode differently. Source: Encoding standard, §9, the indexes."""

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
_UTF16_DECLARATIONS: tuple[tuple[bytes, str], ...] = (
    (b"<\0?\0x\0", "utf-16le"),
    (b"\0<\0?\0x", "utf-16be"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A page's text, its encoding, and whether it is all of the page."""

    text: str
    encoding: str
    encoding_from: str
    complete: bool


def decode(content: bytes, content_type: str | None) -> Decoded:
    """The first `MAX_CHARACTERS` of the content as text, with U+FFFD for what cannot be decoded."""
    capped = content[:_MAX_BYTES]
    encoding, encoding_from = _encoding(capped, content_type)
    text = _decoded(capped, encoding).removeprefix("\ufeff")
    return Decoded(
        text=text[:MAX_CHARACTERS],
        encoding=encoding,
        encoding_from=encoding_from,
        complete=len(content) <= _MAX_BYTES and len(text) <= MAX_CHARACTERS,
    )


def _encoding(content: bytes, content_type: str | None) -> tuple[str, str]:
    """Name and source of the encoding, by the first source that names one."""
    for source, find in _SOURCES:
        found = find(content, content_type)
        if found:
            return found, source
    return "windows-1252", "fallback"


def _from_bom(content: bytes, _: str | None) -> str | None:
    return next((name for bom, name in _BOMS if content.startswith(bom)), None)


def _from_header(_: bytes, content_type: str | None) -> str | None:
    found = _HEADER_CHARSET.search(content_type or "")
    return _name(found[1]) if found else None


def _from_meta(content: bytes, _: str | None) -> str | None:
    return _meta_charset(content[:_PRESCAN_BYTES])


def _from_xml(content: bytes, _: str | None) -> str | None:
    for start, name in _UTF16_DECLARATIONS:
        if content.startswith(start):
            return name
    found = _XML_ENCODING.match(content[:_PRESCAN_BYTES].decode("latin-1"))
    return _name_in_markup(found[1]) if found else None


def _from_late_meta(content: bytes, _: str | None) -> str | None:
    return _meta_charset(content[:MAX_CHARACTERS])


def _from_bytes(content: bytes, _: str | None) -> str | None:
    """UTF-8 when the bytes are that, apart from a last character that was cut, or some damage.

    Text in another encoding has hardly any sequence that is valid UTF-8: so more than half of the
    characters beyond ASCII have to be valid.
    """
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(content)
    damaged = text.count("\ufffd") - content.count("\ufffd".encode())
    if damaged == 0:
        return "utf-8"
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return "utf-8" if foreign - damaged > damaged else None


_Source = Callable[[bytes, str | None], str | None]
_SOURCES: tuple[tuple[str, _Source], ...] = (
    ("bom", _from_bom),
    ("http", _from_header),
    ("meta", _from_meta),
    ("xml", _from_xml),
    ("late_meta", _from_late_meta),
    ("utf8", _from_bytes),
)


def _meta_charset(content: bytes) -> str | None:
    """The encoding that the first `<meta>` with a known label declares."""
    if b"charset" not in content.lower():
        return None
    for found in _META.finditer(content.decode("latin-1")):
        name = _charset_of(found[2]) if found[2] else None
        if name:
            return name
    return None


def _charset_of(attributes: str) -> str | None:
    values: dict[str, str] = {}
    for name, *alternatives in _META_ATTRIBUTE.findall(attributes):
        values.setdefault(name.lower(), "".join(alternatives))
    if "charset" in values:
        return _name_in_markup(values["charset"])
    if values.get("http-equiv", "").lower() != "content-type":
        return None
    found = _CONTENT_CHARSET.search(values.get("content", ""))
    return _name_in_markup("".join(found.groups(""))) if found else None


def _name(label: str) -> str | None:
    found = webencodings.lookup(label)
    return found.name if found else None


def _name_in_markup(label: str) -> str | None:
    name = _name(label)
    return _IN_MARKUP.get(name, name) if name else None


def _decoded(content: bytes, encoding: str) -> str:
    if encoding == "replacement":
        return "\ufffd"  # Source: Encoding standard, §14.1: one error for all of the content.
    if encoding.startswith(_SINGLE_BYTE):
        return codecs.charmap_decode(content, "replace", _table(encoding))[0]
    # By the standard, GBK is decoded as its superset.
    return webencodings.decode(content, "gb18030" if encoding == "gbk" else encoding)[0]


@cache
def _table(encoding: str) -> str:
    """The characters of all bytes; where a codec has none, the standard has the C1 controls."""
    amended = _AMENDED.get(encoding, {})
    return "".join(
        amended.get(byte)
        or webencodings.decode(bytes([byte]), encoding, "ignore")[0]
        or (chr(byte) if 0x80 <= byte < 0xA0 else "\ufffd")
        for byte in range(256)
    )
