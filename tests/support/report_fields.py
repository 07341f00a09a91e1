"""The fields of the reports: those that a document has, and those that `docs/reports.md` describes."""

import re
from collections.abc import Iterator
from json import loads
from typing import Any
from xml.etree.ElementTree import Element

from crawler.report.schemas import NAMES, schema
from tests.support.paths import REPOSITORY

DOCUMENTATION = REPOSITORY / "docs" / "reports.md"


def json_fields(value: Any, path: str = "") -> Iterator[str]:
    """The paths to everything that is no object and no list; of an empty list nothing."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from json_fields(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from json_fields(inner, f"{path}[]")
    else:
        yield path


def xml_fields(element: Element, path: str = "") -> Iterator[str]:
    """The paths to attributes and to elements with text."""
    yield from (f"{path}@{name}" for name in element.attrib)
    if (element.text or "").strip():
        yield path
    for inner in element:
        name = inner.tag.rpartition("}")[2]
        yield from xml_fields(inner, f"{path}/{name}" if path else name)


def documented_fields(heading: str) -> set[str]:
    """The paths in the first column of the tables below a heading."""
    _, _, below = DOCUMENTATION.read_text("utf-8").partition(f"\n## {heading}\n")
    rows = [line for line in below.partition("\n## ")[0].splitlines() if line.startswith("| `")]
    return {path for row in rows for path in re.findall("`([^`]+)`", row.split(" | ")[0])}


def with_schemas(text: str) -> str:
    """The documentation, with its tables made from the schemas."""
    for name in NAMES:
        begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->\n"
        head, _, rest = text.partition(begin)
        tables = "\n".join(_tables(loads(schema(name))))
        text = f"{head}{begin}\n{tables}\n{end}{rest.partition(end)[2]}"
    return text


def _tables(document: Any) -> Iterator[str]:
    """One for the document, and one for each kind of object in it."""
    yield from _table(document)
    for name, one in document.get("$defs", {}).items():
        yield f"**{name}**: {one['description']}\n"
        yield from _table(one)


def _table(one: Any, path: str = "") -> Iterator[str]:
    if not path:
        yield "| field | type | meaning |"
        yield "|---|---|---|"
    for name, about in one["properties"].items():
        yield f"| `{path}{name}` | {_type(about)} | {about['description']} |"
        if "properties" in about:
            yield from _table(about, f"{path}{name}.")
    if not path:
        yield ""


def _type(about: Any) -> str:
    """In words: a kind of object by its name, a closed set of words by the words."""
    if "anyOf" in about:
        return " or ".join(_type(each) for each in about["anyOf"])
    if "$ref" in about:
        return str(about["$ref"]).rpartition("/")[2]
    if "const" in about:
        return f"{about['const']}"
    if "enum" in about:
        return ", ".join("null" if word is None else f"`{word}`" for word in about["enum"])
    if about["type"] == "array":
        return f"list of {_type(about['items'])}"
    types = about["type"] if isinstance(about["type"], list) else [about["type"]]
    return " or ".join(about.get("format", word) if word == "string" else word for word in types)
