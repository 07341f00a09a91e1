import pytest

from crawler.compare import classify
from crawler.model import Check, FindingClass, Reason, Record, Standing, State, WarningCode
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
