"""Pure: what the verdicts are worth, compared with what was planted."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.real_pages.fates import (
    NIGHTS,
    QUIET_NIGHT,
    ROTS,
    STAYS,
    Fate,
    Hope,
    hope,
    is_right,
)
from benchmarks.real_pages.nights import Outcome
from crawler.model import Verdict, WarningCode

_NO_ANSWER = frozenset({Verdict.FAILING, Verdict.BLOCKED, Verdict.SKIPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of how many."""

    part: int
    whole: int

    @property
    def percent(self) -> float:
        """0 for nothing of nothing."""
        return 100 * self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Of one list, all nights together; each row counts once, with its worst night."""

    living_dead: Share
    living_suspect: Share
    living_unanswered: Share
    """Told as failing, blocked or skipped."""
    rotten_missed: Share
    """On the last night."""
    rotten_missed_first: Share
    """On the first night, of those that were rotten then."""
    rotten_suspect: Share
    """Caught on the last night, but only suspected."""
    hijacks_caught: Share
    hijacks_suspect: Share
    moves_told: Share
    troubles_told: Share
    """Outages of one night told as failing."""
    events: Share
    """Rows to which nothing happens with a change on the quiet night."""
    title_mismatch: Share
    slow: Share


def scores(outcomes: Sequence[Outcome]) -> Scores:
    """The scores of the outcomes of one list."""
    last = max((one.night for one in outcomes), default=0)
    living = [one for one in outcomes if hope_of(one) is Hope.LIVES]
    rotten = [one for one in outcomes if one.row.link.fate in ROTS and one.night == last]
    first = [one for one in outcomes if one.night == 1 and hope_of(one) is Hope.GONE]
    hijacks = [
        one for one in outcomes if one.row.link.fate is Fate.HIJACKED and one.night == NIGHTS[-1]
    ]
    quiet = [one for one in outcomes if one.row.link.fate in STAYS and one.night == QUIET_NIGHT]
    moved = [one for one in outcomes if hope_of(one) is Hope.MOVED and one.night == last]
    return Scores(
        living_dead=_rows(living, lambda one: one.verdict is Verdict.DEAD),
        living_suspect=_rows(living, lambda one: one.verdict is Verdict.SUSPECT),
        living_unanswered=_rows(living, lambda one: one.verdict in _NO_ANSWER),
        rotten_missed=_rows([one for one in rotten if hope_of(one) is Hope.GONE], is_wrong),
        rotten_missed_first=_rows(first, is_wrong),
        rotten_suspect=_rows(rotten, lambda one: one.verdict is Verdict.SUSPECT),
        hijacks_caught=_rows(hijacks, lambda one: not is_wrong(one)),
        hijacks_suspect=_rows(hijacks, lambda one: one.verdict is Verdict.SUSPECT),
        moves_told=_rows(moved, lambda one: not is_wrong(one)),
        troubles_told=_rows(
            [one for one in outcomes if hope_of(one) is Hope.FAILS], lambda one: not is_wrong(one)
        ),
        events=_rows(quiet, lambda one: bool(one.changes)),
        title_mismatch=_rows(living, lambda one: WarningCode.TITLE_MISMATCH in one.warnings),
        slow=_rows(living, lambda one: WarningCode.SLOW in one.warnings),
    )


def hope_of(outcome: Outcome) -> Hope:
    """What was true of the page that night."""
    return hope(outcome.row.link.fate, outcome.night)


def is_wrong(outcome: Outcome) -> bool:
    """Whether the verdict is none of those that are right."""
    return not is_right(outcome.row.link.fate, outcome.night, outcome.verdict)


def missed_by(outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> Mapping[str, Share]:
    """What is gone on the last night and was told as alive, by anything that can be said of it."""
    last = max((one.night for one in outcomes), default=0)
    gone = [one for one in outcomes if one.night == last and hope_of(one) is Hope.GONE]
    wholes = Counter(map(key, gone))
    parts = Counter(key(one) for one in gone if is_wrong(one))
    return {name: Share(part=parts[name], whole=wholes[name]) for name in sorted(wholes)}


def how(outcome: Outcome) -> str:
    """What is in the place of a page that is gone."""
    host = outcome.row.host
    if host.takeover is not None:
        return f"{outcome.row.link.fate}: {host.takeover}"
    return host.way.value


def _rows(outcomes: Sequence[Outcome], is_part: Callable[[Outcome], bool]) -> Share:
    """How many different rows, each counted if any of its outcomes is part."""
    whole = {one.row.number for one in outcomes}
    part = {one.row.number for one in outcomes if is_part(one)}
    return Share(part=len(part), whole=len(whole))
