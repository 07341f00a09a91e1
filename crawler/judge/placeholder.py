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
    name = _name(signals, page)
    if not NAMES.fullmatch(name) or _is_published(page):
        return None
    said = plain(f"{signals.opening} {page.description.value if page.description else ''}")
    rows = [row for row in PAGES if _is_met(row, page, name, said)]
    return Reason.PLACEHOLDER if rows and not _agrees(signals, rows, said) else None


def _agrees(signals: Signals, rows: list[DefaultPage], said: str) -> bool:
    listed = signals.listed_title
    if COMMON_WORDS.issuperset(listed.sought_words):
        return bool(listed.words) and set(listed.words) == set(signals.own_title.words)
    if any(_says(row, said) for row in rows):
        return signals.is_named_without_domain
    return signals.agrees_without_domain


def _name(signals: Signals, page: Page) -> str:
    title, heading = signals.title_and_heading
    bare = signals.opening if page.word_count < BARE_WORDS else ""
    return plain(title or heading or bare)


def _is_met(row: DefaultPage, page: Page, name: str, said: str) -> bool:
    if page.word_count >= row.max_words or not row.name.fullmatch(name):
        return False
    return not row.says or page.word_count < row.bare_words or _says(row, said)


def _says(row: DefaultPage, said: str) -> bool:
    return any(words in said for words in row.says)


def _is_published(page: Page) -> bool:
    """Whether the page was made for readers: an article with a title like that of a default page."""
    if page.published or page.feed_url:
        return True
    return page.word_count >= FEW_WORDS and bool(page.canonical_url or page.site_name)
