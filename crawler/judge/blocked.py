"""Pure: what a server answers instead of the page, because we are an anonymous robot."""

from collections.abc import Callable
from dataclasses import dataclass

from crawler import urls
from crawler.judge import paths
from crawler.judge.policy import Policy
from crawler.judge.signals import Case, Signals
from crawler.judge.thresholds import HALF
from crawler.model import Exchange, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A header field by which a bot filter tells that it stands in the page's place."""

    field: str
    values: frozenset[str] | None = None
    """None: any value."""
    status_codes: frozenset[int] | None = None
    """None: any status."""


MARKS: tuple[Mark, ...] = (
    Mark(field="cf-mitigated", values=frozenset({"challenge"})),
    Mark(field="x-amzn-waf-action", values=frozenset({"captcha", "challenge"})),
    Mark(field="x-vercel-mitigated", values=frozenset({"challenge", "deny"})),
    # Kasada and DataDome send their fields with other answers too: only a refusal makes them a mark.
    Mark(field="x-kpsdk-ct", status_codes=frozenset({403, 429})),
    Mark(field="x-datadome", status_codes=frozenset({401, 403, 405, 429})),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Up to where a page with marks of one family holds a challenge and nothing else."""

    family: str
    """How the codes of its marks begin."""
    words: int
    """From this many on it holds more."""
    agreeing: int
    """The same for a page that agrees with the list's title."""
    but: frozenset[int] = frozenset()
    """Status codes with which it is no challenge."""


LIMITS: tuple[Limit, ...] = (
    # A filter's own page may name the site, and so agree with its title.
    Limit(family="challenge_", words=250, agreeing=100),
    Limit(family="captcha_", words=60, agreeing=0, but=frozenset({404, 410})),
)


def challenge(case: Case, policy: Policy) -> Reason | None:
    """That a bot filter asks for proof of a human, whatever its status unless that is accepted."""
    last, signals = case.facts.exchanges[-1], case.signals
    if last.status_code in policy.accept:
        return None
    asks = any(_bears(last, mark) for mark in MARKS) or _is_challenge(signals)
    return Reason.BOT_CHALLENGE if asks or _was_sent(signals, paths.leads_to_challenge) else None


def _is_challenge(signals: Signals) -> bool:
    page = signals.page
    if page is None or not page.marks:
        return False
    status_code = signals.facts.exchanges[-1].status_code
    return any(
        page.word_count < (limit.agreeing if _agrees(signals) else limit.words)
        for limit in LIMITS
        if any(mark.startswith(limit.family) for mark in page.marks)
        and status_code not in limit.but
    )


def _agrees(signals: Signals) -> bool:
    return (signals.agreement or 0) >= HALF


def sign_in(case: Case, _policy: Policy) -> Reason | None:
    """That a resource which is no sign-in page itself redirects to one."""
    was_sent = _was_sent(case.signals, paths.leads_to_sign_in)
    return Reason.LOGIN_REQUIRED if was_sent else None


def consent(case: Case, _policy: Policy) -> Reason | None:
    """That a resource redirects to another host, which asks for consent first."""
    hops, landing = case.signals.hops, case.signals.landing
    if not hops or urls.host(hops[0].source) == urls.host(landing):
        return None
    return Reason.CONSENT_WALL if paths.leads_to_consent(landing) else None


def _was_sent(signals: Signals, is_such: Callable[[str], bool]) -> bool:
    """Whether redirects led from a page that is not such a one to one that is."""
    hops = signals.hops
    return bool(hops) and is_such(signals.landing) and not is_such(hops[0].source)


def _bears(exchange: Exchange, mark: Mark) -> bool:
    if mark.status_codes is not None and exchange.status_code not in mark.status_codes:
        return False
    values = [value.strip().lower() for name, value in exchange.fields if name == mark.field]
    return any(mark.values is None or value in mark.values for value in values)


RULES = (challenge, sign_in, consent)
"""All of them."""
