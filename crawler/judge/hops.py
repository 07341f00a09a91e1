"""Pure: the redirects between the listed URL and the answer."""

from dataclasses import dataclass

from crawler import urls
from crawler.model import Answer, Exchange, Facts, Redirect, RedirectKind

PERMANENT_STATUS_CODES = frozenset({301, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One redirect."""

    source: str
    target: str
    """Absolute URL, fragment included."""
    permanent: bool


def hops_of(facts: Facts) -> tuple[Hop, ...]:
    """The redirects from the listed URL on, in order; the last target may not have been asked."""
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


def is_same_url(first: str, second: str) -> bool:
    """Whether two URLs differ in nothing but their fragments."""
    return urls.without_fragment(first) == urls.without_fragment(second)


def _is_permanent(exchange: Exchange, redirect: Redirect) -> bool:
    """Whether it is a 301 or 308, or a refresh without delay."""
    if redirect.kind is RedirectKind.LOCATION:
        return exchange.status_code in PERMANENT_STATUS_CODES
    return redirect.delay == 0
