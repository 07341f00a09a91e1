"""Pure: what provably stands in the resource's place although the status is 2xx."""

from crawler.judge import http, paths, redirects
from crawler.judge.policy import Policy
from crawler.model import Evidence, Reason


def missing_page(evidence: Evidence, _policy: Policy) -> Reason | None:
    """That a resource which is not named like one redirects to the site's page for missing pages."""
    hops = redirects.hops(evidence.facts)
    if not hops or not http.succeeded(evidence) or paths.leads_to_missing_page(hops[0].source):
        return None
    landing = evidence.facts.exchanges[-1].target_uri
    return Reason.SOFT_404 if paths.leads_to_missing_page(landing) else None
