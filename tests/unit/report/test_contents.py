from dataclasses import replace
from datetime import timedelta

import pytest

from crawler import report
from crawler.model import ChangeKind, Reason, Record, State
from crawler.report import as_markdown
from tests.support.report_builders import (
    BEFORE,
    NIGHT,
    make_change,
    make_record,
    make_resource,
    make_run,
    make_snapshot,
)
from tests.support.report_scenarios import bad_night, first_look, quiet_night


def broken(line: int) -> Record:
    return make_record(make_resource(line), Reason.HTTP_404, state=State.BROKEN)


@pytest.mark.parametrize(
    ("waiting", "new", "headline"),
    [
        (0, 0, "No link needs you."),
        (1, 0, "1 link needs you."),
        (1, 1, "1 link needs you, new on 2026-11-21."),
        (3, 0, "3 links need you."),
        (3, 1, "3 links need you, 1 of them new on 2026-11-21."),
        (3, 3, "3 links need you, all new on 2026-11-21."),
    ],
)
def test_headline_says_how_many_need_you(waiting: int, new: int, headline: str) -> None:
    records = [broken(line) for line in range(2, 2 + waiting)]
    changes = tuple(
        make_change(ChangeKind.BROKE, record.resource, None, "dead http_404")
        for record in records[:new]
    )
    assert report.build(make_snapshot(*records, changes=changes)).headline == headline


def test_headline_says_what_came_back() -> None:
    change = make_change(ChangeKind.RECOVERED, None, "dead http_404", "ok ok")
    built = report.build(make_snapshot(make_record(), changes=(change,)))
    assert built.headline == "No link needs you. 1 came back on 2026-11-21."


def test_link_that_broke_and_recovered_since_is_not_counted_as_new() -> None:
    change = make_change(ChangeKind.BROKE, None, None, "dead http_404")
    assert report.build(make_snapshot(make_record(), changes=(change,))).headline == (
        "No link needs you."
    )


@pytest.mark.parametrize(
    ("record", "headline"),
    [
        (make_record(), "First look, a baseline. Nothing is confirmed yet."),
        (broken(2), "First look, a baseline."),
    ],
)
def test_first_look_is_a_baseline(record: Record, headline: str) -> None:
    assert report.build(make_snapshot(record, first=True)).headline == headline


def test_first_look_reports_no_changes() -> None:
    built = report.build(first_look())
    assert built.is_first_look
    assert (built.events, built.changed_on) == ((), "")


@pytest.mark.parametrize(
    ("records", "tally"),
    [
        ((), "0 links"),
        ((make_record(),), "1 link: 1 works"),
        ((make_record(), make_record(make_resource(3))), "2 links: 2 work"),
        ((make_record(), broken(3)), "2 links: 1 works, 1 broken"),
        ((Record(resource=make_resource()),), "1 link: 1 not checked yet"),
    ],
)
def test_tally_counts_every_link_once(records: tuple[Record, ...], tally: str) -> None:
    assert report.build(make_snapshot(*records)).tally == tally


def test_run_is_quiet_when_the_last_event_is_older() -> None:
    change = make_change(ChangeKind.TITLE, None, "Old", "New")
    assert not report.build(make_snapshot(make_record(), changes=(change,))).is_quiet
    assert report.build(make_snapshot(make_record())).is_quiet
    older = make_snapshot(make_record(), changes=(change,), changed_at=BEFORE)
    assert report.build(older).is_quiet
    assert report.build(older).changed_on == "2026-11-20"


def test_quiet_night_leaves_the_bytes_alone() -> None:
    assert as_markdown.render(report.build(quiet_night())) == as_markdown.render(
        report.build(bad_night())
    )


def test_order_and_times_of_checks_leave_no_trace() -> None:
    """The same night, finished in another order, at other times, over a faster line, unmodified."""
    snapshot = bad_night()
    later = NIGHT + timedelta(minutes=11, milliseconds=7)

    def again(record: Record) -> Record:
        check = record.check
        assert check is not None
        judgement = check.judgement
        if judgement.reason is Reason.OK:
            judgement = replace(judgement, reason=Reason.NOT_MODIFIED)
        return replace(
            record,
            check=replace(
                check,
                judgement=judgement,
                checked_at=later,
                elapsed=timedelta(seconds=1),
                attempts=3,
                looks=2,
                address="192.0.2.1",
            ),
        )

    other = replace(
        snapshot,
        run=make_run(NIGHT, 999),
        records={key: again(snapshot.records[key]) for key in reversed([*snapshot.records])},
        changes=snapshot.changes[::-1],
    )
    assert as_markdown.render(report.build(other)) == as_markdown.render(report.build(snapshot))
