"""Pure: whether a deep URL only leads to its site's front page any more."""

from crawler.judge import siblings, signals
from crawler.model import Evidence, Page, Reason


def redirected(evidence: Evidence, page: Page) -> Reason | None:
    """That the host sends made-up URLs there too, and nothing on the page is what the list means."""
    if not signals.leads_to_front(evidence) or signals.agrees(evidence, page):
        return None
    home = signals.leads_home(evidence)
    same = siblings.go_home(evidence) if home else siblings.go_along(evidence)
    return Reason.REDIRECTED_TO_HOME if same and siblings.prove(evidence) else None


def perhaps_redirected(evidence: Evidence, page: Page) -> Reason | None:
    """That it leads there, and the front page does not call itself what the list does."""
    if signals.leads_home(evidence):
        doubtful = not signals.is_called_so(evidence, page)
    else:
        sold = signals.leads_to_front(evidence) and signals.leads_to_other_site(evidence)
        doubtful = sold and signals.disagrees(evidence, page)
    return Reason.SUSPECT_REDIRECT_HOME if doubtful else None
