"""How a crawl is split into shards, and what each of them is given."""

import pickle
import tracemalloc
from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.config import FetchSettings, Settings
from crawler.crawl.shard_jobs import (
    HOSTS_PER_PROCESS,
    SLOTS_PER_PROCESS,
    JobMaker,
    ShardJob,
    ShardMemory,
    process_count,
    share_of,
    split_lanes,
    with_validators,
)
from crawler.model import Lane, ProbeProfile, Validators
from crawler.plan import plan
from crawler.robots import RobotsFile
from tests.support.builders import NOW, make_resource
from tests.support.crawling import make_job


def _lanes(**sizes: int) -> tuple[Lane, ...]:
    """Lanes with these numbers of targets, by host; `_` stands for a dot."""
    urls = [
        f"http://{name.replace('_', '.')}/{n}" for name, size in sizes.items() for n in range(size)
    ]
    return plan([make_resource(url, number=n) for n, url in enumerate(urls, 1)]).lanes


def _names(parts: tuple[tuple[Lane, ...], ...]) -> list[list[str]]:
    return [[lane.host for lane in part] for part in parts]


def test_the_largest_domain_comes_first_and_goes_to_the_smallest_part() -> None:
    lanes = _lanes(a_test=5, b_test=4, c_test=3, d_test=3, e_test=1)
    assert _names(split_lanes(lanes, 2)) == [["a.test", "d.test"], ["b.test", "c.test", "e.test"]]


def test_a_domain_stays_whole_and_lanes_in_order() -> None:
    lanes = _lanes(docs_a_org=3, b_org=2, www_a_org=1, a_org=1)
    assert _names(split_lanes(lanes, 2)) == [["docs.a.org", "www.a.org", "a.org"], ["b.org"]]


@pytest.mark.parametrize(
    ("hosts_listed", "settings", "cores", "number"),
    [
        (3, {}, 4, 1),
        (2 * HOSTS_PER_PROCESS, {"concurrency": 2 * SLOTS_PER_PROCESS - 1}, 4, 1),
        (2 * HOSTS_PER_PROCESS - 1, {"concurrency": 2 * SLOTS_PER_PROCESS}, 4, 1),
        (2 * HOSTS_PER_PROCESS, {"concurrency": 2 * SLOTS_PER_PROCESS}, 4, 2),
        (2 * HOSTS_PER_PROCESS, {"concurrency": 9 * SLOTS_PER_PROCESS}, 1, 1),
        (2 * HOSTS_PER_PROCESS, {"concurrency": 2 * SLOTS_PER_PROCESS, "processes": 1}, 4, 1),
        (3, {"processes": 2}, 1, 2),
        (3, {"processes": 8}, 4, 3),
        (0, {"processes": 8}, 4, 1),
    ],
)
def test_how_many_processes_a_plan_is_worth(
    hosts_listed: int, settings: dict[str, int], cores: int, number: int
) -> None:
    resources = [make_resource(f"http://h{n}.test/", number=n) for n in range(hosts_listed)]
    fetch = replace(FetchSettings(), **settings)  # type: ignore[arg-type]  # as given
    assert process_count(plan(resources).lanes, fetch, cores) == number


def _job(**changes: object) -> ShardJob:
    usual = {
        "lanes": _lanes(a_org=2, b_org=1),
        "settings": Settings(fetch=FetchSettings(concurrency=5)),
    }
    return make_job(**usual | changes)


def test_each_part_has_its_share_of_the_concurrency() -> None:
    assert [share_of(FetchSettings(concurrency=5), n, 2) for n in range(4)] == [3, 2, 3, 2]
    assert share_of(FetchSettings(concurrency=1), 1, 2) == 1
    first = _maker(_job()).first(0, 3)
    assert first.settings.fetch.concurrency == 3


def _maker(job: ShardJob) -> JobMaker:
    return JobMaker(job, split_lanes(job.lanes, 2))


def test_each_part_knows_its_own_hosts_and_those_that_nobody_lists() -> None:
    origins = ("http://www.a.org", "http://b.org", "https://elsewhere.org")
    robots = {o: RobotsFile(origin=o, status_code=404, text="", fetched_at=NOW) for o in origins}
    profiles = {o: ProbeProfile(origin=o) for o in origins}
    jobs = _maker(_job(robots_files=robots, profiles=profiles))
    first, second = jobs.first(0, 1), jobs.first(1, 1)
    assert set(first.robots_files) == set(first.profiles) == {origins[0], origins[2]}
    assert set(second.robots_files) == set(second.profiles) == {origins[1], origins[2]}


def test_what_is_known_of_other_hosts_of_a_domain_goes_with_it() -> None:
    origins = ("https://docs.a.org", "https://a.org:8443")
    robots = {o: RobotsFile(origin=o, status_code=404, text="", fetched_at=NOW) for o in origins}
    jobs = _maker(_job(robots_files=robots))
    assert set(jobs.first(0, 1).robots_files) == set(origins)
    assert jobs.first(1, 1).robots_files == {}


def test_targets_have_the_validators_of_their_first_resource() -> None:
    known = {"1": Validators(etag='"1"'), "2": Validators(etag='"2"')}
    rows = [make_resource(f"http://{host}.org/", number=n) for n, host in enumerate("aab", 1)]
    lanes = with_validators(plan(rows).lanes, lambda one: known.get(one.key))
    assert [lane.targets[0].validators for lane in lanes] == [known["1"], None]


def test_a_second_look_knows_what_the_first_has_learned() -> None:
    job = _job()
    memory = ShardMemory(delays={"a.org": 4.0})
    again = _maker(job).second(0, {"2"}, memory, 1)
    assert (again.look, [len(lane.targets) for lane in again.lanes]) == (2, [1])
    assert again.memory == memory
    assert again.sites == {"a.org"}  # the other target still is a page of the list


def test_a_job_has_as_much_time_elsewhere_as_here() -> None:
    job = _job(monotonic_now=100.0, deadline=160.0).later(120.0)
    assert (job.now - NOW, job.monotonic_now, job.deadline) == (timedelta(seconds=20), 120, 160)
    there = job.elsewhere(7.0)
    assert (there.now, there.monotonic_now, there.deadline) == (job.now, 7, 47)


@pytest.mark.parametrize("hosts", [0, 2, 2_500])
def test_a_job_pickles(hosts: int) -> None:
    job = _job(lanes=_lanes(**{f"h{n}_org": 1 for n in range(hosts)}))
    assert pickle.loads(pickle.dumps(job)) == job  # noqa: S301 -- our own


def test_to_pickle_a_long_job_takes_little_more_than_what_is_sent() -> None:
    job = _job(lanes=_lanes(**{f"h{n}_org": 1 for n in range(5_000)}))
    tracemalloc.start()
    try:
        size = len(pickle.dumps(job))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * size
