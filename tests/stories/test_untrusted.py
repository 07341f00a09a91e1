"""Runs whose own network is in trouble conclude nothing, and runs whose list is dead do."""

import asyncio
import errno
import json
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler import guard, urls
from crawler.config import GuardSettings
from crawler.demo import LIST_NAME, demo_settings, list_text, scenarios
from crawler.demo.page_replies import notice
from crawler.demo.page_words import PageWords
from crawler.demo.replies import redirect
from crawler.demo.scenarios import MakeScenario, Scenario
from crawler.demo.server import LOOPBACK, full_port
from crawler.demo.web import Port, Web
from crawler.demo.worlds import CANARIES, STORY, World, build_world, plain_world
from crawler.fetch import Resolver
from crawler.guard import Outage, Portal
from crawler.model import Reason, Resource, RunStatus
from crawler.report import as_text
from crawler.run import RunOptions, RunResult, run
from tests.support.database import query
from tests.support.demo_list import listed, resolving_every_name

pytestmark = pytest.mark.slow

ALL = listed()[:40]
HOSTS = tuple(dict.fromkeys(urls.host(resource.url) for resource in ALL))
SOME, MOST = len(HOSTS) // 3, 2 * len(HOSTS) // 3
CANARY_HOSTS = frozenset(map(urls.host, CANARIES))
LOGIN = "https://wifi.example/login"


def _world(
    plot: MakeScenario, resources: tuple[Resource, ...], listed: tuple[Resource, ...]
) -> World:
    """A world in which some resources are played by the plot, and all others are alive."""
    played = {resource.number or 0: plot for resource in resources}
    return build_world(replace(STORY[0], name="trouble"), listed, played)


def _without(world: World, *hosts: str) -> World:
    return replace(world, sites={h: site for h, site in world.sites.items() if h not in hosts})


def _refusing(world: World, *hosts: str) -> World:
    sites = {
        h: replace(s, port=Port.REFUSING if h in hosts else s.port) for h, s in world.sites.items()
    }
    return replace(world, sites=sites)


@dataclass
class Stand:
    """A list in a folder, and the web it is checked against."""

    folder: Path
    web: Web
    night: int = 0

    def put(self, resources: tuple[Resource, ...]) -> None:
        (self.folder / LIST_NAME).write_text(list_text(resources), encoding="utf-8")

    def play(
        self,
        world: World,
        *,
        resolver: Resolver | None = None,
        canaries: tuple[str, ...] = CANARIES,
        only: tuple[str, ...] = (),
        **fetch: float,
    ) -> RunResult:
        """One more night, in that world, with names from that resolver."""
        self.web.serve(world.sites)
        base = demo_settings(self.folder, self.web)
        settings = replace(
            base,
            fetch=resolving_every_name(base.fetch, self.web, fetch),
            guard=GuardSettings(canaries=canaries),
        )
        now = STORY[0].date + timedelta(days=self.night)
        self.night += 1
        resolve = resolver or self.web.resolver
        return run(settings, RunOptions(clock=lambda: now, resolver=resolve, only=only))

    def report(self) -> str:
        return (self.folder / "reports" / "README.md").read_text("utf-8")

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return query(self.folder / "crawler.db", sql)

    def known(self) -> list[list[tuple[object, ...]]]:
        """All that a run may change."""
        tables = (
            "latest_checks",
            "history",
            "changes",
            "incidents",
            "resources order by id",
            "resources_fts",
        )
        return [self.rows(f"select * from {table}") for table in tables]  # noqa: S608 -- ours


@pytest.fixture
def stand(tmp_path: Path, shared_web: Web) -> Stand:
    stand = Stand(tmp_path, shared_web)
    stand.put(ALL)
    return stand


# --- it is us -----------------------------------------------------------------------------------


async def no_such_name(host: str, port: int) -> tuple[str, ...]:
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


async def no_name_server(host: str, port: int) -> tuple[str, ...]:
    raise socket.gaierror(socket.EAI_AGAIN, "no name server")


async def no_interface(host: str, port: int) -> tuple[str, ...]:
    raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))


async def no_answer(host: str, port: int) -> tuple[str, ...]:
    await asyncio.Event().wait()
    raise AssertionError


OUTAGES = [no_such_name, no_name_server, no_interface, no_answer]


