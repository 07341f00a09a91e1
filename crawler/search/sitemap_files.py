"""IO: the sitemaps of a site: those that robots.txt names, and those at the usual places."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterable

from crawler import urls
from crawler.search.asking import Asker
from crawler.successors.sitemaps import MAX_URLS, Sitemap, read_sitemap
from crawler.successors.slugs import slug_of

MAX_FILES = 5
"""Sitemaps of a site that are asked for."""
MAX_BYTES = 10_485_760
"""Unpacked, of all sitemaps of a site together."""


async def sitemaps_of(
    origin: str, asker: Asker, *, may_ask: Callable[[str], bool], words: Collection[str]
) -> AsyncIterator[tuple[str, Sitemap]]:
    """The sitemaps of an origin, each with its URL, as long as they stay within all limits.

    Of the many that an index may name, those whose URLs have one of the `words` come first.
    """
    waiting = [*asker.sitemaps(origin), f"{origin}/sitemap.xml"]
    asked: set[str] = set()
    bytes_left, urls_left = MAX_BYTES, MAX_URLS
    while waiting and len(asked) < MAX_FILES and bytes_left > 0 and urls_left > 0:
        url = urls.target_uri(waiting.pop(0))
        if url in asked or urls.problem(url) or not may_ask(url):
            continue
        asked.add(url)
        content = await asker.file(url, bytes_left)
        # In a thread, so that transfers go on: each may take seconds.
        sitemap = await asyncio.to_thread(read_sitemap, content, urls_left)
        best = await asyncio.to_thread(_best_first, sitemap.sitemaps, words)
        bytes_left -= len(content)
        urls_left -= len(sitemap.pages)
        waiting[:0] = best
        yield url, sitemap


def _best_first(sitemaps: Iterable[str], words: Collection[str]) -> list[str]:
    """The first few, those with most of the words before others."""
    ranked = sorted(sitemaps, key=lambda url: -len(slug_of(url).words.intersection(words)))
    return ranked[:MAX_FILES]
