"""Which workers of a cluster get shards."""

from collections.abc import Mapping

import pytest

from crawler.crawl.cluster.workers import (
    ABSENCE_SECONDS,
    CUT_OFF_SECONDS,
    Workers,
)
from crawler.errors import ClusterError


def those(slots: Mapping[str, int], now: float = 0.0) -> Workers:
    """Workers that can all be used."""
    workers = Workers(now)
    workers.note(slots, now)
    for one in slots:
        workers.note_answer(one, "")
    return workers


def test_workers_count_once_they_have_answered() -> None:
    workers = Workers(0.0)
    workers.note({"a": 1, "b": 3}, 1.0)
    assert (workers.count, workers.slots, workers.unknown) == (0, 0, {"a", "b"})
    workers.note_answer("b", "")
    assert (workers.count, workers.slots, workers.unknown) == (1, 3, {"a"})
    assert (workers.is_usable("a"), workers.is_usable("b")) == (False, True)


def test_a_worker_that_was_away_is_asked_again() -> None:
    workers = those({"a": 1, "b": 3})
    workers.note({"a": 1}, 1.0)
    assert (workers.has("a"), workers.has("b")) == (True, False)
    workers.note({"a": 1, "b": 3}, 2.0)
    assert (workers.slots, workers.unknown) == (1, {"b"})


def test_a_worker_with_a_fault_gets_none_and_fails_the_run_when_it_is_alone() -> None:
    workers = those({"a": 1, "b": 3})
    workers.note_answer("b", "has version 2")
    assert (workers.count, workers.slots, workers.free({})) == (1, 1, "a")
    with pytest.raises(ClusterError, match=r"no worker can be used: b has version 2$"):
        workers.note({"b": 3}, 2.0)


def test_of_many_refused_workers_some_are_named() -> None:
    workers = those(dict.fromkeys("abcde", 1))
    for one in "abcde":
        workers.note_answer(one, "is old")
    with pytest.raises(ClusterError, match=r": a is old; b is old; c is old; and 2 more$"):
        workers.note(dict.fromkeys("abcde", 1), 1.0)


def test_the_worker_with_the_most_free_slots_is_the_next() -> None:
    workers = those({"a": 2, "b": 3})
    assert workers.free({}) == "b"
    assert workers.free({"b": 2}) == "a"
    assert workers.free({"a": 2, "b": 3}) == ""


def test_a_worker_without_a_network_gets_none_for_a_while() -> None:
    workers = those({"a": 1}, 1.0)
    workers.cut_off("a", 1.0)
    assert (workers.count, workers.free({})) == (0, "")
    workers.note({"a": 1}, CUT_OFF_SECONDS)
    assert workers.slots == 0
    workers.note({"a": 1}, 1.0 + CUT_OFF_SECONDS)
    assert (workers.slots, workers.free({})) == (1, "a")


def test_a_run_waits_for_workers_but_not_for_ever() -> None:
    workers = Workers(0.0)
    workers.note({}, ABSENCE_SECONDS)
    workers.note({"a": 1}, ABSENCE_SECONDS)
    workers.note_answer("a", "")
    workers.note({"a": 1}, 70.0)
    workers.note({}, 70.0 + ABSENCE_SECONDS)
    with pytest.raises(ClusterError, match=r"no worker for 60 s; start some with `dask worker`"):
        workers.note({}, 71.0 + ABSENCE_SECONDS)


def test_nobody_is_missed_while_none_is_wanted() -> None:
    workers = Workers(0.0)
    workers.note({}, 90.0 + ABSENCE_SECONDS, is_wanted=False)
    workers.note({}, 90.0 + 2 * ABSENCE_SECONDS)
    with pytest.raises(ClusterError, match="has had no worker for 60 s"):
        workers.note({}, 91.0 + 2 * ABSENCE_SECONDS)


def test_a_run_does_not_wait_for_ever_for_workers_that_do_not_answer() -> None:
    workers = Workers(0.0)
    workers.note({"a": 1}, ABSENCE_SECONDS)
    with pytest.raises(ClusterError, match="no worker that answers for 60 s"):
        workers.note({"a": 1}, 1.0 + ABSENCE_SECONDS)


def test_a_worker_that_was_silent_gets_none_while_there_are_others() -> None:
    workers = those({"a": 1, "b": 3})
    workers.note_silence("b", 1.0)
    assert (workers.slots, workers.is_usable("b")) == (1, False)
    workers.note({"b": 3}, 2.0)
    assert (workers.slots, workers.is_usable("b")) == (3, True)
    workers.note({"a": 1, "b": 3}, 1.0 + CUT_OFF_SECONDS)
    workers.note_answer("a", "")
    assert (workers.slots, workers.is_usable("b")) == (4, True)
