"""Pure: living pages and redirects as real services serve them."""
# ruff: noqa: RUF001 -- texts in other scripts are meant

from functools import partial
from typing import Any

from crawler.demo.replies import Behaviour, Reply, Request
from crawler.model import WarningCode
from tests.corpus.case import Case, Host
from tests.corpus.outsider_pages import (
    AGE_GATE,
    APACHE_404,
    ARCHIVED_REPOSITORY,
    BARGE_FOR_SALE,
    CLOUDFLARE_PAGE,
    CONSTRUCTION_SIGNS,
    COOKIE_ARTICLE,
    DATADOME_ARTICLE,
    DOCSIFY,
    DOMAIN_MARKET,
    ERROR_CLASS,
    GITHUB_404,
    GITHUB_PAGES_404,
    HENS,
    HUB_ARTICLE,
    IMPERVA_PAGE,
    KERNEL_MAIL,
    KOREAN,
    KOREAN_MISSING,
    LANGUAGE_DOOR,
    LINKING_HUB,
    LOST_MANGA,
    MAINTENANCE_REPORT,
    MISSING_BOOKS,
    NEW_MANUAL,
    NOTION,
    POST_404,
    PRUNING,
    PYDOC_STUB,
    ROOT_CANONICAL,
    TELEGRAM,
    TELEGRAM_NOBODY,
    WAYBACK,
    WAYBACK_MISSING,
    WIKI_REDIRECT,
)
from tests.corpus.replies import Respond, always, answer, not_found, ok, redirect, with_cookie
from tests.corpus.sites import host_and_path


def one(
    url: str, page: Behaviour | str | None = None, unknown: Respond | None = None
) -> tuple[Host, ...]:
    """A host with one page, or none; honest about other paths unless `unknown` says how not.

    It serves plain HTTP as it is when that is how it is listed.
    """
    host, path = host_and_path(url)
    reply = ok(page) if isinstance(page, str) else page
    return (
        Host(
            name=host,
            pages={} if reply is None else {path: reply},
            unknown=unknown or not_found(APACHE_404),
            http=url.startswith("http://"),
        ),
    )


def lone(
    name: str,
    url: str,
    title: str,
    page: Behaviour | str | None = None,
    unknown: Respond | None = None,
    **more: Any,
) -> Case:
    """A resource on a host with nothing else."""
    return Case(name=name, url=url, title=title, sites=one(url, page, unknown), **more)


row = partial(Case, group="outsider-living", living=True, expected="ok/ok")
here = partial(lone, group="outsider-living", living=True, expected="ok/ok")


def article_with_cookie(request: Request) -> Reply:
    """The article for those who bring the session; the others fetch one first."""
    there = "https://idp.harbourscience.org/authorize?response_type=cookie&client_id=harbour&redirect_uri=https%3A%2F%2Fwww.harbourscience.org%2Farticles%2Fs41-036-0007-x"
    page = ok(COOKIE_ARTICLE, "Vary: Cookie")
    return with_cookie("idp_session", page, redirect(there, 303))(request)


COOKIE_BACK = "https://www.harbourscience.org/articles/s41-036-0007-x"
COOKIE_SITES = (
    Host(
        name="www.harbourscience.org",
        pages={
            "/articles/s41-036-0007-x": article_with_cookie,
            "/articles/s41-036-0007-x?error=cookies_not_supported&code=6d1c": ok(COOKIE_ARTICLE),
        },
        unknown=not_found("<title>Page not found | Harbour Science</title>"),
    ),
    Host(
        name="idp.harbourscience.org",
        pages={
            "/transit?code=6d1c": with_cookie(
                "idp_marker",
                redirect(
                    COOKIE_BACK,
                    302,
                    "Set-Cookie: idp_session=sVERSION_1; Domain=harbourscience.org; Path=/; Secure",
                ),
                redirect(f"{COOKIE_BACK}?error=cookies_not_supported&code=6d1c", 302),
            ),
        },
        unknown=always(
            redirect("/transit?code=6d1c", 302, "Set-Cookie: idp_marker=5ee2; Path=/; Secure")
        ),
    ),
)

WAYBACK_PATH = "/http://www.rookhaven.example/endgames.html"
GARDEN_LOG = "https://havelog.dk/"


