"""Pure: what the reports say to a person, a row for every code of the model."""

from dataclasses import dataclass
from enum import StrEnum

from crawler.model import (
    ChangeKind,
    Ending,
    FindingClass,
    Landing,
    ProbeKind,
    Reason,
    RedirectKind,
    State,
    Verdict,
    WarningCode,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What happened, and what a maintainer can do about it; a sentence each."""

    what: str
    """`{status}` stands for the status code of the last response."""
    step: str
    """`{number}` stands for the resource's."""


def _row(what: str, step: str) -> Wording:
    return Wording(what=what, step=step)


_NOTHING = "Nothing to do."
_REPLACE = "Look for its new place; otherwise replace or remove the row."
_BY_HAND = "Open it in a browser once; if it works there, leave it as it is."
_SETTLE = (
    "Look once: if it is right, `crawler accept {number}` keeps it; otherwise replace or remove "
    "the row."
)
_UNWELL = "Tell the site's owner, or replace the row."

REASONS: dict[Reason, Wording] = {
    Reason.OK: _row("It answers.", _NOTHING),
    Reason.NOT_MODIFIED: _row("It answers.", _NOTHING),
    Reason.PERMANENT_REDIRECT: _row(
        "The server says that it has moved for good.",
        "Look whether the new page is the same; if so, put its URL in the list.",
    ),
    Reason.HTTPS_UPGRADE: _row(
        "The same address now answers over https.", "Change http to https in the list."
    ),
    Reason.TRIVIAL_REDIRECT: _row(
        "Only the spelling of the address has changed: a slash, www or an index file.",
        "Take over the new spelling when you next edit the row.",
    ),
    Reason.HTTP_404: _row("The server says that there is no such page (404).", _REPLACE),
    Reason.HTTP_410: _row(
        "The server says that the page was removed for good (410).",
        "Replace or remove the row.",
    ),
    Reason.DNS_NOT_FOUND: _row(
        "The host's name does not exist.",
        "Check the spelling; if the domain was given up, replace or remove the row.",
    ),
    Reason.DNS_NO_ADDRESS: _row(
        "The host's name exists, but has no address.",
        "Check the spelling; if the site stays away, replace or remove the row.",
    ),
    Reason.INVALID_URL: _row(
        "The row does not hold one usable URL.", "Correct the URL in this row."
    ),
    Reason.SOFT_404: _row(
        "The server answers as if all were well, but the page says that it is missing.", _REPLACE
    ),
    Reason.REDIRECTED_TO_HOME: _row(
        "The page is gone: its site sends this address, like any made-up one, to the front page.",
        _REPLACE,
    ),
    Reason.PARKED: _row(
        "A domain-for-sale or parking page stands in its place.",
        "Replace or remove the row.",
    ),
    Reason.PLACEHOLDER: _row(
        "A placeholder of the server or its hoster stands in its place.", _REPLACE
    ),
    Reason.SUSPECT_SOFT_404: _row(
        "The page looks like the ones that its site shows for missing pages, which proves nothing.",
        _SETTLE,
    ),
    Reason.SUSPECT_REPLACED: _row(
        "Title, text or domain have nothing left in common with what is listed.",
        _SETTLE,
    ),
    Reason.SUSPECT_REDIRECT_HOME: _row(
        "It leads to its site's front page, where made-up addresses are honestly missing.",
        _SETTLE,
    ),
    Reason.HTTP_5XX: _row("The server answers with an error of its own (5xx).", _UNWELL),
    Reason.MAINTENANCE: _row(
        "The site shows a maintenance notice in place of its pages.", _UNWELL
    ),
    Reason.HTTP_4XX: _row(
        "The server rejects the request (status {status}).",
        "Open it in a browser; if it fails there too, replace the row.",
    ),
    Reason.CONNECTION_REFUSED: _row("The host refuses the connection.", _UNWELL),
    Reason.CONNECTION_RESET: _row("The host drops the connection unanswered.", _UNWELL),
    Reason.UNREACHABLE: _row("There is no route to the host.", _UNWELL),
    Reason.CONNECT_TIMEOUT: _row("The host takes no connection in time.", _UNWELL),
    Reason.READ_TIMEOUT: _row("The server does not finish its answer in time.", _UNWELL),
    Reason.DNS_ERROR: _row("The servers for the host's name are in trouble.", _UNWELL),
    Reason.TLS_EXPIRED: _row("The site's certificate has expired, or is not valid yet.", _UNWELL),
    Reason.TLS_HOSTNAME: _row("The site's certificate is for another name.", _UNWELL),
    Reason.TLS_UNTRUSTED: _row(
        "The site's certificate does not lead to a trusted authority.", _UNWELL
    ),
    Reason.TLS_ERROR: _row("No secure connection can be made (TLS).", _UNWELL),
    Reason.REDIRECT_LOOP: _row(
        "It redirects in a circle.",
        "Open it in a browser; if it fails there too, replace the row.",
    ),
    Reason.TOO_MANY_REDIRECTS: _row(
        "It redirects too many times.",
        "Open it in a browser; if it works there, list the address you end at.",
    ),
    Reason.BAD_REDIRECT: _row(
        "It redirects to something that is no web address.",
        "Open it in a browser; if it fails there too, replace the row.",
    ),
    Reason.PROTOCOL_ERROR: _row("What the server sends is not proper HTTP.", _UNWELL),
    Reason.PRIVATE_ADDRESS: _row(
        "It leads to a private network address, which is not asked.",
        "Correct the URL; if the network is yours, add it to fetch.allow_private.",
    ),
    Reason.LOGIN_REQUIRED: _row(
        "The page is behind a log-in.",
        "Look signed in; if it is right, tell the list's readers that they need an account.",
    ),
    Reason.PAYMENT_REQUIRED: _row(
        "The server asks for payment (402).",
        "Look by hand; tell the list's readers, or replace the row.",
    ),
    Reason.FORBIDDEN: _row("The server refuses to answer a robot.", _BY_HAND),
    Reason.RATE_LIMITED: _row(
        "The server says that it was asked too often (429).",
        "If it lasts, raise host_delay for this host.",
    ),
    Reason.LEGAL: _row(
        "The server withholds the page for legal reasons (451).",
        "Look by hand; if your readers cannot see it either, replace the row.",
    ),
    Reason.BOT_CHALLENGE: _row("A bot filter stands before the page.", _BY_HAND),
    Reason.CONSENT_WALL: _row("Another site asks for consent before it shows the page.", _BY_HAND),
    Reason.OUT_OF_BUDGET: _row(
        "The run's time was over before it was asked.",
        "It goes first next time; if this lasts, raise fetch.budget.",
    ),
    Reason.ROBOTS_DISALLOWED: _row(
        "The site's robots.txt asks crawlers to stay away from it.",
        "Look by hand now and then.",
    ),
    Reason.ROBOTS_UNAVAILABLE: _row(
        "The site's robots.txt answers with a server error, so nothing was asked.",
        "It is tried again in every run; look by hand if this lasts.",
    ),
    Reason.UNSUPPORTED_SCHEME: _row(
        "The URL is not for the web (http or https).",
        "Correct the URL, unless it is meant to be so.",
    ),
    Reason.EXCLUDED: _row(
        "The settings exclude it (fetch.exclude).", "Look by hand now and then."
    ),
}
"""A sentence for every reason, and a next step."""

NOT_LOOKED_AT = _row("It has not been looked at yet.", _NOTHING)

WARNINGS: dict[WarningCode, str] = {
    WarningCode.TLS_EXPIRES_SOON: "its certificate expires soon",
    WarningCode.FRAGMENT_MISSING: "the URL's fragment is not on the page",
    WarningCode.INSECURE_HTTP: "not encrypted (http)",
    WarningCode.TEMPORARY_REDIRECT: "redirects for the time being",
    WarningCode.CANONICAL_ELSEWHERE: "the page names another address as its own",
    WarningCode.EMPTY_BODY: "the page is empty",
    WarningCode.SLOW: "slow",
    WarningCode.BODY_TRUNCATED: "longer than what was read of it",
    WarningCode.TITLE_MISMATCH: "the page's title does not fit the list's",
    WarningCode.NOINDEX: "asks search engines to leave it out",
    WarningCode.SCRIPT_SHELL: "drawn by script, so its text was not seen",
}
"""A phrase for every warning."""

WORTH_A_LOOK: tuple[WarningCode, ...] = (
    WarningCode.TLS_EXPIRES_SOON,
    WarningCode.TITLE_MISMATCH,
    WarningCode.FRAGMENT_MISSING,
    WarningCode.EMPTY_BODY,
    WarningCode.CANONICAL_ELSEWHERE,
    WarningCode.INSECURE_HTTP,
)
"""The warnings that the page of the state lists, in this order; the others come and go, or ask for
nothing."""

TALLY: dict[FindingClass, tuple[str, str]] = {
    FindingClass.HEALTHY: ("works", "work"),
    FindingClass.BROKEN: ("broken", "broken"),
    FindingClass.SUSPECT: ("to look at", "to look at"),
    FindingClass.MOVED: ("moved", "moved"),
    FindingClass.TLS_EXPIRING: ("with an expiring certificate", "with expiring certificates"),
    FindingClass.FAILING: ("failing", "failing"),
    FindingClass.BLOCKED: ("blocked", "blocked"),
    FindingClass.SKIPPED: ("not asked", "not asked"),
    FindingClass.MUTED: ("muted", "muted"),
}
"""After the number of links of a class, in the order of the sentence: for one, for more."""

CLASSES: dict[str, str] = {
    FindingClass.BROKEN: "broken",
    FindingClass.SUSPECT: "to look at",
    FindingClass.MOVED: "moved",
    FindingClass.TLS_EXPIRING: "certificate expires",
    FindingClass.FAILING: "failing",
    FindingClass.BLOCKED: "blocked",
    FindingClass.SKIPPED: "not asked",
    FindingClass.MUTED: "muted",
    FindingClass.HEALTHY: "works",
    "unseen": "not looked at yet",
}
"""How one link stands."""

VERDICTS: dict[Verdict, str] = {
    Verdict.OK: "works",
    Verdict.MOVED: "works, moved",
    Verdict.SUSPECT: "in doubt",
    Verdict.DEAD: "gone",
    Verdict.FAILING: "no proper answer",
    Verdict.BLOCKED: "blocked",
    Verdict.SKIPPED: "not asked",
}
"""What the last check says."""

STATES: dict[State, str] = {
    State.NEW: "not known yet",
    State.HEALTHY: "healthy",
    State.FAILING: "failing",
    State.BROKEN: "broken",
    State.SUSPECT: "suspect",
}

LEFT: dict[Verdict, str] = {
    Verdict.MOVED: "It answers at its listed address again.",
    Verdict.SUSPECT: "It is no longer in doubt.",
    Verdict.DEAD: "It answers again; that it was gone was never confirmed.",
    Verdict.FAILING: "It answers again; the failure was never confirmed.",
    Verdict.BLOCKED: "It is no longer blocked.",
    Verdict.SKIPPED: "It is asked again, and works.",
}
"""What it means that a link works that had another verdict before, and was not broken."""

EVENTS: dict[ChangeKind, str] = {
    ChangeKind.BROKE: "It is broken.",
    ChangeKind.SUSPECTED: "It may not be the resource any more.",
    ChangeKind.MOVED: "It has moved for good.",
    ChangeKind.TLS_EXPIRING: "Its certificate expires soon.",
    ChangeKind.CLASS: "It stands differently.",
    ChangeKind.RECOVERED: "It works again.",
    ChangeKind.FLAPPING: "It comes and goes.",
    ChangeKind.TITLE: "title",
    ChangeKind.DESCRIPTION: "description",
    ChangeKind.METADATA: "metadata",
    ChangeKind.ADDED: "Added",
    ChangeKind.REMOVED: "Removed",
    ChangeKind.URL_CHANGED: "URL replaced",
}
"""The sentence or word for an event."""


ENDINGS: dict[Ending, str] = {
    Ending.RECOVERED: "Then it worked again.",
    Ending.ACCEPTED: "Then its page was accepted.",
    Ending.FIXED_IN_LIST: "Then the list got another URL.",
    Ending.REMOVED: "Then its row was removed.",
}
"""How an outage ended."""

REDIRECTS: dict[RedirectKind, str] = {
    RedirectKind.LOCATION: "from",
    RedirectKind.REFRESH_FIELD: "by its Refresh field from",
    RedirectKind.META_REFRESH: "by its page from",
}
"""Between the status code and the URL of a hop that led on."""

PROBES: dict[ProbeKind, str] = {
    ProbeKind.SIBLING: "made-up URL beside it",
    ProbeKind.HOME: "front page",
}

LANDINGS: dict[Landing, str] = {
    Landing.ITSELF: "",
    Landing.HOME: " at the front page",
    Landing.WITH_RESOURCE: " where the resource leads too",
    Landing.MISSING_PAGE: " at a page for missing ones",
    Landing.SIGN_IN: " at a log-in",
    Landing.ELSEWHERE: " elsewhere",
}
"""Where a probe was answered, after its status code."""


class Group(StrEnum):
    """A section about what changed, in the order of the report."""

    NEW = "new"
    BACK = "back"
    PAGES = "pages"
    LIST = "list"


GROUPS: dict[Group, str] = {
    Group.NEW: "New",
    Group.BACK: "Back",
    Group.PAGES: "Changed pages",
    Group.LIST: "In the list",
}
"""Heading of each."""

COUNTED: dict[Group, str] = {
    Group.NEW: "new",
    Group.BACK: "back",
    Group.PAGES: "changed on pages",
    Group.LIST: "in the list",
}
"""After the number of events of a group."""


class Part(StrEnum):
    """A section about the state of the list, in the order of the report."""

    BROKEN = "broken"
    GONE = "gone"
    SUSPECT = "suspect"
    MOVED = "moved"
    FAILING = "failing"
    FLAPPING = "flapping"
    BLOCKED = "blocked"
    MUTED = "muted"


PARTS: dict[Part, tuple[str, str]] = {
    Part.BROKEN: ("Broken", "Confirmed over several runs. The oldest come first."),
    Part.GONE: (
        "Gone at first sight",
        "To be confirmed by the next run; only what is still gone then is called broken.",
    ),
    Part.SUSPECT: (
        "Look at these",
        "Something answers, but it may not be the resource any more. That is evidence, not proof.",
    ),
    Part.MOVED: (
        "Moved for good",
        "These work. Take over the new address, as long as it shows the same page.",
    ),
    Part.FAILING: (
        "Failing, not confirmed",
        "Nothing to do yet. What keeps failing over several runs, on different days, is broken.",
    ),
    Part.FLAPPING: (
        "Comes and goes",
        "These broke and recovered several times; told once a week, whatever they do in between.",
    ),
    Part.BLOCKED: (
        "Blocked or not asked",
        "Whether these pages are well is not known, and they do not count as broken.",
    ),
    Part.MUTED: (
        "Muted",
        "Still checked every night; nothing is said of them until the date.",
    ),
}
"""Heading and introduction of each section."""

MORE = "And {more} more: `index.html` has all of them, and `crawler report` writes it."
MORE_EVENTS = "And {more} more, all of them in `events.ndjson`."
MORE_NOTICES = "And {more} more lines."
FLAPPING = "It comes and goes: broken {outages} times within {nights} nights."
SETTLED = "It has not broken for {nights} nights; it is told night by night again."
OUTAGE = "It was broken from {since} to {until}."
FIXED_IN_LIST = "broken since {since}, fixed in the list"
RENEWED = "Its certificate was renewed."
FIRST_LOOKED_AT = "Looked at for the first time"
ONLY_VERSIONS = "Only the version in the title is new"
HEARTBEAT = "Still checked: nothing had changed for {days} days on {date}."
NOT_CONFIRMED = "Not confirmed yet."
WAIT = "Nothing yet; it is asked again in every run."
EXPIRES_ON = "its certificate expires on {date}"
TELL = "Tell the site's owner, if you can reach them."
FIRST_LOOK = "First look, a baseline."
UNCONFIRMED = "Nothing is confirmed yet."

GLOSSARY: tuple[tuple[str, str], ...] = (
    (
        "broken",
        "gone or without a proper answer, several runs in a row, on different days.",
    ),
    ("to look at", "something answers, but it may not be what is listed. Look once."),
    ("moved", "works, and its server says for good that its place is elsewhere."),
    ("failing", "gone or without a proper answer the last time, not confirmed. Wait."),
    (
        "blocked, not asked",
        "the site does not answer robots, or asks them to stay away. Nothing is known of the page.",
    ),
    (
        "since",
        "the first check of the present state. A link that is blocked keeps the state it had.",
    ),
    ("last worked", "the last check in which it answered properly."),
)
"""The words of the report, explained."""

ABOUT_NIGHT = "How things stand now is in [the report](../README.md)."
ABOUT_PAGE = "`index.html` beside this file shows the same as a page to sort and filter."
ABOUT = (
    "Dates are in {zone}. Titles are those of the list. "
    "This file only changes when something about the links does."
)
