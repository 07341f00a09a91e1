"""Pure: marks in a page's markup by which it tells that it is not the resource.

A code starts with the name of its family (`missing_`, `parked_`), by which the rules know what it
means; those of bot filters are in `challenges`. `script_app` is no such mark, but the reason why a page's own text may say nothing of it.
"""

import re
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
        contains=("__NEXT_DATA__",),
        markup=re.compile(
            r'<script id="__NEXT_DATA__"[^<>]*+>(?=[^<]*"statusCode":404\b)[^<]*?"page":"/_error"'
        ),
    ),
    Mark(
        code="missing_next",
        contains=("__NEXT_DATA__",),
        markup=re.compile(r'<script id="__NEXT_DATA__"[^<>]*+>[^<]*?"page":"/404"'),
    ),
    Mark(
        code="missing_nuxt",
        contains=("__NUXT__",),
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
        contains=("window.onload=",),
        markup=re.compile(
            r"""<script>\s*+window\.onload=[^<]{0,80}?location\.href\s*+=\s*+["']/lander["']"""
        ),
    ),
    Mark(
        code="script_app",
        selector=(
            "#root, #app, #__next, #__nuxt, #___gatsby, #svelte, #react-root, #app-root, app-root,"
            " [data-reactroot], [ng-version], [ng-app], [data-ng-app], [data-v-app], [v-cloak],"
            ' .ember-application, script[src*="blazor" i], script[src*="flutter" i]'
        ),
    ),
)
"""What is known, in the order of the codes that it gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """A page's markup, as text and as a tree."""

    text: str
    """As sent."""
    tree: LexborHTMLParser


def marks(markup: Markup, table: tuple[Mark, ...] = MARKS) -> tuple[str, ...]:
    """The codes of the marks that the page bears, each once."""
    node = markup.tree.css_first("title") if any(mark.title for mark in table) else None
    title = clean(node.text()) if node else ""
    return tuple(dict.fromkeys(mark.code for mark in table if _bears(markup, title, mark)))


def _bears(markup: Markup, title: str, mark: Mark) -> bool:
    return (
        (not mark.contains or any(part in markup.text for part in mark.contains))
        and (mark.title is None or bool(mark.title.fullmatch(title)))
        and (not mark.selector or markup.tree.css_first(mark.selector) is not None)
        and (mark.markup is None or bool(mark.markup.search(markup.text)))
    )
