"""Pure: living pages on sites that answer for anything, lead elsewhere, or have changed."""

from functools import partial

from tests.corpus import topics
from tests.corpus.case import Case, Respond, Site
from tests.corpus.looks import JEKYLL, NEXT, PLAIN, WORDPRESS, Look
from tests.corpus.replies import always, answer, echo, ok, raw, redirect, to
from tests.corpus.sites import (
    BLOG,
    DOCS,
    FORUM,
    FRONT,
    GITHUB_PAGES,
    HOMEPAGE,
    MANUAL,
    PAPER,
    PRODUCT,
    WIKI,
    front,
    honest,
    host_and_path,
    lone,
    missing,
    pretending,
    site,
)

row = partial(Case, group="shells", living=True, expected="ok/ok")


def script_shell(title: str, head: str = "", words: str = "") -> str:
    """The page of an application that draws everything by script."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}
<script type="module" crossorigin src="/assets/index-4f1c9b2e.js"></script><link rel="stylesheet" href="/assets/index-9a0d.css"></head>
<body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root">{words}</div></body></html>"""


def shell(name: str, url: str, page: str, title: str, **more: object) -> Case:
    """A site that answers every path with the same page."""
    host, _ = host_and_path(url)
    sites = (Site(host=host, pages={}, unknown=always(ok(page))),)
    return row(name=name, url=url, title=title, sites=sites, **more)


def titled(asked_title: str) -> Respond:
    """A shell that writes the path into its title."""
    return lambda asked: ok(script_shell(f"{asked.path.strip('/').rpartition('/')[2]} | {asked_title}"))


SHELLS = (
    shell("react-shell-deep", "https://algo-visual.app/sorting/quick", script_shell("Algorithm Visualizer"), "Algorithm Visualizer: quicksort"),
    shell("react-shell-root", "https://pathfinder.app/", script_shell("Pathfinding Visualizer"), "Pathfinding Visualizer"),
    shell("vue-shell-other-title", "https://vuedemo.app/books/learn-vim", script_shell("App"), "Learn Vim the Smart Way"),
    shell("flutter-shell", "https://flutterbook.app/#/chapter/3", script_shell("flutterbook"), "Flutter in Practice"),
    shell("angular-shell-with-description", "https://ngtour.app/tour/start", script_shell("Tour of Angular", '<meta name="description" content="A guided tour of Angular in forty steps.">'), "Tour of Angular"),
    shell("shell-with-navigation-words", "https://gitquest.app/levels/intro", script_shell("Git Quest", words="<nav>Levels Sandbox Help About</nav><p>Loading…</p>"), "Git Quest: learn branching"),
    shell("shell-with-loading-text", "https://typingrace.app/practice", script_shell("Typing Race", words="<p>Loading, please wait…</p>"), "Typing Race"),
    shell("shell-without-title", "https://notitle.app/editor", script_shell(""), "Shader editor"),
    row(name="shell-with-titles-by-path", url="https://cheats.app/cheatsheets/regex", title="Regex cheat sheet",
        sites=(Site(host="cheats.app", pages={}, unknown=titled("Cheats")),)),
    row(name="svelte-shell-own-title", url="https://svelteplay.app/tutorial/basics", title="Svelte tutorial: basics",
        sites=(Site(host="svelteplay.app", pages={"/tutorial/basics": ok(script_shell("Basics • Svelte Tutorial"))}, unknown=always(ok(script_shell("Svelte Play")))),)),
    row(name="prerendered-page-on-shell-site", url="https://reactbook.app/chapters/hooks", title="Hooks, explained",
        sites=lone("https://reactbook.app/chapters/hooks", PRODUCT, PRODUCT("Hooks, explained", topics.RUST.body), unknown=always(ok(script_shell("React Book"))))),
    row(name="shell-site-with-honest-statuses", url="https://ssrbook.app/chapters/state", title="State machines in the browser",
        sites=lone("https://ssrbook.app/chapters/state", PRODUCT, script_shell("State machines in the browser"), unknown=always(answer(404, script_shell("State machines in the browser"))))),
    row(name="github-pages-spa-trick", url="https://marten.github.io/boids/", title="Boids simulation",
        sites=lone("https://marten.github.io/boids/", GITHUB_PAGES, script_shell("Boids"), unknown=always(answer(404, script_shell("Single Page Apps for GitHub Pages"))))),
    shell("canvas-game", "https://2048clone.app/play", "<!doctype html><title>2048</title><canvas id=game></canvas><script src=game.js></script>", "2048"),
)

