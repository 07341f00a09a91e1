"""Every form for programs stays well-formed, and obeys nobody, whatever the list and the pages say."""

from html.parser import HTMLParser
from json import loads
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from crawler import report
from crawler.model import ChangeKind, Reason, Snapshot, State
from crawler.report import as_fixes
from crawler.report.schemas import schema
from tests.support.hostile import hostile_snapshots
from tests.support.report_builders import make_change, make_record, make_resource, make_snapshot
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


@pytest.mark.promise("36")
@settings(max_examples=50)
@given(hostile_snapshots())
def test_the_feed_has_no_markup_and_no_link_but_ours(snapshot: Snapshot) -> None:
    for entry in xml(feed(snapshot)).iter(f"{ATOM}entry"):
        tags = _Tags()
        tags.feed(entry.findtext(f"{ATOM}content") or "")
        assert {*tags.found} <= OUR_TAGS
        assert {urlsplit(address).scheme for address in tags.addresses} <= {"http", "https"}


@pytest.mark.promise("36")
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
    _, *lines = as_fixes.patch_head(built.snapshot, built.to_fix).split("\n")
    assert all(line == "" or line.startswith("  ") for line in lines)
    assert not [c for line in lines for c in line if c < " "]


@pytest.mark.promise("33")
@pytest.mark.parametrize("form", ["feed.xml", "junit.xml", "README.md"])
@settings(max_examples=20)
@given(snapshot=hostile_snapshots())
def test_no_control_character_gets_into_a_file(form: str, snapshot: Snapshot) -> None:
    text = FORMS[form](snapshot)
    assert not [c for c in text if (c < " " and c != "\n") or c == "\x7f"]


# --- hosts that may pass for others ---------------------------------------------------------------

MIXED, ENCODED = "\u0430pple.example", "xn--pple-43d.example"


def _listed() -> Snapshot:
    resource = make_resource(url=f"https://{MIXED}/page", title="Fruit")
    broke = make_change(ChangeKind.BROKE, resource, None, "dead http_404")
    record = make_record(resource, Reason.HTTP_404, state=State.BROKEN, status=404)
    return make_snapshot(record, changes=(broke,))


def _suggested() -> Snapshot:
    resource, new = make_resource(title="Fruit"), f"https://{ENCODED}/page"
    moved = make_change(ChangeKind.MOVED, resource, resource.url, new)
    record = make_record(resource, Reason.PERMANENT_REDIRECT, suggested_url=new)
    return make_snapshot(record, changes=(moved,))


@pytest.mark.promise("33")
@pytest.mark.parametrize("snapshot", [_listed(), _suggested()])
@pytest.mark.parametrize(
    "form",
    [
        "README.md",
        "night.md",
        "index.html",
        "feed.xml",
        "junit.xml",
        "findings.sarif",
        "summary.txt",
    ],
)
def test_a_host_of_several_scripts_is_shown_in_both_forms(form: str, snapshot: Snapshot) -> None:
    text = FORMS[form](snapshot)
    assert MIXED in text
    assert ENCODED in text
