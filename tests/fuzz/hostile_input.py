"""Strategies for what others send: bits of the right form in the wrong order, with anything between them."""

import gzip
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.support.random_lists import FORMATS

_BITS = (
    "http://", "https://", "//", "/", "\\", "?", "#", "@", ":", ":99999", ":0", "[::1]", "[", "]",
    "127.0.0.1", "0x7f.1", "a.example", "xn--", "xn--a", "пример.example", "%", "%00", "%zz", "%2f",
    "user:secret@", "javascript:", "file:///etc/passwd", "..", "\t", "\n", "\r\n", "\r", "\0", " ",
    "\u2028", "\u200b", "\u202e", "\ufeff", "\ufffe", "é", "e\u0301" * 40, "😀", ",", ";", '"', '""', "'",
    "=", "-", "*", "**", "$", "{", "}", "<", ">", "<!--", "-->", "]]>", "<![CDATA[", "&amp;", "&#0;",
    "&#xd800;", "0", "-1", "1e309", "9" * 30, "nan", "inf", "١٢", "true", "null", "İ", "ß", "`", "\\u0000",
)  # fmt: skip


def _mixed(*own: str, most: int = 25) -> st.SearchStrategy[str]:
    """Texts of these bits, of those that are odd everywhere, and of any characters."""
    piece = st.one_of(st.sampled_from(own or _BITS), st.sampled_from(_BITS), st.text(max_size=6))
    return st.lists(piece, max_size=most).map("".join)


