"""`crawler mute` and `crawler accept` at the command line."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.config import Settings
from crawler.errors import SettleError
from crawler.model import (
    Accepted,
    Answer,
    Check,
    Declared,
    Exchange,
    Facts,
    FindingClass,
    Judgement,
    MediaKind,
    Mute,
    NotAsked,
    NotAskedReason,
    Page,
    Reason,
    Record,
    Redirect,
    RedirectKind,
    State,
    Verdict,
)
from crawler.settle import mute
from crawler.store import Store
from tests.support.database import query
from tests.support.store_nights import FIRST_NIGHT, check, gone, night, resource

ONE = resource(1)
TOMORROW = datetime.now(UTC).date() + timedelta(days=1)  # noqa: TID251 - the command reads it too


@pytest.fixture(autouse=True)
def _list_and_database(empty_folder: None) -> None:
    Path("resources.csv").write_text(f"number,title,url\n1,One,{ONE.url}\n", encoding="utf-8")
    with Store.open("crawler.db") as store:
        night(store, [check(ONE)])
        at = FIRST_NIGHT + timedelta(days=1)
        night(store, [gone(ONE, at)], at=at, state=State.BROKEN)


def _known() -> Record:
    with Store.open("crawler.db", exclusive=False) as store:
        return store.records()["1"]


def _report() -> str:
    return Path("reports/README.md").read_text(encoding="utf-8")


def test_a_muted_resource_leaves_the_findings_of_the_report(
    capsys: pytest.CaptureFixture[str],
) -> None:
    wish = ["mute", "1", "--until", f"{TOMORROW}", "--reason", "they |know|"]
    assert main(wish) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().out == f"One (No. 1, resources.csv:2) is muted until {TOMORROW}.\n"
    assert _known().mute == Mute(until=TOMORROW, reason="they |know|")
    assert "## Muted" in _report()
    assert r"they \|know\|" in _report()
    assert "Nothing needs you" in _report()


def _second_resource() -> None:
    two = resource(2)
    text = f"number,title,url\n1,One,{ONE.url}\n2,Two,{two.url}\n"
    Path("resources.csv").write_text(text, encoding="utf-8")
    with Store.open("crawler.db") as store:
        at = FIRST_NIGHT + timedelta(days=2)
        night(store, [gone(ONE, at), check(two, at=at)], at=at, state=State.BROKEN)


def test_several_are_muted_at_once_by_line_or_url(capsys: pytest.CaptureFixture[str]) -> None:
    _second_resource()
    until = ["--until", f"{TOMORROW}", "--reason", "why"]
    assert main(["mute", "line:3", ONE.url.removeprefix("https://"), *until]) == 0
    said = capsys.readouterr().out
    assert said == (
        f"Two (No. 2, resources.csv:3) is muted until {TOMORROW}.\n"
        f"One (No. 1, resources.csv:2) is muted until {TOMORROW}.\n"
    )
    assert main(["mute", "*", "--undo"]) == 0
    assert capsys.readouterr().out.count("is reported again") == 2


def test_a_line_of_a_list_that_has_changed_since_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = f"number,title,url\n0,New,https://new.example/\n1,One,{ONE.url}\n"
    Path("resources.csv").write_text(text, encoding="utf-8")
    until = ["--until", f"{TOMORROW}", "--reason", "why"]
    for line, says in (
        ("line:2", "0: this URL has not been checked yet"),
        ("line:3", f"changed since its last run, when {ONE.url} was on line 2; give its URL"),
    ):
        assert main(["mute", line, *until]) == ExitStatus.USAGE
        assert says in capsys.readouterr().err
    assert _known().mute is None
    assert main(["mute", "1", *until]) == ExitStatus.NOTHING_NEW


def test_what_is_decided_of_several_is_stored_of_all_or_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _second_resource()
    until = ["--until", f"{TOMORROW}", "--reason", "why"]
    assert main(["mute", "1", "99", *until]) == ExitStatus.USAGE
    assert "99: no such resource; near to it: 2 (Two, line 3)" in capsys.readouterr().err
    assert _known().mute is None
    assert main(["mute", "1", *until]) == ExitStatus.NOTHING_NEW
    assert main(["mute", "1", "2", "--undo"]) == ExitStatus.USAGE
    assert "2: it is not muted" in capsys.readouterr().err
    assert _known().mute is not None


def test_a_mute_can_be_undone_once(capsys: pytest.CaptureFixture[str]) -> None:
    main(["mute", "1", "--until", f"{TOMORROW}", "--reason", "why"])
    assert main(["mute", "1", "--undo"]) == ExitStatus.NOTHING_NEW
    assert "1 to mend" in _report()
    assert main(["mute", "1", "--undo"]) == ExitStatus.USAGE
    assert "it is not muted" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["1"],
        ["1", "--until", f"{TOMORROW}"],
        ["1", "--undo", "--until", f"{TOMORROW}", "--reason", "both"],
        ["1", "--until", "someday", "--reason", "why"],
        ["1", "--until", "2020-01-01", "--reason", "that day has come"],
        ["99", "--until", f"{TOMORROW}", "--reason", "no such number"],
    ],
)
def test_a_resource_that_cannot_be_found_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mute", *arguments]) == ExitStatus.USAGE
    assert capsys.readouterr().err
    assert _known().mute is None


def test_a_day_begins_in_the_zone_of_the_schedule() -> None:
    def late_in_utc() -> datetime:
        return datetime(2026, 12, 1, 23, 30, tzinfo=UTC)

    tomorrow = Mute(until=date(2026, 12, 2))
    mute(Settings(), ["1"], tomorrow, late_in_utc)
    assert _known().reported is not None
    ahead = Settings(schedule=Settings().schedule.__class__(timezone="Europe/Berlin"))
    with pytest.raises(SettleError):
        mute(ahead, ["1"], tomorrow, late_in_utc)


def test_a_dead_page_cannot_be_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accept", "1"]) == ExitStatus.USAGE
    assert "the server itself says dead (http_404)" in capsys.readouterr().err
    assert _known().accepted is None
    told = _known().reported
    assert told is None or told.kind is FindingClass.BROKEN


APOLOGY = Page(
    kind=MediaKind.HTML,
    title=Declared(value="Whatever became of it", origin="title"),
    text="Whatever became of it\nThese are the last words about it.",
    word_count=13,
)


def _apologises(at: datetime) -> Check:
    """A redirect to a page for missing pages, as its name says."""
    place = "https://host-1.example/404"
    hop = Exchange(
        target_uri=ONE.url,
        status_code=302,
        redirect=Redirect(kind=RedirectKind.LOCATION, target=place),
    )
    facts = Facts(
        outcome=Answer(media_type="text/html"),
        exchanges=(hop, Exchange(target_uri=place, status_code=200)),
        seen=APOLOGY,
    )
    return replace(gone(ONE, at), judgement=Judgement(reason=Reason.SOFT_404), facts=facts)


def test_an_accepted_page_is_no_finding_until_it_is_taken_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Store.open("crawler.db") as store:
        at = FIRST_NIGHT + timedelta(days=2)
        night(store, [_apologises(at)], at=at, state=State.BROKEN)
    assert main(["report"]) == ExitStatus.NOTHING_NEW
    assert "1 to mend" in _report()
    assert main(["accept", "1"]) == ExitStatus.NOTHING_NEW
    sentence = (
        'One (No. 1, resources.csv:2) is accepted as it is: "Whatever became of it", on\n'
        "host-1.example.\n"
    )
    assert capsys.readouterr().out.endswith(sentence)
    known = _known()
    assert known.accepted == Accepted(
        title="Whatever became of it", domain="host-1.example", text=APOLOGY.text
    )
    assert known.check is not None
    assert known.check.judgement.verdict is Verdict.OK
    assert known.standing.state is State.HEALTHY
    assert "Nothing needs you" in _report()
    assert main(["rejudge"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().out == "Nothing would change.\n"
    accepted = _known()
    assert main(["accept", "1"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().out == sentence
    assert _known() == accepted
    assert main(["accept", "1", "--undo"]) == ExitStatus.NOTHING_NEW
    assert "It counts as: failing." in capsys.readouterr().out
    known = _known()
    assert known.accepted is None
    assert known.standing.state is State.FAILING
    assert "1 failing" in _report()
    assert main(["rejudge"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().out == "Nothing would change.\n"
    assert main(["accept", "1", "--undo"]) == ExitStatus.USAGE


def test_without_a_run_there_is_nothing_to_settle(capsys: pytest.CaptureFixture[str]) -> None:
    Path("resources.csv").write_text("number,title,url\n2,Two,https://two.example/\n")
    assert main(["accept", "2"]) == ExitStatus.USAGE
    assert "this URL has not been checked yet" in capsys.readouterr().err


# --- what can be accepted -----------------------------------------------------------------------


def _redirects(target: str, at: datetime) -> Check:
    hop = Exchange(
        target_uri=ONE.url,
        status_code=301,
        redirect=Redirect(kind=RedirectKind.LOCATION, target=target),
    )
    facts = Facts(
        outcome=Answer(media_type="text/html"),
        exchanges=(hop, Exchange(target_uri=target, status_code=200)),
    )
    judgement = Judgement(reason=Reason.PERMANENT_REDIRECT, suggested_url=target)
    return replace(check(ONE, at=at), judgement=judgement, facts=facts)


def test_a_redirect_that_is_meant_is_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    at = FIRST_NIGHT + timedelta(days=2)
    with Store.open("crawler.db") as store:
        night(store, [_redirects("https://host-1.example/two", at)], at=at)
    main(["report"])
    assert "1 address to take over" in _report()
    for _ in range(2):
        capsys.readouterr()
        assert main(["accept", "line:2"]) == ExitStatus.NOTHING_NEW
        said = " ".join(capsys.readouterr().out.split())
        assert said.endswith("it is meant to redirect to https://host-1.example/two.")
        known = _known()
        assert known.check is not None
        assert known.check.judgement.reason is Reason.OK
        assert known.reported is not None
        assert known.reported.kind is FindingClass.HEALTHY
        assert "to take over" not in _report()
    main(["status", "1"])
    shown = " ".join(capsys.readouterr().out.split())
    main(["status", "1", "--json"])
    (told,) = json.loads(capsys.readouterr().out)
    assert told["accepted_redirect"] == "https://host-1.example/two"
    assert "meant to redirect to https://host-1.example/two" in shown
    assert main(["accept", "1", "--undo"]) == ExitStatus.NOTHING_NEW
    assert "1 address to take over" in _report()


def test_nothing_is_accepted_where_nothing_is_suspected(
    capsys: pytest.CaptureFixture[str],
) -> None:
    at = FIRST_NIGHT + timedelta(days=2)
    with Store.open("crawler.db") as store:
        night(store, [check(ONE, at=at)], at=at)
    assert main(["accept", "1"]) == ExitStatus.USAGE
    assert "1: nothing is suspected of it" in capsys.readouterr().err
    assert _known().accepted is None


def test_a_url_that_cannot_be_asked_is_to_be_corrected(capsys: pytest.CaptureFixture[str]) -> None:
    at = FIRST_NIGHT + timedelta(days=2)
    never = replace(
        check(ONE, Reason.INVALID_URL, at=at),
        facts=Facts(outcome=NotAsked(reason=NotAskedReason.INVALID_URL)),
    )
    with Store.open("crawler.db") as store:
        night(store, [never], at=at)
    assert main(["accept", "1"]) == ExitStatus.USAGE
    error = capsys.readouterr().err
    assert "1: its URL cannot be asked" in error
    assert "crawler run" not in error


def test_what_an_earlier_release_accepted_is_still_accepted() -> None:
    with Store.open("crawler.db") as store:
        at = FIRST_NIGHT + timedelta(days=2)
        night(store, [_apologises(at)], at=at, state=State.BROKEN)
    main(["accept", "1"])
    accepted = _known().accepted
    (stored,) = query(Path("crawler.db"), "select accepted from resources")
    assert json.loads(str(stored[0])).keys() == {"title", "domain", "text"}
    assert accepted == Accepted(
        title="Whatever became of it", domain="host-1.example", text=APOLOGY.text
    )


def test_of_what_a_glob_fits_only_what_is_in_doubt_is_accepted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _second_resource()
    at = FIRST_NIGHT + timedelta(days=3)
    with Store.open("crawler.db") as store:
        moved = _redirects("https://host-1.example/two", at)
        night(store, [moved, check(resource(2), at=at)], at=at)
    assert main(["accept", "1", "2"]) == ExitStatus.USAGE
    assert "2: nothing is suspected of it" in capsys.readouterr().err
    assert _known().accepted is None
    assert main(["accept", "*host-2*", "*host*"]) == ExitStatus.USAGE
    assert main(["accept", "*host*"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().out.startswith("One (")
    assert main(["accept", "*", "--undo"]) == ExitStatus.NOTHING_NEW
    assert _known().accepted is None
    assert main(["accept", "*", "--undo"]) == ExitStatus.USAGE
    assert "1: it was not accepted" in capsys.readouterr().err
