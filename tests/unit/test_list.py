"""The list that this repository keeps."""

from itertools import groupby

import pytest

from crawler import urls
from crawler.model import ResourceList
from crawler.resources import parse
from tests.support.paths import REPOSITORY

LIST = REPOSITORY / "resources.csv"


@pytest.fixture(scope="module")
def listed() -> ResourceList:
    with LIST.open("rb") as lines:
        return parse(lines, LIST.name)


def test_it_has_a_header_and_a_hundred_rows() -> None:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "number,category,title,url"
    assert len(lines) == 101


def test_it_is_numbered_from_1_to_100(listed: ResourceList) -> None:
    assert [resource.number for resource in listed.resources] == list(range(1, 101))
    assert [resource.line for resource in listed.resources] == list(range(2, 102))


def test_it_has_twenty_categories_of_five_in_blocks(listed: ResourceList) -> None:
    blocks = [(c, len([*rows])) for c, rows in groupby(r.category for r in listed.resources)]
    assert [size for _, size in blocks] == [5] * 20
    assert len(dict(blocks)) == 20


def test_every_row_has_a_title_and_a_url_of_its_own(listed: ResourceList) -> None:
    assert all(resource.title for resource in listed.resources)
    assert len({urls.normal_form(resource.url) for resource in listed.resources}) == 100


def test_there_is_nothing_to_notice(listed: ResourceList) -> None:
    assert listed.notices == ()
