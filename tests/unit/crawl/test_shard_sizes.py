"""Shards of some minutes, for a cluster."""

from dataclasses import replace

from crawler.config import FetchSettings, HostSettings, Settings
from crawler.crawl.shard_sizes import SHARD_SECONDS, lane_seconds, packed
from crawler.model import Lane
from crawler.plan import plan
from tests.support.builders import make_resource

SETTINGS = Settings(fetch=FetchSettings(concurrency=20))


def _lanes(sizes: dict[str, int]) -> tuple[Lane, ...]:
    urls = [f"http://{host}/{n}" for host, size in sizes.items() for n in range(size)]
    return plan([make_resource(url, number=n) for n, url in enumerate(urls, 1)]).lanes


def _hosts(parts: tuple[tuple[Lane, ...], ...]) -> list[list[str]]:
    return [[lane.host for lane in part] for part in parts]


def test_a_lane_takes_as_long_as_the_pace_of_its_host_says() -> None:
    (lane,) = _lanes({"a.test": 10})
    assert lane_seconds(lane, SETTINGS) == 5.0
    slow = replace(SETTINGS, hosts=(("a.test", HostSettings(host_delay=3.0)),))
    assert lane_seconds(lane, slow) == 30.0
    quick = HostSettings(host_delay=0.0, per_host=5)
    assert lane_seconds(lane, replace(SETTINGS, hosts=(("a.test", quick),))) == 1.0


def test_a_short_list_is_one_shard_and_each_slot_of_a_long_one_has_several() -> None:
    assert len(packed(_lanes({f"h{n}.test": 1 for n in range(40)}), SETTINGS, 2)) == 1
    assert len(packed(_lanes({f"h{n}.test": 20 for n in range(400)}), SETTINGS, 2)) == 8


def test_a_very_long_list_has_shards_of_some_minutes() -> None:
    long = Settings(fetch=FetchSettings(concurrency=1))
    parts = packed(_lanes({f"h{n}.test": 10 for n in range(600)}), long, 1)
    assert len(parts) == 600 * 10 * 0.5 / SHARD_SECONDS // 1 + 1


def test_the_domain_that_takes_longest_comes_first_and_domains_stay_whole() -> None:
    sizes = {"a.b.org": 100, "c.org": 250, "b.org": 200} | {f"h{n}.org": 20 for n in range(40)}
    parts = _hosts(packed(_lanes(sizes), SETTINGS, 2))
    assert (parts[0], parts[1]) == (["c.org"], ["b.org", "a.b.org"])
    assert sorted(host for part in parts for host in part) == sorted(sizes)


def test_who_has_waited_goes_first() -> None:
    resources = [make_resource(f"http://h{n % 90}.org/{n}", number=n) for n in range(9000)]
    waiting = {resources[7].key: (1, 1)}
    first, *_ = packed(plan(resources, waiting=waiting).lanes, SETTINGS, 2)
    assert first[0].host == "h7.org"


def test_nothing_is_no_shard() -> None:
    assert packed((), SETTINGS, 2) == ()
