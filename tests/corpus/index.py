"""Pure: all cases of the corpus, in parts that are scored apart."""

from tests.corpus import (
    closed,
    default_living,
    default_pages,
    failures,
    hijack,
    homes,
    later_nights,
    listed_resources,
    living,
    living_short,
    long_walls,
    neighbours,
    odd,
    one_page,
    outsider,
    outsider_missing,
    outsider_taken,
    parked,
    redirects,
    second_outsider,
    shells,
    soft404,
    soft404_marks,
    walls,
)

RULES = (
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
    one_page,
    failures,
)
OUTSIDER = (outsider, outsider_missing, outsider_taken)
PARTS = {
    "made beside the rules": tuple(case for one in RULES for case in one.CASES),
    "made by an outsider": tuple(case for one in OUTSIDER for case in one.CASES),
    "default pages": (*default_pages.CASES, *default_living.CASES),
    "the 100 resources": listed_resources.CASES,
    "their other addresses": listed_resources.OTHER_CASES,
    "services that ended": closed.CASES,
    "made by a second outsider": second_outsider.CASES,
}
"""A later part does not change the figures of those before it."""
PART_OF = {case.name: part for part, cases in PARTS.items() for case in cases}
"""The part of each case, by its name."""
CASES = tuple(case for cases in PARTS.values() for case in cases)
