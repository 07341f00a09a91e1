"""Each promise has its tests, and each mark its promise."""

from tests.promises.table import marked, promises


def test_every_promise_has_a_test() -> None:
    assert list(promises()) == sorted(marked(), key=list(promises()).index)


def test_a_test_that_is_named_by_a_promise_has_its_mark() -> None:
    marks = {(number, name) for number, names in marked().items() for name in names}
    named = {
        (number, name)
        for number in promises()
        for _, name in marks
        if name.startswith(f"test_{number}_")
    }
    assert named <= marks
    assert ("28b", "test_28b_they_are_told_where_the_settings_say_so_and_others_always") in named
