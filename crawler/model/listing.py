"""Pure: the list of resources."""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a URL stands in a file."""

    file: str
    """Its path, as the settings name it."""
    line: int
    """From 1."""
    column: int = 0
    """In characters, from 1; 0 when only the line is known."""
    start: int = 0
    """In bytes, from the start of the file."""
    end: int = 0
    """The first byte after the URL; not after `start` when only the line is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One row of the list, or all links of a document that have the same URL."""

    key: str
    """Lasting identity: the row's number (or id), or the first URL it was seen with."""
    number: int | None = None
    title: str = ""
    url: str
    """The cell's text, trimmed and without userinfo, otherwise as written; may be no URL at all."""
    category: str = ""
    line: int = 0
    """Line of the file on which it starts, from 1; 0 for a resource that left the list."""
    file: str = ""
    """Path of the file; empty when it is not known."""
    description: str = ""
    """What the list says about it; empty in a CSV list, and when it comes from the database."""
    places: tuple[Place, ...] = ()
    """Where its URL stands, in order, where the format tells columns; the first has `file` and `line`."""
    has_url_key: bool = field(default=False, compare=False)
    """Whether the key was made of the URL: `resources.identify` finds the one it is known by."""


class LeftOut(StrEnum):
    """Why a link of a document is no resource."""

    ANCHOR = "anchor"
    """It leads to a place in the same file."""
    RELATIVE = "relative"
    """It leads to another file, and no base is set."""
    MAIL = "mail"
    OTHER_SCHEME = "other_scheme"
    """A telephone number, a script, or data."""
    IMAGE = "image"
    """The source of an image."""
    OUTSIDE_ITEMS = "outside_items"
    """It stands in no list and no table, and only their links are wanted."""
    IGNORED = "ignored"
    """A comment in the file or a glob of the settings leaves it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something odd in the list that a person should know; it stops nothing."""

    line: int
    text: str
    """One sentence; without the row's content, which may contain a password."""
    file: str = ""
    """Path of the file; empty when it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the header of a list was taken for."""

    read: tuple[tuple[str, str], ...] = ()
    """Our name of each column that is read, and the list's own."""
    left: tuple[str, ...] = ()
    """The list's names of the others; empty for a column without one."""
    separator: str = ","
    """Between the fields of a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceList:
    """The list as read: its resources in file order, and notices about it."""

    resources: tuple[Resource, ...]
    notices: tuple[Notice, ...] = ()
    digest: str = ""
    """SHA-256 of the file's bytes, hexadecimal; of several files, that of their names and digests."""
    columns: Columns = Columns()
    """Of the first file with columns."""
    files: tuple[str, ...] = ()
    """The paths that were read, in order."""
    digests: tuple[str, ...] = ()
    """SHA-256 of the bytes of each of them, hexadecimal."""
    parts: tuple[str, ...] = ()
    """Paths that files which were read name as parts of them, each in the folder of its file."""
    left_out: tuple[tuple[LeftOut, int], ...] = ()
    """How many links are no resources, by reason."""
