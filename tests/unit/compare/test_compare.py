from dataclasses import replace

import pytest
from hypothesis import given

from crawler.compare import accept, advance, mute, revoke
from crawler.config import ConfirmSettings
from crawler.model import (
    Accepted,
    Change,
    ChangeKind,
    Check,
    Ending,
    FindingClass,
    LastGood,
    Mute,
    Reason,
    Record,
    Standing,
    State,
    Verdict,
    WarningCode,
)
from tests.support.builders import (
    NOW,
    URL,
    hours,
    make_check,
    make_facts,
    make_judgement,
    make_page,
    make_resource,
)
from tests.support.comparing import (
    AT_ONCE,
    BLOCKED,
    CONFIRM,
    CONFIRMS,
    DEAD,
    FAILING,
    OK,
    SUSPECT,
    TONIGHT,
    Comparison,
    compare_night,
    histories,
    kinds_of,
    make_record,
    play_nights,
    tonight,
    whole_record,
)


def test_a_first_run_adds_nothing_and_has_no_events() -> None:
    one = make_check(OK, resource=make_resource(number=1))
    two = make_check(DEAD, resource=make_resource(number=2))
    comparison = compare_night({}, one, two)
    assert comparison.changes == ()
    assert [r.standing.state for r in comparison.records] == [State.HEALTHY, State.FAILING]
    assert [r.check for r in comparison.records] == [one, two]


def test_a_first_check_can_break_where_one_is_enough() -> None:
    comparison = compare_night({}, make_check(DEAD), confirm=AT_ONCE)
    (change,) = comparison.changes
    assert (change.kind, change.before, change.after) == (
        ChangeKind.BROKE,
        None,
        "dead http_404",
    )


def test_a_resource_new_to_the_list_is_added_and_one_gone_is_removed() -> None:
    left, stayed = make_resource(number=1), make_resource(number=2, url="https://example.org/2")
    new = make_resource(number=3, url="https://example.org/3")
    before = {r.key: Record(resource=r, check=make_check(resource=r)) for r in (left, stayed)}
    comparison = compare_night(before, make_check(resource=new), make_check(resource=stayed))
    assert comparison.changes == (
        Change(kind=ChangeKind.ADDED, resource=new, after="https://example.org/3"),
        Change(kind=ChangeKind.REMOVED, resource=left, before=URL),
    )
    assert [record.resource for record in comparison.removed] == [left]
    assert [record.resource for record in comparison.records] == [new, stayed]


def test_a_replaced_url_starts_anew_under_its_key() -> None:
    broken = make_record(make_check(DEAD, page=make_page("Old")), broken=True)
    replaced = make_resource("https://example.net/raft")
    check = make_check(DEAD, resource=replaced, checked_at=TONIGHT)
    comparison = compare_night(broken, check)
    assert comparison.changes == (
        Change(
            kind=ChangeKind.URL_CHANGED,
            resource=replaced,
            before=URL,
            after="https://example.net/raft",
            since=NOW,
        ),
    )
    (record,) = comparison.records
    assert (record.resource, record.check) == (replaced, check)
    assert record.standing == Standing(state=State.FAILING, streak=1, dead_streak=1, since=TONIGHT)
    (incident,) = record.incidents
    assert (incident.ending, incident.closed) == (Ending.FIXED_IN_LIST, TONIGHT)


def test_a_new_title_in_the_list_is_no_event() -> None:
    renamed = make_resource(title="Raft, in practice")
    comparison = compare_night(make_record(make_check()), make_check(resource=renamed))
    assert comparison.changes == ()
    assert comparison.records[0].resource == renamed


def test_a_check_out_of_budget_concludes_nothing() -> None:
    known = make_record(make_check(OK))
    comparison = compare_night(known, tonight(Reason.OUT_OF_BUDGET))
    assert comparison == Comparison(records=(known,), changes=(), removed=())


def test_a_resource_that_was_never_reached_has_no_check() -> None:
    comparison = compare_night({}, make_check(Reason.OUT_OF_BUDGET))
    assert comparison.records == (Record(resource=make_resource()),)


