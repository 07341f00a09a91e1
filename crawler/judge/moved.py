"""Pure: what the redirects on the way to an answer say about the resource's lasting place."""

from collections.abc import Callable
from itertools import takewhile

from crawler import urls
from crawler.judge.hops import is_same
from crawler.judge.policy import Policy
from crawler.judge.signals import Case, Signals
from crawler.model import Reason

DIFFERENCES: tuple[tuple[Callable[[str, str], bool], Reason], ...] = (
    (urls.https_upgrade, Reason.HTTPS_UPGRADE),
    (urls.trivially_different, Reason.TRIVIAL_REDIRECT),
)
"""How the new place may differ from the old one, the least first."""


def lasting_place(signals: Signals) -> str | None:
    """Where the leading permanent redirects point, or None when that is where the list points.

    The resource's own fragment is kept unless a redirect sets one.
    """
    leading = tuple(takewhile(lambda hop: hop.permanent, signals.hops))
    if not leading or is_same(leading[0].source, leading[-1].target):
        return None
    place = leading[-1].target
    own_fragment = urls.fragment(urls.normal_form(signals.resource.url))
    return urls.with_fragment(place, urls.fragment(place) or own_fragment)


def lasts(signals: Signals) -> bool:
    """Whether permanent redirects alone led to the answer, and to another page than the listed one."""
    away = signals.hops
    if not away or not all(hop.permanent for hop in away):
        return False
    return not urls.trivially_different(away[0].source, away[-1].target)


def moved(case: Case, _policy: Policy) -> Reason | None:
    """By how much the lasting place differs from the listed one, if it does."""
    place = lasting_place(case.signals)
    if place is None:
        return None
    listed = urls.normal_form(case.signals.resource.url)
    found = (reason for differs, reason in DIFFERENCES if differs(listed, place))
    return next(found, Reason.PERMANENT_REDIRECT)
