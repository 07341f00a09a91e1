"""The checks of a crawl: the better of two looks is kept, and each goes on when it is new."""

from dataclasses import replace

from crawler.config import Settings
from crawler.crawl.check_collection import CheckCollection
from crawler.crawl.messages import Fault
from crawler.model import Check, Judgement, Page, Reason, Target
from tests.support.builders import make_check, make_page, make_resource

RESOURCE = make_resource("https://example.org/guide")
TARGET = Target(url=RESOURCE.url, resources=(RESOURCE,))
PAGE: Page = make_page()


def _collection() -> tuple[CheckCollection, list[Check]]:
    handed_on: list[Check] = []
    return CheckCollection(Settings(), handed_on.append), handed_on


def _check(reason: Reason, look: int = 1) -> Check:
    check = make_check(resource=RESOURCE)
    return replace(check, judgement=Judgement(reason=reason), page=PAGE, looks=look)


def test_a_check_is_handed_on_with_its_page_and_kept_without() -> None:
    collection, handed_on = _collection()
    collection.add(_check(Reason.OK), None)
    assert [check.page for check in handed_on] == [PAGE]
    assert [check.page for check in collection.checks_of([TARGET])] == [None]
    assert len(collection) == 1


def test_the_better_of_two_looks_is_kept_and_says_that_there_were_two() -> None:
    collection, handed_on = _collection()
    collection.add(_check(Reason.FORBIDDEN), None)
    collection.add(_check(Reason.HTTP_404, look=2), None)
    (kept,) = collection.checks_of([TARGET])
    assert (kept.judgement.reason, kept.looks) == (Reason.FORBIDDEN, 2)
    assert [check.looks for check in handed_on] == [1, 2]


def test_a_target_is_missing_until_it_has_a_check_or_a_fault() -> None:
    collection, _ = _collection()
    assert collection.is_missing(TARGET)
    collection.add_fault(Fault(target=TARGET, error="lost"))
    assert not collection.is_missing(TARGET)
    assert [fault.error for fault in collection.faults()] == ["lost"]


def test_what_is_missing_dead_or_failing_needs_a_second_look() -> None:
    collection, _ = _collection()
    assert collection.needs_second_look(TARGET)
    collection.add(_check(Reason.HTTP_404), None)
    assert collection.needs_second_look(TARGET)
    collection.add(_check(Reason.OK, look=2), None)
    assert not collection.needs_second_look(TARGET)
