"""What is told of a page, night after night, and what is taken for noise."""

import pytest

from crawler.model import ContentChange, LinePair, ListWord, PageText, WordPlace
from tests.support.content_nights import PROSE, compared, news, page

QUIET = [page(PROSE)] * 10


def _with(line: str, at: int = 5) -> PageText:
    return page((*PROSE[:at], line, *PROSE[at:]))


def test_a_page_that_stays_the_same_has_no_news() -> None:
    assert [one.change for one in compared(QUIET)] == [ContentChange.SAME] * 9


@pytest.mark.parametrize(
    "line",
    [
        "Last updated: {n} November 2026 at 12:{n:02}",
        "{n}{n}{n},123 views",
        "Request 3f2a9c{n:02}d8b74e",
        "Updated {n} days ago",
        "© 20{n:02} The authors",
        "served by web-{n} in 0.{n} s",
        "Quote of the day: {q} said the {q}",
        "Advertisement: buy {q} today",
    ],
)
def test_noise_that_changes_each_night_is_never_news(line: str) -> None:
    quotes = [f"{chr(97 + n)}{chr(110 - n // 2)}{n % 3}wonder" for n in range(20)]
    nights = [_with(line.format(n=n + 1, q=quotes[n])) for n in range(20)]
    assert news(nights) == []


def test_an_edited_sentence_is_news_the_same_night() -> None:
    edited = (*PROSE[:3], PROSE[3].replace("explains", "no more covers"), *PROSE[4:])
    first, second = compared([page(PROSE), page(edited), page(edited)])
    assert first.is_news
    assert first.pairs == (LinePair(before=PROSE[3], after=edited[3]),)
    assert second.change is ContentChange.SAME


def test_a_new_line_waits_for_the_next_night() -> None:
    assert news([*QUIET, *[_with("A new short line")] * 3]) == [11]


def test_in_the_first_week_a_new_line_waits_for_two_nights() -> None:
    assert news([page(PROSE), *[_with("A new short line")] * 4]) == [3]


def test_in_the_first_week_a_short_line_in_the_place_of_another_waits_for_eight_nights() -> None:
    old, new = _with("Brought to you by Acme"), _with("Our thanks go to Globex")
    assert news([*[old] * 3, *[new] * 12]) == [11]
    assert news([*[old] * 3, *[new] * 6, *[_with("Hooli is hiring")] * 7, *[old] * 9]) == []


def test_a_line_that_was_steady_for_a_week_is_news_when_another_takes_its_place() -> None:
    old, new = _with("Brought to you by Acme"), _with("Our thanks go to Globex")
    assert news([*[old] * 10, *[new] * 3]) == [10]


def test_a_line_that_was_there_for_one_night_is_no_news_ever() -> None:
    banner = _with("Join our meeting on Friday")
    assert news([page(PROSE), banner, page(PROSE), banner, banner, page(PROSE)]) == []


def test_an_edit_beside_noise_is_news() -> None:
    nights = [_with(f"Thought number {n} of {n * 7}") for n in range(12)]
    edited = page(
        (*PROSE[:5], "Thought number 12 of 84", PROSE[5].replace("rest", "whole"), *PROSE[6:])
    )
    assert news([*nights, edited, edited]) == [12]


def test_the_end_of_a_project_is_told_at_once_with_its_sentence() -> None:
    line = "Please note. This project is no longer maintained. Have a look around."
    (found,) = compared([page(PROSE), _with(line, 0)])
    assert found.is_news
    assert [(word.word, word.place) for word in found.words] == [
        (ListWord.UNMAINTAINED, WordPlace.NOTICE),
        (ListWord.NO_LONGER, WordPlace.FIRST_SCREEN),
    ]
    assert found.words[0].sentence == "This project is no longer maintained."


def test_another_text_under_another_title_is_a_replaced_page() -> None:
    other = page([f"Play {n} casino games tonight and win" for n in range(12)], title="Casino")
    (found,) = compared([page(PROSE), other])
    assert found.change is ContentChange.REPLACED


DOWN = page(["We are down for maintenance, and come back soon."])
EDITED = page((*PROSE[:3], PROSE[3].replace("together", "in step"), *PROSE[4:]))


def test_a_page_that_was_away_is_compared_as_before_when_it_is_back() -> None:
    nights = [*QUIET, DOWN, DOWN, *[page(PROSE)] * 4, EDITED, EDITED]
    assert news(nights) == [10, 16]
    edit = compared(nights)[15]
    assert edit.pairs == (LinePair(before=PROSE[3], after=EDITED.text.split("\n")[3]),)


def test_a_page_that_is_away_again_and_again_is_told_of_once() -> None:
    assert news([*[*QUIET, DOWN] * 3, *QUIET]) == [10]


def test_what_an_absence_said_of_the_page_is_told_when_it_goes() -> None:
    stub = page(["This project is unmaintained."])
    (_, back) = [one for one in compared([*QUIET, stub, *QUIET]) if one.is_news]
    assert [(one.word, one.appeared) for one in back.words] == [(ListWord.UNMAINTAINED, False)]


def test_two_long_texts_that_take_turns_are_told_of_once() -> None:
    one = page(f"Line {n:x}{n:b} of the reference tells of {PROSE[n % 8]}" for n in range(200))
    other = page(f"Zeile {n:x}{n:b} der Referenz handelt von {PROSE[n % 8]}" for n in range(200))
    edited = page(one.text.replace("Line 64", "Row 64").split("\n"))
    assert news([one, other] * 6) == [1]
    assert news([*[one] * 9, DOWN, *[one] * 3, edited]) == [9, 13]
