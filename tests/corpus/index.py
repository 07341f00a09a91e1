"""Pure: all cases of the corpus, in groups."""

from tests.corpus import living

CASES = (*living.CASES,)
