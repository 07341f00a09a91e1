"""Pure: a response's content, decoded piece by piece and never further than its limit."""

import codecs
import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Protocol

MAX_CODINGS = 2
"""Content codings on top of each other that are undone."""
PIECE = 65_536
"""Most bytes that a coding gives out at a time: this is what bounds a decompression bomb."""
SLACK = 65_536
"""Bytes by which coded content may be longer than decoded content (headers, blocks without gain)."""
GZIP_MAGIC = b"\x1f\x8b"


HEADER_BYTES = 1445
"""Bytes from which is seen whether content is text. Source: MIME Sniffing standard §5.2."""
_BINARY = re.compile(rb"[\x00-\x08\x0B\x0E-\x1A\x1C-\x1F]")
"""Bytes that no text has. Source: MIME Sniffing standard §3."""
_UTF_16 = (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)


class BadContentError(Exception):
    """Content cannot be decoded: a coding is unsupported, one too many, or not really applied."""


class Coding(Protocol):
    """Undoes one content coding."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """The decoded data, in pieces of at most `PIECE` bytes."""

    def is_complete(self) -> bool:
        """Whether the coded data may end here."""


class Gzip:
    """The `gzip` coding, of one or more members. Source: RFC 1952 §2.2."""

    def __init__(self) -> None:
        self._member: zlib._Decompress | None = None
        """The latest."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """The decoded data; anything behind the last member is ignored, as browsers do."""
        while data:
            if self._member is None or self._member.eof:
                is_first = self._member is None
                if not is_first and not data.startswith(GZIP_MAGIC[: len(data)]):
                    return
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            yield from _inflated(self._member, data)
            data = self._member.unused_data

    def is_complete(self) -> bool:
        """Whether every member that has begun has ended."""
        return self._member is None or self._member.eof


class Deflate:
    """The `deflate` coding, with the zlib wrapper or (against the standard) without.

    Source: RFC 9110 §8.4.1.2, and its note.
    """

    def __init__(self) -> None:
        self._start = bytearray()
        self._stream: zlib._Decompress | None = None

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """The decoded data; anything behind its end is ignored."""
        if self._stream is None:
            self._start.extend(data)
            if len(self._start) < 2:
                return
            data = bytes(self._start)
            self._stream = zlib.decompressobj(_window(data))
        if not self._stream.eof:
            yield from _inflated(self._stream, data)

    def is_complete(self) -> bool:
        """Whether the stream has ended, or never began."""
        return not self._start if self._stream is None else self._stream.eof


CODINGS: dict[str, type[Gzip] | type[Deflate]] = {
    "gzip": Gzip,
    "x-gzip": Gzip,
    "deflate": Deflate,
}
"""Codings that are undone. Source: RFC 9110 §8.4.1."""
REFUSED_CODINGS = frozenset(
    {"aes128gcm", "br", "compress", "dcb", "dcz", "exi", "pack200-gzip", "x-compress", "zstd"}
)
"""Those that nobody may send us, because we do not ask for them.

Source: IANA, HTTP Content Coding Registry.
"""


class Decoder:
    """Takes content as received, in pieces, and keeps at most `limit` bytes of it, decoded.

    `content_encoding` is the value of the field of that name; empty for content that is not coded.
    Words that name no coding at all, such as `utf-8`, are left out, as browsers do; what is left
    must be text then if the content `is_page`.
    Raises: `BadContentError` when a coding cannot be undone.
    """

    def __init__(self, content_encoding: str, limit: int, *, is_page: bool = True) -> None:
        names = _names(content_encoding)
        self._codings: Sequence[Coding] = [CODINGS[n]() for n in reversed(names) if n in CODINGS]
        self._must_be_text = is_page and not CODINGS.keys() >= set(names)
        self._limit = limit
        self._counts = [0] * len(self._codings)
        """Bytes that went into each coding."""
        self._content: bytes | bytearray = bytearray()

    @property
    def content(self) -> bytes:
        """The first `limit` bytes of the decoded content."""
        return bytes(self._content[: self._limit])

    @property
    def is_empty(self) -> bool:
        """Whether nothing was decoded."""
        return not self._content

    @property
    def is_full(self) -> bool:
        """Whether there is more than is kept; from then on nothing need be fed."""
        return len(self._content) > self._limit or any(
            count > self._limit + SLACK for count in self._counts
        )

    def feed(self, data: bytes) -> None:
        """Take the next piece as received. Raises: `BadContentError`."""
        try:
            for piece in self._decoded(data, 0):
                self._content += piece
                if self.is_full:
                    self._check_text()
                    return
        except zlib.error as fault:
            raise BadContentError from fault

    def finish(self) -> None:
        """Check that nothing is missing at the end. Raises: `BadContentError`."""
        if not self.is_full and not all(coding.is_complete() for coding in self._codings):
            raise BadContentError
        self._check_text()
        # The buffer would be twice as large, and the content in memory twice while it waits.
        self._content = bytes(self._content)

    def _check_text(self) -> None:
        if self._must_be_text and not _is_text(bytes(self._content[:HEADER_BYTES])):
            raise BadContentError

    def _decoded(self, data: bytes, level: int) -> Iterator[bytes]:
        if level == len(self._codings):
            yield data
            return
        # Each coding's input is counted, so that much input that decodes to nothing ends as well.
        self._counts[level] += len(data)
        if self.is_full:
            return
        for piece in self._codings[level].pieces(data):
            yield from self._decoded(piece, level + 1)


def _names(content_encoding: str) -> Sequence[str]:
    """What was done to the content, in this order, as the field says."""
    names = [name.strip().lower() for name in content_encoding.split(",")]
    applied = [name for name in names if name not in {"", "identity"}]
    if len(applied) > MAX_CODINGS or not REFUSED_CODINGS.isdisjoint(applied):
        raise BadContentError
    return applied


def _is_text(start: bytes) -> bool:
    """Whether content that begins so is plainly not encoded."""
    if start.startswith(_UTF_16):
        return True
    if _BINARY.search(start):
        return False
    if start.lstrip().startswith(b"<"):
        return True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)  # the last character may be cut
    except UnicodeDecodeError:
        return False
    return True


def _window(start: bytes) -> int:
    is_wrapped = start[0] & 0x0F == zlib.DEFLATED and int.from_bytes(start[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if is_wrapped else -zlib.MAX_WBITS


def _inflated(stream: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    piece = b""
    # After a full piece, the stream may still have more of what was fed before.
    while (data or len(piece) == PIECE) and not stream.eof:
        piece = stream.decompress(data, PIECE)
        yield piece
        data = stream.unconsumed_tail
