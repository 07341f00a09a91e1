"""Pure: wanted replacements of URLs become new bytes of files, or refusals that say why not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from crawler import urls
from crawler.config import ListSettings
from crawler.errors import ResourcesError
from crawler.model import Place, Resource, ResourceList
from crawler.resources.editing.comparison import Intended, difference
from crawler.resources.editing.url_places import (
    FilePlaces,
    UrlPlace,
    open_content,
    places_of,
    url_places,
)
from crawler.resources.editing.writing import CannotBeWritten, spelling
from crawler.resources.parsing import parse_files, visible_url
from crawler.text import URL_LENGTH, clean

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """Another URL for a resource, in all places where it stands."""

    key: str
    before: str
    """As the list has it; another one there is left alone."""
    after: str
    keeps_fragment: bool = True
    """Whether the fragment of the old URL is kept where the new one has none."""
    texts: tuple[tuple[str, str], ...] = ()
    """For each place, in order, what stands there and what is written instead, where that is known: as
    for one that is undone. Without it, the URL is written as each place demands."""

    @property
    def url(self) -> str:
        """What is written."""
        fragment = urls.fragment(self.before)
        if self.keeps_fragment and fragment and "#" not in self.after:
            return f"{self.after}#{fragment}"
        return self.after

    def reversed(self) -> "Replacement":
        """The one that undoes it, to the byte if it is one of those that were done."""
        return Replacement(
            key=self.key,
            before=self.url,
            after=self.before,
            keeps_fragment=False,
            texts=tuple((new, old) for old, new in self.texts),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A replacement that is not made."""

    replacement: Replacement
    file: str
    line: int
    why: str
    """In a sentence, with what to do."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.why}" if self.file else self.why


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What an edit comes to."""

    contents: Mapping[str, bytes]
    """Of the files that change, by path."""
    done: tuple[Replacement, ...]
    """Each with the texts that it replaces."""
    refused: tuple[Refusal, ...]


class _Splice(NamedTuple):
    file: str
    start: int
    end: int
    text: str
    old_text: str


class _Change(NamedTuple):
    """A replacement with all that it takes."""

    number: int
    """Index of the resource in the list."""
    replacement: Replacement
    splices: tuple[_Splice, ...]
    intended: Intended


def edited(
    contents: Mapping[str, bytes],
    listed: ResourceList,
    rules: ListSettings,
    wanted: Sequence[Replacement],
) -> Edited:
    """The files with the wanted URLs; each replacement is made in all places or in none.

    `contents` are the bytes of all files of the list, in its order, as they were when it was read; the
    keys of `listed` may be those by which resources are known. What the files then say is read again:
    the intended URLs differ and nothing else, or the replacement is refused.

    Raises:
        ResourcesError: a file has a structural fault.
    """
    editing = _Editing(contents, listed, rules)
    changes = [found for one in wanted if (found := editing.change(one))]
    unique = editing.without_doubles(changes)
    done = editing.without_side_effects(unique)
    return Edited(
        contents=editing.spliced(done),
        done=tuple(change.replacement for change in done),
        refused=tuple(editing.refused),
    )


