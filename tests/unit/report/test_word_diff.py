"""Two lines of a page, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.report.word_diff import PieceKind, as_text, word_diff

LINES = st.text(st.sampled_from("ab c,.课程é"), max_size=60)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("It is free now.", "It is free now.", "It is free now."),
        ("It is free now.", "It is a trial now.", "It is [-free-]{+a trial+} now."),
        ("Ask us, or write.", "Ask them; or write.", "Ask [-us,-]{+them;+} or write."),
        ("Salaries by town.", "Our new shop.", "[-Salaries by town.-]{+Our new shop.+}"),
        ("", "A new line.", "{+A new line.+}"),
        ("An old line.", "", "[-An old line.-]"),
        ("課程是免費的", "課程是收費的", "課程是[-免-]{+收+}費的"),
        ("", "", ""),
    ],
)
def test_what_went_stands_before_what_came(before: str, after: str, shown: str) -> None:
    assert as_text(word_diff(before, after)) == shown


@given(LINES, LINES)
def test_both_lines_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(p.text for p in pieces if p.kind is not PieceKind.NEW) == before
    assert "".join(p.text for p in pieces if p.kind is not PieceKind.GONE) == after
    assert all(p.text for p in pieces)


def test_lines_of_too_many_words_are_not_compared() -> None:
    line = "a b " * 5_000
    assert len(word_diff(line, line + "c")) == 2
