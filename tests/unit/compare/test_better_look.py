import pytest

from crawler.compare import better
from crawler.model import Verdict
from tests.support.builders import NOW, hours, make_check
from tests.support.comparing import BLOCKED, DEAD, FAILING, MOVED, OK, SKIPPED, SUSPECT

WORSE_AND_WORSE = (OK, MOVED, BLOCKED, SUSPECT, DEAD, FAILING, SKIPPED)


@pytest.mark.parametrize("first", WORSE_AND_WORSE)
@pytest.mark.parametrize("second", WORSE_AND_WORSE)
def test_the_better_look_is_kept_and_the_later_of_two_equals(
    first: Verdict, second: Verdict
) -> None:
    looks = make_check(first), make_check(second, checked_at=NOW + hours(1))
    earlier_is_better = WORSE_AND_WORSE.index(first) < WORSE_AND_WORSE.index(second)
    assert better(*looks) is (looks[0] if earlier_is_better else looks[1])
