"""Pure: for every reason a sentence that says what happened, and the next step for a maintainer."""

from dataclasses import dataclass

from crawler.model import VERDICTS, Reason, Verdict


@dataclass(frozen=True, slots=True)
class Wording:
    """What happened, and what a maintainer can do about it; a sentence each."""

    what: str
    """`{status}` stands for the status code of the last response."""
    step: str = ""
    """`{number}` stands for the number of the resource; empty when there is nothing to do."""


_NOTHING = "Nothing to do."
_REPLACE = "Look for its new place; otherwise replace or remove the row."
_BY_HAND = "Open it in a browser once; if it works there, leave it as it is."
_SETTLE = (
    "Look once: if it is right, `crawler accept {number}` keeps it; otherwise replace or remove "
    "the row."
)
_UNWELL = "Tell the site's owner, or replace the row."

REASONS: dict[Reason, Wording] = {
    Reason.OK: Wording("It answers.", _NOTHING),
    Reason.NOT_MODIFIED: Wording("It answers.", _NOTHING),
    Reason.PERMANENT_REDIRECT: Wording(
        "The server says that it has moved for good.",
        "Look whether the new page is the same; if so, put its URL in the list.",
    ),
    Reason.HTTPS_UPGRADE: Wording(
        "The same address now answers over https.", "Change http to https in the list."
    ),
    Reason.TRIVIAL_REDIRECT: Wording(
        "Only the spelling of the address has changed: a slash, www or an index file.",
        "Take over the new spelling when you next edit the row.",
    ),
    Reason.HTTP_404: Wording("The server says that there is no such page (404).", _REPLACE),
    Reason.HTTP_410: Wording(
        "The server says that the page was removed for good (410).",
        "Replace or remove the row.",
    ),
    Reason.DNS_NOT_FOUND: Wording(
        "The host's name does not exist.",
        "Check the spelling; if the domain was given up, replace or remove the row.",
    ),
    Reason.DNS_NO_ADDRESS: Wording(
        "The host's name exists, but has no address.",
        "Check the spelling; if the site stays away, replace or remove the row.",
    ),
    Reason.INVALID_URL: Wording(
        "The row does not hold one usable URL.", "Correct the URL in this row."
    ),
    Reason.SOFT_404: Wording(
        "The server answers as if all were well, but the page says that it is missing.", _REPLACE
    ),
    Reason.REDIRECTED_TO_HOME: Wording(
        "The page is gone: its site sends this address, like any made-up one, to the front page.",
        _REPLACE,
    ),
    Reason.PARKED: Wording(
        "A domain-for-sale or parking page stands in its place.",
        "Replace or remove the row.",
    ),
    Reason.PLACEHOLDER: Wording(
        "A placeholder of the server or its hoster stands in its place.", _REPLACE
    ),
    Reason.SUSPECT_SOFT_404: Wording(
        "The page looks like the ones that its site shows for missing pages, which proves nothing.",
        _SETTLE,
    ),
    Reason.SUSPECT_REPLACED: Wording(
        "Title, text or domain have nothing left in common with what is listed.",
        _SETTLE,
    ),
    Reason.SUSPECT_REDIRECT_HOME: Wording(
        "It leads to its site's front page, where made-up addresses are honestly missing.",
        _SETTLE,
    ),
    Reason.HTTP_5XX: Wording("The server answers with an error of its own (5xx).", _UNWELL),
    Reason.MAINTENANCE: Wording(
        "The site shows a maintenance notice in place of its pages.", _UNWELL
    ),
    Reason.HTTP_4XX: Wording(
        "The server rejects the request (status {status}).",
        "Open it in a browser; if it fails there too, replace the row.",
    ),
    Reason.CONNECTION_REFUSED: Wording("The host refuses the connection.", _UNWELL),
    Reason.CONNECTION_RESET: Wording("The host drops the connection unanswered.", _UNWELL),
    Reason.UNREACHABLE: Wording("There is no route to the host.", _UNWELL),
    Reason.CONNECT_TIMEOUT: Wording("The host takes no connection in time.", _UNWELL),
    Reason.READ_TIMEOUT: Wording("The server does not finish its answer in time.", _UNWELL),
    Reason.DNS_ERROR: Wording("The servers for the host's name are in trouble.", _UNWELL),
    Reason.TLS_EXPIRED: Wording(
        "The site's certificate has expired, or is not valid yet.", _UNWELL
    ),
    Reason.TLS_HOSTNAME: Wording("The site's certificate is for another name.", _UNWELL),
    Reason.TLS_UNTRUSTED: Wording(
        "The site's certificate does not lead to a trusted authority.", _UNWELL
    ),
    Reason.TLS_ERROR: Wording("No secure connection can be made (TLS).", _UNWELL),
    Reason.REDIRECT_LOOP: Wording(
        "It redirects in a circle.",
        "Open it in a browser; if it fails there too, replace the row.",
    ),
    Reason.TOO_MANY_REDIRECTS: Wording(
        "It redirects too many times.",
        "Open it in a browser; if it works there, list the address you end at.",
    ),
    Reason.BAD_REDIRECT: Wording(
        "It redirects to something that is no web address.",
        "Open it in a browser; if it fails there too, replace the row.",
    ),
    Reason.PROTOCOL_ERROR: Wording("What the server sends is not proper HTTP.", _UNWELL),
    Reason.PRIVATE_ADDRESS: Wording(
        "It leads to a private network address, which is not asked.",
        "Correct the URL; if the network is yours, add it to fetch.allow_private.",
    ),
    Reason.LOGIN_REQUIRED: Wording(
        "The page is behind a log-in.",
        "Look signed in; if it is right, tell the list's readers that they need an account.",
    ),
    Reason.PAYMENT_REQUIRED: Wording(
        "The server asks for payment (402).",
        "Look by hand; tell the list's readers, or replace the row.",
    ),
    Reason.FORBIDDEN: Wording("The server refuses to answer a robot.", _BY_HAND),
    Reason.RATE_LIMITED: Wording(
        "The server says that it was asked too often (429).",
        "If it lasts, raise host_delay for this host.",
    ),
    Reason.LEGAL: Wording(
        "The server withholds the page for legal reasons (451).",
        "Look by hand; if your readers cannot see it either, replace the row.",
    ),
    Reason.BOT_CHALLENGE: Wording("A bot filter stands before the page.", _BY_HAND),
    Reason.CONSENT_WALL: Wording(
        "Another site asks for consent before it shows the page.", _BY_HAND
    ),
    Reason.OUT_OF_BUDGET: Wording(
        "The run's time was over before it was asked.",
        "It goes first next time; if this lasts, raise fetch.budget.",
    ),
    Reason.ROBOTS_DISALLOWED: Wording(
        "The site's robots.txt asks crawlers to stay away from it.",
        "Look by hand now and then.",
    ),
    Reason.ROBOTS_UNAVAILABLE: Wording(
        "The site's robots.txt answers with a server error, so nothing was asked.",
        "It is tried again in every run; look by hand if this lasts.",
    ),
    Reason.UNSUPPORTED_SCHEME: Wording(
        "The URL is not for the web (http or https).",
        "Correct the URL, unless it is meant to be so.",
    ),
    Reason.EXCLUDED: Wording(
        "The settings exclude it (fetch.exclude).", "Look by hand now and then."
    ),
}

NOT_LOOKED_AT = Wording("It has not been looked at yet.", _NOTHING)
WAIT = "Nothing yet; it is asked again in every run."
TELL_OWNER = "Tell the site's owner, if you can reach them."

MAY_PASS = frozenset({Verdict.DEAD, Verdict.FAILING})
"""Verdicts that only count once they are confirmed."""


def describe(
    reason: Reason,
    *,
    number: int | None = None,
    status: object = None,
    is_confirmed: bool = True,
) -> Wording:
    """The sentences for a reason; of a failure that is not confirmed, the next step is to wait."""
    row = REASONS[reason]
    # Only the list can correct a URL that is not valid: waiting does not help.
    waits = VERDICTS[reason] in MAY_PASS and reason is not Reason.INVALID_URL
    step = WAIT if waits and not is_confirmed else row.step
    return Wording(
        row.what.format(status=status or "unknown"),
        step.format(number="URL" if number is None else number),
    )
