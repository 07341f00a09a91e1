"""By what reports and commands know a resource."""

import pytest

from crawler.model import Resource
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
