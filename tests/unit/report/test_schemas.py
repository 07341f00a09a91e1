"""The published JSON Schemas, compared with what reports hold."""

from collections.abc import Iterator
from json import loads
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from crawler.model import (
    Band,
    CandidateSource,
    ChangeKind,
    FindingClass,
    Reason,
    RunStatus,
    Snapshot,
    State,
    Trigger,
    Verdict,
    WarningCode,
)
from crawler.report import as_json, as_run, build
from crawler.report.schemas import NAMES, schema
from crawler.report.wording.fix_words import Obstacle
from tests.support.report_builders import make_snapshot
from tests.support.report_forms import events, fixes, latest
from tests.support.report_scenarios import SCENARIOS, everything

SCHEMAS: dict[str, Any] = {name: loads(schema(name)) for name in NAMES}
WORDS = (
    Verdict,
    Reason,
    WarningCode,
    State,
    FindingClass,
    ChangeKind,
    Trigger,
    RunStatus,
    Band,
    CandidateSource,
    Obstacle,
)


SNAPSHOTS = {"everything": everything, "nothing": make_snapshot, **SCENARIOS}


def closed(part: Any) -> Any:
    """The schema without room for fields that it does not name."""
    if isinstance(part, list):
        return list(map(closed, part))
    if not isinstance(part, dict):
        return part
    inner = {name: closed(value) for name, value in part.items()}
    return {**inner, "additionalProperties": False} if "properties" in part else inner


def documents(name: str, snapshot: Snapshot) -> list[Any]:
    if name == "latest.json":
        return [loads(latest(snapshot))]
    if name == "fixes.json":
        return [loads(fixes(snapshot))]
    if name == "run.json":
        return [loads(as_run.render(build(snapshot)))]
    return list(map(loads, events(snapshot).splitlines()))


def inner_parts(part: Any) -> list[Any]:
    if isinstance(part, dict):
        return list(part.values())
    return part if isinstance(part, list) else []


def fields_of(part: Any) -> set[str]:
    own = set(part) if isinstance(part, dict) else set()
    return own.union(*map(fields_of, inner_parts(part)))


def subschemas(part: Any) -> Iterator[Any]:
    if isinstance(part, dict):
        yield part
    for inner in inner_parts(part):
        yield from subschemas(inner)


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("snapshot", SNAPSHOTS)
def test_report_has_no_field_that_its_schema_does_not_name(name: str, snapshot: str) -> None:
    validator = Draft202012Validator(closed(SCHEMAS[name]), format_checker=FormatChecker())
    for document in documents(name, SNAPSHOTS[snapshot]()):
        validator.validate(document)


@pytest.mark.parametrize("name", NAMES)
def test_schema_names_no_field_that_no_report_has(name: str) -> None:
    used: set[str] = set()

    for document in documents(name, everything()):
        used |= fields_of(document)
    for part in subschemas(SCHEMAS[name]):
        assert part.get("properties", {}).keys() <= used


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_described(name: str) -> None:
    for part in subschemas(SCHEMAS[name]):
        for field, about in part.get("properties", {}).items() if "type" in part else ():
            assert about.get("description"), field


@pytest.mark.parametrize("name", NAMES)
def test_words_are_those_of_the_code(name: str) -> None:
    sets = [sorted(words) for words in WORDS]
    for part in subschemas(SCHEMAS[name]):
        if "enum" in part and isinstance(part["enum"], list):
            assert sorted(word for word in part["enum"] if word) in sets


@pytest.mark.parametrize(
    ("name", "version"), [("latest.json", as_json.SCHEMA), ("run.json", as_run.SCHEMA)]
)
def test_version_is_that_of_the_report(name: str, version: int) -> None:
    assert SCHEMAS[name]["properties"]["schema"]["const"] == version
    assert SCHEMAS[name]["$id"].endswith(f":{version}")