class _Editing:
    """One edit, with what has been refused so far."""

    def __init__(
        self, contents: Mapping[str, bytes], listed: ResourceList, rules: ListSettings
    ) -> None:
        self._contents = contents
        self._listed = listed
        self._rules = rules
        self._indexes = {resource.key: n for n, resource in enumerate(listed.resources)}
        self._files: dict[str, _KnownPlaces] = {}
        self._changed: set[int] = set()
        self.refused: list[Refusal] = []

    # --- one replacement ----------------------------------------------------------------------

    def change(self, wanted: Replacement) -> _Change | None:
        """What the replacement takes; None when it is refused."""
        index = self._indexes.get(wanted.key, -1)
        resource = self._listed.resources[index] if index >= 0 else None
        why = _fault(resource, wanted) or (_TWICE if index in self._changed else "")
        if resource is None or why:
            self._refuse(wanted, why, resource)
            return None
        self._changed.add(index)
        return self._written(index, resource, wanted)

    def _written(self, index: int, resource: Resource, wanted: Replacement) -> _Change | None:
        splices: list[_Splice] = []
        spelled: list[str] = []
        places = places_of(resource)
        texts = wanted.texts if len(wanted.texts) == len(places) else (("", ""),) * len(places)
        for place, known in zip(places, texts, strict=True):
            try:
                splice, url = self._splice(place, wanted.url, known)
            except CannotBeWritten as error:
                self._refuse(wanted, str(error), resource, place)
                return None
            splices.append(splice)
            spelled.append(visible_url(url))
        written = tuple((one.old_text, one.text) for one in splices)
        # The list is read with the spelling of the first place, and is known by that.
        done = replace(wanted, after=spelled[0], keeps_fragment=False, texts=written)
        return _Change(index, done, tuple(splices), Intended(frozenset(spelled), written))

    def _splice(self, place: Place, url: str, known_text: tuple[str, str]) -> tuple[_Splice, str]:
        """What is done at a place, and the URL that will be read there."""
        content = self._contents[place.file]
        if content.startswith(_GZIP):
            raise CannotBeWritten("the file is packed with gzip; unpack it, and list that")
        known = self._known_places(place.file)
        found = known.at(place)
        if found is None:
            raise CannotBeWritten("the URL is not where it was; run `crawler run` first")
        if urls.without_userinfo(found.url) != found.url:
            raise CannotBeWritten("the URL has a user name or password; edit it by hand")
        exact = _known_text(place.file, content, found, known_text)
        if exact:
            return exact, url
        written = spelling(known.format, found, url)
        start, end = found.start - written.takes, found.end + written.takes
        old_text = content[start:end].decode()
        return _Splice(place.file, start, end, written.text, old_text), written.url

    def _known_places(self, file: str) -> "_KnownPlaces":
        if file not in self._files:
            found = url_places(file, self._contents[file], self._rules)
            self._files[file] = _KnownPlaces(found)
        return self._files[file]

    def _refuse(
        self,
        wanted: Replacement,
        why: str,
        resource: Resource | None,
        place: Place | None = None,
    ) -> None:
        """Notes that the replacement is not made, and why."""
        where: Place | Resource | None = place or resource
        self.refused.append(
            Refusal(
                replacement=wanted,
                file=where.file if where else "",
                line=where.line if where else 0,
                why=why,
            )
        )

    # --- all together -------------------------------------------------------------------------

    def without_doubles(self, changes: Sequence[_Change]) -> list[_Change]:
        """Those whose new URL no other resource of the list has then, unless both had one before."""
        after = {change.number: change.replacement.url for change in changes}
        resources = self._listed.resources
        sources: dict[str, set[str]] = defaultdict(set)
        for index, resource in enumerate(resources):
            source = urls.target_uri(resource.url)
            target = urls.target_uri(after[index]) if index in after else source
            sources[target].add(source)
        kept = []
        for change in changes:
            if len(sources[urls.target_uri(change.replacement.url)]) > 1:
                self._refuse(change.replacement, _DOUBLE, resources[change.number])
            else:
                kept.append(change)
        return kept

    def without_side_effects(self, changes: Sequence[_Change]) -> list[_Change]:
        """Those that change the intended URLs and nothing else, also when they are made together."""
        if not self._side_effect(changes):
            return list(changes)
        middle = len(changes) // 2
        halves = (changes[:middle], changes[middle:]) if middle else (changes,)
        kept = [one for half in halves for one in self._sound(half)]
        if fault := self._side_effect(kept):
            for change in kept:
                self._refuse(change.replacement, fault, self._listed.resources[change.number])
            return []
        return kept

    def _sound(self, changes: Sequence[_Change]) -> list[_Change]:
        """Those that are sound alone, found by halving, so that one fault costs few readings."""
        fault = self._side_effect(changes)
        if not fault:
            return list(changes)
        if len(changes) == 1:
            resource = self._listed.resources[changes[0].number]
            self._refuse(changes[0].replacement, fault, resource)
            return []
        middle = len(changes) // 2
        return [*self._sound(changes[:middle]), *self._sound(changes[middle:])]

    def _side_effect(self, changes: Sequence[_Change]) -> str:
        """What else would change, in a sentence; empty for nothing."""
        if not changes:
            return ""
        contents = {**self._contents, **self.spliced(changes)}
        try:
            files = (open_content(name, content) for name, content in contents.items())
            result = parse_files(files, self._rules)
        except ResourcesError as error:
            return f"the list could not be read with the new URL ({error}); edit it by hand"
        return difference(self._listed, result, {one.number: one.intended for one in changes})

    def spliced(self, changes: Iterable[_Change]) -> dict[str, bytes]:
        """The new bytes of the files that change."""
        by_file: dict[str, set[_Splice]] = defaultdict(set)
        for change in changes:
            for splice in change.splices:
                by_file[splice.file].add(splice)
        return {file: _spliced(self._contents[file], by_file[file]) for file in by_file}


class _KnownPlaces:
    """The places of a file, found by their first byte, or by the line of their row."""

    def __init__(self, found: FilePlaces) -> None:
        self.format = found.format
        self._by_start = {place.start: place for place in found.places}
        self._by_line = {place.line: place for place in found.places if place.separator}

    def at(self, place: Place) -> UrlPlace | None:
        """The URL at that place; None when none stands there."""
        return self._by_start.get(place.start) if place.column else self._by_line.get(place.line)


_DOUBLE = "the new URL is in the list already; remove one of the two"
_TWICE = "there is another new URL for it; choose one of them"
_UNKNOWN = "the resource is not in the list; run `crawler run` first"


def _fault(resource: Resource | None, wanted: Replacement) -> str:
    """Why the URL is not replaced; empty when nothing is against it."""
    if resource is None:
        return _UNKNOWN
    if resource.url != wanted.before:
        return f"the list has another URL there now, {clean(resource.url, URL_LENGTH)}; look again"
    url = wanted.url
    if not url or visible_url(url) != url:
        return "the new URL is empty, has invisible characters, or a name or password; write it by hand"
    return (
        "" if url != wanted.before else "the list has the new URL already; there is nothing to do"
    )


def _known_text(
    file: str, content: bytes, found: UrlPlace, text: tuple[str, str]
) -> _Splice | None:
    """The exchange of the text around the URL for the other one; None where it stands not there."""
    old, new = text
    at = old.find(found.written)
    start = found.start - len(old[: max(at, 0)].encode())
    end = start + len(old.encode())
    is_there = at >= 0 and content[start:end] == old.encode()
    return _Splice(file, start, end, new, old) if is_there else None


def _spliced(content: bytes, splices: Iterable[_Splice]) -> bytes:
    pieces: list[bytes] = []
    told = 0
    for one in sorted(splices, key=lambda splice: splice.start):
        pieces += (content[told : one.start], one.text.encode())
        told = one.end
    return b"".join((*pieces, content[told:]))
