"""A crawl on the workers of a Dask cluster, which are processes on loopback."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from crawler.config import CrawlSettings, Settings
from crawler.crawl import CrawlResult, Progress, Surroundings, crawl
from crawler.crawl.kept_checks import KeptChecks
from crawler.demo.replies import NOT_FOUND, Reply, Request
from crawler.demo.server import replying
from crawler.model import Check
from crawler.plan import plan
from tests.support.builders import NOW, make_resource
from tests.support.dask_cluster import DaskCluster, running_cluster
from tests.support.loopback import page
from tests.support.many_hosts import host_names, running_server, settings_for

pytestmark = pytest.mark.slow


@dataclass
class Site:
    """A server of all hosts, which counts how often each was asked."""

    gone: frozenset[str] = frozenset()
    delay: float = 0.0
    asked: Counter[str] = field(default_factory=Counter)

    def __call__(self, request: Request) -> Reply:
        self.asked[request.host] += 1
        return NOT_FOUND if request.host in self.gone else Reply(raw=(page(),), delay=self.delay)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with running_cluster(tmp_path_factory.mktemp("dask"), workers=2) as running:
        yield running


def _on(cluster: DaskCluster | None, authority: str, **fetch: object) -> Settings:
    settings = settings_for(authority)
    fetch = {"concurrency": 8, "recheck_after": 0.01, "processes": 1} | fetch
    return replace(
        settings,
        fetch=replace(settings.fetch, **fetch),  # type: ignore[arg-type]
        crawl=CrawlSettings(cluster=cluster.address if cluster else ""),
    )


def _crawled(
    settings: Settings, hosts: int, said: list[str] | None = None
) -> tuple[CrawlResult, list[Check]]:
    resources = [
        make_resource(f"http://{host}/", number=n, title="Here")
        for n, host in enumerate(host_names(hosts), 1)
    ]
    kept: list[Check] = []
    stored = KeptChecks()

    def listen(progress: Progress) -> None:
        kept.extend(progress.checks)

    around = Surroundings(
        clock=lambda: NOW,
        keep=stored.keep,
        read_back=stored.read_back,
        listen=listen,
        version="1.2.3",
        announce=(said if said is not None else []).append,
        tokens=("one", "two"),
    )
    return asyncio.run(crawl(plan(resources), settings, around)), kept


def _plain(check: Check) -> Check:
    """The check without what the wire decides."""
    return replace(check, elapsed=None, address="", checked_at=NOW)


def test_a_cluster_finds_what_one_process_finds_and_asks_for_nothing_twice(
    cluster: DaskCluster,
) -> None:
    gone = frozenset({"h3.test", "h77.test", "h150.test"})
    site, said = Site(gone=gone), list[str]()
    with running_server(replying(site)) as authority:
        whole, _ = _crawled(_on(None, authority), 200)
        site.asked.clear()
        cut_up, kept = _crawled(_on(cluster, authority), 200, said)
    assert (cut_up.distrust, cut_up.faults) == (None, ())
    assert [*map(_plain, cut_up.checks.values())] == [*map(_plain, whole.checks.values())]
    assert site.asked == {host: 2 if host in gone else 1 for host in host_names(200)}
    assert len(kept) == 200 + len(gone)
    assert len(said) == 1
    assert " workers with " in said[0]
