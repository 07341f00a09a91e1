"""Pure: the last nights of a resource, a character each: what they brought, and how fast it answered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from crawler.model import GAP, NIGHT_MARKS, Check, Histories, Run, Verdict
from crawler.report.wording.state_words import CLASS_WORDS

NIGHTS = 90
"""How many are known; as many as fit are shown."""

_HEIGHTS = "▁▂▃▄▅▆▇█"
"""For the time of an answer, the fastest first."""
_ORDINARY = 0.95
"""Share of the answers among which heights differ; slower ones are as high as the slowest of these."""
_WORST_FIRST = (
    Verdict.DEAD,
    Verdict.FAILING,
    Verdict.SUSPECT,
    Verdict.BLOCKED,
    Verdict.SKIPPED,
    Verdict.MOVED,
    Verdict.OK,
)
_RANKS = {verdict: rank for rank, verdict in enumerate(_WORST_FIRST)}


@dataclass(frozen=True, slots=True)
class Strip:
    """The nights from the first one with a check on, oldest first; empty without a check."""

    dates: tuple[date, ...] = ()
    marks: str = ""
    """A character for each, as in `NIGHT_MARKS`."""
    milliseconds: tuple[int | None, ...] = ()
    """For each, how long the answer took; None without one."""

    def latest(self, most: int) -> "Strip":
        """The last ones, at most so many."""
        begin = max(len(self.marks) - most, 0)
        return Strip(self.dates[begin:], self.marks[begin:], self.milliseconds[begin:])


def strip_of(histories: Histories, key: str) -> Strip:
    """The nights of the resource with that key."""
    history = histories.of.get(key)
    if history is None:
        return Strip()
    begin = len(history.marks) - len(history.marks.lstrip(GAP))
    known = Strip(
        histories.nights[begin:], history.marks[begin:], tuple(history.milliseconds[begin:])
    )
    return known.latest(NIGHTS)


def worst_by_night(checks: Iterable[tuple[Run, Check]], now: datetime) -> Mapping[date, Check]:
    """The worst check of each of the last nights up to `now` that had one, oldest first.

    Nights are named by the date on which their runs began, in the zone of `now`.
    """
    worst: dict[date, Check] = {}
    for run, check in checks:
        night = run.started_at.astimezone(now.tzinfo).date()
        worst[night] = min(check, worst.get(night, check), key=_rank)
    first = now.date() - timedelta(days=NIGHTS - 1)
    return {night: worst[night] for night in sorted(worst) if night >= first}


def legend(marks: str) -> Iterator[str]:
    """What each character that occurs stands for."""
    for kind, mark in reversed(NIGHT_MARKS.items()):
        if mark in marks:
            yield f"{mark} {CLASS_WORDS[kind]}"
    if GAP in marks:
        yield f"{GAP} no check"


def times(milliseconds: Iterable[int | None]) -> str:
    """A character for the time of each night's answer; empty with fewer than two answers."""
    each = tuple(milliseconds)
    known = sorted(_known(each))
    if len(known) < 2:
        return ""
    top = known[round((len(known) - 1) * _ORDINARY)] or 1
    return "".join(GAP if one is None else _height(one / top) for one in each)


def range_of_times(milliseconds: Iterable[int | None]) -> str:
    """The fastest, the slowest and the ordinary answer of these nights, in seconds."""
    known = [one / 1000 for one in _known(milliseconds)]
    if not known:
        return ""
    return f"{min(known):.2f} to {max(known):.2f} s, median {median(known):.2f} s"


def _known(milliseconds: Iterable[int | None]) -> list[int]:
    return [one for one in milliseconds if one is not None]


def _height(share: float) -> str:
    return _HEIGHTS[min(int(share * len(_HEIGHTS)), len(_HEIGHTS) - 1)]


def _rank(check: Check) -> int:
    return _RANKS[check.judgement.verdict]
