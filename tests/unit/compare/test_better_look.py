import pytest

from crawler.compare import is_better
from crawler.model import Verdict
from tests.support.comparing import BLOCKED, DEAD, FAILING, MOVED, OK, SKIPPED, SUSPECT

WORSE_AND_WORSE = (OK, MOVED, BLOCKED, SUSPECT, DEAD, FAILING, SKIPPED)


@pytest.mark.parametrize("first", WORSE_AND_WORSE)
@pytest.mark.parametrize("second", WORSE_AND_WORSE)
def test_the_better_look_is_kept_and_the_later_of_two_equals(
    first: Verdict, second: Verdict
) -> None:
    earlier_is_better = WORSE_AND_WORSE.index(first) < WORSE_AND_WORSE.index(second)
    assert is_better(second, first) is not earlier_is_better
