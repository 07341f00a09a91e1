"""Pure: default pages of servers and hosters in the resource's place."""

from crawler import urls
from crawler.judge.default_pages import COMMON_WORDS, NAMES, PAGES, PATHS, DefaultPage
from crawler.judge.page_names import plain
from crawler.judge.signals import Case, Signals
from crawler.judge.thresholds import BARE_WORDS, FEW_WORDS
from crawler.model import Page, Reason


def default_page(case: Case, page: Page) -> Reason | None:
    """`placeholder` if the page is a known default page, by its URL, or by its title and words.

    Its agreement without the domain's names must be < 0.6; a default page with the words of its maker
    agrees by title and heading alone, as its text is not about the resource. A listed title with
    nothing but words like "web server" must be the page's whole title.
    """
    signals = case.signals
    if signals.hops and urls.path(signals.final_url) in PATHS:
        return None if signals.agrees_without_domain else Reason.PLACEHOLDER
    rows = _rows_of(signals, page)
    if not rows or _is_published(page):
        return None
    return None if _agrees(signals, rows) else Reason.PLACEHOLDER


def _agrees(signals: Signals, rows: list[DefaultPage]) -> bool:
    listed = signals.listed_title
    if COMMON_WORDS.issuperset(listed.sought_words):
        return bool(listed.words) and set(listed.words) == set(signals.own_title.words)
    if any(row.says for row in rows):
        return signals.is_named_without_domain
    return signals.agrees_without_domain


def _rows_of(signals: Signals, page: Page) -> list[DefaultPage]:
    """The rows that the page meets."""
    title, heading = signals.title_and_heading
    bare = signals.opening if page.word_count < BARE_WORDS else ""
    name = plain(title or heading or bare)
    if not NAMES.fullmatch(name):
        return []
    said = plain(f"{signals.opening} {page.description.value if page.description else ''}")
    return [
        row
        for row in PAGES
        if page.word_count < row.max_words
        and row.name.fullmatch(name)
        and (not row.says or any(words in said for words in row.says))
    ]


def _is_published(page: Page) -> bool:
    """Whether the page was made for readers: an article with a title like that of a default page."""
    if page.published or page.feed_url:
        return True
    return page.word_count >= FEW_WORDS and bool(page.canonical_url or page.site_name)
