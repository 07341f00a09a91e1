"""Pure: whole sites: a front page, pages, and how everything else is answered."""
# ruff: noqa: RUF001 -- typographic and foreign characters are meant

from collections.abc import Mapping
from typing import Any

from crawler.demo.replies import Behaviour
from tests.corpus.case import Host
from tests.corpus.looks import (
    DISCOURSE,
    JEKYLL,
    MEDIAWIKI,
    MKDOCS,
    NEWS,
    NEXT,
    PLAIN,
    SPHINX,
    WORDPRESS,
    Look,
)
from tests.corpus.replies import Respond, always, answer, ok

Pages = Mapping[str, Behaviour | str]

BLOG = Look("The Slow Notebook", WORDPRESS)
DOCS = Look("Quillmark", MKDOCS)
MANUAL = Look("libtern", SPHINX)
WIKI = Look("Hobby Encyclopedia", MEDIAWIKI)
FORUM = Look("Workbench Forum", DISCOURSE)
GITHUB_PAGES = Look("Notes by Marten", JEKYLL)
PRODUCT = Look("Lumenpad", NEXT)
PAPER = Look("The Harbour Courier", NEWS)
HOMEPAGE = Look("Ida's homepage", PLAIN)

FRONT = """<p>Welcome. Here you find what we wrote over the years: essays, notes and longer guides, sorted by year and by subject.</p>
<ul><li><a href="/first-steps/">First steps</a></li><li><a href="/all/">Everything, newest first</a></li><li><a href="/subjects/">By subject</a></li></ul>
<p>New pieces appear when they are ready. Subscribe to the feed, or write to us with corrections; we answer everything.</p>"""
MISSING = {
    WORDPRESS: (
        "Page not found",
        "<p>It looks like nothing was found at this location. Maybe try a search?</p>",
        "error404",
    ),
    MKDOCS: ("404 - Not found", "<p>The page you were looking for is not here.</p>", ""),
    SPHINX: (
        "404 Not Found",
        "<p>We looked everywhere in the documentation, and could not find this page.</p>",
        "",
    ),
    MEDIAWIKI: (
        "No such page",
        "<p>There is currently no text in this page. You can search for this page title in other pages, or create this page.</p>",
        "",
    ),
    DISCOURSE: (
        "Oops! That page doesn’t exist or is private.",
        "<p>Popular: The bench that folds. Latest: Which glue for oak?</p>",
        "not-found",
    ),
    JEKYLL: ("404", "<p><strong>Page not found :(</strong></p><p>The requested page could not be found.</p>", ""),
    NEXT: ("404: This page could not be found", "<p>This page could not be found.</p>", ""),
    NEWS: (
        "Page not found",
        "<p>Sorry, the page you are looking for has moved or no longer exists.</p>",
        "",
    ),
    PLAIN: ("Not Found", "<p>The requested URL was not found on this server.</p><hr><address>Apache/2.4.59 (Debian) Server</address>", ""),
}  # fmt: skip
"""By style: title, content and class of the page for what is not there."""


def front(look: Look) -> str:
    """A site's front page."""
    return look("Home", FRONT, body_class="home", h1=look.site)


def missing(look: Look, **more: str) -> str:
    """A site's page for what is not there."""
    title, body, body_class = MISSING[look.style]
    return look(title, body, body_class=body_class, **more)


def honest(look: Look) -> Respond:
    """Unknown paths are 404."""
    return always(answer(404, missing(look)))


def pretending(look: Look) -> Respond:
    """Unknown paths get the same page with a 200, without any machine-readable mark."""
    title, body, _ = MISSING[look.style]
    return always(ok(look(title, body)))


def site(
    host: str,
    look: Look,
    pages: Pages,
    *,
    unknown: Respond | None = None,
    robots: Behaviour | None = None,
    **more: Any,
) -> Host:
    """A site whose unknown paths are honestly 404 unless said otherwise."""
    given = {path: ok(page) if isinstance(page, str) else page for path, page in pages.items()}
    return Host(
        name=host,
        pages={"/": ok(front(look))} | given | ({"/robots.txt": robots} if robots else {}),
        unknown=unknown or honest(look),
        **more,
    )


def host_and_path(url: str) -> tuple[str, str]:
    """Where a URL is request; the fragment stays at home."""
    host, slash, path = url.partition("#")[0].split("://", 1)[1].partition("/")
    return host.partition(":")[0], slash + path or "/"


def lone(
    url: str, look: Look, page: Behaviour | str, *, unknown: Respond | None = None, **more: Any
) -> tuple[Host, ...]:
    """The web of a resource that one site answers for."""
    host, path = host_and_path(url)
    return (site(host, look, {path: page}, unknown=unknown, **more),)
