"""Pure: for each field of a page, the places that may declare it, best first, and how it is cleaned."""

import re
from collections.abc import Callable
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from crawler.extract.address import web_address
from crawler.extract.declarations import Declarations
from crawler.model import Declared
from crawler.text import DESCRIPTION_LENGTH, TITLE_LENGTH, clean

_Rows = tuple[tuple[str, str], ...]
"""Pairs of an origin's code and the key of `Declarations.values` that holds its value."""

_TITLE: _Rows = (
    ("title", "<title>"),
    ("og", "meta:og:title"),
    ("twitter", "meta:twitter:title"),
    ("meta", "meta:title"),
    ("dc", "meta:dc.title"),
    ("dc", "meta:dcterms.title"),
    ("citation", "meta:citation_title"),
    ("jsonld", "jsonld:title"),
    ("h1", "<h1>"),
)
_DESCRIPTION: _Rows = (
    ("meta", "meta:description"),
    ("og", "meta:og:description"),
    ("twitter", "meta:twitter:description"),
    ("dc", "meta:dc.description"),
    ("dc", "meta:dcterms.description"),
    ("sailthru", "meta:sailthru.description"),
    ("abstract", "meta:abstract"),
    ("abstract", "meta:dcterms.abstract"),
    ("jsonld", "jsonld:description"),
    ("itemprop", "item:description"),
)
_LANGUAGE: _Rows = (
    ("html", "html:lang"),
    ("xml", "html:xml:lang"),
    ("http-equiv", "http:content-language"),
    ("og", "meta:og:locale"),
    ("jsonld", "jsonld:language"),
)
_CANONICAL: _Rows = (("link", "link:canonical"), ("og", "meta:og:url"))
_SITE_NAME: _Rows = (
    ("og", "meta:og:site_name"),
    ("application", "meta:application-name"),
    ("apple", "meta:apple-mobile-web-app-title"),
    ("jsonld", "jsonld:site"),
    ("dc", "meta:dc.publisher"),
    ("dc", "meta:dcterms.publisher"),
)
_IMAGE: _Rows = (
    ("og", "meta:og:image"),
    ("og", "meta:og:image:secure_url"),
    ("og", "meta:og:image:url"),
    ("twitter", "meta:twitter:image"),
    ("twitter", "meta:twitter:image:src"),
    ("jsonld", "jsonld:image"),
    ("link", "link:image_src"),
)
_PUBLISHED: _Rows = (
    ("article", "meta:article:published_time"),
    ("jsonld", "jsonld:published"),
    ("itemprop", "item:datepublished"),
    ("meta", "meta:date"),
    ("meta", "meta:pubdate"),
    ("meta", "meta:publishdate"),
    ("meta", "meta:publish-date"),
    ("meta", "meta:publish_date"),
    ("meta", "meta:datepublished"),
    ("meta", "meta:parsely-pub-date"),
    ("meta", "meta:sailthru.date"),
    ("dc", "meta:dc.date"),
    ("dc", "meta:dc.date.issued"),
    ("dc", "meta:dc.date.created"),
    ("dc", "meta:dcterms.issued"),
    ("dc", "meta:dcterms.date"),
    ("dc", "meta:dcterms.created"),
    ("citation", "meta:citation_publication_date"),
    ("citation", "meta:citation_date"),
    ("time", "<time>"),
)
_AUTHOR: _Rows = (
    ("jsonld", "jsonld:author"),
    ("meta", "meta:author"),
    ("article", "meta:article:author"),
    ("itemprop", "item:author"),
    ("link", "link:author"),
)
_FEED: _Rows = (("link", "link:feed"),)
_GENERATOR: _Rows = (("meta", "meta:generator"),)

_Clean = Callable[[str, Declarations], str | None]
"""The value in its normal form; None when it is none."""


def chosen_fields(declared: Declarations) -> dict[str, Declared | None]:
    """The fields of `Page` with an origin, by name."""
    found = {name: _first(rows, declared, clean_value) for name, rows, clean_value in _FIELDS}
    return {**found, "headline": _headline(declared, found["title"], found["site_name"])}


def published(declared: Declarations) -> tuple[Declared | None, str | None]:
    """The date on which the page was published, and its text as declared."""
    for origin, key in _PUBLISHED:
        text = declared.values.get(key)
        value = _date(text) if text else None
        if text and value:
            return Declared(value=value, origin=origin), clean(text, TITLE_LENGTH)
    return None, None


