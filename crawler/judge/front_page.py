"""Pure: whether a deep URL only leads to its site's front page any more."""

from crawler.judge import siblings
from crawler.judge.signals import Case
from crawler.model import Page, Reason


def redirected(case: Case, _page: Page) -> Reason | None:
    """That the host sends made-up URLs there too, and nothing on the page is what the list means."""
    signals = case.signals
    if not signals.leads_to_front or signals.agrees:
        return None
    same = siblings.go_home(case) if signals.leads_home else siblings.go_along(case)
    return Reason.REDIRECTED_TO_HOME if same and siblings.prove(case) else None


def perhaps_redirected(case: Case, _page: Page) -> Reason | None:
    """That it leads there, and the front page does not call itself what the list does."""
    signals = case.signals
    if signals.leads_home:
        doubtful = not signals.is_called_so
    else:
        sold = signals.leads_to_front and signals.leads_to_other_site
        doubtful = sold and signals.disagrees
    return Reason.SUSPECT_REDIRECT_HOME if doubtful else None
