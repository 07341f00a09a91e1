"""Pure: scenarios: how the made-up web answers for one resource, and what is to be concluded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape

from crawler.demo.page_replies import (
    PageStyle,
    host_of,
    notice,
    page,
    refresh,
    robots,
    sitemap,
)
from crawler.demo.page_words import PageWords
from crawler.demo.replies import Reply, Then, redirect
from crawler.demo.web import MakeCertificate, Port, expired
from crawler.model import VERDICTS, Reason, Resource, Verdict, WarningCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a correct crawler concludes in one night, when it has no page from an earlier one."""

    reason: Reason = Reason.OK
    title: str | None = None
    """Of the page; None when it is not read, as for `description`."""
    description: str | None = None
    suggested_url: str | None = None
    warnings: tuple[WarningCode, ...] = ()
    """Which the check must have, perhaps among others."""

    @property
    def verdict(self) -> Verdict:
        """The verdict that the reason belongs to."""
        return VERDICTS[self.reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """How the web answers for one resource on one night."""

    pages: Mapping[str, tuple[Reply, ...]]
    """By URL."""
    expected: Expectation
    unknown: Reply | None = None
    """The host's reply for every other path; None for an honest 404."""
    unknown_host: bool = False
    """The host's name does not exist."""
    port: Port = Port.OPEN
    certificate: MakeCertificate | None = None


MakeScenario = Callable[[Resource, PageWords], Scenario]


def alive(resource: Resource, words: PageWords) -> Scenario:
    """The page is there, at once."""
    return Scenario(
        pages={resource.url: (_page(resource, words, resource.url),)},
        expected=Expectation(title=words.title, description=words.description),
    )


def rewritten(*, title: str = "", description: str = "") -> MakeScenario:
    """The page has another title or description."""

    def make(resource: Resource, words: PageWords) -> Scenario:
        return alive(resource, PageWords(title or words.title, description or words.description))

    return make


def answers(status_code: int, reason: Reason) -> MakeScenario:
    """The reply is a status, with a short page of the site's own."""

    def make(resource: Resource, _words: PageWords) -> Scenario:
        return _with_one_reply(resource, reason, notice(host_of(resource.url), status_code))

    return make


def bot_challenge(resource: Resource, _words: PageWords) -> Scenario:
    """A bot filter answers in place of the page, and marks its reply as such."""
    reply = notice(host_of(resource.url), 403, title="Just a moment...")
    reply = replace(reply, fields=(*reply.fields, ("cf-mitigated", "challenge")))
    return _with_one_reply(resource, Reason.BOT_CHALLENGE, reply)


def redirected_to_error_page(resource: Resource, _words: PageWords) -> Scenario:
    """The page redirects to one that says, with status 200, that the page was not found."""
    target = f"https://{host_of(resource.url)}/404"
    error_page = notice(host_of(resource.url), 200, title="Page Not Found")
    return Scenario(
        pages={resource.url: (redirect(target, 302),), target: (error_page,)},
        expected=Expectation(reason=Reason.SOFT_404),
    )


def soft_404(resource: Resource, _words: PageWords) -> Scenario:
    """The host answers for every path that it does not have with status 200 and an apology."""
    apology = notice(host_of(resource.url), 200, title="Page not found", body=_APOLOGY)
    return _with_one_reply(resource, Reason.SOFT_404, apology, unknown=apology)


def redirected_to_home(resource: Resource, _words: PageWords) -> Scenario:
    """The host redirects every path that it does not have to its front page."""
    host = host_of(resource.url)
    home = f"https://{host}/"
    welcome = PageWords(f"Welcome to {host}", "News, a shop, and how to reach us.")
    front = page(home, welcome, PageStyle(), heading="Welcome", category="many things")
    return Scenario(
        pages={resource.url: (redirect(home, 302),), home: (front,)},
        expected=Expectation(reason=Reason.REDIRECTED_TO_HOME),
        unknown=redirect(home, 302),
    )


def found_in_sitemap(lost: MakeScenario, new_url: str) -> MakeScenario:
    """The page is gone from its URL, and at another one that the site's sitemap names."""

    def make(resource: Resource, words: PageWords) -> Scenario:
        start = f"https://{host_of(new_url)}"
        named = sitemap(f"{start}/", f"{start}/about", new_url)
        return _with_pages(
            lost(resource, words),
            {new_url: _page(resource, words, new_url), f"{start}/sitemap.xml": named},
        )

    return make


def found_by_link(lost: MakeScenario, new_url: str) -> MakeScenario:
    """The page is gone from its URL, and at another one that the site's front page links to."""

    def make(resource: Resource, words: PageWords) -> Scenario:
        home = f"https://{host_of(new_url)}/"
        link = f'<ul><li><a href="{new_url}">{escape(resource.title)}</a></li></ul>\n'
        front = notice(host_of(new_url), 200, title=f"Welcome to {host_of(new_url)}", body=link)
        return _with_pages(
            lost(resource, words), {new_url: _page(resource, words, new_url), home: front}
        )

    return make


def parked(resource: Resource, _words: PageWords) -> Scenario:
    """The domain was not renewed, and a page offers it for sale."""
    host = host_of(resource.url)
    offer = notice(host, 200, title=f"{host} is for sale", body="<p>Make an offer today.</p>")
    return _with_one_reply(resource, Reason.PARKED, offer, unknown=offer)


def replaced(resource: Resource, _words: PageWords) -> Scenario:
    """The domain has another owner, whose page has nothing to do with the resource."""
    shop = notice(host_of(resource.url), 200, title="Garden furniture at fair prices", body=_SHOP)
    return _with_one_reply(resource, Reason.SUSPECT_REPLACED, shop)


def moved(
    target: str, reason: Reason = Reason.PERMANENT_REDIRECT, new_words: PageWords | None = None
) -> MakeScenario:
    """The page has moved for good, perhaps with other words."""

    def make(resource: Resource, words: PageWords) -> Scenario:
        scenario = _with_page_at(target, redirect(target), resource, new_words or words)
        return replace(
            scenario, expected=replace(scenario.expected, reason=reason, suggested_url=target)
        )

    return make


def moved_by_refresh(target: str) -> MakeScenario:
    """The page has moved for good, and says so by a refresh in the page."""

    def make(resource: Resource, words: PageWords) -> Scenario:
        scenario = moved(target)(resource, words)
        return replace(scenario, pages={**scenario.pages, resource.url: (refresh(target),)})

    return make


def temporarily_elsewhere(target: str) -> MakeScenario:
    """The page redirects, for the time being and by design."""

    def make(resource: Resource, words: PageWords) -> Scenario:
        scenario = _with_page_at(target, redirect(target, 302), resource, words)
        warnings = (WarningCode.TEMPORARY_REDIRECT,)
        return replace(scenario, expected=replace(scenario.expected, warnings=warnings))

    return make


def login_required(target: str) -> MakeScenario:
    """The page redirects to one for signing in."""
    form = (
        f'<form action="{target}" method="post"><input type="email" name="email">'
        '<input type="password" name="password"><button>Sign in</button></form>'
    )

    def make(resource: Resource, _words: PageWords) -> Scenario:
        login = notice(host_of(target), 200, title="Sign in", body=form)
        return Scenario(
            pages={resource.url: (redirect(target, 302),), target: (login,)},
            expected=Expectation(reason=Reason.LOGIN_REQUIRED),
        )

    return make


def rate_limited(resource: Resource, words: PageWords) -> Scenario:
    """The first request gets 429 and a `Retry-After` of one second, the next one gets the page."""
    scenario = alive(resource, words)
    early = notice(host_of(resource.url), 429)
    early = replace(early, fields=(*early.fields, ("Retry-After", "1")))
    return replace(scenario, pages={resource.url: (early, *scenario.pages[resource.url])})


def slow(delay: float) -> MakeScenario:
    """The page comes after `delay` seconds."""

    def make(resource: Resource, words: PageWords) -> Scenario:
        scenario = alive(resource, words)
        (reply,) = scenario.pages[resource.url]
        return replace(scenario, pages={resource.url: (replace(reply, delay=delay),)})

    return make


def no_reply(then: Then, reason: Reason) -> MakeScenario:
    """Nothing is sent, and the connection hangs or ends."""

    def make(resource: Resource, _words: PageWords) -> Scenario:
        return _with_one_reply(resource, reason, Reply(raw=(), then=then))

    return make


def robots_disallowed(resource: Resource, words: PageWords) -> Scenario:
    """The page is there, but robots.txt allows only one crawler, which we are not."""
    rules = robots("User-agent: Googlebot\nAllow: /\n\nUser-agent: *\nDisallow: /\n")
    pages = alive(resource, words).pages
    return Scenario(
        pages={**pages, f"https://{host_of(resource.url)}/robots.txt": (rules,)},
        expected=Expectation(reason=Reason.ROBOTS_DISALLOWED),
    )


def tls_expired(resource: Resource, words: PageWords) -> Scenario:
    """The host's certificate was not renewed."""
    expected = Expectation(reason=Reason.TLS_EXPIRED)
    return replace(alive(resource, words), expected=expected, certificate=expired)


def connection_refused(resource: Resource, words: PageWords) -> Scenario:
    """The host refuses connections."""
    expected = Expectation(reason=Reason.CONNECTION_REFUSED)
    return replace(alive(resource, words), expected=expected, port=Port.REFUSING)


def dns_not_found(resource: Resource, words: PageWords) -> Scenario:
    """The host's name does not exist."""
    expected = Expectation(reason=Reason.DNS_NOT_FOUND)
    return replace(alive(resource, words), expected=expected, unknown_host=True)


_APOLOGY = """<p>We looked everywhere, and the page that you asked for is not on this site any more.
Perhaps it was renamed.</p>
"""
_SHOP = """<p>Oak tables, folding chairs, parasols and cushions, delivered to your terrace within a week.
Every piece is made of wood from sustainable forests and oiled by hand. Visit our show rooms, order the
printed catalogue, or call us for an offer. Returns are free for a month, and all metal parts come with a
guarantee of ten years against rust. New this autumn: fire bowls, lanterns and wool blankets.</p>
"""

_STYLES = (
    PageStyle(),
    PageStyle(og=True, gzip=True),
    PageStyle(description="og", og=True, validated=True),
    PageStyle(language="en-US", gzip=True, validated=True),
    PageStyle(description="jsonld", json_ld=True),
    PageStyle(og=True, json_ld=True, declared_in="meta"),
    PageStyle(canonical=False, gzip=True),
)
_STYLE_OF = {
    6: PageStyle(encoding="windows-1252"),
    7: PageStyle(encoding="iso-8859-1", declared_in="meta", og=True),
    8: PageStyle(encoding="windows-1252", declared_in="meta", gzip=True),
    43: PageStyle(encoding="utf-16", declared_in="bom"),
}
"""Pages with words outside ASCII, in older encodings."""


def _page(resource: Resource, words: PageWords, url: str) -> Reply:
    """The resource's page at a URL, in the style that it has every night."""
    number = resource.number or 0
    style = _STYLE_OF.get(number, _STYLES[number % len(_STYLES)])
    return page(url, words, style, heading=resource.title, category=resource.category)


def _with_one_reply(
    resource: Resource, reason: Reason, reply: Reply, unknown: Reply | None = None
) -> Scenario:
    """One reply in place of the page."""
    return Scenario(
        pages={resource.url: (reply,)}, expected=Expectation(reason=reason), unknown=unknown
    )


def _with_pages(scenario: Scenario, pages: Mapping[str, Reply]) -> Scenario:
    """The scenario with more pages."""
    more = {url: (reply,) for url, reply in pages.items()}
    return replace(scenario, pages={**more, **scenario.pages})


def _with_page_at(target: str, reply: Reply, resource: Resource, words: PageWords) -> Scenario:
    """The page is at another URL, and a reply leads there."""
    return Scenario(
        pages={resource.url: (reply,), target: (_page(resource, words, target),)},
        expected=Expectation(title=words.title, description=words.description),
    )