WILDCARDS = (
    shell("front-page-answers-any-path-and-is-listed", "https://solarclock.org/", PRODUCT("Solar Clock", topics.STARS.body), "Solar Clock"),
    row(name="front-page-of-a-site-that-redirects-home", url="https://tidetable.org/", title="Tide Table", sites=lone("https://tidetable.org/", HOMEPAGE, HOMEPAGE("Tide Table", topics.MAPS.body), unknown=to("/"))),
    row(name="index-html-to-front", url="https://tidetable.net/index.html", title="Tide Table of the Wadden Sea", sites=lone("https://tidetable.net/", HOMEPAGE, HOMEPAGE("Tide Table of the Wadden Sea", topics.MAPS.body), unknown=to("/"))),
    row(name="page-that-echoes-its-path", url="https://echo.httptools.org/anything/hello", title="HTTP echo service", sites=(Site(host="echo.httptools.org", pages={}, unknown=echo("<title>HTTP echo service</title><h1>Echo</h1><p>You asked for {path} with the method GET. This service answers whatever is asked, for tests of clients.</p>")),)),
    row(name="dictionary-any-word", url="https://wordhoard.org/define/serendipity", title="Serendipity in the Word Hoard dictionary", sites=lone("https://wordhoard.org/define/serendipity", DOCS, DOCS("serendipity", "<p>noun: the faculty of making happy discoveries by accident. Coined by Walpole in 1754 after the three princes of Serendip.</p>"), unknown=echo(DOCS("Nothing found", "<p>There is no entry for {path}. Did you mean one of these?</p>")))),
    row(name="wildcard-subdomain-blog", url="https://tessa.blogfarm.net/", title="Tessa's travel diary", sites=lone("https://tessa.blogfarm.net/", Look("Tessa's travel diary", WORDPRESS), Look("Tessa's travel diary", WORDPRESS)("Tessa's travel diary", topics.ITALIAN.body), unknown=to("https://blogfarm.net/"))),
    row(name="genuine-page-on-a-pretending-site", url="https://oldcms.de/artikel.php?id=12", title=topics.GERMAN.title, sites=lone("https://oldcms.de/artikel.php?id=12", Look("Alte Seite", PLAIN, "de"), topics.GERMAN.on(Look("Alte Seite", PLAIN, "de")), unknown=pretending(HOMEPAGE))),
    row(name="genuine-page-unlike-its-list-title-on-a-pretending-site", url="https://oldcms.org/show/77", title="Reading list for new members", sites=lone("https://oldcms.org/show/77", BLOG, topics.LISP.on(BLOG), unknown=pretending(BLOG))),
    row(name="genuine-page-where-unknown-leads-home", url="https://trailmaps.it/dolomiti/", title=topics.ITALIAN.title, sites=lone("https://trailmaps.it/dolomiti/", BLOG, topics.ITALIAN.on(BLOG), unknown=to("/", 301))),
    row(name="genuine-page-unlike-its-list-title-where-unknown-leads-home", url="https://trailmaps.org/p/88", title="Mountains, huts and how to get there", sites=lone("https://trailmaps.org/p/88", BLOG, topics.ITALIAN.on(BLOG), unknown=to("/", 302))),
    row(name="template-heavy-90-percent-alike", url="https://unitconvert.net/convert/furlong-to-metre", title="Furlongs to metres",
        sites=lone("https://unitconvert.net/convert/furlong-to-metre", PRODUCT, PRODUCT("Furlong to metre converter", topics.SQL.body + topics.MAPS.body + "<p>1 furlong is 201.168 metres.</p>"), unknown=always(ok(PRODUCT("Converter", topics.SQL.body + topics.MAPS.body + "<p>Choose two units.</p>"))))),
    row(name="template-heavy-calendar", url="https://holidays.guide/2036/portugal", title="Public holidays in Portugal 2036",
        sites=lone("https://holidays.guide/2036/portugal", DOCS, DOCS("Public holidays in Portugal 2036", topics.SHELL.body + "<p>1 January, 25 April, 1 May, 10 June.</p>"), unknown=always(ok(DOCS("Public holidays", topics.SHELL.body + "<p>No country chosen.</p>"))))),
    row(name="template-heavy-weather", url="https://skynow.net/w/reykjavik", title="Weather in Reykjavik", sites=(Site(host="skynow.net", pages={}, unknown=lambda asked: ok(PRODUCT(f"Weather in {asked.path.rpartition('/')[2].title()}", topics.BIRDS.body + "<p>12 degrees, wind from the west.</p>"))),)),
)

