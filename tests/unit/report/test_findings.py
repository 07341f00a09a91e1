from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from crawler.compare import mute
from crawler.model import FindingClass, Mute, Reason, Record, Standing, State, WarningCode
from crawler.report.findings import (
    Finding,
    SectionKind,
    by_section,
    day,
    list_findings,
    web_address,
)
from crawler.report.wording import reason_words
from tests.support.report_builders import NIGHT, make_record, make_resource


def find(record: Record) -> Finding:
    (finding,) = list_findings([record], NIGHT)
    return finding


def sections(findings: list[Finding], *, is_first_look: bool = False) -> list[SectionKind]:
    """The sections that are not empty."""
    found = by_section(findings, is_first_look=is_first_look)
    return [section for section, members in found.items() if members]


def test_day_is_that_of_the_zone_and_of_utc_without_one() -> None:
    there = timezone(timedelta(hours=5))
    moment = datetime(2026, 11, 22, 3, 0, tzinfo=there)
    assert [day(moment, zone) for zone in (there, UTC, None)] == [
        "2026-11-22",
        "2026-11-21",
        "2026-11-21",
    ]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://Example.org", "https://example.org/"),
        ("https://example.org/ü b", "https://example.org/%C3%BC%20b"),
        ("javascript:alert(1)", None),
        ("mailto:us@example.org", None),
        ("no address", None),
        ("", None),
        (None, None),
    ],
)
def test_web_address_is_http_or_nothing(url: str | None, address: str | None) -> None:
    assert web_address(url) == address


def test_order_is_class_then_date_then_line() -> None:
    def broken(line: int, since: datetime) -> Record:
        resource = make_resource(line)
        return make_record(resource, Reason.HTTP_404, state=State.BROKEN, since=since)

    records = [
        make_record(make_resource(2)),
        make_record(make_resource(3), Reason.HTTPS_UPGRADE),
        broken(4, NIGHT),
        broken(6, NIGHT - timedelta(days=1)),
        broken(5, NIGHT - timedelta(days=1) + timedelta(seconds=3)),
        Record(resource=make_resource(1)),
    ]
    lines = [finding.resource.line for finding in list_findings(records, NIGHT)]
    assert lines == [5, 6, 4, 3, 2, 1]
    assert list_findings(reversed(records), NIGHT) == list_findings(records, NIGHT)


def test_resource_without_a_check_is_not_looked_at_yet() -> None:
    finding = find(Record(resource=make_resource(), standing=Standing()))
    assert (finding.kind, finding.what) == (None, "It has not been checked yet.")
    assert (finding.since, finding.last_worked, finding.warnings) == ("", "", ())
    assert finding.new_url is None
    assert sections([finding]) == []


def test_status_stands_in_the_sentence() -> None:
    assert "(status 422)" in find(make_record(reason=Reason.HTTP_4XX, status=422)).what


@pytest.mark.parametrize(
    ("reason", "state", "step"),
    [
        (Reason.HTTP_5XX, State.FAILING, reason_words.WAIT),
        (Reason.HTTP_5XX, State.BROKEN, reason_words.REASONS[Reason.HTTP_5XX].step),
        (Reason.INVALID_URL, State.FAILING, reason_words.REASONS[Reason.INVALID_URL].step),
    ],
)
def test_what_may_pass_asks_for_nothing_until_confirmed(
    reason: Reason, state: State, step: str
) -> None:
    assert find(make_record(reason=reason, state=state)).step == step


@pytest.mark.parametrize(
    ("warnings", "not_after", "phrases"),
    [
        ((), None, ()),
        ((WarningCode.SLOW, WarningCode.NOINDEX), None, ()),
        (
            (WarningCode.FRAGMENT_MISSING, WarningCode.TITLE_MISMATCH),
            None,
            ("the URL's fragment is not on the page", "the page's title does not fit the list's"),
        ),
        ((WarningCode.TLS_EXPIRES_SOON,), None, ("its certificate expires soon",)),
        (
            (WarningCode.TLS_EXPIRES_SOON,),
            datetime(2026, 12, 1, tzinfo=UTC),
            ("its certificate expires on 2026-12-01",),
        ),
    ],
)
def test_warnings_worth_a_look_have_a_phrase(
    warnings: tuple[WarningCode, ...], not_after: datetime | None, phrases: tuple[str, ...]
) -> None:
    assert find(make_record(warnings=warnings, not_after=not_after)).noticed == phrases


@pytest.mark.parametrize(
    ("reason", "state", "first", "section"),
    [
        (Reason.HTTP_404, State.BROKEN, False, SectionKind.BROKEN),
        (Reason.HTTP_404, State.BROKEN, True, SectionKind.BROKEN),
        (Reason.HTTP_404, State.FAILING, True, SectionKind.GONE),
        (Reason.HTTP_404, State.FAILING, False, SectionKind.FAILING),
        (Reason.HTTP_5XX, State.FAILING, True, SectionKind.FAILING),
        (Reason.OK, State.SUSPECT, False, SectionKind.SUSPECT),
        (Reason.PERMANENT_REDIRECT, State.HEALTHY, False, SectionKind.MOVED),
        (Reason.FORBIDDEN, State.HEALTHY, False, SectionKind.BLOCKED),
        (Reason.EXCLUDED, State.NEW, False, SectionKind.BLOCKED),
    ],
)
def test_finding_has_its_section(
    reason: Reason, state: State, first: bool, section: SectionKind
) -> None:
    finding = find(make_record(reason=reason, state=state))
    assert sections([finding], is_first_look=first) == [section]


@pytest.mark.parametrize("warnings", [(), (WarningCode.TLS_EXPIRES_SOON,)])
def test_what_works_has_no_section(warnings: tuple[WarningCode, ...]) -> None:
    finding = find(make_record(warnings=warnings))
    assert finding.kind in {FindingClass.HEALTHY, FindingClass.TLS_EXPIRING}
    assert sections([finding]) == []


def test_what_is_muted_is_reported_as_such_though_it_flaps() -> None:
    muted = mute(make_record(), Mute(until=NIGHT.date() + timedelta(days=1)), NIGHT)
    assert muted.reported is not None
    flapping = replace(muted, reported=replace(muted.reported, outages=3))
    assert sections([find(flapping)]) == [SectionKind.MUTED]


def test_the_title_of_the_page_stands_for_one_that_the_list_lacks() -> None:
    bare, titled = make_resource(title=""), make_resource(title="Raft")
    assert find(make_record(bare, page_title="Raft, explained")).name == "Raft, explained"
    assert find(make_record(titled, page_title="Raft, explained")).name == "Raft"
    assert find(make_record(bare)).name == ""
