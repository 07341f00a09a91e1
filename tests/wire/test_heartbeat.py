"""Pings: what a service that watches over the nights is asked for, and what its faults cost."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler import heartbeat
from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.config import Settings
from crawler.demo.replies import Reply, Then
from crawler.demo.web import Site, Web
from crawler.store import Store

HOST = "pings.example"
URL = f"https://{HOST}/a-secret"
TAKEN = Reply(raw=(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK",))


@pytest.fixture
def web() -> Iterator[Web]:
    with Web({HOST: Site(unknown=TAKEN)}) as playing:
        yield playing


def _settings(web: Web, url: str = URL) -> Settings:
    base = Settings()
    fetch = replace(
        base.fetch, resolve=web.resolve, ca_bundle=web.ca_bundle, allow_private=("127.0.0.0/8",)
    )
    return replace(base, fetch=fetch, schedule=replace(base.schedule, ping_url=url))


def _paths(web: Web) -> list[str]:
    return [request.path for request in web.requests]


@pytest.mark.parametrize(
    ("url", "status", "path"),
    [
        (URL, None, "/a-secret/start"),
        (URL, 0, "/a-secret"),
        (URL, 1, "/a-secret"),
        (URL, 4, "/a-secret/fail?exit_status=4"),
        (URL, 143, "/a-secret/fail?exit_status=143"),
        (f"{URL}/", 2, "/a-secret/fail?exit_status=2"),
        (f"{URL}?rid=7", None, "/a-secret/start?rid=7"),
        (f"{URL}?rid=7#top", 3, "/a-secret/fail?rid=7&exit_status=3"),
    ],
)
def test_the_address_says_what_has_happened(
    web: Web, url: str, status: int | None, path: str
) -> None:
    assert heartbeat.ping(_settings(web, url), version="1", status=status) == ""
    assert _paths(web) == [path]


def test_what_the_service_answers_is_told_without_its_address(web: Web) -> None:
    gone = Reply(raw=(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",))
    web.serve({HOST: Site(unknown=gone)})
    assert heartbeat.ping(_settings(web), version="1") == "It answers with status 404."


def test_a_silent_service_is_waited_for_briefly(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    web.serve({HOST: Site(unknown=Reply(raw=(), then=Then.HANG))})
    monkeypatch.setattr(heartbeat, "SECONDS", 0.3)
    began = time.monotonic()
    assert heartbeat.ping(_settings(web), version="1")
    assert time.monotonic() - began < 5


def test_a_private_address_is_asked_only_where_the_settings_allow_it(web: Web) -> None:
    settings = _settings(web)
    guarded = replace(settings, fetch=replace(settings.fetch, allow_private=()))
    assert heartbeat.ping(guarded, version="1")
    assert _paths(web) == []


def test_no_fault_of_ours_gets_out(web: Web) -> None:
    settings = _settings(web)
    broken = replace(settings, fetch=replace(settings.fetch, ca_bundle="/nowhere.pem"))
    assert "nowhere.pem" in heartbeat.ping(broken, version="1")


@pytest.fixture
def options(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Of a command over a list without anything to ask for."""
    monkeypatch.chdir(tmp_path)
    Path("resources.csv").write_text("url\nmailto:a@a.example\n", "utf-8")
    fetch = _settings(web).fetch
    pairs = ", ".join(f"{json.dumps(key)} = {json.dumps(to)}" for key, to in fetch.resolve)
    lines = (
        "[fetch]",
        f"resolve = {{ {pairs} }}",
        f"ca_bundle = {json.dumps(fetch.ca_bundle)}",
        'allow_private = ["127.0.0.0/8"]',
        "[schedule]",
        f"ping_url = {json.dumps(URL)}",
    )
    Path("crawler.toml").write_text("\n".join(lines), "utf-8")
    return ["--quiet"]


def test_a_run_tells_its_start_and_its_end(web: Web, options: list[str]) -> None:
    assert main(["run", *options]) == ExitStatus.NOTHING_NEW
    assert _paths(web) == ["/a-secret/start", "/a-secret"]


def test_a_run_that_cannot_begin_tells_its_exit_status(web: Web, options: list[str]) -> None:
    Path("resources.csv").write_text("no header\n", "utf-8")
    assert main(["run", *options]) == ExitStatus.USAGE
    assert _paths(web) == ["/a-secret/start", "/a-secret/fail?exit_status=2"]


def test_a_run_beside_another_one_leaves_the_end_to_that_one(web: Web, options: list[str]) -> None:
    with Store.open("crawler.db"):
        assert main(["run", *options]) == ExitStatus.INCOMPLETE
    assert _paths(web) == ["/a-secret/start"]


def test_a_service_that_is_down_costs_no_run(
    web: Web, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    web.serve({})
    assert main(["run", *options]) == ExitStatus.NOTHING_NEW
    said = capsys.readouterr().err
    assert "The start of the run was not taken at schedule.ping_url: " in said
    assert "The end of the run was not taken" in said
    assert "a-secret" not in said


def test_no_ping_is_sent_where_none_is_wanted(web: Web, options: list[str]) -> None:
    assert main(["run", *options, "--set", 'schedule.ping_url=""']) == ExitStatus.NOTHING_NEW
    assert _paths(web) == []
