"""Promises 2a and 8: commands that are killed, or find no room, leave list and database old or new as a whole."""

import os
import shutil
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.model import Noise, Reason
from crawler.store import Store
from tests.support.database import query
from tests.support.kills import ERRORS, crowded, killed
from tests.support.moved_site import CONFIRMED, HOST, LIST, PAXOS_NOW, RAFT_NOW, moved_site
from tests.support.store_nights import FIRST_NIGHT, check, night, resource

pytestmark = pytest.mark.slow

FULL = bool(os.environ.get("CRAWLER_FULL"))  # noqa: TID251
STEP, FEW = (3, 1) if FULL else (29, 3)
"""Accesses from one kill to the next, for commands with many and with few of them."""
NOW = datetime.now(UTC)  # noqa: TID251 - the commands read it too
RAFT, PAXOS = f"{HOST}/docs/raft.html", f"{HOST}/paxos"
OLD = LIST.encode()
FIXED = LIST.replace(RAFT, RAFT_NOW).replace(PAXOS, PAXOS_NOW).encode()
RETIRED = LIST.replace(f"1,Practical Raft,{RAFT}\n", "").encode()


@pytest.fixture(scope="module")
def after_three_nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """List, database and reports, when what was lost is confirmed."""
    start = NOW.replace(microsecond=0) - timedelta(days=CONFIRMED)
    with moved_site(tmp_path_factory.mktemp("moved"), start) as site:
        site.until_confirmed()
        yield site.folder


