"""Pure: all cases of the corpus, in groups."""

from tests.corpus import (
    hijack,
    homes,
    living,
    outsider,
    outsider_missing,
    outsider_taken,
    parked,
    shells,
    soft404,
)

GROUPS = (
    living,
    shells,
    soft404,
    homes,
    parked,
    hijack,
    outsider,
    outsider_missing,
    outsider_taken,
)
CASES = tuple(case for group in GROUPS for case in group.CASES)
