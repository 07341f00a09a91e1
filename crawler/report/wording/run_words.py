"""Pure: words for runs that are not complete, and for what is known being old."""

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


def searching(links: int) -> str:
    """What goes on after the checks."""
    return f"Looking for the new addresses of {plural(links, 'lost link', 'lost links')}."
