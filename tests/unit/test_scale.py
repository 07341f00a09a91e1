"""The made-up web of many hosts is as its table of fates says, and unequal outcomes are told apart."""

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.scale import hosts, storing, tables
from benchmarks.scale.hosts import Scale, Size
from benchmarks.scale.outcome import Outcome, differences, without_times
from benchmarks.scale.running import COORDINATOR, WORKERS, Ran, Way
from benchmarks.scale.serving import Traffic
from benchmarks.scale.watching import Taken

SCALE = Scale(hosts=2000, addresses=400)
SMALL = replace(SCALE, size=Size.SMALL)
ROWS = hosts.rows(SCALE)


def test_hosts_have_one_to_three_urls_and_a_few_have_many() -> None:
    by_host = Counter(row.host for row in ROWS)
    assert len(by_host) == SCALE.hosts
    assert {1, 2, 3, SCALE.large} == set(by_host.values())
    assert Counter(by_host.values())[SCALE.large] == 2


def test_every_url_leads_to_an_address() -> None:
    ports = dict(hosts.addresses(SCALE))
    assert len(set(ports.values())) == SCALE.addresses
    urls = {hosts.url(row, SCALE) for row in ROWS}
    assert len(urls) == len(ROWS)
    assert all(int(url.split("/")[2].partition(":")[2]) in ports for url in urls)


def test_some_addresses_answer_on_one_night_only() -> None:
    first, second = (set(hosts.answering(SCALE, night)) for night in hosts.NIGHTS)
    assert len(first - second) == SCALE.addresses / hosts.DIES.every
    assert len(second - first) == SCALE.addresses / hosts.RETURNS.every
    silent = SCALE.addresses - len(first | second)
    assert silent == SCALE.addresses / hosts.DEAD.every


def test_one_page_in_fifty_is_edited_for_the_second_night() -> None:
    first, second = (list(hosts.documents(SMALL, night)) for night in hosts.NIGHTS)
    changed = [one for one, two in zip(first, second, strict=True) if one != two]
    assert len(first) == hosts.PAGES == 50 * len(changed)
    assert all(b"is new.</p>" not in content for _, content in first)


def test_large_pages_can_be_edited_too() -> None:
    _, content = next(hosts.documents(SCALE, hosts.NIGHTS[1]))
    assert content.count(b"is new.</p>") == 1


def test_pages_of_all_rows_exist_unless_their_path_says_otherwise() -> None:
    paths = {path for path, _ in hosts.documents(SMALL, 1)}
    plain = [row.path for row in ROWS if row.path.startswith("/guides/")]
    assert set(plain) <= paths
    assert 0.9 < len(plain) / len(ROWS) < 0.95


# --- comparing ----------------------------------------------------------------------------------

SAME = Outcome(
    verdicts={("7",): ("dead", "http_404")},
    events={("7", "broke"): ("", "dead")},
    states={("7",): ("broken", 2)},
    reports={"README.md": "7 is broken"},
)


def test_equal_outcomes_have_no_difference() -> None:
    assert list(differences(SAME, SAME)) == []


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (replace(SAME, verdicts={("7",): ("ok", "ok")}), "1 verdicts differ: ('7',)"),
        (replace(SAME, events={}), "1 events differ: ('7', 'broke')"),
        (replace(SAME, states={}), "1 states differ: ('7',)"),
        (replace(SAME, reports={"README.md": "7 is fine"}), "README.md: differs first at"),
        (replace(SAME, reports={}), "README.md: is there once only"),
    ],
)
def test_every_difference_is_told(other: Outcome, told: str) -> None:
    (text,) = differences(SAME, other)
    assert text.startswith(told)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("checked 2026-11-29T03:17:04Z", "checked 2026-11-29T05:00:00.123Z"),
        ('"elapsed_ms": 8,', '"elapsed_ms": 1250,'),
        ("answers in 0.3 s", "answers in 12 s"),
        ('<testcase name="a" time="0.01">', '<testcase name="a" time="3.2">'),
    ],
)
def test_times_do_not_count(one: str, other: str) -> None:
    assert without_times(one) == without_times(other)


def test_counts_and_dates_do() -> None:
    assert without_times("12 links, 2026-11-28") != without_times("13 links, 2026-11-28")
    assert without_times("2026-11-28") != without_times("2026-11-29")


# --- the table ----------------------------------------------------------------------------------


def _ran(**asked: int) -> Ran:
    traffic = Traffic(requests=4, connections=2, received=400, sent=3600, asked=Counter(asked))
    taken = {
        COORDINATOR: Taken(peak=80_000_000, largest=80_000_000, cpu_by_process={1: 0.02}),
        WORKERS: Taken(peak=120_000_000, largest=61_000_000, cpu_by_process={2: 0.01, 3: 0.01}),
    }
    return Ran(
        way=Way(name="two processes"),
        urls=2,
        wall=0.5,
        taken=taken,
        server_cpu=0.002,
        traffic=traffic,
        outcome=SAME,
        database=1,
    )


def test_places_that_were_asked_more_often_are_counted() -> None:
    alone, ran = _ran(a=1, b=2), _ran(a=3, b=1, made_up=1)
    assert tables.asked_again(ran, alone) == 2
    cells = [cell.strip() for cell in tables.line(ran, alone).split("|")[1:-1]]
    assert cells == [
        *("two processes", "4", "0.5", "20.00", "10.00", "1.00"),
        *("80", "", "120 / 61", "2.00", "1.00", "2.0", "2", "1"),
    ]


# --- what a check costs the process that stores ---------------------------------------------------


def test_every_kind_of_night_is_stored_and_told(tmp_path: Path) -> None:
    nights = list(storing.play(tmp_path, 8))
    lines = list(storing.table(nights))
    assert len(lines) == 2 + len(storing.NIGHTS)
    first, same, not_sent, edited = nights
    assert first.grown > 8 * 2_000 > same.grown
    assert not_sent.message_bytes < 8 * 2_000 < edited.message_bytes
    with closing(sqlite3.connect(tmp_path / "crawler.db")) as opened:
        (checks,) = opened.execute("select count(*) from checks").fetchone()
    assert checks == 4 * 8


def test_stages_do_not_count_what_others_took() -> None:
    watch = storing.Stopwatch()
    with watch.stage("store"), watch.stage("unpack"):
        sum(range(300_000))
    assert watch.cpu["unpack"] > 10 * abs(watch.cpu["store"])
