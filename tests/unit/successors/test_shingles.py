"""Texts without what other pages of a site have as well."""

from crawler.successors.shingles import SiteLines, containment, own_shingles, shingles

MENU = "Home and all the other things in the menu of every page"
FIRST = " ".join(f"first{n}" for n in range(60))
SECOND = " ".join(f"second{n}" for n in range(60))


def test_lines_of_pages_with_other_titles_say_nothing() -> None:
    lines = SiteLines()
    lines.add("First", f"{MENU}\n{FIRST}")
    lines.add("Second", f"{MENU}\n{SECOND}")
    assert lines.is_template(MENU, {"First"})
    assert not lines.is_template(FIRST, {"First"})
    assert not lines.is_template(MENU, {"First", "Second"})


def test_versions_of_a_page_do_not_make_it_a_template() -> None:
    lines = SiteLines()
    for _version in range(3):
        lines.add("First", FIRST)
    assert not lines.is_template(FIRST, {"First"})


def test_only_the_own_text_counts() -> None:
    lines = SiteLines()
    lines.add("Second", f"{MENU}\n{SECOND}")
    own = own_shingles(f"{MENU}\n{FIRST}", lambda line: lines.is_template(line, {"First"}))
    assert own == shingles(FIRST)
    assert containment(own, shingles(f"{MENU}\n{SECOND}")) == 0
    assert containment(own, shingles(f"{SECOND}\n{FIRST}\n{MENU}")) == 1


def test_runs_of_words_go_across_lines_and_cases() -> None:
    assert shingles("One two\nthree FOUR\nfive") == shingles("one two three four five")
    assert len(shingles("one two three four")) == 0


def test_a_part_of_the_text() -> None:
    half = " ".join(FIRST.split()[:30])
    share = containment(shingles(FIRST), shingles(half))
    assert share is not None
    assert 0.4 < share < 0.5


def test_a_text_of_few_words_says_nothing() -> None:
    few = shingles("one two three four five six seven")
    assert containment(few, few) is None


def test_characters_are_words_in_scripts_without_blanks() -> None:
    assert len(shingles("今日は世界の")) == 2
