"""Pure: what failed before a complete final answer was there."""

from crawler.judge.policy import Policy
from crawler.judge.signals import Case
from crawler.model import Facts, Failure, FailureKind, Phase, Reason

REASONS: dict[FailureKind, Reason] = {
    FailureKind.DNS_NOT_FOUND: Reason.DNS_NOT_FOUND,
    FailureKind.DNS_NO_ADDRESS: Reason.DNS_NO_ADDRESS,
    FailureKind.DNS_ERROR: Reason.DNS_ERROR,
    FailureKind.CONNECTION_REFUSED: Reason.CONNECTION_REFUSED,
    FailureKind.CONNECTION_RESET: Reason.CONNECTION_RESET,
    FailureKind.UNREACHABLE: Reason.UNREACHABLE,
    FailureKind.CONNECT_TIMEOUT: Reason.CONNECT_TIMEOUT,
    FailureKind.READ_TIMEOUT: Reason.READ_TIMEOUT,
    FailureKind.TLS_EXPIRED: Reason.TLS_EXPIRED,
    FailureKind.TLS_HOSTNAME: Reason.TLS_HOSTNAME,
    FailureKind.TLS_UNTRUSTED: Reason.TLS_UNTRUSTED,
    FailureKind.TLS_ERROR: Reason.TLS_ERROR,
    FailureKind.REDIRECT_LOOP: Reason.REDIRECT_LOOP,
    FailureKind.TOO_MANY_REDIRECTS: Reason.TOO_MANY_REDIRECTS,
    FailureKind.BAD_REDIRECT: Reason.BAD_REDIRECT,
    FailureKind.PROTOCOL_ERROR: Reason.PROTOCOL_ERROR,
    FailureKind.PRIVATE_ADDRESS: Reason.PRIVATE_ADDRESS,
}


def failed(case: Case, _policy: Policy) -> Reason | None:
    """How the fetch failed, unless a final status of 400 or more already said what matters."""
    outcome = case.facts.outcome
    if not isinstance(outcome, Failure) or _status_beats_content(case.facts, outcome):
        return None
    return REASONS[outcome.kind]


def _status_beats_content(facts: Facts, failure: Failure) -> bool:
    if failure.phase is not Phase.CONTENT or not facts.exchanges:
        return False
    last = facts.exchanges[-1]
    return last.target_uri == failure.target_uri and last.status_code >= 400
