"""Pure: whether a deep URL only leads to its site's front page any more."""

from crawler.judge import siblings, signals
from crawler.model import Evidence, Page, Reason


def redirected(evidence: Evidence, page: Page) -> Reason | None:
    """That the host sends made-up URLs there too, and nothing on the page is what the list means."""
    if not signals.leads_home(evidence) or signals.agrees(evidence, page):
        return None
    proven = siblings.prove(evidence) and siblings.go_home(evidence)
    return Reason.REDIRECTED_TO_HOME if proven else None


def perhaps_redirected(evidence: Evidence, page: Page) -> Reason | None:
    """That it leads there, and the front page does not call itself what the list does."""
    if not signals.leads_home(evidence) or signals.is_called_so(evidence, page):
        return None
    return Reason.SUSPECT_REDIRECT_HOME
