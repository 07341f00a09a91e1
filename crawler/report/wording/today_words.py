"""Pure: words for one look at some links, as `crawler check` shows it: nothing is known of them before."""

from enum import StrEnum

from crawler.model import VERDICTS, Reason, Verdict
from crawler.report.wording import reason_words
from crawler.report.wording.reason_words import Wording


class Group(StrEnum):
    """What links have in common today, with a title of its own; in their order."""

    IN_LIST = "in_list"
    """Their row is wrong, whatever the network says."""
    GONE = "gone"
    IN_DOUBT = "in_doubt"
    FAILING = "failing"
    MOVED = "moved"
    BLOCKED = "blocked"
    NOT_ASKED = "not_asked"
    NOTICED = "noticed"
    """They work, with a warning that somebody should read."""
    WORKS = "works"


TITLES: dict[Group, str] = {
    Group.IN_LIST: "No usable URL",
    Group.GONE: "Gone",
    Group.IN_DOUBT: "In doubt",
    Group.FAILING: "No proper answer",
    Group.MOVED: "Moved for good",
    Group.BLOCKED: "Blocked",
    Group.NOT_ASKED: "Not asked",
    Group.NOTICED: "Works, but",
    Group.WORKS: "Works",
}
"""The title above the links of a group."""

TALLY: dict[Group, tuple[str, str]] = {
    Group.IN_LIST: ("has no usable URL", "have no usable URL"),
    Group.GONE: ("is gone", "are gone"),
    Group.IN_DOUBT: ("is in doubt", "are in doubt"),
    Group.FAILING: ("gave no proper answer", "gave no proper answer"),
    Group.MOVED: ("has moved for good", "have moved for good"),
    Group.BLOCKED: ("is blocked", "are blocked"),
    Group.NOT_ASKED: ("was not asked", "were not asked"),
    Group.NOTICED: ("works with a warning", "work with a warning"),
    Group.WORKS: ("works", "work"),
}
"""After the number of links of a group: for one, for more."""

_GROUPS: dict[Verdict, Group] = {
    Verdict.DEAD: Group.GONE,
    Verdict.SUSPECT: Group.IN_DOUBT,
    Verdict.FAILING: Group.FAILING,
    Verdict.MOVED: Group.MOVED,
    Verdict.BLOCKED: Group.BLOCKED,
    Verdict.SKIPPED: Group.NOT_ASKED,
    Verdict.OK: Group.WORKS,
}

NAMED_IN_JSON = "`crawler check --json` says which."
ONE_LOOK = (
    "This is how it looks now; nothing of it is confirmed. `crawler run` remembers, and confirms over"
    " several nights."
)
NOTHING_TO_CHECK = "No row is new or changed; nothing was asked."
SELECTED = "{count} of {total} {are} new or changed."
LOOKING_AGAIN = "Looking again in {seconds} s at {links} (fetch.recheck_after)."
UNCHECKED = "Interrupted: {links} not checked."

_FOR_A_ROW: dict[Verdict, str] = {
    Verdict.SUSPECT: "Look once: if it is right, leave the link as it is; otherwise replace or remove it.",
}
"""The next step for a row of a list, where the one that reports name needs a history."""
_FOR_A_URL: dict[Verdict, str] = {
    Verdict.DEAD: "Look for its new place.",
    Verdict.SUSPECT: "Look once whether it is the page that you mean.",
    Verdict.FAILING: "It may pass: check it again on another day.",
    Verdict.MOVED: "If the new page is the same, use its address.",
    Verdict.BLOCKED: "Open it in a browser.",
    Verdict.SKIPPED: "Open it in a browser.",
}
"""The next step for a URL that stands in no list."""
_FOR_BOTH: dict[Reason, str] = {
    Reason.INVALID_URL: "Correct the URL.",
    Reason.UNSUPPORTED_SCHEME: "Correct the URL, unless it is meant to be so.",
    Reason.OUT_OF_BUDGET: "Check it again, or raise fetch.budget.",
    Reason.ROBOTS_UNAVAILABLE: "Check it again on another day, or look by hand.",
    Reason.PRIVATE_ADDRESS: reason_words.REASONS[Reason.PRIVATE_ADDRESS].step,
}
_IF_IT_LASTS = "It may pass: check it again on another day; if it lasts, {step}"


def group_of(reason: Reason) -> Group:
    """The group of a link with that reason."""
    return Group.IN_LIST if reason is Reason.INVALID_URL else _GROUPS[VERDICTS[reason]]


def describe(reason: Reason, *, is_row: bool, status: object = None) -> Wording:
    """What was found, and the next step; a row of a list can be edited, a URL by itself can not."""
    wording = reason_words.describe(reason, status=status)
    verdict = VERDICTS[reason]
    if reason in _FOR_BOTH:
        step = _FOR_BOTH[reason]
    elif not is_row:
        step = _FOR_A_URL.get(verdict, "")
    elif verdict is Verdict.FAILING:
        step = _IF_IT_LASTS.format(step=wording.step[0].lower() + wording.step[1:])
    else:
        step = _FOR_A_ROW.get(verdict, wording.step)
    return Wording(wording.what, step)
