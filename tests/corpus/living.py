"""Pure: pages that are the resource, and look like rot to whoever looks at words only."""

from functools import partial

from tests.corpus import topics
from tests.corpus.case import Behaviour, Case
from tests.corpus.looks import JEKYLL, MEDIAWIKI, MKDOCS, NEWS, NEXT, PLAIN, WORDPRESS, Look
from tests.corpus.replies import Respond, always, answer, not_found, ok
from tests.corpus.sites import (
    BLOG,
    DOCS,
    FORUM,
    GITHUB_PAGES,
    HOMEPAGE,
    MANUAL,
    PAPER,
    PRODUCT,
    WIKI,
    lone,
    pretending,
)

row = partial(Case, group="living", living=True, expected="ok/ok")


def on(
    name: str, url: str, look: Look, page: Behaviour | str, title: str, unknown: Respond | None = None
) -> Case:
    """A living page on a site that is honest about others, unless `unknown` says how it is not."""
    return row(name=name, url=url, title=title, sites=lone(url, look, page, unknown=unknown))


def said(look: Look, title: str, *paragraphs: str, **more: str) -> str:
    """A page with these paragraphs."""
    return look(title, "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs), **more)


ABOUT_404 = (
    "A 404 page is the most visited page that nobody designs. Visitors come from old links, from typing errors and from search results, and what they meet decides whether they stay.",
    "Say in plain words that the page could not be found, say it with the right status code, and offer a search box and three or four useful links. A soft 404, that is a friendly message with status 200, keeps the dead address in every index for months.",
    "We looked at two hundred error pages of museums. The best one showed an empty frame; the worst one redirected to the home page without a word.",
)
PARKING = (
    "Domain parking means that a registered name shows advertisements instead of a site. The owner earns a share of each click, and often hopes that somebody will buy this domain.",
    "Parked pages are recognised by their name servers, by the scripts they load and by the sentence that the domain may be for sale. In our crawl of ten million names every eighth was parked.",
    "When a domain expires, registrars park it for thirty days before it is deleted; that is the time to get it back.",
)
CAPTCHA = (
    "A challenge page asks the browser to prove that it is one. Cloudflare shows the words Just a moment while a script computes a token; other filters draw a puzzle.",
    "To add the widget, load the script and put a container with your site key into the form. Your server then verifies the token with one request to the API.",
    "Checking your browser before accessing a site takes a few seconds, during which no personal data leave the device. Verify you are human is the label of the box in managed mode.",
)

ERROR_WORDS = (
    on("article-about-404s", "https://uxjournal.org/articles/designing-404-pages", PAPER,
       said(PAPER, "Designing Better 404 Pages", *ABOUT_404), "Designing Better 404 Pages"),
    on("article-page-not-found-in-title", "https://slownotebook.net/page-not-found/", BLOG,
       said(BLOG, "Page Not Found: A Short History of the 404", *ABOUT_404), "Page Not Found: A Short History of the 404"),
    on("status-reference-404", "https://httpnotes.dev/status/404", DOCS,
       said(DOCS, "404 Not Found", "The server did not find a current representation for the target resource, or is not willing to disclose that one exists. A 404 does not tell whether this is temporary or permanent; 410 is for that.",
            "The response is cacheable by default. Clients should not ask again soon, and link checkers should report the link as broken."), "HTTP 404 Not Found"),
    on("status-reference-on-a-wildcard-site", "https://statuses.codes/404", PRODUCT,
       said(PRODUCT, "404 Not Found", "404 is sent when the origin server did not find a current representation for the target resource or is not willing to disclose that one exists. Use it for missing entities of an API as well, together with a problem document in the content.",
            "Related: 410 Gone, 403 Forbidden. Constants in code: HttpStatusCode.NotFound in .NET, http.StatusNotFound in Go, HTTPStatus.NOT_FOUND in Python, Response.Status.NOT_FOUND in Java."), "404 Not Found – HTTP status code",
       always(ok(PRODUCT("Codes", "<p>Choose a status code from the list to read what it means.</p>")))),
    on("status-reference-410", "https://httpnotes.org/status/410", DOCS,
       said(DOCS, "410 Gone", "The target resource is no longer available at the origin server and this is likely to be permanent. Use it for limited offers and for people who left.", "Search engines drop a 410 faster than a 404."), "410 Gone"),
    on("status-reference-503", "https://httpnotes.net/status/503", DOCS,
       said(DOCS, "503 Service Unavailable", "The server is currently unable to handle the request due to a temporary overload or scheduled maintenance, which will likely be alleviated after some delay. Send a Retry-After field."), "503 Service Unavailable"),
    on("docs-custom-error-pages", "https://quillmark.io/guide/custom-404/", DOCS,
       said(DOCS, "Custom 404 page", "Create a file named 404.md in the root of your content folder. The title defaults to Page not found, and you may set your own text in the front matter.", "During development the server answers unknown paths with this page and status 404."), "Quillmark: custom 404 pages"),
    on("question-why-404", "https://forum.workbench.community/t/why-do-i-get-404-not-found/1234", FORUM,
       said(FORUM, "Why do I get 404 Not Found after deploying?", "I deployed my site yesterday and every page but the first says 404 Not Found. Locally all is fine. What am I missing?", "Your host does not know the routes of a single-page application. Add a rewrite of all paths to index.html, and it will work."), "Why do I get 404 Not Found after deploying?"),
    on("wiki-http-404", "https://hobbypedia.org/wiki/HTTP_404", WIKI,
       said(WIKI, "HTTP 404", "In computer network communications, the HTTP 404, 404 not found, 404, 404 error, page not found, or file not found error message is a standard response code.", "The web site hosting server will typically generate a web page when a user attempts to follow a broken or dead link."), "HTTP 404"),
    on("changelog-removed", "https://libtern.readthedocs.io/en/stable/changelog.html", MANUAL,
       said(MANUAL, "Changelog", "2.0: the function connect_all has been removed. The page about plugins no longer exists. Support for Python 3.8 is no longer available.", "1.9: deprecated names raise a warning. This feature has expired and will be deleted."), "libtern changelog"),
    on("deprecation-notice", "https://libtern.org/legacy/api.html", MANUAL,
       said(MANUAL, "Legacy API (no longer available in 3.0)", *topics.RUST.text, "This page describes functions that have been removed in version 3.0; it is kept for those who stay with 2.x."), "libtern legacy API"),
    on("blog-site-is-down", "https://opsdiary.net/our-site-was-down/", BLOG,
       said(BLOG, "Our site was down for six hours: a post-mortem", "On Tuesday every page said Service Temporarily Unavailable. The maintenance page was served by a load balancer that had lost its upstreams, and the certificate of the status page had expired the week before.",
            "We now test the failover every month, alert on the age of certificates, and keep the maintenance page on another provider."), "Our site was down for six hours: a post-mortem"),
    on("gone-fishing-novel", "https://ida-lind.se/gone.html", HOMEPAGE,
       said(HOMEPAGE, "Gone", "Gone is a short story in nine letters. Two brothers write to each other about a lake that is not there any more, and about who of them drained it.", "First printed in 1998, free to read since 2011."), "Gone, a story in nine letters"),
    on("lost-pages-archive", "https://lostpages.museum/deleted-pages/", BLOG,
       said(BLOG, "Deleted pages: what the web forgot", "This page does not exist any more is the most common sentence on the web of the nineties. We collected 4,000 pages that were deleted between 1994 and 2004, with the letters of those who had written them."), "Deleted pages: what the web forgot"),
    on("oops-podcast", "https://oopscast.fm/about", PRODUCT,
       said(PRODUCT, "Oops! Something went wrong", "Oops! Something went wrong is a podcast about engineering failures: bridges that swayed, probes that missed Mars, a database that was restored from the wrong day. A new episode every second Thursday, with transcripts."), "Oops! Something went wrong (podcast)"),
    on("sql-no-results", "https://sqlzoo.academy/null/no-results-found", DOCS,
       said(DOCS, "No results found? Querying with NULL", *topics.SQL.text), "No results found? Querying with NULL"),
    on("forbidden-planet-review", "https://harbourcourier.com/film/forbidden", PAPER,
       said(PAPER, "Forbidden", "The restored print of the film Forbidden shows why access denied is not only a phrase of machines. A prison ship, a captain without orders, and ninety minutes without music.", "It runs at the Rex until the end of May."), "Forbidden (film review)"),
)

NAMES = (
    on("site-named-error", "https://error.org/", Look("Error", WORDPRESS),
       said(Look("Error", WORDPRESS), "Error", "Error is a magazine for experimental poetry, printed twice a year in Leipzig. The current issue collects poems that were made by mistranslation."), "Error"),
    on("not-found-records", "https://notfoundrecords.com/", Look("Not Found Records", NEXT),
       said(Look("Not Found Records", NEXT), "Not Found Records", "An independent label from Rotterdam for field recordings and quiet electronics. Our catalogue holds sixty releases on tape and vinyl; all can be heard in full before you buy."), "Not Found Records"),
    on("not-found-records-album", "https://notfoundrecords.net/releases/nfr-012", Look("Not Found Records", NEXT),
       said(Look("Not Found Records", NEXT), "NFR 012: Tidal Charts", "Recorded with hydrophones at four harbours between Harlingen and Esbjerg. Two sides of nineteen minutes; the cutting master was made at half speed."), "Tidal Charts (NFR 012)"),
    on("parked-novel", "https://parkedthenovel.com/", Look("Parked", PLAIN),
       said(Look("Parked", PLAIN), "Parked", "Parked is a novel about a girl who lives in a bright orange van at the edge of a beach car park, and a boy in the big house across the road. For readers from nine years on."), "Parked, a novel"),
    on("maintenance-phase", "https://maintenancephase.fm/", Look("Maintenance Phase", NEXT),
       said(Look("Maintenance Phase", NEXT), "Maintenance Phase", "A podcast that debunks the junk science behind health fads, wellness scams and nutrition advice. Listen to all episodes, read the sources, support us."), "Maintenance Phase"),
    on("coming-soon-cinema", "https://comingsoon.cinema.example.org/", Look("Coming Soon", NEWS),
       said(Look("Coming Soon", NEWS), "Coming Soon", "Trailers of all films that start within the next eight weeks, with dates for every country. Updated each Tuesday by three people who watch everything."), "Coming Soon: film trailers"),
    on("expired-domains-tool", "https://expireddomains.tools/", Look("Expired Domains", NEXT),
       said(Look("Expired Domains", NEXT), "Expired Domains", "Search through four million expired and deleted domain names. Filter by age, back links and whether this domain is for sale at an auction; export lists as CSV. Free after registration."), "Expired Domains search"),
    on("domain-for-sale-guide", "https://namecraft.blog/domain-for-sale/", BLOG,
       said(BLOG, "This Domain Is for Sale: How to Buy a Taken Name", *PARKING), "This Domain Is for Sale: How to Buy a Taken Name"),
    on("article-about-parking", "https://dnsresearch.eu/papers/domain-parking", DOCS, said(DOCS, "Domain Parking in the Wild", *PARKING), "Domain Parking in the Wild"),
    on("car-parking", "https://parking-basel.ch/tarife", Look("Parking Basel", WORDPRESS, "de"),
       said(Look("Parking Basel", WORDPRESS, "de"), "Tarife und Zeiten", "Im Parkhaus am Bahnhof kostet die Stunde drei Franken, die Nacht von sieben bis sieben pauschal acht. Dauerparkplätze werden für mindestens drei Monate vergeben."), "Parking Basel: Tarife"),
    on("lost-and-found", "https://lostandfound.city/", Look("Lost and Found", JEKYLL),
       said(Look("Lost and Found", JEKYLL), "Lost and Found", "What was lost in trams and buses is kept for three months at the depot. Search the register by day and line, and bring a passport when you come to fetch it."), "Lost and Found"),
    on("suspended-animation", "https://frogs.science/suspended", BLOG,
       said(BLOG, "Account of a Suspended Life: How Frogs Freeze", "The wood frog stops its heart in October. Sugar floods the cells, ice forms between them, and two thirds of the water in the body freeze until spring thaws it again."), "How Frogs Freeze"),
    on("welcome-to-nginx-tutorial", "https://servercraft.dev/nginx/welcome", DOCS,
       said(DOCS, "Welcome to nginx! Your first server block", "After installing the package you see the page Welcome to nginx! If you see this page, the nginx web server is successfully installed and working. Further configuration is required, and this chapter explains it.",
            "Remove the default file from sites-enabled, write a server block with a name and a root, test the configuration and reload. Logs are in /var/log/nginx."), "nginx: your first server block"),
    on("it-works-apache-guide", "https://servercraft.org/apache/it-works", DOCS,
       said(DOCS, "It works! And now?", "The default page of Apache says It works! and nothing else. Replace it by pointing DocumentRoot to your own folder, allow access in a Directory block, and restart gracefully.", "Virtual hosts choose by the name in the Host field; the first one is the default for all others."), "Apache: It works! And now?"),
    on("just-a-moment-magazine", "https://justamoment.mag/", Look("Just a Moment", WORDPRESS),
       said(Look("Just a Moment", WORDPRESS), "Just a moment...", "Just a Moment prints one photograph a day together with the story of the second in which it was taken. Eleven photographers on four continents contribute."), "Just a Moment photo magazine"),
)

GATES = (
    on("docs-about-captchas", "https://gatekeep.dev/docs/captcha", DOCS, said(DOCS, "Adding a CAPTCHA to your form", *CAPTCHA), "Adding a CAPTCHA to your form"),
    on("docs-about-cloudflare-challenges", "https://edge.guide/security/challenges", DOCS, said(DOCS, "Challenges: Just a moment...", *CAPTCHA), "Cloudflare challenges explained"),
    on("docs-with-a-real-captcha-script", "https://gatekeep.org/demo", DOCS,
       said(DOCS, "Turnstile demo", *CAPTCHA, '<script src="https://challenges.cloudflare.com/turnstile/v0/api.js" async defer></script><form><div class="cf-turnstile" data-sitekey="1x00000000000000000000AA"></div><button>Send</button></form>'), "Turnstile demo"),
    on("page-about-logging-in", "https://quillmark.dev/guide/login/", DOCS,
       said(DOCS, "Log in and sign up with single sign-on", "Users sign in with the button at the top right. Choose your identity provider, enter the address of its metadata, and map groups to roles.", "When you are asked to log in again and again, check the clock of the server: tokens are valid for five minutes."), "Quillmark: log in with single sign-on"),
    on("log-in-form-at-the-listed-url", "https://lumenpad.app/login", PRODUCT,
       PRODUCT("Log in", '<form method="post" action="/session"><label>Email <input type="email" name="email"></label><label>Password <input type="password" name="password"></label><button>Log in</button></form><p><a href="/reset">Forgot your password?</a></p>'), "Lumenpad log in"),
    on("log-in-form-on-the-front-page", "https://ledgerly.app/", Look("Ledgerly", NEXT),
       Look("Ledgerly", NEXT)("Sign in to Ledgerly", '<form method="post"><input type="email" name="user"><input type="password" name="pw"><button>Sign in</button></form><p>Accounting for small clubs.</p>'), "Ledgerly"),
    on("consent-banner-on-the-same-host", "https://harbourcourier.org/science/birds", PAPER,
       topics.BIRDS.on(PAPER, head='<div id="cookie-consent" role="dialog"><h2>We value your privacy</h2><p>We and our 842 partners store and access information on a device. Accept all cookies or manage your preferences before you continue.</p><button>Accept all</button><button>Reject all</button></div>'), topics.BIRDS.title),
    on("consent-overlay-with-few-words", "https://tageblatt-nord.de/wissen/sterne", Look("Tageblatt Nord", NEWS, "de"),
       topics.GERMAN.on(Look("Tageblatt Nord", NEWS, "de"), head="<script>window._sp_={config:{accountId:1}}</script>"), topics.GERMAN.title),
    on("paywalled-with-teaser", "https://harbourcourier.net/economy/ports", PAPER,
       said(PAPER, "Why small ports are growing again", "Ten years ago the quays of Emden were empty. Now three shipping lines call every week, and the town is looking for dockers.", "This article is for subscribers. Already a subscriber? Log in. Read on for one euro a month."), "Why small ports are growing again"),
    on("noscript-notice", "https://sketchboard.app/gallery/42", PRODUCT,
       said(PRODUCT, "Gallery 42", "<noscript>You need to enable JavaScript to run this app.</noscript>Forty-two drawings of lighthouses by pupils of the school at Dorum, made on the board during one rainy week."), "Lighthouse drawings, gallery 42"),
    on("page-that-mentions-access-denied", "https://s3.guide/errors/access-denied", DOCS,
       said(DOCS, "Access Denied (403) errors", "When a bucket policy forbids listing, a missing key looks like AccessDenied. Grant s3:ListBucket to see NoSuchKey instead.", "Check the account of the caller, the boundary of its role, and block-public-access settings, in this order."), "S3: Access Denied errors"),
)

SHORT = (
    on("very-short-page", "https://isitfriday.org/", Look("Is it Friday?", PLAIN), Look("Is it Friday?", PLAIN)("Is it Friday?", "<p>No.</p>"), "Is it Friday?"),
    on("very-short-deep-page", "https://ida-lind.com/txt/haiku-17.html", HOMEPAGE, HOMEPAGE("Haiku 17", "<p>Snow on the mailbox / a letter without a stamp / waits for the postman</p>"), "Haiku 17"),
    on("pastebin", "https://paste.rs-notes.org/xK3f9", Look("Paste", PLAIN),
       Look("Paste", PLAIN)("xK3f9", "<pre>for f in *.flac; do ffmpeg -i &quot;$f&quot; -b:a 192k &quot;${f%.flac}.mp3&quot;; done</pre>"), "Convert FLAC to MP3 in one line"),
    on("pastebin-not-found-text", "https://pastebin.dev/raw-view/77", Look("Paste", NEXT),
       Look("Paste", NEXT)("Untitled", "<pre>Traceback (most recent call last):\nFileNotFoundError: [Errno 2] No such file or directory: 'config.toml'\nError 404: page not found</pre>"), "Traceback of the config bug"),
    on("wiki-stub", "https://hobbypedia.net/wiki/Rebec_bow", WIKI, WIKI("Rebec bow", "<p>A <b>rebec bow</b> is a short convex bow.</p><p>This article about a musical instrument is a stub. You can help by expanding it.</p>"), "Rebec bow"),
    on("wiki-stub-on-a-pretending-wiki", "https://hobbypedia.com/wiki/Rebec", WIKI, WIKI("Rebec", "<p>The <b>rebec</b> is a bowed stringed instrument of the Renaissance, with one to five strings and a pear-shaped body.</p><p>This article is a stub.</p>"), "Rebec",
       pretending(WIKI)),
    on("one-image", "https://ida-lind.net/map.html", HOMEPAGE, HOMEPAGE("Map of the archipelago", '<img src="map.png" width="1200" height="900" alt="">'), "Map of the archipelago"),
    on("frameset", "https://oldschool.edu/physics/", HOMEPAGE, '<html><head><title>Physics Applets</title></head><frameset cols="20%,80%"><frame src="menu.html"><frame src="main.html"></frameset></html>', "Physics Applets"),
    on("search-url", "https://papers.search.org/find?q=graph+coloring", DOCS, DOCS("Results for graph coloring", "<ol><li>Four colours suffice</li><li>Brooks' theorem revisited</li><li>Colouring planar graphs in linear time</li></ol><p>3 of 418 results</p>"), "Papers about graph coloring",
       always(ok(DOCS("No results", "<p>Your search did not match any documents.</p>")))),
    on("search-url-any-query", "https://index.search.org/s?q=typography", PRODUCT, PRODUCT("typography - search", "<ol><li>Practical Typography</li><li>The Elements of Typographic Style Applied to the Web</li><li>Butterick's rules</li></ol>"), "Search: typography",
       lambda asked: ok(PRODUCT("search", f"<p>No documents match {asked.path.partition('=')[2]}.</p>"))),
    on("empty-index", "https://ftp.oldschool.net/pub/tex/", HOMEPAGE, HOMEPAGE("Index of /pub/tex", "<pre><a href='../'>../</a></pre>"), "TeX archive"),
    on("directory-index", "https://ftp.oldschool.org/pub/fonts/", HOMEPAGE, HOMEPAGE("Index of /pub/fonts", "<pre><a href='../'>../</a>\n<a href='cmr10.ttf'>cmr10.ttf</a> 12-May-2009 21K\n<a href='cmb10.ttf'>cmb10.ttf</a> 12-May-2009 20K</pre>"), "Computer Modern fonts"),
    on("database-error-page", "https://oldforum.gr/viewtopic.php?t=88", FORUM, ok("<html><head><title>Database Error</title></head><body><h1>Error establishing a database connection</h1></body></html>"), "Bouzouki tuning thread"),
    on("title-shares-no-word", "https://snacks.dev/learn", PRODUCT, said(PRODUCT, "Bite-sized lessons", *topics.PYTHON.text), "Coding course for kids"),
    on("title-shares-no-word-and-honest", "https://joe.codes/", GITHUB_PAGES, said(GITHUB_PAGES, "Hi, I am Joe", *topics.SHELL.text), "The Practical Unix Handbook"),
    on("untitled-document", "https://oldschool.org/~meyer/trees.htm", HOMEPAGE, topics.TREES.on(HOMEPAGE).replace(f"<title>{topics.TREES.title}", "<title>Untitled Document"), topics.TREES.title),
    on("no-title-at-all", "https://oldschool.com/~meyer/maps.htm", HOMEPAGE, f"<html><body>{topics.MAPS.body}</body></html>", topics.MAPS.title),
)  # fmt: skip

CASES = (*ERROR_WORDS, *NAMES, *GATES, *SHORT)

