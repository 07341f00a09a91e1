"""Pure: sentences about how the list was read."""

from collections.abc import Iterator

from crawler.model import Columns, LeftOut, ResourceList
from crawler.report.wording import plural

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_NAMED = 8
"""Columns that are left alone and named; the others are counted."""


LEFT_OUT = {
    LeftOut.ANCHOR: ("anchor", "anchors"),
    LeftOut.RELATIVE: ("relative link", "relative links"),
    LeftOut.MAIL: ("mail address", "mail addresses"),
    LeftOut.OTHER_SCHEME: ("link that is not for the web", "links that are not for the web"),
    LeftOut.IMAGE: ("image", "images"),
    LeftOut.OUTSIDE_ITEMS: ("outside of lists and tables", "outside of lists and tables"),
    LeftOut.IGNORED: ("ignored", "ignored"),
}
"""What one and what several are called."""


def how_it_was_read(listed: ResourceList) -> Iterator[str]:
    """What a person should know of how the list was read, once; nothing where it is as documented."""
    if not are_as_documented(listed.columns):
        yield columns_read(listed.columns)
    is_document = any(resource.places for resource in listed.resources)
    if is_document or listed.left_out or len(listed.files) > 1:
        yield links_read(listed)


def links_read(listed: ResourceList) -> str:
    """How many links there are, how many stand in several places, and how many were left out, and why.

    >>> links_read(ResourceList(resources=(), files=("a.md",), left_out=((LeftOut.MAIL, 2),)))
    '0 links in 1 file; 2 left out: 2 mail addresses.'
    """
    links = plural(len(listed.resources), "link", "links")
    text = f"{links} in {plural(len(listed.files), 'file', 'files')}"
    places = [len(resource.places) for resource in listed.resources if len(resource.places) > 1]
    if places:
        text += f", {len(places)} of them {'twice' if max(places) == 2 else 'more than once'}"
    if listed.left_out:
        by_number = sorted(listed.left_out, key=lambda one: -one[1])
        reasons = ", ".join(plural(count, *LEFT_OUT[reason]) for reason, count in by_number)
        text += f"; {sum(count for _, count in by_number)} left out: {reasons}"
    return f"{text}."


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
