"""Pure: living pages on sites that answer for anything, lead elsewhere, or have changed."""

from functools import partial
from typing import Any

from tests.corpus import topics
from tests.corpus.case import Case, Host
from tests.corpus.looks import JEKYLL, NEXT, PLAIN, WORDPRESS, Look
from tests.corpus.replies import Respond, always, answer, echo, ok, to
from tests.corpus.sites import (
    BLOG,
    DOCS,
    GITHUB_PAGES,
    HOMEPAGE,
    PRODUCT,
    host_and_path,
    lone,
    pretending,
)

row = partial(Case, group="shells", living=True, expected="ok/ok")


def script_shell(title: str, head: str = "", words: str = "") -> str:
    """The page of an application that draws everything by script."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}
<script type="module" crossorigin src="/assets/index-4f1c9b2e.js"></script><link rel="stylesheet" href="/assets/index-9a0d.css"></head>
<body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root">{words}</div></body></html>"""


def shell(name: str, url: str, page: str, title: str, **more: Any) -> Case:
    """A site that answers every path with the same page."""
    host, _ = host_and_path(url)
    sites = (Host(name=host, pages={}, unknown=always(ok(page))),)
    return row(name=name, url=url, title=title, sites=sites, **more)


def titled(asked_title: str) -> Respond:
    """A shell that writes the path into its title."""
    return lambda request: ok(
        script_shell(f"{request.path.strip('/').rpartition('/')[2]} | {asked_title}")
    )


SHELLS = (
    shell(
        "react-shell-deep",
        "https://algo-visual.app/sorting/quick",
        script_shell("Algorithm Visualizer"),
        "Algorithm Visualizer: quicksort",
    ),
    shell(
        "react-shell-root",
        "https://pathfinder.app/",
        script_shell("Pathfinding Visualizer"),
        "Pathfinding Visualizer",
    ),
    shell(
        "vue-shell-other-title",
        "https://vuedemo.app/books/learn-vim",
        script_shell("App"),
        "Learn Vim the Smart Way",
    ),
    shell(
        "flutter-shell",
        "https://flutterbook.app/#/chapter/3",
        script_shell("flutterbook"),
        "Flutter in Practice",
    ),
    shell(
        "angular-shell-with-description",
        "https://ngtour.app/tour/start",
        script_shell(
            "Tour of Angular",
            '<meta name="description" content="A guided tour of Angular in forty steps.">',
        ),
        "Tour of Angular",
    ),
    shell(
        "shell-with-navigation-words",
        "https://gitquest.app/levels/intro",
        script_shell("Git Quest", words="<nav>Levels Sandbox Help About</nav><p>Loading…</p>"),
        "Git Quest: learn branching",
    ),
    shell(
        "shell-with-loading-text",
        "https://typingrace.app/practice",
        script_shell("Typing Race", words="<p>Loading, please wait…</p>"),
        "Typing Race",
    ),
    shell("shell-without-title", "https://notitle.app/editor", script_shell(""), "Shader editor"),
    row(
        name="shell-with-titles-by-path",
        url="https://cheats.app/cheatsheets/regex",
        title="Regex cheat sheet",
        sites=(Host(name="cheats.app", pages={}, unknown=titled("Cheats")),),
    ),
    row(
        name="svelte-shell-own-title",
        url="https://svelteplay.app/tutorial/basics",
        title="Svelte tutorial: basics",
        sites=(
            Host(
                name="svelteplay.app",
                pages={"/tutorial/basics": ok(script_shell("Basics • Svelte Tutorial"))},
                unknown=always(ok(script_shell("Svelte Play"))),
            ),
        ),
    ),
    row(
        name="prerendered-page-on-shell-site",
        url="https://reactbook.app/chapters/hooks",
        title="Hooks, explained",
        sites=lone(
            "https://reactbook.app/chapters/hooks",
            PRODUCT,
            PRODUCT("Hooks, explained", topics.RUST.body),
            unknown=always(ok(script_shell("React Book"))),
        ),
    ),
    row(
        name="shell-site-with-honest-statuses",
        url="https://ssrbook.app/chapters/state",
        title="State machines in the browser",
        sites=lone(
            "https://ssrbook.app/chapters/state",
            PRODUCT,
            script_shell("State machines in the browser"),
            unknown=always(answer(404, script_shell("State machines in the browser"))),
        ),
    ),
    row(
        name="github-pages-spa-trick",
        url="https://marten.github.io/boids/",
        title="Boids simulation",
        sites=lone(
            "https://marten.github.io/boids/",
            GITHUB_PAGES,
            script_shell("Boids"),
            unknown=always(answer(404, script_shell("Single Page Apps for GitHub Pages"))),
        ),
    ),
    shell(
        "canvas-game",
        "https://2048clone.app/play",
        "<!doctype html><title>2048</title><canvas id=game></canvas><script src=game.js></script>",
        "2048",
    ),
)

