"""`crawler status` at the command line."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.model import Reason, RunStatus
from crawler.store import Store
from tests.support.store_nights import FIRST_NIGHT, check, night, resource

pytestmark = pytest.mark.slow

HOSTILE = "[red]404[/red] \x1b[2J:skull:"


@pytest.fixture
def database(demo_databases: Sequence[Path], tmp_path: Path) -> Path:
    """That of two nights of the demonstration."""
    return Path(shutil.copy(demo_databases[1], tmp_path / "crawler.db"))


def _stored(*checks: Reason, title: str = "Learn SQL") -> None:
    """One night, long ago."""
    with Store.open("crawler.db") as store:
        night(store, [check(resource(n, title=title), r) for n, r in enumerate(checks, 1)])


def test_without_a_word_it_shows_what_needs_a_person(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status"]) == ExitStatus.NOTHING_NEW
    said = capsys.readouterr().out
    assert said.startswith("4 to mend, 8 addresses to take over.\n100 links: ")
    assert "\nThe last good run was on " in said
    assert "GraphQL Fullstack Tutorial" in said
    assert "Now at https://go.dev/learn/" in said
    assert "Flask" not in said
    assert database.exists()


def test_nothing_needs_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    _stored(Reason.OK, Reason.FORBIDDEN)
    assert main(["status"]) == ExitStatus.NOTHING_NEW
    assert "\nNothing needs you.\n2 links: " in capsys.readouterr().out
    assert main(["status", "--json"]) == ExitStatus.NOTHING_NEW
    assert json.loads(capsys.readouterr().out) == []


def test_an_old_last_run_is_warned_of(capsys: pytest.CaptureFixture[str]) -> None:
    _stored(Reason.OK)
    assert main(["status"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().out.startswith("The last good run, on ")


def test_without_a_good_run_it_says_what_became_of_the_last(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Store.open("crawler.db") as store:
        night(store, [], status=RunStatus.INTERRUPTED)
    assert main(["status"]) == ExitStatus.INCOMPLETE
    assert "The last attempt, on 2026-11-20 at 03:17 UTC, was interrupted." in (
        capsys.readouterr().err
    )


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    "wanted", ["83", "https://www.howtographql.com/", "*howtographql*", "graphql fullstack*"]
)
def test_a_resource_is_found_by_number_url_or_glob(
    wanted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", wanted]) == ExitStatus.NOTHING_NEW
    said = capsys.readouterr().out
    assert said.startswith("GraphQL Fullstack Tutorial\nhttps://www.howtographql.com/\n")
    assert "broken, since 2026-11-02" in said
    assert "dead, dns_not_found" in said
    assert "xX\n" in said


@pytest.mark.usefixtures("database")
def test_a_class_or_a_category_shows_only_those(capsys: pytest.CaptureFixture[str]) -> None:
    def said(*words: str) -> str:
        assert main(["status", *words]) == ExitStatus.NOTHING_NEW
        return capsys.readouterr().out

    assert said("broken").startswith("3 links: 3 broken.\n")
    assert "go.dev" not in said("broken")
    assert said("broken", "moved").startswith("11 links: 3 broken, 8 moved.\n")
    assert said("muted") == "No link fits muted.\n"
    assert "works" in said("node.js")
    assert said("broken", "node.js").startswith("No link fits broken, node.js.")
    assert "Outages" in said("broken", "83")
    assert said("moved", "83") == "No link fits moved, 83.\n"
    assert main(["status", "moved", "--json"]) == ExitStatus.NOTHING_NEW
    told = json.loads(capsys.readouterr().out)
    assert {one["class"] for one in told} == {"moved"}
    assert len(told) == 8


@pytest.mark.usefixtures("database")
def test_several_words_and_globs_show_each_resource_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["status", "83", "83", "*graphql*", "--json"]) == ExitStatus.NOTHING_NEW
    told = json.loads(capsys.readouterr().out)
    numbers = [one["number"] for one in told]
    assert numbers[0] == 83
    assert len(set(numbers)) == len(numbers) > 1


@pytest.mark.usefixtures("database")
def test_json_tells_the_same_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "39", "--json"]) == ExitStatus.NOTHING_NEW
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["class"], told["state"], told["reason"]) == (
        "moved",
        "healthy",
        "permanent_redirect",
    )
    assert [hop["status"] for hop in told["hops"]] == [301, 200]
    assert told["certificate"]["not_after"] == "3000-01-01T00:00:00.000Z"
    assert [one["verdict"] for one in told["nights"]] == ["ok", "moved"]
    assert [(one["night"], one["kind"]) for one in told["events"]] == [("2026-11-03", "moved")]
    assert told["page"]["title"]["value"]
    assert main(["status", "83", "--json"]) == ExitStatus.NOTHING_NEW
    (told,) = json.loads(capsys.readouterr().out)
    assert [(one["cause"], one["ending"]) for one in told["incidents"]] == [
        ("dns_not_found", None)
    ]


def test_what_left_the_list_is_found_when_nothing_listed_fits(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, second = resource(1, title="Old SQL"), resource(2, title="New SQL")
    with Store.open("crawler.db") as store:
        night(store, [check(first), check(second)])
        night(store, [check(second)], at=FIRST_NIGHT.replace(day=21))
    assert main(["status", "*sql"]) == ExitStatus.NOTHING_NEW
    assert "Old SQL" not in capsys.readouterr().out
    assert main(["status", "1"]) == ExitStatus.NOTHING_NEW
    assert "1, no longer in the list" in capsys.readouterr().out


def test_a_word_that_means_nothing_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    _stored(Reason.OK)
    assert main(["status", "1", "learn sqk"]) == ExitStatus.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "crawler: learn sqk: no such resource; near to it: 1 (Learn SQL, line 2)\n"


def test_without_a_database_or_a_complete_run_it_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["status", "1"]) == ExitStatus.INCOMPLETE
    assert "no database yet" in capsys.readouterr().err
    assert not Path("crawler.db").exists()
    with Store.open("crawler.db") as store:
        night(store, [check(resource(1))], status=RunStatus.INTERRUPTED)
    for argv in (["status"], ["status", "1"], ["status", "--json"]):
        assert main(argv) == ExitStatus.INCOMPLETE
        assert "no run has completed yet" in capsys.readouterr().err


@pytest.mark.promise("37")
def test_foreign_text_stays_text(capsys: pytest.CaptureFixture[str]) -> None:
    _stored(Reason.HTTP_404, title=HOSTILE)
    assert main(["status", "1"]) == ExitStatus.NOTHING_NEW
    said = capsys.readouterr().out
    assert "[red]404[/red] [2J:skull:" in said
    assert "\x1b" not in said