@pytest.mark.promise("18")
@pytest.mark.parametrize("resolver", OUTAGES)
def test_a_first_run_without_network_concludes_nothing(stand: Stand, resolver: Resolver) -> None:
    ran = stand.play(plain_world(ALL), resolver=resolver, connect_timeout=1.0, attempts=2)
    assert ran.status is RunStatus.UNTRUSTED
    assert isinstance(ran.distrust, Outage)
    assert stand.web.requests == ()
    assert ran.report is None
    assert stand.rows("select status, counts from runs") == [("untrusted", "{}")]
    assert [rows for rows in stand.known()[:4] if rows] == []
    assert not (stand.folder / "reports" / "README.md").exists()


@pytest.mark.promise("3")
@pytest.mark.parametrize("resolver", OUTAGES)
def test_a_later_run_without_network_leaves_everything_as_it_was(
    stand: Stand, resolver: Resolver
) -> None:
    trouble = _world(scenarios.answers(404, Reason.HTTP_404), ALL[3:6], ALL)
    stand.play(trouble)
    known = stand.known()
    report = stand.report()
    stand.put(ALL[:-1])
    ran = stand.play(plain_world(ALL), resolver=resolver, connect_timeout=1.0, attempts=2)
    assert ran.status is RunStatus.UNTRUSTED
    assert ran.news == ()
    assert stand.known() == known
    assert ran.report is not None
    since = ran.report.freshness.since
    assert stand.report().replace(f"{since}\n\n", "") == report
    assert stand.play(trouble).status is RunStatus.COMPLETE
    assert stand.rows("select kind from changes") == [*[("broke",)] * 3, ("removed",)]


@pytest.mark.promise("18")
def test_weeks_without_network_do_not_look_like_a_quiet_web(stand: Stand) -> None:
    world, reports = plain_world(ALL), stand.folder / "reports"
    stand.play(world)
    stand.play(world)
    good = stand.report()
    stand.play(world, resolver=no_such_name)
    first = stand.report()
    stand.play(world, resolver=no_such_name)
    ran = stand.play(world, resolver=no_such_name)
    assert stand.report() == first
    assert "Since 2026-11-04, no run was finished and could be trusted" in first
    assert ran.report is not None
    said = " ".join(as_text.render(ran.report).split())
    assert said.startswith("The last attempt, on 2026-11-06")
    assert "no canary answered" in said
    assert "3 attempts in a row have brought no good run" in said
    assert "The last good run, on 2026-11-03 at 03:17 UTC, is 3 days old" in said
    assert "at 03:17 UTC, is 3 days old" in (reports / "index.html").read_text("utf-8")
    told = json.loads((reports / "latest.json").read_text("utf-8"))
    assert (told["attempts"]["count"], told["stale"]) == (3, True)
    part = stand.play(world, only=("1",))
    assert part.status is RunStatus.COMPLETE
    assert stand.report() == first
    assert part.report is not None
    assert "is 4 days old" in part.report.freshness.stale
    stand.play(world)
    assert stand.report() == good


@pytest.mark.promise("19")
def test_connections_refused_by_everybody_are_not_believed(stand: Stand) -> None:
    world = plain_world(ALL)
    ran = stand.play(_refusing(world, *world.sites), attempts=3)
    _assert_outage(ran, unreached=len(HOSTS), canaries=3)


def _assert_outage(ran: RunResult, *, unreached: int, canaries: int) -> None:
    """The run was stopped as soon as more than half of the hosts asked were unreached."""
    assert isinstance(ran.distrust, Outage)
    assert guard.MIN_HOSTS <= ran.distrust.hosts <= len(HOSTS)
    assert ran.distrust.hosts / 2 < ran.distrust.unreached <= unreached
    assert ran.distrust.canaries == canaries


@pytest.mark.promise("19")
def test_connections_that_never_come_about_are_not_believed(stand: Stand) -> None:
    """A listener whose queue is full takes no connection, and does not refuse it either."""
    with full_port() as port:
        world = plain_world(ALL)
        stand.web.serve(world.sites)
        base = demo_settings(stand.folder, stand.web)
        resolve = (("*", f"{LOOPBACK}:{port}"),)
        settings = replace(
            base,
            fetch=replace(base.fetch, resolve=resolve, connect_timeout=0.3, attempts=3),
        )
        ran = run(settings, RunOptions(clock=lambda: world.date))
    assert ran.status is RunStatus.UNTRUSTED


