"""For all tests: they use all cores, and do not fail on a busy machine."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """1 when files are named, because more processes would take longer to start; None: all cores."""
    named = (Path(argument.partition("::")[0]) for argument in config.args)
    return None if any(path.is_dir() for path in named) else 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Reports tell which promises a test is about."""
    for item in items:
        item.user_properties += [("promise", m.args[0]) for m in item.iter_markers("promise")]


def pytest_collection_finish() -> None:
    """Modules have read the variable by now; a crawler that a test starts would refuse it as unknown."""
    os.environ.pop("CRAWLER_FULL", None)  # noqa: TID251
    # Some 8,000 tests and what they import stay until the end; looking through them takes 0.3 s each time.
    gc.freeze()