LIVING = (
    here(
        "pydoc-removed-module",
        "https://docs.python.org/3/library/cgi.html",
        "cgi: Common Gateway Interface support",
        PYDOC_STUB,
    ),
    row(
        name="wayback-capture",
        url=f"https://web.archive.org/web/2012{WAYBACK_PATH}",
        title="Rook Haven: Philidor and Lucena (archived)",
        sites=(
            Host(
                name="web.archive.org",
                pages={
                    f"/web/2012{WAYBACK_PATH}": redirect(
                        f"https://web.archive.org/web/20120305101010{WAYBACK_PATH}", 302
                    ),
                    f"/web/20120305101010{WAYBACK_PATH}": ok(WAYBACK),
                },
                unknown=not_found(WAYBACK_MISSING),
            ),
        ),
    ),
    here(
        "telegram-channel",
        "https://t.me/kombinatorika_daily",
        "Комбинаторика каждый день (канал)",
        TELEGRAM,
        lambda request: ok(TELEGRAM_NOBODY.replace("{path}", request.path.strip("/"))),
    ),
    here(
        "archived-repository",
        "https://github.com/marta-kowal/tinylisp",
        "tinylisp, a small Lisp to read",
        ARCHIVED_REPOSITORY,
        not_found(GITHUB_404),
    ),
    here(
        "exhibition-page-introuvable",
        "https://bibliotheque-rouvray.fr/article212.html",
        "Page introuvable, une exposition sur les livres perdus",
        MISSING_BOOKS,
    ),
    here(
        "essay-with-missing-page-title",
        "https://kanda-manga.jp/column/lost01",
        "お探しのページは見つかりませんでした 失われた原稿を追って",
        LOST_MANGA,
    ),
    here(
        "barge-for-sale",
        "https://tjalk-antje.nl/",
        "Vrouwe Antje, een tjalk uit 1908",
        BARGE_FOR_SALE,
    ),
    here(
        "domain-marketplace-listed",
        "https://www.sedo.com/us/",
        "Sedo, a marketplace for domain names",
        DOMAIN_MARKET,
    ),
    here(
        "under-construction-museum",
        "http://textfiles.museum/underconstruction/",
        "Under construction: the animated signs",
        CONSTRUCTION_SIGNS,
    ),
    here(
        "maintenance-report",
        "https://status.brightwater.cloud/incidents/9k2xq4",
        "Maintenance report of a database cluster",
        MAINTENANCE_REPORT,
    ),
    here(
        "kernel-mail-page-not-found",
        "https://lore.mmnotes.org/linux-mm-notes/20360214101201.7-1-marta@kowalska.example/",
        "A two-line fix in mm/filemap, explained",
        KERNEL_MAIL,
    ),
    here("language-door", "https://kanalarchiv.ch/", "Swiss canal archive", LANGUAGE_DOOR),
    here("age-gate", "https://utrijezevcu.cz/", "Pivovar U Tří jezevců, řemeslná piva", AGE_GATE),
    here(
        "docsify-hash-route",
        "https://robobook.cn/#/zh-cn/quickstart",
        "机器人操作入门：快速开始",
        DOCSIFY,
        not_found(GITHUB_PAGES_404),
        warnings=frozenset({WarningCode.SCRIPT_SHELL}),
    ),
    here(
        "notion-page",
        "https://typeclub.notion.site/Free-typefaces-0f6f3c1ab2d94e5f8a7b6c5d4e3f2a1b",
        "Free typefaces, a living list",
        NOTION,
        always(ok(NOTION)),
        warnings=frozenset({WarningCode.SCRIPT_SHELL}),
    ),
    here(
        "wiki-alias",
        "https://de.handwerkswiki.org/wiki/Stemmeisen",
        "Stemmeisen richtig schärfen",
        WIKI_REDIRECT,
        warnings=frozenset({WarningCode.CANONICAL_ELSEWHERE}),
    ),
    here(
        "canonical-at-the-root-everywhere",
        "https://www.erbariodicasa.it/montare/",
        "Seccare e montare le piante",
        ROOT_CANONICAL,
        warnings=frozenset({WarningCode.CANONICAL_ELSEWHERE}),
    ),
    # The list's title was never on the page, and the newest post changes title and text each week.
    row(
        name="front-page-titled-by-newest-post",
        url=GARDEN_LOG,
        title="Kirstens dagbog om jord og dyr",
        sites=one(GARDEN_LOG, HENS),
        before=(one(GARDEN_LOG, PRUNING),),
    ),
    # As nature.com does it: an authorisation server on the way sets a cookie for the whole domain,
    # and sends on those who took none with `error=cookies_not_supported`.
    row(
        name="publisher-cookie-round-trip",
        url=COOKIE_BACK,
        title="Tidal mixing in narrow harbours",
        sites=COOKIE_SITES,
    ),
    here(
        "euc-kr-on-a-pretending-site",
        "http://oldbooks.co.kr/view.php?no=37",
        "한지 제본 배우기",
        ok(KOREAN.encode("euc-kr"), kind="text/html"),
        always(ok(KOREAN_MISSING.encode("euc-kr"), kind="text/html")),
    ),
    # The field is on every answer of a protected site; only a 403 or an empty shell is a challenge.
    here(
        "datadome-let-us-through",
        "https://journal-ateliers.fr/savoir-faire/chaise-paillee",
        "Restaurer une chaise paillée",
        ok(DATADOME_ARTICLE, "X-DataDome: protected", "Set-Cookie: datadome=q1w2; Path=/; Secure"),
    ),
    here(
        "imperva-script-on-a-short-page",
        "https://bibliotecaalmafuerte.org.ar/horarios",
        "Biblioteca del barrio: cuándo abre",
        ok(IMPERVA_PAGE, "X-CDN: Imperva", "X-Iinfo: 9-48211-48213 NNNN CT(0 0 0) RT(1) q(0)"),
    ),
    here(
        "cloudflare-script-on-a-short-page",
        "https://maresdeaveiro.pt/hoje",
        "Tabela de marés para pescadores",
        ok(CLOUDFLARE_PAGE, "Server: cloudflare", "CF-RAY: a4454a895a20420b-LIS"),
    ),
    here(
        "wordpress-post-number-404",
        "https://ebrugunlugu.com/evde-tekne/",
        "Ebru teknesi nasıl kurulur",
        POST_404,
    ),
)

