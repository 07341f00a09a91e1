"""Resources that are found by number, line, key, URL or glob."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import pytest

from crawler.errors import ResourcesError
from crawler.model import Place, Resource
from crawler.resources import finding, has_moved, name_of, select
from tests.support.effort import cpu_seconds_at_most

NUMBERED = (
    Resource(
        key="1",
        number=1,
        title="Python Tutorial",
        url="https://a.org/x",
        category="Python",
        line=2,
    ),
    Resource(key="2", number=2, title="SQL", url="https://b.org/Python", category="Data", line=3),
    Resource(
        key="84", number=84, title="Tool 1", url="http://www.C.org/", category="Data", line=9
    ),
)
PLAIN = (
    Resource(key="https://d.org/?q=[a]", title="Search", url="https://d.org/?q=[a]", line=2),
    Resource(key="https://d.org/xq=a", url="https://d.org/xq=a", line=4),
    Resource(
        key="tool-3", title="Tool 1", url="https://web.archive.org/web/https://d.org", line=9
    ),
    Resource(key="gone", url="https://gone.org/"),
)


def keys(resources: Sequence[Resource], *patterns: str) -> list[str]:
    return [resource.key for resource in select(resources, patterns)]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("1", ["1"]),
        ("02", ["2"]),
        ("line:2", ["1"]),
        ("LINE:9", ["84"]),
        ("https://a.org/x", ["1"]),
        ("a.org/x", ["1"]),
        ("c.org", ["84"]),
        ("https://c.org/", ["84"]),
        ("http://A.org/x/", ["1"]),
        ("sql", ["2"]),
        ("data", ["2", "84"]),
        ("*PYTHON*", ["1", "2"]),
        ("https://?.org/*", ["1", "2"]),
        ("?.org/*", ["1", "2"]),
        ("www.c.org/*", ["84"]),
    ],
)
def test_a_pattern_selects_by_number_line_url_or_glob(pattern: str, found: list[str]) -> None:
    assert keys(NUMBERED, pattern) == found


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("4", "https://d.org/xq=a"),
        ("line:4", "https://d.org/xq=a"),
        ("tool-3", "tool-3"),
        ("d.org/?q=[a]", "https://d.org/?q=[a]"),
        ("web.archive.org/web/https://d.org", "tool-3"),
        ("gone.org", "gone"),
    ],
)
def test_in_a_list_without_numbers_digits_are_a_line(pattern: str, found: str) -> None:
    assert keys(PLAIN, pattern) == [found]


def test_a_url_in_the_list_is_no_glob() -> None:
    asked = PLAIN[0]
    assert select(PLAIN, [asked.url]) == (asked,)
    assert select(PLAIN[1:], [asked.url]) == (PLAIN[1],)


def test_the_closest_spelling_wins() -> None:
    small, large = (
        Resource(key="s", url="https://a.org/x"),
        Resource(key="l", url="https://a.org/X"),
    )
    assert keys((small, large), "https://a.org/X") == ["l"]
    assert keys((small, large), "a.org/X") == ["l"]
    assert keys((small, large), "www.a.org/X") == ["s", "l"]


def test_several_patterns_select_together_and_each_resource_once() -> None:
    assert keys(NUMBERED) == ["1", "2", "84"]
    assert keys(NUMBERED, "84", "data", "line:2") == ["84", "2", "1"]


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        (
            "80",
            "80: no such resource; near to it: 84 (Tool 1, line 9); 2 (SQL, line 3); 1 (Python Tut",
        ),
        ("line:4", "line:4: no such resource; near to it: 2 (SQL, line 3); 1 (Python"),
        ("tutor", "tutor: no such resource; near to it: 1 (Python Tutorial, line 2)"),
        ("b.org", "b.org: no such resource; near to it: 2 (SQL, line 3)"),
        ("https://b.org/pythn", "no such resource; near to it: 2 (SQL, line 3)"),
        ("o", "near to it: 1 (Python Tutorial, line 2); 2 (SQL, line 3); 84 (Tool 1, line 9)"),
        ("zzz", "zzz: no such resource; give a number, line:84 for the row on line 84, a URL, or"),
        ("", ": no such resource; "),
        ("Py\x1b[2Jthon\nTutorial", "Py[2Jthon Tutorial: no such resource; near to it: 1 (Pyth"),
    ],
)
def test_what_fits_nothing_is_told_with_what_is_near(pattern: str, says: str) -> None:
    with pytest.raises(ResourcesError) as caught:
        select(NUMBERED, ["1", pattern])
    assert says in str(caught.value)


def test_near_rows_of_a_list_without_numbers_are_named_by_line() -> None:
    with pytest.raises(ResourcesError, match=r"near to it: line:4 \(https://d.org/xq=a\); line:2"):
        select(PLAIN, ["line:5"])
    urls = [f"https://{n}.org/" for n in range(1, 9)]
    many = [Resource(key=url, url=url, line=n) for n, url in enumerate(urls, 1)]
    with pytest.raises(ResourcesError, match=r"line:3 \(https://3.org/\) and 5 more"):
        select(many, ["org"])


def test_nothing_is_found_in_an_empty_list() -> None:
    with pytest.raises(ResourcesError, match="the list is empty"):
        select((), ["1"])


def test_a_resource_is_named_as_a_command_takes_it() -> None:
    for resources in (NUMBERED, PLAIN):
        for resource in resources:
            assert select(resources, [name_of(resource)]) == (resource,)
    assert [name_of(one) for one in (NUMBERED[2], PLAIN[1], PLAIN[3])] == ["84", "line:4", "gone"]


@pytest.mark.parametrize(
    ("number", "line", "pattern", "moved"),
    [
        (84, 9, "84", False),
        (84, 10, "84", False),
        (84, 10, "line:9", True),
        (83, 9, "84", True),
        (83, 9, "line:9", False),
        (83, 10, "www.c.org", False),
        (83, 10, "7", False),
    ],
)
def test_a_number_or_a_line_may_have_meant_another_row(
    number: int, line: int, pattern: str, *, moved: bool
) -> None:
    now = NUMBERED[2]
    assert has_moved(replace(now, number=number, line=line), now, [pattern]) is moved


def in_files(key: str, *places: Place) -> Resource:
    first = places[0]
    return Resource(
        key=key, url=f"https://{key}.org", line=first.line, file=first.file, places=places
    )


FILES = (
    in_files("a", Place(file="docs/tools.md", line=3, column=7)),
    in_files(
        "b",
        Place(file="docs/tools.md", line=3, column=40),
        Place(file="docs/books.md", line=3, column=7),
    ),
    in_files("c", Place(file="docs/books.md", line=7, column=1)),
)


@pytest.mark.parametrize(
    ("pattern", "keys"),
    [
        ("docs/tools.md", "ab"),
        ("tools.md", "ab"),
        ("docs/books.md", "bc"),
        ("docs/books.md:3", "b"),
        ("books.md:7", "c"),
        ("tools.md:3", "ab"),
        ("docs/tools.md:3:40", "b"),
        ("line:3", "ab"),
        ("docs/*.md", "abc"),
        ("*books*", "c"),
    ],
)
def test_a_file_means_what_stands_in_it(pattern: str, keys: str) -> None:
    assert "".join(one.key for one in select(FILES, [pattern])) == keys


def test_each_link_of_a_line_has_its_own_name() -> None:
    listed = [replace(one, key=one.url) for one in FILES]
    assert [name_of(one) for one in listed] == [
        "docs/tools.md:3:7",
        "docs/tools.md:3:40",
        "docs/books.md:7:1",
    ]
    assert [select(listed, [name_of(one)]) for one in listed] == [(one,) for one in listed]


@pytest.mark.parametrize(
    ("pattern", "moved"),
    [
        ("docs/tools.md:3:7", True),
        ("docs/tools.md:9:7", False),
        ("tools.md:3", True),
        ("docs/tools.md", False),
        ("docs/*.md", False),
    ],
)
def test_a_place_that_means_another_link_by_now_has_moved(pattern: str, *, moved: bool) -> None:
    now = FILES[0]
    before = replace(now, line=9, places=(replace(now.places[0], line=9),))
    assert has_moved(before, now, [pattern]) is moved


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("docs/tools.md", "docs/tools.md:3"),
        ("/srv/list/README.md", "README.md:3"),
        ("resources.csv", "line:3"),
        ("my list.md", "line:3"),
        ("$(x).md", "line:3"),
        ("", "line:3"),
    ],
)
def test_what_has_no_number_is_named_by_its_place(file: str, name: str) -> None:
    assert name_of(Resource(key="https://a.org/", url="https://a.org", line=3, file=file)) == name


# --- patterns and lists that want to take long ----------------------------------------------------

LONG = tuple(
    Resource(
        key=str(number),
        number=number,
        line=number,
        category="Long",
        title="T" * 300,
        url=f"https://{number}.example/{'a' * 100_000}",
    )
    for number in range(1, 51)
)


@pytest.mark.parametrize(
    "pattern",
    [
        "typo",
        "a" * 120_000 + "b",
        "1" * 5000,
        "line:" + "1" * 5000,
        "README.md:" + "1" * 5000,
        "1:" * 50_000,
        "*a" * 500 + "b",
        "*" + "a" * 1900 + "b",
        "*" + "?" * 1900 + "b*",
    ],
    ids=lambda pattern: f"{pattern[:10]}, {len(pattern)}",
)
def test_no_pattern_takes_long_where_urls_are_long(pattern: str) -> None:
    with cpu_seconds_at_most(1), pytest.raises(ResourcesError, match="no such resource"):
        select(LONG, (pattern,))


def test_long_urls_are_found_by_themselves_and_by_globs() -> None:
    assert select(LONG, (LONG[6].url,)) == (LONG[6],)
    assert select(LONG, ("*//7.*a*",)) == (LONG[6],)


# --- lists that are not in memory -----------------------------------------------------------------


class Read(Collection[Resource]):
    """Resources that count how often they are read."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        self._resources = resources
        self.times = 0

    def __iter__(self) -> Iterator[Resource]:
        self.times += 1
        return iter(self._resources)

    def __len__(self) -> int:
        return len(self._resources)

    def __contains__(self, resource: object) -> bool:
        return resource in self._resources


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("84", "84"),
        ("line:3", "2"),
        ("https://b.org/Python", "2"),
        ("c.org", "84"),
        ("*tutorial", "1"),
    ],
)
def test_a_pattern_that_fits_is_compared_with_each_resource_once(pattern: str, key: str) -> None:
    listed = Read(NUMBERED)
    assert [one.key for one in select(listed, (pattern,))] == [key]
    assert listed.times == 1


def test_similar_names_are_not_looked_for_in_a_long_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "_MOST_FOR_TYPO", len(NUMBERED))
    with pytest.raises(ResourcesError, match=r"near to it: 1 \(Python Tutorial"):
        select(NUMBERED, ("pyhton tutorial",))
    monkeypatch.setattr(finding, "_MOST_FOR_TYPO", len(NUMBERED) - 1)
    with pytest.raises(ResourcesError, match="no such resource; give a number"):
        select(NUMBERED, ("pyhton tutorial",))
    with pytest.raises(ResourcesError, match=r"near to it: 1 .*; 2 .*; 84 .*\)$"):
        select(NUMBERED, ("org/",))
