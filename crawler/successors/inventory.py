"""Pure: the known URLs of a site, ranked by how well they fit what is remembered of a lost page."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import log

from crawler import urls
from crawler.judge import paths
from crawler.successors.candidates import Candidate
from crawler.successors.lost import Lost
from crawler.successors.names import Name, name_of
from crawler.successors.slugs import Slug, slug_of
from crawler.successors.versions import versions_in, without_versions

MAX_URLS = 60_000
"""Different URLs of a site that are known at most."""
MAX_ANCHORS = 4
"""Different names that links give a page; more are not kept."""
MAX_PARTS = 30
"""Likewise for its parts."""
_PART = 0.8
"""Weight of the name of a part of a page."""
_LEVEL = 0.7
"""Weight of a name one level above or below: `/plugins` became `/plugins/reference`."""
_TELLING_WORDS = 12
"""Words of the remembered text, the commonest and rarest, that bring a URL into the ranking."""
_MAX_RELATED = 3000
"""URLs that are compared with one lost page, those that share its rarest words; twice as many at most."""
_SECOND = 0.25
"""Weight of the second-best agreement between names and slugs."""
_FOLDERS = 0.2
_TEXT = 0.35
"""Weight of the words of its slug and anchors that the remembered text has."""


@dataclass(slots=True)
class _Entry:
    candidate: Candidate
    slug: Slug
    anchors: tuple[Name, ...] = ()
    """What links to it say."""
    parts: tuple[Name, ...] = ()
    """What links to places in it say."""


@dataclass(frozen=True, slots=True, order=True)
class Ranked:
    """A known URL, and how well it fits: from 0 to about 2."""

    fit: float
    candidate: Candidate = field(compare=False)


class Inventory:
    """The known URLs of a site, with the names that links give them."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        """By `urls.page_key`."""
        self._with_word: dict[str, set[str]] = defaultdict(set)
        """Keys of the entries that can be found by a word."""
        self._versions: dict[str, list[str]] = defaultdict(list)
        """URLs of all versions of a page, by what they have in common."""
        self._folders: dict[str, Counter[str]] = defaultdict(Counter)
        """By URL of a folder, how many of the URLs in it have a word in their last names."""
        self.version_names: set[str] = set()
        """Names of versions in the URLs, such as `2.1` and `latest`."""
        self.changes = 0
        """How often something new was learned."""

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, url: str) -> bool:
        return urls.page_key(url) in self._entries

    def add(self, candidate: Candidate, anchor: str = "", *, is_part: bool = False) -> None:
        """Remember a URL, and what a link calls it, or a part of it."""
        key = urls.page_key(candidate.url)
        entry = self._entries.get(key)
        if entry is None:
            if len(self._entries) >= MAX_URLS:
                return
            entry = self._entries[key] = _Entry(candidate, slug_of(candidate.url))
            self._index(key, entry.slug.words)
            if versions := versions_in(candidate.url):
                self._versions[without_versions(candidate.url)].append(candidate.url)
                self.version_names.update(versions)
            self._folders[candidate.url.rpartition("/")[0] + "/"].update(entry.slug.last)
        if name := name_of(anchor) if anchor else None:
            self._name(key, entry, name, is_part=is_part)

    def _name(self, key: str, entry: _Entry, name: Name, *, is_part: bool) -> None:
        known, most = (entry.parts, MAX_PARTS) if is_part else (entry.anchors, MAX_ANCHORS)
        if name in known or len(known) >= most:
            return
        if is_part:
            entry.parts = (*known, name)
        else:
            entry.anchors = (*known, name)
        self._index(key, name)

    def versions_of(self, url: str) -> tuple[str, ...]:
        """The known URLs of all versions of a page, with that which has no version."""
        common = without_versions(url)
        plain = self.candidate(f"http://{common}")
        found = self._versions.get(common, ())
        return (plain.url, *found) if plain and plain.url not in found else tuple(found)

    def candidate(self, url: str) -> Candidate | None:
        """What is known of a URL."""
        entry = self._entries.get(urls.page_key(url))
        return entry.candidate if entry else None

    def hubs(self) -> tuple[str, ...]:
        """The known URLs of folders and their indexes, those nearest to the root first."""
        found = (entry.candidate.url for entry in self._entries.values())
        return tuple(sorted(filter(_is_hub, found), key=lambda url: (url.count("/"), url)))

    def folders_like(self, lost: Lost) -> list[str]:
        """The known folders whose pages have names with the rarest words of the lost one's, best first."""
        fits = {
            folder: max((self._rarity(w) for w in lost.slug.last if w in words), default=0.0)
            for folder, words in self._folders.items()
        }
        return sorted(filter(fits.get, fits), key=lambda folder: (-fits[folder], folder))

    def best(self, lost: Lost, count: int, is_left_out: Callable[[str], bool]) -> list[Ranked]:
        """The best `count` of the URLs that are not left out, best first."""
        ranker = _Ranker(lost, self._rarity)
        found = (self._entries[key] for key in self._related(lost))
        ranked = (
            Ranked(ranker.fit(entry), entry.candidate)
            for entry in found
            if not is_left_out(entry.candidate.url)
        )
        top = heapq.nsmallest(count, ranked, key=lambda one: (-one.fit, one.candidate.url))
        return [one for one in top if one.fit > 0]

    def _index(self, key: str, words: Iterable[str]) -> None:
        self.changes += 1
        for word in words:
            self._with_word[word].add(key)

    def _related(self, lost: Lost) -> set[str]:
        """Keys of the entries that share a word with the names or the slug."""
        named = lost.slug.last.union(lost.slug.folders, *lost.names)
        sought = named.union(self._telling_words(lost))
        found: set[str] = set()
        for word in sorted(sought, key=lambda word: (len(self._with_word.get(word, ())), word)):
            if len(found) >= _MAX_RELATED:
                break
            found |= self._with_word.get(word, set())
        return found if len(found) <= 2 * _MAX_RELATED else self._sharing_most(found, sought)

    def _sharing_most(self, found: set[str], words: Iterable[str]) -> set[str]:
        """Those that share most: on a large site, even the rarest word may stand in every URL."""
        shared: dict[str, float] = dict.fromkeys(found, 0.0)
        for word in sorted(words):
            rarity = self._rarity(word)
            for key in self._with_word.get(word, set()) & found:
                shared[key] += rarity
        return set(heapq.nlargest(_MAX_RELATED, found, key=lambda key: (shared[key], key)))

    def _telling_words(self, lost: Lost) -> list[str]:
        """The words of its text that tell most about it, among those that the site's URLs have."""
        known = (word for word in lost.words if word in self._with_word)
        return heapq.nlargest(
            _TELLING_WORDS, known, key=lambda word: (lost.words[word] * self._rarity(word), word)
        )

    def _rarity(self, word: str) -> float:
        """How much a word tells: more, the fewer of the site's URLs have it."""
        return log(1 + (len(self._entries) + 1) / (len(self._with_word.get(word, ())) + 1))