led = partial(row, group="outsider-redirects")
REDIRECTS = (
    # The documentation of a class called Error, behind the redirect to the reader's language.
    led(
        name="class-named-error",
        url="https://webref.dev/docs/Web/JavaScript/Reference/Error",
        title="The Error class in JavaScript",
        sites=(
            Host(
                name="webref.dev",
                pages={
                    "/docs/Web/JavaScript/Reference/Error": redirect(
                        "/en-US/docs/Web/JavaScript/Reference/Error", 302, "Vary: Accept-Language"
                    ),
                    "/en-US/docs/Web/JavaScript/Reference/Error": ok(ERROR_CLASS),
                },
                unknown=not_found("<title>Page not found | Webref</title><h1>Page not found</h1>"),
            ),
        ),
        warnings=frozenset({WarningCode.TEMPORARY_REDIRECT}),
    ),
    led(
        name="doi-through-a-linking-hub",
        url="https://doi.org/10.5555/j.hop.2031.04.012",
        title="Scheduling ferries with few berths",
        sites=(
            Host(
                name="doi.org",
                pages={
                    "/10.5555/j.hop.2031.04.012": redirect(
                        "https://linkinghub.harbourpress.com/retrieve/pii/S0377", 302
                    )
                },
                unknown=not_found("<title>DOI Not Found</title><h1>DOI Not Found</h1>"),
            ),
            Host(
                name="linkinghub.harbourpress.com",
                pages={
                    "/retrieve/pii/S0377": ok(LINKING_HUB),
                    "/retrieve/articleSelectSinglePerm?Redirect=S0377": redirect(
                        "https://www.harbourpress.com/science/article/pii/S0377", 301
                    ),
                },
                unknown=always(answer(404)),
            ),
            Host(
                name="www.harbourpress.com",
                pages={"/science/article/pii/S0377": ok(HUB_ARTICLE)},
                unknown=always(answer(404)),
            ),
        ),
        warnings=frozenset({WarningCode.TEMPORARY_REDIRECT}),
    ),
    led(
        name="wiki-became-a-manual",
        url="http://wiki.tinkerbench.org/Soldering#flux",
        title="Tinkerbench wiki: soldering",
        expected="moved/permanent_redirect",
        suggested_url="https://docs.tinkerbench.dev/soldering/#flux",
        sites=(
            Host(
                name="wiki.tinkerbench.org",
                pages={"/Soldering": redirect("https://docs.tinkerbench.dev/soldering/")},
                unknown=lambda request: redirect(f"https://docs.tinkerbench.dev{request.path}"),
            ),
            Host(
                name="docs.tinkerbench.dev",
                pages={
                    "/soldering/": redirect("/en/stable/soldering/", 302),
                    "/en/stable/soldering/": ok(NEW_MANUAL),
                },
                unknown=not_found("<title>404 Not Found</title>"),
            ),
        ),
    ),
)

CASES = (*LIVING, *REDIRECTS)
