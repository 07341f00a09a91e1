"""Pure: listed pages of one site that have become one and the same."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from hashlib import blake2b

from crawler import urls
from crawler.judge.thresholds import BARE_WORDS
from crawler.model import Check, Lane, Page


def sites(lanes: Iterable[Lane]) -> frozenset[str]:
    """The sites of which several pages are listed, which may become one."""
    pages = Counter(site(target.url) for lane in lanes for target in lane.targets)
    return frozenset(name for name, number in pages.items() if number > 1)


def site(url: str) -> str:
    """All that lies under one registered domain."""
    return urls.registrable_domain(urls.host(url))


def text_mark(page: Page | None) -> bytes | None:
    """Equal for pages with the same text; None for those with next to none."""
    if page is None or page.word_count < BARE_WORDS:
        return None
    return blake2b(page.text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def collapsed(checks: Iterable[Check], text_marks: Mapping[str, bytes | None]) -> dict[str, int]:
    """How many listed pages of its site ended as the same page as this one, by key, from two on.

    That is at one final URL which is not their own, or with the same text, marked by key.
    """
    groups: dict[Hashable, dict[str, Hashable]] = {}
    for check in checks:
        for end in _ends(check, text_marks.get(check.resource.key)):
            groups.setdefault(end, {})[check.resource.key] = _place(check.facts.first_url)
    counts: dict[str, int] = {}
    for places in groups.values():
        count = len(set(places.values()))
        if count > 1:
            counts |= {key: max(count, counts.get(key, 0)) for key in places}
    return counts


def _ends(check: Check, text_mark: bytes | None) -> Iterator[Hashable]:
    facts = check.facts
    if not facts.succeeded:
        return
    listed, final = facts.first_url, facts.final_url
    if not urls.trivially_different(listed, final):
        yield site(listed), final
    if text_mark is not None:
        yield site(listed), text_mark


def _place(url: str) -> Hashable:
    """Equal for URLs that one page has in all likelihood."""
    query = url.partition("?")[2]
    return urls.host(url).removeprefix("www."), urls.path(url).rstrip("/"), query
