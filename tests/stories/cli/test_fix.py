"""`crawler fix` at the command line: from a list with lost links to one with their new addresses."""

import json
import shutil
import signal
import stat
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.model import Band, CandidateSource, Grounds, Proposal
from crawler.report.fixes import FRESH
from crawler.store import Store
from tests.support.database import query
from tests.support.moved_site import CONFIRMED, HOST, LIST, PAXOS_NOW, RAFT_NOW, moved_site

RAFT, PAXOS, NOTHING = f"{HOST}/docs/raft.html", f"{HOST}/paxos", f"{HOST}/docs/nothing.html"
FIXED = LIST.replace(RAFT, RAFT_NOW).replace(PAXOS, PAXOS_NOW)
NOW = datetime.now(UTC)  # noqa: TID251 - the command reads it too
THREE_NIGHTS_AGO = NOW.replace(microsecond=0) - timedelta(days=CONFIRMED)


@pytest.fixture(scope="module")
def after_three_nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """List, database and reports, when what was lost is confirmed."""
    with moved_site(tmp_path_factory.mktemp("moved"), THREE_NIGHTS_AGO) as site:
        site.until_confirmed()
        yield site.folder


@pytest.fixture(autouse=True)
def _copy(after_three_nights: Path, empty_folder: None) -> None:
    shutil.copytree(after_three_nights, ".", dirs_exist_ok=True)


def listed() -> str:
    return Path("resources.csv").read_bytes().decode()


def report(name: str = "README.md") -> str:
    return Path("reports", name).read_text("utf-8")


def propose(key: str, band: Band, url: str = f"{HOST}/guide/else", ago: int = 0) -> None:
    """Stores a proposal, as a search would."""
    made_at = NOW - timedelta(days=ago)
    resource_url = {"1": RAFT, "3": NOTHING}[key]
    made = Proposal(
        key=key,
        resource_url=resource_url,
        url=url,
        band=band,
        score=0.5,
        grounds=Grounds(source=CandidateSource.NAVIGATION, title=0.5),
        title="Something\x1b[31m else",
        made_at=made_at,
    )
    with Store.open("crawler.db") as store:
        store.proposals.save(key, resource_url, (made,), made_at, is_complete=True)


# --- shown ----------------------------------------------------------------------------------------


def test_new_addresses_are_shown_with_their_evidence_and_the_change(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["fix"]) == ExitStatus.NOTHING_NEW
    said = capsys.readouterr().out
    for expected in (
        "New addresses for broken links (1)",
        f"-> {RAFT_NOW}",
        "Safe: same title and 100 % of the text; found in the site's sitemap.",
        "Moved for good (1)",
        f"-> {PAXOS_NOW}",
        f"-1,Practical Raft,{RAFT}",
        f"+1,Practical Raft,{RAFT_NOW}",
        "`crawler fix --apply` puts the 2 safe ones in the list.",
        "1 broken link has no new address yet",
    ):
        assert expected in said
    assert listed() == LIST
    assert not Path(".crawler").exists()


def test_one_kind_or_one_link_is_shown_alone(capsys: pytest.CaptureFixture[str]) -> None:
    for options in (["--broken"], ["1"], [RAFT]):
        main(["fix", *options])
        said = capsys.readouterr().out
        assert (RAFT_NOW in said, PAXOS_NOW in said) == (True, False)
    main(["fix", "--moved"])
    said = capsys.readouterr().out
    assert (RAFT_NOW in said, PAXOS_NOW in said) == (False, True)


def test_foreign_titles_cannot_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    propose("3", Band.LIKELY)
    main(["fix", "3"])
    said = capsys.readouterr().out
    assert "Something[31m else" in said
    assert "\x1b" not in said


