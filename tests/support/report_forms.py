"""Every form of a report, rendered as a run does it, from the same snapshot."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, fromstring

from crawler import report
from crawler.model import Snapshot
from crawler.report import (
    Report,
    as_badge,
    as_feed,
    as_fixes,
    as_html,
    as_json,
    as_junit,
    as_markdown,
    as_ndjson,
    as_sarif,
    as_svg,
    as_text,
)
from crawler.report.nights import Night, by_night
from crawler.resources import UrlSpan

LIST_PATH = "lists/resources.csv"
ATOM = "{http://www.w3.org/2005/Atom}"


def nights_of(snapshot: Snapshot) -> tuple[Night, ...]:
    at = snapshot.changed_at or snapshot.run.started_at
    return by_night([(at, change) for change in snapshot.changes], snapshot.zone)


def path_of(file: str) -> str:
    return file or LIST_PATH


def spans_of(built: Report) -> dict[str, UrlSpan]:
    """A made-up place for the URL of each row."""
    found = [finding.resource for finding in built.findings]
    return {one.key: UrlSpan(one.line, 10, 10 + len(one.url)) for one in found}


def feed(snapshot: Snapshot) -> str:
    return "".join(as_feed.render(report.build(snapshot), nights_of(snapshot)[::-1]))


def junit(snapshot: Snapshot, *fail_on: str) -> str:
    built, classes = report.build(snapshot), fail_on or ("broken",)
    return "".join(as_junit.render(built, fail_on=classes, path_of=path_of))


def sarif(snapshot: Snapshot) -> str:
    built = report.build(snapshot)
    return "".join(as_sarif.render(built, path_of=path_of, spans=spans_of(built)))


def events(snapshot: Snapshot) -> str:
    return "".join(as_ndjson.render(nights_of(snapshot)))


def latest(snapshot: Snapshot) -> str:
    return "".join(as_json.render(report.build(snapshot)))


def fixes(snapshot: Snapshot) -> str:
    return "".join(as_fixes.render(report.build(snapshot)))


def page(snapshot: Snapshot) -> str:
    """What the page says, without its style and script, and their hashes in the policy."""
    whole = "".join(as_html.render(report.build(snapshot)))
    said = re.sub(r"(<(style|script)[^>]*>).*?(?=</\2>)", r"\1", whole, flags=re.DOTALL)
    return re.sub(r"'sha256-[^']+'", "'sha256-'", said)


FORMS: dict[str, Callable[[Snapshot], str]] = {
    "README.md": lambda snapshot: as_markdown.render(report.build(snapshot)),
    "night.md": lambda snapshot: "".join(map(as_markdown.render_night, nights_of(snapshot))),
    "index.html": page,
    "latest.json": latest,
    "events.ndjson": events,
    "feed.xml": feed,
    "health.svg": lambda snapshot: as_svg.render(report.build(snapshot)),
    "badge.json": lambda snapshot: as_badge.render(report.build(snapshot)),
    "junit.xml": junit,
    "findings.sarif": sarif,
    "fixes.json": fixes,
    "summary.txt": lambda snapshot: as_text.render(report.build(snapshot)),
}
"""By the name of the file; `night.md` for those in `nights/`, `summary.txt` for what a run prints."""


def xml(text: str) -> Element:
    """The document; it raises where the text is not well-formed."""
    return fromstring(text)  # noqa: S314 - our own text
