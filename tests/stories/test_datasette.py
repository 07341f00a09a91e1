"""The database as Datasette shows it, started as the README says."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.paths import REPOSITORY

pytestmark = pytest.mark.slow

METADATA = REPOSITORY / "datasette.yaml"
SHADOWS = "resources_fts_"
"""How the tables begin in which SQLite keeps the search; Datasette hides them."""


@pytest.fixture(scope="module")
def database(demo_databases: Sequence[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That of all nights of the demonstration."""
    folder = tmp_path_factory.mktemp("datasette")
    return Path(shutil.copy(demo_databases[-1], folder / "crawler.db"))


@pytest.fixture(scope="module")
def datasette(database: Path) -> Iterator[httpx.Client]:
    """A client of Datasette, which has a process of its own."""
    command = [
        sys.executable,
        "-m",
        "datasette",
        str(database),
        "-m",
        str(METADATA),
        "--port",
        "0",
    ]
    # Otherwise it leaves out, on a busy machine, what has taken too long.
    for limit in ("sql_time_limit_ms", "facet_time_limit_ms"):
        command += ["--setting", limit, "60000"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = (line.partition("running on ")[2].split() for line in process.stderr)
        (url, *_) = next(filter(None, told))
        with httpx.Client(base_url=url, timeout=60) as client:
            yield client
        process.kill()


def shown(datasette: httpx.Client, page: str, **options: str | int) -> Any:
    answer = datasette.get(f"/crawler/{page}.json", params={"_shape": "objects", **options})
    assert answer.status_code == 200, answer.text
    return answer.json()


def described(datasette: httpx.Client) -> dict[str, dict[str, Any]]:
    """What `datasette.yaml` says of each table and view."""
    metadata = datasette.get("/-/metadata.json").json()
    return dict(metadata["databases"]["crawler"]["tables"])


def _names(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "select name from sqlite_master where type in ('table', 'view')"
        ).fetchall()
    return {name for (name,) in rows if not name.startswith(("sqlite_", SHADOWS))}


def test_every_table_and_view_is_shown_and_described(
    datasette: httpx.Client, database: Path
) -> None:
    names = _names(database)
    assert names == {*described(datasette), "resources_fts"}
    for path in ("/", "/crawler", *(f"/crawler/{name}" for name in sorted(names))):
        assert (path, datasette.get(path).status_code) == (path, 200)


def test_tables_and_views_have_their_facets(datasette: httpx.Client) -> None:
    facets = {name: one["facets"] for name, one in described(datasette).items() if "facets" in one}
    assert {"latest_checks", "checks", "resources"} <= facets.keys()
    for name, columns in facets.items():
        found = shown(datasette, name)
        assert list(found["facet_results"]) == columns
        assert found["rows"]


def test_a_row_that_refers_to_another_shows_its_label(datasette: httpx.Client) -> None:
    (check,) = shown(datasette, "checks", _labels="on", _size=1, resource_id=1)["rows"]
    assert check["resource_id"] == {"value": 1, "label": "FreeCodeCamp - APIs and Microservices"}
    assert str(check["run_id"]["label"]).startswith("2026-11-")
    assert check["page_id"]["label"]
    for name in ("changes", "incidents", "pages"):
        row = shown(datasette, name, _labels="on", _size=1)["rows"][0]
        assert row["resource_id"]["label"]
    assert shown(datasette, "resources", _labels="on")["rows"][0]["added_run"]["label"]


def test_a_row_links_to_those_that_refer_to_it(datasette: httpx.Client) -> None:
    page = datasette.get("/crawler/resources/1").text
    for name in ("checks", "changes", "pages", "incidents"):
        assert f"/crawler/{name}?resource_id=1" in page


def test_titles_and_descriptions_are_searched(datasette: httpx.Client) -> None:
    titles = [row["title"] for row in shown(datasette, "resources", _search="graphql")["rows"]]
    assert "GraphQL Fullstack Tutorial" in titles
    assert len(titles) < 10
    passages = shown(datasette, "search", words="graphql*")["rows"]
    assert {row["title"] for row in passages} >= {*titles}


def test_views_have_the_line_of_the_list(datasette: httpx.Client) -> None:
    for name in ("latest_checks", "broken_now", "moved_now"):
        row = shown(datasette, name, _size=1)["rows"][0]
        assert row["line"] == row["number"] + 1
