"""Pure: pages with the structure and length of well-known sites, in our own words."""

import json
from dataclasses import dataclass
from enum import Enum
from html import escape
from itertools import cycle, islice


class Kind(Enum):
    """What a page is, by what stands around its text."""

    DOCS = "docs"
    COURSE = "course"
    ARTICLE = "article"
    FEED = "feed"
    PRODUCT = "product"
    REPOSITORY = "repository"
    APP = "app"
    """Drawn by a script; the markup has next to no text."""


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page and the site around it."""

    kind: Kind
    title: str
    """As in its title element, the site's suffix included."""
    heading: str
    site: str
    about: str
    """What it is, in one or two sentences."""
    parts: str
    """Its sections, or what else its menu leads to, separated by `|`."""
    language: str = "en"

    def at(self, url: str) -> str:
        """The page as its site sends it for that URL."""
        parts = self.parts.split("|")
        body = _app(self) if self.kind is Kind.APP else _body(self, parts)
        return (
            f'<!DOCTYPE html>\n<html lang="{self.language}">\n{_head(self, url)}\n'
            f'<body class="page {self.kind.value}">\n{body}\n{_scripts(self, url)}\n</body>\n</html>\n'
        )


_SENTENCES: dict[Kind, tuple[str, ...]] = {
    Kind.DOCS: (
        "{part} is where most readers go first. It says what you need beforehand, shows the shortest way that works, and then what each step did.",
        "Under {part} every option has its default beside it, and a note on the version that brought it. Examples can be copied as they are.",
        "{part} explains the idea before the commands. A drawing shows which piece talks to which, and the text says what happens when one of them is away.",
        "When something behaves in an odd way, {part} has a table of symptoms. Most of them end in a setting that was left out.",
        "{part} also lists what has changed since the last release, so that you can see whether old notes still hold.",
        "At the end of {part} there are links to longer guides, to the reference, and to the place where questions are answered.",
    ),
    Kind.COURSE: (
        "In the part on {part} you write a small program of your own, and tests tell you when it is right. Plan two evenings for it.",
        "{part}: six short lessons, a quiz, and a project that you can show to others afterwards. Hints are there when you get stuck.",
        "Learners say that {part} was harder than they expected, and that the forum helped. Read the assignment twice before you begin.",
        "{part} needs no more than the parts before it. Videos have captions, and everything that is typed in them is there as text.",
    ),
    Kind.ARTICLE: (
        "{part}. We had to learn this in a project that ran for two years; what follows is what we would have liked to know on the first day.",
        "On {part} opinions differ, and for good reasons: what is right for a team of five is wrong for one of fifty. Look at what changes often, and draw the line there.",
        "{part} is the point at which many stop. That is a pity, because the work up to here only pays when it is done to the end.",
        "The picture beside {part} has been copied many times. Its arrows mean one thing only: who knows about whom.",
    ),
    Kind.FEED: (
        "{part} — asked 3 hours ago, 4 answers, 212 views. The short version: measure first, then change one thing.",
        "{part} — a post in five minutes of reading, with the code in a repository and the mistakes left in.",
        "{part} — discussion with 37 comments. The best one says to start with a plain table and a plain queue.",
    ),
    Kind.PRODUCT: (
        "{part}: set up within an afternoon, and billed by what you use. There is a plan without cost for small projects.",
        "Teams use {part} to ship more often and to sleep better. See how three of them did it, with figures.",
        "{part} comes with a client for each of the usual languages, and with an interface that can be called from anywhere.",
    ),
    Kind.REPOSITORY: (
        "{part}: notes and links, with a remark on each. Pull requests that add a source are welcome when they say why it is good.",
        "{part} has drawings, questions for practice with their answers, and cards for the train.",
    ),
    Kind.APP: ("{part}.",),
}
_LINKS: dict[Kind, str] = {
    Kind.DOCS: "Home|Docs|Tutorials|Reference|Blog|Community|Download|Edit this page|Previous|Next|On this page",
    Kind.COURSE: "Catalog|Pricing|For teams|Log in|Sign up|Syllabus|Reviews|FAQ|Certificates|Start free",
    Kind.ARTICLE: "Articles|Topics|About|Newsletter|Podcast|Search|Share|Print|Subscribe",
    Kind.FEED: "Top|Latest|Following|Tags|Log in|Create account|Ask|Write|Filter|More",
    Kind.PRODUCT: "Product|Solutions|Pricing|Docs|Customers|Blog|Contact sales|Log in|Get started",
    Kind.REPOSITORY: "Code|Issues|Pull requests|Actions|Projects|Security|Insights|Sign in|Sign up|Star|Fork",
    Kind.APP: "Log in",
}
_FOOTER = "About|Careers|Press|Contact|Status|Security|Accessibility|Terms of service|Privacy notice|Cookie settings|Trademarks|Support|Partners|Legal"
_CONFIGURATION = {
    "buildId": "r4nd0mbu1ld",
    "features": {
        "search": True,
        "darkMode": True,
        "consent": "pending",
        "experiments": [3, 14, 15],
    },
    "analytics": {
        "endpoint": "/collect",
        "sampleRate": 0.05,
        "events": ["view", "scroll", "copy"],
    },
}


