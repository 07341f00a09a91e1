"""The search for successors in a night: what it is given."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.config import ArchiveSettings, Settings
from crawler.model import Record, State
from crawler.run import lost_links
from crawler.run.interruption import Interruption
from crawler.search import Around, Found
from crawler.store import Store
from tests.support.lost_site import make_around
from tests.support.store_nights import gone, night, resource


@pytest.mark.parametrize("endpoint", ["", "https://archive.example/cdx"])
def test_the_archive_of_the_settings_is_asked(endpoint: str, tmp_path: Path) -> None:
    settings = replace(Settings(), archive=ArchiveSettings(endpoint=endpoint))
    given: list[bool] = []

    async def search(wanted: Sequence[Record], _: Settings, around: Around) -> tuple[Found, ...]:
        given.append(around.archive is not None)
        return tuple(Found(key=one.resource.key, resource_url=one.resource.url) for one in wanted)

    with Store.open(str(tmp_path / "crawler.db")) as store, Interruption() as interruption:
        night(store, [gone(resource(1))], state=State.BROKEN)
        found = lost_links.look(store, ("1",), settings, make_around(), interruption, search)
    assert [one.key for one in found] == ["1"]
    assert given == [bool(endpoint)]
