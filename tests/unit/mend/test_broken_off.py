"""Edits of several files that a kill broke off: finished, told, and never believed where a stranger wrote of them."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from crawler import mend, own_files
from crawler.mend import MendedFile, broken_off
from crawler.mend.broken_off import Intent
from tests.support.builders import NOW

pytestmark = pytest.mark.promise("2a")

LISTED = ("one.csv", "two.csv")
JOURNAL = Path(".crawler/edit.json")
OLD, NEW = b"url\nhttps://old.example/\n", b"url\nhttps://new.example/\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in LISTED:
        Path(name).write_bytes(OLD)


def begin(*names: str, before: bytes | None = OLD) -> None:
    """What stands on the disk when the files are about to be replaced."""
    intents = []
    for name in names:
        real = Path(os.path.realpath(name))
        descriptor, temporary = own_files.open_temporary(real)
        with os.fdopen(descriptor, "wb") as file:
            file.write(NEW)
        intents.append(Intent.of(real, before, NEW, temporary))
    note([asdict(one) for one in intents])


def note(value: object) -> None:
    JOURNAL.parent.mkdir(exist_ok=True)
    JOURNAL.write_text(json.dumps(value), "utf-8")


def replace(name: str) -> None:
    (temporary,) = Path().glob(f".{name}.crawler-*")
    temporary.replace(name)


def contents() -> list[bytes]:
    return [Path(name).read_bytes() for name in LISTED]


def leftovers() -> list[Path]:
    return [*Path().glob(".*.crawler-*"), *JOURNAL.parent.glob("*.json")]


def test_where_nothing_was_broken_off_there_is_nothing_to_say() -> None:
    mend.write([MendedFile(path=name, before=OLD, after=NEW) for name in LISTED], NOW)
    assert contents() == [NEW, NEW]
    assert leftovers() == []
    assert mend.end_broken_edit(LISTED) == ""


def test_an_edit_that_had_begun_is_finished() -> None:
    begin(*LISTED)
    replace("one.csv")
    assert mend.end_broken_edit(LISTED) == broken_off.FINISHED.format(files="one.csv, two.csv")
    assert contents() == [NEW, NEW]
    assert leftovers() == []
    assert mend.end_broken_edit(LISTED) == ""


def test_an_edit_that_had_not_begun_leaves_nothing() -> None:
    begin(*LISTED)
    assert mend.end_broken_edit(LISTED) == broken_off.REMOVED
    assert contents() == [OLD, OLD]
    assert leftovers() == []
    assert mend.end_broken_edit(LISTED) == ""


def test_files_that_a_person_has_edited_since_stay_and_are_named() -> None:
    begin(*LISTED)
    replace("one.csv")
    Path("two.csv").write_bytes(b"mine")
    assert mend.end_broken_edit(LISTED) == broken_off.UNFINISHED.format(files="one.csv, two.csv")
    assert contents() == [NEW, b"mine"]
    assert leftovers() == []


def test_rows_that_were_kept_and_have_not_left_leave() -> None:
    begin("retired.csv", before=None)
    text = json.loads(JOURNAL.read_text())
    begin("one.csv")
    note(text + json.loads(JOURNAL.read_text()))
    replace("retired.csv")
    assert "finished now" in mend.end_broken_edit(LISTED)
    assert contents() == [NEW, OLD]


def test_a_file_that_was_made_since_is_not_replaced() -> None:
    begin("retired.csv", before=None)
    text = json.loads(JOURNAL.read_text())
    begin("one.csv")
    note(text + json.loads(JOURNAL.read_text()))
    replace("one.csv")
    Path("retired.csv").write_bytes(b"mine")
    assert "cannot be finished" in mend.end_broken_edit(LISTED)
    assert Path("retired.csv").read_bytes() == b"mine"


def test_files_that_are_not_of_the_list_are_not_written() -> None:
    Path("other.csv").write_bytes(OLD)
    begin("one.csv", "other.csv")
    replace("one.csv")
    mend.end_broken_edit(LISTED)
    assert Path("other.csv").read_bytes() == OLD
    assert not JOURNAL.exists()


def planted() -> Iterator[object]:
    real = str(Path("two.csv").absolute())
    good = asdict(Intent.of(Path("one.csv").absolute(), None, NEW, Path("x")))
    yield from (
        {},
        [1],
        [{}],
        "x",
        None,
        [{**good, "path": 5}],
        [{**good, "temporary": "../x"}],
    )
    for temporary in ("", ".", "..", "source", "/etc/passwd", "a/b", 7):
        yield [good, {**good, "path": real, "temporary": temporary}]


@pytest.mark.parametrize("number", range(14))
def test_a_journal_that_a_stranger_has_planted_writes_nothing(number: int) -> None:
    Path("one.csv").write_bytes(NEW)
    Path("source").write_bytes(NEW)
    note([*planted()][number])
    mend.end_broken_edit(LISTED)
    assert contents() == [NEW, OLD]
    assert not JOURNAL.exists()
    assert Path("source").exists()


def test_a_link_in_the_place_of_a_new_file_is_not_followed() -> None:
    begin(*LISTED)
    replace("one.csv")
    (temporary,) = Path().glob(".two.csv.crawler-*")
    Path("secret").write_bytes(NEW)
    temporary.unlink()
    temporary.symlink_to("secret")
    assert "cannot be finished" in mend.end_broken_edit(LISTED)
    assert contents() == [NEW, OLD]


@pytest.mark.parametrize("kind", ["fifo", "folder", "link"])
def test_what_is_no_journal_is_neither_read_nor_in_the_way(kind: str) -> None:
    JOURNAL.parent.mkdir()
    match kind:
        case "fifo":
            os.mkfifo(JOURNAL)
        case "folder":
            JOURNAL.mkdir()
        case _:
            JOURNAL.symlink_to("/dev/zero")
    assert mend.end_broken_edit(LISTED) == ""


def test_of_temporary_files_only_our_own_for_the_list_are_removed() -> None:
    theirs = [".one.csv.original", ".one.csv.swp", ".other.csv.crawler-abcdefgh"]
    for name in (*theirs, ".one.csv.crawler-abcdefgh", ".retired.csv.crawler-abcdefgh"):
        Path(name).touch()
    assert mend.end_broken_edit(LISTED) == broken_off.REMOVED
    assert sorted(path.name for path in Path().glob(".*")) == sorted(theirs)


def test_an_edit_that_goes_on_is_left_alone() -> None:
    begin(*LISTED)
    replace("one.csv")
    with own_files.writing_in(JOURNAL.parent), own_files.writing_in(Path()):
        assert mend.end_broken_edit(LISTED) == ""
        assert contents() == [NEW, OLD]
    assert "finished now" in mend.end_broken_edit(LISTED)


def test_a_name_of_long_characters_has_a_temporary_file() -> None:
    name = "語" * 75 + ".md"
    Path(name).write_bytes(OLD)
    mend.write([MendedFile(path=name, before=OLD, after=NEW)], NOW)
    assert Path(name).read_bytes() == NEW
