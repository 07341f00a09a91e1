"""Pure: all cases of the corpus, in groups."""

from tests.corpus import hijack, homes, living, parked, shells, soft404

GROUPS = (living, shells, soft404, homes, parked, hijack)
CASES = tuple(case for group in GROUPS for case in group.CASES)
