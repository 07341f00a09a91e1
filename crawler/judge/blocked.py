"""Pure: walls in front of the page for anonymous robots: bot challenge, sign-in, consent."""

from collections.abc import Callable
from dataclasses import dataclass

from crawler import urls
from crawler.judge import paths
from crawler.judge.policy import Policy
from crawler.judge.signals import Case, Signals
from crawler.judge.thresholds import HALF_AGREEMENT
from crawler.model import Exchange, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterField:
    """A header field that a bot filter sends with its challenge."""

    name: str
    values: frozenset[str] | None = None
    """None: any value."""
    status_codes: frozenset[int] | None = None
    """None: any status."""

    def is_in(self, exchange: Exchange) -> bool:
        """Whether the response has the field, with such a value and status."""
        if self.status_codes is not None and exchange.status_code not in self.status_codes:
            return False
        return any(
            name == self.name and (self.values is None or value.strip().lower() in self.values)
            for name, value in exchange.fields
        )


FILTER_FIELDS: tuple[FilterField, ...] = (
    FilterField(name="cf-mitigated", values=frozenset({"challenge"})),
    FilterField(name="x-amzn-waf-action", values=frozenset({"captcha", "challenge"})),
    FilterField(name="x-vercel-mitigated", values=frozenset({"challenge", "deny"})),
    # Kasada and DataDome send their fields with other answers too: only a refusal is a challenge.
    FilterField(name="x-kpsdk-ct", status_codes=frozenset({403, 429})),
    FilterField(name="x-datadome", status_codes=frozenset({401, 403, 405, 429})),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeLimit:
    """How long a page with a challenge's marks may be and still be nothing but a challenge."""

    mark_prefix: str
    """How the codes of the marks begin."""
    words: int
    """With this many words, the page is more than a challenge."""
    agreeing_words: int
    """The same for a page whose agreement with the listed title is >= 0.5."""
    never_with: frozenset[int] = frozenset()
    """Status codes with which it is no challenge."""


CHALLENGE_LIMITS: tuple[ChallengeLimit, ...] = (
    # A filter's own page may name the site, and so agree with its title.
    ChallengeLimit(mark_prefix="challenge_", words=250, agreeing_words=100),
    ChallengeLimit(
        mark_prefix="captcha_", words=60, agreeing_words=0, never_with=frozenset({404, 410})
    ),
)


def bot_challenge(case: Case, policy: Policy) -> Reason | None:
    """`bot_challenge` by a header field, by the page, or by the URL that it redirects to.

    The status does not matter, unless the settings accept it.
    """
    last, signals = case.facts.exchanges[-1], case.signals
    if last.status_code in policy.accept:
        return None
    is_challenge = (
        any(field.is_in(last) for field in FILTER_FIELDS)
        or _is_challenge(signals, last.status_code)
        or _redirects_to(signals, paths.is_challenge_page)
    )
    return Reason.BOT_CHALLENGE if is_challenge else None


def login_required(case: Case, _policy: Policy) -> Reason | None:
    """`login_required` if the resource is no sign-in page itself, but redirects to one."""
    was_sent = _redirects_to(case.signals, paths.is_sign_in_page)
    return Reason.LOGIN_REQUIRED if was_sent else None


def consent_wall(case: Case, _policy: Policy) -> Reason | None:
    """`consent_wall` if the resource redirects to a consent page on another host."""
    hops, final_url = case.signals.hops, case.signals.final_url
    if not hops or urls.host(hops[0].source) == urls.host(final_url):
        return None
    return Reason.CONSENT_WALL if paths.is_consent_page(final_url) else None


RULES = (bot_challenge, login_required, consent_wall)
"""All of them."""


def _is_challenge(signals: Signals, status_code: int) -> bool:
    """Whether the page has a challenge's marks, and is short enough to be nothing else."""
    page = signals.page
    if page is None or not page.marks:
        return False
    agrees = (signals.agreement or 0) >= HALF_AGREEMENT
    return any(
        page.word_count < (limit.agreeing_words if agrees else limit.words)
        for limit in CHALLENGE_LIMITS
        if any(mark.startswith(limit.mark_prefix) for mark in page.marks)
        and status_code not in limit.never_with
    )


def _redirects_to(signals: Signals, is_wall: Callable[[str], bool]) -> bool:
    """Whether redirects lead from a URL of another kind to one of this kind."""
    hops = signals.hops
    return bool(hops) and is_wall(signals.final_url) and not is_wall(hops[0].source)
