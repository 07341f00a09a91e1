"""What counts as late, and what is not to be believed because of it."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from crawler.fetch import Lateness
from crawler.fetch.lateness import LONGEST_STRETCH, TICK
from crawler.model import Facts, Failure, FailureKind, NotAsked, NotAskedReason, Phase
from crawler.retry import REPEATS
from tests.support.builders import make_facts
from tests.support.clocks import ManualClock
from tests.support.fetching import RecordingTurns, Surroundings, failure_kind, look, make_settings
from tests.support.waiting import until

TIMEOUTS = {"connect": 5.0, "read": 5.0}


def _played(*pauses: float) -> tuple[Lateness, ManualClock]:
    """A loop that came round after each of these pauses."""
    clock = ManualClock()
    lateness = Lateness(clock)
    lateness.tick()
    for pause in pauses:
        clock.now += pause
        lateness.tick()
    return lateness, clock


def _on_time(seconds: float) -> Iterator[float]:
    return iter([TICK] * round(seconds / TICK))


def _failed(kind: FailureKind, code: str = "") -> Facts:
    failure = Failure(kind=kind, phase=Phase.RESPONSE, target_uri="https://a.test/", code=code)
    return make_facts(outcome=failure, exchanges=())


def test_the_clock_stands_still_while_the_loop_is_late() -> None:
    lateness, _ = _played(TICK, TICK + 1.0, TICK)
    assert lateness.clock() == pytest.approx(1_000 + 3 * TICK)


def test_a_tick_that_has_not_fired_yet_is_late_already() -> None:
    """What comes in after a blockage is handled before the timer."""
    lateness, clock = _played(TICK)
    clock.now += TICK + 3.0
    assert lateness.clock() == pytest.approx(1_000 + 2 * TICK)
    assert lateness.on_time(4.0) == pytest.approx(1.0)


def test_the_clock_never_goes_back() -> None:
    lateness, clock = _played(TICK)
    seen = []
    for _ in range(40):
        clock.now += 0.001
        seen.append(lateness.clock())
    assert seen == sorted(seen)


def test_a_little_late_is_on_time() -> None:
    lateness, clock = _played(*[TICK + 0.009] * 100)
    assert lateness.clock() == clock.now


def test_only_what_was_late_within_the_period_counts() -> None:
    lateness, _ = _played(TICK + 2.0, *_on_time(1.0))
    assert lateness.on_time(1.0) == pytest.approx(1.0)
    assert lateness.on_time(2.0) == pytest.approx(1.0, abs=0.001)
    assert lateness.on_time(10.0) == pytest.approx(8.0)


def test_nothing_is_late_before_it_is_measured() -> None:
    lateness = Lateness(clock := ManualClock())
    clock.now += 60
    assert lateness.on_time(60) == 60
    assert lateness.stretch() == 1
    assert not lateness.explains(_failed(FailureKind.READ_TIMEOUT), TIMEOUTS, 1)


@pytest.mark.parametrize(
    ("pauses", "stretch"),
    [
        ([TICK] * 300, 1.0),
        ([TICK + 0.02] * 150, 2.0),
        ([TICK + 1.98] * 5, LONGEST_STRETCH),
    ],
    ids=["on time", "late for half of it", "hardly ever on time"],
)
def test_time_outs_are_longer_for_a_loop_that_is_late(pauses: list[float], stretch: float) -> None:
    assert _played(*pauses)[0].stretch() == pytest.approx(stretch, rel=0.01)


LATE = [TICK + 0.5] * 20
BARELY = [TICK + 0.98] * 20


@pytest.mark.parametrize(
    ("facts", "pauses", "stretch", "ours"),
    [
        (_failed(FailureKind.READ_TIMEOUT), LATE, 1, True),
        (_failed(FailureKind.CONNECT_TIMEOUT), LATE, 1, True),
        (_failed(FailureKind.DNS_ERROR), LATE, 1, True),
        # The timers were set so that we could have heard an answer in spite of that.
        (_failed(FailureKind.READ_TIMEOUT), [TICK + 0.02] * 500, 2, False),
        (_failed(FailureKind.READ_TIMEOUT), [*LATE, *_on_time(5)], 1, False),
        (_failed(FailureKind.READ_TIMEOUT), [TICK + 6, *_on_time(3)], 1, True),
        (_failed(FailureKind.READ_TIMEOUT), [TICK + 6, *_on_time(4)], 1, False),
        # Somebody has said something.
        (_failed(FailureKind.DNS_ERROR, "EAI_AGAIN"), LATE, 1, False),
        (_failed(FailureKind.CONNECTION_REFUSED), LATE, 1, False),
        (make_facts(), LATE, 1, False),
        # A server may lose its patience with us.
        (_failed(FailureKind.CONNECTION_RESET), LATE, 1, True),
        (_failed(FailureKind.TLS_ERROR), BARELY, 1, True),
        (_failed(FailureKind.CONNECTION_RESET), [TICK + 0.02] * 500, 1, False),
    ],
)
def test_what_fails_because_we_are_late(
    facts: Facts, pauses: list[float], stretch: float, ours: bool
) -> None:
    assert _played(*pauses)[0].explains(facts, TIMEOUTS, stretch) is ours


def test_listeners_hear_how_late_each_tick_is() -> None:
    heard: list[float] = []
    lateness = Lateness(clock := ManualClock())
    lateness.add_listener(heard.append)
    for pause in (TICK, TICK, TICK + 0.005, TICK + 0.25):
        clock.now += pause
        lateness.tick()
    assert heard == pytest.approx([0, 0, 0, 0.25])


def test_it_is_measured_on_the_event_loop() -> None:
    async def ticks() -> int:
        """How many more there are when the measuring has ended."""
        lateness, heard = Lateness(), list[float]()
        lateness.add_listener(heard.append)
        with lateness.measured():
            await until(lambda: len(heard) > 2)
        during = len(heard)
        await asyncio.sleep(2 * TICK)
        return len(heard) - during

    assert asyncio.run(ticks()) == 0


# --- attempts -------------------------------------------------------------------------------------


class _Silent(httpx.AsyncBaseTransport):
    def __init__(self) -> None:
        self.requests = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        raise httpx.ReadTimeout("", request=request)


@pytest.mark.parametrize("attempts", [1, 2])
def test_an_attempt_that_we_were_too_late_for_is_made_again_and_does_not_count(
    attempts: int,
) -> None:
    class Late(Lateness):
        """For the first two attempts."""

        times = iter((True, True))

        def explains(self, *_: object) -> bool:
            return next(self.times, False)

    around = Surroundings(
        settings=make_settings(attempts=attempts),
        transport=(transport := _Silent()),
        turns=RecordingTurns(lateness=Late()),
    )
    fetch = asyncio.run(look("https://a.test/", around))
    assert failure_kind(fetch) is FailureKind.READ_TIMEOUT
    assert (fetch.attempts, transport.requests) == (attempts, attempts + 2)


def test_what_we_are_always_too_late_for_is_no_failure() -> None:
    class Late(Lateness):
        def explains(self, *_: object) -> bool:
            return True

    around = Surroundings(
        transport=(transport := _Silent()), turns=RecordingTurns(lateness=Late())
    )
    fetch = asyncio.run(look("https://a.test/", around))
    assert fetch.facts.outcome == NotAsked(
        reason=NotAskedReason.OUT_OF_BUDGET, target_uri="https://a.test/"
    )
    assert (fetch.attempts, transport.requests) == (0, 1 + REPEATS)
