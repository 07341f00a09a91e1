"""IO: the table `hosts`: robots.txt files, and how hosts answered made-up URLs."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from crawler.model import ProbeProfile, RememberedProbe
from crawler.robots import RobotsFile
from crawler.store.codec import Row, from_json, from_row, to_row
from crawler.store.connections import RowReader, RowWriter

LONGEST_ROBOTS_TEXT = 65_536
"""Characters; a longer robots.txt is not stored, but requested again in the next run."""

_NOTE_ROBOTS = """
replace into learned_robots (origin, status, text, fetched_at)
values (:origin, :status_code, :text, :fetched_at)
"""

_NOTE_PROFILE = "replace into learned_profiles (origin, probes) values (:origin, :probes)"

_KEEP_LEARNED = (
    """
    insert into hosts (origin, robots_status, robots_text, robots_fetched_at)
    select origin, status, text, fetched_at from learned_robots where true
    on conflict (origin) do update set robots_status = excluded.robots_status,
        robots_text = excluded.robots_text, robots_fetched_at = excluded.robots_fetched_at
    """,
    """
    insert into hosts (origin, probe_profile)
    select origin, probes from learned_profiles where true
    on conflict (origin) do update set probe_profile = excluded.probe_profile
    """,
)

_FORGET_LEARNED = ("delete from learned_robots", "delete from learned_profiles")

_ROBOTS_FILE = """
select origin, robots_status as status_code, robots_text as text, robots_fetched_at as fetched_at
from hosts where origin = ? and robots_status is not null
"""

_WITH_ROBOTS = "select origin from hosts where robots_status is not null"

_PROFILE = "select origin, probe_profile from hosts where origin = ? and probe_profile is not null"

_WITH_PROFILE = "select origin from hosts where probe_profile is not null"

_Known = TypeVar("_Known")


class HostTable:
    """What is remembered of hosts, by origin."""

    def __init__(self, db: RowWriter, reader: RowReader) -> None:
        self._db = db
        self._reader = reader

    def note(self, files: Iterable[RobotsFile], profiles: Iterable[ProbeProfile]) -> None:
        """Note what a run has learned of hosts; it counts if `keep` is called before the run has ended."""
        fields = ("origin", "status_code", "text", "fetched_at")
        kept = (to_row(file, fields) for file in files if len(file.text) <= LONGEST_ROBOTS_TEXT)
        rows = (to_row(profile, ("origin", "probes")) for profile in profiles)
        with self._db.transaction():
            self._db.execute_all(_NOTE_ROBOTS, kept)
            self._db.execute_all(_NOTE_PROFILE, rows)

    def keep(self) -> None:
        """Store what was noted, in place of what was known of these hosts."""
        with self._db.transaction():
            for statement in (*_KEEP_LEARNED, *_FORGET_LEARNED):
                self._db.execute(statement)

    def forget(self) -> None:
        """Forget what was noted."""
        with self._db.transaction():
            for statement in _FORGET_LEARNED:
                self._db.execute(statement)

    def robots_files(self) -> Mapping[str, RobotsFile]:
        """The latest robots.txt of each host, by origin, each read when it is looked up."""
        return _ByOrigin(self._reader, _ROBOTS_FILE, _WITH_ROBOTS, partial(from_row, RobotsFile))

    def profiles(self) -> Mapping[str, ProbeProfile]:
        """How hosts answered made-up URLs, by origin, likewise."""
        return _ByOrigin(self._reader, _PROFILE, _WITH_PROFILE, _profile_of)


class _ByOrigin(Mapping[str, _Known]):
    """What is known of hosts: of a million of them, it would not fit in memory."""

    def __init__(
        self, reader: RowReader, one: str, origins: str, value_of: Callable[[Row], _Known]
    ) -> None:
        self._reader = reader
        self._one = one
        self._origins = origins
        self._value_of = value_of

    def __getitem__(self, origin: str) -> _Known:
        row = self._reader.row(self._one, origin)
        if row is None:
            raise KeyError(origin)
        return self._value_of(row)

    def __iter__(self) -> Iterator[str]:
        # Not one by one: a cursor that stays open would keep the log from being emptied.
        yield from [row["origin"] for row in self._reader.rows(self._origins)]

    def __len__(self) -> int:
        return sum(1 for _ in self._reader.rows(self._origins))


def _profile_of(row: Row) -> ProbeProfile:
    probes = from_json(tuple[RememberedProbe, ...], row["probe_profile"])
    return ProbeProfile(origin=row["origin"], probes=probes)
