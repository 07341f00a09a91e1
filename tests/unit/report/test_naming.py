"""By what reports and commands know a resource."""

from dataclasses import replace

import pytest

from crawler.model import Notice, Place, Resource
from crawler.report import naming
from crawler.resources import name_of

URL = "https://example.org/a"
NUMBERED = Resource(key="83", number=83, url=URL, line=84)
WITH_ID = Resource(key="raft", url=URL, line=84)
BARE = Resource(key=URL, url=URL, line=84)


@pytest.mark.parametrize(
    ("resource", "row", "word"),
    [
        (NUMBERED, "No. 83, my.csv:84", "83"),
        (Resource(key="83", number=83, url=URL), "No. 83", "83"),
        (WITH_ID, "raft, my.csv:84", "raft"),
        (Resource(key="a `b` | c", url=URL, line=84), "a `b` | c, my.csv:84", "line:84"),
        (BARE, "my.csv:84", "line:84"),
        (Resource(key=f"{URL} (2)", url=URL, line=84), "my.csv:84", "line:84"),
        (Resource(key="not a url", url="not a url", line=84), "my.csv:84", "line:84"),
        (Resource(key="no URL", url="", line=84), "my.csv:84", "line:84"),
        (Resource(key=URL, url=URL), "", "URL"),
    ],
)
def test_a_resource_has_one_name_everywhere(resource: Resource, row: str, word: str) -> None:
    assert naming.row(resource, "my.csv") == row
    assert name_of(resource) == word


@pytest.mark.promise("37")
def test_the_name_of_a_file_is_one_line_that_no_terminal_obeys() -> None:
    """An older database may hold any, and a tab or a line separator may be in one still."""
    odd = replace(BARE, file="docs/a\n::error::b\x1b]0;c\x07\td\u2028e\u202e.md")
    assert naming.row(odd, "my.csv") == "docs/a ::error::b]0;c d e.md:84"


FILES = (Place(file="docs/a.md", line=3, column=5), Place(file="docs/b.md", line=9, column=1))


@pytest.mark.parametrize(
    ("resource", "row"),
    [
        (Resource(key=URL, url=URL, line=3, file="docs/a.md"), "docs/a.md:3"),
        (Resource(key=URL, url=URL, line=3, file="docs/a.md", places=FILES[:1]), "docs/a.md:3"),
        (Resource(key=URL, url=URL, line=3, file="/srv/list/a.md"), "a.md:3"),
        (Resource(key=URL, url=URL, line=3, file="/srv/list/my.csv"), "my.csv:3"),
        (
            Resource(key=URL, url=URL, line=3, file="docs/a.md", places=FILES),
            "docs/a.md:3 and docs/b.md:9",
        ),
        (
            Resource(
                key=URL,
                url=URL,
                line=3,
                file="docs/a.md",
                places=tuple(replace(FILES[0], line=line) for line in (3, 3, 4, 5, 6, 7)),
            ),
            "docs/a.md:3, docs/a.md:4, docs/a.md:5 and 2 more places",
        ),
        (Resource(key=URL, url=URL, line=0, file="docs/a.md", places=FILES), ""),
    ],
)
def test_a_link_of_a_document_is_named_by_all_of_its_places(resource: Resource, row: str) -> None:
    assert naming.row(resource, "my.csv") == row


def test_a_notice_is_named_by_its_file() -> None:
    assert naming.notice_place(Notice(line=3, text="x"), "my.csv") == "my.csv:3"
    assert naming.notice_place(Notice(line=3, text="x", file="d/a.md"), "my.csv") == "d/a.md:3"
