import gzip
import tracemalloc
import zlib

import pytest

from crawler.fetch.content import PIECE, SLACK, BadContentError, Decoder

TEXT = b"What is known about links. " * 40
GZIPPED = gzip.compress(TEXT, mtime=0)
RAW_DEFLATE = zlib.compress(TEXT)[2:-4]


def decode(content_encoding: str, *pieces: bytes) -> bytes:
    decoder = Decoder(content_encoding, 1 << 20)
    for piece in pieces:
        decoder.feed(piece)
    decoder.finish()
    return decoder.content


@pytest.mark.parametrize(
    ("content_encoding", "data"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", GZIPPED),
        ("X-GZIP", GZIPPED),
        ("gzip, identity", GZIPPED),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", RAW_DEFLATE),
        ("deflate, gzip", gzip.compress(zlib.compress(TEXT), mtime=0)),
        ("gzip,gzip", gzip.compress(GZIPPED, mtime=0)),
        ("gzip", gzip.compress(TEXT[:100], mtime=0) + gzip.compress(TEXT[100:], mtime=0)),
        ("gzip", GZIPPED + b"\0\0\0 padding"),
        ("deflate", zlib.compress(TEXT) + b"more"),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_content_is_decoded_whatever_pieces_it_comes_in(
    content_encoding: str, data: bytes, size: int
) -> None:
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    assert decode(content_encoding, *pieces) == TEXT


HTML = "<!doctype html><title>Café</title>"


@pytest.mark.parametrize(
    ("content_encoding", "data", "content"),
    [
        ("utf-8", TEXT, TEXT),
        ("UTF-8", HTML.encode(), HTML.encode()),
        ("iso-8859-1", HTML.encode("latin-1"), HTML.encode("latin-1")),
        ("utf-16", HTML.encode("utf-16"), HTML.encode("utf-16")),
        ("none", b"", b""),
        ("text/html; charset=utf-8", b"\n " + HTML.encode(), b"\n " + HTML.encode()),
        ("utf-8", ("é" * 2000).encode(), ("é" * 2000).encode()),
        ("gzip, utf-8", GZIPPED, TEXT),
        ("utf-8, gzip", GZIPPED, TEXT),
    ],
)
def test_a_word_that_is_no_coding_is_left_out(
    content_encoding: str, data: bytes, content: bytes
) -> None:
    assert decode(content_encoding, data) == content


NOT_TEXT = [GZIPPED, bytes(range(256)), b"%PDF-1.7\n\xe2\xe3\xcf\xd3", b"\x1b\x85\xff rest"]


@pytest.mark.parametrize("data", NOT_TEXT)
def test_content_in_an_unknown_coding_is_a_fault(data: bytes) -> None:
    with pytest.raises(BadContentError):
        decode("rot-13", data)
    decoder = Decoder("rot-13", 3)
    with pytest.raises(BadContentError):
        decoder.feed(data)


def test_what_is_no_page_is_taken_as_it_is() -> None:
    decoder = Decoder("utf-8", 1 << 20, is_page=False)
    decoder.feed(NOT_TEXT[2])
    decoder.finish()
    assert decoder.content == NOT_TEXT[2]


@pytest.mark.parametrize("wbits", [31, 15, -15])
@pytest.mark.parametrize("length", [PIECE - 1, PIECE, PIECE + 1, 5 * PIECE])
def test_content_that_is_packed_to_next_to_nothing_is_decoded_whole(
    wbits: int, length: int
) -> None:
    packed = zlib.compressobj(wbits=wbits)
    data = packed.compress(bytes(length)) + packed.flush()
    assert decode("gzip" if wbits == 31 else "deflate", data) == bytes(length)


@pytest.mark.parametrize("content_encoding", ["", "gzip", "deflate", "gzip, deflate"])
def test_no_content_is_no_fault(content_encoding: str) -> None:
    assert decode(content_encoding) == b""


@pytest.mark.parametrize(
    ("content_encoding", "data"),
    [
        ("br", TEXT),
        ("gzip, gzip, gzip", GZIPPED),
        ("gzip", TEXT),
        ("gzip", GZIPPED[:-9]),
        ("gzip", GZIPPED[:5]),
        ("gzip", GZIPPED[:-8] + b"\0" * 8),
        ("gzip", GZIPPED + GZIPPED[:30]),
        ("deflate", b"\xff" * 20),
        ("deflate", RAW_DEFLATE[:-3]),
        ("deflate", b"x"),
    ],
)
def test_content_that_cannot_be_decoded_is_a_fault(content_encoding: str, data: bytes) -> None:
    with pytest.raises(BadContentError):
        decode(content_encoding, data)


@pytest.mark.parametrize(("limit", "is_full"), [(999, True), (1000, False), (1001, False)])
@pytest.mark.parametrize("content_encoding", ["", "gzip"])
def test_only_more_than_the_limit_is_too_much(
    content_encoding: str, limit: int, is_full: bool
) -> None:
    data = b"x" * 1000
    decoder = Decoder(content_encoding, limit)
    decoder.feed(gzip.compress(data) if content_encoding else data)
    decoder.finish()
    assert (decoder.is_full, decoder.content) == (is_full, data[:limit])


@pytest.mark.promise("29")
def test_a_bomb_stops_at_the_limit() -> None:
    zeros = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(zeros.compress(bytes(1 << 20)) for _ in range(200)) + zeros.flush()
    decoder = Decoder("gzip, gzip", 1 << 20)
    twice = gzip.compress(bomb)
    tracemalloc.start()
    decoder.feed(twice)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert decoder.is_full
    assert len(decoder.content) == 1 << 20
    assert peak < 4 << 20


@pytest.mark.parametrize(
    ("content_encoding", "nothing"),
    [("gzip", gzip.compress(b"", mtime=0)), ("deflate", b"\0\0\0\xff\xff")],
)
def test_coded_content_that_decodes_to_nothing_ends_too(
    content_encoding: str, nothing: bytes
) -> None:
    decoder = Decoder(content_encoding, 1000)
    fed = 0
    while not decoder.is_full:
        decoder.feed(nothing * 100)
        fed += len(nothing) * 100
    assert fed < 1000 + SLACK + PIECE
    assert decoder.content == b""
