"""Progress: a line for each resource off the terminal, a bar on it."""

import io
from collections import Counter
from dataclasses import replace

import pytest
from rich.console import Console

from crawler.cli import progress, progress_bar
from crawler.crawl import Progress
from crawler.guard import Outage
from crawler.model import Check, Facts, Failure, FailureKind, Phase, Reason
from tests.support.builders import make_check, make_resource


def _crawling(
    *checks: Check,
    done: int = 0,
    asking: tuple[str, ...] = (),
    budget_left: float = 75.4,
    in_doubt: int = 0,
) -> Progress:
    return Progress(
        checks=checks,
        done=done or len(checks),
        total=9,
        asking=asking,
        budget_left=budget_left,
        verdicts=Counter(check.judgement.verdict for check in checks),
        in_doubt=in_doubt,
    )


def _check(url: str, reason: Reason = Reason.OK, key: str = "1") -> Check:
    return make_check(reason, resource=make_resource(url, key=key))


def test_a_line_names_verdict_reason_and_url(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.display(quiet=False, verbose=False) as show:
        show(_crawling(_check("https://a.test/"), _check("https://b.test/", Reason.HTTP_404)))
    assert capsys.readouterr().err == "ok ok https://a.test/\ndead http_404 https://b.test/\n"


@pytest.mark.promise("37")
def test_a_line_stays_one_line_and_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.display(quiet=False, verbose=False) as show:
        show(_crawling(_check("https://a.test/[bold]\n\x1b[31mred", Reason.INVALID_URL)))
    expected = "dead invalid_url https://a.test/[bold] [31mred\n"
    assert capsys.readouterr().err == expected


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.display(quiet=True, verbose=False) as show:
        show(_crawling(_check("https://a.test/")))
    assert capsys.readouterr().err == ""


def _unreached(url: str, key: str) -> Check:
    failure = Failure(
        kind=FailureKind.DNS_ERROR, phase=Phase.RESOLVE, target_uri=url, code="EAI_AGAIN"
    )
    check = make_check(Reason.DNS_ERROR, resource=make_resource(url, key=key))
    return replace(check, facts=Facts(outcome=failure))


OUTAGE = Outage(hosts=5, unreached=3, canaries=3)


@pytest.mark.parametrize(("distrust", "mark"), [(None, ""), (OUTAGE, "untrusted ")])
def test_what_was_not_reached_waits_until_it_is_known_whether_the_run_is_trusted(
    distrust: Outage | None, mark: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress.display(quiet=False, verbose=False) as show:
        show(_crawling(_unreached("https://a.test/", "1"), _check("https://b.test/", key="2")))
        show(_crawling(_unreached("https://c.test/", "3")))
        show(_crawling(_check("https://c.test/", key="3")))
        show.end(distrust)
    assert capsys.readouterr().err.splitlines() == [
        "ok ok https://b.test/",
        "ok ok https://c.test/",
        f"{mark}failing dns_error https://a.test/",
    ]


def test_what_waits_is_told_even_when_the_run_fails(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        with progress.display(quiet=False, verbose=False) as show:
            show(_crawling(_unreached("https://a.test/", "1")))
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        fail()
    assert capsys.readouterr().err == "failing dns_error https://a.test/\n"


# --- the bar ------------------------------------------------------------------------------------


def _shown(
    *crawlings: Progress, width: int = 80, is_over: bool = False, distrust: Outage | None = None
) -> str:
    bar = progress_bar.Bar()
    for crawling in crawlings:
        bar.update(crawling)
    if is_over:
        bar.end(distrust)
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(bar.shown())
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_bar_keeps_its_counts_in_any_terminal(width: int) -> None:
    reasons = (
        Reason.OK,
        Reason.PERMANENT_REDIRECT,
        Reason.SUSPECT_SOFT_404,
        Reason.HTTP_404,
        Reason.HTTP_5XX,
        Reason.FORBIDDEN,
        Reason.EXCLUDED,
    )
    checks = [_check(f"https://{n}.test/", one, key=f"{n}") for n, one in enumerate(reasons)]
    shown = _shown(_crawling(*checks, asking=("a-long-name.of-a-host.test",) * 9), width=width)
    words = " ".join(shown.split())
    assert "7/9" in words
    assert "ok 1 moved 1 suspect 1 dead 1 failing 1 blocked 1 skipped 1" in words
    assert all(len(line) <= width for line in shown.splitlines())


def test_the_bar_names_some_of_the_hosts_it_waits_for() -> None:
    shown = _shown(_crawling(asking=("a.test", "b.test", "c.test", "d.test", "e.test")))
    assert "waiting for a.test, b.test, c.test and 2 more" in shown


def test_the_end_is_estimated_apart_from_the_budget() -> None:
    begun, later = _crawling(done=1, budget_left=900), _crawling(done=3, budget_left=890)
    assert "budget 15:00" in _shown(begun)
    assert "to go" not in _shown(begun)
    assert "3/9  about 0:30 to go  budget 14:50" in _shown(begun, later)
    stopped = _crawling(done=3, budget_left=5)
    assert "about" not in _shown(begun, later, stopped)
    assert "about 0:05 to go" in _shown(_crawling(done=2, budget_left=15), stopped)


def test_what_is_slow_is_not_estimated_to_end_in_a_moment() -> None:
    begun, almost = _crawling(done=1, budget_left=900), _crawling(done=8, budget_left=898)
    assert "about 0:01 to go" in _shown(begun, almost)
    assert "about 0:12 to go" in _shown(begun, almost, _crawling(done=8, budget_left=886))


def test_the_bar_says_how_many_second_looks_are_left() -> None:
    assert "9/9  second looks: 1  budget 1:15" in _shown(_crawling(done=9, in_doubt=1))
    assert "second" not in _shown(_crawling(done=8, in_doubt=1))
    assert "second" not in _shown(_crawling(done=9, in_doubt=1), _crawling(done=9))


def test_at_the_end_the_bar_stays_with_its_counts_alone() -> None:
    crawling = _crawling(_check("https://a.test/"), asking=("b.test",))
    shown = _shown(crawling, is_over=True)
    assert [line.rstrip()[-3:] for line in shown.splitlines()] == ["1/9", "k 1"]
    assert "untrusted: ok 1" in _shown(crawling, is_over=True, distrust=OUTAGE)
