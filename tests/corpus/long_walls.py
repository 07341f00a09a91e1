"""Pure: long parked pages, long challenges, consent on other domains, bare lines, and their living likes."""

from functools import partial
from typing import Any

from tests.corpus import topics
from tests.corpus.case import Case, Host
from tests.corpus.looks import JEKYLL, NEWS, WORDPRESS, Look
from tests.corpus.parked import everywhere
from tests.corpus.replies import always, echo, ok, redirect, to
from tests.corpus.sites import BLOG, DOCS, HOMEPAGE, PRODUCT, lone, site

parked = partial(everywhere, "parked")
living = partial(Case, group="long-living", living=True, expected="ok/ok")
wall = partial(Case, group="long-walls")
soft = partial(Case, group="long-bare", substitute=True, expected="dead/soft_404")

SEARCHES = "".join(
    f"<li><a href='/s?q={n}'>{kind} {what}</a></li>"
    for n, (kind, what) in enumerate(
        (kind, what)
        for kind in ("Cheap", "Online", "Best", "Free", "Local", "Certified", "Evening", "Used")
        for what in (
            *("flights", "degrees", "insurance", "web hosting", "car loans", "dentists", "hotels"),
            *("cloud backup", "credit cards", "software training", "phone plans", "lawyers"),
        )
    )
)
CAF = "<html><head><title>{host}</title><script src='//www.google.com/adsense/domains/caf.js?abp=1'></script></head><body><h1>{host}</h1><div id='rs'></div><script>var o={domainRegistrant:'as-drid-2719855883814808'};new google.ads.domains.Caf(o,{container:'rs'})</script></body></html>"
CAF_LATER = "<html><head><title>Web searches for you</title></head><body><div id=main></div><script>(function(d){for(var i=0;i<1;i++){var s=d.createElement('script');s.src='//www.google.com/adsense/domains/caf.js';d.body.appendChild(s);s.onload=function(){new google.ads.domains.Caf({})}}})(document)</script></body></html>"
BODIS_BARE = "<!doctype html><html><head><title></title><link rel=preconnect href='https://www.google.com'></head><body><div id=target style='opacity: 0'></div><script>window.park = \"eyJ1dWlkIjoiNzc3\";</script><script src='/bOXkXaTzl.js'></script></body></html>"
PORKBUN = "<!DOCTYPE html><html><head><title>Porkbun</title></head><body><img src='/images/pig.svg' alt=''><h2>Parked on the Bun!</h2><p>Somebody thought of a name. Is it yours? Log in to build something.</p></body></html>"
LONG_LIST = f"<html><head><title>{{host}}</title></head><body><p>{{host}}</p><h2>Related Searches</h2><ul>{SEARCHES}</ul></body></html>"
LONG_SALE = f"<html><head><title>{{host}} is for sale</title></head><body><ul>{SEARCHES}</ul><footer>The domain {{host}} may be for sale.</footer></body></html>"
LONG_AT_END = f"<html><head><title>{{host}}</title></head><body><ul>{SEARCHES}</ul><p>The Sponsored Listings displayed above are served automatically by a third party.</p></body></html>"
LONG_SERVICE = f"<html><head><title>Searches</title><script src='//c.parkingcrew.net/scripts/js3.js'></script></head><body><ul>{SEARCHES}</ul></body></html>"

PARKED = (
    parked("caf-advertising", "https://fadedgrid.info/areas", topics.GRID.title, CAF),
    parked("caf-loaded-later", "https://fadedlisp.info/", topics.LISP.title, CAF_LATER),
    parked("bodis-without-key", "https://fadedtrees.info/avl", topics.TREES.title, BODIS_BARE),
    parked("porkbun", "https://fadedshell.dev/pipes", topics.SHELL.title, PORKBUN),
    parked("long-list-of-searches", "https://fadedsql.info/", topics.SQL.title, LONG_LIST),
    parked("long-list-for-sale", "https://fadedstars.info/maps", topics.STARS.title, LONG_SALE),
    parked(
        "long-list-told-at-its-end", "https://fadedbirds.info/", topics.BIRDS.title, LONG_AT_END
    ),
    parked("long-list-of-a-service", "https://fadedrook.info/", topics.CHESS.title, LONG_SERVICE),
    parked(
        "long-list-after-good-nights",
        "https://fadedloaf.info/rye",
        "here",
        LONG_LIST,
        before=(lone("https://fadedloaf.info/rye", BLOG, topics.SOURDOUGH.on(BLOG)),) * 2,
    ),
)

