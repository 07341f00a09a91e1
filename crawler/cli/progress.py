"""IO: progress on standard error: a bar on a terminal, elsewhere a line for each resource."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from crawler.cli.streams import tell
from crawler.crawl import Progress as CrawlProgress
from crawler.model import Check, Verdict
from crawler.text import clean

HOSTS_SHOWN = 3
"""Of the hosts that we wait for; the others are counted."""

Listener = Callable[[CrawlProgress], None]


@contextlib.contextmanager
def listener(*, quiet: bool, verbose: bool) -> Iterator[Listener]:
    """A function that shows the progress of a run."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if quiet:
        yield lambda _: None
    elif console.is_terminal:
        with Progress(*columns(), console=console, transient=True) as bar:
            yield Bar(bar, console, verbose=verbose)
    else:
        yield _tell_lines


def line(check: Check) -> str:
    """`VERDICT REASON URL`, always on one line."""
    judgement = check.judgement
    return f"{judgement.verdict} {judgement.reason} {clean(check.resource.url)}"


def columns() -> tuple[BarColumn | MofNCompleteColumn | TextColumn, ...]:
    """The parts of the last line of the terminal, from left to right."""
    return (
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[counts]}"),
        TextColumn("[dim]{task.fields[waiting]}"),
        TextColumn("[dim]{task.fields[left]}"),
    )


def _tell_lines(progress: CrawlProgress) -> None:
    for check in progress.checks:
        tell(line(check))


class Bar:
    """A bar, with the number of resources for each verdict."""

    def __init__(self, bar: Progress, console: Console, *, verbose: bool) -> None:
        self._bar = bar
        self._console = console
        self._verbose = verbose
        self._verdicts: dict[str, Verdict] = {}
        self._task: TaskID = bar.add_task("", total=None, counts="", waiting="", left="")

    def __call__(self, progress: CrawlProgress) -> None:
        """Shows how far the crawl is."""
        for check in progress.checks:
            self._verdicts[check.resource.key] = check.judgement.verdict
            if self._verbose:
                self._console.print(line(check), markup=False)
        self._bar.update(
            self._task,
            total=progress.total,
            completed=progress.done,
            counts=self._counts(),
            waiting=_waiting(progress.asking),
            left=f"{_clock(progress.budget_left)} left",
        )

    def _counts(self) -> str:
        counts = Counter(self._verdicts.values())
        return "  ".join(f"{verdict} {counts[verdict]}" for verdict in Verdict if counts[verdict])


def _waiting(hosts: tuple[str, ...]) -> str:
    if not hosts:
        return ""
    more = len(hosts) - HOSTS_SHOWN
    named = ", ".join(hosts[:HOSTS_SHOWN]) + (f" and {more} more" if more > 0 else "")
    return escape(f"waiting for {named}")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(max(0, round(seconds)), 60)
    return f"{minutes}:{rest:02}"
