"""Pure: deep URLs that lead to a front page."""

from functools import partial
from typing import Any

from tests.corpus import topics
from tests.corpus.case import Case
from tests.corpus.looks import NEXT, WORDPRESS, Look
from tests.corpus.replies import Respond, always, answer, ok, redirect, to
from tests.corpus.sites import BLOG, DOCS, HOMEPAGE, PAPER, PRODUCT, front, host_and_path, site

row = partial(Case, group="homes", substitute=True, expected="dead/redirected_to_home")


FRONTS = {path: ok(front(PRODUCT)) for path in ("/?notfound=1", "/index.php")}


def all_home(
    name: str, url: str, title: str, unknown: Respond, look: Look = BLOG, **more: Any
) -> Case:
    """A site that redirects every unknown path, also the resource's, to one place."""
    host, _ = host_and_path(url)
    return row(
        name=name, url=url, title=title, sites=(site(host, look, FRONTS, unknown=unknown),), **more
    )


def only_this(
    name: str, url: str, title: str, status: int, target: str = "/", look: Look = BLOG
) -> Case:
    """A site that redirects the resource to its front page, and answers 404 for other paths."""
    host, path = host_and_path(url)
    sites = (site(host, look, {path: redirect(target, status)}),)
    return row(
        name=name, url=url, title=title, sites=sites, expected="suspect/suspect_redirect_home"
    )


ALL_HOME = (
    all_home(
        "all-home-302", "https://fading.blog/2014/sourdough/", topics.SOURDOUGH.title, to("/")
    ),
    all_home("all-home-301", "https://fading.net/2014/rebase/", topics.GIT.title, to("/", 301)),
    all_home(
        "all-home-307",
        "https://fading.org/posts/grid.html",
        topics.GRID.title,
        to("/", 307),
        PAPER,
    ),
    all_home(
        "all-home-308",
        "https://fading.dev/docs/ownership",
        topics.RUST.title,
        to("/", 308),
        PRODUCT,
    ),
    all_home(
        "all-home-303", "https://fading.app/r/4711", topics.MAPS.title, to("/", 303), PRODUCT
    ),
    all_home(
        "all-home-absolute",
        "https://fading.info/read/birds",
        topics.BIRDS.title,
        to("https://fading.info/", 302),
        PAPER,
    ),
    all_home(
        "all-home-meta-refresh",
        "https://fading.eu/page7.html",
        topics.TYPE.title,
        always(ok('<html><head><meta http-equiv="refresh" content="0;url=/"></head></html>')),
        HOMEPAGE,
    ),
    all_home(
        "all-home-refresh-field",
        "https://fading.us/page8.html",
        topics.SQL.title,
        always(ok("", "Refresh: 0; url=/")),
        HOMEPAGE,
    ),
    all_home(
        "all-home-with-query",
        "https://fading.shop/p?id=12",
        "Book of trees",
        to("/?notfound=1"),
        PRODUCT,
    ),
    all_home(
        "all-home-index-php",
        "https://fading.cz/clanek/12",
        topics.CZECH.title,
        to("/index.php"),
        HOMEPAGE,
    ),
)

ONLY_THIS = (
    only_this(
        "this-home-301", "https://studio.works/portfolio/atlas", "Atlas, an interactive map", 301
    ),
    only_this("this-home-302", "https://studio.design/journal/type", topics.TYPE.title, 302),
    only_this(
        "this-home-honest-docs", "https://quillmark.net/guide/old", "Old guide", 301, look=DOCS
    ),
    only_this(
        "this-home-absolute",
        "https://studio.ink/notes/bread",
        topics.SOURDOUGH.title,
        308,
        "https://studio.ink/",
    ),
)

