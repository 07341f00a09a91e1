from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.compare import classify, is_in_trouble
from crawler.model import (
    Check,
    Context,
    FindingClass,
    Mute,
    Reason,
    Record,
    Standing,
    State,
    WarningCode,
)
from tests.support.builders import NOW, make_check, make_judgement, make_resource
from tests.support.comparing import BLOCKED, DEAD, FAILING, MOVED, OK, SKIPPED, SUSPECT

EXPIRING = make_judgement(OK, warnings=(WarningCode.SLOW, WarningCode.TLS_EXPIRES_SOON))


@pytest.mark.parametrize(
    ("state", "check", "expected"),
    [
        (State.BROKEN, make_check(DEAD), FindingClass.BROKEN),
        (State.BROKEN, make_check(BLOCKED), FindingClass.BROKEN),
        (State.SUSPECT, make_check(SUSPECT), FindingClass.SUSPECT),
        (State.SUSPECT, make_check(SKIPPED), FindingClass.SUSPECT),
        (State.FAILING, make_check(FAILING), FindingClass.FAILING),
        (State.FAILING, make_check(BLOCKED), FindingClass.FAILING),
        (State.HEALTHY, make_check(MOVED), FindingClass.MOVED),
        (State.HEALTHY, make_check(OK), FindingClass.HEALTHY),
        (State.HEALTHY, make_check(Reason.NOT_MODIFIED), FindingClass.HEALTHY),
        (State.HEALTHY, make_check(BLOCKED), FindingClass.BLOCKED),
        (State.HEALTHY, make_check(SKIPPED), FindingClass.SKIPPED),
        (State.NEW, make_check(BLOCKED), FindingClass.BLOCKED),
        (State.NEW, make_check(SKIPPED), FindingClass.SKIPPED),
        (State.NEW, None, FindingClass.SKIPPED),
        (State.HEALTHY, make_check(EXPIRING), FindingClass.TLS_EXPIRING),
        (
            State.HEALTHY,
            make_check(make_judgement(MOVED, warnings=EXPIRING.warnings)),
            FindingClass.MOVED,
        ),
        (
            State.BROKEN,
            make_check(make_judgement(DEAD, warnings=EXPIRING.warnings)),
            FindingClass.BROKEN,
        ),
        (
            State.NEW,
            make_check(make_judgement(BLOCKED, warnings=EXPIRING.warnings)),
            FindingClass.BLOCKED,
        ),
        (
            State.HEALTHY,
            make_check(make_judgement(BLOCKED, warnings=EXPIRING.warnings)),
            FindingClass.TLS_EXPIRING,
        ),
    ],
)
def test_a_finding_is_classed_by_state_and_latest_check(
    state: State, check: Check | None, expected: FindingClass
) -> None:
    record = Record(resource=make_resource(), standing=Standing(state=state), check=check)
    assert classify(record, NOW) is expected


@pytest.mark.parametrize(
    ("state", "check", "expected"),
    [
        (State.FAILING, make_check(FAILING), True),
        (State.FAILING, make_check(BLOCKED), True),
        (State.BROKEN, make_check(DEAD), True),
        (State.SUSPECT, make_check(SUSPECT), True),
        (State.SUSPECT, None, True),
        (State.HEALTHY, make_check(BLOCKED), False),
        (State.HEALTHY, make_check(MOVED), False),
        (State.NEW, make_check(SKIPPED), False),
        (State.BROKEN, make_check(Reason.INVALID_URL), False),
        (State.SUSPECT, make_check(SUSPECT, context=Context(collapsed=3)), False),
    ],
)
def test_another_look_is_for_what_fails_or_is_in_doubt(
    state: State, check: Check | None, expected: bool
) -> None:
    record = Record(resource=make_resource(), standing=Standing(state=state), check=check)
    assert is_in_trouble(record, NOW) is expected
    muted = Mute(until=NOW.date() + timedelta(days=1))
    assert not is_in_trouble(replace(record, mute=muted), NOW)
