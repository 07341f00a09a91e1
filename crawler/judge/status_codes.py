"""Pure: the final response's status code."""

from crawler.judge.policy import Policy
from crawler.judge.signals import Case
from crawler.model import Reason

REASONS: dict[int, Reason] = {
    401: Reason.LOGIN_REQUIRED,
    402: Reason.PAYMENT_REQUIRED,
    403: Reason.FORBIDDEN,
    404: Reason.HTTP_404,
    407: Reason.LOGIN_REQUIRED,
    410: Reason.HTTP_410,
    418: Reason.FORBIDDEN,
    429: Reason.RATE_LIMITED,
    451: Reason.LEGAL,
    999: Reason.FORBIDDEN,  # LinkedIn's answer to robots
}

_CLASSES: dict[int, Reason] = {
    1: Reason.PROTOCOL_ERROR,
    3: Reason.BAD_REDIRECT,
    4: Reason.HTTP_4XX,
    5: Reason.HTTP_5XX,
}


def error_status(case: Case, policy: Policy) -> Reason | None:
    """What is wrong by the status code alone; None for 2xx, 304 and what the settings accept.

    A code outside 100 to 599 counts as a server error. Source: RFC 9110 §15.
    """
    code = case.facts.exchanges[-1].status_code
    if code in policy.accept or case.facts.succeeded or code == 304:
        return None
    return REASONS.get(code) or _CLASSES.get(code // 100, Reason.HTTP_5XX)


def ok(case: Case, _policy: Policy) -> Reason:
    """`ok` or `not_modified`; the last rule, when no other gave a reason."""
    return Reason.NOT_MODIFIED if case.facts.is_not_modified else Reason.OK
