"""IO: which listed resources a run leaves as they are, because it did not check them and nothing waits."""

from array import array
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from crawler.model import Resource
from crawler.store import Store


@dataclass(frozen=True, slots=True)
class Division:
    """The listed resources, divided; a byte for each, because a list may have millions."""

    listed: Sequence[Resource]
    is_compared: Sequence[int]
    untouched: Sequence[int] = ()
    """The ids of those that stay as they are."""

    def compared(self) -> Iterator[Resource]:
        """Those that are compared with what is known of them."""
        return compress(self.listed, self.is_compared)


def divided(listed: Sequence[Resource], checked: Container[str], store: Store) -> Division:
    """The resources of the list, of which those with the keys in `checked` have a check that counts."""
    positions = {resource.key: position for position, resource in enumerate(listed)}
    is_compared, untouched = bytearray(b"\1") * len(listed), array("q")
    for resource_id, known in store.resources.at_rest():
        position = positions.get(known.key)
        if position is not None and known.key not in checked and listed[position] == known:
            is_compared[position] = False
            untouched.append(resource_id)
    return Division(listed, is_compared, untouched)
