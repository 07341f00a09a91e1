"""Pure: which known resource a listed one is, where the list has no numbers and ids.

A resource is known by the first URL that it was seen with. It is found again by the URL it has now,
wherever that stands and whatever its title is. What is left on both sides may be an edit: a URL that
was replaced where it stood. That is known when we have done it; it is believed when the title is the same and nobody else has it, or
when the neighbours before and after are the same.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from crawler import urls
from crawler.model import Resource

NOTHING_REPAIRED: Mapping[str, str] = {}

_Neighbours = tuple[str | None, str | None]


def identify(
    known: Iterable[Resource],
    listed: Sequence[Resource],
    repaired: Mapping[str, str] = NOTHING_REPAIRED,
) -> tuple[Resource, ...]:
    """The listed resources with the keys that they are known by; others get keys of their own.

    `repaired` has the keys of resources whose URL we have replaced ourselves, by the new one.

    Resources that have a number or an id stay as they are. `known` are the resources of the last list;
    they are only read if a listed one has neither. A URL that only differs in its spelling, as it may
    between the places of a resource, stays as it was: it is the same URL.
    """
    if not any(resource.has_url_key for resource in listed):
        return tuple(listed)
    matching = _Matching(known, listed)
    matching.by_url()
    matching.by_repair(repaired)
    matching.by_title()
    matching.by_neighbours()
    return matching.result()


_NONE = -1


class _Matching:
    """The known and the listed resources, by index, and which are the same; a few bytes for each match."""

    def __init__(self, known: Iterable[Resource], listed: Sequence[Resource]) -> None:
        self._listed = listed
        self._known_of = array("q", [_NONE]) * len(listed)
        """The index of a known resource, by that of the listed one that it is."""
        places = {resource.key: n for n, resource in enumerate(listed)}
        ordered = (self._shared(resource, places) for resource in known)
        self._known = sorted(ordered, key=lambda resource: (resource.file, resource.line))
        self._is_matched = bytearray(len(self._known))
        """Whether a known resource is one of the listed ones, or cannot be."""
        for index, resource in enumerate(self._known):
            place = places.get(resource.key)
            if place is not None and not listed[place].has_url_key:
                self._is_matched[index] = True
            elif place is not None and _is_same_url(listed[place], resource):
                self._match(place, index)

    def _shared(self, known: Resource, places: Mapping[str, int]) -> Resource:
        """The known resource; the listed one if it is equal to that, so that it takes no memory."""
        place = places.get(known.key)
        return self._listed[place] if place is not None and self._listed[place] == known else known

    def by_url(self) -> None:
        """The same URL, up to spelling; those that have the same key, too, are matched already."""
        by_target: dict[str, list[int]] = defaultdict(list)
        for index in self._free():
            by_target[urls.target_uri(self._known[index].url)].append(index)
        for listed, resource in self._unknown() if by_target else ():
            if candidates := by_target.get(urls.target_uri(resource.url)):
                self._match(listed, candidates.pop(0))

    def by_repair(self, repaired: Mapping[str, str]) -> None:
        """The URL that we have put in the place of the known one."""
        by_key = {self._known[index].key: index for index in self._free()} if repaired else {}
        for listed, resource in self._unknown() if by_key else ():
            index = by_key.pop(repaired.get(resource.url, ""), None)
            if index is not None:
                self._match(listed, index)

    def by_title(self) -> None:
        """The same title, if only one unmatched resource on each side has it."""
        titles: dict[str, list[int]] = defaultdict(list)
        for index in self._free():
            titles[self._known[index].title].append(index)
        listed_with: dict[str, list[int]] = defaultdict(list)
        for listed, resource in self._unknown() if titles else ():
            listed_with[resource.title].append(listed)
        for title, listed_ones in listed_with.items():
            if title and len(listed_ones) == 1 and len(titles[title]) == 1:
                self._match(listed_ones[0], titles[title][0])

    def by_neighbours(self) -> None:
        """Alone between the same two resources, or at the same end of the list."""
        places: dict[_Neighbours, list[int]] = defaultdict(list)
        for index, neighbours in _alone(len(self._known), self._matched_key):
            places[neighbours].append(index)
        for index, neighbours in tuple(_alone(len(self._listed), self._known_key)):
            candidates = places[neighbours]
            if neighbours != (None, None) and len(candidates) == 1:
                self._match(index, candidates.pop())

    def result(self) -> tuple[Resource, ...]:
        """The listed resources, each with its key."""
        used = self._used_keys() if any(True for _ in self._unknown()) else set[str]()
        return tuple(self._with_key(n, resource, used) for n, resource in enumerate(self._listed))

    def _used_keys(self) -> set[str]:
        fixed = (resource.key for resource in self._listed if not resource.has_url_key)
        return {*fixed, *(self._known[index].key for index in self._known_of if index != _NONE)}

    def _with_key(self, index: int, resource: Resource, used: set[str]) -> Resource:
        if self._known_of[index] != _NONE:
            known = self._known[self._known_of[index]]
            url = known.url if _is_same_url(known, resource) else resource.url
            if (known.key, url) == (resource.key, resource.url):
                return resource
            # One text for both: there may be a million of them.
            return replace(resource, key=url if url == known.key else known.key, url=url)
        if not resource.has_url_key:
            return resource
        key = _unused(resource.key, used)
        used.add(key)
        return resource if key == resource.key else replace(resource, key=key)

    def _free(self) -> Iterator[int]:
        """The known resources that are none of the listed ones so far."""
        return (index for index, is_matched in enumerate(self._is_matched) if not is_matched)

    def _unknown(self) -> Iterator[tuple[int, Resource]]:
        """The listed ones that are none of the known ones so far."""
        listed = enumerate(self._listed)
        return ((n, one) for n, one in listed if one.has_url_key and self._known_of[n] == _NONE)

    def _known_key(self, listed: int) -> str | None:
        """The key of a listed resource; None while that is open."""
        index = self._known_of[listed]
        if index != _NONE:
            return self._known[index].key
        resource = self._listed[listed]
        return None if resource.has_url_key else resource.key

    def _matched_key(self, known: int) -> str | None:
        """The key of a known resource that is one of the listed ones, or cannot be."""
        return self._known[known].key if self._is_matched[known] else None

    def _match(self, listed: int, known: int) -> None:
        self._known_of[listed] = known
        self._is_matched[known] = True


def _is_same_url(one: Resource, other: Resource) -> bool:
    """Whether both have one URL, up to its spelling."""
    return one.url == other.url or urls.target_uri(one.url) == urls.target_uri(other.url)


def _alone(length: int, key_of: Callable[[int], str | None]) -> Iterator[tuple[int, _Neighbours]]:
    """The indexes without a key that stand alone between two with one, and these keys."""

    def neighbour(index: int) -> str | None:
        return key_of(index) if 0 <= index < length else None

    for index in range(length):
        if key_of(index) is not None:
            continue
        before, after = neighbour(index - 1), neighbour(index + 1)
        has_before, has_after = (
            before is not None or index == 0,
            after is not None or index == length - 1,
        )
        if has_before and has_after:
            yield index, (before, after)


def _unused(key: str, used: set[str]) -> str:
    number, unused = 1, key
    while unused in used:
        number += 1
        unused = f"{key} ({number})"
    return unused
