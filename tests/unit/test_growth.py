"""The nights that the growth of the database is measured on, and what is printed."""

from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks import growth
from benchmarks.growing import LARGEST, SMALLEST, Link
from crawler.model import Check
from tests.support.builders import make_resource

NIGHTS = 60


def checks_of(number: int) -> list[Check]:
    link, resource = Link(number), make_resource()
    return [
        link.check(resource, night, growth.FIRST_NIGHT + timedelta(days=night))
        for night in range(NIGHTS)
    ]


def test_a_link_is_always_the_same() -> None:
    assert checks_of(3) == checks_of(3)
    assert checks_of(3) != checks_of(4)


def test_texts_are_as_long_as_told_and_most_differ_each_night() -> None:
    for number in range(1, 9):
        texts = [check.page.main_text or "" for check in checks_of(number) if check.page]
        assert SMALLEST <= len(texts[0].encode()) <= LARGEST + 2_000
        assert len(texts) > NIGHTS / 2
    others = [len({check.page for check in checks_of(number)}) for number in range(1, 21)]
    assert sum(others) > 0.7 * 20 * NIGHTS


@pytest.mark.slow
def test_what_the_database_holds_is_printed(tmp_path: Path) -> None:
    grown = growth.grow(tmp_path, 4, 12, lambda _: None)
    assert grown.pruned.before.checks == 4 * 12
    assert 4 <= grown.pruned.before.texts <= 4 * 4
    assert grown.parts["texts"] > 4 * 3_000
    assert min(grown.parts["all else"], grown.parts["noise"]) > 0
    assert sum(grown.parts.values()) == grown.sizes[-1]
    assert grown.parts["free"] == 0
    lines = list(growth.table(grown))
    assert any("4 links, 12 nights" in line and f"{grown.sizes[-1]:,}" in line for line in lines)
    assert {line.count("|") for line in lines} == {5}
