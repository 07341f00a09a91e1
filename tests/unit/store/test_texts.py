"""Which texts of a resource are kept, and how."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler import packing
from crawler.crawl.portable import packed
from crawler.model import Declared, Page, RunStatus, State, TextUse
from crawler.store import Store
from tests.support.store_nights import FIRST_NIGHT, PAGE, check, gone, night, resource, start

ONE, TWO = resource(1), resource(2)
ELSEWHERE = resource(1, url="https://elsewhere.example/")


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "crawler.db")


@pytest.fixture
def store(path: str) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


def with_text(text: str) -> Page:
    return replace(PAGE, text=text)


def kept(path: str) -> dict[str, str]:
    """The start of each text of the first resource, by what it is kept for."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "select role, content from kept_texts join texts on texts.id = text_id"
            " where resource_id = 1"
        ).fetchall()
    return {role: packing.unpacked(content).text for role, content in rows}


def count(path: str, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (number,) = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608
    return int(number)


def test_the_first_text_the_last_and_the_one_before_it_stay(store: Store, path: str) -> None:
    for day, text in enumerate(["one", "two", "three", "four"]):
        night(store, [check(ONE, page=with_text(text))], at=FIRST_NIGHT + timedelta(days=day))
    assert kept(path) == {"first": "one", "before_change": "three", "good": "four"}
    assert count(path, "texts") == 3


def test_the_text_before_an_outage_stays(store: Store, path: str) -> None:
    night(store, [check(ONE, page=with_text("one"))])
    store.texts.keep("1", TextUse.BROKE)
    night(store, [check(ONE, page=with_text("two"))], at=FIRST_NIGHT + timedelta(days=1))
    night(store, [check(ONE, page=with_text("three"))], at=FIRST_NIGHT + timedelta(days=2))
    assert kept(path)["before_breaking"] == "one"


def test_what_is_read_takes_no_place_before_the_run_ends(store: Store, path: str) -> None:
    night(store, [check(ONE, page=with_text("one"))])
    run_id = start(store)
    store.checks.save(run_id, [check(ONE, page=with_text("two"))])
    assert kept(path) == {"first": "one", "good": "one", "read": "two"}
    store.finish_run(run_id, status=RunStatus.INTERRUPTED, finished_at=FIRST_NIGHT)
    assert kept(path) == {"first": "one", "good": "one"}
    assert count(path, "texts") == 1


def test_only_what_the_present_run_has_read_is_its_text(store: Store) -> None:
    killed = start(store)
    store.resources.add([ONE])
    store.checks.save(killed, [check(ONE)])
    assert store.texts.read_in(killed, "1") is not None
    assert store.texts.read_in(start(store), "1") is None


def test_the_last_good_text_again_is_no_new_one(store: Store) -> None:
    night(store, [check(ONE)])
    run_id = start(store)
    store.checks.save(run_id, [check(ONE, page=with_text("another"))])
    store.checks.save(run_id, [check(ONE)])
    assert store.texts.read_in(run_id, "1") is None


def test_resources_with_the_same_page_share_its_text(store: Store, path: str) -> None:
    night(store, [check(ONE), check(TWO)])
    assert (count(path, "texts"), count(path, "kept_texts")) == (1, 4)


def test_texts_of_another_url_go(store: Store, path: str) -> None:
    for day, text in enumerate(["one", "two"]):
        night(store, [check(ONE, page=with_text(text))], at=FIRST_NIGHT + timedelta(days=day))
    night(store, [check(ELSEWHERE, page=with_text("new"))], at=FIRST_NIGHT + timedelta(days=2))
    assert kept(path) == {"first": "new", "good": "new"}
    assert count(path, "texts") == 1


def test_texts_of_what_left_the_list_go_with_its_history(store: Store, path: str) -> None:
    night(store, [check(ONE), check(TWO, page=with_text("other"))])
    for day in (1, 200, 400):
        night(store, [check(TWO)], at=FIRST_NIGHT + timedelta(days=day))
    assert store.prune(500).after.texts == 2
    good = store.pages.last_good("1")
    assert good is not None
    assert good.text() == PAGE.text
    store.prune(300)
    assert (kept(path), count(path, "kept_texts")) == ({}, 3)
    night(store, [check(ONE), check(TWO)], at=FIRST_NIGHT + timedelta(days=401))
    assert kept(path) == {"first": PAGE.text, "good": PAGE.text}


def test_what_was_read_and_not_kept_leaves_no_room_behind(path: str) -> None:
    page = with_text("\n".join(str(number**3) for number in range(9_000)))
    with Store.open(path) as store:
        night(store, [check(ONE)])
    size = Path(path).stat().st_size
    with Store.open(path) as store:
        run_id = start(store)
        store.checks.save(run_id, [check(ONE, page=page)])
        assert count(path, "texts") == 2
        store.finish_run(run_id, status=RunStatus.INTERRUPTED, finished_at=FIRST_NIGHT)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma freelist_count").fetchone() == (0,)
    assert Path(path).stat().st_size == size


def test_a_text_that_takes_the_place_of_another_is_packed_tighter(store: Store, path: str) -> None:
    long = "\n".join(f"Chapter {number} of {number**3 % 97}" for number in range(2_000))
    night(store, [check(ONE, page=with_text(long))])
    night(store, [check(ONE, page=with_text(f"{long}\nEnd"))], at=FIRST_NIGHT + timedelta(days=1))
    sizes = "select length(content) from kept_texts join texts on texts.id = text_id where role = "
    with closing(sqlite3.connect(path)) as connection:
        (first,) = connection.execute(f"{sizes} 'first'").fetchone()
        (good,) = connection.execute(f"{sizes} 'good'").fetchone()
    assert good < first
    assert kept(path) == {"first": long, "before_change": long, "good": f"{long}\nEnd"}


def test_the_last_good_text_outlives_a_long_outage(store: Store, path: str) -> None:
    night(store, [check(ONE, page=with_text("one"))])
    night(store, [check(ONE, page=with_text("two"))], at=FIRST_NIGHT + timedelta(days=1))
    store.texts.keep("1", TextUse.BROKE)
    for day in range(2, 12):
        at = FIRST_NIGHT + timedelta(days=50 * day)
        night(store, [gone(ONE, at), check(TWO, at=at)], at=at, state=State.BROKEN)
    before = kept(path)
    pruned = store.prune(0)
    assert pruned.after.checks < pruned.before.checks
    assert pruned.after.texts == pruned.before.texts
    assert kept(path) == before
    assert before == {
        "first": "one",
        "before_change": "one",
        "good": "two",
        "before_breaking": "two",
    }
    (good,) = [one.last_good for key, one in store.records().items() if key == "1"]
    assert good is not None
    assert good.text() == "two"


def test_noise_in_what_a_page_declares_makes_no_other_page(store: Store, path: str) -> None:
    page = PAGE
    for day in range(5):
        page = replace(
            PAGE,
            title=Declared(value=f"({day}) Learn SQL", origin="title"),
            published=Declared(value=f"2026-11-{day + 1:02}", origin="jsonld"),
            published_raw=f"{day}",
            word_count=day,
            text=f"{day} readers",
        )
        night(store, [check(ONE, page=page)], at=FIRST_NIGHT + timedelta(days=day))
    night(store, [gone(ONE)], at=FIRST_NIGHT + timedelta(days=5))
    assert count(path, "pages") == 1
    good = store.pages.last_good("1")
    assert good is not None
    assert good.whole() == page


# --- texts that were packed where they were read -------------------------------------------------


def test_a_text_that_comes_packed_is_stored_as_one_that_does_not(tmp_path: Path) -> None:
    rows = []
    for name, is_packed in (("here.db", False), ("elsewhere.db", True)):
        path = str(tmp_path / name)
        with Store.open(path) as store:
            for day, text in enumerate(["one", "two", "two"]):
                seen = check(ONE, page=with_text(text))
                sent = packed(seen, store.records()) if is_packed else seen
                night(store, [sent], at=FIRST_NIGHT + timedelta(days=day))
        with closing(sqlite3.connect(path)) as connection:
            rows.append(
                [
                    connection.execute(f"select * from {table}").fetchall()  # noqa: S608
                    for table in ("pages", "texts", "kept_texts")
                ]
            )
    assert rows[0] == rows[1]
    assert kept(str(tmp_path / "elsewhere.db"))["good"] == "two"


def test_a_text_that_was_dropped_since_it_was_left_out_is_stored_the_next_time(
    store: Store, path: str
) -> None:
    night(store, [check(ONE, page=with_text("one"))])
    sent = packed(check(ONE, page=with_text("one")), store.records())
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("delete from kept_texts")
        connection.execute("delete from texts")
    night(store, [sent], at=FIRST_NIGHT + timedelta(days=1))
    assert kept(path) == {}
    again = packed(check(ONE, page=with_text("one")), store.records())
    night(store, [again], at=FIRST_NIGHT + timedelta(days=2))
    assert kept(path)["good"] == "one"


def test_a_record_knows_the_digest_of_its_last_good_text(store: Store) -> None:
    page = with_text("one")
    night(store, [check(ONE, page=page)])
    good = store.records()["1"].last_good
    assert good is not None
    assert good.text_digest == packing.packed(page, lambda _: True).digest
    night(store, [check(ONE, page=with_text("two"))], at=FIRST_NIGHT + timedelta(days=1))
    changed = store.records()["1"].last_good
    assert changed is not None
    assert changed.text_digest != good.text_digest
    assert store.pages.last_good("1") == changed
