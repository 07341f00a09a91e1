"""What a person can do now."""

import pytest

from crawler import report
from crawler.model import Reason, Record, State
from crawler.report.page import tasks
from crawler.report.page.tasks import Difference, Task
from tests.support.report_builders import make_record, make_resource, make_snapshot

NEW = "https://new.example/"


def moved(url: str, to: str, reason: Reason = Reason.PERMANENT_REDIRECT) -> Record:
    return make_record(make_resource(2, url=url), reason, suggested_url=to)


def task_of(record: Record) -> Task:
    built = report.build(make_snapshot(record))
    return tasks.task(built, built.findings[0])


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        (
            make_record(make_resource(2, url="no url"), Reason.INVALID_URL, state=State.BROKEN),
            "correct",
        ),
        (make_record(reason=Reason.HTTP_404, state=State.BROKEN), "replace"),
        (make_record(reason=Reason.SUSPECT_SOFT_404), "look"),
        (moved("https://old.example/", NEW), "other_host"),
        (moved("https://new.example/a", "https://new.example/b"), "same_host"),
        (moved("http://new.example/", NEW, Reason.HTTPS_UPGRADE), "spelling"),
        (
            moved("https://new.example/a/", "https://new.example/a", Reason.TRIVIAL_REDIRECT),
            "spelling",
        ),
    ],
)
def test_each_link_is_in_the_group_of_what_is_to_be_done(record: Record, kind: str) -> None:
    (group,) = tasks.groups(report.build(make_snapshot(record)))
    assert (group.kind, len(group.findings)) == (kind, 1)


def test_nothing_is_to_be_done_about_what_may_pass() -> None:
    records = [make_record(make_resource(2), Reason.HTTP_5XX), make_record(make_resource(3))]
    assert tasks.groups(report.build(make_snapshot(*records))) == ()


def test_what_is_in_doubt_can_be_accepted_at_once() -> None:
    records = [make_record(make_resource(n), Reason.SUSPECT_REPLACED) for n in (5, 6)]
    (group,) = tasks.groups(report.build(make_snapshot(*records)))
    assert group.copied == "crawler accept 4 5"


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("http://a.example/", "https://a.example/", ("http", "", "s", "://a.example/")),
        ("https://a.example/x", "https://b.example/x", ("https://", "a", "b", ".example/x")),
        ("https://a.example/a", "https://a.example/a/b", ("https://a.example/a", "", "/b", "")),
        ("https://a.example/aa", "https://a.example/a", ("https://a.example/a", "a", "", "")),
    ],
)
def test_difference_of_two_addresses_is_their_middle(
    before: str, after: str, difference: tuple[str, str, str, str]
) -> None:
    found = task_of(moved(before, after)).difference
    assert found is not None
    assert found == Difference(
        begin=difference[0], before=difference[1], after=difference[2], end=difference[3]
    )
    assert found.begin + found.before + found.end == before
    assert found.begin + found.after + found.end == after


def test_searches_lead_to_the_archive_of_its_last_good_day() -> None:
    url = "https://a.example/guide?x=1&y=2"
    record = make_record(
        make_resource(2, url=url), Reason.HTTP_404, state=State.BROKEN, page_title="A & B: guide"
    )
    assert task_of(record).searches == (
        ("Archived copy", f"https://web.archive.org/web/20261120/{url}"),
        ("Search by title", "https://duckduckgo.com/?q=A+%26+B%3A+guide"),
        ("Front page", "https://a.example/"),
    )


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://a.example/", Reason.HTTP_404),
        ("https://a.example/guide", Reason.DNS_NOT_FOUND),
    ],
)
def test_front_page_is_offered_only_where_it_may_help(url: str, reason: Reason) -> None:
    record = make_record(make_resource(2, url=url), reason, state=State.BROKEN)
    assert "Front page" not in dict(task_of(record).searches)
