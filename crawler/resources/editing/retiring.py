"""Pure: resources leave a list for the file or the section of retired ones, in their own words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from crawler.config import ListSettings
from crawler.errors import SettleError
from crawler.model import Place, ResourceList
from crawler.resources.editing import retiring_items, retiring_rows
from crawler.resources.editing.comparison import difference_of_removal
from crawler.resources.editing.leaving import Leaving
from crawler.resources.editing.url_places import open_content, places_of, url_places
from crawler.resources.parsing import parse_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Retirement:
    """A resource that leaves the list."""

    key: str
    on: date
    because: str
    """In a sentence of our own words."""


class RetiredFiles(NamedTuple):
    """The files of the list without the retired resources, and those that have these now."""

    contents: Mapping[str, bytes]
    """By path; only those that change."""
    beside: Mapping[str, bytes]
    """Of CSV lists, the files with the retired rows, by the path of the list."""


def retired(
    contents: Mapping[str, bytes],
    listed: ResourceList,
    rules: ListSettings,
    wanted: Sequence[Retirement],
    beside: Mapping[str, bytes],
) -> RetiredFiles:
    """The files after the retirement; all or none.

    `contents` are as for `edited`; `beside` are the present files with retired rows, by the path of
    their list.

    Raises:
        SettleError: a resource cannot be moved, or something else would change; with place and reason.
        ResourcesError: a file has a structural fault.
    """
    indexes = {resource.key: n for n, resource in enumerate(listed.resources)}
    leaving: dict[str, list[Leaving]] = defaultdict(list)
    for one in wanted:
        for place in places_of(listed.resources[indexes[one.key]]):
            leaving[place.file].append(_leaving(place, one))
    new: dict[str, bytes] = {}
    new_beside: dict[str, bytes] = {}
    for file, gone in leaving.items():
        known = url_places(file, contents[file], rules)
        if known.format == "csv":
            new[file], new_beside[file] = retiring_rows.moved(
                file, contents[file], rules, gone, beside.get(file, b"")
            )
        elif known.format == "markdown":
            others = {place.start for place in known.places} - {one.start for one in gone}
            new[file] = retiring_items.moved(file, contents[file], gone, others)
        else:
            raise SettleError(
                f"{file}: only a row of a CSV list or an item of a Markdown list can be moved; "
                "take it out by hand"
            )
    files = (open_content(name, content) for name, content in {**contents, **new}.items())
    fault = difference_of_removal(
        listed,
        parse_files(files, rules),
        gone={indexes[one.key] for one in wanted},
        links=sum(one.is_link for places in leaving.values() for one in places),
    )
    if fault:
        raise SettleError(fault)
    return RetiredFiles(new, new_beside)


def _leaving(place: Place, one: Retirement) -> Leaving:
    return Leaving(
        line=place.line,
        start=place.start,
        is_link=bool(place.column),
        on=one.on,
        because=one.because,
    )
