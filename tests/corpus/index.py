"""Pure: all cases of the corpus, in groups."""

from tests.corpus import (
    failures,
    hijack,
    homes,
    living,
    odd,
    parked,
    redirects,
    shells,
    soft404,
    walls,
)

GROUPS = (living, shells, soft404, homes, parked, hijack, walls, redirects, odd, failures)
CASES = tuple(case for group in GROUPS for case in group.CASES)
