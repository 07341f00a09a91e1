"""When many pages of a site change in one night."""

from crawler.model import ContentChange, ContentComparison, SiteChange
from tests.support.comparing import changed_sites

QUIET = ContentComparison()


def _edited(*traces: int) -> ContentComparison:
    return ContentComparison(change=ContentChange.EDITED, traces=traces)


def test_a_line_that_came_to_most_pages_is_one_change_of_the_site() -> None:
    pages = [("a.example", str(n), _edited(7, n + 100)) for n in range(3)]
    others = [("a.example", "3", QUIET), ("b.example", "4", _edited(7))]
    assert changed_sites([*pages, *others]) == (
        SiteChange(site="a.example", keys=("0", "1", "2"), compared=4),
    )


def test_pages_that_were_edited_each_in_its_way_are_told_one_by_one() -> None:
    assert changed_sites([("a.example", str(n), _edited(n)) for n in range(1, 9)]) == ()


def test_a_relaunch_rewrites_most_pages() -> None:
    rewritten = ContentComparison(change=ContentChange.REWRITTEN)
    pages = [("a.example", str(n), rewritten) for n in range(4)]
    (found,) = changed_sites([*pages, ("a.example", "4", _edited(9))])
    assert found.keys == ("0", "1", "2", "3")


def test_what_waits_for_the_next_night_does_not_count() -> None:
    waiting = ContentComparison(change=ContentChange.EDITED, is_confirmed=False, traces=(7,))
    assert changed_sites([("a.example", str(n), waiting) for n in range(4)]) == ()
