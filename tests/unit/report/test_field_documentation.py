"""`docs/reports.md` describes every field of every report, and no other."""

from collections.abc import Callable
from json import loads
from typing import Any

import pytest

from crawler import report
from crawler.model import Snapshot
from crawler.report import as_badge
from crawler.report.dossier import dossier_json
from crawler.report.schemas import schema
from crawler.report.today import CheckedLink, Today, today_json
from tests.support.builders import make_check
from tests.support.dossiers import full_dossier
from tests.support.report_fields import (
    DOCUMENTATION,
    documented_fields,
    json_fields,
    with_schemas,
    xml_fields,
)
from tests.support.report_forms import feed, junit, sarif, xml
from tests.support.report_scenarios import everything, first_look


def test_tables_of_the_schemas_are_made_from_them() -> None:
    text = DOCUMENTATION.read_text("utf-8")
    assert text == with_schemas(text)


@pytest.mark.parametrize("render", [everything, first_look])
def test_badge(render: Callable[[], Snapshot]) -> None:
    badge = loads(as_badge.render(report.build(render())))
    assert {*json_fields(badge)} == documented_fields("`badge.json`")


def test_feed() -> None:
    assert {*xml_fields(xml(feed(everything())))} == documented_fields("`feed.xml`")


def test_test_cases() -> None:
    assert {*xml_fields(xml(junit(everything())))} == documented_fields("`junit.xml`")


def test_findings() -> None:
    assert {*json_fields(loads(sarif(everything())))} == documented_fields("`findings.sarif`")


def _only(found: Any, shared: set[str]) -> set[str]:
    """The fields of objects in a list, but for those that `latest.json` has too."""
    own = [{name: value for name, value in one.items() if name not in shared} for one in found]
    return {*json_fields(own)}


def test_one_link() -> None:
    shared = {*loads(schema("latest.json"))["$defs"]["record"]["properties"]}
    status = loads("".join(dossier_json.render([full_dossier()])))
    assert shared <= {*status[0]}
    today = loads(today_json.render(Today(links=(CheckedLink(check=make_check(), file="a.csv"),))))
    documented = documented_fields("`crawler status --json` and `crawler check --json`")
    assert _only(status, shared) == documented - {"[].file"}
    assert {name for name in today[0] if name not in shared} <= {
        path.removeprefix("[].").partition("[")[0].partition(".")[0] for path in documented
    }
