"""The watch: when it distrusts a run, and that it asks the canaries once at most."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from crawler import guard
from crawler.crawl.messages import AttemptEnded, LeftSite, LookBegan
from crawler.crawl.watch import Watch
from crawler.guard import Distrust, Outage, Portal


@dataclass
class Look:
    """A watch over hosts `0.test`, `1.test`…, and a canary that answers or not."""

    hosts: int
    canary: bool = True
    least: int = guard.MIN_HOSTS
    asked: int = 0
    during: Callable[["Look"], None] = field(default=lambda _: None)
    """What happens while the canary is asked."""

    def __post_init__(self) -> None:
        names = frozenset(f"{n}.test" for n in range(self.hosts))
        self.watch = Watch(names, 1, self._ask, self.least)

    async def _ask(self) -> bool:
        self.asked += 1
        self.during(self)
        return self.canary

    def begin(self, *hosts: int) -> None:
        for host in hosts:
            self.watch.note(LookBegan(host=f"{host}.test", resources=1))

    def attempt(self, *hosts: int, is_unreached: bool = True) -> None:
        for host in hosts:
            self.watch.note(AttemptEnded(host=f"{host}.test", is_unreached=is_unreached))

    def land(self, *hosts: int, at: str = "wifi.invalid") -> None:
        for host in hosts:
            self.watch.note(LeftSite(host=f"{host}.test", final_host=at, resources=1))

    async def verdict(self, *, over: bool = False) -> Distrust | None:
        """The watch's verdict; None also when there is none before it is closed."""
        saying = asyncio.ensure_future(self.watch.verdict())
        for _ in range(5):
            await asyncio.sleep(0)
        if not saying.done() or over:
            self.watch.close()
        return await saying


def _story(look: Look, *steps: Callable[[Look], None]) -> Distrust | None:
    async def play() -> Distrust | None:
        for step in steps:
            step(look)
        return await look.verdict()

    return asyncio.run(play())


@pytest.mark.promise("19")
def test_an_outage_is_noticed_while_others_are_still_asked() -> None:
    look = Look(9, canary=False)
    seen = _story(look, lambda it: it.begin(*range(9)), lambda it: it.attempt(0, 1, 2, 3, 4))
    assert seen == Outage(hosts=9, unreached=5, canaries=1)
    assert look.asked == 1


def test_hosts_that_fail_first_are_compared_with_all_that_were_asked() -> None:
    look = Look(9, canary=False)
    assert _story(look, lambda it: it.begin(*range(9)), lambda it: it.attempt(0, 1, 2)) is None
    assert look.asked == 0


def test_a_canary_that_answers_counts_for_the_rest_of_the_run() -> None:
    look = Look(9, during=lambda it: it.attempt(6, 7, 8))
    seen = _story(look, lambda it: it.begin(*range(9)), lambda it: it.attempt(0, 1, 2, 3, 4))
    assert seen is None
    assert look.asked == 1


def test_a_network_that_comes_back_while_the_canaries_are_asked_is_trusted() -> None:
    look = Look(5, canary=False, during=lambda it: it.attempt(0, 1, 2, is_unreached=False))
    assert _story(look, lambda it: it.begin(*range(5)), lambda it: it.attempt(0, 1, 2)) is None
    assert look.asked == 1


def test_when_the_network_fails_again_the_canaries_are_not_asked_again() -> None:
    async def play() -> Distrust | None:
        look = Look(5, canary=False, during=lambda it: it.attempt(0, 1, 2, is_unreached=False))
        look.begin(*range(5))
        look.attempt(0, 1, 2)
        saying = asyncio.ensure_future(look.watch.verdict())
        for _ in range(5):
            await asyncio.sleep(0)
        look.attempt(1, 2, 3, 4)
        seen = await saying
        assert look.asked == 1
        return seen

    assert asyncio.run(play()) == Outage(hosts=5, unreached=4, canaries=1)


def test_the_latest_attempt_at_a_host_says_whether_it_is_reached() -> None:
    look = Look(5, canary=False)
    seen = _story(
        look,
        lambda it: it.begin(*range(5)),
        lambda it: it.attempt(*range(5), is_unreached=False),
        lambda it: it.attempt(0, 1, 2),
    )
    assert seen == Outage(hosts=5, unreached=3, canaries=1)


def test_hosts_that_are_not_watched_are_left_out() -> None:
    look = Look(4, canary=False)
    assert _story(look, lambda it: it.begin(*range(9)), lambda it: it.attempt(*range(9))) is None
    assert look.asked == 0


def test_a_suspicion_at_the_very_end_is_checked_with_the_canaries() -> None:
    look = Look(5, canary=False)

    async def play() -> Distrust | None:
        look.begin(*range(5))
        look.attempt(*range(5))
        look.watch.close()
        return await look.watch.verdict()

    assert asyncio.run(play()) == Outage(hosts=5, unreached=5, canaries=1)


def test_nothing_is_noted_after_the_end() -> None:
    look = Look(5, canary=False)
    look.watch.close()
    look.begin(*range(5))
    look.attempt(*range(5))
    look.land(*range(5))
    assert look.watch.distrust() is None


def test_where_no_canary_answers_one_host_for_all_is_a_portal() -> None:
    look = Look(10, canary=False)
    seen = _story(look, lambda it: it.begin(*range(10)), lambda it: it.land(*range(10)))
    assert seen == Portal(host="wifi.invalid", resources=10, landed=10, canaries=1)
    assert look.asked == 1


def test_where_a_canary_answers_all_have_moved_to_one_host() -> None:
    look = Look(10)
    assert _story(look, lambda it: it.begin(*range(10)), lambda it: it.land(*range(10))) is None
    assert look.asked == 1


def test_a_canary_that_disproved_an_outage_disproves_a_portal_too() -> None:
    look = Look(10, during=lambda it: it.land(*range(10)))
    seen = _story(look, lambda it: it.begin(*range(10)), lambda it: it.attempt(*range(6)))
    assert seen is None
    assert look.asked == 1


def test_resources_that_have_not_ended_yet_count_against_a_portal() -> None:
    look = Look(10)
    assert _story(look, lambda it: it.begin(*range(10)), lambda it: it.land(*range(9))) is None


def test_a_portal_is_the_one_host_at_which_most_end() -> None:
    look = Look(20, canary=False)
    seen = _story(
        look,
        lambda it: it.begin(*range(20)),
        lambda it: it.land(0, at="elsewhere.invalid"),
        lambda it: it.land(*range(1, 20)),
    )
    assert seen == Portal(host="wifi.invalid", resources=20, landed=19, canaries=1)


def test_a_recheck_asks_the_canaries_for_a_single_host() -> None:
    look = Look(hosts=1, canary=False, least=1)
    look.begin(0)
    look.attempt(0)
    assert asyncio.run(look.verdict()) == Outage(hosts=1, unreached=1, canaries=1)
    assert look.asked == 1


def test_a_recheck_of_one_link_that_moved_elsewhere_is_no_portal_where_a_canary_answers() -> None:
    look = Look(hosts=1, least=1)
    look.begin(0)
    look.attempt(0, is_unreached=False)
    look.land(0, at="new.invalid")
    assert asyncio.run(look.verdict(over=True)) is None
    assert look.asked == 1
