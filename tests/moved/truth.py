"""Pure: where each page of a release went, known from redirect maps and from whole sentences.

Rankers look at titles, words of paths and runs of five words in pages as they are served; the truth looks
at none of these, but at the sets of sentences of two releases, where no map says more.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log

from tests.moved.documents import Document


class Kind(StrEnum):
    """What happened to a page."""

    RENAMED = "renamed slug"
    """The last part of its path is another one."""
    FOLDER = "other folder"
    """Only the last part of its path is as it was."""
    MERGED = "merged"
    """Another page that is longer, or that others were merged into, too, has its text."""
    HOST = "other host"
    """The whole site is at another host, at the same paths."""
    VERSION = "version in the path"
    """A number in the path is another one."""
    EXTENSION = "extension"
    """`.html` at the end of all paths of the site has gone, or come."""
    NONE = "no successor"


MOVED = tuple(kind for kind in Kind if kind not in {Kind.MERGED, Kind.NONE})

SAME = 0.8
"""The share of a page's text that makes it the same page, if the titles are the same."""
_LIKE = 0.5
"""Enough for a page whose slug is the same, and for a part of a longer one."""
_NOTHING = 0.1
"""A smaller share of a page's text on any other page is chance."""
_LIKE_OTHERS = 0.3
"""More of a page's text than this is on no other page, if it is the only one about its subject."""
_FEW_WORDS = 0.4
"""A smaller share of a page's different words, weighted, on any other page is chance, too."""
_FEWEST_WORDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What became of a document."""

    old: str
    kind: Kind
    new: str = ""
    """Its successor; empty without one."""
    is_mapped: bool = False
    """Whether the project published it; otherwise the texts show it."""


class Releases:
    """Two releases of a project, compared."""

    def __init__(self, before: Mapping[str, Document], after: Mapping[str, Document]) -> None:
        self.before, self.after = before, after
        self._holders = defaultdict[str, list[str]](list)
        for document in after.values():
            for sentence in document.sentences:
                self._holders[sentence].append(document.name)
        self._words = [_words(one) for one in after.values()]
        self._spread = Counter(word for words in self._words for word in words)
        self._titles = Counter(_folded(one.title) for one in after.values())
        self._slugs = Counter(map(_slug, after))

    def moves(self, published: Mapping[str, str]) -> tuple[Move, ...]:
        """Of all documents whose name is gone and whose fate is certain."""
        gone = [one for name, one in sorted(self.before.items()) if self._is_gone(one)]
        news = {one.name: self._successor(one, published) for one in gone}
        count = Counter(filter(None, news.values()))
        drafts = (self._move(one, news[one.name], count, published) for one in gone)
        return tuple(move for move in drafts if move is not None)

    def kept(self) -> tuple[str, ...]:
        """Documents that are in both under one name, with much of their text."""
        return tuple(
            name
            for name, one in sorted(self.before.items())
            if name in self.after
            and one.words >= _FEWEST_WORDS
            and self._share(one, name) >= _LIKE
        )

    def is_alone(self, name: str) -> bool:
        """Whether no other document after has its title, its slug or much of its text.

        One that only looks like it, as the next chapter by the same template, is no successor.
        """
        document = self.after[name]
        others = (share for other, share in self._shares(document).items() if other != name)
        is_unique = self._titles[_folded(document.title)] == self._slugs[_slug(name)] == 1
        return is_unique and max(others, default=0.0) < _LIKE_OTHERS

    def _is_gone(self, one: Document) -> bool:
        return one.name not in self.after and one.name != "index" and one.words >= _FEWEST_WORDS

    def _successor(self, one: Document, published: Mapping[str, str]) -> str:
        mapped = _followed(one.name, published, self.after)
        if mapped:
            return mapped
        shares = self._shares(one)
        best = max(shares, key=lambda name: (shares[name], name), default="")
        is_enough = bool(best) and shares[best] >= _LIKE
        return best if is_enough and list(shares.values()).count(shares[best]) == 1 else ""

    def _move(
        self, one: Document, new: str, count: Mapping[str, int], published: Mapping[str, str]
    ) -> Move | None:
        if not new:
            return Move(old=one.name, kind=Kind.NONE) if self._has_no_successor(one) else None
        kind = self._kind(one, new, count[new], is_mapped=one.name in published)
        if kind is None:
            return None
        return Move(old=one.name, kind=kind, new=new, is_mapped=one.name in published)

    def _kind(self, one: Document, new: str, count: int, *, is_mapped: bool) -> Kind | None:
        """What happened to a page that has a successor; None if that is not certain."""
        if new == "index":
            return None
        share, length = self._share(one, new), self.after[new].words
        has_title = _folded(one.title) == _folded(self.after[new].title)
        is_new = new not in self.before
        has_slug = _slug(one.name) == _slug(new)
        kind = Kind.FOLDER if _last_part(one.name) == _last_part(new) else Kind.RENAMED
        least = _LIKE if is_mapped or has_slug else SAME
        if is_new and share >= least and (has_title or has_slug):
            return kind
        if is_mapped:
            return kind if is_new and count == 1 else Kind.MERGED
        is_part = share >= _LIKE and length >= 2 * one.words and not has_title
        return Kind.MERGED if is_part else None

    def _has_no_successor(self, one: Document) -> bool:
        return (
            self._best(one) < _NOTHING
            and self._best_by_words(one) < _FEW_WORDS
            and _folded(one.title) not in self._titles
            and _slug(one.name) not in self._slugs
        )

    def _best(self, one: Document) -> float:
        return max(self._shares(one).values(), default=0.0)

    def _best_by_words(self, one: Document) -> float:
        """How much of its words the page after has that has most; rare words weigh more."""
        number = 1 + len(self._words)
        weights = {word: log(number / (1 + self._spread[word])) for word in _words(one)}
        whole = sum(weights.values()) or 1.0
        shares = (
            sum(weights[word] for word in weights.keys() & words) / whole for words in self._words
        )
        return max(shares, default=0.0)

    def _share(self, one: Document, name: str) -> float:
        return self._shares(one).get(name, 0.0)

    def _shares(self, one: Document) -> dict[str, float]:
        """How much of a document's sentences each document after has, by words."""
        words = Counter[str]()
        for sentence, length in one.sentences.items():
            for name in self._holders.get(sentence, ()):
                words[name] += length
        return {name: number / one.words for name, number in words.items()}


def _followed(name: str, published: Mapping[str, str], after: Mapping[str, Document]) -> str:
    """The document at the end of a chain of redirects; empty when it leads to none."""
    seen: set[str] = set()
    while name in published and name not in seen:
        seen.add(name)
        name = published[name]
        name = name if name in after or f"{name}/index" not in after else f"{name}/index"
    return name if seen and name in after else ""


def _words(one: Document) -> frozenset[str]:
    return frozenset(word for sentence in one.sentences for word in sentence.split())


def _last_part(name: str) -> str:
    """The last part of a path that says something."""
    parts = [part for part in name.split("/") if part != "index"] or ["index"]
    return parts[-1]


def _slug(name: str) -> str:
    """The same, however its words are joined."""
    return _last_part(name).casefold().replace("_", "-")


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())
