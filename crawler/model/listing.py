"""Pure: the list of resources."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One row of the list."""

    key: str
    """Lasting identity: the row's number (or id), or the first URL it was seen with."""
    number: int | None = None
    title: str = ""
    url: str
    """The cell's text, trimmed and without userinfo, otherwise as written; may be no URL at all."""
    category: str = ""
    line: int = 0
    """Line of the file on which the row starts, from 1; 0 for a resource that left the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something odd in the list that a person should know; it stops nothing."""

    line: int
    text: str
    """One sentence; without the row's content, which may contain a password."""


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
    """SHA-256 of the file's bytes, hexadecimal."""
    columns: Columns = Columns()