def run_well(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    """What a command says that must succeed."""
    capsys.readouterr()
    status = main(command)
    out, err = capsys.readouterr()
    assert status == 0, err
    assert "Traceback" not in err
    return out + err


def refuse_leftovers() -> None:
    """Nothing that a killed command has left beside the list may be there; the database is sound."""
    assert query("crawler.db", "pragma integrity_check") == [("ok",)]
    assert query("crawler.db", "pragma foreign_key_check") == []
    assert [*Path().glob(".[!c]*"), *Path(".crawler").glob("*.json")] == []


@pytest.mark.promise("2a")
def test_an_edit_that_is_killed_is_made_or_not(
    after_three_nights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = set()
    for left in killed(after_three_nights, tmp_path, STEP, "fix", "--apply", "--yes"):
        with chdir(left):
            listed = Path("resources.csv").read_bytes()
            assert listed in {OLD, FIXED}
            run_well(capsys, "fix")
            assert Path("resources.csv").read_bytes() == listed
            refuse_leftovers()
            if listed == FIXED:
                run_well(capsys, "fix", "--undo", "--yes")
                assert Path("resources.csv").read_bytes() == OLD
            run_well(capsys, "fix", "--apply", "--yes")
            assert Path("resources.csv").read_bytes() == FIXED
            refuse_leftovers()
        found.add(listed)
    assert found == {OLD, FIXED}


@pytest.mark.promise("2a")
def test_taking_back_that_is_killed_is_done_or_not(
    after_three_nights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fixed = shutil.copytree(after_three_nights, tmp_path / "fixed")
    with chdir(fixed):
        run_well(capsys, "fix", "--apply", "--yes")
    found = set()
    for left in killed(fixed, tmp_path, STEP, "fix", "--undo", "--yes"):
        with chdir(left):
            listed = Path("resources.csv").read_bytes()
            assert listed in {OLD, FIXED}
            is_noted = query("crawler.db", "select count(undone_at) from repairs") == [(2,)]
            told = "noted now as taken back" in run_well(capsys, "fix")
            assert told == (listed == OLD and not is_noted)
            refuse_leftovers()
            run_well(capsys, "fix", "--undo", "--yes")
            assert Path("resources.csv").read_bytes() == OLD
            run_well(capsys, "fix", "--apply", "--yes")
            assert Path("resources.csv").read_bytes() == FIXED
        found.add(listed)
    assert found == {OLD, FIXED}


@pytest.mark.promise("2a")
def test_retiring_that_is_killed_is_done_or_not(
    after_three_nights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, retired = set(), Path("retired.csv")
    for left in killed(after_three_nights, tmp_path, FEW, "retire", "1", "--apply", "--yes"):
        with chdir(left):
            assert Path("resources.csv").read_bytes() in {OLD, RETIRED}
            has_begun = retired.exists() and Path(".crawler/edit.json").exists()
            assert ("it is finished now" in run_well(capsys, "fix")) == has_begun
            refuse_leftovers()
            found.add(retired.exists())
            if not retired.exists():
                assert Path("resources.csv").read_bytes() == OLD
                run_well(capsys, "retire", "1", "--apply", "--yes")
            assert Path("resources.csv").read_bytes() == RETIRED
            assert retired.read_text("utf-8").count(RAFT) == 1
            refuse_leftovers()
    assert found == {False, True}


MUTED = "select count(muted_until) from resources"
ACCEPTED = "select count(accepted) from resources"
NOISY = "select count(nullif(noise, 'null')) from resources"
CHECKS = "select count(*) from checks"


@pytest.fixture(scope="module")
def decided_about(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a list, 30 nights of it, and three resources about which a person may decide."""
    folder = tmp_path_factory.mktemp("decided")
    ones = [resource(number) for number in (1, 2, 3)]
    rows = "".join(f"{one.number},{one.title},{one.url}\n" for one in ones)
    (folder / "resources.csv").write_text(f"number,title,url\n{rows}", encoding="utf-8")
    with Store.open(str(folder / "crawler.db")) as store:
        for day in range(30):
            at = FIRST_NIGHT + timedelta(days=day)
            night(store, [check(one, Reason.PERMANENT_REDIRECT, at=at) for one in ones], at=at)
        for record in list(store.records().values()):
            store.settle(replace(record, noise=Noise(known=(1, 2, 3))))
    return folder


@pytest.mark.promise("2a")
@pytest.mark.parametrize(
    ("command", "sql"),
    [
        (["mute", "*", "--until", "2999-12-31", "--reason", "known"], MUTED),
        (["accept", "*"], ACCEPTED),
        (["noise", "reset", "*"], NOISY),
        (["prune", "--keep-days", "7"], CHECKS),
    ],
)
def test_a_decision_that_is_killed_is_stored_for_all_or_for_none(
    decided_about: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    sql: str,
) -> None:
    found = set()
    step = FEW if sql == CHECKS else 2 * STEP
    for left in killed(decided_about, tmp_path, step, *command):
        with chdir(left):
            found |= set(query("crawler.db", sql))
            run_well(capsys, "status")
            run_well(capsys, "report")
            refuse_leftovers()
            # What is done already is refused, by all but `prune`.
            assert main(command) in {0, 2}
            found |= set(query("crawler.db", sql))
            refuse_leftovers()
    assert len(found) == 2


@pytest.mark.promise("8")
@pytest.mark.parametrize(
    ("room", "command"),
    [
        (16_384 if FULL else 80_000, ["fix", "--apply", "--yes"]),
        (10 if FULL else 150, ["retire", "1", "--apply", "--yes"]),
        (16_384 if FULL else 80_000, ["accept", "2"]),
    ],
)
def test_a_command_that_finds_no_room_says_so_and_can_be_repeated(
    after_three_nights: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    room: int,
    command: list[str],
) -> None:
    texts = set()
    for left in crowded(after_three_nights, tmp_path, room, *command):
        with chdir(left):
            said = Path(ERRORS).read_text("utf-8")
            texts.add(said)
            assert "crawler: " in said
            assert "internal error" not in said
            assert Path("resources.csv").read_bytes() in {OLD, FIXED}
            run_well(capsys, "fix")
            refuse_leftovers()
            run_well(capsys, "report")
            if Path("resources.csv").read_bytes() == OLD:
                run_well(capsys, *command)
    assert texts
