"""One round: many examples of one subject, from a seed that makes it repeatable."""

from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Its seed, and how many examples it has."""

    seed: int
    examples: int


def play(subject: Subject, one: Round) -> None:
    """Raises what the subject raises, with the smallest example that does it."""
    patient = settings(
        max_examples=one.examples,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )

    def check(example: object) -> None:
        subject.check(example)

    seed(one.seed)(patient(given(subject.given)(check)))()
