"""Pure: comments in a list that leave links out.

`crawler-ignore` leaves out the links of its line, and in Markdown, alone on its line, those of the
block after it; between `crawler-ignore-start` and `crawler-ignore-end` all links are left out.
"""

import re
from enum import StrEnum

_HTML_COMMENT = re.compile(r"<!--\s*(crawler-ignore(?:-start|-end)?)\s*-->", re.IGNORECASE)
_HASH_COMMENT = re.compile(r"(?:^|\s)#\s*(crawler-ignore)\s*$", re.IGNORECASE)


NEVER_ENDED = (
    "this comment leaves out all links to the end; put <!-- crawler-ignore-end --> after them"
)


class Ignore(StrEnum):
    """What a comment asks for."""

    HERE = "crawler-ignore"
    START = "crawler-ignore-start"
    END = "crawler-ignore-end"


def wish(comment: str) -> Ignore | None:
    """What an HTML comment asks for; None for any other text."""
    found = _HTML_COMMENT.fullmatch(comment.strip())
    return Ignore(found[1].lower()) if found else None


def line_of_start(text: str) -> int:
    """The line of the last comment that starts to leave out links, as one does that is never ended."""
    starts = [at.start() for at in _HTML_COMMENT.finditer(text) if wish(at[0]) is Ignore.START]
    return text.count("\n", 0, max(starts, default=0)) + 1


def is_ignored(line: str) -> bool:
    """Whether the line ends in a comment after `#` that leaves it out."""
    return _HASH_COMMENT.search(line.rstrip()) is not None
