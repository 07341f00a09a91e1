"""Pure: what moving rows and moving items need to know of what moves."""

from datetime import date
from typing import NamedTuple


class Leaving(NamedTuple):
    """One place of a resource that leaves a file."""

    line: int
    start: int = 0
    """The first byte of its URL, where that is known."""
    is_link: bool = False
    """Whether it is a link of a document, and no row."""
    on: date = date.min
    because: str = ""
