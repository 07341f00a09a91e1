"""Every encoding that the Encoding standard names, wherever it is declared."""

import codecs

import pytest
import webencodings
from webencodings.labels import LABELS

from crawler.extract import read
from crawler.extract.decoding import MAX_CHARACTERS, decode

SAMPLES = {
    "big5": "中文網站",
    "euc-jp": "日本語のページ",
    "euc-kr": "한국어 페이지",
    "gb18030": "中文网站€",
    "gbk": "中文网站",
    "ibm866": "Привет",
    "iso-2022-jp": "日本語のページ",
    "iso-8859-2": "Zażółć",
    "iso-8859-3": "Ĉirkaŭ",
    "iso-8859-4": "Ķēniņš",
    "iso-8859-5": "Привет",
    "iso-8859-6": "مرحبا",
    "iso-8859-7": "Καλημέρα",
    "iso-8859-8": "שלום",
    "iso-8859-8-i": "שלום",
    "iso-8859-10": "Þórður",
    "iso-8859-13": "Žąsis",
    "iso-8859-14": "Ŵy",
    "iso-8859-15": "Prix 5 €",
    "iso-8859-16": "Țară",
    "koi8-r": "Привет",
    "koi8-u": "Їжак",
    "macintosh": "Café",
    "shift_jis": "日本語①",
    "utf-8": "Grüße 日本",
    "windows-874": "สวัสดี",
    "windows-1250": "Zażółć",
    "windows-1251": "Привет",
    "windows-1252": "Café \u201cx\u201d",
    "windows-1253": "Καλημέρα",
    "windows-1254": "Şğ",
    "windows-1255": "שלום",
    "windows-1256": "مرحبا",
    "windows-1257": "Žąsis",
    "windows-1258": "Đuong",
    "x-mac-cyrillic": "Привет",
}


def encoded(text: str, encoding: str) -> bytes:
    found = webencodings.lookup(encoding)
    assert found
    return found.codec_info.encode(text)[0]


@pytest.mark.parametrize("label", sorted(LABELS))
def test_label_in_the_header(label: str) -> None:
    name = LABELS[label]
    sample = SAMPLES.get(name)
    content = encoded(f"<title>{sample}</title>", name) if sample else b"<title>x</title>"
    decoded = decode(content, f'text/html; x=y; charset="{label.upper()}"')
    assert (decoded.encoding, decoded.encoding_from) == (name, "http")
    if sample:
        assert decoded.text == f"<title>{sample}</title>"


@pytest.mark.parametrize("label", sorted(label for label in LABELS if LABELS[label] in SAMPLES))
@pytest.mark.parametrize("before", [0, 3000])
def test_label_in_a_meta(label: str, before: int) -> None:
    name = LABELS[label]
    markup = f"{' ' * before}<meta charset={label}><title>{SAMPLES[name]}</title>"
    page = read(encoded(markup, name), "https://example.org/", "text/html")
    assert page.title
    assert page.title.value == SAMPLES[name]
    assert (page.encoding, page.encoding_from) == (name, "late_meta" if before else "meta")


CONTENT_TYPE_META = '<meta content="text/html; charset = koi8-r" http-equiv="Content-Type">'


@pytest.mark.parametrize(
    ("content", "content_type", "encoding", "source"),
    [
        (codecs.BOM_UTF8 + b"<p>", "text/html; charset=koi8-r", "utf-8", "bom"),
        ("\ufeff<p>".encode("utf-16-le"), None, "utf-16le", "bom"),
        ("\ufeff<p>".encode("utf-16-be"), None, "utf-16be", "bom"),
        ("<p>".encode("utf-16-le"), "text/html;charset=utf-16", "utf-16le", "http"),
        (b"<meta charset=koi8-r>", "text/html; charset='utf-8'", "utf-8", "http"),
        (b"<meta charset=koi8-r>", "text/html; charset=unheard", "koi8-r", "meta"),
        (CONTENT_TYPE_META.encode(), None, "koi8-r", "meta"),
        (b"<meta http-equiv=refresh content='charset=koi8-r'>", None, "utf-8", "utf8"),
        (b"<meta http-equiv=content-type content='text/html'>charset", None, "utf-8", "utf8"),
        (b"<meta charset=utf-16le>", None, "utf-8", "meta"),
        (b"<meta charset=x-user-defined>", None, "windows-1252", "meta"),
        (b"<meta charset=unheard><meta charset='koi8-r'>", None, "koi8-r", "meta"),
        (b"<!-- <meta charset=koi8-r> --><p>", None, "utf-8", "utf8"),
        (b"<script>'<meta charset=koi8-r>'</script>", None, "utf-8", "utf8"),
        (b"<meta content=it's charset=koi8-r>", None, "koi8-r", "meta"),
        (b"<meta data_charset=koi8-r>", None, "utf-8", "utf8"),
        (b"<meta name=charset content=koi8-r>", None, "utf-8", "utf8"),
        (b"<?xml version='1.0' encoding='koi8-r'?>", None, "koi8-r", "xml"),
        (b"<?xml version='1.0' encoding='utf-16'?>", None, "utf-8", "xml"),
        (b"<?xml version='1.0' encoding='unheard'?>", None, "utf-8", "utf8"),
        ("<?xml ".encode("utf-16-le"), None, "utf-16le", "xml"),
        ("<?xml ".encode("utf-16-be"), None, "utf-16be", "xml"),
        ("<p>é".encode()[:-1], None, "utf-8", "utf8"),
        ("<p>é ü \ufffd".encode() + b"\xff <p>", None, "utf-8", "utf8"),
        ("<p>é ü".encode("windows-1252"), None, "windows-1252", "fallback"),
    ],
)
def test_source_of_the_encoding(
    content: bytes, content_type: str | None, encoding: str, source: str
) -> None:
    decoded = decode(content, content_type)
    assert (decoded.encoding, decoded.encoding_from) == (encoding, source)


def test_one_bad_byte_spoils_one_character() -> None:
    decoded = decode("<p>é ü ".encode() + b"\xff</p>", None)
    assert decoded.text == "<p>é ü \ufffd</p>"


def test_replacement_is_one_error() -> None:
    assert decode(b"<title>x</title>", "text/html;charset=hz-gb-2312").text == "\ufffd"


@pytest.mark.parametrize(
    ("encoding", "content", "text"),
    [
        ("windows-1252", b"\x81\x93", "\x81\u201c"),
        ("windows-1255", b"\xca", "\u05ba"),
        ("koi8-u", b"\xae\xbe", "\u045e\u040e"),
        ("windows-1253", b"\xaa", "\ufffd"),
        ("x-user-defined", b"a\x80", "a\uf780"),
    ],
)
def test_bytes_that_python_reads_differently(encoding: str, content: bytes, text: str) -> None:
    assert decode(content, f"text/html;charset={encoding}").text == text


@pytest.mark.parametrize(("extra", "complete"), [(0, True), (1, False)])
def test_text_is_capped(extra: int, *, complete: bool) -> None:
    decoded = decode(b"x" * (MAX_CHARACTERS + extra), "text/html")
    assert (len(decoded.text), decoded.complete) == (MAX_CHARACTERS, complete)
