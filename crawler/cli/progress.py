"""IO: progress on standard error: a bar on a terminal, elsewhere a line for each resource."""

import contextlib
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import replace

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from crawler import guard
from crawler.cli.streams import tell
from crawler.crawl import Progress
from crawler.guard import Distrust
from crawler.model import Check, Verdict
from crawler.text import clean

HOSTS_SHOWN = 3
"""Of the hosts that we wait for; the others are counted."""
_BAR_WIDTH = 20
_PACE_SECONDS = 20.0
"""How far back the pace is measured from which the end is estimated."""
_LOOKED_AT_TWICE = frozenset({Verdict.DEAD, Verdict.FAILING})


@contextlib.contextmanager
def display(*, quiet: bool, verbose: bool) -> Iterator["Display"]:
    """What shows the progress of a run."""
    console = Console(stderr=True, highlight=False)
    is_live = console.is_terminal and not console.is_dumb_terminal
    if quiet:
        yield Display()
    elif is_live:
        bar, lines = Bar(), Lines(lambda text: console.print(text, markup=False, soft_wrap=True))
        with Live(get_renderable=bar.shown, console=console) as live:
            shown = Display(lines=lines if verbose else None, bar=bar)
            try:
                yield shown
            finally:
                shown.end(None)
                live.refresh()
        console.print()
    else:
        shown = Display(lines=Lines(tell))
        try:
            yield shown
        finally:
            shown.end(None)


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


class Bar:
    """How far a run is, in three lines that fit any terminal."""

    def __init__(self) -> None:
        self._looked: dict[str, tuple[Verdict, int]] = {}
        self._now: Progress | None = None
        self._path: deque[tuple[float, int]] = deque()
        """Seconds of budget that were left, and resources that were done, a moment ago."""
        self._is_over = False
        self._mark = ""

    def update(self, progress: Progress) -> None:
        """Notes how far the crawl is."""
        for check in progress.checks:
            self._looked[check.resource.key] = check.judgement.verdict, check.looks
        self._now = replace(progress, checks=())
        self._path.append((progress.budget_left, progress.done))
        while self._path[0][0] - progress.budget_left > _PACE_SECONDS:
            self._path.popleft()

    def end(self, distrust: Distrust | None) -> None:
        """Shows the final state: first whether the run is trusted, and no estimate any more."""
        self._is_over = True
        self._mark = "untrusted: " if distrust else self._mark

    def shown(self) -> RenderableType:
        """The lines: how far, how many of each verdict, and which hosts we wait for."""
        now = self._now
        head = Table.grid(padding=(0, 2, 0, 0))
        head.add_column(width=_BAR_WIDTH)
        head.add_column(no_wrap=True)
        if now is None:
            head.add_row(ProgressBar(total=None, width=_BAR_WIDTH), "")
            return head
        bar = ProgressBar(total=max(now.total, 1), completed=now.done, width=_BAR_WIDTH)
        done = Text(f"{now.done}/{now.total}")
        if not self._is_over:
            done.append("".join(f"  {text}" for text in self._times(now)), "dim")
        head.add_row(bar, done)
        below = [Text(self._counts())]
        if not self._is_over:
            below.append(Text(_waiting(now.asking), "dim", no_wrap=True, overflow="ellipsis"))
        return Group(head, *below)

    def _times(self, now: Progress) -> Iterator[str]:
        again = sum(
            verdict in _LOOKED_AT_TWICE and looks < 2 for verdict, looks in self._looked.values()
        )
        left = self._seconds_to_go(now)
        if now.done >= now.total and again:
            yield f"second looks: {again}"
        elif left is not None:
            yield f"about {_clock(left)} to go"
        yield f"budget {_clock(now.budget_left)}"

    def _seconds_to_go(self, now: Progress) -> float | None:
        """By the pace of the last seconds; None while there is none, and when all are done."""
        budget, done = self._path[0]
        seconds, ended = budget - now.budget_left, now.done - done
        if seconds < 1 or ended < 1 or now.done >= now.total:
            return None
        # The last ones are slow: expect at least as long again as the time in which nothing has ended.
        idle = next(left for left, was in self._path if was == now.done) - now.budget_left
        left = max(seconds * (now.total - now.done) / ended, idle, 1)
        return min(left, now.budget_left)

    def _counts(self) -> str:
        counts = Counter(verdict for verdict, _ in self._looked.values())
        numbers = (f"{verdict} {counts[verdict]}" for verdict in Verdict if counts[verdict])
        return self._mark + "  ".join(numbers)


class Display:
    """Shows the progress of a run: by lines, a bar, both or nothing."""

    def __init__(self, *, lines: Lines | None = None, bar: Bar | None = None) -> None:
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


def _waiting(hosts: tuple[str, ...]) -> str:
    if not hosts:
        return ""
    more = len(hosts) - HOSTS_SHOWN
    named = ", ".join(hosts[:HOSTS_SHOWN]) + (f" and {more} more" if more > 0 else "")
    return f"waiting for {named}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(max(0, round(seconds)), 60)
    return f"{minutes}:{rest:02}"
