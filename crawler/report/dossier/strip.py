"""Pure: the last nights of a resource, a character each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawler.model import Check, Run, Verdict
from crawler.report import words

NIGHTS = 60
"""How many are shown: with their dates they fit into 80 columns."""

MARKS: dict[Verdict, str] = {
    Verdict.DEAD: "X",
    Verdict.FAILING: "x",
    Verdict.SUSPECT: "?",
    Verdict.BLOCKED: "#",
    Verdict.SKIPPED: "o",
    Verdict.MOVED: ">",
    Verdict.OK: "|",
}
"""The worst first, which a night with several runs is shown by."""
GAP = "."
"""A night without a check."""

_RANKS = {verdict: rank for rank, verdict in enumerate(MARKS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """One night, by the date on which its runs began."""

    date: date
    check: Check | None
    """The worst there was; None when there was none."""

    @property
    def mark(self) -> str:
        """The character for it."""
        return MARKS[self.check.judgement.verdict] if self.check else GAP


def strip(checks: Iterable[tuple[Run, Check]], now: datetime) -> tuple[Night, ...]:
    """The last nights up to `now`, in whose zone they are named, from the first with a check on."""
    worst: dict[date, Check] = {}
    for run, check in checks:
        night = run.started_at.astimezone(now.tzinfo).date()
        worst[night] = min(check, worst.get(night, check), key=_rank)
    first = max(min(worst, default=now.date()), now.date() - timedelta(days=NIGHTS - 1))
    dates = (first + timedelta(days=n) for n in range((now.date() - first).days + 1))
    return tuple(Night(date=one, check=worst.get(one)) for one in dates) if worst else ()


def legend(nights: Sequence[Night]) -> Iterator[str]:
    """What each character that occurs stands for."""
    marks = {night.mark for night in nights}
    for verdict, mark in reversed(MARKS.items()):
        if mark in marks:
            yield f"{mark} {words.VERDICTS[verdict]}"
    if GAP in marks:
        yield f"{GAP} no check"


def _rank(check: Check) -> int:
    return _RANKS[check.judgement.verdict]
