"""Pure: parked, placeholder, taken and walled pages."""

from functools import partial
from typing import Any

from crawler.demo.replies import Reply, Request
from tests.corpus.case import Case, Host
from tests.corpus.outsider import lone, one
from tests.corpus.outsider_pages import APACHE_404
from tests.corpus.outsider_rot_pages import (
    AFTERMARKET,
    ANUBIS,
    ATOM,
    BEGET,
    BETTING,
    CONSENT,
    DENTIST,
    DOLOMITES,
    DONDOMINIO,
    EXPIRED_RU,
    ISPCONFIG,
    MONGERS,
    ONLYDOMAINS,
    OVH,
    PRIZE,
    SGCAPTCHA,
    SGCAPTCHA_SCREEN,
    SIGN_IN,
    TAKEOVER,
    THAI_SLOTS,
    TIDE_ATLAS,
    TUTORIAL,
    VERSION_DOCS,
    XAMPP,
    XSERVER,
)
from tests.corpus.replies import always, answer, not_found, ok, redirect, to
from tests.corpus.sites import host_and_path


def everywhere(name: str, url: str, title: str, page: str, **more: Any) -> Case:
    """A host that answers everything with one page, which may name the host."""
    host, _ = host_and_path(url)
    return lone(name, url, title, unknown=always(ok(page.replace("{host}", host))), **more)


def sgcaptcha(request: Request) -> Reply:
    """Every page refreshes to the challenge, which is no page either; both are 202."""
    if request.path.startswith("/.well-known/sgcaptcha/"):
        return answer(202, SGCAPTCHA_SCREEN, "SG-Captcha: challenge")
    return answer(202, SGCAPTCHA, "SG-Captcha: challenge", kind="text/html")


def consent_first(request: Request) -> Reply:
    """The way to the consent of a family of sites, which is told where to come back to."""
    done = f"https%3A%2F%2F{request.host}{request.path.replace('/', '%2F')}"
    return redirect(f"https://guce.gadgetkurier.de/consent?gcrumb=m1&done={done}", 302)


parked: dict[str, Any] = {
    "group": "outsider-parked",
    "expected": "dead/parked",
    "substitute": True,
}
PARKED = (
    everywhere(
        "onlydomains",
        "https://kiwiweavers.co.nz/patterns/twill",
        "Twill patterns for four shafts",
        ONLYDOMAINS,
        **parked,
    ),
    everywhere(
        "dondominio", "http://talleresdecuero.es/", "Talleres de cuero", DONDOMINIO, **parked
    ),
    Case(
        name="led-to-atom",
        url="https://tidewell.com/handbook/",
        title="The Tidewell handbook of estuaries",
        sites=(
            *one("https://tidewell.com/", unknown=to("https://www.atom.com/name/Tidewell")),
            *one("https://www.atom.com/", unknown=always(ok(ATOM))),
        ),
        **parked,
    ),
    everywhere(
        "aftermarket-in-place",
        "https://stareradia.pl/schematy/pionier",
        "Schemat radia Pionier",
        AFTERMARKET,
        **parked,
    ),
    # What the registrar shows between expiry and deletion: nobody's page, and not coming back by itself.
    everywhere(
        "registration-expired-in-russian",
        "http://morskoy-modelist.ru/chertezhi/",
        "Чертежи моделей парусников",
        EXPIRED_RU,
        **parked,
    ),
)

placeholder: dict[str, Any] = {
    "group": "outsider-placeholder",
    "expected": "dead/placeholder",
    "substitute": True,
}
HANDBOOK = "https://handbook.tideatlas.org/"
PLACEHOLDERS = (
    everywhere(
        "beget-domain-without-a-folder",
        "https://slovar-remesel.ru/b/bondar.html",
        "Бондарь: словарь ремёсел",
        BEGET,
        **placeholder,
    ),
    Case(
        name="xampp-dashboard",
        url="http://physik-am-tisch.de/",
        title="Physik am Küchentisch",
        sites=(
            Host(
                name="physik-am-tisch.de",
                pages={"/": redirect("/dashboard/", 302), "/dashboard/": ok(XAMPP)},
                unknown=not_found(APACHE_404),
                http=True,
            ),
        ),
        **placeholder,
    ),
    lone(
        "ispconfig-after-a-move",
        HANDBOOK,
        "Tide Atlas handbook",
        ISPCONFIG.replace("{host}", "handbook.tideatlas.org"),
        before=(one(HANDBOOK, TIDE_ATLAS),),
        **placeholder,
    ),
    everywhere(
        "xserver-invalid-url",
        "http://kiori-note.jp/technique/",
        "木織りノート 技法",
        XSERVER,
        **placeholder,
    ),
    lone(
        "ovh-just-created",
        "https://lutherie-pratique.fr/",
        "Lutherie pratique",
        OVH,
        **placeholder,
    ),
)

DOLOMITES_URL = "https://rifugi-alti.it/giri/sella-ronda/"
BIRDS_URL = "https://estuarybirds.org/"
TUTORIAL_URL = "https://pixelschool.art/dithering/"
MONGERS_URL = "https://wroclaw.perlmongers.eu/"
LAYOUTS_URL = "https://docs.loomgraph.io/layouts/force/"

