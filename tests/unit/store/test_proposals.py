"""Proposals for lost resources, searches and repairs in the database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.model import (
    Band,
    CandidateSource,
    Grounds,
    Proposal,
    Record,
    Repair,
    Resource,
    RunStatus,
    Searched,
    Standing,
    State,
)
from crawler.store import Store
from tests.support.database import named_rows
from tests.support.store_nights import FIRST_NIGHT, check, resource, start

NIGHT = timedelta(days=1)
LOST = resource(1)
GROUNDS = Grounds(
    source=CandidateSource.SITEMAP,
    found_at="https://host-1.example/sitemap.xml",
    neighbours=("https://host-1.example/other",),
    title=1.0,
    text=0.94,
    slug=0.5,
    lead=0.2,
)


def proposal(path: str, **fields: object) -> Proposal:
    made = Proposal(
        key=LOST.key,
        resource_url=LOST.url,
        url=f"https://host-1.example/{path}",
        band=Band.SAFE,
        score=0.97,
        grounds=GROUNDS,
        title="Learn SQL",
        made_at=FIRST_NIGHT,
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # fields of its types


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "crawler.db")) as opened:
        finish(opened, Record(resource=LOST, standing=Standing(state=State.BROKEN)))
        yield opened


def finish(store: Store, *records: Record, at: datetime = FIRST_NIGHT) -> None:
    """A complete run that leaves these records behind."""
    run_id = start(store, at)
    store.resources.add([record.resource for record in records])
    store.checks.save(run_id, [check(record.resource, at=at) for record in records])
    store.finish_run(run_id, status=RunStatus.COMPLETE, finished_at=at, records=records)


def search(store: Store, *found: Proposal, after: int = 0, is_complete: bool = True) -> None:
    at = FIRST_NIGHT + after * NIGHT
    store.proposals.save(LOST.key, LOST.url, found, at, is_complete=is_complete)


def test_proposals_come_back_with_the_record_the_best_first(store: Store) -> None:
    found = (proposal("a"), proposal("b", band=Band.LIKELY), proposal("c", band=Band.SHOWN))
    search(store, *found)
    assert store.records()[LOST.key].proposals == found
    assert store.proposals.of_resource(LOST.key) == found


def test_three_proposals_are_kept(store: Store) -> None:
    search(store, *(proposal(name) for name in "abcde"))
    assert [one.url[-1] for one in store.proposals.of_resource(LOST.key)] == [*"abc"]


def test_another_search_replaces_proposals(store: Store) -> None:
    search(store, proposal("a"), proposal("b"))
    search(store, proposal("c"), after=7)
    assert [one.url[-1] for one in store.proposals.of_resource(LOST.key)] == ["c"]
    search(store, after=30)
    assert store.proposals.of_resource(LOST.key) == ()


def test_the_same_address_is_confirmed_with_the_words_of_the_first_search(store: Store) -> None:
    search(store, proposal("a"))
    search(store, proposal("a", score=0.95, title="Learn more SQL"), after=7)
    assert store.proposals.of_resource(LOST.key) == (
        proposal("a", made_at=FIRST_NIGHT + 7 * NIGHT),
    )


def test_the_same_address_in_another_band_is_another_proposal(store: Store) -> None:
    search(store, proposal("a"))
    search(store, proposal("a", band=Band.SHOWN), after=7)
    assert [one.band for one in store.proposals.of_resource(LOST.key)] == [Band.SHOWN]


def test_a_move_stays_as_it_was_first_described_in_whatever_band(store: Store) -> None:
    redirect = Grounds(source=CandidateSource.LIVE_REDIRECT, title=1.0)
    first = proposal("a", grounds=redirect)
    store.proposals.save_move(LOST.key, first, FIRST_NIGHT)
    later = replace(first, band=Band.LIKELY, grounds=replace(redirect, title=None))
    store.proposals.save_move(LOST.key, later, FIRST_NIGHT + NIGHT)
    assert store.proposals.of_resource(LOST.key) == (replace(first, made_at=FIRST_NIGHT + NIGHT),)
    elsewhere = replace(later, url="https://host-1.example/b")
    store.proposals.save_move(LOST.key, elsewhere, FIRST_NIGHT + 2 * NIGHT)
    assert store.proposals.of_resource(LOST.key) == (elsewhere,)


def test_a_search_that_was_cut_short_takes_nothing_away(store: Store) -> None:
    search(store, proposal("a"))
    search(store, after=7, is_complete=False)
    assert store.proposals.of_resource(LOST.key) == (proposal("a"),)
    search(store, proposal("b"), after=7, is_complete=False)
    assert [one.url[-1] for one in store.proposals.of_resource(LOST.key)] == ["b"]


def test_searches_are_counted_from_the_first_one(store: Store) -> None:
    search(store, is_complete=False)
    search(store, after=1)
    search(store, after=8)
    assert store.proposals.searched() == {
        LOST.key: Searched(
            resource_url=LOST.url,
            first_at=FIRST_NIGHT,
            last_at=FIRST_NIGHT + 8 * NIGHT,
            times=2,
        )
    }


def test_searches_for_another_url_are_counted_anew(store: Store) -> None:
    search(store)
    at, other = FIRST_NIGHT + 9 * NIGHT, "https://elsewhere.example/"
    store.proposals.save(LOST.key, other, (), at, is_complete=True)
    searched = store.proposals.searched()[LOST.key]
    assert searched == Searched(resource_url=other, first_at=at, last_at=at, times=1)


@pytest.mark.parametrize(
    "after",
    [
        (Record(resource=LOST, standing=Standing(state=State.HEALTHY)),),
        (Record(resource=replace(LOST, url="https://new.example/")),),
        (
            Record(
                resource=replace(LOST, url="https://new.example/"),
                standing=Standing(state=State.BROKEN),
            ),
        ),
        (Record(resource=resource(2)),),
    ],
    ids=["recovered", "replaced", "replaced by a lost one", "removed"],
)
def test_what_is_no_longer_lost_has_no_proposals(store: Store, after: tuple[Record, ...]) -> None:
    search(store, proposal("a"))
    finish(store, *after, at=FIRST_NIGHT + NIGHT)
    assert store.proposals.searched() == {}
    assert named_rows(store._path, "select * from proposals") == []


def test_what_stays_lost_keeps_them(store: Store) -> None:
    search(store, proposal("a"))
    finish(
        store,
        Record(resource=LOST, standing=Standing(state=State.BROKEN)),
        at=FIRST_NIGHT + NIGHT,
    )
    assert store.records()[LOST.key].proposals == (proposal("a"),)


def test_proposals_are_a_view_for_other_programs(store: Store) -> None:
    search(store, proposal("a"), proposal("b"))
    best, _ = named_rows(store._path, "select * from proposed_fixes")
    assert dict(best) == {
        "resource_url": LOST.url,
        "number": 1,
        "list_title": LOST.title,
        "category": LOST.category,
        "proposed_url": "https://host-1.example/a",
        "band": "safe",
        "score": 0.97,
        "title": "Learn SQL",
        "source": "sitemap",
        "made_at": "2026-11-20T03:17:00Z",
        "since": None,
        "line": 2,
        "file": "",
    }


def repair(listed: Resource = LOST, nights: int = 0, **fields: object) -> Repair:
    made = Repair(
        key=listed.key,
        file="resources.csv",
        before=listed.url,
        after=f"{listed.url}/new",
        texts=((listed.url, f"{listed.url}/new"),),
        made_at=FIRST_NIGHT + nights * NIGHT,
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # fields of its types


def test_repairs_are_known_until_a_run_reads_the_list(store: Store) -> None:
    store.repairs.add([repair()])
    assert store.records()[LOST.key].repair == repair(id=1)
    finish(store, Record(resource=replace(LOST, url=repair().after)), at=FIRST_NIGHT + NIGHT)
    assert store.records()[LOST.key].repair is None


def test_repairs_that_were_made_together_are_undone_together(store: Store) -> None:
    other = resource(2)
    finish(
        store,
        Record(resource=LOST, standing=Standing(state=State.BROKEN)),
        Record(resource=other),
        at=FIRST_NIGHT + NIGHT,
    )
    store.repairs.add([repair(nights=1)])
    store.repairs.add([repair(nights=1), repair(other, nights=1)])
    last = store.repairs.last()
    assert [one.id for one in last] == [2, 3]
    store.repairs.undo(last, FIRST_NIGHT + 3 * NIGHT)
    assert [one.id for one in store.repairs.last()] == [1]
    assert [one.id for one in store.repairs.standing()] == [1]
    store.repairs.undo(store.repairs.last(), FIRST_NIGHT + 3 * NIGHT)
    assert store.repairs.last() == ()
    assert store.records()[LOST.key].repair is None


def test_known_moves_are_repairs_and_events(store: Store) -> None:
    store.repairs.add([repair(), repair(before="https://a.example/", after="https://b.example/")])
    assert {(LOST.url, f"{LOST.url}/new"), ("https://a.example/", "https://b.example/")} == {
        *store.repairs.moves()
    }
    store.repairs.undo(store.repairs.standing(), FIRST_NIGHT)
    assert list(store.repairs.moves()) == []


def test_both_urls_of_a_repair_have_the_key(store: Store) -> None:
    # Also after it was taken back: a branch may still have it in its list.
    both = {LOST.url: LOST.key, f"{LOST.url}/new": LOST.key}
    store.repairs.add([repair()])
    assert store.repairs.keys_by_url() == both
    store.repairs.undo(store.repairs.last(), FIRST_NIGHT)
    assert store.repairs.keys_by_url() == both


def test_the_url_that_is_in_the_list_now_counts_more(store: Store) -> None:
    other = resource(2)
    finish(store, Record(resource=LOST), Record(resource=other), at=FIRST_NIGHT + NIGHT)
    store.repairs.add([repair(), repair(other, before=f"{LOST.url}/new", after=LOST.url)])
    assert store.repairs.keys_by_url() == {f"{LOST.url}/new": LOST.key, LOST.url: other.key}
