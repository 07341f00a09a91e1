"""Pure: which known resource a listed one is, where the list has no numbers and ids.

A resource is known by the first URL that it was seen with. It is found again by the URL it has now,
wherever that stands and whatever its title is. What is left on both sides may be an edit: a URL that
was replaced where it stood. That is known when we have done it; it is believed when the title is the same and nobody else has it, or
when the neighbours before and after are the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    matching = _Matching(tuple(known), listed)
    matching.by_url()
    matching.by_repair(repaired)
    matching.by_title()
    matching.by_neighbours()
    return matching.result()


class _Matching:
    """The known and the listed resources, by index, and which are the same."""

    def __init__(self, known: Sequence[Resource], listed: Sequence[Resource]) -> None:
        self._listed = listed
        fixed = {resource.key for resource in listed if not resource.has_url_key}
        self._known = sorted(known, key=lambda resource: (resource.file, resource.line))
        self._known_of: dict[int, int] = {}
        """The index of a known resource, by that of the listed one that it is."""
        self._free = {n for n, resource in enumerate(self._known) if resource.key not in fixed}
        """Known resources that are none of the listed ones so far."""
        self._fixed = fixed

    def by_url(self) -> None:
        """The same URL, up to spelling; of several with one, the one with the same key first."""
        by_target: dict[str, list[int]] = defaultdict(list)
        for index in sorted(self._free):
            by_target[urls.target_uri(self._known[index].url)].append(index)
        left = []
        for listed, resource in self._unknown():
            candidates = by_target.get(urls.target_uri(resource.url), [])
            same = [index for index in candidates if self._known[index].key == resource.key]
            if same:
                self._match(listed, same[0])
                candidates.remove(same[0])
            elif candidates:
                left.append((listed, candidates))
        for listed, candidates in left:
            if candidates:
                self._match(listed, candidates.pop(0))

    def by_repair(self, repaired: Mapping[str, str]) -> None:
        """The URL that we have put in the place of the known one."""
        by_key = {self._known[index].key: index for index in self._free} if repaired else {}
        for listed, resource in list(self._unknown()):
            index = by_key.pop(repaired.get(resource.url, ""), None)
            if index is not None:
                self._match(listed, index)

    def by_title(self) -> None:
        """The same title, if only one unmatched resource on each side has it."""
        titles: dict[str, list[int]] = defaultdict(list)
        for index in self._free:
            titles[self._known[index].title].append(index)
        listed_with: dict[str, list[int]] = defaultdict(list)
        for listed, resource in self._unknown():
            listed_with[resource.title].append(listed)
        for title, listed_ones in listed_with.items():
            if title and len(listed_ones) == 1 and len(titles[title]) == 1:
                self._match(listed_ones[0], titles[title][0])

    def by_neighbours(self) -> None:
        """Alone between the same two resources, or at the same end of the list."""
        known = {index: self._known[index].key for index in self._matched()}
        places: dict[_Neighbours, list[int]] = defaultdict(list)
        for index, neighbours in _alone(len(self._known), known):
            places[neighbours].append(index)
        listed = {n: self._key(n) for n in range(len(self._listed)) if self._is_known(n)}
        for index, neighbours in _alone(len(self._listed), listed):
            candidates = places[neighbours]
            if neighbours != (None, None) and len(candidates) == 1:
                self._match(index, candidates.pop())

    def result(self) -> tuple[Resource, ...]:
        """The listed resources, each with its key."""
        used = self._fixed | {self._known[index].key for index in self._known_of.values()}
        return tuple(self._with_key(n, resource, used) for n, resource in enumerate(self._listed))

    def _with_key(self, index: int, resource: Resource, used: set[str]) -> Resource:
        if index in self._known_of:
            known = self._known[self._known_of[index]]
            is_same = urls.target_uri(known.url) == urls.target_uri(resource.url)
            url = known.url if is_same else resource.url
            # One text for both: there may be a million of them.
            return replace(resource, key=url if url == known.key else known.key, url=url)
        if not resource.has_url_key:
            return resource
        key = _unused(resource.key, used)
        used.add(key)
        return replace(resource, key=key)

    def _unknown(self) -> Iterator[tuple[int, Resource]]:
        return ((n, resource) for n, resource in enumerate(self._listed) if not self._is_known(n))

    def _is_known(self, listed: int) -> bool:
        return listed in self._known_of or not self._listed[listed].has_url_key

    def _key(self, listed: int) -> str:
        index = self._known_of.get(listed)
        return self._listed[listed].key if index is None else self._known[index].key

    def _matched(self) -> Iterator[int]:
        return (n for n in range(len(self._known)) if n not in self._free)

    def _match(self, listed: int, known: int) -> None:
        self._known_of[listed] = known
        self._free.discard(known)


def _alone(length: int, keys: dict[int, str]) -> Iterator[tuple[int, _Neighbours]]:
    """The indexes without a key that stand alone between two with one, and these keys."""
    for index in range(length):
        has_neighbours = all(n in keys or not 0 <= n < length for n in (index - 1, index + 1))
        if index not in keys and has_neighbours:
            yield index, (keys.get(index - 1), keys.get(index + 1))


def _unused(key: str, used: set[str]) -> str:
    number, unused = 1, key
    while unused in used:
        number += 1
        unused = f"{key} ({number})"
    return unused