ROBOTS = '<meta name="robots" content="noindex,nofollow">'
EXPLAINED = "".join(
    f"<p>Question {n}: why do I see this? The owner of the site protects it against programs that"
    " read it too fast, and your connection was chosen for a test that takes a few seconds.</p>"
    for n in range(20)
)
CHALLENGE = f"<!DOCTYPE html><html lang=en><head><title>Just a moment...</title>{ROBOTS}</head><body><h1>Performing security verification</h1>{EXPLAINED}<script>window._cf_chl_opt={{cvId:'3'}}</script></body></html>"
ANUBIS = f"<!DOCTYPE html><html lang=en><head><title>Making sure you are not a bot!</title>{ROBOTS}<script id=anubis_challenge type='application/json'>{{}}</script></head><body><h1>Making sure you are not a bot!</h1>{EXPLAINED}</body></html>"
PARTNERS = "<p>We and our partners store information on your device, such as cookies, and use it for measurement and audiences. You may object at any time.</p>"
SETTINGS = "<html lang=en><head><title>Your privacy settings</title></head><body><h1>Before you continue</h1>{}<button>Accept all</button><button>Manage</button></body></html>"


def walled(name: str, host: str, title: str, target: str, page: str) -> Case:
    """A host that sends all its visitors to a page of another domain."""
    there = target.partition("//")[2].partition("/")[0]
    return wall(
        name=name,
        url=f"https://{host}/science/tides",
        title=title,
        expected="blocked/consent_wall",
        sites=(
            site(host, Look("Tidings", NEWS), {}, unknown=to(target)),
            Host(name=there, pages={}, unknown=always(ok(page))),
        ),
    )


WALLS = (
    wall(
        name="long-challenge-with-200",
        url="https://guardhall.net/essays/tides",
        title="Tides and their tables",
        expected="blocked/bot_challenge",
        sites=(Host(name="guardhall.net", pages={}, unknown=always(ok(CHALLENGE))),),
    ),
    wall(
        name="long-anubis-with-200",
        url="https://githall.net/tools/pump/",
        title="pump, a queue of jobs",
        expected="blocked/bot_challenge",
        sites=(Host(name="githall.net", pages={}, unknown=always(ok(ANUBIS))),),
    ),
    walled(
        "consent-of-another-domain",
        "tidings.example.net",
        "How tides are foretold",
        "https://privacy.mediagroup-n.com/start?x=1",
        SETTINGS.format(PARTNERS * 30),
    ),
    walled(
        "consent-by-path-and-way-back",
        "tidings-two.net",
        "How tides are foretold",
        "https://gate.mediagroup-o.com/cookie-wall?back=https%3A%2F%2Ftidings-two.net%2Fscience",
        "<html><head><title>Mediagroup O</title></head><body><p>Your choice</p></body></html>",
    ),
    walled(
        "consent-in-german",
        "tidings-drei.net",
        "Wie man Gezeiten berechnet",
        "https://tor.mediengruppe-p.com/?ziel=7",
        "<html lang=de><head><title>Mediengruppe</title></head><body><h1>Bevor Sie fortfahren</h1><p>Wir verwenden Cookies.</p></body></html>",
    ),
)

AWESOME = Look("Awesome tides", JEKYLL)(
    "Awesome tides",
    "<h2>Related links</h2><ul>"
    + "".join(f"<li><a href='https://t{n}.org'>Tide table {n}</a></li>" for n in range(150))
    + "</ul>",
)
BIO = "<html lang=en><head><title>@idadraws | Linkhall</title></head><body><div id=__next><h1>@idadraws</h1><p>Maps, birds and boats.</p><a href=/1>Shop</a><a href=/2>Newsletter</a><a href=/3>Prints</a></div></body></html>"
REGISTRAR = Look("Namehall", WORDPRESS)(
    "Search for a domain",
    "<p>Find a name, park it for free, or buy this domain or that one from its owner. Every domain comes with mail and a certificate.</p>"
    * 4,
)
CAF_GUIDE = DOCS(
    "Custom search ads on parked pages",
    '<p>Load <code>//www.google.com/adsense/domains/caf.js</code>, then call the constructor.</p><pre>new google.ads.domains.Caf(options);\nwindow.park = "eyJ1";</pre><p>A key in data-adblockkey tells blockers about it.</p>',
)
PARKING_ARTICLE = BLOG(
    "What parked domains look like",
    "".join(f"<p>{text}</p>" for text in topics.PARKING) + "<h2>Related searches</h2>",
)
KEYED = (
    topics.BIRDS.on(BLOG)
    .replace("<html ", '<html data-adblockkey="MFww" ')
    .replace("</article>", topics.MAPS.body + topics.STARS.body + topics.SQL.body + "</article>")
)
MANAGED = Look("Tidings", NEWS)(
    "How tides are foretold",
    f"<div role=dialog><h2>We value your privacy</h2>{PARTNERS}</div>" + topics.MAPS.body,
)
GUARD_ARTICLE = Look("Guardbook", JEKYLL)(
    "Just a moment: a look at challenge pages",
    EXPLAINED + "<pre>window._cf_chl_opt={}</pre>",
    head=ROBOTS,
)
NATIONAL_PARK = PRODUCT(
    "Trails",
    "<p>Sandstone and forest.</p><script>window.park = {name: 'Saxon Switzerland'}</script>",
)