def test_programs_get_an_object_for_each_proposal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "--json"]) == ExitStatus.NOTHING_NEW
    found = json.loads(capsys.readouterr().out)
    assert [(one["resource_url"], one["proposed_url"], one["band"]) for one in found] == [
        (RAFT, RAFT_NOW, "safe"),
        (PAXOS, PAXOS_NOW, "safe"),
    ]
    assert all(0 <= one["score"] <= 1 and one["evidence"] and one["made_at"] for one in found)
    stored = json.loads(report("fixes.json"))["fixes"]
    assert [{**one, "made_at": None} for one in found] == [
        {**one, "made_at": None} for one in stored
    ]


def test_before_the_first_run_there_is_nothing_to_fix(capsys: pytest.CaptureFixture[str]) -> None:
    Path("crawler.db").unlink()
    assert main(["fix"]) == ExitStatus.INCOMPLETE
    with Store.open("crawler.db"):
        pass
    assert main(["fix"]) == ExitStatus.INCOMPLETE
    assert "no run has completed yet" in capsys.readouterr().err


@pytest.mark.parametrize("options", [["--apply", "--undo"], ["--json", "--interactive"]])
def test_what_does_not_go_together_is_refused(options: list[str]) -> None:
    assert main(["fix", *options]) == ExitStatus.USAGE


# --- put in the list ------------------------------------------------------------------------------


def test_all_safe_ones_are_put_in_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    propose("3", Band.LIKELY)
    assert main(["fix", "--apply", "--yes"]) == ExitStatus.NOTHING_NEW
    assert listed() == FIXED
    (backup,) = Path(".crawler/backup").iterdir()
    assert backup.read_text() == LIST
    said = capsys.readouterr().out
    assert "Written: resources.csv." in said
    assert str(backup) in said
    assert f"<{RAFT_NOW}> was put in the list on" in report()
    assert not Path("reports/fixes.patch").exists()
    assert query("crawler.db", "select resource_id, before, after, undone_at from repairs") == [
        (1, RAFT, RAFT_NOW, None),
        (2, PAXOS, PAXOS_NOW, None),
    ]


def test_named_ones_are_put_in_the_list_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "--apply", "--yes", "2"]) == ExitStatus.NOTHING_NEW
    assert listed() == LIST.replace(PAXOS, PAXOS_NOW)


@pytest.mark.parametrize("band", [Band.LIKELY, Band.SHOWN])
def test_unsure_ones_are_put_in_the_list_when_named(band: Band) -> None:
    propose("3", band)
    assert main(["fix", "--apply", "--yes", "3"]) == ExitStatus.NOTHING_NEW
    assert listed() == LIST.replace(NOTHING, f"{HOST}/guide/else")


def test_hints_are_not_put_in_the_list_with_others() -> None:
    propose("3", Band.SHOWN)
    assert main(["fix", "--apply", "--yes", f"{HOST}/docs/*"]) == ExitStatus.NOTHING_NEW
    assert listed() == LIST.replace(RAFT, RAFT_NOW)


def test_without_a_terminal_nothing_is_written_unless_that_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["fix", "--apply"]) == ExitStatus.USAGE
    assert "--yes" in capsys.readouterr().err
    assert listed() == LIST
    assert main(["fix", "--interactive"]) == ExitStatus.USAGE


def test_a_link_without_a_new_address_is_refused_when_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["fix", "--apply", "--yes", "1", "3"]) == ExitStatus.USAGE
    assert "3: no new address is known for it; `crawler fix --search 3`" in capsys.readouterr().err
    assert main(["fix", "--apply", "--yes", "4"]) == ExitStatus.USAGE
    assert "4: it is neither broken nor moved" in capsys.readouterr().err
    assert listed() == LIST


def test_nothing_is_done_where_nothing_is_safe(capsys: pytest.CaptureFixture[str]) -> None:
    main(["fix", "--apply", "--yes"])
    capsys.readouterr()
    assert main(["fix", "--apply", "--yes"]) == ExitStatus.NOTHING_NEW
    assert "There is nothing to put in the list." in capsys.readouterr().out


# --- what stands against it -----------------------------------------------------------------------


