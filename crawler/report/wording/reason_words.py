"""Pure: for every reason a sentence that says what happened, and the next step for a maintainer."""

from dataclasses import dataclass

from crawler.model import VERDICTS, Reason, Verdict


@dataclass(frozen=True, slots=True)
class Wording:
    """What happened, and what a maintainer can do about it; a sentence each."""

    what: str
    """`{status}` stands for the status code of the last response."""
    step: str = ""
    """`{word}` stands for the resource's word in commands; empty when there is nothing to do."""


_NOTHING = "Nothing to do."
_REPLACE = "Look for its new place; otherwise replace or remove the link."
_BY_HAND = "Open it in a browser; if it works there, leave the link as it is."
_SETTLE = (
    "Look once: if it is right, `crawler accept {word}` keeps it; otherwise replace or remove "
    "the link."
)
_UNWELL = "Tell the site's owner, or replace the link."
REASONS: dict[Reason, Wording] = {
    Reason.OK: Wording("It answers.", _NOTHING),
    Reason.NOT_MODIFIED: Wording("It answers.", _NOTHING),
    Reason.PERMANENT_REDIRECT: Wording(
        "The server says that it has moved for good.",
        "If the new page is the same, put its URL in the list.",
    ),
    Reason.HTTPS_UPGRADE: Wording(
        "The same address now answers over https.", "Change http to https in the list."
    ),
    Reason.TRIVIAL_REDIRECT: Wording(
        "Only the spelling of the address has changed: a slash, www or an index file.",
        "Use the new spelling when you next edit the link.",
    ),
    Reason.HTTP_404: Wording("The server says that there is no such page (404).", _REPLACE),
    Reason.HTTP_410: Wording(
        "The server says that the page was removed for good (410).",
        "Replace or remove the link.",
    ),
    Reason.DNS_NOT_FOUND: Wording(
        "The host's name does not exist.",
        "Check the spelling; if the domain was given up, replace or remove the link.",
    ),
    Reason.DNS_NO_ADDRESS: Wording(
        "The host's name exists, but has no address.",
        "Check the spelling; if this lasts, replace or remove the link.",
    ),
    Reason.INVALID_URL: Wording(
        "The row does not hold one usable URL.", "Correct the URL in this row."
    ),
    Reason.SOFT_404: Wording(
        "The server reports success, but the page itself says that it does not exist.", _REPLACE
    ),
    Reason.REDIRECTED_TO_HOME: Wording(
        "The page is gone: its site sends this address, like any made-up one, to the front page.",
        _REPLACE,
    ),
    Reason.PARKED: Wording(
        "A domain-for-sale or parking page stands in its place.",
        "Replace or remove the link.",
    ),
    Reason.PLACEHOLDER: Wording(
        "The server or its hosting provider shows a placeholder page in its place.", _REPLACE
    ),
    Reason.SUSPECT_SOFT_404: Wording(
        "The page looks like those that its site shows for missing pages; that is no proof.",
        _SETTLE,
    ),
    Reason.SUSPECT_REPLACED: Wording(
        "Its title, text or domain no longer has anything in common with what is listed.",
        _SETTLE,
    ),
    Reason.SUSPECT_REDIRECT_HOME: Wording(
        "It redirects to its site's front page, while made-up addresses are reported missing.",
        _SETTLE,
    ),
    Reason.HTTP_5XX: Wording("The server answers with a server error (5xx).", _UNWELL),
    Reason.MAINTENANCE: Wording(
        "The site shows a maintenance notice in place of its pages.", _UNWELL
    ),
    Reason.HTTP_4XX: Wording(
        "The server rejects the request (status {status}).",
        "Open it in a browser; if it fails there too, replace the link.",
    ),
    Reason.CONNECTION_REFUSED: Wording("The host refuses the connection.", _UNWELL),
    Reason.CONNECTION_RESET: Wording("The host closes the connection without an answer.", _UNWELL),
    Reason.UNREACHABLE: Wording("There is no route to the host.", _UNWELL),
    Reason.CONNECT_TIMEOUT: Wording("The host does not accept a connection in time.", _UNWELL),
    Reason.READ_TIMEOUT: Wording("The server does not finish its answer in time.", _UNWELL),
    Reason.DNS_ERROR: Wording(
        "The DNS servers for the host's name report an error, or do not answer.", _UNWELL
    ),
    Reason.TLS_EXPIRED: Wording(
        "The site's certificate has expired, or is not valid yet.", _UNWELL
    ),
    Reason.TLS_HOSTNAME: Wording("The site's certificate is for another name.", _UNWELL),
    Reason.TLS_UNTRUSTED: Wording(
        "The site's certificate is not signed by a trusted authority.", _UNWELL
    ),
    Reason.TLS_ERROR: Wording("No secure connection can be made (TLS).", _UNWELL),
    Reason.REDIRECT_LOOP: Wording(
        "It redirects in a circle.",
        "Open it in a browser; if it fails there too, replace the link.",
    ),
    Reason.TOO_MANY_REDIRECTS: Wording(
        "It redirects too many times.",
        "Open it in a browser; if it works there, list the address you end at.",
    ),
    Reason.BAD_REDIRECT: Wording(
        "It redirects to something that is not a web address.",
        "Open it in a browser; if it fails there too, replace the link.",
    ),
    Reason.PROTOCOL_ERROR: Wording("The server's answer is not valid HTTP.", _UNWELL),
    Reason.PRIVATE_ADDRESS: Wording(
        "It leads to an address in a private network, which is not requested.",
        "Correct the URL; if the network is yours, add it to fetch.allow_private.",
    ),
    Reason.LOGIN_REQUIRED: Wording(
        "The page is behind a log-in.",
        "Sign in and look; if it is right, note in the list that readers need an account.",
    ),
    Reason.PAYMENT_REQUIRED: Wording(
        "The server asks for payment (402).",
        "Look by hand; note in the list that readers have to pay, or replace the link.",
    ),
    Reason.FORBIDDEN: Wording("The server refuses to answer a robot.", _BY_HAND),
    Reason.RATE_LIMITED: Wording(
        "The server says that it was asked too often (429).",
        "If this lasts, raise host_delay for this host.",
    ),
    Reason.LEGAL: Wording(
        "The server withholds the page for legal reasons (451).",
        "Look by hand; if your readers cannot see it either, replace the link.",
    ),
    Reason.BOT_CHALLENGE: Wording("A bot filter blocks the way to the page.", _BY_HAND),
    Reason.CONSENT_WALL: Wording(
        "Another site asks for consent before it shows the page.", _BY_HAND
    ),
    Reason.OUT_OF_BUDGET: Wording(
        "The run's time budget ended before it was checked.",
        "The next run checks it first; if this lasts, raise fetch.budget.",
    ),
    Reason.ROBOTS_DISALLOWED: Wording(
        "The site's robots.txt asks crawlers to stay away from it.",
        "Look by hand from time to time.",
    ),
    Reason.ROBOTS_UNAVAILABLE: Wording(
        "The site's robots.txt answers with a server error, so the page was not requested.",
        "It is tried again in every run; look by hand if this lasts.",
    ),
    Reason.UNSUPPORTED_SCHEME: Wording(
        "The URL is not for the web (http or https).",
        "Correct the URL, unless it is meant to be so.",
    ),
    Reason.EXCLUDED: Wording(
        "The settings exclude it (fetch.exclude).", "Look by hand from time to time."
    ),
}

NOT_LOOKED_AT = Wording("It has not been checked yet.", _NOTHING)
WAIT = "Nothing yet; every run checks it again."
TELL_OWNER = "Tell the site's owner, if you can reach them."

MAY_PASS = frozenset({Verdict.DEAD, Verdict.FAILING})
"""Verdicts that only count once they are confirmed."""


def expires(date: str) -> Wording:
    """The sentences for a certificate that expires soon, on that date if it is known."""
    return Wording(f"Its certificate expires {f'on {date}' if date else 'soon'}.", TELL_OWNER)


def describe(
    reason: Reason,
    *,
    word: str = "URL",
    status: object = None,
    is_confirmed: bool = True,
) -> Wording:
    """The sentences for a reason; of a failure that is not confirmed, the next step is to wait.

    `word` names the resource in commands.
    """
    row = REASONS[reason]
    # Only the list can correct a URL that is not valid: waiting does not help.
    waits = VERDICTS[reason] in MAY_PASS and reason is not Reason.INVALID_URL
    step = WAIT if waits and not is_confirmed else row.step
    return Wording(
        row.what.format(status=status or "unknown"),
        step.format(word=word),
    )