def here(name: str, url: str, title: str, page: str, **more: Any) -> Case:
    """A page at its listed URL."""
    return living(name=name, url=url, title=title, sites=lone(url, HOMEPAGE, page), **more)


LIVING = (
    here("awesome-list-as-a-page", "https://awesometides.net/", "Tides, a list", AWESOME),
    here("awesome-list-in-own-words", "https://awesometides.org/", "good for rainy days", AWESOME),
    here("links-in-bio", "https://linkhall.net/idadraws", "Ida draws", BIO),
    here("registrar-itself", "https://namehall.net/domains", "Namehall", REGISTRAR),
    here("manual-of-parking-ads", "https://adhall.net/caf", "Ads on parked pages", CAF_GUIDE),
    here(
        "article-on-parking",
        "https://parkhall.net/looks",
        "How domains are parked",
        PARKING_ARTICLE,
    ),
    here("key-for-ad-blockers", "https://keyhall.net/birds", "Where birds go", KEYED),
    here(
        "consent-manager-and-text", "https://tidehall.net/foretold", "Foretelling tides", MANAGED
    ),
    living(
        name="consent-manager-after-a-move",
        url="https://tidehall.org/foretold",
        title="Foretelling tides",
        sites=(
            site("tidehall.org", HOMEPAGE, {}, unknown=to("https://news.tidehall.com/foretold")),
            site("news.tidehall.com", HOMEPAGE, {"/foretold": MANAGED}),
        ),
    ),
    here("article-on-challenges", "https://guardbook.net/look", "Challenge pages", GUARD_ARTICLE),
    here("national-park", "https://parktrails.net/saxony", "Trails in Saxony", NATIONAL_PARK),
    here(
        "a-number-and-nothing-else", "https://tidenow.net/cm", "Water level", "<body>418 cm</body>"
    ),
    living(
        name="renamed-news-without-consent",
        url="https://tidehall.info/daily",
        title="Tidehall daily",
        sites=(
            site("tidehall.info", HOMEPAGE, {"/daily": redirect("https://tidehall.eu/", 302)}),
            site(
                "tidehall.eu", HOMEPAGE, {"/": Look("Tidehall", NEWS)("Tidehall daily", MANAGED)}
            ),
        ),
    ),
)


def bare(name: str, host: str, title: str, line: str) -> Case:
    """A host that answers every path with a line and nothing else."""
    sites = (Host(name=host, pages={}, unknown=always(ok(line))),)
    return soft(name=name, url=f"https://{host}/recipes/quince", title=title, sites=sites)


BARE = (
    bare("file-not-found-and-nothing-else", "barehall.net", "Quince jelly", "File not found."),
    bare(
        "page-does-not-exist-in-german",
        "barehall.de",
        "Quittengelee",
        "<html><body>Seite existiert nicht</body></html>",
    ),
    bare(
        "not-found-in-japanese", "barehall.jp", "マルメロのゼリー", "<p>ページが見つかりません</p>"
    ),
    bare(
        "bare-not-found-in-french",
        "barehall.fr",
        "Gelée de coings",
        "<body>Page introuvable</body>",
    ),
    soft(
        name="bare-line-with-its-path",
        url="https://barehall.org/recipes/quince",
        title="Quince jelly",
        sites=(Host(name="barehall.org", pages={}, unknown=echo("<p>Not found: {path}</p>")),),
    ),
    soft(
        name="bare-line-on-an-honest-host",
        url="https://barehall.eu/recipes/quince",
        title="Quince jelly",
        expected="suspect/suspect_soft_404",
        sites=lone("https://barehall.eu/recipes/quince", HOMEPAGE, "<p>Not found</p>"),
    ),
)
CASES = (*PARKED, *WALLS, *LIVING, *BARE)
