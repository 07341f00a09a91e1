"""Pure: the 100 resources of the list, each as its site answers today as far as that is known."""

from tests.corpus import listed_learning, listed_reference, listed_services
from tests.corpus.listed import cases_of

ROWS = (*listed_learning.ROWS, *listed_reference.ROWS, *listed_services.ROWS)
CASES = cases_of(ROWS, "listed")
