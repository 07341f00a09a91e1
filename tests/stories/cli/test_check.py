"""`crawler check` at the command line, against a made-up web."""

import io
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.demo import LIST_NAME, list_text
from crawler.demo.replies import Behaviour, Reply, Then, document, redirect
from crawler.demo.web import Port, Site, Web
from crawler.demo.worlds import plain_world
from tests.support.settings_file import write_settings
from tests.support.short_web import FEW

PAGE = document("<title>Guide to rafts</title><h1>Guide to rafts</h1>" + "<p>Raft. " * 300)
GONE = "https://rafts.example/gone"
CANARY = "canary.example"
FLAKY = "https://rafts.example/flaky"

Say = Callable[..., str]


def _pages(**pages: Behaviour) -> dict[str, Behaviour]:
    return {f"/{path}": behaviour for path, behaviour in pages.items()}


@pytest.fixture
def web(shared_web: Web, tmp_path: Path) -> Web:
    """Five resources of the packaged list, and a site of our own; list and settings are there."""
    world = plain_world(FEW)
    pages = _pages(
        guide=PAGE,
        old=redirect("https://rafts.example/guide"),
        flaky=(Reply(status_code=503), PAGE),
        closed=Reply(status_code=403),
        hang=Reply(raw=(), then=Then.HANG),
    )
    shared_web.serve({**world.sites, "rafts.example": Site(pages=pages)})
    (tmp_path / LIST_NAME).write_text(list_text(FEW), encoding="utf-8")
    write_settings(tmp_path, shared_web)
    return shared_web


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, web: Web) -> Say:
    """Runs the command, and returns what is on standard output."""

    def run(*argv: str, status: ExitStatus = ExitStatus.NOTHING_NEW, typed: str = "") -> str:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        assert main(["check", "--quiet", *argv]) == status
        said = capsys.readouterr()
        assert said.err == ""
        return said.out

    return run


def _append(*rows: str) -> None:
    with Path(LIST_NAME).open("a", encoding="utf-8") as file:
        file.writelines(f"{row}\n" for row in rows)


def test_the_whole_list_is_checked_and_nothing_is_stored(say: Say) -> None:
    before = sorted(Path().iterdir())
    assert say() == "5 links checked: 5 work.\n"
    _append(f"6,Rafts,Gone,{GONE}", "7,Rafts,Odd,nowhere")
    text = say(status=ExitStatus.NEW_FINDINGS)
    assert text.startswith("7 links checked: 1 has no usable URL, 1 is gone, 5 work.\n")
    assert f"\n  No. 6, resources.csv:7: Gone\n    {GONE}\n" in text
    assert "\n  No. 7, resources.csv:8: Odd\n    nowhere\n" in text
    assert sorted(Path().iterdir()) == before


def test_a_single_url_is_told_in_full(say: Say) -> None:
    text = say("https://rafts.example/old")
    assert text.startswith("Guide to rafts\nhttps://rafts.example/old\n\nMoved for good\n")
    assert "    New address: https://rafts.example/guide\n" in text
    assert (
        "\nAsked          301 from https://rafts.example/old\n"
        "               200 https://rafts.example/guide\n"
    ) in text
    assert "\nTitle          Guide to rafts\n" in text


def test_what_stands_in_the_way_is_no_failure(say: Say) -> None:
    text = say("https://rafts.example/closed")
    assert "\nBlocked\n    The server refuses to answer a robot.\n    -> Open it in a" in text


def test_urls_come_from_standard_input(say: Say) -> None:
    typed = f"{GONE}\n\n  https://rafts.example/guide\n{GONE}\n"
    text = say("-", typed=typed, status=ExitStatus.NEW_FINDINGS)
    assert text.startswith("2 links checked: 1 is gone, 1 works.\n")
    assert say("-") == "No link was checked.\n"


def test_a_pull_request_checks_the_rows_that_it_changes(say: Say, web: Web) -> None:
    older = Path(LIST_NAME).read_text(encoding="utf-8")
    Path("older.csv").write_text(older, encoding="utf-8")
    _append(f"6,Rafts,Gone,{GONE}")
    since = ["--changed-since", "older.csv"]
    text = say(*since, status=ExitStatus.NEW_FINDINGS)
    assert text.startswith("1 of 6 rows is new or changed.\n1 link checked: 1 is gone.\n")
    assert {request.host for request in web.requests} == {"rafts.example"}
    assert text == say("--changed-since", "-", typed=older, status=ExitStatus.NEW_FINDINGS)
    assert json.loads(say(*since, "--json", status=ExitStatus.NEW_FINDINGS))[0]["line"] == 7
    Path(LIST_NAME).write_text(older, encoding="utf-8")
    assert say(*since) == "No row is new or changed; nothing was asked.\n"


