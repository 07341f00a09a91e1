"""Pure: how every output names a resource: by its number or key, its place in the list, its title."""

from dataclasses import dataclass
from typing import Protocol

from crawler.model import REPORTED_WARNINGS, Resource, WarningCode
from crawler.resources import number_or_id


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
    """`No. 83, resources.csv:84`; of a list without numbers the key, if it is none of the URLs."""
    mark = "No. " if resource.number is not None else ""
    named = f"{mark}{number_or_id(resource)}"
    return ", ".join(filter(None, (named, place(resource, list_name))))


def place(resource: Resource, list_name: str) -> str:
    """`resources.csv:84`, where editors and GitHub jump to; empty when it left the list."""
    return f"{list_name}:{resource.line}" if resource.line else ""
