"""Pure: soft 404s that are known by marks, by languages, or by an earlier night."""

from typing import Any

from crawler.demo.replies import Behaviour
from tests.corpus import topics
from tests.corpus.case import Case
from tests.corpus.looks import WORDPRESS, Look
from tests.corpus.replies import always, ok, redirect, to
from tests.corpus.shells import script_shell
from tests.corpus.sites import (
    BLOG,
    FRONT,
    HOMEPAGE,
    MISSING,
    PAPER,
    PRODUCT,
    front,
    lone,
    missing,
    pretending,
    site,
)
from tests.corpus.soft404 import gone, row


def marked(
    name: str, url: str, title: str, page: Behaviour | str, look: Look = BLOG, **more: Any
) -> Case:
    """A page with a machine-readable mark, on a site that is otherwise honest."""
    return row(name=name, url=url, title=title, sites=lone(url, look, page), **more)


MARKS = (
    marked(
        "body-class-error404",
        "https://breadlog.eu/rye/",
        "Rye bread",
        BLOG("The Slow Notebook", MISSING[WORDPRESS][1], body_class="error404 wp-custom-logo"),
    ),
    marked(
        "prerender-status-meta",
        "https://spa-books.app/books/7",
        "Learn Vim",
        script_shell("Books", '<meta name="prerender-status-code" content="404">'),
    ),
    marked(
        "prerender-status-meta-410",
        "https://spa-books.org/books/8",
        "Learn Emacs",
        script_shell("Books", '<meta name="prerender-status-code" content="410">'),
    ),
    marked(
        "canonical-at-404",
        "https://portal.news.coop/a/77",
        "Ports of the Baltic",
        PAPER(
            "The Courier",
            "<p>Read more of our stories.</p>",
            head='<link rel="canonical" href="https://portal.news.coop/404">',
        ),
    ),
    marked(
        "og-url-at-404",
        "https://portal.news.org/a/78",
        "Ports of the Adriatic",
        PAPER(
            "The Courier",
            "<p>More stories.</p>",
            head='<meta property="og:url" content="https://portal.news.org/404.html">',
        ),
    ),
    marked(
        "next-error-mark",
        "https://nextshop.app/books/9",
        "The C Book",
        '<!DOCTYPE html><html><head><meta name="next-head-count" content="2"><title>404: This page could not be found</title></head><body><div id="__next"><div><h1 class="next-error-h1">404</h1><h2>This page could not be found.</h2></div></div><script id="__NEXT_DATA__" type="application/json">{"props":{"statusCode":404},"page":"/_error","buildId":"x"}</script></body></html>',
    ),
    row(
        name="redirect-to-404",
        url="https://agency.site/work/atlas",
        title="Atlas case study",
        sites=(
            site(
                "agency.site",
                PRODUCT,
                {"/404": missing(PRODUCT), "/work/atlas": redirect("/404", 302)},
                unknown=to("/404"),
            ),
        ),
    ),
    row(
        name="redirect-to-404-html-permanently",
        url="https://agency.website/work/atlas",
        title="Atlas case study",
        sites=(
            site(
                "agency.website",
                PRODUCT,
                {"/404.html": missing(PRODUCT)},
                unknown=to("/404.html", 301),
            ),
        ),
    ),
    row(
        name="redirect-to-not-found",
        url="https://learn.vendor.com/path/rust",
        title=topics.RUST.title,
        sites=(
            site(
                "learn.vendor.com",
                PRODUCT,
                {"/not-found": PRODUCT("Learn", FRONT)},
                unknown=to("/not-found"),
            ),
        ),
    ),
    row(
        name="redirect-to-error-aspx",
        url="https://gov.agency.net/doc/12.aspx",
        title="Guidance on archives",
        sites=(
            site(
                "gov.agency.net",
                HOMEPAGE,
                {
                    "/Error.aspx?aspxerrorpath=/doc/12.aspx": HOMEPAGE(
                        "Runtime Error", "<p>Sorry, an error occurred.</p>"
                    )
                },
                unknown=lambda a: redirect(f"/Error.aspx?aspxerrorpath={a.path}", 302),
            ),
        ),
    ),
    row(
        name="redirect-to-error-with-language",
        url="https://gov.agency.org/en/doc/12",
        title="Guidance on museums",
        sites=(
            site(
                "gov.agency.org",
                HOMEPAGE,
                {"/en/error/404": HOMEPAGE("Agency", "<p>Please use the menu.</p>")},
                unknown=to("/en/error/404"),
            ),
        ),
    ),
    row(
        name="meta-refresh-to-404",
        url="https://frames.edu/course/1",
        title="Course 1",
        sites=(
            site(
                "frames.edu",
                HOMEPAGE,
                {"/404.htm": missing(HOMEPAGE)},
                unknown=always(ok('<meta http-equiv="refresh" content="0; url=/404.htm">')),
            ),
        ),
    ),
    row(
        name="redirect-to-404-on-another-host",
        url="https://cdn.vendor.org/manual/3",
        title="Manual 3",
        sites=(
            site("cdn.vendor.org", PRODUCT, {}, unknown=to("https://www.vendor.org/404")),
            site("www.vendor.org", PRODUCT, {"/404": missing(PRODUCT)}),
        ),
    ),
)

