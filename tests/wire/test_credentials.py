"""Promise 28b: what was read with credentials is not told to everybody."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.config import HostSettings
from tests.support.loopback import page
from tests.support.street import HTML, House, Sent, answer, redirect, street

pytestmark = pytest.mark.slow

WORDS = "Nobody else may read this"
KEYS = (("Authorization", "Bearer 4711"),)
INNER = (
    HTML.replace(b"</title>", f": {WORDS}</title>".encode())
    .replace(b"<h1>", f"<meta name=description content='{WORDS}'><h1>".encode())
    .replace(b"</p>", f" {WORDS}.</p>".encode(), 1)
)
MISSING = f"<title>Page not found: {WORDS}</title><h1>Page not found</h1><p>{WORDS}</p>".encode()
HOUSES: tuple[Mapping[str, Sent], ...] = (
    {"/page": page(INNER, 'ETag: "1"')},
    {"/page": redirect("/new"), "/new": page(INNER)},
    {"/page": page(MISSING)},
    {"/page": answer("Content-Type: text/html", content=MISSING, status="404 Not Found")},
)


def _told(folder: Path, settings: HostSettings) -> tuple[str, list[str]]:
    """All that is stored and reported after two nights, and the verdicts."""
    houses = [House(name=f"h{n}", https=True, pages=pages) for n, pages in enumerate(HOUSES)]
    with street(folder, houses) as built:
        hosts = tuple((house.host, settings) for house in houses)
        with_keys = replace(built, settings=replace(built.settings, hosts=hosts))
        with_keys.crawl()
        with_keys.crawl()
        verdicts = [one.verdict for one in with_keys.stored().values()]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return "".join(path.read_bytes().decode("latin-1") for path in files), verdicts


@pytest.mark.promise("28b")
def test_28b_pages_that_were_read_with_credentials_are_judged_and_not_told(tmp_path: Path) -> None:
    told, verdicts = _told(tmp_path, HostSettings(headers=KEYS))
    assert verdicts == ["ok", "moved", "suspect", "dead"]
    assert WORDS not in told
    assert "4711" not in told


@pytest.mark.promise("28b")
@pytest.mark.parametrize(
    "settings",
    [
        HostSettings(headers=KEYS, show_pages=True),
        HostSettings(headers=(("Accept-Language", "fr"),)),
    ],
)
def test_28b_they_are_told_where_the_settings_say_so_and_others_always(
    tmp_path: Path, settings: HostSettings
) -> None:
    told, verdicts = _told(tmp_path, settings)
    assert verdicts == ["ok", "moved", "suspect", "dead"]
    assert WORDS in told
