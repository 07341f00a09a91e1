"""Pure: living pages whose site guards its siblings, leads elsewhere, or has changed."""
# ruff: noqa: RUF001 -- typographic and foreign characters are meant

from typing import Any

from tests.corpus import topics
from tests.corpus.case import Case
from tests.corpus.looks import NEXT, Look
from tests.corpus.replies import always, answer, ok, raw, redirect, to
from tests.corpus.shells import row, script_shell
from tests.corpus.sites import (
    BLOG,
    DOCS,
    FORUM,
    FRONT,
    HOMEPAGE,
    MANUAL,
    PAPER,
    PRODUCT,
    WIKI,
    front,
    lone,
    pretending,
    site,
)

ROBBED = (
    *(
        row(
            name=f"probe-answered-{status}",
            url=f"https://guarded{status}.org/essays/typography",
            title="How to set type",
            sites=lone(
                f"https://guarded{status}.org/essays/typography",
                BLOG,
                topics.TYPE.on(BLOG),
                unknown=always(answer(status, f"<title>{status}</title>")),
            ),
        )
        for status in (401, 403, 429, 500, 503)
    ),
    row(
        name="probe-challenged",
        url="https://guardedcf.org/essays/chess",
        title="Endings with rooks and pawns",
        sites=lone(
            "https://guardedcf.org/essays/chess",
            BLOG,
            topics.CHESS.on(BLOG, h1="Part 4"),
            unknown=always(
                answer(403, "<title>Just a moment...</title>", "cf-mitigated: challenge")
            ),
        ),
    ),
    row(
        name="probe-reset",
        url="https://guardedrst.org/notes/7",
        title="Weekly digest",
        sites=lone(
            "https://guardedrst.org/notes/7",
            BLOG,
            topics.GARDEN.on(BLOG),
            unknown=always(raw("HTTP/1.1 2")),
        ),
    ),
    row(
        name="probe-forbidden-by-robots",
        url="https://quietdocs.org/pages/42",
        title="Weekly notes",
        sites=lone(
            "https://quietdocs.org/pages/42",
            BLOG,
            topics.GARDEN.on(BLOG),
            unknown=pretending(BLOG),
            robots=ok(
                "User-agent: *\nDisallow: /\nAllow: /pages/42$\nAllow: /robots.txt\n",
                kind="text/plain",
            ),
            forbidden=("/",),
            permitted=("/pages/42",),
        ),
    ),
    row(
        name="short-page-probe-forbidden-by-robots",
        url="https://quietdocs.net/pages/43",
        title="Sunset times",
        sites=lone(
            "https://quietdocs.net/pages/43",
            HOMEPAGE,
            HOMEPAGE("43", "<p>20:31</p>"),
            unknown=pretending(HOMEPAGE),
            robots=ok(
                "User-agent: resource-crawler\nAllow: /pages/43\nDisallow: /pages/\n",
                kind="text/plain",
            ),
            forbidden=("/pages/",),
            permitted=("/pages/43",),
        ),
    ),
    row(
        name="phrase-in-heading-probe-limited",
        url="https://guardedtalk.org/talks/lost",
        title="Page not found: lost talks of the nineties",
        sites=lone(
            "https://guardedtalk.org/talks/lost",
            PAPER,
            PAPER("Page not found: lost talks of the nineties", topics.LISP.body),
            unknown=always(answer(429, "", "Retry-After: 3600")),
        ),
    ),
)

