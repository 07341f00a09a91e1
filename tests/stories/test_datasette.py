"""The database as Datasette shows it, started as the README says."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import sync_playwright

from tests.support.paths import REPOSITORY

pytestmark = pytest.mark.slow

METADATA = REPOSITORY / "datasette.yaml"
CHROMIUM = Path("/usr/bin/chromium")
PLOT = "/crawler/health_over_time#g.mark=bar&g.x_column=night&g.x_type=ordinal&g.y_column=links"
SHADOWS = "resources_fts_"
"""How the tables begin in which SQLite keeps the search; Datasette hides them."""

CERTIFICATE_ENDS = """
update facts set certificate = json_set(certificate, '$.not_after', '2026-12-01T00:00:00Z')
where id = (select facts_id from checks where resource_id = 1 order by run_id desc limit 1)
"""


@pytest.fixture(scope="module")
def database(demo_databases: Sequence[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That of all nights of the demonstration."""
    folder = tmp_path_factory.mktemp("datasette")
    copy = Path(shutil.copy(demo_databases[-1], folder / "crawler.db"))
    with closing(sqlite3.connect(copy)) as connection, connection:
        # The certificates of the demonstration do not end.
        connection.execute(CERTIFICATE_ENDS)
    return copy


@pytest.fixture(scope="module")
def datasette(database: Path) -> Iterator[httpx.Client]:
    with _serving(database) as client:
        yield client


@contextmanager
def _serving(database: Path) -> Iterator[httpx.Client]:
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


def test_marks_in_words_are_searched_too(datasette: httpx.Client) -> None:
    titles = {row["title"] for row in shown(datasette, "search", words="node.js docum*")["rows"]}
    assert "Node.js Official Documentation" in titles
    assert len(titles) < 5
    for words in ('"', "c++", "front-end", "*", "AND", 'a"b*('):
        assert isinstance(shown(datasette, "search", words=words)["rows"], list)


def test_views_have_the_line_of_the_list(datasette: httpx.Client) -> None:
    for name in ("latest_checks", "broken_now", "moved_now"):
        row = shown(datasette, name, _size=1)["rows"][0]
        assert row["line"] == row["number"] + 1


def asked(datasette: httpx.Client, query: str) -> list[dict[str, Any]]:
    """The rows of a canned query, which takes no parameter."""
    return list(shown(datasette, query)["rows"])


def test_every_canned_query_has_a_test_below(datasette: httpx.Client) -> None:
    metadata = datasette.get("/-/metadata.json").json()
    assert {*metadata["databases"]["crawler"]["queries"]} == {
        "search",
        "broke_this_month",
        "slowest_hosts",
        "certificates_that_end_soon",
        "what_moved",
        "titles_changed",
        "health_over_time",
    }


def test_what_broke_this_month(datasette: httpx.Client) -> None:
    rows = asked(datasette, "broke_this_month")
    (row,) = (row for row in rows if row["number"] == 57)
    assert row == {
        "night": "2026-11-04",
        "line": 58,
        "number": 57,
        "title": "Memcached Documentation",
        "url": "https://docs.memcached.org/",
        "conclusion": "dead http_404",
        "failing_since": "2026-11-03",
        "state_now": "broken",
    }
    assert [row["night"] for row in rows] == sorted((r["night"] for r in rows), reverse=True)


def test_what_broke_in_an_earlier_month_is_not_among_them(
    datasette: httpx.Client, database: Path
) -> None:
    sql = datasette.get("/-/metadata.json").json()["databases"]["crawler"]["queries"]
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("update runs set started_at = '2026-12-01T03:17:00Z' where id = 5")
        assert connection.execute(sql["broke_this_month"]["sql"]).fetchall() == []
        connection.rollback()


def test_slowest_hosts(datasette: httpx.Client) -> None:
    rows = asked(datasette, "slowest_hosts")
    assert all("/" not in row["host"] and row["mean_ms"] <= row["most_ms"] for row in rows)
    means = [row["mean_ms"] for row in rows]
    assert means == sorted(means, reverse=True)
    (row,) = (row for row in rows if row["host"] == "www.freecodecamp.org")
    assert row["answers"] >= row["links"] >= 1


def test_certificates_that_end_soon(datasette: httpx.Client) -> None:
    rows = asked(datasette, "certificates_that_end_soon")
    assert {row["ends"] for row in rows} == {"2026-12-01"}
    assert 1 in {row["number"] for row in rows}


def test_what_moved(datasette: httpx.Client) -> None:
    rows = asked(datasette, "what_moved")
    (row,) = (row for row in rows if row["number"] == 39)
    assert (row["resource_url"], row["suggested_url"], row["since"]) == (
        "https://go.dev/doc/",
        "https://go.dev/learn/",
        "2026-11-02",
    )


def test_titles_that_changed(datasette: httpx.Client) -> None:
    rows = asked(datasette, "titles_changed")
    pairs = {(row["before"], row["after"]) for row in rows}
    assert ("Eloquent JavaScript", "Eloquent JavaScript, 4th edition") in pairs


def test_health_over_time(datasette: httpx.Client) -> None:
    rows = asked(datasette, "health_over_time")
    nights = {row["night"] for row in rows}
    assert len(nights) == 5
    for night in nights:
        assert sum(row["links"] for row in rows if row["night"] == night) == 100


HOSTILE = """
update resources set title = '<script>alert(1)</script>', category = '"><img src=x onerror=alert(1)>',
  url = 'javascript:alert(1)' where id = 1;
update pages set title = '<b onmouseover=alert(1)>', description = replace(hex(zeroblob(500000)), '0', '<');
"""


@pytest.mark.promise("34")
def test_texts_of_others_stay_texts_and_long_ones_are_cut(database: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(database, tmp_path / "crawler.db"))
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.executescript(HOSTILE)
    with _serving(copy) as client:
        for page in ("resources", "resources/1", "pages?_size=5", "latest_checks", "listed"):
            answer = client.get(f"/crawler/{page}")
            assert answer.status_code == 200
            assert len(answer.content) < 1_000_000
            for markup in ("<script>alert", "<img src=x", "<b onmouseover", 'href="javascript:'):
                assert markup not in answer.text, (page, markup)


@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing")
def test_a_query_is_drawn_by_what_the_wheel_brings(datasette: httpx.Client) -> None:
    asked_for: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda request: asked_for.append(request.url))
        page.goto(f"{str(datasette.base_url).rstrip('/')}{PLOT}")
        page.wait_for_selector("canvas.marks, svg.marks", timeout=60_000)
        browser.close()
    assert all(url.startswith(str(datasette.base_url)) for url in asked_for)
