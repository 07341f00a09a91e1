"""Resources leave a list for the retired ones beside it; their bytes stay, and so do all others."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.config import ListSettings
from crawler.errors import SettleError
from crawler.resources import OneFile, Retirement, parse_files, retired
from tests.support import random_lists
from tests.support.histories import FULL
from tests.support.random_lists import Edit

RULES = ListSettings()
DAY = date(2026, 11, 29)


def retire(name: str, text: str, *lost: int, beside: str = "") -> tuple[str, str]:
    """The list after these of its resources have left it, and the file with retired rows."""
    content = text.encode()
    listed = parse_files([OneFile(name, content.splitlines(keepends=True))], RULES)
    wanted = [
        Retirement(key=listed.resources[n].key, on=DAY, because="It says 404, for good.")
        for n in lost
    ]
    present = {name: beside.encode()} if beside else {}
    result = retired({name: content}, listed, RULES, wanted, present)
    return result.contents[name].decode(), result.beside.get(name, b"").decode()


def test_a_row_moves_as_it_is_below_a_header_of_its_own() -> None:
    text = 'number,title,url\n1,A,https://a.example/\n2,"B ""b""",https://b.example/\n3,C,https://c.example/\n'
    left, gone = retire("list.csv", text, 1)
    assert left == "number,title,url\n1,A,https://a.example/\n3,C,https://c.example/\n"
    assert gone == (
        "number,title,url,retired_on,retired_because\n"
        '2,"B ""b""",https://b.example/,2026-11-29,"It says 404, for good."\n'
    )


def test_the_style_of_the_list_is_kept() -> None:
    text = '\ufeff"title";"url"\r\n"A\r\na";"https://a.example/"\r\n"B";"https://b.example/"'
    left, gone = retire("list.csv", text, 0, 1)
    assert left == '\ufeff"title";"url"\r\n'
    assert gone == (
        '\ufeff"title";"url";"retired_on";"retired_because"\r\n'
        '"A\r\na";"https://a.example/";"2026-11-29";"It says 404, for good."\r\n'
        '"B";"https://b.example/";"2026-11-29";"It says 404, for good."\r\n'
    )


def test_rows_are_added_to_those_that_were_retired_before() -> None:
    text = "url,note\nhttps://a.example/,\nhttps://b.example/\n"
    head = "url,note,retired_on,retired_because\nhttps://z.example/,,2026-01-01,x"
    with pytest.raises(Exception, match="fields in the row: 1"):
        retire("list.csv", text, 0, beside=head)
    left, gone = retire("list.csv", "url,\nhttps://a.example/\nhttps://b.example/,\n", 0)
    assert left == "url,\nhttps://b.example/,\n"
    assert gone.splitlines()[1] == 'https://a.example/,,2026-11-29,"It says 404, for good."'
    _, gone = retire(
        "list.csv",
        "url\nhttps://a.example/\n",
        0,
        beside=head.replace(",note", "").replace(",,", ","),
    )
    assert gone.splitlines()[1:] == [
        "https://z.example/,2026-01-01,x",
        'https://a.example/,2026-11-29,"It says 404, for good."',
    ]


def test_a_file_of_retired_rows_with_other_columns_is_left_alone() -> None:
    with pytest.raises(
        SettleError, match=r"^list\.csv: the file with retired rows has other columns"
    ):
        retire("list.csv", "url\nhttps://a.example/\n", 0, beside="link,note\n")


def test_a_link_that_stands_twice_leaves_both_rows_or_items() -> None:
    text = "- [A](https://a.example/)\n- [B](https://b.example/)\n- [again](https://a.example/)\n"
    left, _ = retire("list.md", text, 0)
    assert left.startswith("- [B](https://b.example/)\n\n## Retired\n")
    assert left.count("Retired on 2026-11-29: It says 404, for good.") == 2


ITEM = """\
# Links

## Tools

* [A](https://a.example/) - one.
  * [B](https://b.example/), which
    is longer

  * [C](https://c.example/)
"""


def test_an_item_moves_to_a_section_at_the_end() -> None:
    left, _ = retire("list.md", ITEM, 1)
    assert (
        left
        == """\
# Links

## Tools

* [A](https://a.example/) - one.

  * [C](https://c.example/)

## Retired

<!-- crawler-ignore-start -->

* [B](https://b.example/), which
  is longer
  - Retired on 2026-11-29: It says 404, for good.

<!-- crawler-ignore-end -->
"""
    )
    more, _ = retire("list.md", left, 1)
    assert more.endswith("""\
  - Retired on 2026-11-29: It says 404, for good.

* [C](https://c.example/)
  - Retired on 2026-11-29: It says 404, for good.

<!-- crawler-ignore-end -->
""")


