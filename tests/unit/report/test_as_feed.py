from dataclasses import replace
from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest

from crawler import report
from crawler.model import Change, ChangeKind, Snapshot
from crawler.report import as_feed
from crawler.report.nights import by_night
from tests.support.report_builders import (
    NIGHT,
    make_change,
    make_record,
    make_resource,
    make_run,
    make_snapshot,
)
from tests.support.report_forms import ATOM, feed, xml
from tests.support.report_scenarios import bad_night, first_look, quiet_night


def text_of(parent: Element, name: str) -> str:
    found = parent.find(f"{ATOM}{name}")
    assert found is not None, name
    assert found.text
    return found.text


def content(snapshot: Snapshot) -> str:
    entry = xml(feed(snapshot)).find(f"{ATOM}entry")
    assert entry is not None
    return text_of(entry, "content")


def feed_of_nights(count: int) -> Element:
    """A feed with an event on each of so many nights."""
    change = make_change(ChangeKind.BROKE, after="dead http_404")
    dated = [(NIGHT + timedelta(days=n), change) for n in range(count)]
    snapshot = make_snapshot(make_record())
    nights = by_night(dated, snapshot.zone)
    return xml("".join(as_feed.render(report.build(snapshot), nights[::-1])))


def test_feed_and_entries_have_what_rfc_4287_asks_for() -> None:
    root = xml(feed(bad_night()))
    assert root.tag == f"{ATOM}feed"
    author = root.find(f"{ATOM}author")
    assert author is not None
    assert text_of(author, "name")
    (entry,) = root.findall(f"{ATOM}entry")
    for parent in (root, entry):
        for name in ("title", "id", "updated"):
            assert text_of(parent, name)
            assert len(parent.findall(f"{ATOM}{name}")) == 1
        assert text_of(parent, "id").startswith("urn:uuid:")
    assert text_of(root, "updated") == text_of(entry, "updated") == "2026-11-21T03:17:00Z"


def test_feed_without_events_has_no_entry() -> None:
    root = xml(feed(make_snapshot(make_record())))
    assert root.findall(f"{ATOM}entry") == []
    assert text_of(root, "updated")


def test_a_quiet_night_leaves_the_bytes_alone() -> None:
    earlier, later = (
        replace(snapshot, first_at=NIGHT) for snapshot in (bad_night(), quiet_night())
    )
    assert feed(earlier) == feed(later)


def test_identifiers_stay_when_a_night_gets_more_events() -> None:
    snapshot = replace(bad_night(), first_at=NIGHT)
    less = replace(snapshot, changes=snapshot.changes[:1], run=make_run(NIGHT, 30))
    another = replace(snapshot, resources_name="other.csv")
    one, same, other = (
        [found.text for found in xml(feed(each)).iter(f"{ATOM}id")]
        for each in (snapshot, less, another)
    )
    assert one == same
    assert not {*one} & {*other}


def test_latest_night_comes_first_and_their_number_is_bounded() -> None:
    entries = feed_of_nights(as_feed.NIGHTS + 5).findall(f"{ATOM}entry")
    assert len(entries) == as_feed.NIGHTS
    times = [text_of(entry, "updated") for entry in entries]
    assert times == sorted(times, reverse=True)
    assert len({text_of(entry, "id") for entry in entries}) == as_feed.NIGHTS


def test_a_long_group_is_cut() -> None:
    changes = tuple(
        make_change(ChangeKind.BROKE, make_resource(line), after="dead http_404")
        for line in range(2, as_feed.SHOWN + 5)
    )
    html = content(make_snapshot(make_record(), changes=changes))
    assert html.count("<li>") == as_feed.SHOWN + 1
    assert "and 3 more" in html


def test_steps_have_their_commands_as_code() -> None:
    change = make_change(ChangeKind.SUSPECTED, after="suspect suspect_replaced")
    html = content(make_snapshot(make_record(), changes=(change,)))
    assert "Look once: if it is right, <code>crawler accept 1</code> keeps it; otherwise" in html


def test_moves_name_the_new_address_and_pages_what_they_said() -> None:
    html = content(bad_night())
    new = "https://graphql.example/learn/start/"
    assert f'New address: <a href="{new}">{new}</a>' in html
    assert "title was <q>The Twelve-Factor App</q> and is <q>Twelve factors | the book</q>" in html


@pytest.mark.promise("36")
def test_hostile_text_stays_text() -> None:
    evil = make_resource(2, "<script>alert(1)</script>]]>\ufffe\x07", "javascript:alert(1)")
    change = Change(
        kind=ChangeKind.TITLE, resource=evil, before='"><img src=x>', after="&lt;b&gt;\ud800"
    )
    text = feed(make_snapshot(make_record(evil), changes=(change,)))
    assert "<script>" not in text
    html = content(make_snapshot(make_record(evil), changes=(change,)))
    assert "<code>&lt;script&gt;alert(1)&lt;/script&gt;]]&gt;" in html
    assert "href" not in html
    assert "&lt;img src=x&gt;" in html
    assert "&amp;lt;b&amp;gt;" in html


def test_first_look_is_no_event() -> None:
    snapshot = replace(first_look(), changes=(), changed_at=None)
    assert xml(feed(snapshot)).findall(f"{ATOM}entry") == []
