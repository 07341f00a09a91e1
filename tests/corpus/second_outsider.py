"""Pure: what lists meet, by someone who had not seen the rules: several names for one page, and endings."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from crawler.demo.replies import Behaviour, Request
from tests.corpus import topics
from tests.corpus.case import Case, Host
from tests.corpus.looks import MKDOCS, PLAIN, WORDPRESS, Look
from tests.corpus.replies import Respond, always, answer, not_found, ok
from tests.corpus.sites import honest, host_and_path

living = partial(Case, group="second-living", living=True, expected="ok/ok")
rotten = partial(Case, group="second-rot", substitute=True)

QUILL = Look("Quillhaven", MKDOCS)
MARSH = Look("Marsh notes", WORDPRESS)
FERN = Look("Fern", PLAIN)


def serve(url: str, page: Behaviour | str, unknown: Respond | None = None) -> tuple[Host, ...]:
    """One page at its host; unknown paths are 404, in the host's plain words, unless said otherwise."""
    host, path = host_and_path(url)
    shown = ok(page) if isinstance(page, str) else page
    return (Host(name=host, pages={path: shown}, unknown=unknown or honest(FERN)),)


def row(
    make: partial[Case],
    name: str,
    title: str,
    url: str,
    page: Behaviour | str,
    *,
    unknown: Respond | None = None,
    earlier: Sequence[str] = (),
    **more: Any,
) -> Case:
    """A page at a host of its own, with its earlier pages on a host that was honest then."""
    before = tuple(serve(url, old) for old in earlier)
    return make(
        name=name, title=title, url=url, sites=serve(url, page, unknown), before=before, **more
    )


def shell(title: str) -> str:
    """What a single-page application sends for all its URLs."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<script type="module" src="/assets/index-4f3a1c.js"></script></head>
<body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body></html>"""


def below(path: str, page: str) -> Respond:
    """The page for this path with any query; all else is 404."""
    missing = answer(404, "<title>404</title>")
    return lambda request: ok(page) if request.path.partition("?")[0] == path else missing


def rows(
    make: partial[Case], host: Host, listed: Sequence[tuple[str, str, str]], **more: Any
) -> tuple[Case, ...]:
    """Several listed links of one host: name, title and path of each."""
    return tuple(
        make(name=name, title=title, url=f"https://{host.name}{path}", sites=(host,), **more)
        for name, title, path in listed
    )


GUIDE = topics.MAPS.on(QUILL)
EDITION = QUILL("libcurlew documentation", topics.PYTHON.body)
FRONT = QUILL(
    "Vendovia, cloud for everyone",
    "<p>Build, ship and scale. Start free, no credit card. Trusted by four thousand teams.</p>",
)
LAB = FERN(
    "Lab archive",
    "<p>The projects of our lab have ended, one after the other. We keep a list of papers, the names of all who worked here, and a way to reach those who still remember.</p>",
)
MANY_NAMES = (
    *rows(
        living,
        Host(name="developers.hydramaps.com", unknown=below("/maps/guide", GUIDE)),
        [
            ("guide-in-japanese", "ハイドラマップ開発者ガイド", "/maps/guide?hl=ja"),
            ("guide-in-german", "Hydra Maps Entwicklerhandbuch", "/maps/guide?hl=de"),
            ("guide-with-its-referrer", "here", "/maps/guide?ref=awesome-maps"),
        ],
    ),
    *rows(
        living,
        Host(
            name="curlew.dev",
            pages=dict.fromkeys(("/en/latest/", "/en/stable/", "/en/v2/"), ok(EDITION)),
            unknown=not_found(),
        ),
        [
            ("edition-latest", "libcurlew (latest)", "/en/latest/"),
            ("edition-stable", "libcurlew, stable", "/en/stable/"),
            # An honest doubt: two words that the page lacks, and the page of two others
            ("edition-2", "2.x docs", "/en/v2/"),
        ],
    ),
    *rows(
        rotten,
        Host(name="vendovia.com", unknown=always(ok(FRONT))),
        [
            ("front-for-all-good-title", "Raft, explained", "/engineering/raft"),
            ("front-for-all-poor-title", "here", "/engineering/sql-windows"),
            ("front-for-all-no-title", "", "/engineering/p/17"),
        ],
        expected="suspect/suspect_soft_404",
    ),
    *rows(
        rotten,
        Host(
            name="labs.inst-eastmoor.edu",
            pages=dict.fromkeys(("/kelp", "/auk", "/tern"), ok(LAB)),
            unknown=not_found(),
        ),
        [
            ("lab-ended-kelp", "Kelp: underwater mapping toolkit", "/kelp"),
            ("lab-ended-auk", "Auk flight simulator", "/auk"),
            ("lab-ended-tern", "Tern parser generator", "/tern"),
        ],
        expected="suspect/suspect_soft_404",
    ),
)

