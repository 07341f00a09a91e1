"""Pure: all cases of the corpus, in groups."""

from tests.corpus import (
    failures,
    hijack,
    homes,
    living,
    living_short,
    neighbours,
    odd,
    one_page,
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
    walls,
    redirects,
    odd,
    one_page,
    failures,
    outsider,
    outsider_missing,
    outsider_taken,
)
CASES = tuple(case for group in GROUPS for case in group.CASES)
