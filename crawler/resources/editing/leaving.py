"""Pure: what moving rows and moving items need to know of what moves."""

from datetime import date
from typing import NamedTuple


class Leaving(NamedTuple):
    """One place of a resource that leaves a file."""

    line: int
    start: int
    """The first byte of its URL; 0 where that is not known."""
    is_link: bool
    """Whether it is a link of a document, and no row."""
    on: date
    because: str
