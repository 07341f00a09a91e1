"""Pure: when many pages of a site change in one night, that is one event."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from crawler.model import ContentChange, ContentComparison, SiteChange

SiteComparison = tuple[str, str, ContentComparison]
"""A site, the key of one of its resources, and how its text has changed."""

_MIN_PAGES = 3
_MIN_SHARE = 0.5
"""Of the pages of a site that were compared."""


class ComparedSites:
    """The comparisons of one night, by site; only news is kept, as there may be a million of others."""

    def __init__(self) -> None:
        self._pages = Counter[str]()
        self._news: defaultdict[str, list[tuple[str, ContentComparison]]] = defaultdict(list)

    def note(self, compared: SiteComparison) -> None:
        """Add the comparison of one page."""
        site, key, comparison = compared
        self._pages[site] += 1
        if comparison.is_news:
            self._news[site].append((key, comparison))

    def changes(self) -> Iterator[SiteChange]:
        """The sites of which many pages changed alike, of all that were compared.

        Pages changed alike when the same lines came or went, or when they are all rewritten.
        """
        for site, news in self._news.items():
            compared = self._pages[site]
            most = max(_MIN_PAGES, _MIN_SHARE * compared)
            keys = tuple(_alike(news, most))
            if len(keys) >= most:
                yield SiteChange(site=site, keys=keys, compared=compared)


def _alike(news: Sequence[tuple[str, ContentComparison]], most: float) -> Iterator[str]:
    """The keys of the pages that changed alike."""
    counts = Counter(trace for _, one in news for trace in set(one.traces))
    for key, one in news:
        is_common = any(counts[trace] >= most for trace in one.traces)
        if is_common or one.change is not ContentChange.EDITED:
            yield key
