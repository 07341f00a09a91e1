"""IO: progress on standard error: a bar on a terminal, elsewhere a line for each resource."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler import guard
from crawler.cli.streams import tell
from crawler.crawl import Progress
from crawler.guard import Distrust
from crawler.model import Check
from crawler.text import clean

if TYPE_CHECKING:
    from crawler.cli.progress_bar import Bar


@contextlib.contextmanager
def display(*, quiet: bool, verbose: bool) -> Iterator["Display"]:
    """What shows the progress of a run."""
    if quiet:
        yield Display()
        return
    with contextlib.ExitStack() as stack:
        bar: Bar | None = None
        write: Callable[[str], None] = tell
        if sys.stderr is not None and sys.stderr.isatty():
            # rich takes 2 MB and 40 ms, which a run by cron need not have.
            from crawler.cli.progress_bar import live_bar  # noqa: PLC0415

            bar, write = stack.enter_context(live_bar(tell))
        shown = Display(lines=None if bar and not verbose else Lines(write), bar=bar)
        stack.callback(shown.end, None)
        yield shown


def line(check: Check) -> str:
    """`VERDICT REASON URL`, always on one line."""
    judgement = check.judgement
    return f"{judgement.verdict} {judgement.reason} {clean(check.resource.url)}"


class Lines:
    """A line for each resource.

    Lines of resources that could not be reached, or ended at another site, wait until it is known
    whether the run can be trusted.
    """

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._waiting: dict[str, Check] = {}

    def add(self, check: Check) -> None:
        """Writes the line, or lets it wait."""
        key, facts = check.resource.key, check.facts
        if guard.is_unreached(facts) or guard.foreign_host(facts):
            self._waiting[key] = replace(check, page=None, facts=replace(facts, seen=None))
        else:
            self._waiting.pop(key, None)
            self._write(line(check))

    def end(self, distrust: Distrust | None) -> None:
        """Writes the lines that have waited; those without a conclusion begin with `untrusted`."""
        for check in self._waiting.values():
            is_believed = distrust is None or guard.is_conclusive(check, distrust)
            self._write(line(check) if is_believed else f"untrusted {line(check)}")
        self._waiting.clear()


class Display:
    """Shows the progress of a run: by lines, a bar, both or nothing."""

    def __init__(self, *, lines: Lines | None = None, bar: "Bar | None" = None) -> None:
        self._lines = lines
        self._bar = bar

    def __call__(self, progress: Progress) -> None:
        """Shows how far the crawl is."""
        if self._lines:
            for check in progress.checks:
                self._lines.add(check)
        if self._bar:
            self._bar.update(progress)

    def end(self, distrust: Distrust | None) -> None:
        """Shows what had to wait for the end; a second call shows nothing."""
        if self._lines:
            self._lines.end(distrust)
        if self._bar:
            self._bar.end(distrust)
