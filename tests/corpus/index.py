"""Pure: all cases of the corpus, in groups."""

from tests.corpus import (
    failures,
    hijack,
    homes,
    later_nights,
    living,
    living_short,
    long_walls,
    neighbours,
    odd,
    outsider,
    outsider_missing,
    outsider_taken,
    parked,
    redirects,
    shells,
    soft404,
    soft404_marks,
    walls,
)

GROUPS = (
    living,
    living_short,
    shells,
    neighbours,
    soft404,
    soft404_marks,
    homes,
    parked,
    hijack,
    later_nights,
    long_walls,
    walls,
    redirects,
    odd,
    failures,
    outsider,
    outsider_missing,
    outsider_taken,
)
CASES = tuple(case for group in GROUPS for case in group.CASES)
