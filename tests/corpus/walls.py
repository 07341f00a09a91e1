"""Pure: bot filters, log-ins, consent and payment: a server that answers, but not us."""
# ruff: noqa: RUF001 -- typographic and foreign characters are meant

from functools import partial

from crawler.demo.replies import Behaviour
from tests.corpus import topics
from tests.corpus.case import Case, Host
from tests.corpus.replies import always, answer, ok, redirect, to
from tests.corpus.sites import BLOG, HOMEPAGE, PAPER, PRODUCT, host_and_path, lone, site

row = partial(Case, group="walls")

CLOUDFLARE = """<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta name="robots" content="noindex,nofollow"><meta http-equiv="refresh" content="390"></head>
<body><div class="main-wrapper" role="main"><div class="main-content"><noscript><div class="h2"><span id="challenge-error-text">Enable JavaScript and cookies to continue</span></div></noscript></div></div>
<script>(function(){window._cf_chl_opt={cvId:'3',cZone:'x',cType:'managed'};var a=document.createElement('script');a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1';document.head.appendChild(a);}());</script></body></html>"""
CLOUDFLARE_OLD = """<html><head><title>Attention Required! | Cloudflare</title></head><body><h1 data-translate="challenge_headline">One more step</h1><p>Please complete the security check to access this site.</p><form id="challenge-form" action="/x?__cf_chl_f_tk=1"><div class="cf-turnstile"></div></form></body></html>"""
DATADOME = """<html lang="en"><head><title>shop</title><style>#cmsg{animation: A 1.5s;}</style></head><body style="margin:0"><p id="cmsg">Please enable JS and disable any ad blocker</p><script data-cfasync="false">var dd={'rt':'c','cid':'AHrlqAAAAAMA','hsh':'2AC20A','t':'fe','s':17434,'host':'geo.captcha-delivery.com'}</script><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>"""
AKAMAI = """<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access "http&#58;&#47;&#47;shop" on this server.<P>Reference&#32;&#35;18&#46;2d351ab8&#46;1557333295&#46;a4e16ab</BODY></HTML>"""
INCAPSULA = """<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW"><script src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3"></script></head><body style="margin:0px;height:100%"><iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=22&xinfo=9" frameborder=0 width="100%" height="100%">Request unsuccessful. Incapsula incident ID: 893000970</iframe></body></html>"""
PERIMETERX = """<html lang="en"><head><title>Access to this page has been denied</title></head><body><h1>Press &amp; Hold to confirm you are a human (and not a bot).</h1><div id="px-captcha"></div><script>window._pxAppId='PXabc';window._pxJsClientSrc='/abc/init.js'</script><script src="https://captcha.px-cdn.net/PXabc/captcha.js"></script></body></html>"""
AWS_WAF = """<html lang="en"><head><title></title><script>window.awsWafCookieDomainList=[];window.gokuProps={"key":"AQ","iv":"C","context":"h"};</script><script src="https://x.token.awswaf.com/x/challenge.js"></script></head><body><div id="challenge-container"></div><noscript><h1>JavaScript is disabled</h1>In order to continue, we need to verify that you're not a robot.</noscript></body></html>"""
SUCURI = """<html><title>You are being redirected...</title><noscript>Javascript is required. Please enable javascript before you are allowed to see this page.</noscript><script>var s={},u,c,U,r,i,l=0,a,e=eval,w=String.fromCharCode,sucuri_cloudproxy_js='',S='cz0';</script></html>"""
ANUBIS = """<!doctype html><html lang="en"><head><title>Making sure you&#39;re not a bot!</title><link rel="stylesheet" href="/.within.website/x/xess/xess.css"><script id="anubis_version" type="application/json">"v1.20.0"</script></head><body><main><h1>Making sure you&#39;re not a bot!</h1><p>You are seeing this because the administrator of this website has set up Anubis to protect the server.</p><script async type="module" src="/.within.website/x/cmd/anubis/static/js/main.mjs"></script></main></body></html>"""
VERCEL = """<!DOCTYPE html><html lang="en"><head><title>Vercel Security Checkpoint</title></head><body><p>We're verifying your browser</p><script src="/.well-known/vercel/security/static/challenge.v2.min.js"></script></body></html>"""
DDOS_GUARD = """<html><head><title>DDoS-Guard</title><script src="/.well-known/ddos-guard/js-challenge/index.js"></script></head><body><h1>Checking your browser before accessing</h1><p>Please wait a few seconds.</p></body></html>"""


