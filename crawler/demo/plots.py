"""Pure: the plots: how a resource of the made-up web is played, and what is to be concluded from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from crawler.demo.pages import Words
from crawler.demo.sites import (
    Fault,
    Reply,
    Style,
    host_of,
    notice,
    page,
    redirect,
    refresh,
    robots,
)
from crawler.model import VERDICTS, Reason, Resource, Verdict, WarningCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a right crawler concludes from one night's facts, asked without validators."""

    reason: Reason = Reason.OK
    title: str | None = None
    """Of the page; None when it is not read, as for `description`."""
    description: str | None = None
    suggested_url: str | None = None
    warnings: tuple[WarningCode, ...] = ()
    """Those that must be among the check's."""

    @property
    def verdict(self) -> Verdict:
        """The verdict that the reason belongs to."""
        return VERDICTS[self.reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """How one resource is played on one night."""

    replies: Mapping[str, tuple[Reply, ...]]
    expected: Expectation
    missing: Reply | None = None
    """The host's answer at every other path; None for an honest one."""
    gone: bool = False
    """The host's name does not exist."""
    down: bool = False
    expired: bool = False


Plot = Callable[[Resource, Words], Scene]
"""How a resource is played, whoever it is."""


def alive(resource: Resource, words: Words) -> Scene:
    """The page is there, at once."""
    return Scene(
        replies={resource.url: (_landing(resource, words, resource.url),)},
        expected=Expectation(title=words.title, description=words.description),
    )


def says(*, title: str = "", description: str = "") -> Plot:
    """The page is there, and its words are new."""

    def plot(resource: Resource, words: Words) -> Scene:
        return alive(resource, Words(title or words.title, description or words.description))

    return plot


def answers(status_code: int, reason: Reason) -> Plot:
    """The answer is a status, with a short page of the site's own."""

    def plot(resource: Resource, _words: Words) -> Scene:
        reply = notice(host_of(resource.url), status_code)
        return Scene(replies={resource.url: (reply,)}, expected=Expectation(reason=reason))

    return plot


def challenges(resource: Resource, _words: Words) -> Scene:
    """A bot filter stands before the page, and marks its answer as such."""
    reply = notice(host_of(resource.url), 403, title="Just a moment...")
    reply = replace(reply, fields=(*reply.fields, ("cf-mitigated", "challenge")))
    expected = Expectation(reason=Reason.BOT_CHALLENGE)
    return Scene(replies={resource.url: (reply,)}, expected=expected)


def apologises(resource: Resource, _words: Words) -> Scene:
    """The answer is a redirect to a page that says with status 200 that it is not there."""
    target = f"https://{host_of(resource.url)}/404"
    apology = notice(host_of(resource.url), 200, title="Page Not Found")
    replies = {resource.url: (redirect(target, 302),), target: (apology,)}
    return Scene(replies=replies, expected=Expectation(reason=Reason.SOFT_404))


def shrugs(resource: Resource, _words: Words) -> Scene:
    """The host says with status 200 of whatever it does not have that it is not there."""
    apology = notice(host_of(resource.url), 200, title="Page not found", body=_APOLOGY)
    return Scene(
        replies={resource.url: (apology,)},
        expected=Expectation(reason=Reason.SOFT_404),
        missing=apology,
    )


def sends_home(resource: Resource, _words: Words) -> Scene:
    """The host redirects whatever it does not have to its front page, and so the resource."""
    host = host_of(resource.url)
    home = f"https://{host}/"
    welcome = Words(f"Welcome to {host}", "News, a shop, and how to reach us.")
    return Scene(
        replies={
            resource.url: (redirect(home, 302),),
            home: (page(home, welcome, Style(), heading="Welcome", category="many things"),),
        },
        expected=Expectation(reason=Reason.REDIRECTED_TO_HOME),
        missing=redirect(home, 302),
    )


def parked(resource: Resource, _words: Words) -> Scene:
    """The domain was not renewed, and a page offers it for sale."""
    host = host_of(resource.url)
    offer = notice(host, 200, title=f"{host} is for sale", body="<p>Make an offer today.</p>")
    return Scene(
        replies={resource.url: (offer,)},
        expected=Expectation(reason=Reason.PARKED),
        missing=offer,
    )


def hijacked(resource: Resource, _words: Words) -> Scene:
    """The domain has another owner, whose page has nothing to do with what was there before."""
    host = host_of(resource.url)
    shop = notice(host, 200, title="Garden furniture at fair prices", body=_SHOP)
    return Scene(
        replies={resource.url: (shop,)}, expected=Expectation(reason=Reason.SUSPECT_REPLACED)
    )


def moved(
    target: str, reason: Reason = Reason.PERMANENT_REDIRECT, new_words: Words | None = None
) -> Plot:
    """The page has another place for good, perhaps with other words."""

    def plot(resource: Resource, words: Words) -> Scene:
        words = new_words or words
        return Scene(
            replies={
                resource.url: (redirect(target),),
                target: (_landing(resource, words, target),),
            },
            expected=Expectation(
                reason=reason,
                title=words.title,
                description=words.description,
                suggested_url=target,
            ),
        )

    return plot


def refreshed(target: str) -> Plot:
    """The page has another place for good, and says so by a refresh in the page."""

    def plot(resource: Resource, words: Words) -> Scene:
        scene = moved(target)(resource, words)
        return replace(scene, replies={**scene.replies, resource.url: (refresh(target),)})

    return plot


def redirected(target: str) -> Plot:
    """The page is for the time being at another place, by design."""

    def plot(resource: Resource, words: Words) -> Scene:
        return Scene(
            replies={
                resource.url: (redirect(target, 302),),
                target: (_landing(resource, words, target),),
            },
            expected=Expectation(
                title=words.title,
                description=words.description,
                warnings=(WarningCode.TEMPORARY_REDIRECT,),
            ),
        )

    return plot


def signs_in(target: str) -> Plot:
    """The answer is a redirect to a page for signing in."""
    form = (
        f'<form action="{target}" method="post"><input type="email" name="email">'
        '<input type="password" name="password"><button>Sign in</button></form>'
    )

    def plot(resource: Resource, _words: Words) -> Scene:
        return Scene(
            replies={
                resource.url: (redirect(target, 302),),
                target: (notice(host_of(target), 200, title="Sign in", body=form),),
            },
            expected=Expectation(reason=Reason.LOGIN_REQUIRED),
        )

    return plot


def limited(resource: Resource, words: Words) -> Scene:
    """The first request comes too early, the next one a second later does not."""
    scene = alive(resource, words)
    early = notice(host_of(resource.url), 429)
    early = replace(early, fields=(*early.fields, ("Retry-After", "1")))
    return replace(scene, replies={resource.url: (early, *scene.replies[resource.url])})


def slow(delay: float) -> Plot:
    """The page takes its time; `delay` in seconds."""

    def plot(resource: Resource, words: Words) -> Scene:
        scene = alive(resource, words)
        (reply,) = scene.replies[resource.url]
        return replace(scene, replies={resource.url: (replace(reply, delay=delay),)})

    return plot


def breaks(fault: Fault, reason: Reason) -> Plot:
    """There is no answer, and the connection tells how."""

    def plot(resource: Resource, _words: Words) -> Scene:
        replies = {resource.url: (Reply(fault=fault),)}
        return Scene(replies=replies, expected=Expectation(reason=reason))

    return plot


def forbids_robots(resource: Resource, words: Words) -> Scene:
    """The page is there, but robots.txt wants nobody whom it does not name."""
    scene = alive(resource, words)
    rules = robots("User-agent: Googlebot\nAllow: /\n\nUser-agent: *\nDisallow: /\n")
    return replace(
        scene,
        replies={**scene.replies, f"https://{host_of(resource.url)}/robots.txt": (rules,)},
        expected=Expectation(reason=Reason.ROBOTS_DISALLOWED),
    )


def expired(resource: Resource, words: Words) -> Scene:
    """The page is behind a certificate that was not renewed."""
    expected = Expectation(reason=Reason.TLS_EXPIRED)
    return replace(alive(resource, words), expected=expected, expired=True)


def down(resource: Resource, words: Words) -> Scene:
    """The host refuses connections."""
    expected = Expectation(reason=Reason.CONNECTION_REFUSED)
    return replace(alive(resource, words), expected=expected, down=True)


def gone(resource: Resource, words: Words) -> Scene:
    """The host's name does not exist."""
    expected = Expectation(reason=Reason.DNS_NOT_FOUND)
    return replace(alive(resource, words), expected=expected, gone=True)


_APOLOGY = """<p>We looked everywhere, and the page that you asked for is not on this site any more.
Perhaps it was renamed.</p>
"""
_SHOP = """<p>Oak tables, folding chairs, parasols and cushions, delivered to your terrace within a week.
Every piece is made of wood from sustainable forests and oiled by hand. Visit our show rooms, order the
printed catalogue, or call us for an offer. Returns are free for a month, and all metal parts come with a
guarantee of ten years against rust. New this autumn: fire bowls, lanterns and wool blankets.</p>
"""

_STYLES = (
    Style(),
    Style(og=True, gzip=True),
    Style(description="og", og=True, validated=True),
    Style(language="en-US", gzip=True, validated=True),
    Style(description="jsonld", json_ld=True),
    Style(og=True, json_ld=True, declared_in="meta"),
    Style(canonical=False, gzip=True),
)
_STYLE_OF = {
    6: Style(encoding="windows-1252"),
    7: Style(encoding="iso-8859-1", declared_in="meta", og=True),
    8: Style(encoding="windows-1252", declared_in="meta", gzip=True),
    43: Style(encoding="utf-16", declared_in="bom"),
}
"""Pages whose words need more than ASCII, in encodings of older days."""


def _landing(resource: Resource, words: Words, url: str) -> Reply:
    """The resource's page, served at a URL, in the style that it always has."""
    number = resource.number or 0
    style = _STYLE_OF.get(number, _STYLES[number % len(_STYLES)])
    return page(url, words, style, heading=resource.title, category=resource.category)
