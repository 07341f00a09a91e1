"""Pure: marks in a page's markup that it is not the resource.

A code starts with its family, `missing_` or `parked_`, which is what rules look for; the marks of bot
filters are in `challenges`. `script_app` is another kind of mark: a script draws the page. With
`script_app_empty` beside it, there is next to no text yet, so that the text says nothing about the page.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from crawler.extract.elements import names
from crawler.extract.outline import Outline
from crawler.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a page's markup contains; all conditions of a row must be met."""

    code: str
    hint: re.Pattern[str] | None = None
    """Found in every markup that the row can match; shared by rows, and tried before them.

    It should begin with one rare character, which `re` finds fastest.
    """
    contains: tuple[str, ...] = ()
    """Pieces of the markup; one is enough."""
    ids: frozenset[str] = frozenset()
    """Ids of elements; one is enough."""
    sources: tuple[str, ...] = ()
    """Pieces of an element's `src` in lower case; one is enough."""
    loaded_by: tuple[str, ...] = ("script",)
    """The elements with those `src`."""
    in_script: tuple[str, ...] = ()
    """Pieces of a script in the page; one is enough."""
    selector: str = ""
    """CSS; one element that matches is enough."""
    title: re.Pattern[str] | None = None
    """Matches the whole title, cleaned."""
    markup: re.Pattern[str] | None = None
    """Found anywhere in the markup, scripts included; it must take linear time."""


_DASHED = re.compile(
    "-(?:app(?<=ng-app)|v-app|version(?<=ng-version)|reactroot|cloak(?<=v-cloak)|root(?<=app-root)"
    "|application(?<=ember-application)|error(?<=next-error)|adblockkey)",
    re.IGNORECASE,
)
_DATA = re.compile("_(?:_NEXT_DATA__|_NUXT__)")
_DOTTED = re.compile(
    r"""\.(?:park(?= ?= ?"ey)|ads\.domains\.Caf|href(?<=location\.href)|replace(?<=location\.replace))"""
)
_CAF = re.compile(r"\?(?=caf)")

SCRIPT_APP = "script_app"
"""A script draws the page."""
SCRIPT_APP_EMPTY = "script_app_empty"
"""It has not drawn it yet: outside of navigation, header and footer are fewer than 25 words."""
_DRAWN_WORDS = 25

MARKS: tuple[Mark, ...] = (
    # WordPress, Shopify, Magento, PrestaShop, and other programs and themes
    Mark(
        code="missing_body",
        selector=(
            "body:is(.error404, .error-404, .error_404, .page-404, .page404, .template-404,"
            " .cms-no-route, .cms-noroute-index, #pagenotfound)"
        ),
    ),
    # For prerender services, which take a page's status from it
    Mark(
        code="missing_status",
        selector=(
            'meta:is([name="prerender-status-code" i], [name="render:status_code" i],'
            ' [http-equiv="status" i]):is([content^="404"], [content^="410"])'
        ),
    ),
    Mark(
        code="missing_next", hint=_DASHED, selector='meta[name="next-error"][content="not-found"]'
    ),
    Mark(
        code="missing_next",
        hint=_DATA,
        markup=re.compile(
            r'<script id="__NEXT_DATA__"[^<>]*+>(?=[^<]*"statusCode":404\b)[^<]*?"page":"/_error"'
        ),
    ),
    Mark(
        code="missing_next",
        hint=_DATA,
        markup=re.compile(r'<script id="__NEXT_DATA__"[^<>]*+>[^<]*?"page":"/404"'),
    ),
    Mark(
        code="missing_nuxt",
        hint=_DATA,
        markup=re.compile(r"<script>window\.__NUXT__=[^<]{0,20000}?\berror:\{statusCode:404\b"),
    ),
    Mark(
        code="parked_script",
        sources=(
            "//img.sedoparking.com",
            ".sedoparking.com/",
            "//sedoparking.com",
            ".parkingcrew.net/",
            "//parkingcrew.net",
            ".bodis.com/",
            ".parklogic.com/",
            ".skenzo.com/",
            "/parking-lander/",
            ".above.com/",
            ".bodiscdn.com/",
            "//cdn.dan.com/",
            "//d38psrni17bvxu.cloudfront.net/",
            "/adsense/domains/caf.js",
            "/apps/domainpark/",
            "/scripts-compressed/parking-page-",
        ),
        loaded_by=("script", "iframe", "frame"),
    ),
    # Forwarding that keeps the domain in the address bar, to where the domain is sold
    Mark(
        code="parked_frame",
        sources=(
            "//sedo.com/search/details",
            "//www.sedo.com/search/details",
            "//dan.com/buy-domain/",
            ".hugedomains.com/domain_profile",
            ".afternic.com/forsale/",
        ),
        loaded_by=("iframe", "frame"),
    ),
    # Google's advertisements for parked domains, and the data of Bodis
    Mark(
        code="parked_script",
        hint=_DOTTED,
        in_script=(
            "google.ads.domains.Caf",
            'window.park="ey',
            'window.park = "ey',
        ),
    ),
    # The key with which parking services get their advertisements past ad blockers
    Mark(code="parked_advertising", hint=_DASHED, selector="html[data-adblockkey]"),
    Mark(code="parked_links", hint=_CAF, selector="a[href*='?caf&'], a[href*='?caf=']"),
    Mark(
        code="parked_lander",
        hint=_DOTTED,
        contains=("/lander",),
        markup=re.compile(
            r"""<script>[^<]{0,120}?location(?:\.href\s*+=\s*+|\.replace\(\s*+)["']/lander["']"""
        ),
    ),
    Mark(
        code=SCRIPT_APP,
        ids=names("root app __next __nuxt ___gatsby svelte react-root app-root"),
    ),
    Mark(code=SCRIPT_APP, sources=("blazor", "flutter")),
    Mark(
        code=SCRIPT_APP,
        hint=_DASHED,
        selector=(
            "app-root, [data-reactroot], [ng-version], [ng-app], [data-ng-app], [data-v-app], [v-cloak],"
            " .ember-application"
        ),
    ),
)
"""In the order in which a page's codes are stored."""