def wall(
    name: str,
    url: str,
    status: int,
    page: str,
    *fields: str,
    expected: str = "blocked/bot_challenge",
) -> Case:
    """A host that gives everybody the same wall, robots.txt apart."""
    host, _ = host_and_path(url)
    sites = (Host(name=host, pages={}, unknown=always(answer(status, page, *fields))),)
    return row(name=name, url=url, title=topics.GRID.title, expected=expected, sites=sites)


CHALLENGES = (
    wall(
        "cloudflare-403",
        "https://cf403.dev/grid",
        403,
        CLOUDFLARE,
        "Server: cloudflare",
        "cf-mitigated: challenge",
    ),
    wall("cloudflare-503", "https://cf503.dev/grid", 503, CLOUDFLARE, "Server: cloudflare"),
    wall(
        "cloudflare-429",
        "https://cf429.dev/grid",
        429,
        CLOUDFLARE,
        "Server: cloudflare",
        "cf-mitigated: challenge",
    ),
    wall("cloudflare-200", "https://cf200.dev/grid", 200, CLOUDFLARE, "Server: cloudflare"),
    wall("cloudflare-field-alone", "https://cffield.dev/grid", 403, "", "cf-mitigated: challenge"),
    wall(
        "cloudflare-attention-required",
        "https://cfold.dev/",
        403,
        CLOUDFLARE_OLD,
        "Server: cloudflare",
    ),
    wall(
        "datadome-403",
        "https://dd403.shop/books/1",
        403,
        DATADOME,
        "x-datadome: protected",
        "Set-Cookie: datadome=x; Path=/",
    ),
    wall("datadome-200", "https://dd200.shop/books/1", 200, DATADOME),
    wall("incapsula-200", "https://inc200.org/read", 200, INCAPSULA),
    wall("incapsula-403", "https://inc403.org/read", 403, INCAPSULA),
    wall("perimeterx-403", "https://px403.shop/guide", 403, PERIMETERX),
    wall("perimeterx-429", "https://px429.shop/guide", 429, PERIMETERX),
    wall("aws-waf-202", "https://waf202.org/grid", 202, AWS_WAF, "x-amzn-waf-action: challenge"),
    wall(
        "aws-waf-405-captcha",
        "https://waf405.org/grid",
        405,
        AWS_WAF,
        "x-amzn-waf-action: captcha",
    ),
    wall("sucuri-200", "https://suc200.org/grid", 200, SUCURI),
    wall("anubis-200", "https://git.anubis200.org/linux", 200, ANUBIS),
    wall("vercel-429", "https://ver429.dev/grid", 429, VERCEL, "x-vercel-mitigated: challenge"),
    wall("ddos-guard-403", "https://ddg403.ru/grid", 403, DDOS_GUARD, "Server: ddos-guard"),
    wall(
        "akamai-403",
        "https://aka403.shop/grid",
        403,
        AKAMAI,
        "Server: AkamaiGHost",
        expected="blocked/forbidden",
    ),
    wall(
        "cloudflare-1020",
        "https://cf1020.dev/grid",
        403,
        "<title>Access denied | cf1020.dev used Cloudflare to restrict access</title><h1>Error 1020</h1>",
        "Server: cloudflare",
        expected="blocked/forbidden",
    ),
    row(
        name="redirect-to-challenge",
        url="https://chal.shop/guide",
        title=topics.TYPE.title,
        expected="blocked/bot_challenge",
        sites=(
            Host(
                name="chal.shop",
                pages={"/captcha?url=/guide": ok(PERIMETERX)},
                unknown=to("/captcha?url=/guide"),
            ),
        ),
    ),
    # Only the page is challenged, and the home page is open.
    row(
        name="challenge-on-the-page-alone",
        url="https://half.shop/guide",
        title=topics.MAPS.title,
        expected="blocked/bot_challenge",
        sites=lone(
            "https://half.shop/guide", PRODUCT, answer(403, CLOUDFLARE, "cf-mitigated: challenge")
        ),
    ),
)


