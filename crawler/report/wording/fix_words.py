"""Pure: words about new addresses for links: why they are believed, and how they are put in the list."""

from enum import StrEnum

from crawler.model import Band, CandidateSource, Grounds
from crawler.report.wording import plural, upper_first


class Obstacle(StrEnum):
    """Why a proposal may not be put in the list."""

    REPAIRED = "repaired"
    """That was done already, and no run has read the list since."""
    DUPLICATE = "duplicate"
    """Its address is in the list already."""
    STALE = "stale"
    """It was not looked at for too long."""
    EDITED = "edited"
    """The list has another URL now than the one that it was made for."""
    REFUSED = "refused"
    """Its place in the file cannot be edited."""


SOURCES: dict[CandidateSource, str] = {
    CandidateSource.LIVE_REDIRECT: "the listed address redirects there for good",
    CandidateSource.STORED_REDIRECT: "the listed address redirected there for good before it broke",
    CandidateSource.CANONICAL: "the page named it as its own address when it last worked",
    CandidateSource.VARIANT: "the listed address in another spelling",
    CandidateSource.PATTERN: "{neighbours} of the site moved in the same way",
    CandidateSource.KNOWN_MOVE: "the whole site is known to have moved there",
    CandidateSource.SITEMAP: "found in the site's sitemap",
    CandidateSource.NAVIGATION: "a page of the site links to it",
    CandidateSource.ARCHIVED_REDIRECT: "an archive saw the listed address redirect there",
    CandidateSource.ARCHIVED_COPY: "a copy of the page in an archive",
}
"""A clause for each; `{neighbours}` stands for so many other links."""

BANDS: dict[Band, str] = {
    Band.SAFE: "safe",
    Band.LIKELY: "likely",
    Band.SHOWN: "only a hint",
}

STEPS: dict[Band, str] = {
    Band.SAFE: "`crawler fix --apply {word}` puts {address} in its place: {evidence}.",
    Band.LIKELY: (
        "Look at {address} ({evidence}): if it is the same page, `crawler fix --apply {word}` "
        "puts it in the list."
    ),
    Band.SHOWN: (
        "Perhaps it is {address} now ({evidence}). If it is, `crawler fix --apply {word}` puts it in "
        "the list; otherwise replace or remove the link."
    ),
}
"""What to do about a lost link."""

SHORT_STEPS: dict[Band, str] = {
    Band.SAFE: "`crawler fix --apply {word}` puts the new address in the list.",
    Band.LIKELY: (
        "If the new page is the same, `crawler fix --apply {word}` puts its address in the list."
    ),
    Band.SHOWN: (
        "If the new page is the same, `crawler fix --apply {word}` puts its address in the list; "
        "otherwise replace or remove the link."
    ),
}
"""The same where the new address stands above: for a link that redirects there, and on the page."""

INSTEAD: dict[Obstacle | None, str] = {
    Obstacle.REPAIRED: "{address} was put in the list on {date}; the next run checks it.",
    Obstacle.DUPLICATE: (
        "Its new address {address} is in the list already ({row}): remove one of the two."
    ),
    Obstacle.STALE: (
        "It was {address} when it was last looked at, more than 90 days ago: "
        "`crawler fix --search {word}` looks again."
    ),
    Obstacle.EDITED: "{address} was found for it, but {why}.",
    Obstacle.REFUSED: "Put {address} in the list by hand: {why}.",
}
"""What is said in place of these steps."""

UNFOUND = "{word}: no new address is known for it; `crawler fix --search {word}` looks for one"
NOT_NEEDED = "{word}: it is neither broken nor moved, so there is no new address for it"
EDITED = "the list has another URL for it now; the next run looks at that"

FOR_LOST = "New addresses for broken links"
FOR_MOVED = "Moved for good"
NOTHING = "No new address is known."
CHANGE = "What `{command}` would change"
TAKE_SAFE = "`crawler fix --apply` puts the {count} in the list."
TAKE_ONE = "`crawler fix --apply {word}` puts one in the list that you have looked at."
LOOK = "{links} no new address yet; `crawler fix --search` looks for one now."
WRITTEN = "Written: {files}. The next run checks the new addresses; `crawler fix --undo` takes them back."
TAKEN_BACK = "Written: {files}, as before."
KEPT = "As it was: {file}"
KEYS = "t take, s skip, m mute for 30 days, o open in a browser, q quit"
MUTED_BECAUSE = "muted in crawler fix"
NO_BROWSER = "No browser can be started here; the address is {address}"
"""What `crawler fix` prints."""

SAME = "same title"
NO_TITLE = "another title"
TITLE = "{share} of the title"
TEXT = "{share} of the text"
NO_TEXT = "none of the text"


def addresses(count: int) -> str:
    """So many new addresses."""
    return plural(count, "new address", "new addresses")


def why(grounds: Grounds) -> str:
    """The evidence as a sentence."""
    return f"{upper_first(evidence(grounds))}."


def evidence(grounds: Grounds) -> str:
    """Why the address is believed to be that of the resource, as clauses without a full stop.

    >>> evidence(Grounds(source=CandidateSource.SITEMAP, title=1.0, text=0.94))
    "same title and 94 % of the text; found in the site's sitemap"
    """
    likeness = " and ".join(filter(None, (_title(grounds.title), _text(grounds.text))))
    others = plural(len(grounds.neighbours), "other link", "other links")
    source = SOURCES[grounds.source].format(neighbours=others)
    return "; ".join(filter(None, (likeness, source)))


def _title(agreement: float | None) -> str:
    if agreement is None:
        return ""
    if agreement >= 1:
        return SAME
    return TITLE.format(share=_percent(agreement)) if agreement > 0 else NO_TITLE


def _text(containment: float | None) -> str:
    if containment is None:
        return ""
    return TEXT.format(share=_percent(containment)) if containment > 0 else NO_TEXT


def _percent(share: float) -> str:
    """Rounded down, so that only all of it is 100 %."""
    return f"{int(share * 100)} %" if share >= 0.01 else "less than 1 %"
