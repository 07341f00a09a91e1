"""Messages: what is worth one, what it says, and that nothing foreign gets a format in it."""

import re
from datetime import timedelta

import pytest

from crawler import report
from crawler.model import ChangeKind, Message, Reason, Resource
from crawler.report import as_message
from tests.support.report_builders import NIGHT, make_change, make_record, make_snapshot

HOSTILE = (
    "**Free** [click](https://evil.example) <b>now</b> @everyone #1 `x` www.evil.example ~~a~~"
)


def _resource(number: int, title: str = "") -> Resource:
    return Resource(
        key=str(number),
        number=number,
        title=title or f"Resource {number}",
        url=f"https://example.org/{number}/a_b",
        line=number + 1,
        file="resources.csv",
    )


def _message(*numbers: int, title: str = "", kind: ChangeKind = ChangeKind.BROKE) -> Message:
    resources = [_resource(number, title) for number in numbers]
    changes = tuple(
        make_change(kind, resource=one, before="ok ok", after="dead http_404", since=NIGHT)
        for one in resources
    )
    records = [make_record(one, Reason.HTTP_404, since=NIGHT) for one in resources]
    return as_message.of_news(report.build(make_snapshot(*records, changes=changes)), changes)


def test_a_message_says_what_is_new_and_what_to_do() -> None:
    message = _message(7)
    assert message.title == "Links of resources.csv: 1 new"
    assert "New (1)" in message.text
    assert "No. 7, resources.csv:8: Resource 7" in message.text
    assert "https://example.org/7/a%5Fb" in message.text
    assert "→ " in message.text


def test_hostile_titles_are_plain_text() -> None:
    message = _message(7, title=HOSTILE)
    assert not re.search(r"[*`\[\]<>~|_\\&]|@(?!\u200b)|#(?!\u200b)", message.text)
    assert re.findall(r"https?://\S+", message.text) == ["https://example.org/7/a%5Fb"]
    assert "www.evil" not in message.text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("New address: https://a.example/@x*y", "New address: https://a.example/%40x%2Ay"),
        ("    https://a.example/(1)", "    https://a.example/(1)"),
        ("Click https://a.example/", "Click https:\u200b//a.example/"),
        ("Now at https://a.example/ @all", "Now at https:\u200b//a.example/ @\u200ball"),
        ("    -> Look at `crawler accept 1`", "    → Look at 'crawler accept 1'"),
        ("a\u202eb\x1b[31mc", "ab(31mc"),
    ],
)
def test_only_addresses_on_their_own_stay_links(line: str, expected: str) -> None:
    assert as_message.plain(line) == expected


def test_a_night_with_much_news_stays_short_and_says_so() -> None:
    message = _message(*range(1, 300), title="x" * 290)
    assert len(message.text) <= as_message.MAX_CHARACTERS
    assert message.text.endswith("… and more: the report has it.")
    assert message.title == "Links of resources.csv: 299 new"


@pytest.mark.parametrize(
    ("kind", "field", "is_news"),
    [
        (ChangeKind.BROKE, None, True),
        (ChangeKind.SUSPECTED, None, True),
        (ChangeKind.RECOVERED, None, True),
        (ChangeKind.CLASS, "failing", False),
        (ChangeKind.TITLE, None, False),
        (ChangeKind.ADDED, None, False),
    ],
)
def test_trouble_and_its_end_are_news(kind: ChangeKind, field: str | None, is_news: bool) -> None:
    change = make_change(kind, before="ok ok", after="failing http_5xx", field=field)
    assert as_message.is_news([change]) is is_news


def test_messages_are_joined_under_the_title_of_the_first() -> None:
    one, two = Message(title="A", text="a"), Message(title="B", text="b")
    assert as_message.joined([one, two]) == Message(title="A", text="a\n\nB\nb")
    assert as_message.joined([]) is None


def test_the_week_says_how_things_stand() -> None:
    record = make_record(_resource(7), Reason.HTTP_404, since=NIGHT - timedelta(days=9))
    message = as_message.of_week(report.build(make_snapshot(record)))
    assert message.title == "Links of resources.csv: this week"
    assert "1 link" in message.text
