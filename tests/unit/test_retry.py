from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tenacity import RetryCallState

from crawler.config import FetchSettings
from crawler.model import (
    Answer,
    Exchange,
    Facts,
    Failure,
    FailureKind,
    Fetch,
    NotAsked,
    NotAskedReason,
    Phase,
)
from crawler.retry import CostBound, cost_bound, policy, retry_after
from tests.support.paths import REPOSITORY

URL = "https://example.org/"
NOW = datetime(2025, 11, 6, 8, 49, 37, tzinfo=UTC)


def answered(
    status_code: int, *fields: tuple[str, str], retry_after: float | None = None
) -> Fetch:
    exchanges = (
        Exchange(target_uri=URL, status_code=302),
        Exchange(target_uri=URL, status_code=status_code, fields=fields),
    )
    return Fetch(facts=Facts(outcome=Answer(), exchanges=exchanges), retry_after=retry_after)


def failed(kind: FailureKind) -> Fetch:
    return Fetch(facts=Facts(outcome=Failure(kind=kind, phase=Phase.CONNECT, target_uri=URL)))


NOT_ASKED = Fetch(facts=Facts(outcome=NotAsked(reason=NotAskedReason.ROBOTS_DISALLOWED)))


def last(retry_state: RetryCallState) -> Fetch:
    assert retry_state.outcome is not None
    result: Fetch = retry_state.outcome.result()
    return result


def look(
    outcomes: Sequence[Fetch], settings: FetchSettings | None = None
) -> tuple[Fetch, int, list[float]]:
    """The result of one look at a server with these outcomes, its attempts, and its waits."""
    left = list(outcomes)
    waits: list[float] = []
    rules = policy(settings or FetchSettings())
    retrying = rules.copy(sleep=waits.append, retry_error_callback=last)
    result: Fetch = retrying(lambda: left.pop(0))
    return result, len(outcomes) - len(left), waits


RETRIED = (
    *(
        failed(kind)
        for kind in (
            FailureKind.CONNECTION_REFUSED,
            FailureKind.CONNECTION_RESET,
            FailureKind.UNREACHABLE,
            FailureKind.CONNECT_TIMEOUT,
            FailureKind.READ_TIMEOUT,
            FailureKind.DNS_ERROR,
        )
    ),
    *(answered(status_code) for status_code in (429, 500, 502, 503, 504)),
    answered(503, ("server", "cloudflare"), retry_after=60),
)


@pytest.mark.parametrize("outcome", RETRIED)
def test_what_may_pass_is_tried_again(outcome: Fetch) -> None:
    good = answered(200)
    result, attempts, waits = look([outcome, good])
    assert (result, attempts, len(waits)) == (good, 2, 1)


@pytest.mark.parametrize(
    "outcome",
    [
        *(failed(kind) for kind in FailureKind if failed(kind) not in RETRIED),
        *(answered(status_code) for status_code in (200, 304, 403, 404, 408, 425, 501, 505)),
        *(answered(status_code, ("cf-mitigated", "challenge")) for status_code in (429, 503)),
        *(answered(status_code, retry_after=60.1) for status_code in (429, 503)),
        answered(503, retry_after=float("inf")),
        NOT_ASKED,
    ],
)
def test_a_final_outcome_is_not_retried(outcome: Fetch) -> None:
    assert look([outcome, answered(200)]) == (outcome, 1, [])


def test_the_last_outcome_is_the_result() -> None:
    outcomes = [answered(503), failed(FailureKind.READ_TIMEOUT), answered(500), answered(200)]
    result, attempts, waits = look(outcomes)
    assert (result, attempts, len(waits)) == (outcomes[2], 3, 2)


def test_one_attempt_never_waits() -> None:
    assert look([answered(503)], FetchSettings(attempts=1)) == (answered(503), 1, [])


def test_waits_double_and_have_up_to_a_second_of_jitter() -> None:
    _, _, waits = look([answered(503)] * 4, FetchSettings(attempts=4))
    floors = [1, 2, 4]
    assert all(floor <= wait <= floor + 1 for floor, wait in zip(floors, waits, strict=True))
    assert waits != floors


def test_no_back_off_is_longer_than_a_minute() -> None:
    _, _, waits = look([answered(503)] * 9, FetchSettings(attempts=9))
    assert waits[5:] == [pytest.approx(32.5, abs=0.5), 60, 60]


