"""Pure: the warnings beside a verdict; they never change it."""

from collections.abc import Callable
from datetime import timedelta

from crawler import urls
from crawler.judge import hops, soft_404
from crawler.judge.moved import DIFFERENCES
from crawler.judge.policy import Policy
from crawler.judge.signals import Case
from crawler.model import Answer, MediaKind, Page, Verdict, WarningCode

Rule = Callable[[Case, Policy], bool]

_NOINDEX = frozenset({"noindex", "none"})


def warnings(case: Case, policy: Policy, verdict: Verdict) -> tuple[WarningCode, ...]:
    """The warnings that apply, in the order of `WarningCode`.

    They are for living pages; only `tls_expires_soon` is for any answer.
    """
    rules = _RULES if verdict.is_alive else _RULES_OF_ANY_ANSWER
    return tuple(code for code, applies in rules if applies(case, policy))


def _tls_expires_soon(case: Case, policy: Policy) -> bool:
    certificate = case.facts.certificate
    if certificate is None or certificate.not_after is None:
        return False
    left = certificate.not_after - case.evidence.checked_at
    answered = isinstance(case.facts.outcome, Answer)
    return answered and left <= timedelta(days=policy.tls_expiry_days)


def _fragment_missing(case: Case, _policy: Policy) -> bool:
    page = _html_page(case)
    return page is not None and page.fragment_found is False and not case.signals.is_script_shell


def _insecure_http(case: Case, _policy: Policy) -> bool:
    return urls.scheme(case.facts.final_url) == "http"


def _temporary_redirect(case: Case, _policy: Policy) -> bool:
    temporary = (hop for hop in case.signals.hops if not hop.permanent)
    first = next(temporary, None)
    return first is not None and not hops.is_same_url(first.source, first.target)


def _canonical_elsewhere(case: Case, _policy: Policy) -> bool:
    page = _html_page(case)
    # An og:url is not rel=canonical, although `canonical_url` may come from it.
    if page is None or page.canonical_url is None or page.canonical_url.origin == "og":
        return False
    return not _is_nearly_same(case.signals.final_url, page.canonical_url.value)


def _empty_body(case: Case, _policy: Policy) -> bool:
    facts = case.facts
    is_empty = isinstance(facts.outcome, Answer) and facts.outcome.empty and facts.succeeded
    return is_empty or facts.status_code in {204, 205}


def _slow(case: Case, policy: Policy) -> bool:
    elapsed = case.evidence.elapsed
    return elapsed is not None and elapsed > timedelta(seconds=policy.slow_seconds)


def _body_truncated(case: Case, _policy: Policy) -> bool:
    outcome = case.facts.outcome
    return isinstance(outcome, Answer) and outcome.truncated


def _title_mismatch(case: Case, _policy: Policy) -> bool:
    page = _html_page(case)
    return page is not None and page.title is not None and case.signals.lacks_listed_title


def _noindex(case: Case, _policy: Policy) -> bool:
    page = _html_page(case)
    return (page is not None and page.noindex) or _has_noindex_field(case)


def _has_noindex_field(case: Case) -> bool:
    """Whether `X-Robots-Tag` says noindex to all robots; a rule for one robot starts with its name."""
    values = (v for name, v in case.facts.exchanges[-1].fields if name == "x-robots-tag")
    return any(rule.strip().lower() in _NOINDEX for value in values for rule in value.split(","))


def _script_shell(case: Case, _policy: Policy) -> bool:
    page = _html_page(case)
    return page is not None and (
        case.signals.is_script_shell or soft_404.is_shared_shell(case, page)
    )


def _html_page(case: Case) -> Page | None:
    """The page read now, or the last good one after a 304."""
    page = case.signals.page
    return page if page is not None and page.kind is MediaKind.HTML else None


def _is_nearly_same(first: str, second: str) -> bool:
    return hops.is_same_url(first, second) or any(
        differs(*pair)
        for differs, _reason in DIFFERENCES
        for pair in ((first, second), (second, first))
    )


_RULES_OF_ANY_ANSWER: tuple[tuple[WarningCode, Rule], ...] = (
    (WarningCode.TLS_EXPIRES_SOON, _tls_expires_soon),
)
_RULES: tuple[tuple[WarningCode, Rule], ...] = (
    *_RULES_OF_ANY_ANSWER,
    (WarningCode.FRAGMENT_MISSING, _fragment_missing),
    (WarningCode.INSECURE_HTTP, _insecure_http),
    (WarningCode.TEMPORARY_REDIRECT, _temporary_redirect),
    (WarningCode.CANONICAL_ELSEWHERE, _canonical_elsewhere),
    (WarningCode.EMPTY_BODY, _empty_body),
    (WarningCode.SLOW, _slow),
    (WarningCode.BODY_TRUNCATED, _body_truncated),
    (WarningCode.TITLE_MISMATCH, _title_mismatch),
    (WarningCode.NOINDEX, _noindex),
    (WarningCode.SCRIPT_SHELL, _script_shell),
)
