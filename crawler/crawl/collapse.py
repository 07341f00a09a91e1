"""Pure: several listed pages of one site that have become the same page."""

from array import array
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import chain, groupby

from crawler import urls
from crawler.judge import paths
from crawler.judge.thresholds import BARE_WORDS
from crawler.model import Check, Lane, Page


def sites_with_several_pages(lanes: Iterable[Lane]) -> frozenset[str]:
    """The sites that have more than one target."""
    targets = Counter(site(target.url) for lane in lanes for target in lane.targets)
    return frozenset(name for name, number in targets.items() if number > 1)


def site(url: str) -> str:
    """The registrable domain of the URL."""
    return urls.registrable_domain(urls.host(url))


def text_mark(page: Page | None) -> bytes | None:
    """A digest of the page's text; None for a page with fewer than `BARE_WORDS` words."""
    if page is None or page.word_count < BARE_WORDS:
        return None
    return blake2b(page.text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class CollapsedPages:
    """Which listed pages of a site are the same page now; 32 bytes for each, as there may be a million.

    Pages are the same when they redirect to one URL, or have the same text; they look the same when
    they have the same title and heading as well.
    """

    def __init__(self, size: int) -> None:
        """`size` is the number of resources, which are known by their numbers from 0 here."""
        nothing = bytes(8 * size)
        self._identities = array("q", nothing)
        """Hashes, as the next three are; 0 for none. Of what was listed."""
        self._ends = array("q", nothing)
        """Of site and final URL, if it is another one."""
        self._texts = array("q", nothing)
        """Of site and text."""
        self._faces = array("q", nothing)
        """Of site, text, title and heading."""

    def note(self, number: int, check: Check, text_mark: bytes | None) -> None:
        """Remember the check of a resource, in the place of that of an earlier look.

        `text_mark` is that of its page; None where texts are not compared.
        """
        facts = check.facts
        # Of a page that is suspected already, only the facts remain.
        page = check.page or facts.seen
        listed, final = facts.first_url, facts.final_url
        has_left = facts.succeeded and not urls.trivially_different(listed, final)
        has_text = facts.succeeded and text_mark is not None
        self._identities[number] = hash(_page_identity(listed)) if has_left or has_text else 0
        self._ends[number] = hash((site(listed), final)) if has_left else 0
        self._texts[number] = hash((site(listed), text_mark)) if has_text else 0
        title = page.title.value if page and page.title else ""
        face = page and (self._texts[number], title, page.first_heading)
        self._faces[number] = hash(face) if has_text and face else 0

    def counts(self) -> dict[int, int]:
        """By number, how many listed pages of the site are the same page now: 2 or more."""
        everyone = range(len(self._ends))
        return self._larger(self._ends, self._texts, everyone)

    def alike_counts(self) -> dict[int, int]:
        """By number, of pages that look like another one, how many of these are the same: 2 or more."""
        alike = [n for group in _groups(self._faces, range(len(self._faces))) for n in group]
        return self._larger(self._ends, self._faces, alike)

    def _larger(
        self, one: Sequence[int], other: Sequence[int], numbers: Collection[int]
    ) -> dict[int, int]:
        """The larger of two counts, by number."""
        counts: dict[int, int] = {}
        for group in chain(_groups(one, numbers), _groups(other, numbers)):
            count = len({self._identities[number] for number in group})
            if count > 1:
                counts |= {number: max(count, counts.get(number, 0)) for number in group}
        return counts


def _groups(hashes: Sequence[int], numbers: Iterable[int]) -> Iterator[Sequence[int]]:
    """The numbers that have the same hash, where several have it."""
    hashed = sorted(filter(hashes.__getitem__, numbers), key=hashes.__getitem__)
    for _, same in groupby(hashed, key=hashes.__getitem__):
        group = tuple(same)
        if len(group) > 1:
            yield group


def _page_identity(url: str) -> Hashable:
    """Equal for URLs that very likely have always been one page."""
    query = url.partition("?")[2] if paths.is_chosen_by_query(url) else ""
    path = urls.path(url)
    if paths.is_index_file(url):
        path = path.rpartition("/")[0]
    return urls.host(url).removeprefix("www."), path.rstrip("/"), query