def sign_in(
    name: str, url: str, target: str, title: str = "Sign in", status: int = 302, pages: str = ""
) -> Case:
    """A redirect to a page whose purpose is signing in."""
    host, path = host_and_path(url)
    there, place = host_and_path(target if "://" in target else f"https://{host}{target}")
    form = (
        pages
        or '<form method="post" action="/session"><input type="email" name="user"><input type="password" name="password"><button>Sign in</button></form>'
    )
    page = ok(PRODUCT(title, form))
    if there == host:
        sites: tuple[Host, ...] = (
            site(host, PRODUCT, {path: redirect(target, status), place: page}),
        )
    else:
        sites = (
            site(host, PRODUCT, {path: redirect(target, status)}),
            site(there, PRODUCT, {place: page}),
        )
    return row(
        name=name, url=url, title=topics.RUST.title, expected="blocked/login_required", sites=sites
    )


LOGINS = (
    sign_in(
        "log-in-same-host",
        "https://members.guild.org/library/rust",
        "/login?next=%2Flibrary%2Frust",
        "Log in",
    ),
    sign_in(
        "log-in-other-host",
        "https://wiki.corp-it.net/pages/rust",
        "https://sso.corp-it.net/auth/realms/main/protocol/openid-connect/auth?client_id=wiki",
        "Sign in to Main",
    ),
    sign_in(
        "log-in-permanently",
        "https://members.guild.net/library/rust",
        "/users/sign_in",
        status=301,
    ),
    sign_in(
        "log-in-email-only",
        "https://team.notespace.app/p/rust",
        "https://accounts.notespace.app/signin?continue=p",
        "Sign in – Notespace",
        pages='<form><label>Email or phone <input type="email" name="identifier"></label><button>Next</button></form>',
    ),
    sign_in(
        "log-in-german",
        "https://lernen.uni-nord.de/course/view.php?id=77",
        "/login/index.php",
        "Anmelden",
    ),
    sign_in(
        "log-in-wordpress",
        "https://intern.verein-sued.de/protokolle/",
        "/wp-login.php?redirect_to=%2Fprotokolle%2F",
        "Anmelden ‹ Verein",
    ),
    sign_in(
        "log-in-shibboleth",
        "https://library.uni-sued.edu/ebook/12",
        "https://idp.uni-sued.edu/idp/profile/SAML2/Redirect/SSO?execution=e1s1",
        "Web Login Service",
    ),
    wall(
        "basic-auth-401",
        "https://private.guild.org/",
        401,
        "<title>401 Authorization Required</title>",
        'WWW-Authenticate: Basic realm="x"',
        expected="blocked/login_required",
    ),
    wall(
        "proxy-auth-407", "https://proxied.guild.org/", 407, "", expected="blocked/login_required"
    ),
)

