"""Messages on the wire: a web hook, a mail server, and services that are down, slow or unknown."""

import time
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from crawler import notify
from crawler.config import NotifySettings, Settings
from crawler.model import Message, RunStatus, Trigger, Unsent
from crawler.notify import Known, outbox
from crawler.notify.outbox import faults, letters, send
from crawler.run import RunResult
from crawler.store import Store
from tests.support.mail_server import mail_server
from tests.support.short_web import NIGHT
from tests.support.webhook import Webhook, webhook

pytest.importorskip("apprise")
pytestmark = pytest.mark.slow

MESSAGE = Message(title="Links of resources.csv: 1 new", text="No. 7: A page\n  It is broken.")
EARLIER = Message(title="Links of resources.csv: 2 back", text="Two pages work again.")
OUTAGE = OSError("the disk is full")


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with webhook() as hook:
        yield hook


def _settings(folder: Path, *urls: str) -> Settings:
    database = str(folder / "crawler.db")
    return replace(Settings(), database=database, notify=NotifySettings(urls=urls))


def _store_run(settings: Settings) -> None:
    with Store.open(settings.database) as store:
        run_id = store.runs.start(
            trigger=Trigger.SCHEDULE,
            started_at=NIGHT,
            version="1",
            list_digest="",
            settings_digest="",
        )
        store.finish_run(run_id, status=RunStatus.COMPLETE, finished_at=NIGHT)


def test_a_web_hook_gets_title_and_text_as_they_are(hook: Webhook) -> None:
    assert send(letters((hook.url,), MESSAGE, None)) == ()
    (taken,) = hook.taken
    assert (taken["title"], taken["message"]) == (MESSAGE.title, MESSAGE.text)


def test_a_mail_server_gets_a_mail_of_plain_text() -> None:
    with mail_server() as server:
        url = (
            f"mailto://127.0.0.1:{server.port}?from=crawler@lists.example"
            "&to=editor@lists.example&mode=insecure&format=text"
        )
        assert send(letters((url,), MESSAGE, None)) == ()
    (mail,) = server.envelopes
    assert mail.rcpt_tos == ["editor@lists.example"]
    parsed = message_from_bytes(mail.content, policy=policy.default)
    assert parsed["subject"] == MESSAGE.title
    body = parsed.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines()[:2] == MESSAGE.text.splitlines()


def test_each_address_is_served_whatever_becomes_of_the_others(hook: Webhook) -> None:
    urls = ("json://127.0.0.1:1/closed", hook.url, "unknown://service/x")
    assert send(letters(urls, MESSAGE, None)) == (1, 3)
    assert hook.titles == [MESSAGE.title]


def test_a_service_that_never_answers_costs_a_bounded_time(
    hook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook.status = 0
    monkeypatch.setattr(outbox, "SECONDS", 3.0)
    patient = hook.url + "?rto=300&cto=300"
    began = time.monotonic()
    assert send(letters((patient,), MESSAGE, None)) == (1,)
    assert time.monotonic() - began < 30


def test_a_message_that_is_not_taken_is_sent_once_more_and_then_given_up(
    tmp_path: Path, hook: Webhook
) -> None:
    settings = _settings(tmp_path, hook.url)
    _store_run(settings)
    hook.status = 500
    why = notify.about_failure(settings, notify.known_before(settings), OUTAGE, NIGHT)
    assert why.startswith("Address 1 of 1 in notify.urls did not take the message.")
    assert "a-secret" not in why
    known = notify.known_before(settings)
    assert known.unsent is not None
    assert known.unsent.message.title == "Links of resources.csv: the run failed"
    quiet = RunResult(status=RunStatus.COMPLETE)
    again = notify.about_run(settings, known, quiet, NIGHT)
    assert again == "Address 1 of 1 in notify.urls did not take the message."
    assert notify.known_before(settings).unsent is None


def test_what_was_not_taken_comes_with_the_next_message_and_to_those_only_who_miss_it(
    tmp_path: Path, hook: Webhook
) -> None:
    with webhook() as other:
        settings = _settings(tmp_path, hook.url, other.url)
        _store_run(settings)
        with Store.open(settings.database) as store:
            store.runs.keep_unsent(Unsent(message=EARLIER, places=(2,)))
        known = notify.known_before(settings)
        assert notify.about_failure(settings, known, OUTAGE, NIGHT) == ""
        failed = "Links of resources.csv: the run failed"
        assert (hook.titles, other.titles) == ([failed], [failed])
        assert EARLIER.text not in hook.taken[0]["message"]
        assert other.taken[0]["message"].endswith(f"{EARLIER.title}\n{EARLIER.text}")
    assert notify.known_before(settings).unsent is None


def test_without_news_no_process_is_started(tmp_path: Path) -> None:
    settings = _settings(tmp_path, "json://127.0.0.1:1/closed")
    quiet = RunResult(status=RunStatus.COMPLETE)
    assert notify.about_run(settings, Known(), quiet, NIGHT) == ""


def test_addresses_that_apprise_cannot_read_are_found_without_sending(
    tmp_path: Path, hook: Webhook
) -> None:
    settings = _settings(tmp_path, hook.url, "unknown://a-secret/x", "slack://short")
    assert faults(settings) == (
        "Apprise cannot read address 2 of 3 in notify.urls.",
        "Apprise cannot read address 3 of 3 in notify.urls.",
    )
    assert hook.taken == []