def test_a_url_that_was_replaced_meanwhile_is_left_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    edited = LIST.replace(RAFT, "https://elsewhere.test/raft")
    Path("resources.csv").write_text(edited)
    assert main(["fix", "--apply", "--yes", "1"]) == ExitStatus.USAGE
    assert "the list has another URL for it now" in capsys.readouterr().err
    assert main(["fix", "--apply", "--yes"]) == ExitStatus.NOTHING_NEW
    assert listed() == edited.replace(PAXOS, PAXOS_NOW)


def test_rows_that_moved_meanwhile_are_found_again() -> None:
    first, *rows = LIST.splitlines(keepends=True)
    Path("resources.csv").write_text("".join((first, *reversed(rows))))
    main(["fix", "--apply", "--yes"])
    first, *rows = FIXED.splitlines(keepends=True)
    assert listed() == "".join((first, *reversed(rows)))


def test_an_address_that_is_listed_meanwhile_is_not_listed_twice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    edited = f"{LIST}5,The new one,{RAFT_NOW}\n"
    Path("resources.csv").write_text(edited)
    assert main(["fix", "--apply", "--yes", "1"]) == ExitStatus.USAGE
    assert "in the list already; remove one of the two" in capsys.readouterr().err
    assert listed() == edited


def test_an_old_proposal_is_not_taken(capsys: pytest.CaptureFixture[str]) -> None:
    propose("3", Band.SAFE, ago=FRESH.days + 1)
    assert main(["fix", "--apply", "--yes", "3"]) == ExitStatus.USAGE
    assert "more than 90 days ago: `crawler fix --search 3`" in capsys.readouterr().err
    assert listed() == LIST


def test_a_read_only_list_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    Path("resources.csv").chmod(0o444)
    assert main(["fix", "--apply", "--yes"]) == ExitStatus.INCOMPLETE
    assert "resources.csv: the file is read-only" in capsys.readouterr().err
    assert listed() == LIST
    assert query("crawler.db", "select count(*) from repairs") == [(0,)]
    assert stat.S_IMODE(Path("resources.csv").stat().st_mode) == 0o444


def test_a_run_that_goes_on_is_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open("crawler.db"):
        assert main(["fix", "--apply", "--yes"]) == ExitStatus.INCOMPLETE
    assert listed() == LIST


def test_what_an_interrupt_leaves_in_the_list_can_be_taken_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    replace_file = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        signal.raise_signal(signal.SIGINT)
        return replace_file(self, target)

    with monkeypatch.context() as patches:
        patches.setattr(Path, "replace", interrupted)
        assert main(["fix", "--apply", "--yes"]) == 128 + signal.SIGINT
    assert listed() == FIXED
    main(["fix", "--undo", "--yes"])
    assert listed() == LIST


@pytest.mark.promise("2a")
def test_a_list_that_was_put_back_by_hand_can_be_fixed_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["fix", "--apply", "--yes"])
    Path("resources.csv").write_text(LIST)
    capsys.readouterr()
    assert main(["fix", "--apply", "--yes"]) == ExitStatus.NOTHING_NEW
    assert "2 new addresses are noted as put in the list, but" in capsys.readouterr().err
    assert listed() == FIXED
    undone = "select count(*), count(undone_at) from repairs"
    assert query("crawler.db", undone) == [(4, 2)]


# --- taken back -----------------------------------------------------------------------------------


def test_what_was_put_in_the_list_last_is_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    main(["fix", "--apply", "--yes", "1"])
    main(["fix", "--apply", "--yes", "2"])
    assert main(["fix", "--undo"]) == ExitStatus.USAGE  # nobody can be asked
    assert main(["fix", "--undo", "--yes"]) == ExitStatus.NOTHING_NEW
    assert listed() == LIST.replace(RAFT, RAFT_NOW)
    assert main(["fix", "--undo", "--yes"]) == ExitStatus.NOTHING_NEW
    assert listed() == LIST
    assert f"+1,Practical Raft,{RAFT_NOW}" in report("fixes.patch")
    capsys.readouterr()
    assert main(["fix", "--undo", "--yes"]) == ExitStatus.NOTHING_NEW
    assert "There is nothing to take back." in capsys.readouterr().out


