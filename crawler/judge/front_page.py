"""Pure: deep URLs that redirect to a front page."""

from crawler.judge import siblings
from crawler.judge.replaced import is_last_good
from crawler.judge.signals import Case
from crawler.model import Page, Reason


def redirected_to_home(case: Case, _page: Page) -> Reason | None:
    """`redirected_to_home` if resource and siblings redirect to a front page, and agreement is < 0.6."""
    signals = case.signals
    if not signals.leads_to_front_page or siblings.name_fit(case).agrees:
        return None
    same = siblings.lead_home(case) if signals.leads_home else siblings.lead_with_resource(case)
    return Reason.REDIRECTED_TO_HOME if same and siblings.may_convict(case) else None


def maybe_redirected_to_home(case: Case, _page: Page) -> Reason | None:
    """`suspect_redirect_home` if it redirects to its front page, which does not have the listed name.

    For the front page of another domain, agreement must be < 0.34 instead, and it must not be the last
    good page.
    """
    signals = case.signals
    if signals.leads_home:
        is_doubtful = not siblings.name_fit(case).is_named
    else:
        left = signals.leads_to_front_page and signals.leads_to_other_domain
        is_doubtful = left and siblings.name_fit(case).disagrees and not is_last_good(case)
    return Reason.SUSPECT_REDIRECT_HOME if is_doubtful else None
