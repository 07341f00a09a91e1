"""Signals during a run: it ends in order at the first, at once at the second, and none is lost."""

import asyncio
import os
import signal
import subprocess
import sys
import time

import pytest

from crawler.run.interruption import SIGNALS, Interrupted, Interruption

EVERY_SIGNAL = pytest.mark.parametrize("signum", SIGNALS)


def _handlers() -> list[object]:
    return [signal.getsignal(signum) for signum in (*SIGNALS, signal.SIGALRM)]


@EVERY_SIGNAL
def test_a_signal_stops_the_work_and_is_noted(signum: signal.Signals) -> None:
    stop = asyncio.Event()

    async def work() -> str:
        os.kill(os.getpid(), signum)
        await stop.wait()
        return "in order"

    with Interruption() as interruption:
        assert interruption.run(work(), stop) == "in order"
    assert interruption.signum == signum


@pytest.mark.promise("11")
@EVERY_SIGNAL
def test_a_signal_before_the_work_stops_it_too(signum: signal.Signals) -> None:
    stop = asyncio.Event()

    async def work() -> bool:
        return stop.is_set()

    with Interruption() as interruption:
        os.kill(os.getpid(), signum)
        assert interruption.run(work(), stop)


@EVERY_SIGNAL
def test_a_signal_after_the_work_only_limits_the_time(signum: signal.Signals) -> None:
    async def work() -> None:
        pass

    with Interruption(seconds=0.01) as interruption:
        interruption.run(work(), asyncio.Event())
        with pytest.raises(Interrupted) as interrupted:
            _idle(signum)
    assert (interrupted.value.signum, interrupted.value.code) == (signum, 128 + signum)


def _idle(signum: signal.Signals) -> None:
    """Far longer than any limit; a signal's handler raises within."""
    os.kill(os.getpid(), signum)
    time.sleep(60)


def test_work_that_goes_on_is_cancelled() -> None:
    ended: list[str] = []

    async def work() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("in order")

    with pytest.raises(Interrupted), Interruption(seconds=0.01) as interruption:
        interruption.run(work(), asyncio.Event())
    assert ended == ["in order"]


def test_handlers_are_put_back_and_no_limit_is_left() -> None:
    before = _handlers()
    with Interruption():
        assert not set(before) & set(_handlers())
        os.kill(os.getpid(), signal.SIGTERM)
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert _handlers() == before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


_DEAF_TO_THE_FIRST = """
import asyncio
from crawler.run.interruption import Interruption

async def work(stop):
    print("working", flush=True)
    await stop.wait()
    print("stopped", flush=True)
    await asyncio.sleep(60)

stop = asyncio.Event()
with Interruption(seconds=60) as interruption:
    interruption.run(work(stop), stop)
"""


@pytest.mark.promise("11")
@pytest.mark.slow
@pytest.mark.parametrize("second", SIGNALS)
def test_a_second_signal_ends_the_process_at_once(second: signal.Signals) -> None:
    command = [sys.executable, "-c", _DEAF_TO_THE_FIRST]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "working\n"
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline() == "stopped\n"
        process.send_signal(second)
        assert process.wait(timeout=50) == 128 + second
