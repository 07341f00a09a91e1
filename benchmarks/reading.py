"""IO: how many pages are read in a second of CPU, by the one function that reads pages."""

import time
from collections.abc import Sequence

from benchmarks import pages, web
from benchmarks.figures import Spread
from crawler import extract

SMALLEST, LARGEST = 44_000, 48_000
COUNT = 60
CONTENT_TYPE = "text/html; charset=utf-8"


def documents(count: int = COUNT) -> tuple[tuple[str, bytes], ...]:
    """URLs and contents of so many pages of some 46 kB, in all shapes and languages."""
    found: list[tuple[str, bytes]] = []
    number = 0
    while len(found) < count:
        path = f"/guides/{number}"
        content = pages.page(number, path)
        if SMALLEST <= len(content) <= LARGEST:
            found.append((f"https://h{number}.{web.DOMAIN}{path}", content))
        number += 1
    return tuple(found)


def pages_a_second(rounds: int, seconds: float) -> Spread:
    """Pages for each second of CPU, in rounds that take at least so many seconds of it."""
    chosen = documents()
    _once(chosen)  # what is made at first use
    return Spread(tuple(_round(chosen, seconds) for _ in range(rounds)))


def _round(chosen: Sequence[tuple[str, bytes]], seconds: float) -> float:
    start = time.process_time()
    count = 0
    while (spent := time.process_time() - start) < seconds:
        count += _once(chosen)
    return count / spent


def _once(chosen: Sequence[tuple[str, bytes]]) -> int:
    for url, content in chosen:
        assert extract.read(content, url, CONTENT_TYPE).title is not None
    return len(chosen)
