"""Pure: whether a list looks like an accident: cut short, or another one than the database knows."""

from collections.abc import Iterable, Mapping, Sequence, Set
from enum import StrEnum
from functools import cached_property

from crawler.model import Resource
from crawler.resources.identity import NOTHING_REPAIRED
from crawler.resources.spelling import loosely

_GO_ON = "If that is meant, `crawler run --list-changed` goes on."
_FEW = 3
"""With fewer numbered rows, all of them may have been edited."""


class _Loss(StrEnum):
    """What became of a resource that was listed."""

    NONE = "none"
    REKEYED = "rekeyed"
    """Its URL is listed under another key."""
    GONE = "gone"


def accident(
    known: Iterable[Resource],
    listed: Sequence[Resource],
    repaired: Mapping[str, str] = NOTHING_REPAIRED,
) -> str:
    """Why the list should not take the place of the `known` one, in sentences; empty if it may.

    An edited row is not lost: it has kept its number, its title, or its address up to spelling; or the
    URL is one that we have put there. `listed` and `repaired` are as `identify` gives and takes them.
    """
    rows = _Rows(listed, repaired)
    total = gone = rekeyed = 0
    is_alike = False
    for resource in known:
        total += 1
        is_alike = is_alike or rows.has_like(resource)
        loss = rows.loss(resource)
        gone += loss is _Loss.GONE
        rekeyed += loss is _Loss.REKEYED
    if not total:
        return "" if listed else "The list has no resources; add a row with a URL for each."
    if not listed:
        return f"The list is empty, and was not: {_known(total)}. {_GO_ON}"
    if gone == total or (not is_alike and total >= _FEW):
        return (
            f"The list has nothing in common with what the database knows ({_known(total)}); "
            f"are both the right ones? {_GO_ON}"
        )
    if 2 * gone > total:
        return f"{gone} of {_known(total)} are no longer in the list. {_GO_ON}"
    if 2 * rekeyed > total:
        return (
            f"{rekeyed} of {_known(total)} have another number or id than before, so that their "
            f"history would end. {_GO_ON}"
        )
    return ""


def _known(total: int) -> str:
    return "1 known resource" if total == 1 else f"{total} known resources"


class _Rows:
    """What the rows of the list can be recognised by."""

    def __init__(self, listed: Sequence[Resource], repaired: Mapping[str, str]) -> None:
        self._listed = listed
        self._repaired = {repaired[one.url] for one in listed if one.url in repaired}
        """Keys."""
        self._keys = {one.key for one in listed}

    # The others are only needed where rows are missing, and large.

    @cached_property
    def _urls(self) -> Set[str]:
        return {one.url for one in self._listed}

    @cached_property
    def _titles(self) -> Set[str]:
        return {one.title for one in self._listed if one.title}

    @cached_property
    def _addresses(self) -> Set[str]:
        return {loosely(one.url) for one in self._listed}

    def has_like(self, resource: Resource) -> bool:
        """Whether a row has its title, its address up to spelling, or the one that we gave it."""
        return (
            resource.url in self._urls
            or resource.key in self._repaired
            or resource.title in self._titles
            or loosely(resource.url) in self._addresses
        )

    def loss(self, resource: Resource) -> _Loss:
        if resource.key in self._keys:
            return _Loss.NONE
        if resource.url in self._urls:
            return _Loss.REKEYED
        return _Loss.NONE if self.has_like(resource) else _Loss.GONE
