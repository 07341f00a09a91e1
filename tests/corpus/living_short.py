"""Pure: living pages of few words, with forms, banners and challenges in them."""

from tests.corpus import topics
from tests.corpus.living import on, said
from tests.corpus.looks import NEWS, NEXT, PLAIN, Look
from tests.corpus.replies import always, ok
from tests.corpus.sites import (
    DOCS,
    FORUM,
    GITHUB_PAGES,
    HOMEPAGE,
    PAPER,
    PRODUCT,
    WIKI,
    pretending,
)

GATES = (
    on(
        "docs-about-captchas",
        "https://gatekeep.dev/docs/captcha",
        DOCS,
        said(DOCS, "Adding a CAPTCHA to your form", *topics.CAPTCHA),
        "Adding a CAPTCHA to your form",
    ),
    on(
        "docs-about-cloudflare-challenges",
        "https://edge.guide/security/challenges",
        DOCS,
        said(DOCS, "Challenges: Just a moment...", *topics.CAPTCHA),
        "Cloudflare challenges explained",
    ),
    on(
        "docs-with-a-real-captcha-script",
        "https://gatekeep.org/demo",
        DOCS,
        said(
            DOCS,
            "Turnstile demo",
            *topics.CAPTCHA,
            '<script src="https://challenges.cloudflare.com/turnstile/v0/api.js" async defer></script><form><div class="cf-turnstile" data-sitekey="1x00000000000000000000AA"></div><button>Send</button></form>',
        ),
        "Turnstile demo",
    ),
    on(
        "page-about-logging-in",
        "https://quillmark.dev/guide/login/",
        DOCS,
        said(
            DOCS,
            "Log in and sign up with single sign-on",
            "Users sign in with the button at the top right. Choose your identity provider, enter the address of its metadata, and map groups to roles.",
            "When you are request to log in again and again, check the clock of the server: tokens are valid for five minutes.",
        ),
        "Quillmark: log in with single sign-on",
    ),
    on(
        "log-in-form-at-the-listed-url",
        "https://lumenpad.app/login",
        PRODUCT,
        PRODUCT(
            "Log in",
            '<form method="post" action="/session"><label>Email <input type="email" name="email"></label><label>Password <input type="password" name="password"></label><button>Log in</button></form><p><a href="/reset">Forgot your password?</a></p>',
        ),
        "Lumenpad log in",
    ),
    on(
        "log-in-form-on-the-front-page",
        "https://ledgerly.app/",
        Look("Ledgerly", NEXT),
        Look("Ledgerly", NEXT)(
            "Sign in to Ledgerly",
            '<form method="post"><input type="email" name="user"><input type="password" name="pw"><button>Sign in</button></form><p>Accounting for small clubs.</p>',
        ),
        "Ledgerly",
    ),
    on(
        "consent-banner-on-the-same-host",
        "https://harbourcourier.org/science/birds",
        PAPER,
        topics.BIRDS.on(
            PAPER,
            head='<div id="cookie-consent" role="dialog"><h2>We value your privacy</h2><p>We and our 842 partners store and access information on a device. Accept all cookies or manage your preferences before you continue.</p><button>Accept all</button><button>Reject all</button></div>',
        ),
        topics.BIRDS.title,
    ),
    on(
        "consent-overlay-with-few-words",
        "https://tageblatt-nord.de/wissen/sterne",
        Look("Tageblatt Nord", NEWS, "de"),
        topics.GERMAN.on(
            Look("Tageblatt Nord", NEWS, "de"),
            head="<script>window._sp_={config:{accountId:1}}</script>",
        ),
        topics.GERMAN.title,
    ),
    on(
        "paywalled-with-teaser",
        "https://harbourcourier.net/economy/ports",
        PAPER,
        said(
            PAPER,
            "Why small ports are growing again",
            "Ten years ago the quays of Emden were empty. Now three shipping lines call every week, and the town is looking for dockers.",
            "This article is for subscribers. Already a subscriber? Log in. Read on for one euro a month.",
        ),
        "Why small ports are growing again",
    ),
    on(
        "noscript-notice",
        "https://sketchboard.app/gallery/42",
        PRODUCT,
        said(
            PRODUCT,
            "Gallery 42",
            "<noscript>You need to enable JavaScript to run this app.</noscript>Forty-two drawings of lighthouses by pupils of the school at Dorum, made on the board during one rainy week.",
        ),
        "Lighthouse drawings, gallery 42",
    ),
    on(
        "page-that-mentions-access-denied",
        "https://s3.guide/errors/access-denied",
        DOCS,
        said(
            DOCS,
            "Access Denied (403) errors",
            "When a bucket policy forbids listing, a missing key looks like AccessDenied. Grant s3:ListBucket to see NoSuchKey instead.",
            "Check the account of the caller, the boundary of its role, and block-public-access settings, in this order.",
        ),
        "S3: Access Denied errors",
    ),
)