def _ends_after(count: int, then: Resolver, web: Web) -> Resolver:
    """The web's own resolver for the first names, in the order asked, and another one from then on.

    For canaries always the other one: who asks them early must not find them among the first.
    """
    seen = set[str]()

    async def resolver(host: str, port: int) -> tuple[str, ...]:
        if host not in CANARY_HOSTS and (len(seen) < count or host in seen):
            seen.add(host)
            return await web.resolver(host, port)
        return await then(host, port)

    return resolver


@pytest.mark.promise("19")
@pytest.mark.parametrize("then", OUTAGES)
def test_what_answered_before_the_network_went_counts(stand: Stand, then: Resolver) -> None:
    resolver = _ends_after(SOME, then, stand.web)
    ran = stand.play(plain_world(ALL), resolver=resolver, connect_timeout=2.0)
    assert ran.status is RunStatus.UNTRUSTED
    latest = stand.rows("select verdict, state from latest_checks")
    assert set(latest) <= {("ok", "healthy")}
    checked = "select count(*) from checks where verdict = 'ok'"
    assert stand.rows(checked) == [(len(latest),)]
    new = "select count(*) from resources where state = 'new' and last_ok_at is null"
    assert stand.rows(new) == [(len(ALL) - len(latest),)]
    assert stand.play(plain_world(ALL)).status is RunStatus.COMPLETE
    assert stand.rows("select count(*) from latest_checks") == [(len(ALL),)]


def test_a_resource_that_answers_while_others_cannot_be_reached_recovers(stand: Stand) -> None:
    broken = _world(scenarios.answers(404, Reason.HTTP_404), ALL[:1], ALL)
    stand.play(broken)
    stand.play(broken)
    assert stand.rows("select number from broken_now") == [(1,)]
    alone = {urls.host(ALL[0].url)}

    async def only_the_first(host: str, port: int) -> tuple[str, ...]:
        if host in alone:
            return await stand.web.resolver(host, port)
        await no_answer(host, port)
        raise AssertionError

    ran = stand.play(plain_world(ALL), resolver=only_the_first, connect_timeout=2.0)
    assert ran.status is RunStatus.UNTRUSTED
    assert stand.rows("select number from broken_now") == []
    assert stand.rows("select kind from changes where run_id = 3") == [("recovered",)]
    assert stand.rows("select count(*) from latest_checks where verdict = 'ok'") == [(len(ALL),)]
    assert stand.rows("select count(*) from history where run_id = 3") == [(1,)]


def _with_redirected_canaries(world: World) -> World:
    redirected = {
        host: replace(world.sites[host], pages={"/": redirect(LOGIN, 302)})
        for host in CANARY_HOSTS
    }
    return replace(world, sites={**world.sites, **redirected})


@pytest.mark.promise("18")
@pytest.mark.parametrize("canaries", [CANARIES, ()])
def test_a_captive_portal_is_not_believed(stand: Stand, canaries: tuple[str, ...]) -> None:
    """Without canaries nothing shows that it is none."""
    world = _world(scenarios.temporarily_elsewhere(LOGIN), ALL, ALL)
    ran = stand.play(_with_redirected_canaries(world), canaries=canaries)
    assert isinstance(ran.distrust, Portal)
    assert (ran.distrust.host, ran.distrust.canaries) == ("wifi.example", len(canaries))
    assert stand.rows("select count(*) from latest_checks") == [(0,)]
    assert stand.rows("select count(*) from hosts") == [(0,)]


def test_a_canary_behind_the_portal_does_not_vouch(stand: Stand) -> None:
    """Names do not resolve but for the canaries, and those are all redirected."""
    world = _with_redirected_canaries(plain_world(ALL))
    portal = {host: world.sites[host] for host in CANARY_HOSTS}
    login = replace(
        world.sites[urls.host(CANARIES[0])],
        pages={urls.path(LOGIN): notice("wifi.example", 200, title="Sign in")},
    )
    gone = replace(world, sites={**portal, "wifi.example": login})
    _assert_outage(stand.play(gone), unreached=len(HOSTS), canaries=3)


