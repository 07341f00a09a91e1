"""Which known resource a listed one is."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model import Resource
from crawler.resources import identify, parse

LIST = """\
# Tools

- [A](https://a.example)
- [B](https://b.example) - it
- [C](https://c.example)

# Books

- [here](https://d.example)
- <https://e.example>
"""


def read(text: str, name: str = "list.md") -> tuple[Resource, ...]:
    return parse(io.BytesIO(text.encode()), name).resources


def keys(known: tuple[Resource, ...], text: str, name: str = "list.md") -> dict[str, str]:
    identified = identify(known, read(text, name))
    assert len({one.key for one in identified}) == len(identified)
    return {one.url: one.key for one in identified}


KNOWN = read(LIST)
KEYS = {one.url: one.key for one in KNOWN}


def test_a_new_list_has_the_keys_of_its_urls() -> None:
    assert identify((), KNOWN) == KNOWN
    assert KEYS["https://a.example"] == "https://a.example/"


def test_what_we_have_replaced_ourselves_is_known_for_sure() -> None:
    text = LIST.replace("[B](https://b.", "[New](https://x.").replace(
        "[C](https://c.", "[New](https://y."
    )
    assert keys(KNOWN, text)["https://x.example"] == "https://x.example/"
    repaired = {"https://x.example": KEYS["https://b.example"], "https://z.example": "gone"}
    found = {one.url: one.key for one in identify(KNOWN, read(text), repaired)}
    assert found["https://x.example"] == KEYS["https://b.example"]
    assert found["https://y.example"] == KEYS["https://c.example"]
    # Where the old URL still stands, it has its key.
    both = read(f"{LIST}- <https://x.example>\n")
    assert {one.url: one.key for one in identify(KNOWN, both, repaired)} == {
        **KEYS,
        "https://x.example": "https://x.example/",
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[A]", "[Another title]"),
        ("# Tools", "# Things"),
        ("- [A](https://a.example)\n", ""),
        (
            "- [B](https://b.example) - it\n",
            "- new\n- [N](https://n.example)\n- [B](https://b.example)\n",
        ),
        ("https://a.example", "HTTPS://A.example/"),
    ],
)
def test_a_key_outlives_other_edits(old: str, new: str) -> None:
    found = keys(KNOWN, LIST.replace(old, new))
    assert found.pop("https://n.example", None) in {None, "https://n.example/"}
    assert found.items() <= KEYS.items()


@given(st.permutations(KNOWN))
def test_a_key_outlives_a_new_order_and_other_files(order: list[Resource]) -> None:
    moved = [replace(one, line=n, file=f"{n % 2}.md") for n, one in enumerate(order, 1)]
    assert {one.url: one.key for one in identify(KNOWN, moved)} == KEYS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[B](https://b.example)", "[B](https://new.example)"),
        ("[B](https://b.example)", "[Renamed](https://new.example)"),
        ("<https://e.example>", "<https://new.example>"),
        ("[A](https://a.example)", "[Z](https://new.example)"),
        (
            "- [B](https://b.example) - it\n",
            "- [Y](https://y.example)\n- [B](https://new.example)\n",
        ),
    ],
)
def test_a_url_that_is_replaced_where_it_stands_keeps_its_key(old: str, new: str) -> None:
    replaced = old[old.index("http") : old.index(".example") + len(".example")]
    assert keys(KNOWN, LIST.replace(old, new))["https://new.example"] == KEYS[replaced]


def test_a_replaced_url_keeps_its_key_in_all_later_lists() -> None:
    edited = LIST.replace("https://b.example", "https://new.example")
    second = identify(KNOWN, read(edited))
    third = edited.replace("# Books", "- [B](https://b.example)\n\n# Books")
    assert keys(second, third) | {"https://b.example": "?"} == {
        **KEYS,
        "https://new.example": "https://b.example/",
        "https://b.example": "?",
    }
    assert keys(second, third)["https://b.example"] == "https://b.example/ (2)"


@pytest.mark.parametrize(
    "edited",
    [
        LIST.replace("[A](https://a.example)", "[X](https://x.example)").replace(
            "[B](https://b.example)", "[Y](https://y.example)"
        ),
        LIST.replace("- [A](https://a.example)\n", "") + "- [X](https://x.example)\n",
    ],
)
def test_an_exchange_of_several_links_at_once_is_no_replacement(edited: str) -> None:
    assert keys(KNOWN, edited)["https://x.example"] == "https://x.example/"


def test_a_title_that_several_links_have_says_nothing() -> None:
    text = "- [here](https://a.example)\n- [here](https://b.example)\n"
    edited = "- [here](https://x.example)\n- [here](https://y.example)\n"
    assert keys(read(text), edited)["https://x.example"] == "https://x.example/"


def test_numbers_and_ids_are_left_alone_and_need_no_known_ones() -> None:
    listed = read("number,url\n1,https://a.example\n2,https://b.example\n", "list.csv")
    known = iter(KNOWN)
    assert identify(known, listed) == listed
    assert tuple(known) == KNOWN


def test_rows_of_a_list_without_numbers_are_found_by_their_urls() -> None:
    known = read("url\nhttps://a.example\nhttps://b.example\nhttps://a.example\n", "list.csv")
    edited = "url\nhttps://c.example\nhttps://b.example\nhttps://a.example\nhttps://a.example\n"
    assert [one.key for one in known] == [
        "https://a.example",
        "https://b.example",
        "https://a.example (2)",
    ]
    listed = identify(known, read(edited, "list.csv"))
    assert [one.key for one in listed] == [
        "https://c.example",
        "https://b.example",
        "https://a.example",
        "https://a.example (2)",
    ]
