"""Pure: which outcomes are tried again, when, and what that costs at most."""

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
"""Fields of an answer that comes from a bot filter: asking again makes it only surer of itself."""

MAX_ROBOTS_REDIRECTS = 5
"""Source: RFC 9309 §2.3.1.2."""
RESENDS = 1
"""Requests of an attempt that are sent again when an idle connection turns out to be closed.

Source: RFC 9110 §9.2.2.
"""
REPEATS = 3
"""Attempts of one look that are made again because we were too late ourselves to hear an answer."""
PROBE_REPEATS = 1
"""The same, of one probe."""
PROBES = 3
"""Single attempts at other URLs of its host that a doubtful page costs, once a run."""
SHORTEST_BACK_OFF = 1.0
"""Seconds; each further one is twice as long."""
JITTER = 1.0
"""Seconds, at most, that chance adds to a back-off."""
LONGEST_BACK_OFF = 60.0
"""Seconds, jitter included."""

# RFC 9110 §10.2.3.
_DELAY_SECONDS = re.compile(r"[0-9]+")


class _Wait(wait_base):
    """1, 2, 4… seconds and some jitter; what the server asks for when that is more."""

    back_off = wait_exponential_jitter(
        multiplier=SHORTEST_BACK_OFF, exp_base=2, jitter=JITTER, max=LONGEST_BACK_OFF
    )

    def __call__(self, retry_state: RetryCallState) -> float:
        fetch: Fetch = retry_state.outcome.result()  # type: ignore[union-attr]  # waits follow one
        return max(self.back_off(retry_state), fetch.retry_after or 0.0)


def policy(settings: FetchSettings) -> Retrying:
    """The policy of one look: `attempts` at most, and no wait over `max_retry_after` on request.

    An answer that asks for a longer wait stands as it is. The outcomes are `Fetch`es; what is not
    retried any more is the result, bad or not.
    """

    def again(fetch: Fetch) -> bool:
        patient = (fetch.retry_after or 0.0) <= settings.max_retry_after
        return patient and _passes(fetch.facts)

    return Retrying(
        stop=stop_after_attempt(settings.attempts), wait=_Wait(), retry=retry_if_result(again)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The most that one resource can cost in one run."""

    requests: int
    """Of pages and robots.txt files, whoever is asked."""
    time: timedelta
    """On the wire, between attempts and between looks; not the waiting for its turn, nor what we lost
    because our own machine was late."""
    repeats: int
    """Requests that may come to that where our machine does not keep up, for what it was too late for."""


def bound(settings: FetchSettings) -> Bound:
    """What holds whatever the servers do.

    It counts robots.txt files as if every hop led to a host that was not asked before.
    """
    looks = 2 if settings.recheck_after else 1
    attempts = looks * settings.attempts + PROBES
    pages = 1 + settings.max_redirects
    requests = pages * (1 + 1 + MAX_ROBOTS_REDIRECTS) + RESENDS
    waits = looks * _longest_waits(settings) + settings.recheck_after
    # What nothing was heard of gets its second look in any case.
    again = 2 * REPEATS + PROBES * PROBE_REPEATS + (2 - looks) * settings.attempts
    seconds = min(attempts * settings.total_timeout + waits, settings.budget)
    return Bound(
        requests=attempts * requests, time=timedelta(seconds=seconds), repeats=again * requests
    )


def _longest_waits(settings: FetchSettings) -> float:
    """Seconds between the attempts of one look."""
    back_offs = (SHORTEST_BACK_OFF * 2.0**n + JITTER for n in range(settings.attempts - 1))
    return sum(max(min(b, LONGEST_BACK_OFF), settings.max_retry_after) for b in back_offs)


def retry_after(field: str, now: datetime) -> float | None:
    """The seconds that a `Retry-After` field asks for; 0 for a date in the past, None for garbage.

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


def _passes(facts: Facts) -> bool:
    """Whether another attempt may end better."""
    match facts.outcome:
        case Failure(kind=kind):
            return kind in RETRIED_FAILURES
        case Answer():
            last = facts.exchanges[-1]
            filtered = any(name in BOT_FILTER_FIELDS for name, _ in last.fields)
            return last.status_code in RETRIED_STATUS_CODES and not filtered
        case NotAsked(reason=reason):
            return reason is NotAskedReason.ROBOTS_UNAVAILABLE
