"""Pure: maintenance notices in the resource's place."""

from crawler.judge import notice_phrases, paths
from crawler.judge.page_names import PageNames
from crawler.judge.signals import Case, Signals
from crawler.judge.thresholds import MAINTENANCE_WORDS
from crawler.model import Page, Reason


def maintenance_notice(case: Case, page: Page) -> Reason | None:
    """`maintenance` if title, first heading, or the URL it redirects to are those of a notice.

    The page must have fewer than 250 words, and an agreement < 0.6, and must not be listed as one.
    """
    signals = case.signals
    if page.word_count >= MAINTENANCE_WORDS or _says(signals.listed_names):
        return None
    says = _says(signals.names)
    is_notice = says or _redirects_to_notice(signals)
    return Reason.MAINTENANCE if is_notice and not signals.agrees else None


def _says(names: PageNames) -> bool:
    return names.contain(notice_phrases.MAINTENANCE, notice_phrases.MAINTENANCE_ALONE)


def _redirects_to_notice(signals: Signals) -> bool:
    hops = signals.hops
    if not hops or paths.is_maintenance_page(hops[0].source):
        return False
    return paths.is_maintenance_page(signals.final_url)
