"""Pure: what the redirects on the way to an answer say about the resource's lasting place."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from crawler import urls
from crawler.judge.policy import Policy
from crawler.model import Answer, Evidence, Exchange, Facts, Reason, Redirect, RedirectKind

PERMANENT_STATUS_CODES = frozenset({301, 308})

DIFFERENCES: tuple[tuple[Callable[[str, str], bool], Reason], ...] = (
    (urls.https_upgrade, Reason.HTTPS_UPGRADE),
    (urls.trivially_different, Reason.TRIVIAL_REDIRECT),
)
"""How the new place may differ from the old one, the least first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One redirect on the way."""

    source: str
    target: str
    """Absolute URI, fragment included."""
    permanent: bool


def hops(facts: Facts) -> tuple[Hop, ...]:
    """The redirects that lead away from the listed URL, in order, the last one perhaps not asked."""
    # The answer itself may carry a refresh that is too slow to be followed.
    away = facts.exchanges[:-1] if isinstance(facts.outcome, Answer) else facts.exchanges
    return tuple(
        Hop(
            source=exchange.target_uri,
            target=exchange.redirect.target,
            permanent=_is_permanent(exchange, exchange.redirect),
        )
        for exchange in away
        if exchange.redirect is not None
    )


def _is_permanent(exchange: Exchange, redirect: Redirect) -> bool:
    if redirect.kind is RedirectKind.LOCATION:
        return exchange.status_code in PERMANENT_STATUS_CODES
    return redirect.delay == 0


def lasting_place(evidence: Evidence) -> str | None:
    """Where the leading permanent redirects point, or None when that is where the list points.

    The resource's own fragment is kept unless a redirect sets one.
    """
    leading = tuple(takewhile(lambda hop: hop.permanent, hops(evidence.facts)))
    if not leading or is_same(leading[0].source, leading[-1].target):
        return None
    place = leading[-1].target
    own_fragment = urls.fragment(urls.normal_form(evidence.resource.url))
    return urls.with_fragment(place, urls.fragment(place) or own_fragment)


def lasts(evidence: Evidence) -> bool:
    """Whether permanent redirects alone led to the answer, and to another page than the listed one."""
    away = hops(evidence.facts)
    if not away or not all(hop.permanent for hop in away):
        return False
    return not urls.trivially_different(away[0].source, away[-1].target)


def moved(evidence: Evidence, _policy: Policy) -> Reason | None:
    """By how much the lasting place differs from the listed one, if it does."""
    place = lasting_place(evidence)
    if place is None:
        return None
    listed = urls.normal_form(evidence.resource.url)
    found = (reason for differs, reason in DIFFERENCES if differs(listed, place))
    return next(found, Reason.PERMANENT_REDIRECT)


def is_same(first: str, second: str) -> bool:
    """Whether two URIs are the same up to their fragments."""
    return urls.without_fragment(first) == urls.without_fragment(second)
