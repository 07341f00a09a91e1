"""Texts made to break the comparison, or to make it slow."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.compare.content import compare_content
from crawler.model import EXCERPT_LENGTH, MAX_PAIRS, ContentComparison, Noise, PageText
from crawler.store.codec import from_json, to_json
from crawler.text import clean
from tests.support.content_nights import FIRST_NIGHT, compared, page
from tests.support.effort import cpu_seconds_at_most

_WORDS = st.sampled_from(
    ["free", "trial", "3 days ago", "v1.2", "Ad", "cookie", "\u202e", "\0", "x"]
)
_LINES = st.lists(st.one_of(_WORDS, st.text(max_size=12)), max_size=12)
_PAGES = st.builds(page, _LINES, st.text(max_size=9), st.text(max_size=9))
SIZE = 65_536


def _compared(before: str, now: str) -> ContentComparison:
    return compare_content(PageText(text=before), PageText(text=now), Noise(), FIRST_NIGHT)


@pytest.mark.slow
@given(st.lists(_PAGES, min_size=2, max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_texts_can_be_compared_and_what_is_remembered_can_be_stored(
    nights: list[PageText],
) -> None:
    for found in compared(nights):
        assert from_json(Noise, to_json(found.noise)) == found.noise
        assert len(found.pairs) <= MAX_PAIRS
        quoted = [line for pair in found.pairs for line in (pair.before, pair.after)]
        quoted += [word.sentence for word in found.words]
        assert all(len(line) <= EXCERPT_LENGTH and clean(line) == line for line in quoted)


@given(_PAGES)
def test_a_page_is_the_same_as_itself(one: PageText) -> None:
    (found,) = compared([one, one])
    assert (found.change, found.pairs, found.ignored) == ("same", (), ())


HOSTILE = {
    "lines of one letter": ("\n".join("abcdefgh" * 4096), "\n".join("ijklmnop" * 4096)),
    "lines of one number": (
        "\n".join(str(n) for n in range(11_000)),
        "\n".join(f"{n} views" for n in range(5_000)),
    ),
    "every other line": (
        "\n".join(f"{n}" for n in range(9_000)),
        "\n".join(f"{n}{'x' * (n % 2)}" for n in range(9_000)),
    ),
    "as many as are learned": (
        "\n".join(f"{n} " + "word " * 20 for n in range(149)),
        "\n".join(f"{n} " + "word " * 20 + f"x{n}" for n in range(149)),
    ),
    "one long line": ("cookie " * 9_000, "cookie-" * 9_000 + "x"),
    "digits": ("1" * SIZE, "1 " * (SIZE // 2)),
    "grouped digits": ("1,111" * 9_000, "1,111," * 9_000),
    "letters and digits": ("a1" * (SIZE // 2), "a1-" * (SIZE // 3)),
    "dashes and dots": ("1-1-" * (SIZE // 4), "1:1:" * (SIZE // 4)),
    "words of a list": ("free trial " * 5_000, "is no longer " * 5_000),
    "lines of signs": ("-\n" * (SIZE // 2), "archived\n" + "-\n" * (SIZE // 2)),
    "many sentences": ("a. " * (SIZE // 3), "b. deprecated! " * 4_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_takes_no_longer_than_reading_a_page(name: str) -> None:
    before, now = (text[:SIZE] for text in HOSTILE[name])
    with cpu_seconds_at_most(1.0):
        _compared(before, now)


@pytest.mark.slow
def test_noise_never_outgrows_its_bound() -> None:
    nights = [
        page(f"Line {n} {k}{chr(97 + k % 26)} of night {n * k}x" for k in range(140))
        for n in range(8)
    ]
    sizes = [len(to_json(found.noise)) for found in compared(nights)]
    assert max(sizes) < 12_000


def test_a_night_may_be_any_date() -> None:
    for night in (date.min, date.max):
        compare_content(PageText(text="a"), PageText(text="b"), Noise(), night)


def test_json_of_typical_noise_is_small() -> None:
    nights = [page([*map(str, range(50)), f"Quote {chr(97 + n) * 5}"]) for n in range(20)]
    assert len(json.dumps(to_json(compared(nights)[-1].noise))) < 1_000
