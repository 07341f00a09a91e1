"""Pure: how every output names a resource: by its number or key, its place in the list, its title."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from crawler import urls
from crawler.model import REPORTED_WARNINGS, Notice, Resource, WarningCode
from crawler.resources import file_of, number_or_id
from crawler.text import clean

_PLACES = 4
"""Most places of a link that are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """What the words of reports depend on, beside what is told."""

    list_name: str = "resources.csv"
    reported: tuple[WarningCode, ...] = REPORTED_WARNINGS
    """The warnings to tell."""
    is_made_up: bool = False
    """Whether it is about the demo's web, and no real site."""


USUAL = Conventions()


class Named(Protocol):
    """Something that reports say about one resource."""

    @property
    def resource(self) -> Resource:
        """The resource, as it is listed."""

    @property
    def name(self) -> str:
        """Its title; empty when there is none."""

    @property
    def row(self) -> str:
        """Where it stands in the list."""


def row(resource: Resource, list_name: str) -> str:
    """`No. 83, resources.csv:84`; of a list without numbers the key, if it is none of the URLs.

    A link that stands in several places has them all: `docs/a.md:3 and docs/b.md:9`.
    """
    mark = "No. " if resource.number is not None else ""
    named = f"{mark}{number_or_id(resource)}"
    return clean(", ".join(filter(None, (named, _listed(places(resource, list_name))))))


def place(resource: Resource, list_name: str) -> str:
    """`resources.csv:84`, where editors and GitHub jump to; empty when it left the list."""
    file = file_in_list(resource, list_name) or list_name
    return f"{file}:{resource.line}" if resource.line else ""


def places(resource: Resource, list_name: str) -> tuple[str, ...]:
    """Every place, as `place` has it; none when it left the list."""
    others = (replace(resource, file=one.file, line=one.line) for one in resource.places)
    every = (place(one, list_name) for one in (resource, *others) if resource.line)
    return tuple(dict.fromkeys(every))


def file_in_list(resource: Resource, list_name: str) -> str:
    """The file in which it stands; empty where the list is that file, or the file is not known."""
    file = file_of(resource)
    return "" if file.rpartition("/")[2] == list_name else file


def notice_place(notice: Notice, list_name: str) -> str:
    """`resources.csv:84`, the place of something odd in the list."""
    return place(Resource(key="", url="", file=notice.file, line=notice.line), list_name)


def _listed(named: Sequence[str]) -> str:
    *first, last = named or ("",)
    if len(named) > _PLACES:
        first, last = list(named[: _PLACES - 1]), f"{len(named) - _PLACES + 1} more places"
    return " and ".join(filter(None, (", ".join(first), last)))


def mixed_hosts(addresses: Iterable[str | None]) -> Iterator[str]:
    """A sentence for each host that may pass for another one, in both of its forms."""
    found = (urls.mixed_host(address) for address in addresses if address)
    for shown, encoded in dict.fromkeys(filter(None, found)):
        yield f"The host {shown} mixes scripts: it is {encoded}."
