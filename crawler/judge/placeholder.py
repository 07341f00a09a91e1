"""Pure: default pages of servers and hosters in the resource's place."""

from crawler import urls
from crawler.judge.default_pages import PAGES, PATHS
from crawler.judge.page_names import plain
from crawler.judge.signals import Case, Signals
from crawler.model import Page, Reason


def default_page(case: Case, page: Page) -> Reason | None:
    """`placeholder` if the page is a known default page, by its URL, or by its title and length.

    Its agreement without the domain's names must be < 0.6.
    """
    signals = case.signals
    was_sent = signals.hops and urls.path(signals.final_url) in PATHS
    is_known = was_sent or _is_known(signals, page)
    return Reason.PLACEHOLDER if is_known and not signals.agrees_without_domain else None


def _is_known(signals: Signals, page: Page) -> bool:
    rows = [row for row in PAGES if page.word_count < row.max_words]
    if not rows:
        return False
    title, heading = signals.title_and_heading
    name, opening = plain(title or heading), signals.opening.casefold()
    return any(row.name.fullmatch(name) and row.says in opening for row in rows)
