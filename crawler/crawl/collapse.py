"""Pure: several listed pages of one site that have become the same page."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b

from crawler import urls
from crawler.judge import paths
from crawler.judge.thresholds import BARE_WORDS
from crawler.model import SEEN_CHARACTERS, Check, Lane, Page


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


def collapsed_counts(
    checks: Iterable[Check], text_marks: Mapping[str, Hashable]
) -> dict[str, int]:
    """By resource key, how many listed pages of the site are the same page now: 2 or more.

    Pages are the same when they redirect to one URL, or have the same text. `text_marks` are those
    of the checks' pages, by resource key.
    """
    groups: dict[Hashable, dict[str, Hashable]] = {}
    for check in checks:
        for sameness in _samenesses(check, text_marks.get(check.resource.key)):
            groups.setdefault(sameness, {})[check.resource.key] = _page_identity(
                check.facts.first_url
            )
    counts: dict[str, int] = {}
    for pages in groups.values():
        count = len(set(pages.values()))
        if count > 1:
            counts |= {key: max(count, counts.get(key, 0)) for key in pages}
    return counts


class SharedPages:
    """Pages that several listed URLs of a site show, with the same title, heading and text."""

    def __init__(self) -> None:
        self._marks: dict[str, Hashable] = {}
        """By resource key."""
        self._pages: dict[Hashable, Page | None] = {}
        """By mark; None for a page that was seen once."""

    def note(self, check: Check, text_mark: bytes | None) -> None:
        """Remember the page of a check, in the place of that of an earlier look."""
        # Of a page that is suspected already, only the facts remain.
        page = check.page or check.facts.seen
        self._marks.pop(check.resource.key, None)
        if page is None or text_mark is None or not check.facts.succeeded:
            return
        title = page.title.value if page.title else ""
        mark = hash((site(check.facts.first_url), text_mark, title, page.first_heading))
        self._marks[check.resource.key] = mark
        is_first = mark not in self._pages
        if is_first or self._pages[mark] is None:
            # Of most pages, there is only one: the text of those would fill the memory.
            seen = replace(page, text=page.text[:SEEN_CHARACTERS], main_text="")
            self._pages[mark] = None if is_first else seen

    def of(self, check: Check) -> Page | None:
        """The page of the check, if another check has it as well."""
        return self._pages.get(self._marks.get(check.resource.key))

    def counts(self, checks: Iterable[Check]) -> dict[str, int]:
        """By resource key, how many of the site's listed pages are this one: 2 or more."""
        return collapsed_counts(filter(self.of, checks), self._marks)


def _samenesses(check: Check, text_mark: Hashable) -> Iterator[Hashable]:
    """What the check has in common with others of its site if their page is the same."""
    facts = check.facts
    if not facts.succeeded:
        return
    listed, final = facts.first_url, facts.final_url
    if not urls.trivially_different(listed, final):
        yield site(listed), final
    if text_mark is not None:
        yield site(listed), text_mark


def _page_identity(url: str) -> Hashable:
    """Equal for URLs that very likely have always been one page."""
    query = url.partition("?")[2] if paths.is_chosen_by_query(url) else ""
    path = urls.path(url)
    if paths.is_index_file(url):
        path = path.rpartition("/")[0]
    return urls.host(url).removeprefix("www."), path.rstrip("/"), query
