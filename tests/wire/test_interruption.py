"""Signals while a task runs: it ends in order at the first, at once at the second, and none is lost."""

import asyncio
import os
import signal
import subprocess
import sys

import pytest

from crawler.run.interruption import SIGNALS, Interrupted, until_signal


async def _signalled_in_its_last_step(signum: int) -> str:
    os.kill(os.getpid(), signum)
    return "done"


async def _signalled_as_it_fails(signum: int) -> None:
    os.kill(os.getpid(), signum)
    raise LookupError


@pytest.mark.parametrize("signum", SIGNALS)
@pytest.mark.parametrize("work", [_signalled_in_its_last_step, _signalled_as_it_fails])
def test_a_signal_in_the_last_step_is_not_lost(work: object, signum: signal.Signals) -> None:
    assert callable(work)
    with pytest.raises(Interrupted) as interrupted:
        asyncio.run(until_signal(work(signum)))
    assert interrupted.value.signum == signum


def test_handlers_are_put_back() -> None:
    def handlers() -> list[object]:
        return [signal.getsignal(signum) for signum in SIGNALS]

    async def work() -> list[object]:
        return handlers()

    before = handlers()
    assert not set(before) & set(asyncio.run(until_signal(work())))
    assert handlers() == before


_DEAF_TO_CANCELLATION = """
import asyncio
from crawler.run.interruption import until_signal

async def work():
    print("working", flush=True)
    while True:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            print("cancelled", flush=True)

asyncio.run(until_signal(work()))
"""


@pytest.mark.slow
@pytest.mark.parametrize("second", SIGNALS)
def test_a_second_signal_ends_the_process_at_once(second: signal.Signals) -> None:
    command = [sys.executable, "-c", _DEAF_TO_CANCELLATION]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "working\n"
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline() == "cancelled\n"
        process.send_signal(second)
        assert process.wait(timeout=50) == 128 + second
