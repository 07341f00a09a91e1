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
        ("Public archive", ListWord.ARCHIVED, WordPlace.NOTICE),
        ("[ARCHIVED] acme/widgets", ListWord.ARCHIVED, WordPlace.NOTICE),
        ("Dieses Repository wurde archiviert.", ListWord.ARCHIVED, WordPlace.NOTICE),
        ("Ce dépôt est archivé.", ListWord.ARCHIVED, WordPlace.NOTICE),
        ("This library isn\u2019t maintained anymore.", ListWord.UNMAINTAINED, WordPlace.NOTICE),
        ("I don't maintain this project anymore.", ListWord.UNMAINTAINED, WordPlace.NOTICE),
        ("I no longer maintain this tool.", ListWord.UNMAINTAINED, WordPlace.NOTICE),
        ("It is no longer under active development.", ListWord.UNMAINTAINED, WordPlace.NOTICE),
        ("The service has been discontinued.", ListWord.UNMAINTAINED, WordPlace.NOTICE),
        ("Discontinued.", ListWord.UNMAINTAINED, WordPlace.NOTICE),
        ("This project is EOL.", ListWord.UNMAINTAINED, WordPlace.NOTICE),
        ("This package is superseded by acme2.", ListWord.DEPRECATED, WordPlace.NOTICE),
        ("DEPRECATED in favour of acme2", ListWord.DEPRECATED, WordPlace.NOTICE),
        ("The docs have moved: see acme.dev.", ListWord.MOVED_TO, WordPlace.NOTICE),
        ("acme has moved to a new organisation.", ListWord.MOVED_TO, WordPlace.NOTICE),
        ("The new home of acme: acme.dev", ListWord.MOVED_TO, WordPlace.NOTICE),
        ("This repo has migrated to Codeberg.", ListWord.MOVED_TO, WordPlace.NOTICE),
        ("The course is now free of charge.", ListWord.FREE, WordPlace.FIRST_SCREEN),
        ("It is free to use for all.", ListWord.FREE, WordPlace.FIRST_SCREEN),
        ("Ce cours n'est plus gratuit.", ListWord.NO_LONGER, WordPlace.FIRST_SCREEN),
        ("A free trial of the product.", ListWord.TRIAL, WordPlace.FIRST_SCREEN),
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
        "Feel free to open an issue.",
        "You are free to use any editor.",
        "How many free bytes the disk has.",
        "A lock-free queue, with a free list.",
        "A gratuitous example.",
        "By trial and error we found eleven.",
        "The trial of the former minister begins.",
        "A clinical trial began.",
        "Archived from the original on 12 March 2019.",
        "Messages are archived every night.",
        "It has not been archived.",
        "The project is not deprecated.",
        "This package is not abandoned.",
        "He abandoned the idea.",
        "Links are not supported in comments.",
        "Python 3.8 reached end of life in 2024.",
        "Fixed: the parser no longer crashes.",
        "You no longer need to call it.",
        "The file was moved to another folder.",
        "Bob has moved to Berlin.",
        "The court has moved to dismiss the case.",
        "Das ist nicht mehr als ein Beispiel.",
        "The tariff of the new law.",
        "The company was bought for $3 billion.",
        "A driver's licence",
        "A page is archived after 30 days.",
        "Abandoned places in Berlin",
        "No trial needed",
        "Not a free course",
    ],
)
def test_words_that_only_look_alike_are_not_found(line: str) -> None:
    assert _found(line) == ()


@pytest.mark.parametrize(
    "line",
    [
        "Archived posts",
        "Deprecated functions",
        "Note taking with a free trial",
        "Warning signs: price",
    ],
)
def test_a_title_that_begins_like_a_notice_is_none(line: str) -> None:
    assert {one.place for one in _found(line)} == {WordPlace.HEADING}


@pytest.mark.parametrize(
    ("line", "now"),
    [
        ("The course is free for everybody.", "The course is not free for everybody."),
        ("Der Kurs ist kostenlos.", "Der Kurs ist nicht mehr kostenlos."),
        ("Le cours est gratuit.", "Le cours n'est plus gratuit."),
    ],
)
def test_a_word_that_is_denied_has_gone(line: str, now: str) -> None:
    found = word_findings(
        page([*PROSE, line]),
        page([*PROSE, now]),
        [Line(index=len(PROSE), text=line)],
        [Line(index=len(PROSE), text=now)],
    )
    assert (ListWord.FREE, False, line) in [(o.word, o.appeared, o.sentence) for o in found]


@pytest.mark.parametrize(
    ("line", "now"),
    [
        ("Released under the MIT License.", "Released under the Business Source License."),
        ("License: Apache-2.0", "License: BUSL-1.1"),
        ("GPL licensed", "A commercial license is needed."),
    ],
)
def test_another_licence_is_told(line: str, now: str) -> None:
    before, after = page([*PROSE, line]), page([*PROSE, now])
    found = word_findings(before, after, [Line(index=8, text=line)], [Line(index=8, text=now)])
    assert [(one.word, one.appeared, one.sentence) for one in found] == [
        (ListWord.LICENCE, True, now)
    ]


def test_the_same_licence_in_other_words_is_not_told() -> None:
    line, now = "License: MIT", "Released under the MIT License."
    before, after = page([*PROSE, line]), page([*PROSE, now])
    assert not word_findings(before, after, [Line(index=8, text=line)], [Line(index=8, text=now)])


@pytest.mark.parametrize("line", ["acme is archived", "This tool isn\u2019t maintained"])
def test_a_notice_that_the_page_had_further_down_did_not_appear(line: str) -> None:
    before, now = page([*PROSE, line]), page([f"{line}, as of May", *PROSE])
    assert not word_findings(before, now, (), [Line(index=0, text=f"{line}, as of May")])


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
