"""Made-up URLs in a whole crawl: how many requests, in which order, whatever the host does."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from crawler import rejudge, retry
from crawler.config import Settings
from crawler.crawl import CrawlResult, Surroundings, crawl
from crawler.crawl.check_collection import ReadBack
from crawler.crawl.kept_checks import KeptChecks
from crawler.crawl.outbox import Keep
from crawler.demo.replies import Reply, Request, Then
from crawler.demo.server import Server, replying
from crawler.model import Check, Judgement, ProbeProfile, Reason
from crawler.plan import plan
from crawler.robots import RobotsFile
from tests.support.builders import NOW, make_resource
from tests.support.fetching import make_settings, to_loopback
from tests.support.loopback import page

TOKENS = ("0f1e2d3c4b5a69788796", "a0b1c2d3e4f5a6b7c8d9")
SIBLINGS = [f"/docs/{token}" for token in TOKENS]
ODD = page(b"<title>Welcome</title><h1>Welcome</h1><p>" + b"Something else altogether. " * 30)
FITTING = page(b"<title>Practical Raft</title><h1>Practical Raft</h1><p>" + b"How to agree. " * 50)
SHRUG = page(b"<title>Page not found</title><h1>Page not found</h1>")
MISSING = page(b"<title>Nothing here</title>", status="404 Not Found")


@dataclass
class Host:
    """Answers by path, and with 404 for other paths."""

    answers: dict[str, bytes | None]
    """None: never."""
    asked: list[str] = field(default_factory=list)
    kept: dict[str, Judgement] = field(default_factory=dict)
    """The latest judgement that was stored, by resource key."""
    latest: KeptChecks = field(default_factory=KeptChecks)
    profiles: list[ProbeProfile] = field(default_factory=list)
    """What was learned of it."""

    def respond(self, request: Request) -> Reply:
        self.asked.append(request.path)
        answer = self.answers.get(request.path, MISSING)
        return Reply(raw=(), then=Then.HANG) if answer is None else Reply(raw=(answer,))

    def crawl(self, *paths: str, **fetch: Any) -> CrawlResult:
        """The crawl of these paths of the host, in this order."""
        settings = make_settings(**{"host_delay": 0, "recheck_after": 0, **fetch})

        async def story() -> CrawlResult:
            async with Server(replying(self.respond)) as server:
                urls = [f"http://host.test{path}" for path in paths]
                rows = [make_resource(url, number=number) for number, url in enumerate(urls, 1)]
                everywhere = (("*", server.authority),)
                there = replace(settings, fetch=replace(settings.fetch, resolve=everywhere))
                around = _around(self._keep, self.latest.read_back)
                return await crawl(plan(rows), there, replace(around, learn=self._learn))

        return asyncio.run(story())

    def _learn(self, _: Sequence[RobotsFile], profiles: Sequence[ProbeProfile]) -> None:
        self.profiles += profiles

    def _keep(self, checks: Sequence[Check]) -> None:
        self.latest.keep(checks)
        self.kept |= {check.resource.key: check.judgement for check in checks}


def _around(keep: Keep, read_back: ReadBack) -> Surroundings:
    return Surroundings(
        clock=lambda: NOW,
        keep=keep,
        read_back=read_back,
        listen=lambda progress: None,
        version="1.2.3",
        resolver=to_loopback,
        tokens=TOKENS,
    )


def reasons(crawled: CrawlResult) -> list[Reason]:
    return [check.judgement.reason for check in crawled.checks.values()]


# --- one crawl ----------------------------------------------------------------------------------


def test_pages_that_are_not_doubtful_cost_no_further_request() -> None:
    host = Host({"/docs/raft": FITTING, "/docs/paxos": FITTING})
    host.crawl("/docs/raft", "/docs/paxos", "/docs/gone")
    assert host.asked == ["/robots.txt", "/docs/raft", "/docs/paxos", "/docs/gone"]
    assert host.profiles == []


def test_the_host_serves_its_other_links_between_the_probes() -> None:
    paths = [f"/docs/{number}x" for number in range(6)]
    host = Host(dict.fromkeys(paths, ODD))
    host.crawl(*paths)
    assert sorted(host.asked) == sorted(["/robots.txt", *paths, SIBLINGS[0]])
    assert host.asked.index(SIBLINGS[0]) < host.asked.index(paths[-1])
    assert [profile.origin for profile in host.profiles] == ["http://host.test"]


FOLDERS = [f"/{number}/" for number in range(4)]
PATHS = [folder + name for folder in FOLDERS for name in ("x", "y.html")]
OF_ALL_PATHS = [
    folder + token + end for folder in FOLDERS for token in TOKENS for end in ("", ".html")
]


def test_a_host_gets_two_requests_for_each_link_at_most() -> None:
    host = Host(dict.fromkeys([*PATHS, *OF_ALL_PATHS, "/"], SHRUG))
    host.crawl(*PATHS)
    assert sorted(host.asked) == sorted(["/robots.txt", *PATHS, *OF_ALL_PATHS])
    assert len(OF_ALL_PATHS) == 2 * len(PATHS)


def test_a_host_with_one_page_for_all_gets_two_requests_and_one_for_its_front_page() -> None:
    host = Host(dict.fromkeys([*PATHS, *OF_ALL_PATHS, "/"], ODD))
    crawled = host.crawl(*PATHS)
    assert len(host.asked) == len(["/robots.txt", *PATHS, *TOKENS, "/"])
    assert set(reasons(crawled)) == {Reason.SUSPECT_SOFT_404}


def test_a_sibling_that_robots_txt_disallows_is_not_asked() -> None:
    rules = page(b"User-agent: *\nDisallow: /docs/\nAllow: /docs/raft\n")
    host = Host({"/robots.txt": rules, "/docs/raft": ODD})
    crawled = host.crawl("/docs/raft")
    assert host.asked == ["/robots.txt", "/docs/raft"]
    (check,) = crawled.checks.values()
    assert check.context.probing is not None
    assert [probe.status_code for probe in check.context.probing.probes] == [None]
    assert host.profiles == []


def test_a_sibling_that_hangs_costs_its_time_out_once() -> None:
    host = Host({"/docs/raft": ODD, "/docs/paxos": ODD, SIBLINGS[0]: None})
    crawled = host.crawl("/docs/raft", "/docs/paxos", attempts=3, read_timeout=1)
    # A machine that was too busy to read an answer in time asks again.
    assert 1 <= host.asked.count(SIBLINGS[0]) <= 1 + retry.PROBE_REPEATS < 3
    others = [path for path in host.asked if path != SIBLINGS[0]]
    assert sorted(others) == ["/docs/paxos", "/docs/raft", "/robots.txt"]
    assert [check.attempts for check in crawled.checks.values()] == [1, 1]
    assert not crawled.faults


@pytest.mark.slow
def test_what_waits_for_probes_when_the_budget_ends_is_out_of_budget() -> None:
    host = Host({"/docs/raft": ODD, "/docs/paxos": FITTING, SIBLINGS[0]: None})
    paths = ["/docs/raft", "/docs/raft", "/docs/paxos"]
    crawled = host.crawl(*paths, budget=3.0, per_host=2, read_timeout=30.0)
    assert SIBLINGS[0] in host.asked
    assert reasons(crawled) == [Reason.OUT_OF_BUDGET, Reason.OUT_OF_BUDGET, Reason.OK]
    assert host.profiles == []


def test_no_made_up_name_is_stored() -> None:
    echo = page(b"<title>No " + TOKENS[0].encode() + b"</title><h1>No such page</h1>")
    host = Host({"/docs/raft": ODD, SIBLINGS[0]: echo})
    crawled = host.crawl("/docs/raft")
    assert not any(token in repr(crawled) for token in TOKENS)


def test_a_second_look_does_not_ask_again_and_has_the_same_judgement() -> None:
    host = Host(dict.fromkeys(["/docs/raft", *SIBLINGS], SHRUG))
    (check,) = host.crawl("/docs/raft", recheck_after=0.01).checks.values()
    assert (check.judgement.reason, check.looks) == (Reason.SOFT_404, 2)
    assert sorted(host.asked) == sorted(["/robots.txt", *["/docs/raft"] * 2, *SIBLINGS])
    assert rejudge.judged_today(check, Settings()) == check.judgement


# --- pages that became one ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paths", "reason", "collapsed"),
    [
        (["/a/1", "/b/2", "/c/3"], Reason.REDIRECTED_TO_HOME, 3),
        (["/a/1", "/b/2"], Reason.SUSPECT_REDIRECT_HOME, 2),
        (["/a/1"], Reason.SUSPECT_REDIRECT_HOME, 0),
    ],
)
def test_several_listed_pages_that_became_the_same_page_prove_it(
    paths: list[str], reason: Reason, collapsed: int
) -> None:
    """Where made-up URLs are of no use, since robots.txt forbids them."""
    home = page(b"", "Location: /", status="301 Moved Permanently")
    rules = page(b"User-agent: *\nDisallow: /\nAllow: /$\n" + _allowing(paths))
    host = Host({"/robots.txt": rules, "/": ODD, **dict.fromkeys(paths, home)})
    crawled = host.crawl(*paths)
    assert reasons(crawled) == [reason] * len(paths)
    assert {check.context.collapsed for check in crawled.checks.values()} == {collapsed}
    assert host.kept == {check.resource.key: check.judgement for check in crawled.checks.values()}
    again = [rejudge.judged_today(check, Settings()) for check in crawled.checks.values()]
    assert again == [check.judgement for check in crawled.checks.values()]


def _allowing(paths: list[str]) -> bytes:
    return "".join(f"Allow: {path}\n" for path in paths).encode()
