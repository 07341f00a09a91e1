"""Pure: the 100 resources of the list, each as its site answers today as far as that is known."""

from tests.corpus import listed_learning, listed_reference, listed_services, listed_ways
from tests.corpus.listed import cases_of

_ALL = cases_of(
    (*listed_learning.ROWS, *listed_reference.ROWS, *listed_services.ROWS, *listed_ways.ROWS)
)
CASES = tuple(case for case in _ALL if case.group == "listed")
OTHER_CASES = tuple(case for case in _ALL if case.group != "listed")
"""Other addresses of theirs, and further ways of well-known sites."""
