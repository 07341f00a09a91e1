"""Pure: all cases of the corpus, in groups."""

from tests.corpus import homes, living, shells, soft404

CASES = (*living.CASES, *shells.CASES, *soft404.CASES, *homes.CASES)
