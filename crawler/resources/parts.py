"""Pure: the parts of a list that is checked over several nights; a registrable domain is whole in one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from crawler import urls
from crawler.errors import ConfigError
from crawler.model import Resource
from crawler.text import clean

MOST = 1000
"""Parts of a list."""
_WRITTEN = re.compile(r"(next|[0-9]{1,4})/([0-9]{1,4})")
_SHOWN = 40
"""Characters of a wrong value that an error shows."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of so many parts of a list."""

    number: int | None
    """From 1; None for the part whose turn it is."""
    count: int

    def __str__(self) -> str:
        return f"{self.number or 'next'}/{self.count}"


def parse(text: str) -> Part:
    """The part that is written so: `3/10`, or `next/10` for the one that has waited longest.

    Raises:
        ConfigError: there is no such part.
    """
    found = _WRITTEN.fullmatch(text)
    count = int(found[2]) if found else 0
    number = int(found[1]) if found and found[1] != "next" else None
    is_within = 1 <= (number or 1) <= count <= MOST and number != 0
    if not is_within:
        of = count if 1 <= count <= MOST else 10
        raise ConfigError(
            f"--part {clean(text, _SHOWN)}: no such part; give 1/{of} to {of}/{of}, or next/{of} for "
            f"the part that has waited longest (at most {MOST} parts)"
        )
    return Part(number, count)


def number_of(url: str, count: int) -> int:
    """The part, from 1, in which all URLs of a registrable domain are; it depends on nothing else."""
    site = "" if urls.problem(url) else urls.domain(urls.target_uri(url))
    digest = blake2b(site.encode(), digest_size=8).digest()
    return int.from_bytes(digest) % count + 1


def within(resources: Iterable[Resource], part: Part) -> tuple[Resource, ...]:
    """The resources of that part, in their order."""
    return tuple(one for one in resources if number_of(one.url, part.count) == part.number)


def next_of(count: int, checked: Mapping[int, int]) -> Part:
    """The part whose turn it is: one that was never checked, else the one that has waited longest.

    `checked` has the number of the last run over each part.
    """
    return Part(min(range(1, count + 1), key=lambda number: checked.get(number, 0)), count)