def test_a_named_one_is_taken_back_alone() -> None:
    main(["fix", "--apply", "--yes"])
    assert main(["fix", "--undo", "--yes", "1"]) == ExitStatus.NOTHING_NEW
    assert listed() == LIST.replace(PAXOS, PAXOS_NOW)


def test_what_was_edited_since_is_not_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    main(["fix", "--apply", "--yes", "1"])
    edited = LIST.replace(RAFT, "https://elsewhere.test/raft")
    Path("resources.csv").write_text(edited)
    assert main(["fix", "--undo", "--yes"]) == ExitStatus.INCOMPLETE
    assert f"{RAFT_NOW}: not in the list any more" in capsys.readouterr().err
    assert listed() == edited


# --- the patch ------------------------------------------------------------------------------------


def git(*argv: str) -> None:
    program = shutil.which("git")
    assert program
    subprocess.run([program, *argv], check=True, capture_output=True, timeout=60)


def test_the_patch_of_the_reports_is_one_that_git_takes() -> None:
    git("init")
    git("apply", "--check", "reports/fixes.patch")
    git("apply", "reports/fixes.patch")
    assert listed() == FIXED


def test_a_patch_of_ones_own_is_one_that_git_takes(capsys: pytest.CaptureFixture[str]) -> None:
    propose("3", Band.LIKELY)
    assert main(["fix", "3", "1", "--output", "my.patch"]) == ExitStatus.NOTHING_NEW
    assert "my.patch: 2 new addresses" in capsys.readouterr().out
    assert listed() == LIST
    git("init")
    git("apply", "my.patch")
    assert listed() == LIST.replace(RAFT, RAFT_NOW).replace(NOTHING, f"{HOST}/guide/else")


def test_a_patch_is_printed_for_programs(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["fix", "--output", "-"]) == ExitStatus.NOTHING_NEW
    assert capfdbinary.readouterr().out == report("fixes.patch").encode()


def test_a_file_of_a_person_is_no_patch_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    Path("notes").write_text("Mine.\n")
    assert main(["fix", "--output", "notes"]) == ExitStatus.INCOMPLETE
    assert "notes: not a patch of this crawler" in capsys.readouterr().err
    assert Path("notes").read_text() == "Mine.\n"
    assert main(["fix", "--output", "missing/one.patch"]) == ExitStatus.INCOMPLETE


@pytest.mark.parametrize("is_there", [False, True])
def test_a_patch_is_not_written_where_a_link_leads(
    capsys: pytest.CaptureFixture[str], *, is_there: bool
) -> None:
    if is_there:
        Path("elsewhere").touch()
    Path("mine.patch").symlink_to("elsewhere")
    assert main(["fix", "--output", "mine.patch"]) == ExitStatus.INCOMPLETE
    assert "mine.patch: a symbolic link; name the file itself" in capsys.readouterr().err
    assert not Path("elsewhere").exists() or Path("elsewhere").read_bytes() == b""


def test_without_a_change_there_is_no_patch(capsys: pytest.CaptureFixture[str]) -> None:
    main(["fix", "--apply", "--yes"])
    assert main(["fix", "--output", "my.patch"]) == ExitStatus.NOTHING_NEW
    assert not Path("my.patch").exists()


# --- looked for -----------------------------------------------------------------------------------


def test_there_is_nothing_to_look_for_where_all_have_a_new_address(
    capsys: pytest.CaptureFixture[str],
) -> None:
    propose("3", Band.LIKELY)
    assert main(["fix", "--search"]) == ExitStatus.NOTHING_NEW
    assert "There is nothing to look for." in capsys.readouterr().err