LED = (
    row(
        name="locale-redirect-302",
        url="https://lumenpad.com/",
        title="Lumenpad",
        sites=(
            site("lumenpad.com", PRODUCT, {"/": redirect("/en/", 302), "/en/": front(PRODUCT)}),
        ),
    ),
    row(
        name="locale-redirect-of-a-deep-page",
        url="https://lumenpad.net/docs/setup",
        title="Lumenpad setup",
        sites=(
            site(
                "lumenpad.net",
                PRODUCT,
                {
                    "/docs/setup": redirect("/de/docs/setup", 302),
                    "/de/docs/setup": PRODUCT("Lumenpad einrichten", topics.GERMAN.body),
                },
            ),
        ),
    ),
    row(
        name="version-redirect-302",
        url="https://libtern.dev/docs/",
        title="libtern documentation",
        sites=(
            site(
                "libtern.dev",
                MANUAL,
                {"/docs/": redirect("/docs/latest/", 302), "/docs/latest/": front(MANUAL)},
            ),
        ),
    ),
    row(
        name="readthedocs-root",
        url="https://tern.readthedocs.io/",
        title="Tern",
        sites=(
            site(
                "tern.readthedocs.io",
                MANUAL,
                {"/": redirect("/en/latest/", 302), "/en/latest/": front(MANUAL)},
            ),
        ),
    ),
    row(
        name="language-front-on-a-site-that-leads-home",
        url="https://museo.pt/",
        title="Museu do azulejo",
        sites=(
            site(
                "museo.pt",
                BLOG,
                {"/": redirect("/pt/", 302), "/pt/": topics.PORTUGUESE.on(BLOG)},
                unknown=to("/"),
            ),
        ),
    ),
    row(
        name="docs-front-to-latest-on-a-wildcard-site",
        url="https://wildtern.dev/docs",
        title="Wildtern documentation",
        sites=(
            site(
                "wildtern.dev",
                PRODUCT,
                {
                    "/docs": redirect("/docs/latest/", 302),
                    "/docs/latest/": PRODUCT("Wildtern documentation", topics.RUST.body),
                },
                unknown=always(ok(front(PRODUCT))),
            ),
        ),
    ),
    row(
        name="random-mirror-302",
        url="https://mirrors.tern.org/download",
        title="Tern downloads",
        sites=(
            site(
                "mirrors.tern.org",
                MANUAL,
                {"/download": redirect("https://mirror3.uni-nord.de/tern/", 302)},
            ),
            site(
                "mirror3.uni-nord.de",
                HOMEPAGE,
                {
                    "/tern/": HOMEPAGE(
                        "Tern downloads",
                        "<ul><li>tern-2.0.tar.gz</li><li>tern-1.9.tar.gz</li></ul>",
                    )
                },
            ),
        ),
    ),
    row(
        name="short-link-302",
        url="https://go.tern.org/book",
        title=topics.LISP.title,
        sites=(
            site(
                "go.tern.org",
                PRODUCT,
                {"/book": redirect("https://press.uni-nord.de/books/sicp/", 302)},
            ),
            site("press.uni-nord.de", PAPER, {"/books/sicp/": topics.LISP.on(PAPER)}),
        ),
    ),
    row(
        name="renamed-product",
        url="https://sketchr.app/",
        title="Sketchr",
        expected="moved/permanent_redirect",
        suggested_url="https://drawline.app/",
        sites=(
            site(
                "sketchr.app",
                PRODUCT,
                {"/": redirect("https://drawline.app/")},
                unknown=lambda a: redirect(f"https://drawline.app{a.path}"),
            ),
            site(
                "drawline.app",
                Look("Drawline", NEXT),
                {
                    "/": Look("Drawline", NEXT)(
                        "Drawline (formerly Sketchr)",
                        "<p>Sketchr is now Drawline: the same quick drawing tool, with a new name.</p>",
                    )
                },
            ),
        ),
    ),
    row(
        name="docs-moved-domain-to-their-front",
        url="https://tern-lang.org/",
        title="The Tern language",
        expected="moved/permanent_redirect",
        suggested_url="https://tern.dev/",
        sites=(
            site("tern-lang.org", MANUAL, {"/": redirect("https://tern.dev/")}),
            site("tern.dev", MANUAL, {"/": MANUAL("The Tern language", topics.RUST.body)}),
        ),
    ),
)


def changed(name: str, url: str, look: Look, was: str, now: str, title: str, **more: Any) -> Case:
    """A page that was another last night, and is still the resource."""
    sites, before = lone(url, look, now), lone(url, look, was)
    return row(name=name, url=url, title=title, sites=sites, before=(before,), **more)


