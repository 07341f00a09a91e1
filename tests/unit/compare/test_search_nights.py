"""For which resources a new address is looked for, and when again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crawler.compare import is_lost, is_search_due
from crawler.model import Mute, Reason, Record, Searched, State
from tests.support.report_builders import NIGHT, make_record, make_resource

LOST = make_record(make_resource(), Reason.HTTP_404, state=State.BROKEN)
MUTED = replace(LOST, mute=Mute(until=date(2026, 12, 24)))


@pytest.mark.parametrize(
    ("record", "is_wanted"),
    [
        (LOST, True),
        (make_record(make_resource(), Reason.REDIRECTED_TO_HOME, state=State.BROKEN), True),
        (make_record(make_resource(), Reason.HTTP_404), False),
        (make_record(make_resource(), Reason.SUSPECT_REPLACED), False),
        (make_record(make_resource(), Reason.INVALID_URL, state=State.BROKEN), False),
        (MUTED, False),
        (replace(MUTED, mute=Mute(until=date(2026, 11, 21))), True),
        (make_record(), False),
    ],
)
def test_what_is_confirmed_is_lost(record: Record, is_wanted: bool) -> None:
    assert is_lost(record, NIGHT) is is_wanted


def searched(times: int, nights_ago: int) -> Searched:
    first = NIGHT - timedelta(days=nights_ago)
    return Searched(resource_url=LOST.resource.url, first_at=first, last_at=first, times=times)


@pytest.mark.parametrize(
    ("times", "nights"), [(1, 7), (2, 30), (3, 90), (4, 150), (5, 210), (6, 270)]
)
def test_a_search_is_made_again_after_so_many_nights(times: int, nights: int) -> None:
    assert not is_search_due(searched(times, nights - 1), LOST, NIGHT)
    assert is_search_due(searched(times, nights), LOST, NIGHT)


def test_what_was_never_searched_to_the_end_is_due() -> None:
    assert is_search_due(None, LOST, NIGHT)
    assert is_search_due(searched(0, 0), LOST, NIGHT)


def test_another_url_is_due() -> None:
    other = replace(searched(1, 0), resource_url="https://elsewhere.example/")
    assert is_search_due(other, LOST, NIGHT)


def test_nights_are_counted_by_date_in_the_zone() -> None:
    first = datetime(2026, 11, 14, 3, 20, tzinfo=UTC)
    one = Searched(resource_url=LOST.resource.url, first_at=first, last_at=first, times=1)
    earlier_in_the_night = datetime(2026, 11, 21, 3, 10, tzinfo=UTC)
    assert is_search_due(one, LOST, earlier_in_the_night)
    evening_before = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert not is_search_due(one, LOST, evening_before)
    assert is_search_due(one, LOST, evening_before.astimezone(ZoneInfo("Europe/Berlin")))
