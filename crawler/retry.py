"""Pure: which outcomes are tried again, when, and what one resource can cost at most."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_result,
    stop_after_attempt,
    wait_exponential_jitter,
)
from tenacity.wait import wait_base

from crawler.config import FetchSettings
from crawler.model import Answer, Facts, Failure, FailureKind, Fetch, NotAsked, NotAskedReason

RETRIED_FAILURES = frozenset(
    {
        FailureKind.CONNECTION_REFUSED,
        FailureKind.CONNECTION_RESET,
        FailureKind.UNREACHABLE,
        FailureKind.CONNECT_TIMEOUT,
        FailureKind.READ_TIMEOUT,
        FailureKind.DNS_ERROR,
    }
)
RETRIED_STATUS_CODES = frozenset({429, 500, 502, 503, 504})
BOT_FILTER_FIELDS = frozenset(
    {"cf-mitigated", "x-amzn-waf-action", "x-kpsdk-ct", "x-vercel-mitigated"}
)
"""Response fields of bot filters: retrying makes a block more likely."""

MAX_ROBOTS_REDIRECTS = 5
"""Source: RFC 9309 §2.3.1.2."""
RESENDS = 1
"""Requests of an attempt that are sent again because a used connection was closed, or out of step.

Source: RFC 9110 §9.2.2.
"""
REQUESTS_AFTER_406 = 1
"""Requests of an attempt that are sent again without a preferred type and language."""
REPEATS = 3
"""Attempts of one look that are made again because our machine was too late to read the answer."""
PROBE_REPEATS = 1
"""Attempts of one probe that are made again for that reason."""
PROBES = 3
"""URLs of the same host that are requested when a page is doubtful, each once in a run."""
SHORTEST_BACK_OFF = 1.0
"""Seconds; each further back-off is twice as long."""
JITTER = 1.0
"""Most seconds that are added to a back-off, by chance."""
LONGEST_BACK_OFF = 60.0
"""Seconds, jitter included."""

# RFC 9110 §10.2.3.
_DELAY_SECONDS = re.compile(r"[0-9]+")


class _BackOff(wait_base):
    """1, 2, 4… seconds and some jitter, or what the server asks for when that is more."""

    own = wait_exponential_jitter(
        multiplier=SHORTEST_BACK_OFF, exp_base=2, jitter=JITTER, max=LONGEST_BACK_OFF
    )

    def __call__(self, retry_state: RetryCallState) -> float:
        fetch: Fetch = retry_state.outcome.result()  # type: ignore[union-attr]  # waits follow one
        return max(self.own(retry_state), fetch.retry_after or 0.0)


def policy(settings: FetchSettings) -> Retrying:
    """The policy of one look: `attempts` at most; the last outcome, a `Fetch`, is the result.

    An answer with a `Retry-After` of more than `max_retry_after` seconds is not retried.
    """

    def is_retried(fetch: Fetch) -> bool:
        is_soon = (fetch.retry_after or 0.0) <= settings.max_retry_after
        return is_soon and _may_pass(fetch.facts)

    return Retrying(
        stop=stop_after_attempt(settings.attempts),
        wait=_BackOff(),
        retry=retry_if_result(is_retried),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CostBound:
    """The most that one resource can cost in one run."""

    requests: int
    """For pages and robots.txt files, to all hosts together."""
    time: timedelta
    """Of requests, between attempts and between looks; without waiting for its turn, and without time
    that our own machine lost by being late."""
    repeats: int
    """More requests where our machine does not keep up, to ask again what it was too late for."""


def cost_bound(settings: FetchSettings) -> CostBound:
    """The bound, whatever the servers do.

    It counts a robots.txt file for every hop, as if each led to another host.
    """
    looks = 2 if settings.recheck_after else 1
    attempts = looks * settings.attempts + PROBES
    pages = 1 + settings.max_redirects
    requests = pages * (1 + 1 + MAX_ROBOTS_REDIRECTS) + RESENDS + REQUESTS_AFTER_406
    waits = looks * _longest_waits(settings) + settings.recheck_after
    # A target without any answer gets its second look in any case.
    repeated = 2 * REPEATS + PROBES * PROBE_REPEATS + (2 - looks) * settings.attempts
    seconds = min(attempts * settings.total_timeout + waits, settings.budget)
    return CostBound(
        requests=attempts * requests, time=timedelta(seconds=seconds), repeats=repeated * requests
    )


def _longest_waits(settings: FetchSettings) -> float:
    """Seconds between the attempts of one look."""
    back_offs = (SHORTEST_BACK_OFF * 2.0**n + JITTER for n in range(settings.attempts - 1))
    return sum(max(min(b, LONGEST_BACK_OFF), settings.max_retry_after) for b in back_offs)


def retry_after(field: str, now: datetime) -> float | None:
    """The seconds in a `Retry-After` field; 0 for a date in the past, None when it cannot be read.

    Source: RFC 9110 §10.2.3; of its dates (§5.6.7) the obsolete forms too.

    >>> retry_after("120", datetime(2025, 1, 1, tzinfo=UTC))
    120.0
    """
    text = field.strip()
    if _DELAY_SECONDS.fullmatch(text):
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    # The asctime form has no zone: it is in UTC like the others.
    moment = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def _may_pass(facts: Facts) -> bool:
    """Whether another attempt may have a better outcome."""
    match facts.outcome:
        case Failure(kind=kind):
            return kind in RETRIED_FAILURES
        case Answer():
            last = facts.exchanges[-1]
            filtered = any(name in BOT_FILTER_FIELDS for name, _ in last.fields)
            return last.status_code in RETRIED_STATUS_CODES and not filtered
        case NotAsked(reason=reason):
            return reason is NotAskedReason.ROBOTS_UNAVAILABLE
