"""Runs that a signal ends: what was judged counts, the rest goes first next time, nothing is lost."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from random import Random

import pytest

from crawler.demo.replies import NOT_FOUND, Behaviour, Reply, Request, Then, document
from crawler.demo.server import replying
from tests.support.database import query
from tests.support.many_hosts import host_names, running_server

pytestmark = pytest.mark.slow

FULL = bool(os.environ.get("CRAWLER_FULL"))  # noqa: TID251
HOSTS = tuple(host_names(12))
HANG = Reply(raw=(), then=Then.HANG)
SIGNALS = pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
_PATIENT = """
import sys
from crawler.__main__ import main
from crawler.run import interruption

interruption.SECONDS = 60.0  # a busy machine writes no reports in 4
sys.exit(main())
"""


def _and_processes(*signals: signal.Signals) -> pytest.MarkDecorator:
    """The first signal with one process, the second with two; in full, each with both."""
    cases = product(signals, (1, 2)) if FULL else zip(signals, (1, 2), strict=True)
    return pytest.mark.parametrize(("signum", "processes"), list(cases))


@dataclass
class LimitedWeb:
    """A web that answers so many requests of each night, and lets all later ones wait.

    It answers as many of each of two processes, which have every other host.
    """

    answers: int
    missing: frozenset[str] = frozenset()
    answered: list[str] = field(default_factory=list)

    def __call__(self, request: Request) -> Reply:
        half = HOSTS[HOSTS.index(request.host) % 2 :: 2]
        if 2 * sum(host in half for host in self.answered) >= self.answers:
            return HANG
        self.answered.append(request.host)
        return NOT_FOUND if request.host in self.missing else document(f"Here {request.host}")


@dataclass
class Place:
    """A folder with a list of links to hosts of one server."""

    folder: Path
    authority: str
    processes: int = 1

    def __post_init__(self) -> None:
        self.put(HOSTS)

    def put(self, hosts: tuple[str, ...]) -> None:
        rows = "".join(f"{int(host[1:-5]) + 1},Here,http://{host}/\n" for host in hosts)
        (self.folder / "resources.csv").write_text(f"number,title,url\n{rows}", encoding="utf-8")

    def start(self, **fetch: object) -> "subprocess.Popen[str]":
        """A run, whose progress can be read line by line."""
        settings = {
            "allow_private": ["127.0.0.0/8"],
            "concurrency": 4,
            "host_delay": 0,
            "processes": self.processes,
            "recheck_after": 60,
            "attempts": 1,
            "robots": False,
        } | fetch
        lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
        text = "\n".join(["[fetch]", *lines, f'resolve = {{ "*" = "{self.authority}" }}', ""])
        (self.folder / "crawler.toml").write_text(text, encoding="utf-8")
        command = [sys.executable, "-c", _PATIENT, "run"]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=self.folder, stderr=pipe, stdout=pipe, text=True)

    def play(self, lines: int, signum: signal.Signals, **fetch: object) -> tuple[int, str, str]:
        """Exit status and output of a run that gets a signal after so many lines of progress."""
        with self.start(**fetch) as process:
            assert process.stderr is not None
            # The first one tells which settings reach further than the web.
            read = [process.stderr.readline() for _ in range(1 + lines)]
            assert all(read), read
            process.send_signal(signum)
            output, errors = process.communicate(timeout=100)
        return process.returncode, output, errors

    def finish(self) -> tuple[int, str]:
        """Exit status and output of a run that comes to its end."""
        with self.start(recheck_after=0) as process:
            output, errors = process.communicate(timeout=100)
        assert "Traceback" not in errors
        return process.returncode, output

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return query(self.folder / "crawler.db", sql)

    def judged(self) -> set[str]:
        """The hosts about which something was concluded."""
        return {str(url)[7:-1] for (url,) in self.rows("select resource_url from latest_checks")}

    def runs(self) -> list[object]:
        return [status for (status,) in self.rows("select status from runs order by id")]


@contextmanager
def _place(folder: Path, behaviour: Behaviour, processes: int = 1) -> Iterator[Place]:
    with running_server(replying(behaviour)) as authority:
        yield Place(folder, authority, processes)


@pytest.mark.promise("3")
@_and_processes(signal.SIGINT, signal.SIGTERM)
def test_what_was_judged_counts_and_is_reported(
    tmp_path: Path, signum: signal.Signals, processes: int
) -> None:
    web = LimitedWeb(answers=4, missing=frozenset({HOSTS[0]}))
    with _place(tmp_path, web, processes) as place:
        status, output, errors = place.play(4, signum)
        judged = place.judged()
    assert status == 128 + signum
    assert errors.splitlines()[-1].startswith("Interrupted. What was judged so far counts")
    assert len(place.rows("select * from checks")) == 4
    # The missing page was looked at once only, if it was among the first.
    assert judged == set(web.answered) - web.missing
    assert place.runs() == ["interrupted"]
    assert place.rows("select why from runs") == [(f"{signum.name} came",)]
    assert f"was interrupted: {signum.name} came." in " ".join(output.split())
    assert "12 links" in output
    assert "12 links" in (tmp_path / "reports/README.md").read_text("utf-8")
    latest = json.loads((tmp_path / "reports/latest.json").read_text("utf-8"))
    assert latest["run"]["status"] == "interrupted"


@pytest.mark.promise("3")
@_and_processes(signal.SIGKILL, signal.SIGTERM)
def test_three_nights_that_are_cut_short_ask_all_links_in_turn(
    tmp_path: Path, signum: signal.Signals, processes: int
) -> None:
    web = LimitedWeb(answers=4)
    answered: list[set[str]] = []
    with _place(tmp_path, web, processes) as place:
        for _ in range(3):
            web.answered.clear()
            place.play(4, signum)
            answered.append(set(web.answered))
        assert set.union(*answered) == set(HOSTS)
        killed = signum is signal.SIGKILL
        assert place.judged() == (set() if killed else set(HOSTS))


@pytest.mark.promise("11")
@SIGNALS
def test_a_signal_during_the_second_looks_counts_what_has_answered(
    tmp_path: Path, signum: signal.Signals
) -> None:
    web = LimitedWeb(answers=12, missing=frozenset(HOSTS[:3]))
    with _place(tmp_path, web) as place:
        # Three second looks begin, and wait.
        status, _, _ = place.play(12, signum, recheck_after=0.1)
    assert status == 128 + signum
    assert place.judged() == set(HOSTS) - web.missing


@pytest.mark.promise("2")
def test_a_killed_run_concludes_nothing(tmp_path: Path) -> None:
    with _place(tmp_path, LimitedWeb(answers=4)) as place:
        place.play(4, signal.SIGKILL)
        assert (place.runs(), place.judged()) == (["running"], set())
        assert len(place.rows("select * from checks")) == 4
        assert not (tmp_path / "reports/README.md").exists()
    with _place(tmp_path, LimitedWeb(answers=12)) as place:
        assert place.finish()[0] == 0
    assert (place.runs(), place.judged()) == (["interrupted", "complete"], set(HOSTS))


@pytest.mark.promise("2")
@pytest.mark.parametrize("seed", range(40 if FULL else 2))
def test_a_kill_at_any_moment_loses_nothing_that_was_told(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    with _place(tmp_path, LimitedWeb(answers=1_000)) as place:
        assert place.finish()[0] == 0
        with place.start(recheck_after=0) as process:
            assert process.stderr is not None
            lines = chance.randint(0, len(HOSTS))
            told = [process.stderr.readline() for _ in range(1 + lines)]
            process.send_signal(signal.SIGKILL)
            told += process.communicate(timeout=100)[1].splitlines()
        assert place.rows("pragma integrity_check") == [("ok",)]
        kept = "select resources.url from checks join resources on resources.id = resource_id"
        urls = {str(url) for (url,) in place.rows(f"{kept} where run_id = 2")}
        assert {
            url for url in map("http://{}/".format, HOSTS) if any(url in t for t in told)
        } <= urls
        assert place.judged() == set(HOSTS)
        if place.runs()[-1] == "running":
            with place.start(recheck_after=0) as process:
                errors = process.communicate(timeout=100)[1]
            assert "An earlier run had not finished" in errors
            assert place.runs() == ["complete", "interrupted", "complete"]


def test_what_left_the_list_is_told_by_the_next_run_that_ends(tmp_path: Path) -> None:
    with _place(tmp_path, LimitedWeb(answers=12)) as place:
        place.finish()
    removed = "select count(*) from changes where kind = 'removed'"
    with _place(tmp_path, LimitedWeb(answers=4)) as place:
        place.put(HOSTS[:-1])
        place.play(4, signal.SIGTERM)
        assert (place.rows(removed), place.judged()) == ([(0,)], set(HOSTS))
    with _place(tmp_path, LimitedWeb(answers=12)) as place:
        place.put(HOSTS[:-1])
        place.finish()
        assert (place.rows(removed), place.judged()) == ([(1,)], set(HOSTS[:-1]))


@pytest.mark.promise("11")
@SIGNALS
def test_a_second_signal_ends_it_at_once_and_harms_nothing(
    tmp_path: Path, signum: signal.Signals
) -> None:
    with _place(tmp_path, LimitedWeb(answers=4)) as place:
        with place.start() as process:
            assert process.stderr is not None
            assert all(process.stderr.readline() for _ in range(5))
            process.send_signal(signum)
            process.send_signal(signum)
            process.communicate(timeout=100)
        assert process.returncode == 128 + signum
        assert place.rows("pragma integrity_check") == [("ok",)]
    with _place(tmp_path, LimitedWeb(answers=12)) as place:
        assert place.finish()[0] == 0
        assert place.judged() == set(HOSTS)
