"""Pure: how every output names a resource: by its number or key, its place in the list, its title."""

import re
from dataclasses import dataclass
from typing import Protocol

from crawler.model import REPORTED_WARNINGS, Resource, WarningCode
from crawler.text import clean

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
KEY_LENGTH = 40
"""Characters of a key that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """What the settings say about the words of reports."""

    list_name: str = "resources.csv"
    reported: tuple[WarningCode, ...] = REPORTED_WARNINGS
    """The warnings to tell."""


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
    return ", ".join(filter(None, (_number_or_id(resource, "No. "), place(resource, list_name))))


def place(resource: Resource, list_name: str) -> str:
    """`resources.csv:84`, where editors and GitHub jump to; empty when it left the list."""
    return f"{list_name}:{resource.line}" if resource.line else ""


def word(resource: Resource) -> str:
    """The word for it in commands: its number, its key, or `line:84`; `URL` when it left the list.

    A key is part of a command, and comes from the list: one that may mean more is left out.
    """
    line = f"line:{resource.line}" if resource.line else "URL"
    named = _number_or_id(resource)
    return named if _PLAIN.fullmatch(named) else line


def _number_or_id(resource: Resource, mark: str = "") -> str:
    if resource.number is not None:
        return f"{mark}{resource.number}"
    # A list without numbers and ids has its URLs for keys.
    is_url = "://" in resource.key or resource.key.startswith(resource.url or "no URL")
    return "" if is_url else clean(resource.key, KEY_LENGTH)
