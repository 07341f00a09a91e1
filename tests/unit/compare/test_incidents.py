from crawler.compare import mute
from crawler.model import ChangeKind, Ending, FindingClass, Incident, Mute, Reason
from tests.support.builders import NOW, hours, make_check
from tests.support.comparing import (
    BLOCKED,
    CONFIRM,
    DEAD,
    OK,
    SUSPECT,
    TONIGHT,
    compare_night,
    kinds_of,
    make_record,
    play_nights,
    whole_record,
)


def test_an_incident_is_one_outage_from_its_first_check_to_its_end() -> None:
    nights = play_nights(OK, DEAD, DEAD, DEAD, BLOCKED, SUSPECT, OK)
    (incident,) = nights[-1].records[0].incidents
    assert incident == Incident(
        since=NOW + hours(24),
        opened=NOW + hours(48),
        cause=Reason.HTTP_404,
        closed=NOW + hours(144),
        ending=Ending.RECOVERED,
    )
    (change,) = nights[-1].changes
    assert (change.kind, change.since) == (ChangeKind.RECOVERED, NOW + hours(24))


def test_a_resource_that_leaves_the_list_takes_its_incident_to_its_end() -> None:
    broken = make_record(make_check(DEAD), broken=True)
    comparison = whole_record({"1": broken}, [], [], CONFIRM, TONIGHT)
    (gone,) = comparison.removed
    assert [(i.ending, i.closed) for i in gone.incidents] == [(Ending.REMOVED, TONIGHT)]


OUTAGE = (DEAD, DEAD, OK)


def test_three_outages_within_fourteen_nights_flap_and_are_reported_once_a_week() -> None:
    nights = play_nights(OK, *OUTAGE * 8, *[OK] * 14)
    events = [
        (night, change.kind, change.after)
        for night, comparison in enumerate(nights)
        for change in comparison.changes
    ]
    broke, recovered = ChangeKind.BROKE, ChangeKind.RECOVERED
    first, second = (1, 2, 3), (4, 5, 6)
    assert [(night, kind) for night, kind, _ in events[:6]] == [
        (night, kind)
        for nights in (first, second)
        for night, kind in zip(nights, (ChangeKind.CLASS, broke, recovered), strict=True)
    ]
    assert events[6][:2] == (7, ChangeKind.CLASS)
    flapping = [(night, after) for night, kind, after in events[7:] if kind is ChangeKind.FLAPPING]
    assert len(flapping) == len(events[7:])
    assert flapping == [(8, "3"), (15, "5"), (22, "4"), (29, "3"), (31, None)]


def test_what_flaps_is_heard_of_again_when_its_mute_ends() -> None:
    flapping = play_nights(OK, *OUTAGE * 3)[-1].records[0]
    assert flapping.reported is not None
    assert flapping.reported.outages == 3
    night = flapping.reported.told_at + hours(48)
    muted = mute(flapping, Mute(until=(night + hours(24)).date()), night)
    later = night + hours(24)
    known = {muted.resource.key: muted}
    compared = compare_night(known, make_check(OK, checked_at=later))
    assert kinds_of(compared) == [ChangeKind.CLASS]
    (record,) = compared.records
    assert record.reported is not None
    assert record.reported.kind is FindingClass.HEALTHY
    assert record.reported.outages == 3


def test_two_outages_do_not_flap() -> None:
    nights = play_nights(OK, *OUTAGE * 2, *[OK] * 9, *OUTAGE)
    assert all(c.kind is not ChangeKind.FLAPPING for night in nights for c in night.changes)
