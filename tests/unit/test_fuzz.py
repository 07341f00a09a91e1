"""What parses text of others keeps its promises with random text; `python -m tests.fuzz` tries more."""

import os

import pytest

from tests.fuzz.rounds import Round, play
from tests.fuzz.subjects import SUBJECTS

FULL = bool(os.environ.get("CRAWLER_FULL"))  # noqa: TID251


@pytest.mark.slow
@pytest.mark.timeout(3_600 if FULL else 600)
@pytest.mark.parametrize("name", SUBJECTS)
def test_no_text_of_others_raises_hangs_or_loses_a_row(name: str) -> None:
    play(SUBJECTS[name], Round(seed=20261103, examples=5_000 if FULL else 60))


def test_a_parser_that_fails_is_found() -> None:
    def check(example: object) -> None:
        if "<" in str(example):
            raise ZeroDivisionError

    failing = SUBJECTS["text"]
    with pytest.raises(ZeroDivisionError):
        play(type(failing)(given=failing.given, check=check), Round(seed=1, examples=500))
