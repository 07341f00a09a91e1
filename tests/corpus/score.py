"""Pure: how far the outcomes of the corpus can be believed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.model import Verdict
from tests.corpus.case import Case
from tests.corpus.runner import Outcome, Played

CLASSES: tuple[tuple[str, frozenset[Verdict]], ...] = (
    ("dead", frozenset({Verdict.DEAD})),
    ("suspect", frozenset({Verdict.SUSPECT})),
    ("failing", frozenset({Verdict.FAILING})),
    ("blocked", frozenset({Verdict.BLOCKED})),
    ("ok/moved", frozenset({Verdict.OK, Verdict.MOVED})),
)
FOUND_OUT = frozenset({Verdict.DEAD, Verdict.SUSPECT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def percent(self) -> float:
        """100 when there are none at all."""
        return 100 * self.count / self.of if self.of else 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupScore:
    """One group's."""

    name: str
    verdicts: Share
    reasons: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassScore:
    """How well a class of verdicts is told."""

    name: str
    precision: Share
    recall: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The numbers that count."""

    groups: tuple[GroupScore, ...]
    classes: tuple[ClassScore, ...]
    misses: tuple[Outcome, ...]
    living_dead: tuple[str, ...]
    living_suspect: Share
    substitutes_found: Share
    verdicts: Share
    reasons: Share


def score(played: Played) -> Score:
    """The score of a run."""
    outcomes = played.outcomes
    living = [o for o in outcomes if o.case.living]
    names = dict.fromkeys(o.case.group for o in outcomes)
    return Score(
        groups=tuple(_group(name, [o for o in outcomes if o.case.group == name]) for name in names),
        classes=tuple(_class(name, verdicts, outcomes) for name, verdicts in CLASSES),
        misses=tuple(o for o in outcomes if not o.exact),
        living_dead=tuple(o.case.name for o in living if o.verdict is Verdict.DEAD),
        living_suspect=_share(o.verdict is Verdict.SUSPECT for o in living),
        substitutes_found=_share(o.verdict in FOUND_OUT for o in outcomes if o.case.substitute),
        verdicts=_share(map(_verdict_fits, outcomes)),
        reasons=_share(map(_reason_fits, outcomes)),
    )


def miss_line(outcome: Outcome) -> str:
    """Case, what was expected, what was got."""
    case = outcome.case
    got = f"{outcome.verdict}/{outcome.reason}" if outcome.verdict else "nothing"
    line = f"{case.group}/{case.name}: expected {case.expected}, got {got}"
    return f"{line}; {outcome.complaint}" if outcome.complaint else line


def selected(cases: Iterable[Case], group: str, name: str) -> tuple[Case, ...]:
    """The cases of a group, or with a name; "" selects all."""
    return tuple(c for c in cases if group in {"", c.group} and name in {"", c.name})


def _group(name: str, outcomes: Sequence[Outcome]) -> GroupScore:
    return GroupScore(
        name=name,
        verdicts=_share(map(_verdict_fits, outcomes)),
        reasons=_share(map(_reason_fits, outcomes)),
    )


def _class(name: str, verdicts: frozenset[Verdict], outcomes: Sequence[Outcome]) -> ClassScore:
    return ClassScore(
        name=name,
        precision=_share(o.case.verdict in verdicts for o in outcomes if o.verdict in verdicts),
        recall=_share(o.verdict in verdicts for o in outcomes if o.case.verdict in verdicts),
    )


def _verdict_fits(outcome: Outcome) -> bool:
    return outcome.verdict is outcome.case.verdict


def _reason_fits(outcome: Outcome) -> bool:
    return outcome.reason is outcome.case.reason


def _share(answers: Iterable[bool]) -> Share:
    given = tuple(answers)
    return Share(count=sum(given), of=len(given))
