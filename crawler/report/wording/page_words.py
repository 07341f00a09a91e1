"""Pure: words that only the page for a browser needs: its tasks, stories and pictures."""

from enum import StrEnum

from crawler.model import Failure, Phase
from crawler.report.wording import plural
from crawler.text import clean


class TaskKind(StrEnum):
    """What is to be done with some links; the most urgent first."""

    CORRECT = "correct"
    REPLACE = "replace"
    GONE = "gone"
    """At the first look ever."""
    LOOK = "look"
    OTHER_HOST = "other_host"
    SAME_HOST = "same_host"
    SPELLING = "spelling"


TASKS: dict[TaskKind, tuple[str, str]] = {
    TaskKind.CORRECT: ("Correct in the list", "No waiting helps: these links have no usable URL."),
    TaskKind.REPLACE: ("Replace or remove", "Confirmed over several runs, on different days."),
    TaskKind.GONE: ("Gone at first sight", "What is still gone on another day is called broken."),
    TaskKind.LOOK: ("Look once", "Something answers, but it may not be the resource any more."),
    TaskKind.OTHER_HOST: ("Take over, other host", "Make sure that it is the same page."),
    TaskKind.SAME_HOST: ("Take over, same host", ""),
    TaskKind.SPELLING: ("Take over, spelling only", "When you next edit these links."),
}
"""A title for each, and a sentence under it."""

DISTANCES = (TaskKind.OTHER_HOST, TaskKind.SAME_HOST, TaskKind.SPELLING)
"""How far a new address is from the listed one."""

COPY_ALL: dict[TaskKind, str] = {
    TaskKind.LOOK: "Copy: accept all",
    **dict.fromkeys(DISTANCES, "Copy all: old and new"),
}

COPY_FIXES = "Copy: command for all new addresses"
PROPOSED = "Proposed"
MOVED_TO = "Now"
"""Before the new address of a link: that was found for it, or that it redirects to."""

ARCHIVE = "Archived copy"
ARCHIVE_URL = "https://web.archive.org/web/{day}/{url}"
SEARCH = "Search by title"
SEARCH_URL = "https://duckduckgo.com/?q={words}"
FRONT_PAGE = "Front page"
"""Where a person looks for the new place of a page."""

ACCEPT = "crawler accept {word}"
CHECK = "crawler check {word}"
FIX = "crawler fix --apply {words}"
MUTE = 'crawler mute {word} --until {date} --reason "its owner knows"'

CHECKED = "Last check"
PLACES = "Listed at"
FAILURE = "Failure"
_PHASES: dict[Phase, str] = {
    Phase.RESOLVE: "looking up the host's name",
    Phase.CONNECT: "connecting",
    Phase.TLS: "securing the connection",
    Phase.RESPONSE: "waiting for the answer",
    Phase.CONTENT: "reading the page",
}
"""What was going on when there was no answer."""
TITLE_NOW = "Title now"
TITLE_THEN = "Title when it last worked"
DESCRIPTION = "Description"
NOTICED = "Noticed"
IGNORED = "Ignored in its text"
CERTIFICATE = "Certificate"
ACCEPTED = "Accepted by you"
MUTED = "Muted until"
NO_ANSWER = "no answer"
NOTHING = "(none)"
CHANGED = "{field} was {before}; is now {after}"

NO_NIGHTS = "not checked in these nights"
ALL_NIGHTS = "{checked}, all reachable"
SOME_NIGHTS = "{good} of {checked} reachable, last trouble {last}"
"""What the strip of a resource shows."""


def nights(count: int) -> str:
    """A number of nights."""
    return plural(count, "night", "nights")


WATCHED = "Failing, not confirmed"
FLAPPING = "Comes and goes"
MUTED_TITLE = "Muted"

LAST_CHANGE = "Last change, {date}"
LAST_RUN = "In the last run"
SINCE = "Since {date}"
SINCE_LAST_NIGHT = "Since last night"
"""Headings of what has changed."""


def failure(outcome: object) -> str:
    """What was being done when a request failed, after the fault's code; empty where none failed."""
    if not isinstance(outcome, Failure):
        return ""
    return clean(f"{outcome.code or outcome.kind}, while {_PHASES[outcome.phase]}")
