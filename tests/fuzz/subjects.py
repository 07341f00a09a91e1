"""What is tried, and what must hold of it: it never raises but our own errors, and loses nothing silently."""

import csv
import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
from hypothesis import strategies as st

from crawler import config, cron, extract, resources, robots, urls
from crawler.config import ListSettings
from crawler.config.loading import SETTINGS
from crawler.errors import ConfigError, CrawlerError, ResourcesError
from crawler.fetch import next_hop
from crawler.fetch.content import BadContentError, Decoder
from crawler.fetch.cookies import Cookies
from crawler.fetch.head import MAX_HEAD_BYTES, BadHeadError, Head
from crawler.fetch.tls import NAME_LENGTH, certificate
from crawler.model import Redirect
from crawler.resources import OneFile, select
from crawler.retry import retry_after
from crawler.search import archive_answers
from crawler.successors.sitemaps import read_sitemap
from crawler.text import DESCRIPTION_LENGTH, TITLE_LENGTH, clean, is_normal, normal
from tests.fuzz import hostile_input as hostile
from tests.fuzz.hostile_input import CodedContent, ListFile

_NOW = datetime(2026, 11, 3, 3, 17, tzinfo=UTC)
_PAGE = "https://page.example/folder/page?q=1#part"
_AGENT = "resource-crawler/1.0 (+https://example.org/)"
_SECRET = "hunter2"  # noqa: S105 - made up


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One parser, what it is given, and the function that fails when it does not keep its promise."""

    given: st.SearchStrategy[Any]
    check: Callable[[Any], None]


def _is_told(refused: CrawlerError, beginning: str = "") -> None:
    """The text of an error of ours has nothing in it that a terminal obeys."""
    assert str(refused) == clean(str(refused))
    assert str(refused).startswith(beginning)


# --- lists --------------------------------------------------------------------------------------


def _read(name: str, content: bytes) -> list[str]:
    """The URLs of a list, each of whose places is inside of the file."""
    listed = resources.parse_files([OneFile(name, io.BytesIO(content))], ListSettings())
    for place in (place for one in listed.resources for place in one.places):
        assert 0 <= place.start <= place.end <= len(content), place
    return [one.url for one in listed.resources]


def _a_list(one: ListFile) -> None:
    try:
        found = _read(one.name, one.content)
    except ResourcesError as refused:
        _is_told(refused, one.name)
        found = list(one.urls if not one.is_whole else ())
    assert not one.is_whole or set(found) >= set(one.urls)


def _rows(content: bytes) -> None:
    """Every row is a resource, or the whole file is refused: another reader of CSV counts them."""
    try:
        found = _read("rows.csv", content)
    except ResourcesError:
        return
    text = content.decode("utf-8-sig")
    separator = text[len("id_of_mine")]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    wanted = [row for row in rows if any(cell.strip() for cell in row)][1:]
    assert len(found) == len(wanted)


def _patterns(texts: tuple[str, str]) -> None:
    pattern, url = texts
    listed = [resources.from_url(one) for one in (f"https://a.example/{'ab' * 40}", url)]
    try:
        assert select(listed, [pattern])
    except ResourcesError as refused:
        _is_told(refused)


# --- URLs and fields of a response ----------------------------------------------------------------


def _url(text: str) -> None:
    cleaned = urls.without_userinfo(text)
    assert urls.without_userinfo(cleaned) == cleaned
    if urls.problem(text) is not None:
        assert urls.target_uri(text) == text
        return
    whole = urls.normal_form(text)
    assert urls.problem(whole) is None
    assert urls.normal_form(whole) == whole
    assert whole.isascii()
    assert urls.host(whole)
    assert urls.scheme(whole) in {"http", "https"}
    assert 0 < urls.port(whole) < 65536
    assert urls.target_uri(whole) == whole
    assert urls.registrable_domain(urls.host(whole))
    urls.page_key(whole)


def _userinfo(texts: tuple[str, str]) -> None:
    before, after = (part.replace("/", "") for part in texts)
    text = f"https://user:{_SECRET}@host.example/{after}{before}"
    assert _SECRET not in urls.without_userinfo(text)


def _is_web(redirect: Redirect | None) -> None:
    if redirect is not None:
        assert urls.scheme(redirect.target) in {"http", "https"}
        assert urls.host(redirect.target)


def _location(value: str) -> None:
    for encoding in ("utf-8", "latin-1"):
        _is_web(next_hop.by_location(_PAGE, [value.encode(encoding, "replace")]))
    resolved = urls.resolve(_PAGE, value)
    assert resolved is None or resolved == urls.resolve(_PAGE, resolved)


def _refresh(value: str) -> None:
    _is_web(next_hop.by_refresh_field(_PAGE, value))


def _retry_after(value: str) -> None:
    seconds = retry_after(value, _NOW)
    assert seconds is None or seconds >= 0


def _cookies(fields: list[bytes]) -> None:
    request = httpx.Request("GET", "https://a.example/", extensions={"target_uri": _PAGE})
    jar = Cookies()
    sent = [(b"set-cookie", field) for field in fields]
    jar.take_from(httpx.Response(200, headers=sent, request=request), request)
    jar.add_to(request)
    assert request.headers.get("cookie", "").replace("\t", "").isprintable()


def _certificate(printed: dict[str, str]) -> None:
    seen = certificate(printed)
    for name in () if seen is None else (seen.issuer, seen.subject):
        assert len(name) <= NAME_LENGTH
        assert name == clean(name)


def _head(lines: list[bytes]) -> None:
    head = Head()
    try:
        for line in lines:
            if head.take(line + b"\r\n"):
                break
    except BadHeadError:
        return
    head.break_off()
    assert sum(len(name) + len(value) for name, value in head.fields) <= MAX_HEAD_BYTES + 8
    assert head.keeps_connection in {True, False}


# --- content --------------------------------------------------------------------------------------


def _content(one: CodedContent) -> None:
    try:
        decoder = Decoder(one.coding, one.limit, is_page=one.is_page)
        for piece in one.pieces:
            if decoder.is_full:
                break
            decoder.feed(piece)
        decoder.finish()
    except BadContentError:
        return
    assert len(decoder.content) <= one.limit


def _page(one: tuple[bytes, str, str | None]) -> None:
    content, url, content_type = one
    page = extract.read(content, url, content_type)
    for declared, most in ((page.title, TITLE_LENGTH), (page.description, DESCRIPTION_LENGTH)):
        if declared is not None:
            assert len(declared.value) <= most
            assert declared.value == clean(declared.value)
    if page.refresh is not None:
        _is_web(next_hop.by_meta(url, page.refresh))
    for link in extract.links(content, url, content_type):
        assert urls.scheme(link.url) in {"http", "https"}


def _sitemap(content: bytes) -> None:
    found = read_sitemap(content)
    for url in (*found.pages, *found.sitemaps):
        assert urls.normal_form(url) == url


def _captures(text: str) -> None:
    archive_answers.captures_of_cdx(text)
    archive_answers.captures_of_timemap(text)
    archive_answers.further_timemaps(text)


def _robots(text: str) -> None:
    rules = robots.rules_of(200, text, _AGENT)
    assert rules is not None
    assert rules.allowed(_PAGE) in {True, False}
    delay = rules.crawl_delay
    assert delay is None or 0 <= delay <= robots.MAX_CRAWL_DELAY
    assert all(isinstance(sitemap, str) for sitemap in rules.sitemaps)


# --- what people write ----------------------------------------------------------------------------


def _cron(words: str) -> None:
    try:
        fields = cron.parse(words)
    except ConfigError as refused:
        _is_told(refused)
        assert cron.fault(words)
        return
    assert not cron.fault(words)
    assert fields.minutes
    assert fields.weekdays
    assert math.isfinite(cron.longest_gap(fields).total_seconds())


def _settings(one: tuple[str, dict[str, str], list[str]]) -> None:
    text, environ, overrides = one
    try:
        settings = config.load(text, environ, overrides)
    except ConfigError as refused:
        _is_told(refused)
        return
    config.reach(settings)


_KEYS = sorted(".".join(path).replace("*", "'a.example'") for path in SETTINGS)
_VALUES = st.sampled_from(
    ["0", "-1", "1", "nan", "inf", "9" * 400, "1e999", '""', "[]", "[1]", "{}", "true", '"env:X"',
     '["a", 1]', '{a = "env:NO"}', '"2026"', "2026-01-01", '"0 3 * * *"', '"Europe/Berlin"', '"\\u0000"']
) | hostile.TEXTS  # fmt: skip
_LINES = st.one_of(
    st.tuples(st.sampled_from(_KEYS), _VALUES).map(" = ".join),
    st.sampled_from(["[fetch]", "[hosts.'b.example']", "[hosts.'*']", "[[hosts]]", "[schedule]"]),
    hostile.TEXTS,
)
_NAMES = st.sampled_from(_KEYS).map(lambda key: "CRAWLER_" + key.upper().replace(".", "__"))


def _text(text: str) -> None:
    for length in (None, 1, 40):
        kept = clean(text, length)
        assert clean(kept, length) == kept
        assert length is None or len(kept) <= length
    assert not is_normal(text) or normal(text) == text


SUBJECTS: dict[str, Subject] = {
    "archives": Subject(given=hostile.CAPTURES, check=_captures),
    "certificates": Subject(given=hostile.CERTIFICATES, check=_certificate),
    "content": Subject(given=hostile.coded_contents(), check=_content),
    "cookies": Subject(given=hostile.COOKIES, check=_cookies),
    "cron words": Subject(given=hostile.CRON_WORDS, check=_cron),
    "heads": Subject(given=hostile.HEADS, check=_head),
    "lists": Subject(given=hostile.list_files(), check=_a_list),
    "locations": Subject(given=hostile.URLS, check=_location),
    "pages": Subject(
        given=st.tuples(hostile.PAGES, hostile.URLS, hostile.CONTENT_TYPES), check=_page
    ),
    "patterns": Subject(given=st.tuples(hostile.TEXTS, hostile.URLS), check=_patterns),
    "refresh fields": Subject(given=hostile.REFRESH, check=_refresh),
    "retry-after": Subject(given=hostile.RETRY_AFTER, check=_retry_after),
    "robots.txt": Subject(given=hostile.ROBOTS, check=_robots),
    "rows": Subject(given=hostile.csv_rows(), check=_rows),
    "settings": Subject(
        given=st.tuples(
            st.lists(_LINES, max_size=6).map("\n".join),
            st.dictionaries(_NAMES, _VALUES, max_size=2),
            st.lists(st.tuples(st.sampled_from(_KEYS), _VALUES).map("=".join), max_size=2),
        ),
        check=_settings,
    ),
    "sitemaps": Subject(given=hostile.XML, check=_sitemap),
    "text": Subject(given=hostile.TEXTS, check=_text),
    "urls": Subject(given=hostile.URLS, check=_url),
    "userinfo": Subject(given=st.tuples(hostile.TEXTS, hostile.TEXTS), check=_userinfo),
}
"""By the name that `--subject` takes."""