def _is_hub(url: str) -> bool:
    return url.endswith("/") or paths.is_index_file(url)


class _Ranker:
    """Compares entries with one lost page."""

    def __init__(self, lost: Lost, rarity: Callable[[str], float]) -> None:
        self._lost = lost
        self._rarity = rarity
        self._known: dict[str, float] = {}
        self._names = (*lost.names, lost.slug.last)
        self._most = log(1 + max(lost.words.values(), default=1))

    def fit(self, entry: _Entry) -> float:
        named = sorted(self._agreements(entry), reverse=True)
        best, second = (*named, 0.0, 0.0)[:2]
        folders = self._agreement(self._lost.slug.folders, entry.slug.folders)
        return best + _SECOND * second + _FOLDERS * folders + _TEXT * self._in_text(entry)

    def _agreements(self, entry: _Entry) -> Iterator[float]:
        """How far each name or slug of the entry agrees with the remembered one that fits it best."""
        for theirs in (entry.slug.last, *entry.anchors):
            yield self._best_agreement(theirs)
        yield _PART * max(map(self._best_agreement, entry.parts), default=0.0)
        ours = self._lost.slug
        yield _LEVEL * self._agreement(ours.last, entry.slug.parent)
        yield _LEVEL * self._agreement(ours.parent, entry.slug.last)

    def _best_agreement(self, theirs: Name) -> float:
        return max((self._agreement(ours, theirs) for ours in self._names), default=0.0)

    def _agreement(self, ours: frozenset[str], theirs: frozenset[str]) -> float:
        if not ours or not theirs:
            return 0.0
        return 2 * self._weight(ours & theirs) / (self._weight(ours) + self._weight(theirs))

    def _in_text(self, entry: _Entry) -> float:
        words = entry.slug.last.union(*entry.anchors)
        weights = ((self._rarity_of(word), self._lost.words[word]) for word in words)
        found = sum(rarity * log(1 + count) / self._most for rarity, count in weights)
        return found / self._weight(words) if words else 0.0

    def _weight(self, words: Iterable[str]) -> float:
        return sum(map(self._rarity_of, words))

    def _rarity_of(self, word: str) -> float:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._rarity(word)
        return known
