"""Which runs have a message for people, what it says, and what a failing service costs a run."""

import socket
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler import notify
from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.cli.messages import with_messages
from crawler.config import NotifySettings
from crawler.demo import scenarios
from crawler.demo.web import Web
from crawler.errors import LockedError, ResourcesError
from crawler.fetch import Resolver
from crawler.model import Message, Reason, Resource, Trigger
from crawler.notify import news
from crawler.run import RunResult
from tests.support.made_up_nights import Nights
from tests.support.short_web import FEW
from tests.support.webhook import webhook

pytestmark = pytest.mark.slow

FIRST, SECOND, *_ = (resource.number or 0 for resource in FEW)
GONE = scenarios.answers(404, Reason.HTTP_404)
DEAD_URL = "json://127.0.0.1:1/closed"


@pytest.fixture
def nights(tmp_path: Path, shared_web: Web) -> Nights:
    return Nights(tmp_path, shared_web, FEW, changed={"notify": NotifySettings(urls=(DEAD_URL,))})


async def _no_such_name(host: str, port: int) -> tuple[str, ...]:
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


def _only(resource: Resource, resolver: Resolver) -> Resolver:
    """Finds the name of that resource, and no other."""

    async def resolve(host: str, port: int) -> tuple[str, ...]:
        find = resolver if host in resource.url else _no_such_name
        return await find(host, port)

    return resolve


def _messages(
    nights: Nights, trigger: Trigger = Trigger.SCHEDULE, **after: float
) -> Sequence[Message]:
    """What one more run has to say."""
    known = notify.known_before(nights.settings)
    ran = nights.run(trigger, **after)
    return tuple(news.of_run(nights.settings, known, ran, nights.now))


def _titles(messages: Sequence[Message]) -> list[str]:
    return [one.title.partition(": ")[2] for one in messages]


def test_news_is_told_once_and_quiet_nights_say_nothing(nights: Nights) -> None:
    assert _messages(nights) == ()
    nights.play({FIRST: GONE})
    assert _messages(nights, hours=24) == ()
    (broke,) = _messages(nights, hours=24)
    assert broke.title == "Links of resources.csv: 1 new"
    assert FEW[0].title in broke.text
    assert _messages(nights, hours=24) == ()
    nights.play({})
    assert _titles(_messages(nights, hours=24)) == ["1 back"]


def test_the_first_look_is_told_if_something_needs_a_person(nights: Nights) -> None:
    nights.play({FIRST: GONE})
    (first,) = _messages(nights)
    assert first.title == "Links of resources.csv: first look"
    assert FEW[0].title in first.text


def test_a_recheck_tells_what_it_clears_and_nothing_else(nights: Nights) -> None:
    nights.play({FIRST: GONE, SECOND: GONE})
    nights.run()
    nights.run(hours=24)
    assert _messages(nights, Trigger.RECHECK, hours=1) == ()
    nights.play({SECOND: GONE})
    (cleared,) = _messages(nights, Trigger.RECHECK, hours=3)
    assert cleared.title == "Links of resources.csv: 1 back"
    nights.resolver = _no_such_name
    assert _messages(nights, Trigger.RECHECK, hours=8) == ()


def test_of_nights_without_network_the_first_is_told_and_then_the_silence(nights: Nights) -> None:
    nights.run()
    own, nights.resolver = nights.resolver, _no_such_name
    (first,) = _messages(nights, hours=24)
    assert first.title == "Links of resources.csv: the run is not trusted"
    assert "our own network seems to be down" in first.text
    assert _messages(nights, hours=24) == ()
    assert _titles(_messages(nights, hours=24)) == ["nights were missed"]
    assert _messages(nights, hours=24) == ()
    nights.resolver = own
    (over,) = _messages(nights, hours=24)
    assert over.text.startswith("The nights are back.")
    assert _messages(nights, hours=24) == ()


def test_what_an_untrusted_night_has_found_is_told_by_the_next_good_run(nights: Nights) -> None:
    nights.run()
    moves = {FIRST: scenarios.moved("https://hasura.io/new/")}
    nights.play(moves)
    own, nights.resolver = nights.resolver, _only(FEW[0], nights.web.resolver)
    assert _titles(_messages(nights, hours=24)) == ["the run is not trusted"]
    nights.resolver = own
    nights.play({**moves, SECOND: scenarios.moved("https://auth0.com/new/")})
    (both,) = _messages(nights, hours=24)
    assert both.title == "Links of resources.csv: 2 new"
    assert FEW[0].title in both.text
    assert FEW[1].title in both.text
    assert _messages(nights, hours=24) == ()


