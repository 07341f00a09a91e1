import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.errors import StoreError
from crawler.store import Store, file, schema
from tests.support.paths import SCHEMAS
from tests.support.store_nights import check, night, resource, start

ONE = resource(1)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "crawler.db")


def connect(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=0)


def pragma(path: str, name: str) -> object:
    connection = connect(path)
    try:
        return connection.execute(f"pragma {name}").fetchone()[0]
    finally:
        connection.close()


def shape(path: str) -> list[tuple[str, str]]:
    """Name and definition of everything in the file, blanks collapsed."""
    connection = connect(path)
    try:
        rows = connection.execute(
            "select name, coalesce(sql, '') from sqlite_master order by name"
        )
        return [(name, " ".join(sql.split())) for name, sql in rows]
    finally:
        connection.close()


def fill(path: str) -> None:
    with Store.open(path) as store:
        night(store, [check(ONE)])


# --- what a file of ours is -------------------------------------------------------------------


def test_a_new_file_is_marked_as_ours(path: str) -> None:
    fill(path)
    assert pragma(path, "application_id") == schema.APPLICATION_ID
    assert pragma(path, "user_version") == schema.PRESENT
    assert pragma(path, "auto_vacuum") == 2
    assert pragma(path, "journal_mode") == "wal"
    assert pragma(path, "integrity_check") == "ok"


def test_present_is_the_number_of_migrations(path: str) -> None:
    with Store.open(path):
        pass
    connection = connect(path)
    (number,) = connection.execute("select count(*) from _sqlite_migrations").fetchone()
    connection.close()
    assert number == schema.PRESENT


def test_all_tables_are_strict(path: str) -> None:
    fill(path)
    connection = connect(path)
    loose = connection.execute(
        "select name from pragma_table_list"
        " where type = 'table' and schema = 'main' and name not like 'sqlite_%' and not strict"
    ).fetchall()
    connection.close()
    assert loose == []


@pytest.mark.promise("1")
def test_the_connection_is_set_up_for_a_run(path: str) -> None:
    with file.opened(path, exclusive=True) as database:
        found = {
            name: database.execute(f"pragma {name}").fetchone()[0]
            for name in ("journal_mode", "busy_timeout", "synchronous", "foreign_keys")
        }
    assert found == {
        "journal_mode": "wal",
        "busy_timeout": 30_000,
        "synchronous": 1,
        "foreign_keys": 1,
    }


def test_a_closed_store_is_one_file(path: str, tmp_path: Path) -> None:
    fill(path)
    assert os.listdir(tmp_path) == ["crawler.db"]  # noqa: PTH208 - names are what is compared


@pytest.mark.promise("7")
def test_a_zero_byte_file_is_new(path: str) -> None:
    Path(path).touch()
    fill(path)
    assert pragma(path, "user_version") == schema.PRESENT


def test_a_file_that_was_never_filled_is_new(path: str) -> None:
    """As it is found when the process was killed while it made the file."""
    connection = connect(path)
    connection.execute("pragma auto_vacuum = incremental")
    connection.execute("pragma journal_mode = wal")
    connection.close()
    assert Path(path).stat().st_size > 0
    fill(path)
    assert pragma(path, "user_version") == schema.PRESENT


