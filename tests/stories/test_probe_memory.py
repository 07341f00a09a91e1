"""What a run remembers of how a host answers made-up addresses, night after night."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from crawler import urls
from crawler.config import Settings
from crawler.demo.page_replies import host_of, notice
from crawler.demo.page_words import PageWords
from crawler.demo.scenarios import Expectation, Scenario
from crawler.demo.web import Web
from crawler.demo.worlds import STORY, build_world
from crawler.model import Resource, RunStatus
from crawler.run import RunOptions, run
from crawler.store import Store
from tests.support.builders import NOW
from tests.support.demo_list import resolving_every_name
from tests.support.short_web import FEW

NUMBER = next(r.number or 0 for r in FEW if urls.path(r.url).count("/") > 1)
MADE_UP = re.compile("[0-9a-f]{20}")


def _odd(resource: Resource, _words: PageWords, *, fresh: str = "cheese") -> Scenario:
    """The page has nothing to do with the list."""
    reply = notice(host_of(resource.url), 200, title=f"Fresh {fresh} every morning")
    return Scenario(pages={resource.url: (reply,)}, expected=Expectation())


@pytest.fixture
def web(shared_web: Web) -> Web:
    shared_web.serve(build_world(STORY[0], FEW, {NUMBER: _odd}).sites)
    return shared_web


def _asked_for_made_up_names(settings: Settings, web: Web, days: int, fresh: str) -> int:
    """How many requests for them a run makes so many days later, when the page has that name."""
    web.serve(build_world(STORY[0], FEW, {NUMBER: partial(_odd, fresh=fresh)}).sites)
    now = NOW + timedelta(days=days)
    run(settings, RunOptions(clock=lambda: now, resolver=web.resolver))
    return sum(bool(MADE_UP.search(request.path)) for request in web.requests)


def test_a_host_that_was_honest_is_asked_again_after_thirty_days(
    settings: Settings, web: Web
) -> None:
    names = {0: "cheese", 1: "bread", 29: "milk", 30: "fish", 31: "fruit"}
    asked = [_asked_for_made_up_names(settings, web, *night) for night in names.items()]
    assert asked == [1, 0, 0, 1, 0]
    with Store.open(settings.database, exclusive=False) as store:
        (profile,) = store.hosts.profiles().values()
    assert [(c.honest, c.seen_at) for c in profile.probes] == [(True, NOW + timedelta(days=30))]


def test_a_page_that_is_as_it_was_is_no_reason_to_ask_again(settings: Settings, web: Web) -> None:
    asked = [_asked_for_made_up_names(settings, web, days, "cheese") for days in (0, 31)]
    assert asked == [1, 0]


@pytest.mark.slow
def test_a_run_that_is_not_trusted_remembers_nothing(settings: Settings, web: Web) -> None:
    answering = next(host_of(resource.url) for resource in FEW if resource.number == NUMBER)

    async def resolver(host: str, port: int) -> tuple[str, ...]:
        if host != answering:
            await asyncio.Event().wait()
        return await web.resolver(host, port)

    hasty = replace(
        settings, fetch=resolving_every_name(settings.fetch, web, {"connect_timeout": 0.5})
    )
    ran = run(hasty, RunOptions(clock=lambda: NOW, resolver=resolver))
    assert ran.status is RunStatus.UNTRUSTED
    assert sum(bool(MADE_UP.search(request.path)) for request in web.requests) == 1
    with Store.open(settings.database, exclusive=False) as store:
        assert store.hosts.profiles() == {}