CHANGED = (
    changed(
        "redesign-title-changed",
        "https://sqlindex.guide/",
        DOCS,
        topics.SQL.on(DOCS),
        PRODUCT("SQL Indexing and Tuning for Developers", topics.SQL.body),
        topics.SQL.title,
    ),
    changed(
        "redesign-text-rewritten",
        "https://grid.guide/",
        DOCS,
        topics.GRID.on(DOCS),
        PRODUCT(
            "Grid Guide: layout in two dimensions",
            "<p>Learn CSS Grid by doing. Twelve lessons take you from your first container to subgrid; each has an editor beside the text. Tracks, lines, areas and the fr unit, one at a time.</p>",
        ),
        topics.GRID.title,
    ),
    changed(
        "title-translated",
        "https://astro-verein.de/einstieg",
        HOMEPAGE,
        topics.GERMAN.on(HOMEPAGE),
        HOMEPAGE(
            "Introduction to Astronomy",
            "<p>Einführung in die Astronomie, now in English: what to see with binoculars, how to read a star chart, and where the sky is still dark.</p>",
        ),
        topics.GERMAN.title,
    ),
    changed(
        "new-episode-in-title",
        "https://oopscast.net/",
        PRODUCT,
        PRODUCT("Oopscast – episode 211: The bridge", FRONT),
        PRODUCT("Oopscast – episode 212: The probe", FRONT),
        "Oopscast",
    ),
    changed(
        "news-front-page",
        "https://harbourcourier.eu/",
        PAPER,
        topics.BIRDS.on(PAPER, h1="Today"),
        topics.GARDEN.on(PAPER, h1="Today"),
        "The Harbour Courier",
    ),
    changed(
        "version-in-title",
        "https://libtern.net/en/stable/",
        MANUAL,
        MANUAL("libtern 1.9.2", topics.RUST.body),
        MANUAL("libtern 2.0.0", topics.RUST.body),
        "libtern",
    ),
    changed(
        "page-became-a-shell",
        "https://visu-tree.app/",
        HOMEPAGE,
        topics.TREES.on(HOMEPAGE),
        script_shell(topics.TREES.title),
        topics.TREES.title,
    ),
    changed(
        "page-unchanged",
        "https://boring.example.net/",
        HOMEPAGE,
        topics.PYTHON.on(HOMEPAGE),
        topics.PYTHON.on(HOMEPAGE),
        topics.PYTHON.title,
    ),
    changed(
        "book-got-a-second-edition",
        "https://pythonbook.org/",
        HOMEPAGE,
        topics.PYTHON.on(HOMEPAGE),
        HOMEPAGE(
            "Automate the Boring Stuff, 3rd edition",
            "<p>The third edition is here. Learn Python, rename files, fill in forms, send mail, all by short scripts. Free to read online.</p>",
        ),
        topics.PYTHON.title,
    ),
    changed(
        "post-got-comments",
        "https://forum.workbench.org/t/oak/88",
        FORUM,
        FORUM("Which glue for oak?", "<p>Hide glue or white glue?</p>"),
        FORUM(
            "Which glue for oak?",
            "<p>Hide glue or white glue?</p>"
            + "<p>White glue. I have built four tables with it, and none came apart in ten years of heated rooms.</p>"
            * 3,
        ),
        "Which glue for oak?",
    ),
    changed(
        "wiki-article-grew",
        "https://hobbypedia.eu/wiki/Compost",
        WIKI,
        WIKI("Compost", "<p>Compost is decayed organic matter.</p>"),
        WIKI("Compost", topics.GARDEN.body),
        "Compost",
    ),
    changed(
        "list-title-in-another-language",
        "https://svamp.se/guide",
        BLOG,
        topics.SWEDISH.on(BLOG),
        topics.SWEDISH.on(BLOG),
        "A guide to mushrooms in Sweden",
    ),
)

CASES = (*ROBBED, *LED, *CHANGED)