def test_a_resource_without_a_check_in_this_run_stays_as_it_was() -> None:
    known = make_record(make_check(DEAD))
    comparison = whole_record({"1": known}, [known.resource], [], CONFIRM, TONIGHT)
    assert comparison == Comparison(records=(known,), changes=(), removed=())


@pytest.mark.parametrize("said", [DEAD, FAILING, BLOCKED, SUSPECT, Reason.NOT_MODIFIED])
def test_the_last_good_page_is_kept_beside_a_check_without_one(said: Verdict | Reason) -> None:
    known = make_record(make_check(page=make_page("Practical Raft")))
    check = tonight(said)
    (record,) = compare_night(known, check).records
    assert record.last_good is known.last_good
    assert record.check is check


def test_a_page_that_was_not_modified_is_the_last_good_one_where_it_was_found_now() -> None:
    good = make_page("Practical Raft")
    elsewhere = make_facts(url="https://example.org/new", status_code=304)
    check = make_check(Reason.NOT_MODIFIED, facts=elsewhere, page=good, checked_at=TONIGHT)
    comparison = compare_night(make_record(make_check(page=good)), check)
    assert comparison.records[0].last_good == LastGood(page=good, url="https://example.org/new")
    assert comparison.changes == ()


def test_the_page_of_an_error_is_never_a_good_one() -> None:
    good, error = make_page("Practical Raft"), make_page("Page not found")
    known = make_record(make_check(page=good))
    comparison = compare_night(known, tonight(DEAD, page=error))
    assert kinds_of(comparison) == [ChangeKind.CLASS]
    assert comparison.records[0].last_good is known.last_good


# --- what a person says ----------------------------------------------------------------------------


def test_a_muted_resource_is_not_heard_of_until_the_day() -> None:
    broken = play_nights(OK, DEAD, DEAD)[-1].records[0]
    muted = mute(broken, Mute(until=(NOW + hours(120)).date()), NOW + hours(50))
    assert muted.reported is not None
    assert muted.reported.kind is FindingClass.MUTED
    known = {muted.resource.key: muted}
    kinds = []
    for night in range(3, 7):
        comparison = compare_night(known, make_check(DEAD, checked_at=NOW + hours(24 * night)))
        known = {r.resource.key: r for r in comparison.records}
        kinds.append(kinds_of(comparison))
    assert kinds == [[], [], [ChangeKind.BROKE], []]
    assert len(known["1"].incidents) == 1


def test_a_mute_can_be_taken_back() -> None:
    broken = play_nights(OK, DEAD, DEAD)[-1].records[0]
    muted = mute(broken, Mute(until=(NOW + hours(480)).date()), NOW + hours(50))
    heard = mute(muted, None, NOW + hours(50))
    assert heard.reported is not None
    assert heard.reported.kind is FindingClass.BROKEN


def test_an_accepted_page_is_healthy_and_ends_its_incident() -> None:
    broken = play_nights(OK, DEAD, DEAD)[-1].records[0]
    at = NOW + hours(60)
    settled = accept(broken, make_check(OK, checked_at=NOW + hours(48)), Accepted(title="A"), at)
    assert settled.standing.state is State.HEALTHY
    assert [i.ending for i in settled.incidents] == [Ending.ACCEPTED]
    assert settled.reported is not None
    assert settled.reported.kind is FindingClass.HEALTHY
    assert compare_night(settled, make_check(OK, checked_at=NOW + hours(72))).changes == ()


def test_what_is_not_accepted_any_more_is_as_it_was() -> None:
    confirm, at = ConfirmSettings(), NOW + hours(60)
    for checks, kind in (
        ((OK, DEAD, DEAD), FindingClass.BROKEN),
        ((OK, SUSPECT), FindingClass.SUSPECT),
    ):
        before = play_nights(*checks)[-1].records[0]
        assert before.check is not None
        well = make_check(OK, checked_at=before.check.checked_at)
        accepted = accept(before, well, Accepted(title="A"), at)
        revoked = revoke(accepted, before.check, confirm, at)
        assert revoked.accepted is None
        assert revoked.incidents == before.incidents
        assert revoked.standing.state is before.standing.state
        assert revoked.reported is not None
        assert revoked.reported.kind is kind
        again = replace(before.check, checked_at=NOW + hours(72))
        assert compare_night(revoked, again).changes == ()


