from datetime import UTC, datetime, timedelta

import pytest

from crawler.robots import (
    MAX_BYTES,
    RobotsFile,
    Rules,
    is_fresh,
    product_token,
    rules_of,
)
from tests.support.effort import cpu_seconds_at_most

SITE = "https://example.org"
USER_AGENT = "Resource-Crawler/1.0 (+https://example.org/bot)"
NOW = datetime(2025, 11, 6, 3, 17, tzinfo=UTC)


def rules(text: str, status_code: int = 200) -> Rules:
    found = rules_of(status_code, text, USER_AGENT)
    assert found
    return found


def allowed(text: str, path: str = "/page") -> bool:
    return rules(text).allowed(SITE + path)


# --- answers ------------------------------------------------------------------------------------

CLOSED = "User-agent: *\nDisallow: /\nCrawl-delay: 5"


@pytest.mark.parametrize("status_code", [200, 203, 206, 299])
def test_an_answer_with_success_is_read(status_code: int) -> None:
    assert not rules(CLOSED, status_code).allowed(f"{SITE}/page")


@pytest.mark.parametrize("status_code", [300, 301, 302, 308, 400, 401, 403, 404, 410, 429, 451])
def test_an_answer_without_a_file_allows_everything(status_code: int) -> None:
    assert rules(CLOSED, status_code).allowed(f"{SITE}/page")
    assert rules(CLOSED, status_code).crawl_delay is None


@pytest.mark.parametrize("status_code", [500, 502, 503, 599])
def test_an_error_of_the_server_disallows_everything(status_code: int) -> None:
    assert rules_of(status_code, "", USER_AGENT) is None


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html>", "\ufeff\r\n <html>", "<?xml version='1.0'?>", "<!-- x -->"]
)
def test_a_page_in_the_place_of_the_file_allows_everything(start: str) -> None:
    assert allowed(f"{start}\n<pre>\n{CLOSED}\n</pre>")


# --- groups -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "resource-crawler",
        "RESOURCE-CRAWLER",
        "Resource-Crawler/1.0",
        "resource-crawler/2.*",
        "resource-crawler*",
        "resource-crawler # us",
        "resource-crawler other",
    ],
)
def test_a_group_is_ours_whatever_its_case_and_version(name: str) -> None:
    assert not allowed(f"User-agent: {name}\nDisallow: /\n\nUser-agent: *\nAllow: /")


@pytest.mark.parametrize(
    "name",
    [
        "resource",
        "crawler",
        "resource-crawler-news",
        "my-resource-crawler",
        "r",
        "*crawler",
        "/",
        "",
    ],
)
def test_a_group_is_not_ours_by_a_part_of_our_name(name: str) -> None:
    assert allowed(f"User-agent: {name}\nDisallow: /\n\nUser-agent: *\nAllow: /")


def test_our_group_wins_over_that_of_everyone() -> None:
    text = "User-agent: *\nDisallow: /\nCrawl-delay: 9\n\nUser-agent: resource-crawler\nAllow: /"
    assert allowed(text)
    assert rules(text).crawl_delay is None


def test_groups_of_one_name_count_together() -> None:
    ours = "User-agent: resource-crawler"
    text = f"{ours}\nDisallow: /a\n\nUser-agent: other\nDisallow: /b\n\n{ours}\nDisallow: /c"
    assert [allowed(text, path) for path in ("/a", "/b", "/c")] == [False, True, False]


@pytest.mark.parametrize(
    "field",
    ["User-agent:", "user-AGENT :", "  User-agent:", "Useragent:", "User agent:", "User-agent"],
)
def test_fields_are_read_as_people_write_them(field: str) -> None:
    assert not allowed(f"{field} resource-crawler\nDisallow: /")
    assert allowed(f"{field} other\nDisallow: /")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_line_end_and_a_byte_order_mark_are_fine(line_end: str) -> None:
    assert not allowed("\ufeff" + CLOSED.replace("\n", line_end))


def test_several_names_share_a_group() -> None:
    text = "User-agent: other\nUser-agent: resource-crawler\nUser-agent: third\nDisallow: /a"
    assert not allowed(text, "/a")