SHORT = (
    on(
        "very-short-page",
        "https://isitfriday.org/",
        Look("Is it Friday?", PLAIN),
        Look("Is it Friday?", PLAIN)("Is it Friday?", "<p>No.</p>"),
        "Is it Friday?",
    ),
    on(
        "very-short-deep-page",
        "https://ida-lind.com/txt/haiku-17.html",
        HOMEPAGE,
        HOMEPAGE(
            "Haiku 17",
            "<p>Snow on the mailbox / a letter without a stamp / waits for the postman</p>",
        ),
        "Haiku 17",
    ),
    on(
        "pastebin",
        "https://paste.rs-notes.org/xK3f9",
        Look("Paste", PLAIN),
        Look("Paste", PLAIN)(
            "xK3f9",
            "<pre>for f in *.flac; do ffmpeg -i &quot;$f&quot; -b:a 192k &quot;${f%.flac}.mp3&quot;; done</pre>",
        ),
        "Convert FLAC to MP3 in one line",
    ),
    on(
        "pastebin-not-found-text",
        "https://pastebin.dev/raw-view/77",
        Look("Paste", NEXT),
        Look("Paste", NEXT)(
            "Untitled",
            "<pre>Traceback (most recent call last):\nFileNotFoundError: [Errno 2] No such file or directory: 'config.toml'\nError 404: page not found</pre>",
        ),
        "Traceback of the config bug",
    ),
    on(
        "wiki-stub",
        "https://hobbypedia.net/wiki/Rebec_bow",
        WIKI,
        WIKI(
            "Rebec bow",
            "<p>A <b>rebec bow</b> is a short convex bow.</p><p>This article about a musical instrument is a stub. You can help by expanding it.</p>",
        ),
        "Rebec bow",
    ),
    on(
        "wiki-stub-on-a-pretending-wiki",
        "https://hobbypedia.com/wiki/Rebec",
        WIKI,
        WIKI(
            "Rebec",
            "<p>The <b>rebec</b> is a bowed stringed instrument of the Renaissance, with one to five strings and a pear-shaped body.</p><p>This article is a stub.</p>",
        ),
        "Rebec",
        pretending(WIKI),
    ),
    on(
        "one-image",
        "https://ida-lind.net/map.html",
        HOMEPAGE,
        HOMEPAGE("Map of the archipelago", '<img src="map.png" width="1200" height="900" alt="">'),
        "Map of the archipelago",
    ),
    on(
        "frameset",
        "https://oldschool.edu/physics/",
        HOMEPAGE,
        '<html><head><title>Physics Applets</title></head><frameset cols="20%,80%"><frame src="menu.html"><frame src="main.html"></frameset></html>',
        "Physics Applets",
    ),
    on(
        "search-url",
        "https://papers.search.org/find?q=graph+coloring",
        DOCS,
        DOCS(
            "Results for graph coloring",
            "<ol><li>Four colours suffice</li><li>Brooks' theorem revisited</li><li>Colouring planar graphs in linear time</li></ol><p>3 of 418 results</p>",
        ),
        "Papers about graph coloring",
        always(ok(DOCS("No results", "<p>Your search did not match any documents.</p>"))),
    ),
    on(
        "search-url-any-query",
        "https://index.search.org/s?q=typography",
        PRODUCT,
        PRODUCT(
            "typography - search",
            "<ol><li>Practical Typography</li><li>The Elements of Typographic Style Applied to the Web</li><li>Butterick's rules</li></ol>",
        ),
        "Search: typography",
        lambda request: ok(
            PRODUCT("search", f"<p>No documents match {request.path.partition('=')[2]}.</p>")
        ),
    ),
    on(
        "empty-index",
        "https://ftp.oldschool.net/pub/tex/",
        HOMEPAGE,
        HOMEPAGE("Index of /pub/tex", "<pre><a href='../'>../</a></pre>"),
        "TeX archive",
    ),
    on(
        "directory-index",
        "https://ftp.oldschool.org/pub/fonts/",
        HOMEPAGE,
        HOMEPAGE(
            "Index of /pub/fonts",
            "<pre><a href='../'>../</a>\n<a href='cmr10.ttf'>cmr10.ttf</a> 12-May-2009 21K\n<a href='cmb10.ttf'>cmb10.ttf</a> 12-May-2009 20K</pre>",
        ),
        "Computer Modern fonts",
    ),
    on(
        "database-error-page",
        "https://oldforum.gr/viewtopic.php?t=88",
        FORUM,
        ok(
            "<html><head><title>Database Error</title></head><body><h1>Error establishing a database connection</h1></body></html>"
        ),
        "Bouzouki tuning thread",
    ),
    on(
        "title-shares-no-word",
        "https://snacks.dev/learn",
        PRODUCT,
        said(PRODUCT, "Bite-sized lessons", *topics.PYTHON.text),
        "Coding course for kids",
    ),
    on(
        "title-shares-no-word-and-honest",
        "https://joe.codes/",
        GITHUB_PAGES,
        said(GITHUB_PAGES, "Hi, I am Joe", *topics.SHELL.text),
        "The Practical Unix Handbook",
    ),
    on(
        "untitled-document",
        "https://oldschool.org/~meyer/trees.htm",
        HOMEPAGE,
        topics.TREES.on(HOMEPAGE).replace(
            f"<title>{topics.TREES.title}", "<title>Untitled Document"
        ),
        topics.TREES.title,
    ),
    on(
        "no-title-at-all",
        "https://oldschool.com/~meyer/maps.htm",
        HOMEPAGE,
        f"<html><body>{topics.MAPS.body}</body></html>",
        topics.MAPS.title,
    ),
)

CASES = (*GATES, *SHORT)
