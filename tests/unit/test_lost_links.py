"""The search for successors in a night: what it is given."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.config import ArchiveSettings, Settings
from crawler.model import Record, State
from crawler.run import lost_links
from crawler.run.interruption import Interruption
from crawler.search import Found, Surroundings
from crawler.store import Store
from tests.support.lost_site import make_around
from tests.support.store_nights import gone, night, resource


@pytest.mark.parametrize("endpoint", ["", "https://archive.example/cdx"])
def test_the_archive_of_the_settings_is_asked(endpoint: str, tmp_path: Path) -> None:
    settings = replace(Settings(), archive=ArchiveSettings(endpoint=endpoint))
    given: list[bool] = []

    async def search(
        wanted: Sequence[Record], _: Settings, around: Surroundings
    ) -> tuple[Found, ...]:
        given.append(around.archive is not None)
        return tuple(Found(key=one.resource.key, resource_url=one.resource.url) for one in wanted)

    with Store.open(str(tmp_path / "crawler.db")) as store, Interruption() as interruption:
        night(store, [gone(resource(1))], state=State.BROKEN)
        found = lost_links.look(store, ("1",), settings, make_around(), interruption, search)
    assert [one.key for one in found] == ["1"]
    assert given == [bool(endpoint)]


def test_links_of_one_host_are_looked_for_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lost_links, "AT_ONCE", 3)
    hosts = {1: "a", 2: "b", 3: "c", 4: "a", 5: "d", 6: "b", 7: "a", 8: "a"}
    lost = [resource(n, url=f"https://{host}.example/{n}") for n, host in hosts.items()]
    parts: list[list[str]] = []

    async def search(wanted: Sequence[Record], _: Settings, __: Surroundings) -> tuple[Found, ...]:
        parts.append([one.resource.key for one in wanted])
        return ()

    with Store.open(str(tmp_path / "crawler.db")) as store, Interruption() as interruption:
        night(store, [gone(one) for one in lost], state=State.BROKEN)
        keys = [one.key for one in lost]
        lost_links.look(store, keys, Settings(), make_around(), interruption, search)
    assert parts == [["1", "4", "7"], ["2", "6", "3"], ["5", "8"]]


def test_a_url_that_cannot_be_asked_has_no_host(tmp_path: Path) -> None:
    async def search(wanted: Sequence[Record], _: Settings, __: Surroundings) -> tuple[Found, ...]:
        return tuple(Found(key=one.resource.key, resource_url=one.resource.url) for one in wanted)

    with Store.open(str(tmp_path / "crawler.db")) as store, Interruption() as interruption:
        lost = resource(1, url="https://[::1/")
        night(store, [gone(lost)], state=State.BROKEN)
        found = lost_links.look(store, ("1",), Settings(), make_around(), interruption, search)
    assert [one.key for one in found] == ["1"]