def _as_bytes(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    encoded = texts.map(lambda text: text.encode("utf-8", "surrogatepass"))
    return st.one_of(encoded, st.lists(st.one_of(encoded, st.binary(max_size=8))).map(b"".join))


TEXTS = _mixed()
URLS = _mixed("http://", "https://", "a.example", "/", "?q=", "#top", "https://a.example/")
CRON_WORDS = st.one_of(
    _mixed("*", "*/5", "0", "59", "7", "mon", "sun-sat", "jan", "1-5", "5-1", ",", "/", " "),
    st.lists(
        st.sampled_from(["*", "0", "1", "31", "2", "29", "7", "mon-fri", "*/2", "1-5/2", "sun"]),
        min_size=5,
        max_size=5,
    ).map(" ".join),
    st.sampled_from(["@daily", "@reboot", "@yearly", "@"]),
)
ROBOTS = _mixed(
    "User-agent: *\n", "User-agent: resource-crawler\n", "Disallow: /", "Disallow:", "Allow: /*$",
    "Crawl-delay: ", "Crawl-delay: nan\n", "Crawl-delay: 1e999\n", "Request-rate: 1/0\n", "Sitemap: ",
    "Visit-time: ", "useragent\n", "#", "\n",
)  # fmt: skip
RETRY_AFTER = _mixed(
    "120", "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    "+9999", " -2400", "Jan", "9999",
)  # fmt: skip
REFRESH = _mixed("0", "5", ";", "url=", "URL='", "https://a.example/")
COOKIES = st.lists(
    _as_bytes(
        _mixed(
            "a=b",
            "; Path=/",
            "; Domain=a.example",
            "; Domain=.",
            "; Max-Age=",
            "; Secure",
            "; Expires=Sun, 06 Nov 1994 08:49:37 GMT",
            '; Port="80"',
            "; Version=1",
            "=",
            most=6,
        )
    ).map(lambda field: field.replace(b"\r", b"").replace(b"\n", b"").replace(b"\0", b"")),
    max_size=55,
)
_NAMES = _mixed(
    "CN = ", "O = ", "C = US", ", ", '"', "\\E6", "\\", '\\"', "DNS:", ", DNS:*.a.example"
)
_TIMES = _mixed("Jan  1 12:30:00 2026 GMT", "Jan", " 1", " 25:61:61", " 99999", " GMT")
CERTIFICATES = st.fixed_dictionaries(
    {},
    optional={
        "Issuer": _NAMES,
        "Subject": _NAMES,
        "X509v3 Subject Alternative Name": _NAMES,
        "Start date": _TIMES,
        "Expire date": _TIMES,
    },
)
HEADS = st.lists(
    _as_bytes(
        _mixed(
            "HTTP/1.1 200 OK",
            "HTTP/1.0 404",
            "HTTP/1.1 100 Continue",
            "HTTP/2 200",
            "Location: /",
            "Content-Length: 5",
            "Content-Length: 5, 6",
            "Transfer-Encoding: chunked",
            " folded",
            most=3,
        )
    ),
    max_size=12,
)
XML = _as_bytes(
    _mixed(
        "<?xml version='1.0'?>",
        "<urlset>",
        "<sitemapindex>",
        "<url><loc>",
        "</loc></url>",
        "<sitemap>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]>",
        "&b;",
        "https://a.example/",
    )
)
CAPTURES = _mixed(
    "com,example)/ ", "20200101000000", " {", '"url": "https://a.example/"', '"status": "200"', "}\n",
    '[["urlkey","timestamp"],', '["a","b"]]', '<https://a.example/>; rel="memento"',
    '; datetime="Sun, 06 Nov 1994 08:49:37 GMT"', ", ",
)  # fmt: skip
PAGES = _as_bytes(
    _mixed(
        "<title>",
        "</title>",
        "<meta charset=",
        "utf-16",
        "shift_jis",
        ">",
        "<meta http-equiv=refresh content='",
        "0;url=",
        "'>",
        "<script type=application/ld+json>",
        '{"@graph":[',
        "</script>",
        "<base href=",
        "<link rel=canonical href=",
        "<p hidden>",
        "<select><option>",
        "<table><tr>",
        "<svg><desc>",
        "<math>",
        "<template>",
        "<h1 id=top>",
        "</h1>",
        "<a href=",
        "<plaintext>",
        "<noscript>",
    )
)
CONTENT_TYPES = st.one_of(
    st.none(),
    st.sampled_from(["text/html", "text/html; charset=utf-7", "application/pdf", ""]),
    TEXTS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedContent:
    """Content as it comes from a server: the value of `Content-Encoding`, and its pieces."""

    coding: str
    pieces: Sequence[bytes]
    limit: int
    is_page: bool


@st.composite
def coded_contents(draw: st.DrawFn) -> CodedContent:
    coding = draw(
        st.sampled_from(["", "gzip", "deflate", "gzip, deflate", "gzip,gzip", "br", "utf-8, gzip"])
        | TEXTS
    )
    content = _packed(coding, draw(st.binary(max_size=400)) * draw(st.sampled_from([1, 1, 500])))
    damaged = bytearray(content)
    for place in draw(st.lists(st.integers(0, max(len(content) - 1, 0)), max_size=3)):
        damaged[place : place + 1] = draw(st.binary(max_size=2))
    size = draw(st.integers(1, 4096))
    pieces = [bytes(damaged[at : at + size]) for at in range(0, len(damaged), size)]
    return CodedContent(
        coding=coding,
        pieces=pieces,
        limit=draw(st.sampled_from([0, 1, 1000, 1 << 20])),
        is_page=draw(st.booleans()),
    )


def _packed(coding: str, content: bytes) -> bytes:
    for name in coding.split(","):
        if name.strip() == "gzip":
            content = gzip.compress(content, mtime=0)
        elif name.strip() == "deflate":
            content = zlib.compress(content)
    return content


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """A file of a list; of how many rows or links it had before somebody damaged it."""

    name: str
    content: bytes
    urls: tuple[str, ...]
    is_whole: bool


@st.composite
def list_files(draw: st.DrawFn) -> ListFile:
    """A list in one of the formats, as it should be or with damage somewhere."""
    urls = [f"https://old{n}.example/{draw(st.text('abc019-_./', max_size=6))}z" for n in range(4)]
    made = FORMATS[draw(st.sampled_from(sorted(FORMATS)))](draw, urls)
    content = made.content(
        mark=draw(st.booleans()), line_end=draw(st.sampled_from(["\n", "\r\n"]))
    )
    damaged = content
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(damaged)))
        more = draw(_as_bytes(st.one_of(st.sampled_from(_BITS), st.text(max_size=3))))
        damaged = damaged[:place] + more + damaged[place + draw(st.integers(0, 2)) :]
    return ListFile(name=made.name, content=damaged, urls=tuple(urls), is_whole=damaged == content)


@st.composite
def csv_rows(draw: st.DrawFn) -> bytes:
    """Rows below a header, of which any may be damaged."""
    separator = draw(st.sampled_from(",;\t"))
    cell = st.one_of(
        st.sampled_from(
            ["", "https://a.example/", '"a, b; c\td"', '"two\nlines"', '""""', '"', " "]
        ),
        _mixed(),
    )
    row = st.lists(cell, min_size=1, max_size=4).map(separator.join)
    whole = st.sampled_from(["1", "2", '"x"']).map(
        lambda first: separator.join([first, '"t"', "https://a.example/"])
    )
    rows = draw(st.lists(st.one_of(whole, whole, row), max_size=12))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = end.join([separator.join(["id_of_mine", "title", "url"]), *rows])
    return text.encode("utf-8", "surrogatepass")