def test_without_canaries_nobody_speaks_for_the_network(stand: Stand) -> None:
    ran = stand.play(_without(plain_world(ALL), *HOSTS[:MOST]), canaries=())
    _assert_outage(ran, unreached=MOST, canaries=0)


def test_a_budget_that_ends_before_the_canaries_have_answered_concludes_nothing(
    stand: Stand,
) -> None:
    async def resolver(host: str, port: int) -> tuple[str, ...]:
        return await (no_answer if host in CANARY_HOSTS else no_name_server)(host, port)

    ran = stand.play(plain_world(ALL), resolver=resolver, connect_timeout=60.0, budget=3.0)
    assert ran.status is RunStatus.UNTRUSTED


def test_no_second_look_is_taken_and_no_retry_waited_for(stand: Stand) -> None:
    """Otherwise the recheck alone would take longer than this test may."""
    world = plain_world(ALL)
    ran = stand.play(_refusing(world, *world.sites), attempts=50, recheck_after=3600.0)
    assert ran.status is RunStatus.UNTRUSTED


# --- it is them ---------------------------------------------------------------------------------


@pytest.mark.promise("20")
@pytest.mark.parametrize(
    ("spoil", "hosts", "canaries"),
    [
        (_without, SOME, True),
        (_without, SOME, False),
        (_without, MOST, True),
        (_refusing, MOST, True),
    ],
)
def test_real_deaths_are_not_hidden(
    stand: Stand, spoil: Callable[..., World], hosts: int, canaries: bool
) -> None:
    gone = set(HOSTS[:hosts])
    silent = () if canaries else map(urls.host, CANARIES)
    world = spoil(plain_world(ALL), *gone, *silent)
    assert stand.play(world).status is RunStatus.COMPLETE
    failed = {r.number for r in ALL if urls.host(r.url) in gone}
    found = stand.rows("select number from latest_checks where verdict in ('dead', 'failing')")
    assert {number for (number,) in found} == failed


@pytest.mark.promise("20")
def test_sites_that_moved_to_one_host_have_moved(stand: Stand) -> None:
    few = tuple({urls.registrable_domain(urls.host(r.url)): r for r in ALL}.values())[:6]
    stand.put(few)

    def moved(resource: Resource, words: PageWords) -> Scenario:
        return scenarios.moved(f"https://forge.example/{resource.number}")(resource, words)

    ran = stand.play(_world(moved, few, few))
    assert ran.status is RunStatus.COMPLETE
    seen = set(stand.rows("select verdict, suggested_url from latest_checks"))
    assert seen == {("moved", f"https://forge.example/{resource.number}") for resource in few}


@pytest.mark.promise("20")
def test_servers_that_answer_with_an_error_do_answer(stand: Stand) -> None:
    troubled = tuple(r for r in ALL if urls.host(r.url) in set(HOSTS[:MOST]))
    ran = stand.play(_world(scenarios.answers(503, Reason.HTTP_5XX), troubled, ALL), canaries=())
    assert ran.status is RunStatus.COMPLETE
    found = stand.rows("select count(*) from latest_checks where reason = 'http_5xx'")
    assert found == [(len(troubled),)]


@pytest.mark.promise("20")
def test_a_short_list_may_be_dead_altogether(stand: Stand) -> None:
    few = ALL[13:15]
    stand.put(few)
    ran = stand.play(_world(scenarios.answers(404, Reason.HTTP_404), few, few), canaries=())
    assert ran.status is RunStatus.COMPLETE
    assert stand.rows("select reason from latest_checks") == [("http_404",)] * 2
    stand.put(few[:1])
    ran = stand.play(_without(plain_world(few), urls.host(few[0].url)), canaries=())
    assert ran.status is RunStatus.COMPLETE
    assert stand.rows("select reason from latest_checks") == [("dns_not_found",)]


def test_hosts_that_were_down_before_do_not_make_the_next_run_suspicious(stand: Stand) -> None:
    """Two thirds are known to be gone: the third that answers is all that tells something."""
    gone = _without(plain_world(ALL), *HOSTS[:MOST])
    assert stand.play(gone).status is RunStatus.COMPLETE
    ran = stand.play(_without(gone, *map(urls.host, CANARIES)))
    assert ran.status is RunStatus.COMPLETE
    assert stand.rows("select count(*) from broken_now") == [
        (sum(urls.host(r.url) in set(HOSTS[:MOST]) for r in ALL),)
    ]
