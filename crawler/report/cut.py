"""Pure: the first of more items than are in memory."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, overload

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class Cut(Sequence[T_co]):
    """The first items of a list: what it gives are these, but its length is that of the whole list."""

    def __init__(self, items: Iterable[T_co], total: int) -> None:
        self._items = tuple(items)
        self._total = max(total, len(self._items))

    def __len__(self) -> int:
        return self._total

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._items)

    @overload
    def __getitem__(self, place: int) -> T_co: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T_co]: ...
    def __getitem__(self, place: int | slice) -> T_co | Sequence[T_co]:
        return self._items[place]


def first_of(items: Iterable[T], total: int) -> Sequence[T]:
    """The items, which are the first of so many."""
    found = tuple(items)
    return Cut(found, total) if total > len(found) else found
