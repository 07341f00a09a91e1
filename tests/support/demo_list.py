"""The packaged list as resources, for the tests of the made-up web."""

import csv

from crawler.demo import list_lines
from crawler.model import Resource


def listed() -> tuple[Resource, ...]:
    rows = csv.DictReader(line.decode() for line in list_lines())
    return tuple(
        Resource(
            key=row["number"],
            number=int(row["number"]),
            title=row["title"],
            url=row["url"],
            category=row["category"],
            line=line,
        )
        for line, row in enumerate(rows, 2)
    )
