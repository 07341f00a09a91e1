"""A run that was killed while it stored texts, and the next one: the last good texts are as they were."""

import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks import pages
from crawler import extract
from crawler.model import Check, Resource
from crawler.store import Store
from tests.support.database import query
from tests.support.paths import REPOSITORY
from tests.support.store_nights import FIRST_NIGHT, check, night, resource

LISTED = [resource(number) for number in range(1, 41)]
KILLED = """
import os, signal, sys
from tests.wire.test_killed_texts import LISTED, read
from crawler.model import TextUse
from crawler.store import Store
from crawler.store.text_table import TextTable
from tests.support.store_nights import start

def stop_after(name, calls):
    real = getattr(TextTable, name)
    left = [calls]
    def counted(*arguments):
        real(*arguments)
        left[0] -= 1
        if not left[0]:
            print("stopped", flush=True)
            os.kill(os.getpid(), signal.SIGSTOP)
    setattr(TextTable, name, counted)

_, path, name, calls = sys.argv
store = Store.open(path)
run_id = start(store)
stop_after(name, int(calls))
for first in range(0, 40, 10):
    store.checks.save(run_id, read(1, LISTED[first:first + 10]))
with store.transaction():
    for one in LISTED:
        store.texts.keep(one.key, TextUse.CHANGED)
    store.texts.end_run()
"""


def read(night_number: int, listed: Sequence[Resource] = LISTED) -> list[Check]:
    """Checks with pages of some 25 kB, other ones each night."""
    return [_read(one.number or 0, night_number) for one in listed]


def _read(number: int, night_number: int) -> Check:
    content = pages.page(number + 100 * night_number, "/page")
    page = extract.read(content, "https://host.example/page", "text/html")
    at = FIRST_NIGHT + timedelta(days=night_number)
    return check(resource(number), page=page, at=at)


def good_texts(store: Store) -> dict[str, str]:
    return {key: one.last_good.text() for key, one in store.records().items() if one.last_good}


@pytest.mark.promise("2")
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "calls", "staged"),
    [("save", 1, 0), ("save", 25, 20), ("save", 40, 30), ("keep", 17, 40), ("end_run", 1, 40)],
)
def test_a_run_that_is_killed_while_it_stores_texts_leaves_the_good_ones(
    tmp_path: Path, name: str, calls: int, staged: int
) -> None:
    path = str(tmp_path / "crawler.db")
    first, third = read(0), read(2)
    with Store.open(path) as store:
        night(store, first)
        before = good_texts(store)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, path, name, str(calls)],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(REPOSITORY)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "stopped\n"
        process.send_signal(signal.SIGKILL)
    with Store.open(path) as store:
        assert good_texts(store) == before == {one.resource.key: _text(one) for one in first}
        assert _count(path, "where role = 'read'") == staged
        night(store, [replace(first[0], checked_at=third[0].checked_at), *third[1:]])
        assert good_texts(store) == {"1": before["1"]} | {
            one.resource.key: _text(one) for one in third[1:]
        }
    assert _count(path, "where role = 'read'") == 0
    assert query(path, "select count(*) from texts") == [(1 + 2 * 39,)]
    assert query(path, "pragma integrity_check") == [("ok",)]
    assert query(path, "pragma foreign_key_check") == []


def _text(one: Check) -> str:
    assert one.page is not None
    return one.page.text


def _count(path: str, where: str) -> object:
    ((number,),) = query(path, f"select count(*) from kept_texts {where}")  # noqa: S608
    return number