def test_line_ends_and_an_open_end_of_a_document_stay() -> None:
    left, _ = retire("list.md", "- [A](https://a.example/)\r\n- [B](https://b.example/)", 1)
    assert left.startswith("- [A](https://a.example/)\r\n\r\n## Retired\r\n\r\n<!--")
    assert "\n" not in left.replace("\r\n", "")


def test_a_link_of_the_item_that_is_no_resource_moves_with_it() -> None:
    left, _ = retire("list.md", "- [A](https://a.example/), [more](docs/a.md)\n", 0)
    assert "- [A](https://a.example/), [more](docs/a.md)\n  - Retired" in left


REFUSED = [
    (ITEM, 0, r"list\.md:5: the item has other links of the list"),
    ("See [A](https://a.example/).\n", 0, r"list\.md:1: the link stands in no item"),
    ("- [A][1]\n\n[1]: https://a.example/\n", 0, r"list\.md:3: the link stands in no item"),
    ("> - [A](https://a.example/)\n", 0, r"list\.md:1: the link stands in no item"),
    (
        "- [A](https://a.example/)\n\n## Retired\n",
        0,
        r"list\.md: the section Retired does not end",
    ),
    ("- [A](https://a.example/)\n\n```\ncode\n", 0, "links that are left out would become others"),
    ("- [A](https://a.example/)\n\n<div>\n", 0, ""),
]


@pytest.mark.parametrize(("text", "lost", "why"), REFUSED)
def test_what_cannot_be_moved_is_refused_with_place_and_reason(
    text: str, lost: int, why: str
) -> None:
    if not why:
        assert retire("list.md", text, lost)[0]
        return
    with pytest.raises(SettleError, match=why):
        retire("list.md", text, lost)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.html", '<a href="https://a.example/">A</a>'),
        ("list.yaml", "- url: https://a.example/\n"),
        ("list.txt", "https://a.example/\n"),
    ],
)
def test_other_formats_are_refused(name: str, text: str) -> None:
    with pytest.raises(SettleError, match=f"^{name}: only a row of a CSV list or an item"):
        retire(name, text, 0)


def test_a_list_that_is_not_the_one_that_was_read_is_refused() -> None:
    name, text = "list.csv", b"url\nhttps://a.example/\n"
    listed = parse_files([OneFile(name, text.splitlines(keepends=True))], RULES)
    wanted = [Retirement(key="https://a.example/", on=DAY, because="x")]
    with pytest.raises(SettleError, match="a row is not where it was"):
        retired({name: b"url\n\nhttps://a.example/\n"}, listed, RULES, wanted, {})
    with pytest.raises(SettleError, match="the resource on line 2 would change too"):
        retired({name: text + b"https://b.example/\n"}, listed, RULES, wanted, {})


def test_a_row_with_more_cells_than_the_header_is_refused() -> None:
    with pytest.raises(SettleError, match=r"^list\.csv:2: the row has more cells"):
        retire("list.csv", "url\nhttps://a.example/,\n", 0)


# --- random lists -----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", ["csv", "markdown"])
@pytest.mark.timeout(7200 if FULL else 600)
@settings(max_examples=10_000 if FULL else 60)
@given(st.data())
def test_random_rows_and_items_leave_and_the_rest_stays(name: str, data: st.DataObject) -> None:
    one: Edit = data.draw(random_lists.edits(name))
    file = one.slotted.name
    text = one.content.decode()
    before = _titles(file, text)
    lost = sorted(one.after)
    try:
        left, gone = retire(file, text, *lost)
    except SettleError as error:
        assert name == "markdown"
        assert "in no item" in str(error) or "other links" in str(error)  # noqa: PT017
        return
    assert _titles(file, left) == [title for n, title in enumerate(before) if n not in lost]
    lines = text.splitlines(keepends=True)
    assert all(
        line in lines
        for line in left.partition("## Retired")[0].splitlines(keepends=True)
        if line.strip()
    )
    if name == "csv":
        assert _titles(file, gone) == [before[n] for n in lost]


def _titles(file: str, text: str) -> list[tuple[str, str, str]]:
    lines = text.encode().splitlines(keepends=True)
    found = parse_files([OneFile(file, lines)], RULES).resources
    return [(one.title, one.url, one.category) for one in found]