taken: dict[str, Any] = {
    "group": "outsider-hijack",
    "expected": "suspect/suspect_replaced",
    "substitute": True,
}
HIJACKED = (
    # Injected into a site whose theme, menu and name stayed: only the page itself is another.
    # The site's name in the title is no likeness to what was listed.
    lone(
        "betting-page-in-the-old-theme",
        DOLOMITES_URL,
        "Il giro del Sella in due giorni",
        BETTING,
        before=(one(DOLOMITES_URL, DOLOMITES),),
        **taken,
    ),
    lone(
        "thai-slots-on-the-root",
        BIRDS_URL,
        "Estuary Birds: counts since 1971",
        THAI_SLOTS,
        to("/"),
        before=(one(BIRDS_URL, TIDE_ATLAS.replace("Tide Atlas", "Estuary Birds")),),
        **taken,
    ),
    Case(
        name="led-to-a-prize",
        url=TUTORIAL_URL,
        title="Dithering explained with pixels",
        sites=(
            *one(TUTORIAL_URL, unknown=to("https://trk.clickbarn.top/c?id=77")),
            *one("https://trk.clickbarn.top/", unknown=to("https://prize-gate.click/win/?cid=w1")),
            *one("https://prize-gate.click/", unknown=always(ok(PRIZE))),
        ),
        before=(one(TUTORIAL_URL, TUTORIAL),),
        **taken,
    ),
    lone(
        "user-group-became-a-dentist",
        MONGERS_URL,
        "Wrocław Perl Mongers",
        DENTIST,
        before=(one(MONGERS_URL, MONGERS),),
        **taken,
    ),
    # Somebody claimed the hoster's name that the abandoned alias still points to.
    lone(
        "taken-over-subdomain",
        LAYOUTS_URL,
        "Force layouts in Loomgraph",
        unknown=always(ok(TAKEOVER)),
        before=(one(LAYOUTS_URL, VERSION_DOCS),),
        **taken,
    ),
)

AUTHENTICATE = "/_layouts/15/Authenticate.aspx?Source=%2Fsites%2Fbibliotek"
MICROSOFT = "https://login.microsoftonline.com/7f1c/oauth2/authorize?client_id=00000003-0000-0ff1-ce00-000000000000&response_mode=form_post&response_type=code%20id_token"
PAY_TO_CRAWL = "<html><head><title>402 Payment Required</title></head><body>Payment required to crawl this content.</body></html>"

wall = partial(lone, group="outsider-walls", expected="blocked/bot_challenge")
WALLS = (
    wall(
        "anubis-with-details-200",
        "https://git.sluicegate.org/tools/pump.git/about/",
        "pump, a queue for shell jobs",
        unknown=always(ok(ANUBIS, "Set-Cookie: techaro.lol-anubis-auth=; Path=/")),
    ),
    wall(
        "siteground-captcha",
        "https://leatherbook.co.uk/saddle-stitch/",
        "Saddle stitch for beginners",
        unknown=sgcaptcha,
    ),
    wall(
        "aws-waf-empty-202",
        "https://www.filmregister.org/title/0078748/",
        "Film Register: Stalker (1979)",
        unknown=always(answer(202, b"", "Server: CloudFront", "x-amzn-waf-action: challenge")),
    ),
    Case(
        name="yahoo-family-consent",
        group="outsider-walls",
        url="https://www.gadgetkurier.de/test/loetkolben-2036",
        title="Lötkolben im Vergleich",
        expected="blocked/consent_wall",
        sites=(
            *one("https://www.gadgetkurier.de/", unknown=consent_first),
            *one(
                "https://guce.gadgetkurier.de/",
                unknown=to(
                    "https://consent.yahoo.com/v2/collectConsent?sessionId=3_cc-session_d6"
                ),
            ),
            *one("https://consent.yahoo.com/", unknown=always(ok(CONSENT))),
        ),
    ),
    # The sign-in page is drawn by script and holds no form; where it leads to says what it is.
    Case(
        name="microsoft-sign-in",
        group="outsider-walls",
        url="https://fjordskolen.sharepoint.com/sites/bibliotek/SitePages/Sejlads.aspx",
        title="Sejlads for begyndere",
        expected="blocked/login_required",
        sites=(
            Host(
                name="fjordskolen.sharepoint.com",
                pages={AUTHENTICATE: redirect(MICROSOFT, 302)},
                unknown=to(AUTHENTICATE),
            ),
            *one("https://login.microsoftonline.com/", unknown=always(ok(SIGN_IN))),
        ),
    ),
    wall(
        "pay-per-crawl",
        "https://www.provincialpost.ca/science/ice-roads",
        "How ice roads are built",
        expected="blocked/payment_required",
        unknown=always(answer(402, PAY_TO_CRAWL, "Server: cloudflare", "crawler-price: USD 0.01")),
    ),
)

CASES = (*PARKED, *PLACEHOLDERS, *HIJACKED, *WALLS)
