"""Pure: pages with three good nights behind them: taken by others, or only changed.

Their titles in the list are poor, or never fitted, so that only what the page was speaks.
"""

from functools import partial
from typing import Any

from crawler.model import WarningCode
from tests.corpus import topics
from tests.corpus.case import Case, Host
from tests.corpus.hijack import CASINO, COMPANY, PHARMACY, SPAM_EN, SPAM_JA
from tests.corpus.looks import JEKYLL, MKDOCS, NEXT, WORDPRESS, Look
from tests.corpus.replies import always, ok, redirect, to
from tests.corpus.sites import BLOG, DOCS, HOMEPAGE, PRODUCT, WIKI, host_and_path, lone, site
from tests.corpus.topics import Topic

taken = partial(Case, group="later-taken", substitute=True, expected="suspect/suspect_replaced")
kept = partial(Case, group="later-kept", living=True, expected="ok/ok")


def whole_host(name: str, url: str, title: str, topic: Topic, now: str, **more: Any) -> Case:
    """Three good nights; then the host shows one foreign page for every path."""
    host, _ = host_and_path(url)
    good = lone(url, WIKI, topic.on(WIKI))
    sites = (Host(name=host, pages={}, unknown=always(ok(now))),)
    return taken(name=name, url=url, title=title, sites=sites, before=(good,) * 3, **more)


def same_path(name: str, url: str, title: str, topic: Topic, now: str, **more: Any) -> Case:
    """Three good nights; then a foreign page at this path of an otherwise honest host."""
    before = (lone(url, BLOG, topic.on(BLOG)),) * 3
    return taken(
        name=name, url=url, title=title, sites=lone(url, BLOG, now), before=before, **more
    )


LONG_CASINO = Look("Jackpot88", NEXT)(
    "Spin and win today",
    "".join(
        f"<p>Game {n} of our lobby pays out within minutes and brings {n * 3} free rounds to every"
        " new player who deposits before midnight. Bonus terms apply to all tables and reels.</p>"
        for n in range(30)
    ),
)

TAKEN = (
    same_path(
        "casino-listed-as-here", "https://rookclub.net/endings/", "here", topics.CHESS, CASINO
    ),
    same_path("pharmacy-without-title", "https://birdring.net/autumn", "", topics.BIRDS, PHARMACY),
    same_path(
        "company-listed-as-guide", "https://gridpages.net/start", "Guide", topics.GRID, COMPANY
    ),
    same_path(
        "spam-under-a-friends-words",
        "https://sqlnotes.net/indexes",
        "What my colleague Anna swears by",
        topics.SQL,
        SPAM_EN,
    ),
    same_path(
        "spam-in-japanese-listed-as-link",
        "https://rottehome.net/heap",
        "Link",
        topics.GARDEN,
        SPAM_JA,
    ),
    whole_host(
        "casino-for-all-paths",
        "https://typehall.net/serifs",
        "docs",
        topics.TYPE,
        CASINO,
    ),
    whole_host(
        "long-casino-for-all-paths",
        "https://starhall.net/charts",
        "",
        topics.STARS,
        LONG_CASINO,
    ),
    whole_host(
        "long-casino-drawn-by-script",
        "https://lisphall.net/lambda",
        topics.LISP.title,
        topics.LISP,
        LONG_CASINO,
    ),
    # Not a good night before it, and a page that a script could draw, but has drawn already
    taken(
        name="long-page-for-all-paths-at-first-sight",
        url="https://treehall.net/balance",
        title=topics.TREES.title,
        expected="suspect/suspect_soft_404",
        sites=(Host(name="treehall.net", pages={}, unknown=always(ok(LONG_CASINO))),),
    ),
    # Both are called "Home": the title says nothing, and the heading is another.
    same_path(
        "both-called-home",
        "https://maphall.net/",
        "the homepage",
        Topic("Home", topics.MAPS.text),
        HOMEPAGE(
            "Home",
            "<p>Lowest prices on tyres and rims, mounted while you wait.</p>" * 5,
            h1="Rims",
        ),
    ),
    taken(
        name="led-to-a-casino-listed-as-here",
        url="https://shellhall.net/pipes",
        title="here",
        sites=(
            site("shellhall.net", HOMEPAGE, {}, unknown=to("https://jackpot77.win/id/slots")),
            site("jackpot77.win", BLOG, {"/id/slots": CASINO}),
        ),
        before=(lone("https://shellhall.net/pipes", HOMEPAGE, topics.SHELL.on(HOMEPAGE)),) * 3,
    ),
)


def changed(name: str, url: str, title: str, was: str, now: str, **more: Any) -> Case:
    """Three nights of one page, then another that is still the resource."""
    before = (lone(url, HOMEPAGE, was),) * 3
    return kept(
        name=name, url=url, title=title, sites=lone(url, HOMEPAGE, now), before=before, **more
    )


def comic(strip: str, words: str) -> str:
    """The front page of a comic, named by the day's strip."""
    return f"<html lang=en><head><title>{strip} - Pixelharbour</title></head><body><h1>{strip}</h1><p>{words}</p></body></html>"


