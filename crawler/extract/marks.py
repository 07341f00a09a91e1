"""Pure: marks in a page's markup by which it tells that it is not the resource.

A code starts with the name of its family (`missing_`, `parked_`), by which the rules know what it
means; those of bot filters are in `challenges`. `script_app` is no such mark, but the reason why a page's own text may say nothing of it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from crawler.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How something is known by a page's markup; all that a row names must be there."""

    code: str
    contains: tuple[str, ...] = ()
    """Pieces of the page's text as sent; one is enough. It is quick, and so tried first."""
    selector: str = ""
    """CSS; one element is enough."""
    sources: tuple[str, ...] = ()
    """Parts of the address of a script, frame, image, style or form, in lower case; one is enough."""
    title: re.Pattern[str] | None = None
    """Of the whole cleaned title."""
    markup: re.Pattern[str] | None = None
    """Found anywhere in the page's text as sent, so that it can see into scripts; it must be linear."""


MARKS: tuple[Mark, ...] = (
    # WordPress, Shopify, Magento, PrestaShop, and what other programs and themes call theirs
    Mark(
        code="missing_body",
        selector=(
            "body:is(.error404, .error-404, .error_404, .page-404, .page404, .template-404,"
            " .cms-no-route, .cms-noroute-index, #pagenotfound)"
        ),
    ),
    # What prerender services take a page's status from
    Mark(
        code="missing_status",
        selector=(
            'meta:is([name="prerender-status-code" i], [name="render:status_code" i],'
            ' [http-equiv="status" i]):is([content^="404"], [content^="410"])'
        ),
    ),
    Mark(code="missing_next", selector='meta[name="next-error"][content="not-found"]'),
    Mark(
        code="missing_next",
        markup=re.compile(
            r'<script id="__NEXT_DATA__"[^<>]*+>(?=[^<]*"statusCode":404\b)[^<]*?"page":"/_error"'
        ),
    ),
    Mark(
        code="missing_next",
        markup=re.compile(r'<script id="__NEXT_DATA__"[^<>]*+>[^<]*?"page":"/404"'),
    ),
    Mark(
        code="missing_nuxt",
        markup=re.compile(r"<script>window\.__NUXT__=[^<]{0,20000}?\berror:\{statusCode:404\b"),
    ),
    Mark(
        code="parked_script",
        selector=(
            ":is(script, iframe, frame):is("
            '[src*="//img.sedoparking.com" i], [src*=".sedoparking.com/" i],'
            ' [src*="//sedoparking.com" i], [src*=".parkingcrew.net/" i], [src*="//parkingcrew.net" i],'
            ' [src*=".bodis.com/" i], [src*=".parklogic.com/" i], [src*=".skenzo.com/" i],'
            ' [src*="/parking-lander/" i], [src*=".above.com/" i], [src*="//cdn.dan.com/" i])'
        ),
    ),
    # The key by which parking services have their advertisements let through by blockers.
    Mark(code="parked_advertising", selector="html[data-adblockkey]"),
    Mark(
        code="parked_lander",
        markup=re.compile(
            r"""<script>\s*+window\.onload=[^<]{0,80}?location\.href\s*+=\s*+["']/lander["']"""
        ),
    ),
    Mark(
        code="script_app",
        selector=(
            ":is(#root, #app, #__next, #__nuxt, #___gatsby, #svelte, #react-root, #app-root, app-root,"
            " [data-reactroot], [ng-version], [ng-app], [data-ng-app], [data-v-app], [v-cloak],"
            ' .ember-application, script[src*="blazor" i], script[src*="flutter" i])'
        ),
    ),
)
"""What is known, in the order of the codes that it gives."""

_SOURCES = (
    ("script[src]", "src"),
    ("iframe[src]", "src"),
    ("img[src]", "src"),
    ("link[href]", "href"),
    ("form[action]", "action"),
)


def marks(tree: LexborHTMLParser, text: str, table: tuple[Mark, ...] = MARKS) -> tuple[str, ...]:
    """The codes of the marks that the page bears, each once; `text` is its markup as sent."""
    seen = _Seen(tree=tree, text=text)
    return tuple(dict.fromkeys(mark.code for mark in table if _bears(seen, mark)))


class _Seen:
    """A page's markup; what several marks ask for is collected once."""

    def __init__(self, *, tree: LexborHTMLParser, text: str) -> None:
        self.tree = tree
        self.text = text
        self.title = clean(node.text()) if (node := tree.css_first("title")) else ""
        self._sources: str | None = None

    @property
    def sources(self) -> str:
        """The addresses that the page names, a line each, in lower case."""
        if self._sources is None:
            found = (
                node.attributes.get(attribute) or ""
                for selector, attribute in _SOURCES
                for node in self.tree.css(selector)
            )
            self._sources = "\n".join(found).lower()
        return self._sources


def _bears(seen: _Seen, mark: Mark) -> bool:
    return all(holds(seen, mark) for holds in _WAYS)


_WAYS: tuple[Callable[[_Seen, Mark], bool], ...] = (
    lambda seen, mark: not mark.contains or any(part in seen.text for part in mark.contains),
    lambda seen, mark: mark.title is None or bool(mark.title.fullmatch(seen.title)),
    lambda seen, mark: not mark.selector or seen.tree.css_first(mark.selector) is not None,
    lambda seen, mark: not mark.sources or any(part in seen.sources for part in mark.sources),
    lambda seen, mark: mark.markup is None or bool(mark.markup.search(seen.text)),
)
"""Cheap ones first."""
