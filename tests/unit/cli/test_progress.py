"""Progress: a line for each resource off the terminal, a bar on it."""

import io

import pytest
from rich.console import Console
from rich.progress import Progress

from crawler.cli import progress
from crawler.crawl import Progress as Crawling
from crawler.model import Check, Reason
from tests.support.builders import make_check, make_resource


def _crawling(*checks: Check, asking: tuple[str, ...] = ()) -> Crawling:
    return Crawling(checks=checks, done=len(checks), total=9, asking=asking, budget_left=75.4)


def _check(url: str, reason: Reason = Reason.OK, key: str = "1") -> Check:
    return make_check(reason, resource=make_resource(url, key=key))


def test_a_line_names_verdict_reason_and_url(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.listener(quiet=False, verbose=False) as listen:
        listen(_crawling(_check("https://a.test/"), _check("https://b.test/", Reason.HTTP_404)))
    assert capsys.readouterr().err == "ok ok https://a.test/\ndead http_404 https://b.test/\n"


def test_a_line_stays_one_line_and_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.listener(quiet=False, verbose=False) as listen:
        listen(_crawling(_check("https://a.test/[bold]\n\x1b[31mred", Reason.INVALID_URL)))
    expected = "dead invalid_url https://a.test/[bold] [31mred\n"
    assert capsys.readouterr().err == expected


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.listener(quiet=True, verbose=False) as listen:
        listen(_crawling(_check("https://a.test/")))
    assert capsys.readouterr().err == ""


def _shown(*crawlings: Crawling) -> str:
    console = Console(file=io.StringIO(), force_terminal=True, width=200)
    with Progress(*progress.columns(), console=console) as bar:
        show = progress.Bar(bar, console, verbose=False)
        for crawling in crawlings:
            show(crawling)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_bar_counts_the_latest_verdict_of_each_resource() -> None:
    first = _check("https://a.test/", Reason.HTTP_404)
    better = _check("https://a.test/")
    other = _check("https://b.test/", key="2")
    assert "ok 2" in _shown(_crawling(first, other), _crawling(better))


def test_the_bar_names_some_of_the_hosts_it_waits_for_and_the_time_left() -> None:
    shown = _shown(_crawling(asking=("a.test", "b.test", "c.test", "d.test", "e.test")))
    assert "waiting for a.test, b.test, c.test and 2 more" in shown
    assert "1:15 left" in shown
