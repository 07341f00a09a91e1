"""Which workers of a cluster get shards."""

import pytest

from crawler.crawl.cluster.workers import (
    ABSENCE_SECONDS,
    CUT_OFF_SECONDS,
    NEW_SECONDS,
    Workers,
)
from crawler.errors import ClusterError


def test_all_workers_count_and_may_get_a_shard() -> None:
    workers = Workers(0.0)
    workers.note({"a": 1, "b": 3}, 1.0)
    assert (workers.count, workers.slots, workers.allowed()) == (2, 4, None)
    assert workers.has("b", 1.0)
    assert not workers.has("c", 1.0)


def test_a_worker_that_begins_a_shard_is_there_before_it_is_found() -> None:
    workers = Workers(0.0)
    workers.greet("c", 1.0)
    workers.note({"a": 1}, 2.0)
    assert workers.has("c", 0.9 + NEW_SECONDS)
    assert not workers.has("c", 1.0 + NEW_SECONDS)


def test_a_refused_worker_gets_none_and_fails_the_run_when_it_is_alone() -> None:
    workers = Workers(0.0)
    workers.note({"a": 1, "b": 3}, 1.0)
    workers.refuse("b", "has version 2")
    assert (workers.count, workers.slots, workers.allowed()) == (1, 1, ["a"])
    with pytest.raises(ClusterError, match=r"no worker can be used: b has version 2$"):
        workers.note({"b": 3}, 2.0)


def test_a_worker_without_a_network_gets_none_for_a_while() -> None:
    workers = Workers(0.0)
    workers.note({"a": 1}, 1.0)
    workers.cut_off("a", 1.0)
    assert (workers.count, workers.allowed()) == (0, [])
    workers.note({"a": 1}, CUT_OFF_SECONDS)
    assert workers.slots == 0
    workers.note({"a": 1}, 1.0 + CUT_OFF_SECONDS)
    assert (workers.slots, workers.allowed()) == (1, None)


def test_a_run_waits_for_workers_but_not_for_ever() -> None:
    workers = Workers(0.0)
    workers.note({}, ABSENCE_SECONDS)
    workers.note({"a": 1}, 70.0)
    workers.note({}, 70.0 + ABSENCE_SECONDS)
    with pytest.raises(ClusterError, match=r"no worker for 60 s; start some with `dask worker`"):
        workers.note({}, 71.0 + ABSENCE_SECONDS)


def test_a_worker_that_was_silent_gets_none_while_there_are_others() -> None:
    workers = Workers(0.0)
    workers.note({"a": 1, "b": 3}, 1.0)
    workers.note_silence("b", 1.0)
    assert (workers.slots, workers.allowed()) == (1, ["a"])
    workers.note({"b": 3}, 2.0)
    assert (workers.slots, workers.allowed()) == (3, None)
    workers.note({"a": 1, "b": 3}, 1.0 + CUT_OFF_SECONDS)
    assert (workers.slots, workers.allowed()) == (4, None)
