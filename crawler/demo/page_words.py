"""IO: what the pages of the made-up web say; read from a file of the package."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PageWords:
    """What a page declares about itself."""

    title: str
    description: str


@cache
def page_words() -> Mapping[int, PageWords]:
    """By number of the resource; titles look like those of the real sites, descriptions are ours."""
    text = files("crawler.demo").joinpath("page_words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {int(row["number"]): PageWords(row["title"], row["description"]) for row in rows}
