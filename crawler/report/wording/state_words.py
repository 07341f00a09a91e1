"""Pure: words for classes, verdicts and states, and their explanation."""

from crawler.model import FindingClass, State, Verdict

UNSEEN = "unseen"
"""In place of a class, of a link that was not checked yet."""

CLASS_WORDS: dict[str, str] = {
    FindingClass.BROKEN: "broken",
    FindingClass.SUSPECT: "to look at",
    FindingClass.MOVED: "moved",
    FindingClass.TLS_EXPIRING: "certificate expires",
    FindingClass.FAILING: "failing",
    FindingClass.BLOCKED: "blocked",
    FindingClass.SKIPPED: "not asked",
    FindingClass.MUTED: "muted",
    FindingClass.HEALTHY: "works",
    UNSEEN: "not checked yet",
}
"""For one link."""

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
"""After the number of links of a class: for one, for more; in the order of the sentence."""

VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.OK: "works",
    Verdict.MOVED: "works, moved",
    Verdict.SUSPECT: "in doubt",
    Verdict.DEAD: "gone",
    Verdict.FAILING: "no proper answer",
    Verdict.BLOCKED: "blocked",
    Verdict.SKIPPED: "not asked",
}
"""What the last check found."""

STATE_WORDS: dict[State, str] = {
    State.NEW: "not known yet",
    State.HEALTHY: "healthy",
    State.FAILING: "failing",
    State.BROKEN: "broken",
    State.SUSPECT: "suspect",
}

GLOSSARY: tuple[tuple[str, str], ...] = (
    (
        "broken",
        "gone or without a proper answer, several runs in a row, on different days.",
    ),
    ("to look at", "something answers, but it may not be what is listed. Look once."),
    ("moved", "works, but its server says that it has moved for good."),
    ("failing", "gone or without a proper answer in the last run, not confirmed. Wait."),
    (
        "blocked, not asked",
        "the site does not answer robots, or asks them to stay away. Whether the page works is not known.",
    ),
    (
        "since",
        "the first check of the present state. A link that is blocked keeps the state it had.",
    ),
    ("last worked", "the last check in which it answered properly."),
)
"""The words of the report, explained."""

FIRST_LOOK = "First look, a baseline."
UNCONFIRMED = "Nothing is confirmed yet."
OTHERS_UNCONFIRMED = "Nothing else is confirmed yet."
IN_LIST = ("wrong in the list itself", "wrong in the list itself")
TO_MEND = ("to mend", "to mend")
TO_TAKE_OVER = ("address to take over", "addresses to take over")
"""After the number of links that need a person, each for one and for more."""
IN_LIST_TITLE = "Wrong in the list itself"
TO_MEND_TITLE = "To mend"
TO_TAKE_OVER_TITLE = "Addresses to take over"
GONE_TITLE = "Gone at first sight, to be confirmed"
BLOCKED_TITLE = "Blocked or not asked"
NOTHING_NEEDS_YOU = "Nothing needs you."
SEEM_GONE = ("seems gone, to be confirmed.", "seem gone, to be confirmed.")
"""After a number of links."""
HEARTBEAT = "Still checked: nothing had changed for {days} days on {date}."
