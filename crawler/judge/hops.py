"""Pure: the redirects on the way to an answer."""

from dataclasses import dataclass

from crawler import urls
from crawler.model import Answer, Exchange, Facts, Redirect, RedirectKind

PERMANENT_STATUS_CODES = frozenset({301, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One redirect on the way."""

    source: str
    target: str
    """Absolute URL, fragment included."""
    permanent: bool


def hops_of(facts: Facts) -> tuple[Hop, ...]:
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


def is_same(first: str, second: str) -> bool:
    """Whether two URLs are the same up to their fragments."""
    return urls.without_fragment(first) == urls.without_fragment(second)


def _is_permanent(exchange: Exchange, redirect: Redirect) -> bool:
    if redirect.kind is RedirectKind.LOCATION:
        return exchange.status_code in PERMANENT_STATUS_CODES
    return redirect.delay == 0
