from dataclasses import replace
from datetime import timedelta

import pytest

from crawler import report
from crawler.model import ChangeKind, Reason, Record, State, WarningCode
from crawler.report import as_markdown
from crawler.report.wording import reason_words
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


def moved(line: int) -> Record:
    return make_record(
        make_resource(line), Reason.PERMANENT_REDIRECT, suggested_url="https://new.example/"
    )


WRONG = make_record(make_resource(9), Reason.INVALID_URL, state=State.BROKEN)
DOUBTFUL = make_record(make_resource(8), Reason.SUSPECT_REPLACED)
GONE = make_record(make_resource(7), Reason.HTTP_404)


@pytest.mark.parametrize(
    ("records", "headline"),
    [
        ((make_record(),), "Nothing needs you."),
        ((GONE,), "Nothing needs you."),
        ((broken(2),), "1 to mend."),
        ((broken(2), DOUBTFUL, GONE), "2 to mend."),
        ((moved(2),), "1 address to take over."),
        ((broken(2), moved(3), moved(4)), "1 to mend, 2 addresses to take over."),
        (
            (WRONG, broken(2), moved(3)),
            "1 wrong in the list itself, 1 to mend, 1 address to take over.",
        ),
    ],
)
def test_headline_says_what_a_person_can_do_now(
    records: tuple[Record, ...], headline: str
) -> None:
    assert report.build(make_snapshot(*records)).headline == headline


@pytest.mark.parametrize("kind", [ChangeKind.RECOVERED, ChangeKind.BROKE])
def test_headline_says_nothing_of_what_is_over(kind: ChangeKind) -> None:
    change = make_change(kind, None, "dead http_404", "ok ok")
    built = report.build(make_snapshot(make_record(), changes=(change,)))
    assert built.headline == "Nothing needs you."


@pytest.mark.parametrize(
    ("record", "headline"),
    [
        (make_record(), "First look, a baseline. Nothing is confirmed yet. Nothing needs you."),
        (broken(2), "First look, a baseline. 1 to mend."),
        (
            GONE,
            "First look, a baseline. Nothing is confirmed yet. 1 seems gone, to be confirmed.",
        ),
    ],
)
def test_first_look_is_a_baseline(record: Record, headline: str) -> None:
    assert report.build(make_snapshot(record, first=True)).headline == headline


def test_what_seems_gone_at_first_has_the_step_that_it_will_have() -> None:
    first, later = (report.build(make_snapshot(GONE, first=first)) for first in (True, False))
    assert first.findings[0].step == reason_words.REASONS[Reason.HTTP_404].step
    assert later.findings[0].step == reason_words.WAIT
    assert (first.totals.to_act_on, later.totals.to_act_on) == (len(first.findings), 0)


def test_warnings_are_grouped_by_kind_and_the_rare_kinds_come_first() -> None:
    insecure, empty = WarningCode.INSECURE_HTTP, WarningCode.EMPTY_BODY
    records = [
        make_record(make_resource(line), warnings=warnings)
        for line, warnings in enumerate([(insecure,), (insecure, empty), (WarningCode.SLOW,)], 2)
    ]
    built = report.build(make_snapshot(*records))
    told = [(code, [f.resource.line for f in found]) for code, found in built.noticed]
    assert told == [(empty, [3]), (insecure, [2, 3])]


def test_only_warnings_that_are_told_are_in_reports() -> None:
    record = make_record(warnings=(WarningCode.INSECURE_HTTP, WarningCode.SLOW))
    snapshot = replace(make_snapshot(record), reported_warnings=(WarningCode.SLOW,))
    assert [code for code, _ in report.build(snapshot).noticed] == [WarningCode.SLOW]


def test_first_look_reports_no_changes() -> None:
    built = report.build(first_look())
    assert built.is_first_look
    assert (built.events, built.changed_on) == ((), "")


def test_what_an_interrupted_run_brings_after_the_first_one_is_news() -> None:
    """It is no complete run, but what it has confirmed is told like that of any other."""
    change = make_change(ChangeKind.BROKE)
    snapshot = make_snapshot(
        broken(change.resource.line),
        changes=(change,),
        changed_at=NIGHT + timedelta(days=1),
        first=True,
    )
    built = report.build(snapshot)
    assert not built.is_first_look
    assert built.headline == "1 to mend."
    assert [event.change for event in built.events] == [change]


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
