"""The made-up pages are like real ones, both servers show the same web, and the sums are right."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from benchmarks import figures, pages, server, serving, stages, web
from benchmarks.figures import Line, Load, Spread
from benchmarks.stages import Name, Spent
from benchmarks.web import Row, Titles
from crawler import extract
from crawler.demo.replies import Request, read_request, redirect
from crawler.model import MediaKind

NUMBERS = range(80)
"""Pages in every shape and language."""


@cache
def documents() -> list[str]:
    return [pages.page(n, f"/guides/{n}").decode() for n in NUMBERS]


# --- pages --------------------------------------------------------------------------------------


def test_page_is_always_the_same() -> None:
    assert pages.page(7, "/a") == pages.page(7, "/a")
    assert pages.page(7, "/a") != pages.page(8, "/a")


def mean(values: Sequence[int]) -> float:
    return sum(values) / len(values)


@pytest.mark.parametrize(
    ("count", "least", "most"),
    [
        (lambda text: len(text.encode()), 42_000, 50_000),
        (lambda text: len(re.findall("<[a-z]", text)), 800, 1_000),
        (lambda text: text.count("<a href="), 240, 320),
        (lambda text: len(re.sub("<[^>]*>", " ", text).split()), 3_500, 5_500),
    ],
    ids=["bytes", "elements", "links", "words"],
)
def test_pages_are_as_large_as_those_of_the_web(
    count: Callable[[str], int], least: float, most: float
) -> None:
    assert least <= mean([count(text) for text in documents()]) <= most


def test_every_page_is_between_30_and_62_kilobytes() -> None:
    assert all(30_000 <= len(text.encode()) <= 62_000 for text in documents())


def test_pages_come_in_all_languages_and_shapes() -> None:
    spoken = Counter(re.search('lang="(.*?)"', text)[1] for text in documents())  # type: ignore[index]  # each has one
    schemas = {re.search('"@type": "(.*?)"', text)[1] for text in documents()}  # type: ignore[index]  # each has one
    assert set(spoken) == set(pages.LANGUAGES)
    assert schemas == {shape.schema for shape in pages.SHAPES}


def test_page_declares_its_title_in_all_places() -> None:
    page = extract.read(pages.page(3, "/guides/3"), "https://h3.bench.internal/guides/3", None)
    assert page.kind is MediaKind.HTML
    assert page.first_heading == pages.title(3)
    assert page.title is not None
    assert pages.title(3) in page.title.value


@pytest.mark.parametrize("poor", web.POOR_TITLES)
def test_no_page_says_a_word_of_a_poor_title(poor: str) -> None:
    words = set(re.findall(r"\w+", " ".join(documents()).casefold()))
    assert words.isdisjoint(poor.casefold().split())


# --- the web ------------------------------------------------------------------------------------


def test_rows_are_grouped_by_host() -> None:
    assert [row.host[:2] for row in web.rows([1, 2, 1])] == ["h0", "h1", "h1", "h2"]


def test_every_twentieth_row_begins_at_a_redirect_of_another_kind() -> None:
    rows = web.rows([1] * 400)
    redirected = [row for row in rows if web.led(row.host, row.path)]
    ways = Counter(way.prefix for row in redirected if (way := web.way_of(row.path)))
    assert len(redirected) == 20
    assert ways == {way.prefix: 5 for way in web.WAYS}


@pytest.mark.parametrize(
    ("path", "end"),
    [
        ("/guides/a-1", None),
        ("/moved/guides/a-1", ("h1.bench.internal", "/guides/a-1")),
        ("/found-away/guides/a-1", ("m1.bench.internal", "/guides/a-1")),
    ],
)
def test_redirect_leads_to_the_page(path: str, end: tuple[str, str] | None) -> None:
    assert web.led("h1.bench.internal", path) == end


def test_all_hosts_of_a_list_are_those_of_its_redirects_too() -> None:
    row = Row(number=1, title="", host="h1.x", path="/moved-away/guides/a", page=0)
    assert web.hosts_of([row, row]) == ("h1.x", "m1.x")


@pytest.mark.parametrize(
    ("titles", "told"),
    [(Titles.FITTING, pages.title(0)), (Titles.POOR, "Guide"), (Titles.NONE, "")],
)
def test_rows_are_titled_as_wanted(titles: Titles, told: str) -> None:
    assert web.rows([1], titles)[0].title == told


def test_waits_are_the_same_each_time_and_bounded() -> None:
    waits = [web.seconds(f"h{n}", "/") for n in range(500)]
    assert waits == [web.seconds(f"h{n}", "/") for n in range(500)]
    assert max(waits) == web.LONGEST_SECONDS
    assert 0.2 < sorted(waits)[250] < 0.4


# --- the servers --------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "a-1").write_bytes(b"plain")
    (tmp_path / "guides" / "a-1.gz").write_bytes(b"coded")
    return tmp_path


def request(path: str, *, gzip: bool = False) -> Request:
    coding = "Accept-Encoding: gzip, br\r\n" if gzip else ""
    head = f"GET {path} HTTP/1.1\r\nHost: h1.bench.internal:8443\r\n{coding}\r\n"
    return read_request(head.encode(), "https")


@pytest.mark.parametrize(
    ("asked", "status_code", "content"),
    [
        (request("/guides/a-1"), 200, b"plain"),
        (request("/guides/a-1?c"), 200, b"plain"),
        (request("/guides/a-1", gzip=True), 200, b"coded"),
        (request("/guides/other"), 404, web.missing()),
        (request("/guides"), 404, web.missing()),
    ],
)
def test_python_answers_with_what_is_there(
    folder: Path, asked: Request, status_code: int, content: bytes
) -> None:
    reply = server.reply_from(folder, asked)
    assert (reply.status_code, reply.content) == (status_code, content)


@pytest.mark.parametrize("way", web.WAYS, ids=lambda way: way.prefix)
def test_python_redirects_with_the_port(folder: Path, way: web.Way) -> None:
    reply = server.reply_from(folder, request(f"{way.prefix}/guides/a-1"))
    host = "m1" if way.away else "h1"
    assert reply == redirect(f"https://{host}.bench.internal:8443/guides/a-1", way.status_code)


@pytest.mark.parametrize("behind", [None, 1234])
def test_nginx_knows_every_way(tmp_path: Path, behind: int | None) -> None:
    config = serving.nginx_config(tmp_path, 8443, behind)
    assert all(way.prefix in config for way in web.WAYS)
    assert config.count("{") == config.count("}")


# --- the sums -----------------------------------------------------------------------------------


def test_ratios_are_taken_round_by_round() -> None:
    assert figures.ratios([2.0, 9.0], [1.0, 3.0]) == Spread((2.0, 3.0))


@pytest.mark.parametrize(
    ("chains", "at_once", "seconds"),
    [([[3.0, 1.0], [1.0]], 9, 4.0), ([[1.0]] * 6, 2, 3.0), ([[5.0], [1.0]], 1, 6.0)],
)
def test_nothing_is_faster_than_its_longest_chain_or_all_in_parallel(
    chains: list[list[float]], at_once: int, seconds: float
) -> None:
    assert figures.shortest(chains, at_once) == seconds


def test_chains_hold_what_redirects_take_too() -> None:
    rows = [
        Row(number=1, title="", host="h1.x", path="/moved/guides/a", page=0),
        Row(number=2, title="", host="h1.x", path="/guides/b", page=1),
    ]
    there = web.seconds("h1.x", "/moved/guides/a") + web.seconds("h1.x", "/guides/a")
    assert figures.chains(rows) == [[pytest.approx(there), web.seconds("h1.x", "/guides/b")]]


def test_gain_is_held_against_what_the_server_leaves() -> None:
    one = Load(wall=10.0, cpu=10.0, server_cpu=6.0)
    # Two cores, 16 s of work: no less than 8 s, 1.25 times as fast.
    two = Load(wall=8.0, cpu=10.0, server_cpu=6.0)
    assert figures.share_of_allowed(one, two, processes=2, cores=2) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("value", "more", "verdict"),
    [
        (3.0, False, "reach"),
        (4.0, False, "target"),
        (5.0, False, "no"),
        (5.0, True, "reach"),
        (2.0, True, "no"),
        (None, False, "-"),
    ],
)
def test_line_tells_which_bound_holds(value: float | None, more: bool, verdict: str) -> None:
    line = Line(
        what="x",
        measured=None if value is None else Spread((value,)),
        target=4.5 if not more else 2.5,
        reach=3,
        more_is_better=more,
    )
    assert line.verdict == verdict


def test_table_is_markdown_of_one_width() -> None:
    line = Line(what="x", measured=Spread((1.0, 2.0)), target=4.5, reach=3, unit=" MB")
    assert {row.count("|") for row in (*figures.HEAD.splitlines(), str(line))} == {7}
    assert str(line) == "| x | 1.50 (1.00 to 2.00) MB | <= 4.5 MB | <= 3 MB | reach |  |"


ROOT: Name = ("/x/crawler/crawl/looks.py", 1, "look")
JUDGE: Name = ("/x/crawler/judge/titles.py", 1, "agree")
READ: Name = ("/x/crawler/extract/visible_text.py", 1, "text")
HELPER: Name = ("/x/crawler/urls.py", 1, "host")
BUILT_IN: Name = ("~", 0, "<method 'split' of 'str' objects>")


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        (JUDGE, "judging"),
        (("~", 0, "<method 'do_handshake' of '_ssl._SSLSocket' objects>"), "TLS"),
        (("/lib/asyncio/base_events.py", 1, "_run_once"), "event loop"),
        (HELPER, None),
        (BUILT_IN, None),
    ],
)
def test_place_of_a_function_tells_its_stage(name: Name, stage: str | None) -> None:
    assert stages.stage_of(name) == stage


def test_helpers_count_for_the_stages_that_call_them() -> None:
    profile = {
        ROOT: Spent(seconds=1.0, callers={}),
        JUDGE: Spent(seconds=2.0, callers={ROOT: 6.0}),
        READ: Spent(seconds=3.0, callers={ROOT: 5.0}),
        HELPER: Spent(seconds=2.0, callers={JUDGE: 3.0, READ: 1.0}),
        BUILT_IN: Spent(seconds=4.0, callers={HELPER: 4.0}),
    }
    assert stages.by_stage(profile) == {"crawl": 1.0, "judging": 6.5, "reading": 4.5}


def test_waiting_is_no_work() -> None:
    poll = ("~", 0, "<method 'poll' of 'select.epoll' objects>")
    profile = {poll: Spent(seconds=9.0, callers={ROOT: 9.0}), ROOT: Spent(seconds=1.0, callers={})}
    assert stages.by_stage(profile) == {"crawl": 1.0}


def test_functions_that_call_each_other_come_to_an_end() -> None:
    other: Name = ("/lib/copy.py", 1, "copy")
    profile = {
        HELPER: Spent(seconds=1.0, callers={other: 1.0}),
        other: Spent(seconds=1.0, callers={HELPER: 1.0}),
    }
    assert stages.by_stage(profile) == {stages.OTHER: 2.0}


def test_shares_are_of_all_seconds() -> None:
    told = stages.shares({"TLS": 1, "reading": 3})
    assert told == (("reading", 75.0), ("TLS", 25.0))
