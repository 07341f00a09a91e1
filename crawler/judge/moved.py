"""Pure: permanent redirects, and the URL that they suggest for the list."""

from collections.abc import Callable
from itertools import takewhile

from crawler import urls
from crawler.judge.hops import is_same_url
from crawler.judge.policy import Policy
from crawler.judge.signals import Case, Signals
from crawler.model import Reason

DIFFERENCES: tuple[tuple[Callable[[str, str], bool], Reason], ...] = (
    (urls.https_upgrade, Reason.HTTPS_UPGRADE),
    (urls.trivially_different, Reason.TRIVIAL_REDIRECT),
)
"""How the suggested URL may differ from the listed one, the smallest difference first."""


def permanent_redirect(case: Case, _policy: Policy) -> Reason | None:
    """How the suggested URL differs from the listed one, if there is one.

    A redirect that a person accepted is the way to the resource, as a temporary one is.
    """
    suggested, accepted = suggested_url(case.signals), case.signals.accepted
    if suggested is None or (accepted and accepted.redirect == suggested):
        return None
    listed = urls.normal_form(case.signals.resource.url)
    found = (reason for differs, reason in DIFFERENCES if differs(listed, suggested))
    return next(found, Reason.PERMANENT_REDIRECT)


def suggested_url(signals: Signals) -> str | None:
    """Where the leading permanent redirects point, or None when that is the listed URL.

    The resource's own fragment is kept unless a redirect sets one.
    """
    leading = tuple(takewhile(lambda hop: hop.permanent, signals.hops))
    if not leading or is_same_url(leading[0].source, leading[-1].target):
        return None
    target = leading[-1].target
    own_fragment = urls.fragment(urls.normal_form(signals.resource.url))
    return urls.with_fragment(target, urls.fragment(target) or own_fragment)


def has_moved_for_good(signals: Signals) -> bool:
    """Whether all redirects are permanent, and lead to a URL that differs more than trivially."""
    hops = signals.hops
    if not hops or not all(hop.permanent for hop in hops):
        return False
    return not urls.trivially_different(hops[0].source, hops[-1].target)
