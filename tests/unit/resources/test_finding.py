"""Resources that are found by number, key, URL or glob."""

import pytest

from crawler.errors import ResourcesError
from crawler.model import Resource
from crawler.resources import find, find_one, select

LISTED = (
    Resource(key="1", number=1, title="Python Tutorial", url="https://a.org/x", category="Python"),
    Resource(key="2", number=2, title="SQL", url="https://b.org/Python", category="Data"),
    Resource(key="tool-3", title="Tool 1", url="https://c.org/", category="Data"),
)


@pytest.mark.parametrize(
    ("pattern", "keys"),
    [
        ("", ["1", "2", "tool-3"]),
        ("1", ["1"]),
        ("02", ["2"]),
        ("9", []),
        ("tool-3", ["tool-3"]),
        ("data", ["2", "tool-3"]),
        ("*PYTHON*", ["1", "2"]),
        ("https://?.org/", ["tool-3"]),
        ("python", ["1"]),
    ],
)
def test_a_pattern_selects_by_number_key_or_glob(pattern: str, keys: list[str]) -> None:
    assert [resource.key for resource in select(LISTED, pattern)] == keys


def test_a_url_in_the_list_is_no_glob() -> None:
    asked = Resource(key="4", url="https://d.org/?q=[a]")
    fits_too = Resource(key="5", url="https://d.org/xq=a")
    assert find((fits_too, asked), asked.url) == (asked,)
    assert select((fits_too, asked), asked.url) == (fits_too, asked)


@pytest.mark.parametrize(
    ("wanted", "key"),
    [("1", "1"), ("tool-3", "tool-3"), ("https://c.org/", "tool-3"), ("sql", "2")],
)
def test_one_resource_is_found(wanted: str, key: str) -> None:
    assert find_one(LISTED, wanted).key == key


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("9", "9: no such resource; the nearest is "),
        ("tool-4", "tool-4: no such resource; the nearest is tool-3 (Tool 1)"),
        ("https://b.org/pyth", "no such resource; the nearest is 2 (SQL)"),
        ("data", "data: 2 resources fit (2, tool-3); name one of them"),
        ("", ": 3 resources fit (1, 2, tool-3); name one of them"),
        ("Py\x1b[2Jthon\nTutor", "Py[2Jthon Tutor: no such resource; the nearest is 1 (Pyth"),
    ],
)
def test_no_or_several_resources_are_reported(wanted: str, says: str) -> None:
    with pytest.raises(ResourcesError) as caught:
        find_one(LISTED, wanted)
    assert says in str(caught.value)


def test_of_many_resources_a_few_are_reported() -> None:
    many = [Resource(key=str(n), url=f"https://{n}.org/") for n in range(1, 9)]
    with pytest.raises(ResourcesError, match=r"8 resources fit \(1, 2, 3, 4, 5, 3 more\)"):
        find_one(many, "*")


def test_nothing_is_found_in_an_empty_list() -> None:
    with pytest.raises(ResourcesError, match="the list is empty"):
        find_one((), "1")
