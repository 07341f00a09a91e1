"""Links in trouble by night, as stacked areas."""

from datetime import date, timedelta

from crawler.model import FindingClass
from crawler.report.page import health
from crawler.report.page.health import Night

FIRST = date(2026, 11, 1)
BROKEN, FAILING, HEALTHY = FindingClass.BROKEN, FindingClass.FAILING, FindingClass.HEALTHY


def nights(*counts: dict[FindingClass, int]) -> list[Night]:
    return [(FIRST + timedelta(days=n), of_night) for n, of_night in enumerate(counts)]


def test_states_stand_on_each_other_and_equal_nights_are_one_segment() -> None:
    drawn = health.draw(nights({BROKEN: 2, FAILING: 1}, {BROKEN: 2, FAILING: 1}, {FAILING: 2}))
    assert drawn.top == 4
    assert dict(drawn.paths) == {BROKEN: "M0 2h2v2h-2z", FAILING: "M0 1h2v1h-2zM2 2h1v2h-1z"}


def test_night_without_a_run_is_a_gap() -> None:
    drawn = health.draw(nights({BROKEN: 2, HEALTHY: 8}, {}, {BROKEN: 2, HEALTHY: 8}))
    assert dict(drawn.paths) == {BROKEN: "M0 0h1v2h-1zM2 0h1v2h-1z"}
    assert drawn.course == (2, None, 2)


def test_last_night_with_a_run_is_what_the_legend_tells() -> None:
    drawn = health.draw(nights({BROKEN: 2}, {BROKEN: 3}, {}))
    assert drawn.last == {BROKEN: 3}
    assert drawn.has_course


def test_healthy_list_has_an_empty_picture() -> None:
    drawn = health.draw(nights({HEALTHY: 9}, {HEALTHY: 9}))
    assert (drawn.paths, drawn.top, drawn.course) == ((), 2, (0, 0))
