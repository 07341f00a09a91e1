"""Pure: the last nights of a resource, a character each."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from crawler.model import Check, Run, Verdict
from crawler.report.wording.state_words import VERDICT_WORDS

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
"""The worst first: it is shown for a night with several runs."""
GAP = "."
"""A night without a check."""

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


def _rank(check: Check) -> int:
    return _RANKS[check.judgement.verdict]