# --- rules --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "path", "expected"),
    [
        ("", "/a", True),
        ("Disallow:", "/a", True),
        ("Disallow: /a", "/a/b", False),
        ("Disallow: /a", "/A", True),
        # RFC 9309 §2.2.2: the longest match, and Allow of two equals.
        ("Disallow: /a\nAllow: /a/b", "/a/b", True),
        ("Allow: /a\nDisallow: /a/b", "/a/b", False),
        ("Disallow: /a\nAllow: /a", "/a", True),
        ("Disallow: /*.pdf$", "/a.pdf", False),
        ("Disallow: /*.pdf$", "/a.pdf?x", True),
        ("Disallow: /a?b=", "/a?b=c", False),
        ("Disallow: /", "/robots.txt", True),
        ("Disallow: /", "", False),
        # One percent-encoding on both sides.
        ("Disallow: /é", "/%C3%A9", False),
        ("Disallow: /%c3%a9", "/%C3%A9", False),
        ("Disallow: /%7Ejoe", "/~joe", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        ("Disallow: /a", "/#/a", True),
        ("Disallow: /x", "//x", True),
    ],
)
def test_the_longest_rule_that_matches_decides(lines: str, path: str, *, expected: bool) -> None:
    assert allowed(f"User-agent: *\n{lines}", path) is expected


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("2", 2), ("0.5", 0.5), ("0", 0), ("3600", 10), ("-1", None), ("inf", None), ("x", None)],
)
def test_a_crawl_delay_has_a_cap(value: str, seconds: float | None) -> None:
    assert rules(f"User-agent: *\nCrawl-delay: {value}").crawl_delay == seconds


# --- bounds -------------------------------------------------------------------------------------

HEAD = "User-agent: *\nAllow: /\n"


@pytest.mark.parametrize("filler", ["#", "é"])
def test_a_file_is_cut_at_the_end_of_a_line(filler: str) -> None:
    size = len(filler.encode())
    rule = "\nDisallow: /page/private"
    padding = filler * ((MAX_BYTES - len(HEAD + "#" + rule)) // size + 5)
    assert allowed(f"{HEAD}#{padding}{rule}", "/page/public")


def test_rules_before_the_cut_count() -> None:
    assert not allowed(f"User-agent: *\nDisallow: /\n{'#' * MAX_BYTES}")
    assert not allowed(f"User-agent: *\rDisallow: /\r{'#' * MAX_BYTES}")


def test_a_file_of_one_endless_line_says_nothing() -> None:
    assert allowed("User-agent: * " * MAX_BYTES)


def repeated(line: str) -> str:
    """A robots.txt of many lines, each with another number in it."""
    count = MAX_BYTES // len(line)
    return "User-agent: *\nUser-agent: x\n" + "".join(line.format(i) for i in range(count))


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\nDisallow: /" + "*a" * 200 + "b",
        "User-agent: *\nDisallow: /" + "*a" * 200_000 + "b",
        repeated("Disallow: /" + "*a" * 20 + "b{:06}\n"),
        repeated("Disallow: /*" + "a" * 40 + "b{:06}" + "a" * 40 + "\n"),
        repeated("Allow:*{:06}$\n"),
        "".join(f"User-agent: a{i}\n" for i in range(5_000)) + "Disallow: /\n" * 10_000,
        "User-agent: *\n" + "user" + " " * 500_000,
    ],
    ids=["stars", "more stars", "wildcards", "long needles", "ends", "names by rules", "blanks"],
)
def test_a_hostile_file_is_read_and_asked_quickly(text: str) -> None:
    with cpu_seconds_at_most(10):
        found = rules(text)
        assert all(found.allowed(f"{SITE}/{'a' * 60_000}") for _ in range(5))


def test_the_start_of_a_long_url_is_matched() -> None:
    assert not allowed("User-agent: *\nDisallow: /a", "/a" * 100_000)


# --- the file -----------------------------------------------------------------------------------


@pytest.mark.parametrize("user_agent", ["bot", "bot/1", "bot/1 (x/y)", "bot (x/y)"])
def test_the_product_token_ends_at_version_and_comment(user_agent: str) -> None:
    assert product_token(user_agent) == "bot"


@pytest.mark.parametrize(
    ("age", "fresh"),
    [
        (timedelta(), True),
        (timedelta(hours=23, minutes=59), True),
        (timedelta(hours=24), False),
        # The clock was set back.
        (-timedelta(seconds=1), False),
    ],
)
def test_a_file_is_fresh_for_a_day(age: timedelta, *, fresh: bool) -> None:
    file = RobotsFile(origin=SITE, status_code=200, text="", fetched_at=NOW - age)
    assert is_fresh(file, NOW) is fresh


# --- sitemaps -----------------------------------------------------------------------------------


def test_sitemaps_are_named_outside_of_groups_too() -> None:
    text = "Sitemap: https://example.org/a.xml\nUser-agent: x\nDisallow: /\nsitemap: /b.xml"
    assert rules(text).sitemaps == ("https://example.org/a.xml", "/b.xml")
    assert rules("User-agent: *").sitemaps == ()
