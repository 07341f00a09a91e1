"""Pure: walls in front of the page for anonymous robots: bot challenge, sign-in, consent."""

from collections.abc import Callable
from dataclasses import dataclass

from crawler import urls
from crawler.judge import notice_phrases, paths
from crawler.judge.page_names import PageNames
from crawler.judge.policy import Policy
from crawler.judge.signals import Case, Signals
from crawler.judge.thresholds import CONSENT_WORDS, HALF_AGREEMENT
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
    noindex_words: int
    """The same for a page that does not agree, and that search engines are told to leave out."""
    never_with: frozenset[int] = frozenset()
    """Status codes with which it is no challenge."""


CHALLENGE_LIMITS: tuple[ChallengeLimit, ...] = (
    # A filter's own page may name the site, and so agree with its title.
    ChallengeLimit(mark_prefix="challenge_", words=250, agreeing_words=100, noindex_words=1000),
    ChallengeLimit(
        mark_prefix="captcha_",
        words=60,
        agreeing_words=0,
        noindex_words=60,
        never_with=frozenset({404, 410}),
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
    """`consent_wall` if the resource redirects to a consent page on another host.

    That is one by its host; or, if agreement is < 0.6, by a path such as `/consent` with a way back in
    its query, or by its title, or by the heading of a page of fewer than 250 words.
    """
    signals = case.signals
    if not signals.hops:
        return None
    listed, final = signals.hops[0].source, signals.final_url
    if urls.host(listed).removeprefix("www.") == urls.host(final).removeprefix("www."):
        return None
    is_wall = paths.is_consent_page(final) or (
        not signals.agrees and (paths.is_consent_path(final, listed) or _asks_for_consent(signals))
    )
    return Reason.CONSENT_WALL if is_wall else None


def _asks_for_consent(signals: Signals) -> bool:
    page, (title, _) = signals.html_page, signals.title_and_heading
    if page is None or signals.listed_names.contain(notice_phrases.CONSENT):
        return False
    # The heading of a banner may come before those of the page.
    names = signals.names if page.word_count < CONSENT_WORDS else PageNames(title)
    return names.contain(notice_phrases.CONSENT)


RULES = (bot_challenge, login_required, consent_wall)
"""All of them."""


def _is_challenge(signals: Signals, status_code: int) -> bool:
    """Whether the page has a challenge's marks, and is short enough to be nothing else."""
    page = signals.page
    if page is None or not page.marks:
        return False
    agrees = (signals.agreement or 0) >= HALF_AGREEMENT
    return any(
        page.word_count < _most_words(limit, agrees=agrees, noindex=page.noindex)
        for limit in CHALLENGE_LIMITS
        if any(mark.startswith(limit.mark_prefix) for mark in page.marks)
        and status_code not in limit.never_with
    )


def _most_words(limit: ChallengeLimit, *, agrees: bool, noindex: bool) -> int:
    if agrees:
        return limit.agreeing_words
    return limit.noindex_words if noindex else limit.words


def _redirects_to(signals: Signals, is_wall: Callable[[str], bool]) -> bool:
    """Whether redirects lead from a URL of another kind to one of this kind."""
    hops = signals.hops
    return bool(hops) and is_wall(signals.final_url) and not is_wall(hops[0].source)
