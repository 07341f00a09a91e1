"""The words that matter to a list: which, where, and whether they appeared or went."""

import pytest

from crawler.compare.content.lines import Line
from crawler.compare.content.list_words import word_findings
from crawler.model import ListWord, WordFinding, WordPlace
from tests.support.content_nights import PROSE, page


def _found(line: str, *, at: int = 0, goes: bool = False) -> tuple[WordFinding, ...]:
    without, with_line = page(PROSE), page((*PROSE[:at], line, *PROSE[at:]))
    lines = [Line(index=at, text=line)]
    if goes:
        return word_findings(with_line, without, lines, ())
    return word_findings(without, with_line, (), lines)


@pytest.mark.parametrize(
    ("line", "word", "place"),
    [
        (
            "This repository has been archived by the owner on May 3, 2026.",
            ListWord.ARCHIVED,
            WordPlace.NOTICE,
        ),
        ("This project is unmaintained", ListWord.UNMAINTAINED, WordPlace.NOTICE),
        ("acme is deprecated.", ListWord.DEPRECATED, WordPlace.NOTICE),
        ("We have moved to a new site", ListWord.MOVED_TO, WordPlace.NOTICE),
        ("Note: it no longer runs on Windows.", ListWord.NO_LONGER, WordPlace.NOTICE),
        ("Start your trial", ListWord.TRIAL, WordPlace.HEADING),
        ("Free course", ListWord.FREE, WordPlace.HEADING),
        ("It takes two hours, and it is free.", ListWord.FREE, WordPlace.FIRST_SCREEN),
        ("Plans from $12 a month.", ListWord.PRICE, WordPlace.FIRST_SCREEN),
        ("License", ListWord.LICENCE, WordPlace.HEADING),
        ("Dieses Projekt wird nicht mehr gepflegt.", ListWord.UNMAINTAINED, WordPlace.NOTICE),
        ("Ce cours est gratuit, pour tous.", ListWord.FREE, WordPlace.FIRST_SCREEN),
        ("Este proyecto ya no se mantiene.", ListWord.UNMAINTAINED, WordPlace.NOTICE),
        ("Проект больше не поддерживается.", ListWord.UNMAINTAINED, WordPlace.NOTICE),
        ("本项目不再维护。", ListWord.UNMAINTAINED, WordPlace.NOTICE),
        ("このコースは無料です。", ListWord.FREE, WordPlace.FIRST_SCREEN),
    ],
)
def test_a_word_that_appears(line: str, word: ListWord, place: WordPlace) -> None:
    found = {one.word: one for one in _found(line)}
    assert (found[word].place, found[word].appeared) == (place, True)


def test_a_word_that_goes_is_told_with_the_sentence_that_had_it() -> None:
    (gone,) = _found("Look here. The course is free!", goes=True)
    assert (gone.appeared, gone.sentence) == (False, "The course is free!")


@pytest.mark.parametrize(
    "line",
    [
        "The freedom of the press",
        "A sugar-free recipe",
        "Free Software Foundation",
        "The archivist came by.",
        "An industrial estate",
    ],
)
def test_words_that_only_look_alike_are_not_found(line: str) -> None:
    assert _found(line) == ()


def test_a_word_far_down_the_page_is_not_found() -> None:
    filler = [f"{line} {line}" for line in PROSE * 4]
    line = "Here is a trial, which nobody sees at first."
    before, now = page(filler), page([*filler, line])
    assert word_findings(before, now, (), [Line(index=len(filler), text=line)]) == ()


def test_a_word_that_the_page_had_before_did_not_appear() -> None:
    before, now = page(["Free course", *PROSE]), page(["Free course", "Free for all", *PROSE])
    assert word_findings(before, now, (), [Line(index=1, text="Free for all")]) == ()


def test_a_title_is_looked_at_without_any_line() -> None:
    (found,) = word_findings(page(PROSE), page(PROSE, title="A guide (archived)"), (), ())
    assert (found.word, found.place) == (ListWord.ARCHIVED, WordPlace.TITLE)


def test_a_sentence_is_cleaned_and_bounded() -> None:
    (found,) = _found("This is\u202e \x1b deprecated " + "x" * 900)
    assert len(found.sentence) <= 240
    assert found.sentence.isprintable()
