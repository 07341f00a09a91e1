"""Pure: fetches that failed before the final response was complete."""

from crawler.judge.policy import Policy
from crawler.judge.signals import Case
from crawler.model import Failure, FailureKind, Phase, Reason

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
    """How the fetch failed, unless it was in the content of a response with status 400 or more.

    Such a response is judged by its status.
    """
    outcome, exchanges = case.facts.outcome, case.facts.exchanges
    if not isinstance(outcome, Failure):
        return None
    if outcome.phase is Phase.CONTENT and exchanges:
        last = exchanges[-1]
        if last.target_uri == outcome.target_uri and last.status_code >= 400:
            return None
    return REASONS[outcome.kind]
