"""Pure: words for runs that are not complete, and for what is known being old."""

from collections.abc import Sequence

from crawler.model import RunStatus
from crawler.report.wording import plural

ENDED: dict[RunStatus, str] = {
    RunStatus.RUNNING: "has not ended: it goes on, or was cut short",
    RunStatus.INTERRUPTED: "was interrupted",
    RunStatus.UNTRUSTED: "could not be trusted",
    RunStatus.FAILED: "failed",
}
"""What became of a run."""

USUAL_CAUSES: dict[RunStatus, str] = {
    RunStatus.UNTRUSTED: "our own network seemed to be down, or something answered in place of all",
}
"""Why, where a run does not say it itself."""

ATTEMPT = "The last attempt, on {moment}, {ended}{why}."
ROW = "{count} attempts in a row have brought no good run, the first on {first}."
LAST_GOOD = "The last good run was on {moment}."
NO_GOOD_RUN = "There is no good run yet."
STALE = (
    "The last good run, on {moment}, is {age} old, and {missed} since: what is said here may be out of"
    " date."
)
MADE_UP = ", from a made-up web"
"""At the end of the title of what the demo writes; files are known by it."""
MADE_UP_BY = (
    "All of this is made up: `crawler demo` wrote it, and nothing here says how a real site is. The"
    " first `crawler run` in this folder replaces it."
)
OVERDUE = "No good run has come when it was due: what is said here may be out of date."
SINCE = (
    "Since {date}, no run was finished and could be trusted: what is said here may be out of date."
)
SEARCH_FAILED = "The search for new addresses has failed: {why}"
NOT_TRUSTED = "the run is not trusted"
RUN_FAILED = "the run failed"
NIGHTS_MISSED = "nights were missed"
"""After the name of the list, in the title of a message."""
SILENCE = "There has been no good run since {moment}: {missed}."
SILENCE_OVER = "The nights are back. The last good run before was on {moment}: {missed}."


def part(of_list: object, links: int) -> str:
    """Which part of the list is checked now, such as `3/10`, and how many links are in it."""
    return f"Part {of_list} of the list: {plural(links, 'link', 'links')}. The others stay as they are."


def parts(count: int, last: int, moment: str, since: str, unseen: Sequence[int]) -> str:
    """Which part of the list was checked last, and since when all were, or which were not yet."""
    rest = f"all of it since {since}"
    if unseen:
        rest = f"{_numbered(unseen)} {'was' if len(unseen) == 1 else 'were'} not checked yet"
    return f"The list is checked in {count} parts: part {last} last, on {moment}; {rest}."


def waiting_parts(waiting: Sequence[int], count: int, since: str) -> str:
    """A warning of parts of the list that have waited too long."""
    verb, whose = ("has", "its") if len(waiting) == 1 else ("have", "their")
    text = (
        f"{_numbered(waiting)} of {count} {verb} not been checked since {since}: what is said of"
    )
    return f"{text[:1].upper()}{text[1:]} {whose} links may be out of date."


def _numbered(numbers: Sequence[int]) -> str:
    """Parts by number, in ascending order; neighbours as a range.

    >>> _numbered([1, 2, 3, 7])
    'parts 1 to 3, 7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = (f"{run[0]} to {run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
    return f"{'part' if len(numbers) == 1 else 'parts'} {', '.join(shown)}"


def searching(links: int) -> str:
    """What goes on after the checks."""
    return f"Looking for the new addresses of {plural(links, 'lost link', 'lost links')}."
