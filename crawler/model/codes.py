"""Pure: the codes of verdicts, reasons, warnings, states and classes of findings."""

from enum import StrEnum


class Verdict(StrEnum):
    """What one check of one resource concludes."""

    OK = "ok"
    MOVED = "moved"
    SUSPECT = "suspect"
    DEAD = "dead"
    FAILING = "failing"
    BLOCKED = "blocked"
    SKIPPED = "skipped"

    @property
    def is_alive(self) -> bool:
        """Whether the resource answers: `ok` or `moved`."""
        return self in _ALIVE


_ALIVE = frozenset({Verdict.OK, Verdict.MOVED})


class Reason(StrEnum):
    """Why a check has its verdict; each reason has one verdict (`VERDICTS`)."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    PERMANENT_REDIRECT = "permanent_redirect"
    HTTPS_UPGRADE = "https_upgrade"
    TRIVIAL_REDIRECT = "trivial_redirect"
    HTTP_404 = "http_404"
    HTTP_410 = "http_410"
    DNS_NOT_FOUND = "dns_not_found"
    DNS_NO_ADDRESS = "dns_no_address"
    INVALID_URL = "invalid_url"
    SOFT_404 = "soft_404"
    REDIRECTED_TO_HOME = "redirected_to_home"
    PARKED = "parked"
    PLACEHOLDER = "placeholder"
    SUSPECT_SOFT_404 = "suspect_soft_404"
    SUSPECT_REPLACED = "suspect_replaced"
    SUSPECT_REDIRECT_HOME = "suspect_redirect_home"
    MAINTENANCE = "maintenance"
    HTTP_5XX = "http_5xx"
    HTTP_4XX = "http_4xx"
    CONNECTION_REFUSED = "connection_refused"
    CONNECTION_RESET = "connection_reset"
    UNREACHABLE = "unreachable"
    CONNECT_TIMEOUT = "connect_timeout"
    READ_TIMEOUT = "read_timeout"
    DNS_ERROR = "dns_error"
    TLS_EXPIRED = "tls_expired"
    TLS_HOSTNAME = "tls_hostname"
    TLS_UNTRUSTED = "tls_untrusted"
    TLS_ERROR = "tls_error"
    REDIRECT_LOOP = "redirect_loop"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_REDIRECT = "bad_redirect"
    PROTOCOL_ERROR = "protocol_error"
    PRIVATE_ADDRESS = "private_address"
    LOGIN_REQUIRED = "login_required"
    PAYMENT_REQUIRED = "payment_required"
    FORBIDDEN = "forbidden"
    RATE_LIMITED = "rate_limited"
    LEGAL = "legal"
    BOT_CHALLENGE = "bot_challenge"
    CONSENT_WALL = "consent_wall"
    OUT_OF_BUDGET = "out_of_budget"
    ROBOTS_DISALLOWED = "robots_disallowed"
    ROBOTS_UNAVAILABLE = "robots_unavailable"
    UNSUPPORTED_SCHEME = "unsupported_scheme"
    EXCLUDED = "excluded"


VERDICTS: dict[Reason, Verdict] = {
    reason: verdict
    for verdict, reasons in {
        Verdict.OK: (Reason.OK, Reason.NOT_MODIFIED),
        Verdict.MOVED: (Reason.PERMANENT_REDIRECT, Reason.HTTPS_UPGRADE, Reason.TRIVIAL_REDIRECT),
        Verdict.DEAD: (
            Reason.HTTP_404,
            Reason.HTTP_410,
            Reason.DNS_NOT_FOUND,
            Reason.DNS_NO_ADDRESS,
            Reason.INVALID_URL,
            Reason.SOFT_404,
            Reason.REDIRECTED_TO_HOME,
            Reason.PARKED,
            Reason.PLACEHOLDER,
        ),
        Verdict.SUSPECT: (
            Reason.SUSPECT_SOFT_404,
            Reason.SUSPECT_REPLACED,
            Reason.SUSPECT_REDIRECT_HOME,
        ),
        Verdict.FAILING: (
            Reason.HTTP_5XX,
            Reason.MAINTENANCE,
            Reason.HTTP_4XX,
            Reason.CONNECTION_REFUSED,
            Reason.CONNECTION_RESET,
            Reason.UNREACHABLE,
            Reason.CONNECT_TIMEOUT,
            Reason.READ_TIMEOUT,
            Reason.DNS_ERROR,
            Reason.TLS_EXPIRED,
            Reason.TLS_HOSTNAME,
            Reason.TLS_UNTRUSTED,
            Reason.TLS_ERROR,
            Reason.REDIRECT_LOOP,
            Reason.TOO_MANY_REDIRECTS,
            Reason.BAD_REDIRECT,
            Reason.PROTOCOL_ERROR,
            Reason.PRIVATE_ADDRESS,
        ),
        Verdict.BLOCKED: (
            Reason.LOGIN_REQUIRED,
            Reason.PAYMENT_REQUIRED,
            Reason.FORBIDDEN,
            Reason.RATE_LIMITED,
            Reason.LEGAL,
            Reason.BOT_CHALLENGE,
            Reason.CONSENT_WALL,
        ),
        Verdict.SKIPPED: (
            Reason.OUT_OF_BUDGET,
            Reason.ROBOTS_DISALLOWED,
            Reason.ROBOTS_UNAVAILABLE,
            Reason.UNSUPPORTED_SCHEME,
            Reason.EXCLUDED,
        ),
    }.items()
    for reason in reasons
}
"""The verdict of each reason."""


class WarningCode(StrEnum):
    """A warning beside a verdict, which it never changes ("warnings" in the database and reports)."""

    TLS_EXPIRES_SOON = "tls_expires_soon"
    FRAGMENT_MISSING = "fragment_missing"
    INSECURE_HTTP = "insecure_http"
    TEMPORARY_REDIRECT = "temporary_redirect"
    CANONICAL_ELSEWHERE = "canonical_elsewhere"
    EMPTY_BODY = "empty_body"
    SLOW = "slow"
    BODY_TRUNCATED = "body_truncated"
    TITLE_MISMATCH = "title_mismatch"
    NOINDEX = "noindex"
    SCRIPT_SHELL = "script_shell"


REPORTED_WARNINGS: tuple[WarningCode, ...] = (
    WarningCode.TLS_EXPIRES_SOON,
    WarningCode.TITLE_MISMATCH,
    WarningCode.FRAGMENT_MISSING,
    WarningCode.EMPTY_BODY,
    WarningCode.CANONICAL_ELSEWHERE,
    WarningCode.INSECURE_HTTP,
)
"""The warnings in reports by default; the others come and go, or need no action."""


class State(StrEnum):
    """What follows from a resource's checks over time."""

    NEW = "new"
    HEALTHY = "healthy"
    FAILING = "failing"
    BROKEN = "broken"
    SUSPECT = "suspect"


class FindingClass(StrEnum):
    """How a report classes a resource, most urgent first."""

    BROKEN = "broken"
    SUSPECT = "suspect"
    MOVED = "moved"
    TLS_EXPIRING = "tls_expiring"
    FAILING = "failing"
    BLOCKED = "blocked"
    SKIPPED = "skipped"
    MUTED = "muted"
    HEALTHY = "healthy"