ROBBED = (
    *(row(name=f"probe-answered-{status}", url=f"https://guarded{status}.org/essays/typography", title="How to set type", sites=lone(f"https://guarded{status}.org/essays/typography", BLOG, topics.TYPE.on(BLOG), unknown=always(answer(status, f"<title>{status}</title>"))))
      for status in (401, 403, 429, 500, 503)),
    row(name="probe-challenged", url="https://guardedcf.org/essays/chess", title="Endings with rooks and pawns", sites=lone("https://guardedcf.org/essays/chess", BLOG, topics.CHESS.on(BLOG, h1="Part 4"), unknown=always(answer(403, "<title>Just a moment...</title>", "cf-mitigated: challenge")))),
    row(name="probe-reset", url="https://guardedrst.org/notes/7", title="Weekly digest", sites=lone("https://guardedrst.org/notes/7", BLOG, topics.GARDEN.on(BLOG), unknown=always(raw("HTTP/1.1 2")))),
    row(name="probe-forbidden-by-robots", url="https://quietdocs.org/pages/42", title="Weekly notes", sites=lone("https://quietdocs.org/pages/42", BLOG, topics.GARDEN.on(BLOG), unknown=pretending(BLOG),
        robots=ok("User-agent: *\nDisallow: /\nAllow: /pages/42$\nAllow: /robots.txt\n", kind="text/plain"), forbidden=("/",), permitted=("/pages/42",))),
    row(name="short-page-probe-forbidden-by-robots", url="https://quietdocs.net/pages/43", title="Sunset times", sites=lone("https://quietdocs.net/pages/43", HOMEPAGE, HOMEPAGE("43", "<p>20:31</p>"), unknown=pretending(HOMEPAGE),
        robots=ok("User-agent: resource-crawler\nAllow: /pages/43\nDisallow: /pages/\n", kind="text/plain"), forbidden=("/pages/",), permitted=("/pages/43",))),
    row(name="phrase-in-heading-probe-limited", url="https://guardedtalk.org/talks/lost", title="Page not found: lost talks of the nineties", sites=lone("https://guardedtalk.org/talks/lost", PAPER, PAPER("Page not found: lost talks of the nineties", topics.LISP.body), unknown=always(answer(429, "", "Retry-After: 3600")))),
)

LED = (
    row(name="locale-redirect-302", url="https://lumenpad.com/", title="Lumenpad", sites=(site("lumenpad.com", PRODUCT, {"/": redirect("/en/", 302), "/en/": front(PRODUCT)}),)),
    row(name="locale-redirect-of-a-deep-page", url="https://lumenpad.net/docs/setup", title="Lumenpad setup", sites=(site("lumenpad.net", PRODUCT, {"/docs/setup": redirect("/de/docs/setup", 302), "/de/docs/setup": PRODUCT("Lumenpad einrichten", topics.GERMAN.body)}),)),
    row(name="version-redirect-302", url="https://libtern.dev/docs/", title="libtern documentation", sites=(site("libtern.dev", MANUAL, {"/docs/": redirect("/docs/latest/", 302), "/docs/latest/": front(MANUAL)}),)),
    row(name="readthedocs-root", url="https://tern.readthedocs.io/", title="Tern", sites=(site("tern.readthedocs.io", MANUAL, {"/": redirect("/en/latest/", 302), "/en/latest/": front(MANUAL)}),)),
    row(name="language-front-on-a-site-that-leads-home", url="https://museo.pt/", title="Museu do azulejo", sites=(site("museo.pt", BLOG, {"/": redirect("/pt/", 302), "/pt/": topics.PORTUGUESE.on(BLOG)}, unknown=to("/")),)),
    row(name="docs-front-to-latest-on-a-wildcard-site", url="https://wildtern.dev/docs", title="Wildtern documentation", sites=(site("wildtern.dev", PRODUCT, {"/docs": redirect("/docs/latest/", 302), "/docs/latest/": PRODUCT("Wildtern documentation", topics.RUST.body)}, unknown=always(ok(front(PRODUCT)))),)),
    row(name="random-mirror-302", url="https://mirrors.tern.org/download", title="Tern downloads", sites=(site("mirrors.tern.org", MANUAL, {"/download": redirect("https://mirror3.uni-nord.de/tern/", 302)}), site("mirror3.uni-nord.de", HOMEPAGE, {"/tern/": HOMEPAGE("Tern downloads", "<ul><li>tern-2.0.tar.gz</li><li>tern-1.9.tar.gz</li></ul>")}))),
    row(name="short-link-302", url="https://go.tern.org/book", title=topics.LISP.title, sites=(site("go.tern.org", PRODUCT, {"/book": redirect("https://press.uni-nord.de/books/sicp/", 302)}), site("press.uni-nord.de", PAPER, {"/books/sicp/": topics.LISP.on(PAPER)}))),
    row(name="renamed-product", url="https://sketchr.app/", title="Sketchr", expected="moved/permanent_redirect", suggested_url="https://drawline.app/",
        sites=(site("sketchr.app", PRODUCT, {"/": redirect("https://drawline.app/")}, unknown=lambda a: redirect(f"https://drawline.app{a.path}")), site("drawline.app", Look("Drawline", NEXT), {"/": Look("Drawline", NEXT)("Drawline (formerly Sketchr)", "<p>Sketchr is now Drawline: the same quick drawing tool, with a new name.</p>")}))),
    row(name="docs-moved-domain-to-their-front", url="https://tern-lang.org/", title="The Tern language", expected="moved/permanent_redirect", suggested_url="https://tern.dev/", sites=(site("tern-lang.org", MANUAL, {"/": redirect("https://tern.dev/")}), site("tern.dev", MANUAL, {"/": MANUAL("The Tern language", topics.RUST.body)}))),
)


