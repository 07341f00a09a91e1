"""A crawl of many hosts that are all served by one server on loopback."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from crawler.config import Settings
from crawler.crawl import crawl
from crawler.demo import LIST_NAME
from crawler.demo.server import Script
from crawler.demo.web import Site, Web
from crawler.fetch import Resolver
from crawler.model import Check, WarningCode
from crawler.plan import plan
from tests.support.builders import NOW, make_resource
from tests.support.crawling import make_surroundings
from tests.support.fetching import make_settings, to_loopback

HASTE = make_settings(
    concurrency=512,
    host_delay=0,
    connect_timeout=1.0,
    read_timeout=1.0,
    total_timeout=3.0,
    recheck_after=0,
    robots=False,
)


@contextmanager
def running_server(script: Script) -> Iterator[str]:
    """`host:port` of a server in a thread of its own."""
    with Web({"any.test": Site(script=script)}) as web:
        yield dict(web.resolve)["any.test:80"]


def host_names(number: int) -> list[str]:
    return [f"h{n}.test" for n in range(number)]


def settings_for(authority: str, *others: tuple[str, str]) -> Settings:
    """Settings with which every host is that server, and pages soon count as slow."""
    resolve = (*others, ("*", authority))
    report = replace(HASTE.report, slow_seconds=1)
    return replace(HASTE, fetch=replace(HASTE.fetch, resolve=resolve), report=report)


def crawl_hosts(
    settings: Settings,
    *hosts: str,
    clock: Callable[[], datetime] = lambda: NOW,
    resolver: Resolver = to_loopback,
) -> tuple[Check, ...]:
    """The checks of one page for each host."""
    resources = [
        make_resource(f"http://{host}/", number=number, title="Here")
        for number, host in enumerate(hosts, 1)
    ]
    around = make_surroundings(clock=clock, resolver=resolver)
    brought = asyncio.run(crawl(plan(resources), settings, around))
    assert not brought.faults
    return tuple(brought.checks.values())


def reasons_and_warnings(checks: tuple[Check, ...]) -> Counter[str]:
    """The numbers of reasons and warnings, without the warning about http."""
    words = Counter(
        str(word)
        for check in checks
        for word in (check.judgement.reason, *check.judgement.warnings)
    )
    del words[WarningCode.INSECURE_HTTP]
    return words


def write_list_of_40_hosts(folder: Path, authority: str) -> Settings:
    """Settings for two processes over a list of 40 hosts in the folder."""
    rows = "".join(f"{n},http://{host}/\n" for n, host in enumerate(host_names(40), 1))
    (folder / LIST_NAME).write_text(f"number,url\n{rows}", encoding="utf-8")
    settings = settings_for(authority)
    return replace(
        settings,
        resources=(str(folder / LIST_NAME),),
        database=str(folder / "crawler.db"),
        reports=str(folder / "reports"),
        fetch=replace(
            settings.fetch, processes=2, concurrency=4, read_timeout=60, total_timeout=60
        ),
    )