def test_the_server_is_given_the_time_that_it_asks_for() -> None:
    outcomes = [answered(429, retry_after=30), answered(503, retry_after=0), answered(200)]
    _, _, waits = look(outcomes)
    assert waits[0] == 30
    assert 2 <= waits[1] <= 3


def test_without_patience_a_server_that_asks_for_time_is_not_asked_again() -> None:
    impatient = FetchSettings(max_retry_after=0)
    assert look([answered(503, retry_after=1)], impatient)[1] == 1
    assert look([answered(503), answered(200)], impatient)[1] == 2


def test_an_error_of_our_own_is_not_swallowed() -> None:
    with pytest.raises(IndexError):
        look([])


@pytest.mark.parametrize(
    ("field", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 120 ", 120),
        ("9" * 5_000, float("inf")),
        ("Thu, 06 Nov 2025 08:50:37 GMT", 60),
        ("Thursday, 06-Nov-25 08:50:37 GMT", 60),
        ("Thu Nov  6 08:50:37 2025", 60),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("\uff12", None),
        ("120, 30", None),
        ("Thu, 06 Nov 99999 08:50:37 GMT", None),
        ("Thu, 06 Nov 2025 08:50:37 +9999", None),
        ("Thu, 06 Nov 2025 08:50:37 +99999999999999", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(field: str, seconds: float | None) -> None:
    assert retry_after(field, NOW) == seconds


def test_a_date_counts_from_the_time_given() -> None:
    assert retry_after("Thu, 06 Nov 2025 08:50:37 GMT", NOW + timedelta(minutes=2)) == 0


@given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, [0-9 ]{1,3}[A-Z][a-z]{2} [0-9: +-]{0,20}"))
def test_any_text_is_taken(field: str) -> None:
    seconds = retry_after(field, NOW)
    assert seconds is None or seconds >= 0


# --- the bound ------------------------------------------------------------------------------------

README = (REPOSITORY / "README.md").read_text("utf-8")

GROWING: Mapping[str, st.SearchStrategy[float]] = {
    "attempts": st.integers(1, 100),
    "max_redirects": st.integers(0, 100),
    "total_timeout": st.floats(0.001, 86_400),
    "max_retry_after": st.floats(0, 86_400),
    "recheck_after": st.floats(0, 86_400),
    "budget": st.floats(0.001, 86_400),
    "connect_timeout": st.floats(0.001, 86_400),
    "read_timeout": st.floats(0.001, 86_400),
    "host_delay": st.floats(0, 86_400),
    "per_host": st.integers(1, 64),
    "concurrency": st.integers(1, 4096),
    "max_body_bytes": st.integers(1, 1 << 30),
}
"""Settings of which more is never cheaper."""


def test_the_bound_of_the_defaults_is_what_the_readme_says() -> None:
    assert cost_bound(FetchSettings()) == CostBound(
        requests=711, time=timedelta(seconds=705), repeats=711
    )
    assert "711 requests and 705 s" in README
    assert "711 requests more" in README


def test_nothing_takes_longer_than_the_run() -> None:
    assert cost_bound(FetchSettings(budget=100)).time == timedelta(seconds=100)


@pytest.mark.parametrize("name", GROWING)
@given(data=st.data())
def test_more_of_any_setting_never_lowers_the_bound(name: str, data: st.DataObject) -> None:
    base: dict[str, Any] = data.draw(st.fixed_dictionaries(dict(GROWING)))
    less, more = sorted((base[name], data.draw(GROWING[name])))
    low, high = (cost_bound(FetchSettings(**(base | {name: n}))) for n in (less, more))
    assert low.requests <= high.requests
    assert low.time <= high.time
    assert low.requests + low.repeats <= high.requests + high.repeats


@given(attempts=st.integers(1, 20), cap=st.floats(0, 100), asked=st.none() | st.floats(0, 100))
def test_the_waits_of_a_look_are_within_the_bound(
    attempts: int, cap: float, asked: float | None
) -> None:
    settings = FetchSettings(
        attempts=attempts, max_retry_after=cap, recheck_after=0, total_timeout=1e-6, budget=1e9
    )
    _, asked_for, waits = look([answered(503, retry_after=asked)] * attempts, settings)
    assert sum(waits) <= cost_bound(settings).time.total_seconds()
    assert asked_for <= attempts
