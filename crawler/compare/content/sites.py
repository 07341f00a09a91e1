"""Pure: when many pages of a site change in one night, that is one event."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from crawler.model import ContentChange, ContentComparison, SiteChange

SiteComparison = tuple[str, str, ContentComparison]
"""A site, the key of one of its resources, and how its text has changed."""

_MIN_PAGES = 3
_MIN_SHARE = 0.5
"""Of the pages of a site that were compared."""


def site_changes(compared: Iterable[SiteComparison]) -> tuple[SiteChange, ...]:
    """The sites of which many pages changed alike, of all that were compared in one night.

    Pages changed alike when the same lines came or went, or when they are all rewritten.
    """
    by_site: defaultdict[str, list[tuple[str, ContentComparison]]] = defaultdict(list)
    for site, key, comparison in compared:
        by_site[site].append((key, comparison))
    return tuple(
        SiteChange(site=site, keys=keys, compared=len(pages))
        for site, pages in by_site.items()
        if len(keys := tuple(_alike(pages))) >= max(_MIN_PAGES, _MIN_SHARE * len(pages))
    )


def _alike(pages: list[tuple[str, ContentComparison]]) -> Iterator[str]:
    """The keys of the pages that changed alike."""
    news = [(key, one) for key, one in pages if one.is_news]
    counts = Counter(trace for _, one in news for trace in set(one.traces))
    most = max(_MIN_PAGES, _MIN_SHARE * len(pages))
    for key, one in news:
        is_common = any(counts[trace] >= most for trace in one.traces)
        if is_common or one.change is not ContentChange.EDITED:
            yield key
