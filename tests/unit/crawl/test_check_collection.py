"""The checks of a crawl: the better of two looks is kept, and each goes on when it is new."""

from dataclasses import replace

import pytest

from crawler import rejudge
from crawler.config import Settings
from crawler.crawl.check_collection import CheckCollection
from crawler.crawl.kept_checks import KeptChecks
from crawler.crawl.messages import Fault
from crawler.model import Check, Judgement, Page, Reason, Resource, Target, Verdict
from tests.support.builders import make_check, make_facts, make_page, make_resource

RESOURCE = make_resource("https://example.org/guide")
TARGET = Target(url=RESOURCE.url, resources=(RESOURCE,))
PAGE: Page = make_page()


def _collection(*listed: Resource) -> tuple[CheckCollection, list[Check]]:
    handed_on: list[Check] = []

    def read_back(resource: Resource) -> Check:
        kept = KeptChecks()
        kept.keep(handed_on)
        return kept.read_back(resource)

    listed = listed or (RESOURCE,)
    return CheckCollection(Settings(), listed, handed_on.append, read_back), handed_on


def _check(reason: Reason, look: int = 1) -> Check:
    check = make_check(resource=RESOURCE)
    return replace(check, judgement=Judgement(reason=reason), page=PAGE, looks=look)


def test_a_check_is_handed_on_and_read_back() -> None:
    collection, handed_on = _collection()
    assert (len(collection), dict(collection.checks())) == (0, {})
    collection.add(_check(Reason.OK), None)
    assert handed_on == [_check(Reason.OK)]
    assert dict(collection.checks()) == {RESOURCE.key: replace(handed_on[0], page=PAGE)}
    assert (len(collection), len(collection.checks())) == (1, 1)
    assert collection.checks().get("other") is None


def test_the_better_of_two_looks_is_kept_and_says_that_there_were_two() -> None:
    collection, handed_on = _collection()
    collection.add(_check(Reason.FORBIDDEN), None)
    collection.add(_check(Reason.HTTP_404, look=2), None)
    (kept,) = collection.checks().values()
    assert (kept.judgement.reason, kept.looks) == (Reason.FORBIDDEN, 2)
    assert [check.looks for check in handed_on] == [1, 2]


def test_a_look_that_comes_again_counts_once() -> None:
    collection, handed_on = _collection()
    for look in (1, 1, 2, 1, 2):
        collection.add(_check(Reason.HTTP_404, look), None)
    assert [check.looks for check in handed_on] == [1, 2]


def test_the_latest_look_at_each_resource_is_counted() -> None:
    other = make_resource("https://example.org/other", key="2")
    collection, _ = _collection(RESOURCE, other)
    assert (collection.counts(), collection.in_doubt) == ({}, 0)
    collection.add(_check(Reason.HTTP_404), None)
    collection.add(replace(_check(Reason.HTTP_404), resource=other), None)
    assert (collection.counts(), collection.in_doubt) == ({Verdict.DEAD: 2}, 2)
    collection.add(_check(Reason.OK, look=2), None)
    assert (collection.counts(), collection.in_doubt) == ({Verdict.DEAD: 1, Verdict.OK: 1}, 1)
    collection.add(replace(_check(Reason.HTTP_404, look=2), resource=other), None)
    assert (collection.counts(), collection.in_doubt) == ({Verdict.DEAD: 1, Verdict.OK: 1}, 0)


@pytest.mark.parametrize(
    ("reason", "look", "is_left_out"),
    [(Reason.HTTP_404, 1, True), (Reason.HTTP_404, 2, False), (Reason.OK, 1, False)],
)
def test_open_are_the_first_looks_that_a_second_one_should_follow(
    reason: Reason, look: int, is_left_out: bool
) -> None:
    collection, _ = _collection()
    collection.add(_check(reason, look), None)
    assert (RESOURCE.key not in collection.checks(with_open_ones=False)) is is_left_out
    assert len(collection.checks(with_open_ones=False)) == 1 - is_left_out
    assert RESOURCE.key in collection.checks()


def test_the_checks_are_in_the_order_of_the_crawl() -> None:
    checks = [_shown(number) for number in (1, 2, 3)]
    collection, _ = _collection(*(check.resource for check in checks))
    for check in reversed(checks):
        collection.add(check, None)
    assert list(collection.checks()) == ["1", "2", "3"]


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


LOANS = make_page("Best loans", first_heading=None, text="Loans for all, today. " * 200)


def _shown(number: int, title: str = "here", page: Page = LOANS) -> Check:
    url = f"https://example.org/p/{number}"
    facts = make_facts(url=url)
    return make_check(
        resource=make_resource(url, number=number, title=title), facts=facts, page=page
    )


def test_three_living_pages_that_are_one_become_suspect_and_keep_what_was_seen() -> None:
    checks = [_shown(1), _shown(2), _shown(3), _shown(4, "Best loans")]
    collection, handed_on = _collection(*(check.resource for check in checks))
    for check in checks:
        collection.add(check, b"loans")
    collection.judge_collapsed_pages()
    again = {check.resource.key: check for check in handed_on[4:]}
    assert set(again) == {"1", "2", "3"}
    for check in again.values():
        assert check.judgement.reason is Reason.SUSPECT_SOFT_404
        assert check.context.collapsed == 4
        assert check.page is None
        assert check.validators is None
        assert check.facts.seen
        assert check.facts.seen.title == LOANS.title
        assert rejudge.judged_today(check, Settings()) == check.judgement


def test_two_living_pages_that_are_one_stay_as_they_are() -> None:
    checks = [_shown(1), _shown(2), _shown(3, page=make_page("Other", text=LOANS.text))]
    collection, handed_on = _collection(*(check.resource for check in checks))
    for check in checks:
        collection.add(check, b"loans")
    collection.judge_collapsed_pages()
    assert len(handed_on) == 3