def test_what_is_well_without_being_accepted_stays_healthy() -> None:
    broken = play_nights(OK, DEAD, DEAD)[-1].records[0]
    well = make_check(OK, checked_at=NOW + hours(48))
    at = NOW + hours(60)
    revoked = revoke(accept(broken, well, Accepted(), at), well, ConfirmSettings(), at)
    assert revoked.standing.state is State.HEALTHY
    assert [incident.ending for incident in revoked.incidents] == [Ending.ACCEPTED]


# --- what is reported ------------------------------------------------------------------------------


def test_what_is_reported_stays_until_an_event() -> None:
    nights = play_nights(OK, OK, OK, FAILING, FAILING)
    assert nights[0].records[0].reported == nights[2].records[0].reported
    assert nights[3].records[0].reported == nights[4].records[0].reported


def test_a_warning_that_comes_or_goes_is_reported_when_it_is_one_that_lasts() -> None:
    def warned(*warnings: WarningCode) -> Check:
        return make_check(make_judgement(OK, warnings=warnings), checked_at=TONIGHT)

    plain = make_record(make_check(OK))
    assert compare_night(plain, warned(WarningCode.SLOW, WarningCode.NOINDEX)).changes == ()
    comparison = compare_night(plain, warned(WarningCode.FRAGMENT_MISSING, WarningCode.SLOW))
    (change,) = comparison.changes
    assert (change.kind, change.field, change.before, change.after) == (
        ChangeKind.METADATA,
        "warnings",
        None,
        "fragment_missing",
    )
    assert compare_night(comparison.records[0], warned(WarningCode.FRAGMENT_MISSING)).changes == ()
    assert kinds_of(compare_night(comparison.records[0], warned())) == [ChangeKind.METADATA]


def test_a_resource_first_reached_on_a_later_night_is_reported() -> None:
    reached, late = make_resource(number=1), make_resource(number=2, url=f"{URL}/2")
    before = compare_night(
        {},
        make_check(OK, resource=reached),
        make_check(Reason.OUT_OF_BUDGET, resource=late),
    )
    known = {r.resource.key: r for r in before.records}
    checks = [make_check(OK, resource=r, checked_at=TONIGHT) for r in (reached, late)]
    comparison = compare_night(known, *checks)
    (change,) = comparison.changes
    assert (change.kind, change.resource, change.before) == (ChangeKind.CLASS, late, None)


# --- whole runs ------------------------------------------------------------------------------------


VERDICT_EVENTS = {
    ChangeKind.BROKE,
    ChangeKind.RECOVERED,
    ChangeKind.MOVED,
    ChangeKind.SUSPECTED,
    ChangeKind.CLASS,
    ChangeKind.FLAPPING,
}


@given(histories(), CONFIRMS)
def test_over_any_history_events_agree_with_the_standing(
    history: tuple[Check, ...], confirm: ConfirmSettings
) -> None:
    known: dict[str, Record] = {}
    for check in history:
        comparison = compare_night(known, check, confirm=confirm, now=check.checked_at)
        (record,) = comparison.records
        kinds = set(kinds_of(comparison))
        before = known.get("1", Record(resource=check.resource))
        assert record.standing == advance(before.standing, check, confirm)
        assert _open(record) is (record.standing.state is State.BROKEN)
        assert len(kinds & VERDICT_EVENTS) == len(kinds) <= 1
        assert record.reported is not None
        if ChangeKind.FLAPPING not in kinds and not record.reported.outages:
            broke = _open(record) and not _open(before)
            assert (ChangeKind.BROKE in kinds) is broke
            was_reported_broken = (
                before.reported is not None and before.reported.kind is FindingClass.BROKEN
            )
            recovers = was_reported_broken and record.standing.state is State.HEALTHY
            assert (ChangeKind.RECOVERED in kinds) is recovers
        assert kinds or record.reported == before.reported or before.reported is None
        known = {"1": record}


def _open(record: Record) -> bool:
    return any(incident.closed is None for incident in record.incidents)
