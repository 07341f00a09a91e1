"""Shards of some minutes, for a cluster."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pytest

from crawler.config import FetchSettings, HostSettings, Settings
from crawler.crawl.shard_sizes import (
    QUICKEST_SECONDS,
    RESPONSE_SECONDS,
    SHARD_SECONDS,
    SHARDS_PER_SLOT,
    in_shards,
    lane_seconds,
    usual_seconds,
)
from crawler.model import Lane
from crawler.plan import plan
from tests.support.builders import make_resource

SETTINGS = Settings(fetch=FetchSettings(concurrency=20))


def _lanes(sizes: dict[str, int]) -> tuple[Lane, ...]:
    urls = [f"http://{host}/{n}" for host, size in sizes.items() for n in range(size)]
    return plan([make_resource(url, number=n) for n, url in enumerate(urls, 1)]).lanes


def _hosts(parts: tuple[tuple[Lane, ...], ...]) -> list[list[str]]:
    return [[lane.host for lane in part] for part in parts]


def _unknown(
    lanes: tuple[Lane, ...], settings: Settings, slots: int
) -> tuple[tuple[Lane, ...], ...]:
    return in_shards(lanes, (), settings, slots)


def test_a_lane_takes_as_long_as_the_pace_of_its_host_says() -> None:
    (lane,) = _lanes({"a.test": 10})
    assert lane_seconds(lane, 0.5, SETTINGS) == 5.0
    slow = replace(SETTINGS, hosts=(("a.test", HostSettings(host_delay=3.0)),))
    assert lane_seconds(lane, 0.5, slow) == 30.0
    assert lane_seconds(lane, 4.0, slow) == 40.0
    quick = HostSettings(host_delay=0.0, per_host=5)
    assert lane_seconds(lane, 0.5, replace(SETTINGS, hosts=(("a.test", quick),))) == 1.0


def test_a_short_list_is_one_shard_and_each_slot_of_a_long_one_has_several() -> None:
    assert len(_unknown(_lanes({f"h{n}.test": 1 for n in range(40)}), SETTINGS, 2)) == 1
    assert len(_unknown(_lanes({f"h{n}.test": 20 for n in range(400)}), SETTINGS, 2)) == 8


def test_a_very_long_list_has_shards_of_some_minutes() -> None:
    long = Settings(fetch=FetchSettings(concurrency=1))
    parts = _unknown(_lanes({f"h{n}.test": 10 for n in range(600)}), long, 1)
    assert len(parts) == 600 * 10 * 0.5 / SHARD_SECONDS // 1 + 1


def test_the_domain_that_takes_longest_comes_first_and_domains_stay_whole() -> None:
    sizes = {"a.b.org": 100, "c.org": 250, "b.org": 200} | {f"h{n}.org": 20 for n in range(40)}
    parts = _hosts(_unknown(_lanes(sizes), SETTINGS, 2))
    assert (parts[0], parts[1]) == (["c.org"], ["b.org", "a.b.org"])
    assert sorted(host for part in parts for host in part) == sorted(sizes)


def test_who_has_waited_goes_first() -> None:
    resources = [make_resource(f"http://h{n % 90}.org/{n}", number=n) for n in range(9000)]
    waiting = {resources[7].key: (1, 1)}
    first, *_ = _unknown(plan(resources, waiting=waiting).lanes, SETTINGS, 2)
    assert first[0].host == "h7.org"


def test_nothing_is_no_shard() -> None:
    assert _unknown((), SETTINGS, 2) == ()


# --- how long hosts usually take ------------------------------------------------------------------


def test_a_host_takes_the_mean_of_its_targets_and_one_request_for_its_robots_txt() -> None:
    lanes = _lanes({"a.test": 4, "b.test": 1, "new.test": 2})
    latest = [(f"http://A.test/{n}", seconds) for n, seconds in enumerate((1.0, 1.0, 2.0, 4.0))]
    latest += [("http://b.test/0", 0.3), ("http://left.test/", 9.0)]
    usual = usual_seconds(lanes, latest, SETTINGS)
    assert {lane.host: each for lane, each in zip(lanes, usual, strict=True)} == {
        "a.test": 2.0 * (1 + 1 / 4),
        "b.test": 0.3 * 2,
        "new.test": RESPONSE_SECONDS,
    }


def test_what_is_no_url_any_more_says_nothing_of_a_host() -> None:
    latest = [("http://a b.test/", 4.0), ("mistyped", 4.0), ("mailto:a@a.test", 4.0)]
    lanes = _lanes({"a.test": 1})
    assert list(usual_seconds(lanes, latest, SETTINGS)) == [RESPONSE_SECONDS]


def test_no_host_is_taken_to_be_without_cost_or_slower_than_the_settings_allow() -> None:
    lanes = _lanes({"a.test": 1, "b.test": 1})
    latest = [("http://a.test/0", 0.0), ("http://b.test/0", 86_400.0)]
    longest = SETTINGS.fetch.attempts * SETTINGS.fetch.total_timeout
    assert list(usual_seconds(lanes, latest, SETTINGS)) == [2 * QUICKEST_SECONDS, 2 * longest]


@pytest.mark.parametrize("slots", [1, 2, 7])
def test_slow_hosts_make_no_shard_take_twice_as_long_as_it_should(slots: int) -> None:
    # A tenth of the hosts is ten times slower, and these are side by side in the list.
    lanes = _lanes({f"h{n}.test": 1 + n % 3 for n in range(6000)})
    took = {f"h{n}.test": 3.0 if n < 600 else 0.3 for n in range(6000)}
    latest = [(target.url, took[lane.host]) for lane in lanes for target in lane.targets]
    settings = Settings(fetch=FetchSettings(concurrency=8 * slots))

    def longest(latest: Iterable[tuple[str, float]]) -> float:
        shards = in_shards(lanes, latest, settings, slots)
        return max(_true_seconds(shard, took, settings, slots) for shard in shards)

    whole = _true_seconds(lanes, took, settings, slots)
    aim = min(whole / (slots * SHARDS_PER_SLOT), SHARD_SECONDS)
    assert longest(latest) < 2 * aim
    assert longest(()) > 2 * aim


def _true_seconds(
    lanes: Sequence[Lane], took: Mapping[str, float], settings: Settings, slots: int
) -> float:
    """How long the lanes take: one target after the other of a host, and so many hosts at once."""
    at_once = settings.fetch.concurrency // slots
    paces = [len(one.targets) * max(0.5, took[one.host]) for one in lanes]
    work = sum((len(one.targets) + 1) * took[one.host] for one in lanes)
    return max(work / at_once, *paces)
