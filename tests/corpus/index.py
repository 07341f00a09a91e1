"""Pure: all cases of the corpus, in parts that are scored apart."""

from tests.corpus import (
    default_living,
    default_pages,
    failures,
    hijack,
    homes,
    listed_resources,
    living,
    living_short,
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
    walls,
    redirects,
    odd,
    failures,
)
OUTSIDER = (outsider, outsider_missing, outsider_taken)
PARTS = {
    "made beside the rules": RULES,
    "made by an outsider": OUTSIDER,
    "default pages": (default_pages, default_living),
    "the 100 resources": (listed_resources,),
}
"""A later part does not change the figures of those before it."""
PART_OF = {
    case.name: part for part, modules in PARTS.items() for one in modules for case in one.CASES
}
"""The part of each case, by its name."""
CASES = tuple(case for modules in PARTS.values() for one in modules for case in one.CASES)