def changed(name: str, url: str, look: Look, was: str, now: str, title: str, **more: object) -> Case:
    """A page that was another last night, and is still the resource."""
    sites, before = lone(url, look, now), lone(url, look, was)
    return row(name=name, url=url, title=title, sites=sites, before=(before,), **more)


CHANGED = (
    changed("redesign-title-changed", "https://sqlindex.guide/", DOCS, topics.SQL.on(DOCS), PRODUCT("SQL Indexing and Tuning for Developers", topics.SQL.body), topics.SQL.title),
    changed("redesign-text-rewritten", "https://grid.guide/", DOCS, topics.GRID.on(DOCS), PRODUCT("Grid Guide: layout in two dimensions", "<p>Learn CSS Grid by doing. Twelve lessons take you from your first container to subgrid; each has an editor beside the text. Tracks, lines, areas and the fr unit, one at a time.</p>"), topics.GRID.title),
    changed("title-translated", "https://astro-verein.de/einstieg", HOMEPAGE, topics.GERMAN.on(HOMEPAGE), HOMEPAGE("Introduction to Astronomy", "<p>Einführung in die Astronomie, now in English: what to see with binoculars, how to read a star chart, and where the sky is still dark.</p>"), topics.GERMAN.title),
    changed("new-episode-in-title", "https://oopscast.net/", PRODUCT, PRODUCT("Oopscast – episode 211: The bridge", FRONT), PRODUCT("Oopscast – episode 212: The probe", FRONT), "Oopscast"),
    changed("news-front-page", "https://harbourcourier.eu/", PAPER, topics.BIRDS.on(PAPER, h1="Today"), topics.GARDEN.on(PAPER, h1="Today"), "The Harbour Courier"),
    changed("version-in-title", "https://libtern.net/en/stable/", MANUAL, MANUAL("libtern 1.9.2", topics.RUST.body), MANUAL("libtern 2.0.0", topics.RUST.body), "libtern"),
    changed("page-became-a-shell", "https://visu-tree.app/", HOMEPAGE, topics.TREES.on(HOMEPAGE), script_shell(topics.TREES.title), topics.TREES.title),
    changed("page-unchanged", "https://boring.example.net/", HOMEPAGE, topics.PYTHON.on(HOMEPAGE), topics.PYTHON.on(HOMEPAGE), topics.PYTHON.title),
    changed("book-got-a-second-edition", "https://pythonbook.org/", HOMEPAGE, topics.PYTHON.on(HOMEPAGE), HOMEPAGE("Automate the Boring Stuff, 3rd edition", "<p>The third edition is here. Learn Python, rename files, fill in forms, send mail, all by short scripts. Free to read online.</p>"), topics.PYTHON.title),
    changed("post-got-comments", "https://forum.workbench.org/t/oak/88", FORUM, FORUM("Which glue for oak?", "<p>Hide glue or white glue?</p>"), FORUM("Which glue for oak?", "<p>Hide glue or white glue?</p>" + "<p>White glue. I have built four tables with it, and none came apart in ten years of heated rooms.</p>" * 3), "Which glue for oak?"),
    changed("wiki-article-grew", "https://hobbypedia.eu/wiki/Compost", WIKI, WIKI("Compost", "<p>Compost is decayed organic matter.</p>"), WIKI("Compost", topics.GARDEN.body), "Compost"),
    changed("list-title-in-another-language", "https://svamp.se/guide", BLOG, topics.SWEDISH.on(BLOG), topics.SWEDISH.on(BLOG), "A guide to mushrooms in Sweden"),
)

LANGUAGES = tuple(
    row(name=f"page-in-another-language-{n}", url=f"https://leseort{n}.net/texte/{n}", title=title, sites=lone(f"https://leseort{n}.net/texte/{n}", Look("Leseort", style), topic.on(Look("Leseort", style)), unknown=unknown))
    for n, (topic, title, style, unknown) in enumerate((
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
    ), 1)
)

CASES = (*SHELLS, *WILDCARDS, *ROBBED, *LED, *CHANGED, *LANGUAGES)
