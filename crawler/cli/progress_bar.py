"""IO: progress on a terminal: a bar, counts, and the hosts that we wait for."""

import contextlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from crawler.crawl import Progress
from crawler.guard import Distrust
from crawler.model import Verdict

HOSTS_SHOWN = 3
"""Of the hosts that we wait for; the others are counted."""
_BAR_WIDTH = 20
_PACE_SECONDS = 20.0
"""How far back the pace is measured from which the end is estimated."""


@contextlib.contextmanager
def live_bar(
    write: Callable[[str], None],
) -> Iterator[tuple["Bar | None", Callable[[str], None]]]:
    """A bar, and what writes lines above it; no bar and `write` on a terminal that cannot go back."""
    console = Console(stderr=True, highlight=False)
    if console.is_dumb_terminal or not console.is_terminal:
        yield None, write
        return
    bar = Bar()
    with Live(get_renderable=bar.shown, console=console) as live:
        try:
            yield bar, lambda text: console.print(text, markup=False, soft_wrap=True)
        finally:
            live.refresh()
    console.print()


class Bar:
    """How far a run is, in three lines that fit any terminal."""

    def __init__(self) -> None:
        self._now: Progress | None = None
        self._path: deque[tuple[float, int]] = deque()
        """Seconds of budget that were left, and resources that were done, a moment ago."""
        self._is_over = False
        self._mark = ""

    def update(self, progress: Progress) -> None:
        """Notes how far the crawl is."""
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
        below = [Text(self._mark + _counts(now))]
        if not self._is_over:
            below.append(Text(_waiting(now.asking), "dim", no_wrap=True, overflow="ellipsis"))
        return Group(head, *below)

    def _times(self, now: Progress) -> Iterator[str]:
        left = self._seconds_to_go(now)
        if now.done >= now.total and now.in_doubt:
            yield f"second looks: {now.in_doubt}"
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


def _counts(now: Progress) -> str:
    counts = ((verdict, now.verdicts.get(verdict)) for verdict in Verdict)
    return "  ".join(f"{verdict} {count}" for verdict, count in counts if count)


def _waiting(hosts: tuple[str, ...]) -> str:
    if not hosts:
        return ""
    more = len(hosts) - HOSTS_SHOWN
    named = ", ".join(hosts[:HOSTS_SHOWN]) + (f" and {more} more" if more > 0 else "")
    return f"waiting for {named}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(max(0, round(seconds)), 60)
    return f"{minutes}:{rest:02}"
