"""IO: the table `hosts`: robots.txt files, and how hosts answered made-up URLs."""

from collections.abc import Iterable

from crawler.model import ProbeProfile, RememberedProbe
from crawler.robots import RobotsFile
from crawler.store.codec import from_json, from_row, to_row
from crawler.store.connections import RowWriter

LONGEST_ROBOTS_TEXT = 65_536
"""Characters; a longer robots.txt is not stored, but requested again in the next run."""

_SAVE_ROBOTS = """
insert into hosts (origin, robots_status, robots_text, robots_fetched_at)
values (:origin, :status_code, :text, :fetched_at)
on conflict (origin) do update set robots_status = :status_code, robots_text = :text,
    robots_fetched_at = :fetched_at
"""

_ROBOTS_FILES = """
select origin, robots_status as status_code, robots_text as text, robots_fetched_at as fetched_at
from hosts where robots_status is not null
"""

_SAVE_PROFILE = """
insert into hosts (origin, probe_profile) values (:origin, :probes)
on conflict (origin) do update set probe_profile = :probes
"""

_PROFILES = "select origin, probe_profile from hosts where probe_profile is not null"


class HostTable:
    """What is remembered of hosts, by origin."""

    def __init__(self, db: RowWriter) -> None:
        self._db = db

    def save_robots(self, files: Iterable[RobotsFile]) -> None:
        """Store robots.txt files, in place of earlier ones of their hosts."""
        fields = ("origin", "status_code", "text", "fetched_at")
        kept = (to_row(file, fields) for file in files if len(file.text) <= LONGEST_ROBOTS_TEXT)
        self._db.execute_all(_SAVE_ROBOTS, kept)

    def robots_files(self) -> dict[str, RobotsFile]:
        """The latest robots.txt of each host, by origin."""
        files = (from_row(RobotsFile, row) for row in self._db.rows(_ROBOTS_FILES))
        return {file.origin: file for file in files}

    def save_profiles(self, profiles: Iterable[ProbeProfile]) -> None:
        """Store how hosts answered made-up URLs, in place of their earlier profiles."""
        rows = (to_row(profile, ("origin", "probes")) for profile in profiles)
        self._db.execute_all(_SAVE_PROFILE, rows)

    def profiles(self) -> dict[str, ProbeProfile]:
        """How hosts answered made-up URLs, by origin."""
        found = {}
        for row in self._db.rows(_PROFILES):
            probes = from_json(tuple[RememberedProbe, ...], row["probe_profile"])
            found[row["origin"]] = ProbeProfile(origin=row["origin"], probes=probes)
        return found