def _head(page: SitePage, url: str) -> str:
    title, about = escape(page.title), escape(page.about)
    described = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": page.heading,
        "url": url,
        "publisher": {"@type": "Organization", "name": page.site},
    }
    return f"""<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{about}">
<link rel="canonical" href="{url}">
<link rel="preload" href="/static/fonts/text.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/static/css/main.5f1c.css"><link rel="icon" href="/favicon.ico">
<meta property="og:type" content="website"><meta property="og:url" content="{url}">
<meta property="og:title" content="{title}"><meta property="og:description" content="{about}">
<meta property="og:site_name" content="{escape(page.site)}"><meta property="og:image" content="/static/og/card.png">
<meta name="twitter:card" content="summary_large_image"><meta name="twitter:title" content="{title}">
<script type="application/ld+json">{json.dumps(described)}</script>
</head>"""


def _body(page: SitePage, parts: list[str]) -> str:
    sentences = cycle(_SENTENCES[page.kind])
    sections = "\n".join(
        f'<section id="s{n}"><h2>{escape(part)}</h2>'
        + "".join(f"<p>{escape(next(sentences).format(part=part))}</p>" for _ in range(2))
        + f'<p><a href="#s{n}">Link to this section</a></p></section>'
        for n, part in enumerate(islice(cycle(parts), max(len(parts), 8)), 1)
    )
    return f"""<a class="skip" href="#content">Skip to content</a>
<header class="top"><a class="logo" href="/">{escape(page.site)}</a><nav>{_list(_LINKS[page.kind])}</nav>
<form role="search" action="/search"><input type="search" name="q" placeholder="Search"></form></header>
<aside class="side"><nav aria-label="Sections">{_list(page.parts)}</nav></aside>
<main id="content"><h1>{escape(page.heading)}</h1><p class="lead">{escape(page.about)}</p>
{sections}
<p class="helpful">Was this page helpful? <button>Yes</button> <button>No</button></p></main>
<footer>{_list(_FOOTER)}<p>© {escape(page.site)}. All rights reserved.</p></footer>"""


def _app(page: SitePage) -> str:
    return (
        '<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>'
    )


def _scripts(page: SitePage, url: str) -> str:
    state = json.dumps({**_CONFIGURATION, "page": {"kind": page.kind.value, "url": url}})
    return f"""<script>window.__CONFIG__ = {state};</script>
<script src="/static/js/runtime.9a1b.js" defer></script><script src="/static/js/main.77c0.js" defer></script>"""


def _list(names: str) -> str:
    items = "".join(
        f'<li><a href="/{n}">{escape(name)}</a></li>' for n, name in enumerate(names.split("|"))
    )
    return f"<ul>{items}</ul>"
