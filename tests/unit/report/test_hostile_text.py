"""Every form for programs stays well-formed, and obeys nobody, whatever the list and the pages say."""

from html.parser import HTMLParser
from json import loads
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from crawler import report
from crawler.model import Snapshot
from crawler.report import as_fixes
from crawler.report.schemas import schema
from tests.support.hostile import hostile_snapshots
from tests.support.report_forms import ATOM, FORMS, feed, junit, sarif, xml

OUR_TAGS = {"h3", "ul", "li", "a", "code", "q"}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        assert [name for name, _ in attrs] in ([], ["href"])
        self.addresses += [value or "" for _, value in attrs]


@settings(max_examples=50)
@given(hostile_snapshots())
def test_the_feed_has_no_markup_and_no_link_but_ours(snapshot: Snapshot) -> None:
    for entry in xml(feed(snapshot)).iter(f"{ATOM}entry"):
        tags = _Tags()
        tags.feed(entry.findtext(f"{ATOM}content") or "")
        assert {*tags.found} <= OUR_TAGS
        assert {urlsplit(address).scheme for address in tags.addresses} <= {"http", "https"}


@settings(max_examples=50)
@given(hostile_snapshots())
def test_test_cases_are_ours(snapshot: Snapshot) -> None:
    tags = {element.tag for element in xml(junit(snapshot)).iter()}
    assert tags <= {"testsuites", "testsuite", "testcase", "failure", "skipped", "system-out"}


@settings(max_examples=50)
@given(hostile_snapshots())
def test_json_keeps_its_shape(snapshot: Snapshot) -> None:
    for name in ("latest.json", "events.ndjson", "fixes.json"):
        validator = Draft202012Validator(loads(schema(name)))
        text = FORMS[name](snapshot)
        for document in text[:-1].split("\n") if name == "events.ndjson" else [text]:
            validator.validate(loads(document))
    for run in loads(sarif(snapshot))["runs"]:
        for result in run["results"]:
            text = result["message"]["text"]
            assert "](" not in text.replace("\\\\", "").replace("\\]", "")


@settings(max_examples=50)
@given(hostile_snapshots())
def test_no_line_before_a_patch_begins_a_part_of_it(snapshot: Snapshot) -> None:
    built = report.build(snapshot)
    _, *lines = as_fixes.patch_head(built, built.to_fix).split("\n")
    assert all(line == "" or line.startswith("  ") for line in lines)
    assert not [c for line in lines for c in line if c < " "]


@pytest.mark.parametrize("form", ["feed.xml", "junit.xml", "README.md"])
@settings(max_examples=20)
@given(snapshot=hostile_snapshots())
def test_no_control_character_gets_into_a_file(form: str, snapshot: Snapshot) -> None:
    text = FORMS[form](snapshot)
    assert not [c for c in text if (c < " " and c != "\n") or c == "\x7f"]