LAMP = Look("Lumenhall", JEKYLL, "en"), Look("Lumenhall", JEKYLL, "de")
NEW_LOOK = Look("Grid Academy", MKDOCS)
RENAMED = Look("Sternwarte Hafen", WORDPRESS, "de")
NAVIGATION = "".join(f"<li><a href='/{n}'>Topic number {n} of all</a></li>" for n in range(40))

KEPT = (
    changed(
        "new-template-and-title-listed-as-here",
        "https://gridhall.net/",
        "here",
        topics.GRID.on(DOCS),
        NEW_LOOK("Layout in two dimensions", topics.GRID.body),
    ),
    changed(
        "rewritten-under-its-heading",
        "https://sqlhall.net/use-the-index",
        "Anna's tip",
        topics.SQL.on(BLOG),
        DOCS("Performance", topics.STARS.body, h1=topics.SQL.title),
    ),
    changed(
        "rewritten-under-its-title",
        "https://pythonhall.net/boring",
        "Guide",
        topics.PYTHON.on(HOMEPAGE),
        topics.PYTHON.on(HOMEPAGE).replace(topics.PYTHON.body, topics.BIRDS.body),
    ),
    changed(
        "next-version-with-other-words",
        "https://libhall.net/stable/",
        "docs",
        DOCS("libhall 3.2 reference", topics.RUST.body),
        DOCS("libhall 3.3 reference", topics.LISP.body),
    ),
    changed(
        "now-in-german-by-default",
        "https://lumenhall.net/install",
        "Anna's tip",
        topics.RUST.on(LAMP[0]),
        topics.GERMAN.on(LAMP[1]),
    ),
    changed(
        "comic-of-the-day",
        "https://pixelharbour.net/",
        "made me laugh",
        comic("The bridge", "A captain explains to a seagull why the bridge cannot be raised."),
        comic("Low tide", "Two crabs find a telephone, and nobody who would answer it."),
    ),
    changed(
        "comic-of-the-day-without-title",
        "https://pixelharbour.org/",
        "",
        comic("The bridge", "A captain explains to a seagull why the bridge cannot be raised."),
        comic("Low tide", "Two crabs find a telephone, and nobody who would answer it."),
    ),
    kept(
        name="newest-issue",
        url="https://slowletter.net/newest",
        title="a good newsletter",
        sites=(
            site(
                "slowletter.net",
                BLOG,
                {
                    "/newest": redirect("/8", 302),
                    "/8": Look("Slowletter", JEKYLL)("On tides", topics.MAPS.body),
                },
            ),
        ),
        before=(
            (
                site(
                    "slowletter.net",
                    BLOG,
                    {
                        "/newest": redirect("/7", 302),
                        "/7": Look("Slowletter", JEKYLL)("On bread", topics.SOURDOUGH.body),
                    },
                ),
            ),
        )
        * 3,
    ),
    changed(
        "both-called-home-and-shortened",
        "https://astrohall.net/",
        "the homepage",
        HOMEPAGE("Home", topics.STARS.body + topics.MAPS.body, h1="Stars and maps"),
        HOMEPAGE("Home", topics.STARS.body, h1="Stars"),
    ),
    kept(
        name="renamed-and-moved-listed-in-own-words",
        url="https://sternfreunde-hafen.net/einstieg",
        title="Tipp von Jan",
        sites=(
            site(
                "sternfreunde-hafen.net",
                HOMEPAGE,
                {"/einstieg": redirect("https://sternwarte-am-hafen.net/", 302)},
            ),
            site("sternwarte-am-hafen.net", RENAMED, {"/": topics.GERMAN.on(RENAMED)}),
        ),
        before=(
            lone("https://sternfreunde-hafen.net/einstieg", HOMEPAGE, topics.GERMAN.on(HOMEPAGE)),
        )
        * 3,
    ),
    changed(
        "maintenance-for-a-night",
        "https://poemhall.net/",
        "here",
        topics.TYPE.on(HOMEPAGE),
        HOMEPAGE("Scheduled maintenance", "<p>We are back at noon.</p>"),
        expected="failing/maintenance",
    ),
    # One shell for all paths: a menu of many words, and nothing drawn yet.
    kept(
        name="shell-with-a-long-menu",
        url="https://menuhall.app/games/chess",
        title="Endings with rooks",
        sites=(
            Host(
                name="menuhall.app",
                pages={},
                unknown=always(
                    ok(
                        "<!doctype html><title>Menuhall</title><script src=/a.js></script>"
                        f"<div id=root><nav><ul>{NAVIGATION}</ul></nav><main>Loading…</main></div>"
                    )
                ),
            ),
        ),
        warnings=frozenset({WarningCode.SCRIPT_SHELL}),
    ),
    kept(
        name="drawn-page-of-a-shell-site",
        url="https://drawnhall.app/git/rebase",
        title="Rebase, explained by a colleague",
        sites=lone(
            "https://drawnhall.app/git/rebase",
            PRODUCT,
            topics.GIT.on(PRODUCT),
            unknown=always(ok(PRODUCT("Choose a topic", "<p>Loading…</p>"))),
        ),
    ),
)
CASES = (*TAKEN, *KEPT)