GRIDS = topics.GRID.on(Look("Gridhaven", WORDPRESS))
LIVING = (
    row(
        living,
        "essay-on-maintenance-pages",
        "Writing a good maintenance page",
        "https://webcraft-quarterly.org/maintenance-pages",
        MARSH("We'll be back soon! How to write a maintenance page", topics.GRID.body),
    ),
    row(
        living,
        "reference-of-an-error",
        "Error reference",
        "https://api.fernworks.dev/errors/not-found",
        FERN("Not Found", "<p>Returned with status 404 when an identifier is unknown.</p>"),
    ),
    row(
        living,
        "became-an-app",
        topics.GRID.title,
        "https://gridhaven.dev/grid-or-flexbox",
        shell("Gridhaven"),
        unknown=always(ok(shell("Gridhaven"))),
        earlier=(GRIDS, GRIDS),
    ),
    # It shows another page each night, and the list does not tell.
    row(
        living,
        "quote-of-the-day",
        "Random wisdom",
        "https://wisewords.app/today",
        FERN("Trust the process", "<blockquote>Trust the process.</blockquote>"),
        earlier=(
            FERN("Know thyself", "<blockquote>Know thyself.</blockquote>"),
            FERN("Less is more", "<blockquote>Less is more.</blockquote>"),
        ),
    ),
    row(
        living,
        "magazine-that-closed-and-stays",
        "A List Beyond",
        "https://alistbeyond.org/",
        Look("A List Beyond", WORDPRESS)("A List Beyond has shut down", topics.TYPE.body),
    ),
    row(
        living,
        "band-of-that-name",
        "Not Found, a band from Bergen",
        "https://notfoundband.no/",
        FERN("NOT FOUND", "<p>New record out now. Tour: Berlin, Oslo, Gent.</p>"),
    ),
    # Dead before it was played: the site answers for missing questions with 200, too.
    row(
        living,
        "question-about-not-found",
        "A fix for my build",
        "https://forum.fernworks.dev/t/8812",
        MARSH("Module not found", "<p>Set a fallback for the module and it goes away.</p>"),
        unknown=always(ok(MARSH("Topic not found", "<p>That topic is private or gone.</p>"))),
        expected="suspect/suspect_soft_404",
    ),
    row(
        living,
        "theme-forgets-a-mark",
        "click",
        "https://marshnotes.example/winter-birds",
        MARSH("Winter birds", topics.BIRDS.body, body_class="error404"),
    ),
    row(
        living,
        "site-named-not-found",
        "Great reporting on tides",
        "https://404harbour.example/every-map-lies",
        Look("404 Harbour", WORDPRESS)("Every map lies", "<p>Subscribe to keep reading.</p>"),
    ),
    row(
        living,
        "masked-by-a-frame",
        "Klubben",
        "https://klubben-i-havn.se/",
        '<html><head><title>Klubben</title></head><frameset rows="100%,*"><frame src="https://pages.havn.example/klubben"></frameset></html>',
    ),
)


def deals(request: Request) -> str:
    """A shop's page about whatever was asked for."""
    name = request.path.strip("/").replace("-", " ").title()
    return FERN(
        f"{name}: find the best deals", f"<p>Compare prices for {name} and save today.</p>"
    )


SALE = '<html><head><title>old-wireless.net</title></head><frameset rows="100%,*"><frame src="https://www.sedo.com/search/details/?domain=old-wireless.net"></frameset></html>'
ENDED = MARSH(
    "Pocketry has shut down", "<p>The service is over. All data was deleted in October.</p>"
)
NO_BLOG = FERN("Blog not found", "<p>The name annpixels is available to register!</p>")
GARDEN = topics.GARDEN.on(Look("Greenbed", WORDPRESS))
BONUS = "<p>Best casino bonus codes of the month. Play roulette and slots with real money.</p>" * 9
ROTTEN = (
    row(
        rotten,
        "service-shut-down",
        "Reading list that syncs",
        "https://pocketry.app/",
        ENDED,
        expected="suspect/suspect_soft_404",
    ),
    row(
        rotten,
        "blog-name-is-free",
        "Ann draws small things",
        "https://annpixels.blogs.example/",
        NO_BLOG,
        unknown=always(ok(NO_BLOG)),
        expected="suspect/suspect_soft_404",
    ),
    row(
        rotten,
        "sold-in-a-frame",
        "Old radios",
        "https://old-wireless.net/tubes",
        SALE,
        unknown=always(ok(SALE)),
        expected="dead/parked",
    ),
    row(
        rotten,
        "expired-in-german",
        "Gramophone archive",
        "https://grammophon-archiv.de/",
        "<title>Domain abgelaufen</title><h1>Diese Domain ist abgelaufen</h1><p>Bitte verlängern Sie sie.</p>",
        expected="dead/placeholder",
    ),
    row(
        rotten,
        "app-not-deployed-yet",
        "Raft visualisation",
        "https://raft-pictures.fernapps.example/",
        "<title>Heroku | Welcome to your new app!</title><h1>Welcome to your new app!</h1>",
        expected="dead/placeholder",
    ),
    row(
        rotten,
        "missing-with-a-language",
        "Guide to tides",
        "https://tidetables.example/guide?lang=en",
        QUILL("Page not found", "<p>Sorry.</p>"),
        unknown=always(ok(QUILL("Page not found", "<p>Sorry.</p>"))),
        expected="dead/soft_404",
    ),
    # It has the words of every URL, and so the title of every list.
    row(
        rotten,
        "deals-for-any-name",
        "Quantum cats",
        "https://qwild.example/quantum-cats",
        lambda request: ok(deals(request)),
        unknown=lambda request: ok(deals(request)),
        expected="suspect/suspect_soft_404",
    ),
    # The new owner kept title and heading.
    row(
        rotten,
        "hijacked-under-its-old-name",
        topics.GARDEN.title,
        "https://greenbed.example/start",
        Look("Greenbed", WORDPRESS)(topics.GARDEN.title, BONUS),
        earlier=(GARDEN, GARDEN),
        expected="suspect/suspect_replaced",
    ),
)

CASES = (*MANY_NAMES, *LIVING, *ROTTEN)
