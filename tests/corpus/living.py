"""Pure: pages that are the resource, and look like rot to whoever looks at words only."""
# ruff: noqa: RUF001 -- typographic and foreign characters are meant

from functools import partial

from crawler.demo.replies import Behaviour
from tests.corpus import topics
from tests.corpus.case import Case
from tests.corpus.looks import JEKYLL, NEWS, NEXT, PLAIN, WORDPRESS, Look
from tests.corpus.replies import Respond, always, ok
from tests.corpus.sites import (
    BLOG,
    DOCS,
    FORUM,
    HOMEPAGE,
    MANUAL,
    PAPER,
    PRODUCT,
    WIKI,
    lone,
)

row = partial(Case, group="living", living=True, expected="ok/ok")


def on(
    name: str,
    url: str,
    look: Look,
    page: Behaviour | str,
    title: str,
    unknown: Respond | None = None,
) -> Case:
    """A living page on a site that is honest about others, unless `unknown` says how it is not."""
    return row(name=name, url=url, title=title, sites=lone(url, look, page, unknown=unknown))


def said(look: Look, title: str, *paragraphs: str, **more: str) -> str:
    """A page with these paragraphs."""
    return look(title, "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs), **more)


ERROR_WORDS = (
    on(
        "article-about-404s",
        "https://uxjournal.org/articles/designing-404-pages",
        PAPER,
        said(PAPER, "Designing Better 404 Pages", *topics.ABOUT_404),
        "Designing Better 404 Pages",
    ),
    on(
        "article-page-not-found-in-title",
        "https://slownotebook.net/page-not-found/",
        BLOG,
        said(BLOG, "Page Not Found: A Short History of the 404", *topics.ABOUT_404),
        "Page Not Found: A Short History of the 404",
    ),
    on(
        "status-reference-404",
        "https://httpnotes.dev/status/404",
        DOCS,
        said(
            DOCS,
            "404 Not Found",
            "The server did not find a current representation for the target resource, or is not willing to disclose that one exists. A 404 does not tell whether this is temporary or permanent; 410 is for that.",
            "The response is cacheable by default. Clients should not ask again soon, and link checkers should report the link as broken.",
        ),
        "HTTP 404 Not Found",
    ),
    on(
        "status-reference-on-a-wildcard-site",
        "https://statuses.codes/404",
        PRODUCT,
        said(
            PRODUCT,
            "404 Not Found",
            "404 is sent when the origin server did not find a current representation for the target resource or is not willing to disclose that one exists. Use it for missing entities of an API as well, together with a problem document in the content.",
            "Related: 410 Gone, 403 Forbidden. Constants in code: HttpStatusCode.NotFound in .NET, http.StatusNotFound in Go, HTTPStatus.NOT_FOUND in Python, Response.Status.NOT_FOUND in Java.",
        ),
        "404 Not Found – HTTP status code",
        always(
            ok(
                PRODUCT(
                    "Codes", "<p>Choose a status code from the list to read what it means.</p>"
                )
            )
        ),
    ),
    on(
        "status-reference-410",
        "https://httpnotes.org/status/410",
        DOCS,
        said(
            DOCS,
            "410 Gone",
            "The target resource is no longer available at the origin server and this is likely to be permanent. Use it for limited offers and for people who left.",
            "Search engines drop a 410 faster than a 404.",
        ),
        "410 Gone",
    ),
    on(
        "status-reference-503",
        "https://httpnotes.net/status/503",
        DOCS,
        said(
            DOCS,
            "503 Service Unavailable",
            "The server is currently unable to handle the request due to a temporary overload or scheduled maintenance, which will likely be alleviated after some delay. Send a Retry-After field.",
        ),
        "503 Service Unavailable",
    ),
    on(
        "docs-custom-error-pages",
        "https://quillmark.io/guide/custom-404/",
        DOCS,
        said(
            DOCS,
            "Custom 404 page",
            "Create a file named 404.md in the root of your content folder. The title defaults to Page not found, and you may set your own text in the front matter.",
            "During development the server answers unknown paths with this page and status 404.",
        ),
        "Quillmark: custom 404 pages",
    ),
    on(
        "question-why-404",
        "https://forum.workbench.community/t/why-do-i-get-404-not-found/1234",
        FORUM,
        said(
            FORUM,
            "Why do I get 404 Not Found after deploying?",
            "I deployed my site yesterday and every page but the first says 404 Not Found. Locally all is fine. What am I missing?",
            "Your host does not know the routes of a single-page application. Add a rewrite of all paths to index.html, and it will work.",
        ),
        "Why do I get 404 Not Found after deploying?",
    ),
    on(
        "wiki-http-404",
        "https://hobbypedia.org/wiki/HTTP_404",
        WIKI,
        said(
            WIKI,
            "HTTP 404",
            "In computer network communications, the HTTP 404, 404 not found, 404, 404 error, page not found, or file not found error message is a standard response code.",
            "The web site hosting server will typically generate a web page when a user attempts to follow a broken or dead link.",
        ),
        "HTTP 404",
    ),
    on(
        "changelog-removed",
        "https://libtern.readthedocs.io/en/stable/changelog.html",
        MANUAL,
        said(
            MANUAL,
            "Changelog",
            "2.0: the function connect_all has been removed. The page about plugins no longer exists. Support for Python 3.8 is no longer available.",
            "1.9: deprecated names raise a warning. This feature has expired and will be deleted.",
        ),
        "libtern changelog",
    ),
    on(
        "deprecation-notice",
        "https://libtern.org/legacy/api.html",
        MANUAL,
        said(
            MANUAL,
            "Legacy API (no longer available in 3.0)",
            *topics.RUST.text,
            "This page describes functions that have been removed in version 3.0; it is kept for those who stay with 2.x.",
        ),
        "libtern legacy API",
    ),
    on(
        "blog-site-is-down",
        "https://opsdiary.net/our-site-was-down/",
        BLOG,
        said(
            BLOG,
            "Our site was down for six hours: a post-mortem",
            "On Tuesday every page said Service Temporarily Unavailable. The maintenance page was served by a load balancer that had lost its upstreams, and the certificate of the status page had expired the week before.",
            "We now test the failover every month, alert on the age of certificates, and keep the maintenance page on another provider.",
        ),
        "Our site was down for six hours: a post-mortem",
    ),
    on(
        "gone-fishing-novel",
        "https://ida-lind.se/gone.html",
        HOMEPAGE,
        said(
            HOMEPAGE,
            "Gone",
            "Gone is a short story in nine letters. Two brothers write to each other about a lake that is not there any more, and about who of them drained it.",
            "First printed in 1998, free to read since 2011.",
        ),
        "Gone, a story in nine letters",
    ),
    on(
        "lost-pages-archive",
        "https://lostpages.museum/deleted-pages/",
        BLOG,
        said(
            BLOG,
            "Deleted pages: what the web forgot",
            "This page does not exist any more is the most common sentence on the web of the nineties. We collected 4,000 pages that were deleted between 1994 and 2004, with the letters of those who had written them.",
        ),
        "Deleted pages: what the web forgot",
    ),
    on(
        "oops-podcast",
        "https://oopscast.fm/about",
        PRODUCT,
        said(
            PRODUCT,
            "Oops! Something went wrong",
            "Oops! Something went wrong is a podcast about engineering failures: bridges that swayed, probes that missed Mars, a database that was restored from the wrong day. A new episode every second Thursday, with transcripts.",
        ),
        "Oops! Something went wrong (podcast)",
    ),
    on(
        "sql-no-results",
        "https://sqlzoo.academy/null/no-results-found",
        DOCS,
        said(DOCS, "No results found? Querying with NULL", *topics.SQL.text),
        "No results found? Querying with NULL",
    ),
    on(
        "forbidden-planet-review",
        "https://harbourcourier.com/film/forbidden",
        PAPER,
        said(
            PAPER,
            "Forbidden",
            "The restored print of the film Forbidden shows why access denied is not only a phrase of machines. A prison ship, a captain without orders, and ninety minutes without music.",
            "It runs at the Rex until the end of May.",
        ),
        "Forbidden (film review)",
    ),
)

NAMES = (
    on(
        "site-named-error",
        "https://error.org/",
        Look("Error", WORDPRESS),
        said(
            Look("Error", WORDPRESS),
            "Error",
            "Error is a magazine for experimental poetry, printed twice a year in Leipzig. The current issue collects poems that were made by mistranslation.",
        ),
        "Error",
    ),
    on(
        "not-found-records",
        "https://notfoundrecords.com/",
        Look("Not Found Records", NEXT),
        said(
            Look("Not Found Records", NEXT),
            "Not Found Records",
            "An independent label from Rotterdam for field recordings and quiet electronics. Our catalogue holds sixty releases on tape and vinyl; all can be heard in full before you buy.",
        ),
        "Not Found Records",
    ),
    on(
        "not-found-records-album",
        "https://notfoundrecords.net/releases/nfr-012",
        Look("Not Found Records", NEXT),
        said(
            Look("Not Found Records", NEXT),
            "NFR 012: Tidal Charts",
            "Recorded with hydrophones at four harbours between Harlingen and Esbjerg. Two sides of nineteen minutes; the cutting master was made at half speed.",
        ),
        "Tidal Charts (NFR 012)",
    ),
    on(
        "parked-novel",
        "https://parkedthenovel.com/",
        Look("Parked", PLAIN),
        said(
            Look("Parked", PLAIN),
            "Parked",
            "Parked is a novel about a girl who lives in a bright orange van at the edge of a beach car park, and a boy in the big house across the road. For readers from nine years on.",
        ),
        "Parked, a novel",
    ),
    on(
        "maintenance-phase",
        "https://maintenancephase.fm/",
        Look("Maintenance Phase", NEXT),
        said(
            Look("Maintenance Phase", NEXT),
            "Maintenance Phase",
            "A podcast that debunks the junk science behind health fads, wellness scams and nutrition advice. Listen to all episodes, read the sources, support us.",
        ),
        "Maintenance Phase",
    ),
    on(
        "coming-soon-cinema",
        "https://comingsoon.cinema.example.org/",
        Look("Coming Soon", NEWS),
        said(
            Look("Coming Soon", NEWS),
            "Coming Soon",
            "Trailers of all films that start within the next eight weeks, with dates for every country. Updated each Tuesday by three people who watch everything.",
        ),
        "Coming Soon: film trailers",
    ),
    on(
        "expired-domains-tool",
        "https://expireddomains.tools/",
        Look("Expired Domains", NEXT),
        said(
            Look("Expired Domains", NEXT),
            "Expired Domains",
            "Search through four million expired and deleted domain names. Filter by age, back links and whether this domain is for sale at an auction; export lists as CSV. Free after registration.",
        ),
        "Expired Domains search",
    ),
    on(
        "domain-for-sale-guide",
        "https://namecraft.blog/domain-for-sale/",
        BLOG,
        said(BLOG, "This Domain Is for Sale: How to Buy a Taken Name", *topics.PARKING),
        "This Domain Is for Sale: How to Buy a Taken Name",
    ),
    on(
        "article-about-parking",
        "https://dnsresearch.eu/papers/domain-parking",
        DOCS,
        said(DOCS, "Domain Parking in the Wild", *topics.PARKING),
        "Domain Parking in the Wild",
    ),
    on(
        "car-parking",
        "https://parking-basel.ch/tarife",
        Look("Parking Basel", WORDPRESS, "de"),
        said(
            Look("Parking Basel", WORDPRESS, "de"),
            "Tarife und Zeiten",
            "Im Parkhaus am Bahnhof kostet die Stunde drei Franken, die Nacht von sieben bis sieben pauschal acht. Dauerparkplätze werden für mindestens drei Monate vergeben.",
        ),
        "Parking Basel: Tarife",
    ),
    on(
        "lost-and-found",
        "https://lostandfound.city/",
        Look("Lost and Found", JEKYLL),
        said(
            Look("Lost and Found", JEKYLL),
            "Lost and Found",
            "What was lost in trams and buses is kept for three months at the depot. Search the register by day and line, and bring a passport when you come to fetch it.",
        ),
        "Lost and Found",
    ),
    on(
        "suspended-animation",
        "https://frogs.science/suspended",
        BLOG,
        said(
            BLOG,
            "Account of a Suspended Life: How Frogs Freeze",
            "The wood frog stops its heart in October. Sugar floods the cells, ice forms between them, and two thirds of the water in the body freeze until spring thaws it again.",
        ),
        "How Frogs Freeze",
    ),
    on(
        "welcome-to-nginx-tutorial",
        "https://servercraft.dev/nginx/welcome",
        DOCS,
        said(
            DOCS,
            "Welcome to nginx! Your first server block",
            "After installing the package you see the page Welcome to nginx! If you see this page, the nginx web server is successfully installed and working. Further configuration is required, and this chapter explains it.",
            "Remove the default file from sites-enabled, write a server block with a name and a root, test the configuration and reload. Logs are in /var/log/nginx.",
        ),
        "nginx: your first server block",
    ),
    on(
        "it-works-apache-guide",
        "https://servercraft.org/apache/it-works",
        DOCS,
        said(
            DOCS,
            "It works! And now?",
            "The default page of Apache says It works! and nothing else. Replace it by pointing DocumentRoot to your own folder, allow access in a Directory block, and restart gracefully.",
            "Virtual hosts choose by the name in the Host field; the first one is the default for all others.",
        ),
        "Apache: It works! And now?",
    ),
    on(
        "just-a-moment-magazine",
        "https://justamoment.mag/",
        Look("Just a Moment", WORDPRESS),
        said(
            Look("Just a Moment", WORDPRESS),
            "Just a moment...",
            "Just a Moment prints one photograph a day together with the story of the second in which it was taken. Eleven photographers on four continents contribute.",
        ),
        "Just a Moment photo magazine",
    ),
)
CASES = (*ERROR_WORDS, *NAMES)