OTHER_SITES = (
    row(
        name="bought-startup-redirects-to-buyer",
        url="https://smallstartup.io/blog/feature-flags",
        title="Feature flags done right",
        sites=(
            site("smallstartup.io", PRODUCT, {}, unknown=to("https://bigcorp.com/", 301)),
            site("bigcorp.com", Look("BigCorp", NEXT), {}),
        ),
    ),
    row(
        name="course-platform-to-catalogue-front",
        url="https://courses.uni-sued.edu/algo/lecture3",
        title="Lecture 3: red-black trees",
        sites=(
            site("courses.uni-sued.edu", HOMEPAGE, {}, unknown=to("https://www.uni-sued.edu/")),
            site("www.uni-sued.edu", PAPER, {}),
        ),
    ),
    row(
        name="this-one-to-another-front",
        url="https://labs.telco.net/widgets/clock",
        title="A CSS clock",
        expected="suspect/suspect_redirect_home",
        sites=(
            site(
                "labs.telco.net", PRODUCT, {"/widgets/clock": redirect("https://www.telco.net/")}
            ),
            site("www.telco.net", PAPER, {}),
        ),
    ),
    row(
        name="language-front-for-all",
        url="https://polyglot.press/books/lisp",
        title=topics.LISP.title,
        sites=(site("polyglot.press", PRODUCT, {"/en/": front(PRODUCT)}, unknown=to("/en/")),),
    ),
    row(
        name="home-in-two-steps",
        url="https://twostep.press/books/lisp",
        title=topics.LISP.title,
        sites=(
            site("twostep.press", PRODUCT, {"/home": redirect("/", 302)}, unknown=to("/home")),
        ),
    ),
    row(
        name="http-to-https-to-home",
        url="http://upgrade.press/books/chess",
        title=topics.CHESS.title,
        sites=(site("upgrade.press", PRODUCT, {}, unknown=to("/", 301)),),
    ),
    row(
        name="www-then-home",
        url="https://apex.press/books/chess",
        title=topics.CHESS.title,
        sites=(
            site(
                "apex.press",
                PRODUCT,
                {},
                unknown=lambda a: redirect(f"https://www.apex.press{a.path}"),
            ),
            site("www.apex.press", PRODUCT, {}, unknown=to("/")),
        ),
    ),
    row(
        name="home-with-blocked-siblings",
        url="https://shy.press/books/trees",
        title=topics.TREES.title,
        expected="suspect/suspect_redirect_home",
        sites=(
            site(
                "shy.press",
                PRODUCT,
                {"/books/trees": redirect("/", 302)},
                unknown=always(answer(403, "Forbidden")),
            ),
        ),
    ),
)

LIVING = (
    row(
        name="old-front-file-to-front",
        url="https://quietcode.org/index.php",
        title="Quiet Code",
        substitute=False,
        living=True,
        expected="moved/trivial_redirect",
        suggested_url="https://quietcode.org/",
        sites=(
            site(
                "quietcode.org",
                Look("Quiet Code", WORDPRESS),
                {"/index.php": redirect("/")},
                unknown=to("/"),
            ),
        ),
    ),
    row(
        name="default-aspx-to-front",
        url="https://quietcode.net/default.aspx",
        title="Quiet Code",
        substitute=False,
        living=True,
        expected="moved/trivial_redirect",
        sites=(
            site("quietcode.net", Look("Quiet Code", WORDPRESS), {"/default.aspx": redirect("/")}),
        ),
    ),
    # The one-page site of a book that once had a folder: its front page is the resource.
    row(
        name="deep-url-to-front-that-is-the-resource",
        url="https://rbtree.guide/book/",
        title=topics.TREES.title,
        substitute=False,
        living=True,
        expected="moved/permanent_redirect",
        suggested_url="https://rbtree.guide/",
        sites=(
            site(
                "rbtree.guide", HOMEPAGE, {"/book/": redirect("/"), "/": topics.TREES.on(HOMEPAGE)}
            ),
        ),
    ),
)

CASES = (*ALL_HOME, *ONLY_THIS, *OTHER_SITES, *LIVING)
