"""For all tests: they use all cores, and do not fail on a busy machine."""

import gc
import os
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Three for two cores, as tests also wait; none when files are named, which would start later."""
    named = (Path(argument.partition("::")[0]) for argument in config.args)
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return (3 * cores + 1) // 2 if any(path.is_dir() for path in named) else 0


def pytest_configure() -> None:
    """Ctrl-C interrupts, also where a shell that starts the tests in the background has it ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Reports tell which promises a test is about."""
    for item in items:
        item.user_properties += [("promise", m.args[0]) for m in item.iter_markers("promise")]


def pytest_collection_finish() -> None:
    """Modules have read the variable by now; a crawler that a test starts would refuse it as unknown."""
    os.environ.pop("CRAWLER_FULL", None)  # noqa: TID251
    # Some 8,000 tests and what they import stay until the end; looking through them takes 0.3 s each time.
    gc.freeze()


@pytest.fixture(scope="module")
def few_objects() -> None:
    """For tests of a timer, which frees memory after each run: what is there already is not looked through."""
    gc.freeze()
