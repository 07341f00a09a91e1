"""Pure: the last nights of a resource, a character each: what they brought, and how fast it answered."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from statistics import median

from crawler.model import Check, Run, Verdict
from crawler.report.wording.state_words import VERDICT_WORDS

NIGHTS = 90
"""How many are known; as many as fit are shown."""

MARKS: dict[Verdict, str] = {
    Verdict.DEAD: "X",
    Verdict.FAILING: "x",
    Verdict.SUSPECT: "?",
    Verdict.BLOCKED: "#",
    Verdict.SKIPPED: "o",
    Verdict.MOVED: ">",
    Verdict.OK: "|",
}
"""The worst first: it is shown for a night with several runs."""
GAP = "."
"""A night without a check."""

_HEIGHTS = "▁▂▃▄▅▆▇█"
"""For the time of an answer, the fastest first."""
_ORDINARY = 0.95
"""Share of the answers among which heights differ; slower ones are as high as the slowest of these."""

_RANKS = {verdict: rank for rank, verdict in enumerate(MARKS)}


def worst_by_night(
    checks: Iterable[tuple[Run, Check]], now: datetime
) -> Mapping[date, Check | None]:
    """The worst check of each of the last nights up to `now`, from the first night with a check on.

    Nights are named by the date on which their runs began, in the zone of `now`.
    """
    worst: dict[date, Check] = {}
    for run, check in checks:
        night = run.started_at.astimezone(now.tzinfo).date()
        worst[night] = min(check, worst.get(night, check), key=_rank)
    if not worst:
        return {}
    first = max(min(worst), now.date() - timedelta(days=NIGHTS - 1))
    nights = (first + timedelta(days=n) for n in range((now.date() - first).days + 1))
    return {night: worst.get(night) for night in nights}


def marks(nights: Mapping[date, Check | None]) -> str:
    """A character for each night."""
    return "".join(MARKS[c.judgement.verdict] if c else GAP for c in nights.values())


def legend(nights: Mapping[date, Check | None]) -> Iterator[str]:
    """What each character that occurs stands for."""
    found = marks(nights)
    for verdict, mark in reversed(MARKS.items()):
        if mark in found:
            yield f"{mark} {VERDICT_WORDS[verdict]}"
    if GAP in found:
        yield f"{GAP} no check"


def times(nights: Mapping[date, Check | None]) -> str:
    """A character for the time of each night's answer; empty with fewer than two answers."""
    seconds = [_seconds(check) for check in nights.values()]
    known = sorted(second for second in seconds if second is not None)
    if len(known) < 2:
        return ""
    top = known[round((len(known) - 1) * _ORDINARY)] or 1.0
    return "".join(GAP if second is None else _height(second / top) for second in seconds)


def range_of_times(nights: Mapping[date, Check | None]) -> str:
    """The fastest, the ordinary and the slowest answer of these nights."""
    known = [second for check in nights.values() if (second := _seconds(check)) is not None]
    if not known:
        return ""
    return f"{min(known):.2f} to {max(known):.2f} s, median {median(known):.2f} s"


def _seconds(check: Check | None) -> float | None:
    return check.elapsed.total_seconds() if check and check.elapsed is not None else None


def _height(share: float) -> str:
    return _HEIGHTS[min(int(share * len(_HEIGHTS)), len(_HEIGHTS) - 1)]


def _rank(check: Check) -> int:
    return _RANKS[check.judgement.verdict]
