from dataclasses import replace

import pytest

from crawler.model import ChangeKind, Check, Declared, Page, Record
from tests.support.builders import (
    NOW,
    hours,
    make_check,
    make_exchange,
    make_facts,
    make_page,
    make_resource,
)
from tests.support.comparing import (
    FAILING,
    OK,
    TONIGHT,
    compare_night,
    kinds_of,
    make_record,
    tonight,
)


def _page_changes(before: Page | None, after: Page | None) -> list[tuple[object, ...]]:
    comparison = compare_night(make_record(make_check(page=before)), tonight(OK, page=after))
    return [(c.kind, c.field, c.before, c.after) for c in comparison.changes]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (make_page("A"), make_page("B"), (ChangeKind.TITLE, None, "A", "B")),
        (
            make_page(description="A"),
            make_page(description="B"),
            (ChangeKind.DESCRIPTION, None, "A", "B"),
        ),
        (
            make_page(language="en"),
            make_page(language="de"),
            (ChangeKind.METADATA, "language", "en", "de"),
        ),
        (
            make_page(site_name="A"),
            make_page(site_name=None),
            (ChangeKind.METADATA, "site_name", "A", None),
        ),
        (
            make_page(description=None),
            make_page(description="B"),
            (ChangeKind.DESCRIPTION, None, None, "B"),
        ),
    ],
)
def test_a_change_of_what_a_page_declares_is_an_event(
    before: Page, after: Page, expected: tuple[object, ...]
) -> None:
    assert _page_changes(before, after) == [expected]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (make_page("(3) Raft"), make_page("(5) Raft")),
        (make_page("Raft &amp; Paxos"), make_page("Raft & Paxos")),
        (
            make_page(Declared(value="A", origin="title")),
            make_page(Declared(value="B", origin="og")),
        ),
        (make_page(text="a", word_count=1), make_page(text="b", word_count=9)),
        (None, make_page("A")),
        (make_page("A"), None),
    ],
)
def test_noise_is_none(before: Page | None, after: Page | None) -> None:
    assert _page_changes(before, after) == []


def test_a_title_with_only_a_new_version_number_is_a_quiet_event() -> None:
    changes = _page_changes(make_page("(3) Flask 3.1.2"), make_page("(4) Flask 3.2.0"))
    assert changes == [(ChangeKind.TITLE, "version", "(3) Flask 3.1.2", "(4) Flask 3.2.0")]
    assert _page_changes(make_page("Flask 3.1"), make_page("Quart 3.2"))[0][1] is None


def test_a_headline_follows_its_title_and_is_reported_alone_only() -> None:
    first = replace(make_page("Raft"), headline=Declared(value="Raft", origin="jsonld"))
    headline = Declared(value="Paxos", origin="jsonld")
    alone, both = replace(first, headline=headline), replace(make_page("Paxos"), headline=headline)
    assert [kind for kind, *_ in _page_changes(first, alone)] == [ChangeKind.METADATA]
    assert [kind for kind, *_ in _page_changes(first, both)] == [ChangeKind.TITLE]


@pytest.mark.parametrize(("landing", "kinds"), [("/raft", [ChangeKind.METADATA]), ("/new", [])])
def test_a_canonical_url_follows_the_place_of_the_page(
    landing: str, kinds: list[ChangeKind]
) -> None:
    def found(at: str, canonical: str) -> Check:
        facts = make_facts(exchanges=(make_exchange(f"https://example.org{at}"),))
        return make_check(facts=facts, page=make_page(canonical_url=canonical))

    before = make_record(found("/raft", "https://example.org/raft"))
    after = replace(found(landing, "https://example.org/new"), checked_at=TONIGHT)
    assert kinds_of(compare_night(before, after)) == kinds


def test_a_page_is_compared_with_the_last_good_one() -> None:
    good = make_record(make_check(page=make_page("A")))
    (down,) = compare_night(good, tonight(FAILING)).records
    back = make_check(OK, page=make_page("B"), checked_at=TONIGHT + hours(24))
    assert kinds_of(compare_night(down, back)) == [ChangeKind.CLASS, ChangeKind.TITLE]


BARE = make_resource(title="")


def _bare_check(title: str, night: int = 0) -> Check:
    page = make_page(title, first_heading=title)
    return make_check(resource=BARE, page=page, checked_at=NOW + hours(24 * night))


def _name(record: Record) -> str:
    assert record.reported is not None
    return record.reported.name


def test_a_page_names_a_row_without_a_title_until_its_title_is_an_event() -> None:
    record = make_record(_bare_check("(1) Raft"))
    names = [_name(record)]
    for night, title in enumerate(["(2) Raft", "(3) Raft", "Paxos"], 1):
        (record,) = compare_night(record, _bare_check(title, night)).records
        names.append(_name(record))
    assert names == ["(1) Raft", "(1) Raft", "(1) Raft", "Paxos"]


def test_a_row_of_an_earlier_version_is_named_with_its_next_check() -> None:
    known = make_record(_bare_check("Raft"))
    assert known.reported is not None
    unnamed = replace(known, reported=replace(known.reported, name=""))
    comparison = compare_night(unnamed, _bare_check("Raft", 1))
    assert comparison.changes == ()
    assert _name(comparison.records[0]) == "Raft"
