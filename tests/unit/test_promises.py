"""Each promise has its tests, and each mark its promise."""

from tests.promises.table import marked, promises


def test_every_promise_has_a_test() -> None:
    assert [*marked().keys() - promises().keys()] == []
    assert [number for number in promises() if number not in marked()] == []


def test_a_test_that_is_named_by_a_promise_has_its_mark() -> None:
    named = {
        (number, name)
        for number in promises()
        for names in marked().values()
        for name in names
        if name.startswith(f"test_{number}_")
    }
    assert named <= {(number, name) for number, names in marked().items() for name in names}
    assert ("28b", "test_28b_they_are_told_where_the_settings_say_so_and_others_always") in named