CONSENT = (
    row(
        name="consent-on-another-host",
        url="https://video.tube.net/watch?v=1",
        title="Talk about trees",
        expected="blocked/consent_wall",
        sites=(
            site(
                "video.tube.net",
                PRODUCT,
                {},
                unknown=to("https://consent.tube.net/m?continue=https://video.tube.net/watch?v=1"),
            ),
            site(
                "consent.tube.net",
                PRODUCT,
                {
                    "/m?continue=https://video.tube.net/watch?v=1": PRODUCT(
                        "Before you continue to Tube",
                        "<p>We use cookies and data to deliver our services. Choose Accept all or Reject all.</p><form><button>Reject all</button><button>Accept all</button></form>",
                    )
                },
            ),
        ),
    ),
    row(
        name="consent-of-a-publisher-group",
        url="https://www.blatt.de/wissen/sterne-12.html",
        title=topics.GERMAN.title,
        expected="blocked/consent_wall",
        sites=(
            site("www.blatt.de", PAPER, {}, unknown=to("https://zustimmung.verlag.de/?ref=blatt")),
            site(
                "zustimmung.verlag.de",
                PAPER,
                {
                    "/?ref=blatt": PAPER(
                        "Zustimmung zu Cookies",
                        "<p>Mit Werbung und Cookies weiterlesen: Wir und unsere Partner benötigen Ihre Zustimmung zur Datenverarbeitung. Alle akzeptieren oder Einstellungen.</p>",
                    )
                },
            ),
        ),
    ),
    row(
        name="consent-at-guce",
        url="https://news.portal-y.com/story/9",
        title=topics.BIRDS.title,
        expected="blocked/consent_wall",
        sites=(
            site(
                "news.portal-y.com",
                PAPER,
                {},
                unknown=to("https://consent.portal-y.com/v2/collectConsent?sessionId=3"),
            ),
            site(
                "consent.portal-y.com",
                PAPER,
                {
                    "/v2/collectConsent?sessionId=3": PAPER(
                        "Portal Y is part of the family of brands",
                        "<p>When you use our sites we use cookies. If you click Accept all, we and our partners will store and access information on a device.</p><button>Accept all</button><button>Reject all</button>",
                    )
                },
            ),
        ),
    ),
)

ROWS: tuple[tuple[str, int, tuple[str, ...], str], ...] = (
    ("payment-402", 402, (), "blocked/payment_required"),
    ("forbidden-403", 403, (), "blocked/forbidden"),
    ("teapot-418", 418, (), "blocked/forbidden"),
    ("linkedin-999", 999, (), "blocked/forbidden"),
    ("limited-429", 429, (), "blocked/rate_limited"),
    ("limited-429-for-an-hour", 429, ("Retry-After: 3600",), "blocked/rate_limited"),
    ("legal-451", 451, (), "blocked/legal"),
)
STATUSES = tuple(
    wall(
        name,
        f"https://{name}.net/read",
        status,
        f"<title>{status}</title>",
        *fields,
        expected=expected,
    )
    for name, status, fields, expected in ROWS
)
PLAIN_403: Behaviour = answer(
    403,
    "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>nginx</center></body></html>",
)
OTHERS = (
    row(
        name="limited-then-fine",
        url="https://eased.net/read",
        title=topics.TYPE.title,
        expected="ok/ok",
        living=True,
        sites=lone(
            "https://eased.net/read",
            BLOG,
            (answer(429, "", "Retry-After: 1"), ok(topics.TYPE.on(BLOG))),
        ),
    ),
    row(
        name="nginx-403",
        url="https://listing.old.net/files/",
        title="Files",
        expected="blocked/forbidden",
        sites=lone("https://listing.old.net/files/", HOMEPAGE, PLAIN_403),
    ),
    row(
        name="maintenance-200",
        url="https://paused.club/",
        title=topics.CHESS.title,
        expected="failing/maintenance",
        sites=(
            Host(
                name="paused.club",
                pages={},
                unknown=always(
                    ok(
                        "<html><head><title>Site under maintenance</title></head><body><h1>We'll be back soon!</h1><p>Sorry for the inconvenience. We are performing some maintenance at the moment.</p></body></html>"
                    )
                ),
            ),
        ),
    ),
    row(
        name="maintenance-wordpress-503",
        url="https://paused.blog/",
        title=topics.CHESS.title,
        expected="failing/http_5xx",
        sites=(
            Host(
                name="paused.blog",
                pages={},
                unknown=always(
                    answer(
                        503,
                        "<title>Maintenance</title><p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p>",
                    )
                ),
            ),
        ),
    ),
    row(
        name="maintenance-german",
        url="https://wartung.club/",
        title=topics.GERMAN.title,
        expected="failing/maintenance",
        sites=(
            Host(
                name="wartung.club",
                pages={},
                unknown=always(
                    ok(
                        "<html lang=de><head><title>Wartungsarbeiten</title></head><body><h1>Wartungsarbeiten</h1><p>Unsere Seite wird gerade gewartet. Bitte versuchen Sie es später wieder.</p></body></html>"
                    )
                ),
            ),
        ),
    ),
)
CASES = (*CHALLENGES, *LOGINS, *CONSENT, *STATUSES, *OTHERS)
