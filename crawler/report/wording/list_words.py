"""Pure: a sentence about how the list was read."""

from crawler.model import Columns

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_NAMED = 8
"""Columns that are left alone and named; the others are counted."""


def columns_read(columns: Columns) -> str:
    """Which column was taken for what, which are left alone, and what separates the fields.

    >>> columns_read(Columns(read=(("url", "Link"), ("title", "Title")), left=("Note",)))
    'Columns read: url ("Link"), title. Left alone: "Note". Separated by commas.'
    """
    read = ", ".join(_read(name, title) for name, title in columns.read)
    left = f"Left alone: {_left(columns.left)}. " if columns.left else ""
    return f"Columns read: {read}. {left}Separated by {_SEPARATORS[columns.separator]}."


def are_as_documented(columns: Columns) -> bool:
    """Whether there is nothing to say: every column has our own name, and commas are between them."""
    are_ours = all(name == title.lower() for name, title in columns.read)
    return are_ours and not columns.left and columns.separator == ","


def _read(name: str, title: str) -> str:
    return name if title.lower() == name else f'{name} ("{title}")'


def _left(titles: tuple[str, ...]) -> str:
    named = [f'"{title}"' for title in titles if title]
    unnamed = len(titles) - len(named)
    parts = named[:_NAMED]
    if len(named) > _NAMED:
        parts.append(f"{len(named) - _NAMED} more")
    if unnamed:
        parts.append(f"{unnamed} without a name")
    return ", ".join(parts)
