"""IO: `python -m benchmarks.long_list`: what a whole run over a long list costs the process that coordinates it.

Everything is real but the shards: a made-up one returns checks as fast as they are stored.
"""

import argparse
import gc
import resource
import sys
import tempfile
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType
from unittest.mock import patch

from benchmarks.answering import NIGHT, Web, coordinated
from benchmarks.made_up_list import settings_for
from crawler.config import Settings
from crawler.run import RunOptions, run

_EVERY = 0.2
"""Seconds between two looks at the memory."""
_COLLECT = 10_000
"""As `crawler` sets it."""


class Steps:
    """How long each step of a run takes, and the most memory in it, seen from a thread beside it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.megabytes: dict[str, float] = {}
        self._main = threading.main_thread().ident or 0
        self._has_ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Steps":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._has_ended.set()
        self._thread.join()

    def _watch(self) -> None:
        before = time.monotonic()
        while not self._has_ended.wait(_EVERY):
            step, now = _step(sys._current_frames().get(self._main)), time.monotonic()  # noqa: SLF001
            self.seconds[step] = self.seconds.get(step, 0.0) + now - before
            self.megabytes[step] = max(self.megabytes.get(step, 0.0), proportional_mb())
            before = now


def _step(frame: FrameType | None) -> str:
    """The innermost function of `crawler.run` that is being called."""
    name = "other"
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module == "crawler.run" and frame.f_code.co_name not in {"run", "<genexpr>"}:
            return frame.f_code.co_name
        if module.startswith(("crawler.run", "crawler.crawl")):
            name = f"{module.removeprefix('crawler.')}.{frame.f_code.co_name}"
        frame = frame.f_back
    return name


def proportional_mb() -> float:
    """The memory of this process; of what it shares, its part."""
    text = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in text.splitlines() if line[:4] == "Pss:") / 1000


@contextmanager
def _traced(*, is_wanted: bool) -> Iterator[None]:
    if is_wanted:
        tracemalloc.start()
    yield
    tracemalloc.stop()


def _top(number: int) -> None:
    for one in tracemalloc.take_snapshot().statistics("lineno")[:number]:
        print(f"    {one.size / 1e6:8.1f} MB {one.count:9,}  {one.traceback}", flush=True)


def _night(night: int, folder: Path, settings: Settings, web: Web, trace: int) -> None:
    now = NIGHT + timedelta(days=night)
    begun, cpu = time.monotonic(), time.process_time()
    after: Callable[[], None] = (lambda: _top(trace)) if trace else (lambda: None)
    crawl = coordinated(web, night, after=after)
    with Steps() as steps:
        result = run(settings, RunOptions(clock=lambda: now, crawl=crawl))
    cost = time.process_time() - cpu
    print(
        f"night {night + 1}: {result.status}, {len(result.changes):,} events, "
        f"{time.monotonic() - begun:.0f} s, {1e3 * cost / web.rows:.2f} ms CPU a row, "
        f"database {Path(settings.database).stat().st_size / web.rows:,.0f} bytes a row"
    )
    for step, seconds in steps.seconds.items():
        print(f"  {step:50} {seconds:7.1f} s {steps.megabytes[step]:7,.0f} MB", flush=True)
    print(
        f"  peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:,.0f} MB resident",
        flush=True,
    )


def main() -> None:
    """Runs some nights over a list, and prints what they cost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.long_list")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--hosts", type=int, default=0, help="default: 3 for 10 rows")
    parser.add_argument("--nights", type=int, default=2)
    parser.add_argument("--words", type=int, default=60, help="of a page's text")
    parser.add_argument("--numbers", action="store_true", help="rows have numbers")
    parser.add_argument("--without-reports", action="store_true")
    parser.add_argument("--trace", type=int, default=0, help="lines that hold most memory")
    options = parser.parse_args()
    gc.set_threshold(_COLLECT)
    web = Web(
        rows=options.rows,
        hosts=options.hosts or max(1, options.rows * 3 // 10),
        words=options.words,
        has_numbers=options.numbers,
    )
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="long-list-")))
        stack.enter_context(_traced(is_wanted=bool(options.trace)))
        settings = settings_for(folder, web.lines())
        print(f"{web.rows:,} rows on {web.hosts:,} hosts; {proportional_mb():.0f} MB before")
        reports = patch("crawler.run.write_reports", lambda *_, **__: None)
        if options.without_reports:
            stack.enter_context(reports)
        for night in range(options.nights):
            _night(night, folder, settings, web, options.trace)


if __name__ == "__main__":
    main()