def test_what_a_run_has_found_before_a_signal_is_told_after_the_next(
    nights: Nights, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped() -> RunResult:
        return replace(nights.run(hours=24), signal=15)

    def clock() -> datetime:
        return nights.now

    nights.run()
    nights.play({FIRST: GONE})
    nights.run(hours=24)
    with webhook() as hook:
        nights.changed = {"notify": NotifySettings(urls=(hook.url,))}
        with_messages(nights.settings, stopped, clock)
        with_messages(nights.settings, stopped, clock)
        assert hook.taken == []
        with_messages(nights.settings, lambda: nights.run(hours=1), clock)
        (late,) = hook.taken
        assert late["title"] == "Links of resources.csv: 1 new"
        with_messages(nights.settings, lambda: nights.run(hours=1), clock)
    assert len(hook.taken) == 1
    assert capsys.readouterr().err == ""


def test_a_message_is_not_lost_when_the_process_ends_while_it_is_sent(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise SystemExit(143)

    nights.play({FIRST: GONE})
    with webhook() as hook:
        nights.changed = {"notify": NotifySettings(urls=(hook.url,))}
        with monkeypatch.context() as patched:
            patched.setattr(notify, "send", stopped)
            with pytest.raises(SystemExit):
                with_messages(nights.settings, nights.run, lambda: nights.now)
        with_messages(nights.settings, lambda: nights.run(hours=1), lambda: nights.now)
        (late,) = hook.taken
        assert late["title"] == "Links of resources.csv: first look"
        with_messages(nights.settings, lambda: nights.run(hours=1), lambda: nights.now)
    assert len(hook.taken) == 1


def test_three_nights_asleep_are_told_by_the_run_after_them(nights: Nights) -> None:
    nights.run()
    (missed,) = _messages(nights, hours=24 * 4)
    assert missed.text == (
        "The nights are back. The last good run before was on 2026-11-21 at 03:17 UTC: "
        "3 nights were missed."
    )


def test_a_digest_comes_with_the_first_quiet_run_of_a_week(nights: Nights) -> None:
    nights.play({FIRST: GONE})
    urls = (DEAD_URL,)
    nights.changed = {"notify": NotifySettings(urls=urls, weekly_digest=True)}
    nights.run()
    told = [_titles(_messages(nights, hours=24)) for _ in range(11)]
    # From Sunday 22 November; the second night breaks what the first found gone.
    assert told == [["1 new"], ["this week"], *[[]] * 6, ["this week"], [], []]
    nights.changed = {"notify": NotifySettings(urls=urls)}
    assert [_messages(nights, hours=24) for _ in range(7)] == [()] * 7


def test_a_list_that_cannot_be_read_is_told(nights: Nights) -> None:
    nights.run()
    path = Path(nights.settings.resources[0])
    path.write_text("nothing like a list\n", encoding="utf-8")
    known = notify.known_before(nights.settings)
    with pytest.raises(ResourcesError) as refused:
        nights.run(hours=24)
    (message,) = news.of_failure(nights.settings, known, refused.value, nights.now)
    assert message.title == "Links of resources.csv: the run failed"
    assert "resources.csv:1" in message.text


def test_a_run_is_as_it_would_be_whatever_the_services_do(
    nights: Nights, capsys: pytest.CaptureFixture[str]
) -> None:
    def clock() -> datetime:
        return nights.now

    nights.play({FIRST: GONE})
    ran = with_messages(nights.settings, nights.run, clock)
    assert ran.in_trouble == 1
    assert "Address 1 of 1 in notify.urls did not take the message." in capsys.readouterr().err
    with webhook() as hook:
        nights.changed = {"notify": NotifySettings(urls=(hook.url,))}
        with_messages(nights.settings, lambda: nights.run(hours=1), clock)
        (late,) = hook.taken
        assert late["title"] == "Links of resources.csv: first look"
        with_messages(nights.settings, lambda: nights.run(hours=1), clock)
    assert len(hook.taken) == 1
    assert capsys.readouterr().err == ""


def test_a_run_that_finds_another_going_on_or_is_interrupted_says_nothing(
    nights: Nights, capsys: pytest.CaptureFixture[str]
) -> None:
    def locked() -> RunResult:
        raise LockedError("another run is going on")

    with pytest.raises(LockedError):
        with_messages(nights.settings, locked)

    def stopped() -> RunResult:
        raise SystemExit(143)

    with pytest.raises(SystemExit):
        with_messages(nights.settings, stopped)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", [["run"], ["schedule"]])
def test_without_apprise_a_run_with_addresses_is_refused_before_anything_is_asked(
    nights: Nights,
    command: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    files = [f"--set={key}={nights.folder / key}" for key in ("database", "reports")]
    assert main([*command, *files, "--set", f"notify.urls={DEAD_URL}"]) == ExitStatus.USAGE
    assert "pip install 'resource-crawler[notify]'" in capsys.readouterr().err
    assert nights.web.requests == ()
    assert not (nights.folder / "database").exists()


def test_the_silence_ends_with_a_good_run_only(nights: Nights) -> None:
    nights.run()
    known = notify.known_before(nights.settings)
    error = OSError("the disk is full")
    late = nights.now + timedelta(days=5)
    told = [one.title for one in news.of_failure(nights.settings, known, error, late)]
    assert [title.partition(": ")[2] for title in told] == ["the run failed", "nights were missed"]


def test_the_doctor_finds_that_messages_cannot_be_sent(
    nights: Nights, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    files = [f"--set={key}={nights.folder / key}" for key in ("database", "reports")]
    files.append(f"--resources={nights.settings.resources[0]}")
    command = ["doctor", "--offline", *files]
    assert main(command) == ExitStatus.NOTHING_NEW
    assert main([*command, "--set", f"notify.urls={DEAD_URL}"]) == ExitStatus.INCOMPLETE
    told = capsys.readouterr().out
    assert "fail  settings: notify.urls is set, but Apprise is not installed" in told