@dataclass(frozen=True, kw_only=True)
class Markup:
    """A page's markup, as text and as a tree."""

    text: str
    """As sent."""
    tree: LexborHTMLParser
    """It must not have been changed before the other properties are first used."""

    @cached_property
    def outline(self) -> Outline:
        """The elements by name."""
        return Outline.of(self.tree)

    @cached_property
    def ids(self) -> frozenset[str | None]:
        """The ids of all elements."""
        return frozenset(node.id for node in self.tree.css("[id]"))

    def sources(self, names: Iterable[str]) -> list[str]:
        """The `src` of the elements with these names, in lower case."""
        found = (node.attributes.get("src") for node in self.outline.named(names))
        return [source.lower() for source in found if source]


def marks_in(markup: Markup, table: tuple[Mark, ...] = MARKS) -> tuple[str, ...]:
    """The codes of the marks in the markup, each once."""
    node = markup.tree.css_first("title") if any(mark.title for mark in table) else None
    title = clean(node.text()) if node else ""
    hints = {mark.hint for mark in table if mark.hint}
    not_found = {hint for hint in hints if not hint.search(markup.text)}
    rows = [mark for mark in table if mark.hint not in not_found]
    return tuple(dict.fromkeys(mark.code for mark in rows if _has_mark(markup, title, mark)))


def with_emptiness(codes: tuple[str, ...], main_words: int) -> tuple[str, ...]:
    """The codes; with `script_app_empty` if a script draws the page, and its main text is that short."""
    is_empty = SCRIPT_APP in codes and main_words < _DRAWN_WORDS
    return (*codes, SCRIPT_APP_EMPTY) if is_empty else codes


def _has_mark(markup: Markup, title: str, mark: Mark) -> bool:
    return (
        (not mark.contains or any(part in markup.text for part in mark.contains))
        and (mark.title is None or bool(mark.title.fullmatch(title)))
        and (not mark.ids or not mark.ids.isdisjoint(markup.ids))
        and (not mark.sources or _has_source(markup, mark))
        and (not mark.in_script or _has_in_script(markup, mark.in_script))
        and (not mark.selector or markup.tree.css_first(mark.selector) is not None)
        and (mark.markup is None or bool(mark.markup.search(markup.text)))
    )


def _has_in_script(markup: Markup, pieces: tuple[str, ...]) -> bool:
    found = [piece for piece in pieces if piece in markup.text]
    scripts = markup.outline.named(("script",)) if found else ()
    return any(piece in node.text() for node in scripts for piece in found)


def _has_source(markup: Markup, mark: Mark) -> bool:
    sources = markup.sources(mark.loaded_by)
    return any(piece in source for source in sources for piece in mark.sources)