def _first(rows: _Rows, declared: Declarations, clean_value: _Clean) -> Declared | None:
    for origin, key in rows:
        text = declared.values.get(key)
        value = clean_value(text, declared) if text else None
        if value:
            return Declared(value=value, origin=origin)
    return None


# --- values ---------------------------------------------------------------------------------------

_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")
_PART_OF_DATE = re.compile(r"([0-9]{4})(?:[-/]([0-9]{2}))?")
_DAY = (
    re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])"),
    re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})(?![0-9])"),
)
_DATE_LENGTH = 100
_NO_DATES = frozenset({"0001-01-01", "1970-01-01"})
"""Dates that programs write when they have none."""
_NAMED_MONTHS = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y")


def _title(text: str, _: Declarations) -> str | None:
    return clean(text, TITLE_LENGTH)


def _description(text: str, _: Declarations) -> str | None:
    return clean(text, DESCRIPTION_LENGTH)


def _person(text: str, _: Declarations) -> str | None:
    name = clean(text, TITLE_LENGTH)
    return None if name.startswith(("http://", "https://")) else name


def _language(text: str, _: Declarations) -> str | None:
    first = re.split(r"[,;\s.@]", clean(text), maxsplit=1)[0]
    tag = first.lower().replace("_", "-")
    return tag if _LANGUAGE_TAG.fullmatch(tag) else None


def _web_address(text: str, declared: Declarations) -> str | None:
    return web_address(declared.base, clean(text))


def _date(text: str) -> str | None:
    """The date in ISO 8601, without parts that are not given, and in its own time zone."""
    raw = clean(text, _DATE_LENGTH)
    if found := _PART_OF_DATE.fullmatch(raw):
        return "-".join(filter(None, found.groups()))
    found_date = _calendar_date(raw)
    iso = found_date.isoformat() if found_date else None
    return None if iso in _NO_DATES else iso


def _calendar_date(raw: str) -> date | None:
    for parse in _DATE_PARSERS:
        try:
            return parse(raw)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None


def _numeric_date(raw: str) -> date:
    for form in _DAY:
        if found := form.match(raw):
            return date(int(found[1]), int(found[3]), int(found[4]))
    raise ValueError("no date that starts with its year")


def _mail_date(raw: str) -> date:
    return parsedate_to_datetime(raw).date()


def _named_date(raw: str) -> date:
    for form in _NAMED_MONTHS:
        try:
            return datetime.strptime(raw, form).date()  # noqa: DTZ007 -- only the date is kept
        except ValueError:
            continue
    raise ValueError("no date with a month's name")


_DATE_PARSERS: tuple[Callable[[str], date], ...] = (
    _numeric_date,
    _mail_date,
    _named_date,
)

_FIELDS: tuple[tuple[str, _Rows, _Clean], ...] = (
    ("title", _TITLE, _title),
    ("description", _DESCRIPTION, _description),
    ("language", _LANGUAGE, _language),
    ("canonical_url", _CANONICAL, _web_address),
    ("site_name", _SITE_NAME, _title),
    ("image_url", _IMAGE, _web_address),
    ("author", _AUTHOR, _person),
    ("feed_url", _FEED, _web_address),
    ("generator", _GENERATOR, _title),
)

# --- headline -------------------------------------------------------------------------------------

_SEPARATOR = re.compile(r"\s+[-|·•\u2013\u2014:»«/]\s+|\s*[|»]\s*|:\s+")


def _headline(
    declared: Declarations, title: Declared | None, site_name: Declared | None
) -> Declared | None:
    """The page's name without its site's: `<h1>` if it is in the title, or else og:title, or JSON-LD."""
    site = site_name.value.casefold() if site_name else ""
    whole = title.value.casefold() if title else ""
    for origin, key in (("h1", "<h1>"), ("og", "meta:og:title"), ("jsonld", "jsonld:headline")):
        text = clean(declared.values.get(key, ""), TITLE_LENGTH)
        if (
            not text
            or text.casefold() == site
            or (origin == "h1" and text.casefold() not in whole)
        ):
            continue
        return Declared(value=_without_site(text, site), origin=origin)
    return None


def _without_site(text: str, site: str) -> str:
    """The text without its first or last part, if that is the site's name."""
    marks = list(_SEPARATOR.finditer(text))
    if marks and text[marks[-1].end() :].casefold() == site:
        return text[: marks[-1].start()]
    if marks and text[: marks[0].start()].casefold() == site:
        return text[marks[0].end() :]
    return text