SHELLS = (
    gone(
        "spa-that-says-so",
        "https://algoviz.app/sorting/bogo",
        "Bogo sort visualised",
        always(ok(script_shell("404 | AlgoViz", words="<h1>Page not found</h1>"))),
        PRODUCT,
    ),
    gone(
        "spa-title-says-so",
        "https://algoviz.dev/sorting/stooge",
        "Stooge sort visualised",
        always(ok(script_shell("Page Not Found"))),
        PRODUCT,
    ),
    gone(
        "front-page-instead",
        "https://oldstartup.com/blog/how-we-scaled-mysql",
        "How we scaled MySQL",
        always(ok(front(PRODUCT))),
        PRODUCT,
        expected="suspect/suspect_soft_404",
    ),
    gone(
        "front-page-instead-unlike-list",
        "https://gardenclub.org/newsletter/2012-04.html",
        "Composting at home",
        always(ok(front(HOMEPAGE))),
        HOMEPAGE,
        expected="suspect/suspect_soft_404",
    ),
    gone(
        "front-page-instead-with-canonical",
        "https://oldstartup.net/blog/sharding",
        "Sharding without tears",
        always(
            ok(
                PRODUCT(
                    "Home", FRONT, head='<link rel="canonical" href="https://oldstartup.net/">'
                )
            )
        ),
        PRODUCT,
        expected="suspect/suspect_soft_404",
    ),
    row(
        name="front-page-instead-good-before",
        url="https://oldstartup.org/blog/queues",
        title="Queues in practice",
        expected="suspect/suspect_soft_404",
        # One page for every path convicts only if it says that something is missing; this one does not.
        sites=(site("oldstartup.org", PRODUCT, {}, unknown=always(ok(front(PRODUCT)))),),
        before=(
            lone(
                "https://oldstartup.org/blog/queues",
                PRODUCT,
                PRODUCT("Queues in practice", topics.GIT.body),
            ),
        ),
    ),
    row(
        name="phrase-good-before",
        url="https://fadedblog.net/rook-endgames/",
        title=topics.CHESS.title,
        sites=(site("fadedblog.net", BLOG, {}, unknown=pretending(BLOG)),),
        before=(lone("https://fadedblog.net/rook-endgames/", BLOG, topics.CHESS.on(BLOG)),),
    ),
)

TOMBSTONES = (
    marked(
        "course-no-longer-available",
        "https://moocs.edu/course/ml-101",
        "Machine Learning 101",
        PRODUCT(
            "This course is no longer available",
            "<p>The course has been retired. Browse our catalogue for similar ones.</p>",
        ),
        PRODUCT,
        expected="suspect/suspect_soft_404",
    ),
    marked(
        "repository-deleted",
        "https://codehub.dev/ida/linalg",
        "linalg",
        PRODUCT("This repository has been deleted", "<p>Its owner removed it in March.</p>"),
        PRODUCT,
        expected="suspect/suspect_soft_404",
    ),
    marked(
        "job-expired",
        "https://jobs.harbour.net/jobs/991",
        "Apprenticeship in typography",
        PRODUCT("This job has expired", "<p>See other openings.</p>"),
        PRODUCT,
        expected="suspect/suspect_soft_404",
    ),
    marked(
        "page-not-found-on-honest-site",
        "https://drupaldocs.org/node/991",
        "Node 991: theming",
        HOMEPAGE("Page not found", "<p>The requested page could not be found.</p>"),
        HOMEPAGE,
        expected="suspect/suspect_soft_404",
    ),
    marked(
        "video-removed",
        "https://vidhost.org/v/99",
        "Talk on red-black trees",
        PRODUCT("This video has been removed", "<p>By the uploader.</p>"),
        PRODUCT,
        expected="suspect/suspect_soft_404",
    ),
    marked(
        "kurs-nicht-mehr-verfuegbar",
        "https://kurse-nord.de/kurs/7",
        "Einführung in Python",
        Look("Kurse Nord", WORDPRESS, "de")(
            "Dieser Kurs ist nicht mehr verfügbar", "<p>Bitte wählen Sie einen anderen.</p>"
        ),
        expected="suspect/suspect_soft_404",
    ),
)

CASES = (*MARKS, *SHELLS, *TOMBSTONES)
