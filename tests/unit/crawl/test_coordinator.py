"""What a coordinator believes of a crawl that its cluster broke off."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from crawler import guard
from crawler.config import Settings
from crawler.crawl import CrawlResult, canaries, coordinator, crawl
from crawler.crawl.coordinator_link import NewsListener
from crawler.crawl.crew import Crew
from crawler.crawl.messages import AttemptEnded, LeftSite, LookBegan, LookEnded, News
from crawler.crawl.shard_executors import MakeJob
from crawler.crawl.shard_jobs import JobMaker, ShardJob, ShardResult
from crawler.errors import ClusterError
from crawler.guard import Outage, Portal
from crawler.model import Facts, FailureKind, Reason
from crawler.plan import plan
from tests.support.builders import make_check, make_facts, make_failure, make_resource
from tests.support.crawling import make_surroundings
from tests.support.fetching import make_settings

HOSTS = guard.MIN_HOSTS + 1
RESOURCES = [make_resource(f"http://h{n}.test/", number=n) for n in range(HOSTS)]
LOST = "crawl.cluster: it is gone"


def told_of(number: int, reason: Reason, facts: Facts, *others: News) -> list[News]:
    """What a shard tells of one host, from first to last."""
    host = f"h{number}.test"
    check = make_check(reason, resource=RESOURCES[number], facts=facts, looks=1)
    return [
        LookBegan(host=host, resources=1),
        *others,
        LookEnded(checks=(check,), text_marks=(None,)),
    ]


def answered(number: int) -> list[News]:
    ended = AttemptEnded(host=f"h{number}.test", is_unreached=False)
    return told_of(number, Reason.OK, make_facts(), ended)


def redirected_away(number: int) -> list[News]:
    left = LeftSite(host=f"h{number}.test", final_host="wifi.test", resources=1)
    return told_of(number, Reason.OK, make_facts(), left)


def unreached(number: int) -> list[News]:
    ended = AttemptEnded(host=f"h{number}.test", is_unreached=True)
    facts = make_facts(outcome=make_failure(FailureKind.UNREACHABLE))
    return told_of(number, Reason.UNREACHABLE, facts, ended)


class LosingExecutor:
    """A cluster that tells something, and is lost."""

    def __init__(self, news: list[News]) -> None:
        self._news = news

    def submit(
        self, _: MakeJob, listener: NewsListener, __: asyncio.Future[None]
    ) -> asyncio.Future[ShardResult]:
        for one in self._news:
            listener(one)
        future: asyncio.Future[ShardResult] = asyncio.get_running_loop().create_future()
        future.set_exception(ClusterError(LOST))
        return future

    async def shutdown(self) -> None:
        """Does nothing."""


def crawled(monkeypatch: pytest.MonkeyPatch, settings: Settings, news: list[News]) -> CrawlResult:
    """A crawl whose cluster tells this and is lost, before a canary has answered."""

    @asynccontextmanager
    async def started(whole: ShardJob, *_: object) -> AsyncIterator[Crew]:
        executor = LosingExecutor(news)
        yield Crew(executor, JobMaker(whole, [whole.lanes]), for_few=executor)

    async def no_answer(*_: object) -> bool:
        await asyncio.Event().wait()
        return False

    around = make_surroundings()

    monkeypatch.setattr(coordinator, "started", started)
    monkeypatch.setattr(canaries, "is_any_answered", no_answer)
    return asyncio.run(crawl(plan(RESOURCES), settings, around))


def test_what_a_lost_cluster_has_told_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    found = crawled(monkeypatch, make_settings(), [*answered(0), *answered(1)])
    assert (found.distrust, found.broken_off, found.is_cut_short) == (None, LOST, True)
    assert [one.resource.number for one in found.checks.values()] == [0, 1]


def test_a_portal_is_noticed_though_the_cluster_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    news = [one for number in range(HOSTS) for one in redirected_away(number)]
    found = crawled(monkeypatch, make_settings(), news)
    assert isinstance(found.distrust, Portal)
    assert (found.distrust.host, found.broken_off) == ("wifi.test", LOST)


@pytest.mark.parametrize("recheck_after", [1.0, 0.0])
def test_failures_before_the_loss_of_the_cluster_do_not_count(
    recheck_after: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without second looks, nothing else would keep them out."""
    settings = make_settings(recheck_after=recheck_after)
    news = [*answered(0), *(one for number in range(1, HOSTS) for one in unreached(number))]
    found = crawled(monkeypatch, settings, news)
    if recheck_after:
        assert found.distrust is None
        assert [one.resource.number for one in found.checks.values()] == [0]
    else:
        assert found.distrust == Outage(hosts=HOSTS, unreached=HOSTS - 1, canaries=3)


def test_a_cluster_that_is_lost_before_it_told_anything_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ClusterError, match=LOST):
        crawled(monkeypatch, make_settings(), [])