def test_under_github_actions_rows_are_annotated(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    _append(f"6,Rafts,Gone,{GONE}", "7,Rafts,Old,https://rafts.example/old")
    lines = say(status=ExitStatus.NEW_FINDINGS).splitlines()
    commands = [line for line in lines if line.startswith(("::error", "::warning"))]
    assert commands[0].startswith("::error file=resources.csv,line=7::Gone: ")
    assert commands[1].startswith("::warning file=resources.csv,line=8::Old: ")
    assert len(commands) == 2
    assert json.loads(say("--json", status=ExitStatus.NEW_FINDINGS))


@pytest.mark.slow
def test_what_seems_to_fail_is_looked_at_again(
    web: Web, capsys: pytest.CaptureFixture[str]
) -> None:
    # Longer than checks wait to be told of together, on a busy machine too.
    write_settings(Path(), web, recheck_after=2)
    assert main(["check", FLAKY, "https://rafts.example/guide"]) == ExitStatus.NOTHING_NEW
    said = capsys.readouterr()
    assert said.out == "2 links checked: 2 work.\n"
    assert said.err.splitlines()[-2:] == [
        "Looking again in 2 s at 1 link (fetch.recheck_after).",
        f"ok ok {FLAKY}",
    ]


def test_our_own_network_is_not_taken_for_the_links(
    web: Web, capsys: pytest.CaptureFixture[str]
) -> None:
    web.serve({"rafts.example": Site(port=Port.REFUSING), CANARY: Site(port=Port.REFUSING)})
    write_settings(Path(), web, canaries=(f"https://{CANARY}/",))
    assert main(["check", "--quiet", GONE]) == ExitStatus.UNTRUSTED
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Not trusted: 1 of 1 hosts could not be reached, and no canary")
    assert main(["check", "--quiet", "--json", GONE]) == ExitStatus.UNTRUSTED
    assert json.loads(capsys.readouterr().out) == []
    web.serve({"rafts.example": Site(port=Port.REFUSING), CANARY: Site(pages={"/": PAGE})})
    write_settings(Path(), web, canaries=(f"https://{CANARY}/",))
    assert main(["check", "--quiet", GONE]) == ExitStatus.NOTHING_NEW
    assert "The host refuses the connection." in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.usefixtures("web")
def test_a_signal_ends_it_with_what_was_seen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: str) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr("crawler.cli.progress.tell", interrupt)
    assert main(["check", "https://rafts.example/guide", "https://rafts.example/hang"]) == 130
    said = capsys.readouterr()
    assert said.out == "1 link checked: 1 works.\n\nInterrupted: 1 link was not checked.\n"
    reach, why = said.err.splitlines()
    assert reach.startswith("In force, and reaching further than the web: fetch.allow_private, ")
    assert why.startswith("Interrupted. This is what was seen so far")


@pytest.mark.slow
@pytest.mark.usefixtures("web")
def test_after_a_signal_nothing_is_gone_by_its_first_look(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(said: str) -> None:
        if said.startswith("Looking again"):
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr("crawler.cli.commands.check.tell", interrupt)
    guide = "https://rafts.example/guide"
    assert main(["check", "--set", "fetch.recheck_after=60", guide, GONE]) == 130
    assert capsys.readouterr().out == (
        "1 link checked: 1 works.\n\nInterrupted: 1 link was not checked.\n"
    )


def test_a_url_that_is_not_of_the_web_is_skipped_beside_others(say: Say) -> None:
    said = say("https://rafts.example/guide", "mailto:me@rafts.example")
    assert said.startswith("2 links checked: 1 was not asked, 1 works.")


@pytest.mark.usefixtures("web")
@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["-", "--changed-since", "-"], "not both"),
        (["--changed-since", "missing.csv"], "missing.csv: neither a file nor a revision"),
        (["rafts.example"], "a URL begins with https://"),
    ],
)
def test_what_cannot_be_meant_exits_2(
    argv: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *argv]) == ExitStatus.USAGE
    said = capsys.readouterr()
    assert says in said.err
    assert said.out == ""
