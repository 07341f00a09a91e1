"""The nights of a resource as paths, and in words."""

from datetime import date, timedelta

import pytest

from crawler.report.page import strips

LAST = date(2026, 11, 21)


def nights(count: int) -> list[date]:
    return [LAST - timedelta(days=n) for n in reversed(range(count))]


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ("||>|", "4 nights, all reachable"),
        ("|.|.", "2 nights, all reachable"),
        ("|", "1 night, all reachable"),
        ("||Xx|", "3 of 5 nights reachable, last trouble 2026-11-20"),
        ("?...", "0 of 1 night reachable, last trouble 2026-11-18"),
        ("...", "not checked in these nights"),
    ],
)
def test_strip_in_words(marks: str, said: str) -> None:
    assert strips.label(marks, nights(len(marks))) == said


def test_strip_has_one_path_for_each_state_and_one_segment_for_nights_alike() -> None:
    drawn = strips.paths("|" * 40 + "." + "|" * 40 + "X" * 9)
    assert drawn.count("<path") == 2
    assert 'class="healthy" d="M0 8h40v4h-40zM41 8h40v4h-40z"' in drawn
    assert 'class="broken" d="M81 0h9v12h-9z"' in drawn


@pytest.mark.parametrize(
    ("count", "box"), [(5, "-9 0 14 12"), (14, "0 0 14 12"), (90, "0 0 90 12")]
)
def test_last_night_is_at_the_right(count: int, box: str) -> None:
    assert strips.view_box("|" * count) == box


@pytest.mark.parametrize(
    ("milliseconds", "path"),
    [
        ([], ""),
        ([100], ""),
        ([None, 100, None], ""),
        ([100, 50], "m0 0l60 8"),
        ([100, None, 50, 100], "m0 0m40 8l20-8"),
        ([0, 0], "m0 16l60 0"),
    ],
)
def test_line_of_response_times(milliseconds: list[int | None], path: str) -> None:
    assert strips.line(milliseconds) == path


def test_one_slow_night_does_not_flatten_the_line() -> None:
    usual, slow = [100] * 200, [100] * 199 + [9_000]
    assert strips.line(usual) == strips.line(slow)


def test_line_of_many_nights_has_few_points() -> None:
    assert len(strips.line([100 + n % 7 for n in range(90)])) < 120
