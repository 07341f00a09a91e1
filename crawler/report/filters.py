"""Pure: words that choose among findings: a class, a verdict of the latest check, a category."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.model import FindingClass, Verdict
from crawler.report.wording.state_words import CLASS_WORDS

_CLASSES = {
    **{CLASS_WORDS[kind]: kind for kind in FindingClass},
    **{kind.value: kind for kind in FindingClass},
}
"""As a person reads them, and as they are called in files."""
_VERDICTS = {verdict.value: verdict for verdict in Verdict if verdict.value not in _CLASSES}


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterChoice:
    """What some words of a person choose."""

    filters: tuple[str, ...] = ()
    """The words that name no resources."""
    kinds: frozenset[str] = frozenset()
    """Those of them that name classes and verdicts."""
    categories: frozenset[str] = frozenset()
    """The categories that the others mean, in lower case."""
    others: tuple[str, ...] = ()
    """Words that name resources."""

    def fits(self, kind: FindingClass | None, verdict: Verdict | None, category: str) -> bool:
        """Whether a link is of one of the classes or verdicts, and in one of the categories."""
        is_of_kind = not self.kinds or any(
            kind is _CLASSES[word] if word in _CLASSES else verdict is _VERDICTS[word]
            for word in self.kinds
        )
        return is_of_kind and (not self.categories or category.casefold() in self.categories)


def choose(words: Sequence[str], known: Iterable[tuple[str, str]] = ()) -> FilterChoice:
    """The words, divided into those that mean a class, a verdict or a category, and the others.

    `known` has the key and the category of every resource. The beginning of a category is enough; a key
    of the list, and what is a number, is no category.
    """
    lowered = {word: word.strip().casefold() for word in words}
    sought, keys, names = set(lowered.values()), set[str](), set[str]()
    for key, category in known:
        names.add(category)
        if (low := key.casefold()) in sought:
            keys.add(low)
    kinds = frozenset(low for low in sought if low in _CLASSES or low in _VERDICTS)
    categories = set(map(str.casefold, names))
    meant = {low: _meant(low, categories) for low in sought - kinds - keys}
    filters = tuple(w for w, low in lowered.items() if low in kinds or meant.get(low))
    return FilterChoice(
        filters=filters,
        kinds=kinds,
        categories=frozenset().union(*meant.values()),
        others=tuple(word for word in lowered if word not in filters),
    )


def _meant(word: str, categories: Iterable[str]) -> frozenset[str]:
    if not word or word.isdecimal():
        return frozenset()
    begun = frozenset(name for name in categories if name.startswith(word))
    return frozenset({word}) if word in begun else begun