WILDCARDS = (
    shell(
        "front-page-answers-any-path-and-is-listed",
        "https://solarclock.org/",
        PRODUCT("Solar Clock", topics.STARS.body),
        "Solar Clock",
    ),
    row(
        name="front-page-of-a-site-that-redirects-home",
        url="https://tidetable.org/",
        title="Tide Table",
        sites=lone(
            "https://tidetable.org/",
            HOMEPAGE,
            HOMEPAGE("Tide Table", topics.MAPS.body),
            unknown=to("/"),
        ),
    ),
    row(
        name="index-html-to-front",
        url="https://tidetable.net/index.html",
        title="Tide Table of the Wadden Sea",
        sites=lone(
            "https://tidetable.net/",
            HOMEPAGE,
            HOMEPAGE("Tide Table of the Wadden Sea", topics.MAPS.body),
            unknown=to("/"),
        ),
    ),
    row(
        name="page-that-echoes-its-path",
        url="https://echo.httptools.org/anything/hello",
        title="HTTP echo service",
        sites=(
            Host(
                name="echo.httptools.org",
                pages={},
                unknown=echo(
                    "<title>HTTP echo service</title><h1>Echo</h1><p>You request for {path} with the method GET. This service answers whatever is request, for tests of clients.</p>"
                ),
            ),
        ),
    ),
    row(
        name="dictionary-any-word",
        url="https://wordhoard.org/define/serendipity",
        title="Serendipity in the Word Hoard dictionary",
        sites=lone(
            "https://wordhoard.org/define/serendipity",
            DOCS,
            DOCS(
                "serendipity",
                "<p>noun: the faculty of making happy discoveries by accident. Coined by Walpole in 1754 after the three princes of Serendip.</p>",
            ),
            unknown=echo(
                DOCS(
                    "Nothing found",
                    "<p>There is no entry for {path}. Did you mean one of these?</p>",
                )
            ),
        ),
    ),
    row(
        name="wildcard-subdomain-blog",
        url="https://tessa.blogfarm.net/",
        title="Tessa's travel diary",
        sites=lone(
            "https://tessa.blogfarm.net/",
            Look("Tessa's travel diary", WORDPRESS),
            Look("Tessa's travel diary", WORDPRESS)("Tessa's travel diary", topics.ITALIAN.body),
            unknown=to("https://blogfarm.net/"),
        ),
    ),
    row(
        name="genuine-page-on-a-pretending-site",
        url="https://oldcms.de/artikel.php?id=12",
        title=topics.GERMAN.title,
        sites=lone(
            "https://oldcms.de/artikel.php?id=12",
            Look("Alte Seite", PLAIN, "de"),
            topics.GERMAN.on(Look("Alte Seite", PLAIN, "de")),
            unknown=pretending(HOMEPAGE),
        ),
    ),
    row(
        name="genuine-page-unlike-its-list-title-on-a-pretending-site",
        url="https://oldcms.org/show/77",
        title="Reading list for new members",
        sites=lone(
            "https://oldcms.org/show/77", BLOG, topics.LISP.on(BLOG), unknown=pretending(BLOG)
        ),
    ),
    row(
        name="genuine-page-where-unknown-leads-home",
        url="https://trailmaps.it/dolomiti/",
        title=topics.ITALIAN.title,
        sites=lone(
            "https://trailmaps.it/dolomiti/", BLOG, topics.ITALIAN.on(BLOG), unknown=to("/", 301)
        ),
    ),
    row(
        name="genuine-page-unlike-its-list-title-where-unknown-leads-home",
        url="https://trailmaps.org/p/88",
        title="Mountains, huts and how to get there",
        sites=lone(
            "https://trailmaps.org/p/88", BLOG, topics.ITALIAN.on(BLOG), unknown=to("/", 302)
        ),
    ),
    row(
        name="template-heavy-90-percent-alike",
        url="https://unitconvert.net/convert/furlong-to-metre",
        title="Furlongs to metres",
        sites=lone(
            "https://unitconvert.net/convert/furlong-to-metre",
            PRODUCT,
            PRODUCT(
                "Furlong to metre converter",
                topics.SQL.body + topics.MAPS.body + "<p>1 furlong is 201.168 metres.</p>",
            ),
            unknown=always(
                ok(
                    PRODUCT(
                        "Converter",
                        topics.SQL.body + topics.MAPS.body + "<p>Choose two units.</p>",
                    )
                )
            ),
        ),
    ),
    row(
        name="template-heavy-calendar",
        url="https://holidays.guide/2036/portugal",
        title="Public holidays in Portugal 2036",
        sites=lone(
            "https://holidays.guide/2036/portugal",
            DOCS,
            DOCS(
                "Public holidays in Portugal 2036",
                topics.SHELL.body + "<p>1 January, 25 April, 1 May, 10 June.</p>",
            ),
            unknown=always(
                ok(DOCS("Public holidays", topics.SHELL.body + "<p>No country chosen.</p>"))
            ),
        ),
    ),
    row(
        name="template-heavy-weather",
        url="https://skynow.net/w/reykjavik",
        title="Weather in Reykjavik",
        sites=(
            Host(
                name="skynow.net",
                pages={},
                unknown=lambda request: ok(
                    PRODUCT(
                        f"Weather in {request.path.rpartition('/')[2].title()}",
                        topics.BIRDS.body + "<p>12 degrees, wind from the west.</p>",
                    )
                ),
            ),
        ),
    ),
)
LANGUAGES = tuple(
    row(
        name=f"page-in-another-language-{n}",
        url=f"https://leseort{n}.net/texte/{n}",
        title=title,
        sites=lone(
            f"https://leseort{n}.net/texte/{n}",
            Look("Leseort", style),
            topic.on(Look("Leseort", style)),
            unknown=unknown,
        ),
    )
    for n, (topic, title, style, unknown) in enumerate(
        (
            (topics.FRENCH, topics.FRENCH.title, WORDPRESS, None),
            (topics.SPANISH, "Andalusian recipes", WORDPRESS, None),
            (topics.POLISH, topics.POLISH.title, JEKYLL, to("/")),
            (topics.RUSSIAN, "Combinatorics (in Russian)", PLAIN, None),
            (topics.JAPANESE, "Japanese gardens", NEXT, pretending(PRODUCT)),
            (topics.CHINESE, topics.CHINESE.title, PLAIN, pretending(HOMEPAGE)),
            (topics.TURKISH, topics.TURKISH.title, WORDPRESS, None),
            (topics.CZECH, "Graph theory lecture notes", JEKYLL, None),
            (topics.KOREAN, "Korean grammar", NEXT, None),
            (topics.DUTCH, topics.DUTCH.title, WORDPRESS, to("/")),
        ),
        1,
    )
)

CASES = (*SHELLS, *WILDCARDS, *LANGUAGES)