def test_a_log_that_was_written_into_the_file_in_part_is_read(path: str, tmp_path: Path) -> None:
    """As it is found when the disk is full, or the process is killed, while the store is closed."""
    fill(path)
    resources = [resource(number) for number in range(1, 500)]
    with Store.open(path) as store:
        night(store, [check(one) for one in resources])
        copy = tmp_path / "copy.db"
        shutil.copy(f"{path}-wal", f"{copy}-wal")
    # The first page, of the longer file, is in its place already; most of the others are not.
    content = Path(path).read_bytes()
    copy.write_bytes(content[: len(content) // 4096 // 2 * 4096])
    with Store.open(str(copy)) as store:
        assert list(store.records()) == [one.key for one in resources]
    assert pragma(str(copy), "integrity_check") == "ok"


@pytest.mark.parametrize("name", ["with space.db", "50%.db", "a?b#c.db", "ünï.db"])
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    fill(str(tmp_path / name))
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("released", sorted(SCHEMAS.glob("*.sql")), ids=lambda p: p.stem)
def test_a_released_schema_becomes_the_present_one(
    released: Path, path: str, tmp_path: Path
) -> None:
    connection = connect(path)
    connection.executescript(released.read_text())
    connection.close()
    with Store.open(path, exclusive=False) as store:
        assert list(store.records()) == ["1", "2"]
        learn = "select rowid from resources_fts where resources_fts match 'learn'"
        assert [row["rowid"] for row in store._db.rows(learn)] == [1, 2]
        # The second was gone when it was looked at last.
        found = [record.last_good and record.last_good.url for record in store.records().values()]
        assert found == ["https://host-1.example/page", "https://host-2.example/page"]
        texts = [one.last_good and one.last_good.text() for one in store.records().values()]
        assert texts == ["Learn SQL\nSelect your first rows."] * 2
    with Store.open(path) as store:
        night(store, [check(ONE)])
        assert store.snapshot() is not None
    new = str(tmp_path / "new.db")
    fill(new)
    assert shape(path) == shape(new)
    assert pragma(path, "user_version") == schema.PRESENT


def test_an_older_file_is_brought_up_to_date_for_a_reader(path: str) -> None:
    fill(path)
    connection = connect(path)
    connection.execute("pragma user_version = 0")
    connection.close()
    with Store.open(path, exclusive=False) as store:
        assert list(store.records()) == ["1"]
    assert pragma(path, "user_version") == schema.PRESENT


def references(path: str) -> dict[tuple[str, str], tuple[str, str | None]]:
    """What each column refers to, by table and column."""
    connection = connect(path)
    rows = connection.execute(
        """select tables.name, keys."from", keys."table", keys."to" from pragma_table_list as tables
        join pragma_foreign_key_list(tables.name) as keys where tables.schema = 'main'"""
    ).fetchall()
    connection.close()
    return {(table, column): (other, to) for table, column, other, to in rows}


def released(path: str) -> None:
    connection = connect(path)
    connection.executescript((SCHEMAS / "0001.sql").read_text())
    connection.close()


def test_references_name_their_columns(path: str) -> None:
    released(path)
    before = references(path)
    assert {to for _, to in before.values()} == {None}
    with Store.open(path) as store:
        night(store, [check(ONE)])
    after = references(path)
    assert {to for _, to in after.values()} == {"id"}
    assert before.items() == {place: (after[place][0], None) for place in before}.items()
    assert pragma(path, "integrity_check") == "ok"
    connection = connect(path)
    connection.execute("pragma foreign_keys = on")
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("delete from runs")
    connection.close()


def test_a_file_that_cannot_be_brought_up_to_date_stays_as_it_was(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(path)
    before, content = shape(path), references(path)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_STATEMENTS_0007", ("create view runs as select 1",))
        with pytest.raises(sqlite3.OperationalError, match="already"), Store.open(path):
            pass
    assert (shape(path), references(path)) == (before, content)
    assert pragma(path, "user_version") == 1
    with Store.open(path) as store:
        assert list(store.records()) == ["1", "2"]
    assert {to for _, to in references(path).values()} == {"id"}


def test_where_the_schema_may_not_be_edited_all_else_is_brought_up_to_date(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by Apple's SQLite, of which only Datasette takes notice."""
    released(path)
    before = references(path)
    monkeypatch.setattr(schema, "_WRITABLE", "pragma writable_schema = off")
    with Store.open(path) as store:
        night(store, [check(ONE)])
        assert list(store.records()) == ["1"]
    assert before.items() <= references(path).items()
    assert pragma(path, "integrity_check") == "ok"
    connection = connect(path)
    assert connection.execute("select line from latest_checks").fetchall() == [(2,)]
    connection.close()


# --- files that are refused -------------------------------------------------------------------


def foreign(path: str) -> None:
    connection = connect(path)
    connection.execute("create table notes (text)")
    connection.close()


def foreign_in_wal_mode(path: str) -> None:
    connection = connect(path)
    connection.execute("pragma journal_mode = wal")
    connection.execute("create table notes (text)")
    connection.close()


def no_database(path: str) -> None:
    Path(path).write_text("number,title\n" * 500)


def short(path: str) -> None:
    Path(path).write_text("x")


def newer(path: str) -> None:
    fill(path)
    connection = connect(path)
    connection.execute(f"pragma user_version = {schema.PRESENT + 1}")
    connection.close()


def damaged(path: str) -> None:
    fill(path)
    content = bytearray(Path(path).read_bytes())
    content[4096 * 4 : 4096 * 12] = b"\x5a" * (4096 * 8)
    Path(path).write_bytes(content)


def cut_off(path: str) -> None:
    fill(path)
    content = Path(path).read_bytes()
    Path(path).write_bytes(content[: len(content) // 2])


@pytest.mark.promise("7")
@pytest.mark.parametrize("exclusive", [True, False])
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (foreign, "not a database of the crawler"),
        (foreign_in_wal_mode, "not a database of the crawler"),
        (no_database, "not an SQLite database"),
        (short, "not a database of the crawler"),
        (newer, "newer release"),
        (damaged, "damaged"),
        (cut_off, "damaged"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_left_alone(
    path: str, tmp_path: Path, make: Callable[[str], None], message: str, *, exclusive: bool
) -> None:
    make(path)
    before = Path(path).read_bytes()
    with pytest.raises(StoreError, match=message) as caught:
        Store.open(path, exclusive=exclusive)
    assert str(caught.value).startswith(path)
    assert Path(path).read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["crawler.db"]


@pytest.mark.parametrize("exclusive", [True, False])
def test_a_missing_folder_is_reported(tmp_path: Path, *, exclusive: bool) -> None:
    with pytest.raises(StoreError, match="no folder"):
        Store.open(str(tmp_path / "missing" / "crawler.db"), exclusive=exclusive)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not a file"):
        Store.open(str(tmp_path))


def test_a_name_that_cannot_be_used_is_reported(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="check its name"):
        Store.open(str(tmp_path / ("x" * 300)))


def test_reading_makes_no_database(path: str) -> None:
    with pytest.raises(StoreError, match="no database yet"):
        Store.open(path, exclusive=False)
    assert not Path(path).exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="cannot be used"):
        Store.open(str(tmp_path / "crawler.db"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_cannot_be_written_is_reported_and_left_alone(
    path: str, tmp_path: Path
) -> None:
    fill(path)
    Path(path).chmod(0o400)
    with pytest.raises(StoreError, match="cannot be written"):
        Store.open(path)
    assert [one.name for one in tmp_path.iterdir()] == [Path(path).name]


# --- several at once --------------------------------------------------------------------------


@pytest.mark.promise("4")
def test_a_second_run_is_refused(path: str) -> None:
    with Store.open(path), pytest.raises(StoreError, match="another run is going on"):
        Store.open(path)
    fill(path)


@pytest.mark.promise("4")
def test_a_link_to_the_database_has_the_same_lock(path: str, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(path)
    with Store.open(path), pytest.raises(StoreError, match="another run is going on"):
        Store.open(str(link))


def test_databases_in_one_folder_have_their_own_locks(path: str, tmp_path: Path) -> None:
    with Store.open(path):
        fill(str(tmp_path / "other.db"))


@pytest.mark.promise("4")
def test_a_lock_file_that_was_left_behind_stops_nobody(path: str) -> None:
    Path(f"{path}-lock").touch()
    fill(path)


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_a_link_beside_the_database_is_named(path: str, suffix: str, tmp_path: Path) -> None:
    Store.open(path).close()
    mine = tmp_path / "mine"
    mine.write_bytes(b"mine")
    Path(f"{path}{suffix}").symlink_to(mine)
    for exclusive in (True, False):
        with pytest.raises(StoreError, match=f"{suffix}: a link in the place of a file"):
            Store.open(path, exclusive=exclusive)
    assert mine.read_bytes() == b"mine"
    assert Path(f"{path}{suffix}").is_symlink()


def test_no_empty_file_behind_a_link_becomes_a_database(tmp_path: Path) -> None:
    target, link = tmp_path / "mine", tmp_path / "link.db"
    target.touch()
    link.symlink_to(target)
    with pytest.raises(StoreError, match=r"link\.db: a link to no database"):
        Store.open(str(link))
    assert target.stat().st_size == 0
    assert {path.name for path in tmp_path.iterdir()} == {"mine", "link.db"}


@pytest.mark.promise("4")
def test_a_link_in_the_place_of_the_lock_leads_nowhere(path: str, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine")
    other.chmod(0o644)
    for target in (other, tmp_path / "missing"):
        Path(f"{path}-lock").symlink_to(target)
        with pytest.raises(StoreError, match="-lock: a link"), Store.open(path):
            pass
        Path(f"{path}-lock").unlink()
    assert (other.read_text(), other.stat().st_mode & 0o777) == ("mine", 0o644)
    assert not (tmp_path / "missing").exists()


@pytest.mark.promise("5")
def test_what_is_known_can_be_read_during_a_run(path: str) -> None:
    fill(path)
    with Store.open(path) as store:
        start(store)
        with Store.open(path, exclusive=False) as reader:
            assert list(reader.records()) == ["1"]


def test_a_reader_cannot_write(path: str) -> None:
    fill(path)
    with Store.open(path, exclusive=False) as reader, pytest.raises(StoreError, match="written"):
        start(reader)


@pytest.mark.promise("5")
def test_an_open_transaction_of_a_reader_disturbs_no_run(path: str) -> None:
    fill(path)
    reader = connect(path)
    reader.execute("begin")
    reader.execute("select * from runs").fetchall()
    fill(path)
    reader.close()
    assert pragma(path, "integrity_check") == "ok"


@pytest.mark.promise("5")
def test_the_lock_of_another_program_is_reported(path: str) -> None:
    fill(path)
    with Store.open(path) as store:
        store._db.execute("pragma busy_timeout = 1")
        other = connect(path)
        other.execute("begin immediate")
        with pytest.raises(StoreError, match="locked by another program"):
            start(store)
        other.execute("rollback")
        other.close()
        start(store)


# --- faults -----------------------------------------------------------------------------------


@pytest.mark.promise("8")
def test_a_full_disk_is_reported_and_keeps_what_was_stored(path: str) -> None:
    with Store.open(path) as store:
        night(store, [check(ONE)])
        pages = store._db.execute("pragma page_count").fetchone()[0]
        store._db.execute(f"pragma max_page_count = {pages + 1}")
        many = [resource(number, title="x" * 500) for number in range(2, 100)]
        with pytest.raises(StoreError, match="disk is full"):
            store.resources.add(many)
    with Store.open(path) as store:
        assert list(store.records()) == ["1"]
        night(store, [check(ONE), *map(check, many)])


def test_a_fault_of_ours_stays_an_exception(path: str) -> None:
    with Store.open(path) as store:
        store.resources.add([ONE])
        with pytest.raises(sqlite3.IntegrityError):
            store.checks.save(7, [check(ONE)])


@pytest.mark.promise("2")
def test_a_write_that_was_cut_short_is_undone(path: str, tmp_path: Path) -> None:
    """As another program leaves the file that took it out of WAL mode and was killed."""
    fill(path)
    writer = connect(path)
    writer.execute("pragma journal_mode = delete")
    writer.execute("pragma cache_size = 2")
    writer.execute("begin")
    for number in range(100):
        writer.execute(
            "insert into hosts (origin, robots_text) values (?, ?)", (number, "#" * 2000)
        )
    copy = str(tmp_path / "copy.db")
    for suffix in ("", "-journal"):
        shutil.copy(f"{path}{suffix}", f"{copy}{suffix}")
    writer.close()
    with Store.open(copy) as store:
        assert list(store.records()) == ["1"]
        assert store._db.execute("select count(*) from hosts").fetchone()[0] == 0
    assert pragma(copy, "integrity_check") == "ok"
