"""Pure: words that choose among findings: a class, a verdict of the latest check, a category."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.model import FindingClass, Resource, Verdict
from crawler.report.findings import Finding
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

    def fits(self, finding: Finding) -> bool:
        """Whether the finding is of one of the classes or verdicts, and in one of the categories."""
        is_of_kind = not self.kinds or any(_is_of(finding, word) for word in self.kinds)
        category = finding.resource.category.casefold()
        return is_of_kind and (not self.categories or category in self.categories)


def choose(words: Sequence[str], resources: Iterable[Resource]) -> FilterChoice:
    """The words, divided into those that mean a class, a verdict or a category, and the others.

    The beginning of a category is enough; a key of the list, and what is a number, is no category.
    """
    keys, names = set[str](), set[str]()
    for resource in resources:
        keys.add(resource.key.casefold())
        names.add(resource.category.casefold())
    lowered = {word: word.strip().casefold() for word in words}
    kinds = frozenset(low for low in lowered.values() if low in _CLASSES or low in _VERDICTS)
    meant = {low: _meant(low, names) for low in lowered.values() if low not in kinds | keys}
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


def _is_of(finding: Finding, word: str) -> bool:
    if word in _CLASSES:
        return finding.kind is _CLASSES[word]
    return finding.verdict is _VERDICTS[word]
