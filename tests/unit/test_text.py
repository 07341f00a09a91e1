"""Foreign text, cleaned."""

import unicodedata

import pytest

from crawler.text import MAX_MARKS, clean, is_normal
from tests.support.effort import cpu_seconds_at_most

MARKS = "\u0301\u0316"


@pytest.mark.promise("33")
@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("e\u0301", "é"),
        ("a\u2028b\x85c\xa0d", "a b c d"),
        ("a\x00\u200b\u202e\ud800b", "ab"),
        ("a \u200b b", "a b"),
        ("a\u0301\u0316", "\xe1\u0316"),
        ("\u1100\u1161\u11a8", "각"),
        ("\U0001f600 \U000e0041x", "\U0001f600 x"),
    ],
)
def test_text_is_cleaned(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_long_text_ends_in_an_ellipsis() -> None:
    assert clean("learn SQL now", 7) == "learn…"
    assert clean("e\u0301" * 10, 10) == "é" * 10
    assert clean("e\u0301" * 11, 10) == "é" * 9 + "…"
    assert clean("\u03b1\u0313\u0300\u0345" * 400, 300) == "\u1f82" * 299 + "…"


def test_marks_in_a_row_are_few() -> None:
    assert clean("a" + "\u0301" * 31 + "b") == "á" + "\u0301" * (MAX_MARKS - 1) + "b"
    assert clean("—" * 60) == "—" * 60


def test_what_passes_for_normal_is() -> None:
    composing = {
        chr(int(parts[1], 16))
        for code in range(0x110000)
        if len(parts := unicodedata.decomposition(chr(code)).split()) == 2
        and not parts[0].startswith("<")
    }
    assert not [
        c
        for c in map(chr, range(0x110000))
        if is_normal(c)
        and (c in composing or unicodedata.combining(c) or not unicodedata.is_normalized("NFC", c))
    ]
    assert is_normal("naïve — “学習” Привет")


# Sorting these marks for NFC takes hours.
@pytest.mark.promise("33")
@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "text",
    [
        MARKS * 500_000,
        ("a" + MARKS * 20) * 25_000,
        "\u0f73" * 1_000_000,
        "\u200b" * 1_000_000,
        ("学" * 31 + "\u0301") * 30_000,
        "".join(map(chr, range(0x100000))),
    ],
    ids=["marks", "marks on letters", "by decomposition", "invisible", "among words", "all"],
)
@pytest.mark.parametrize("length", [None, 300])
def test_hostile_text_is_cleaned_in_a_moment(text: str, length: int | None) -> None:
    with cpu_seconds_at_most(2):
        clean(text, length)
