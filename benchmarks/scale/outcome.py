"""IO: what a run concluded, in a form in which two runs over the same list are equal."""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

Rows = Mapping[tuple[object, ...], tuple[object, ...]]
"""By what identifies them."""

_VERDICTS = """
select resources.key, verdict, reason, warnings, http_status, final_url, suggested_url, looks
from checks join resources on resources.id = checks.resource_id
where run_id = (select max(id) from runs)
"""
_EVENTS = """
select resources.key, kind, before, after
from changes join resources on resources.id = changes.resource_id
where run_id = (select max(id) from runs)
"""
_STATES = "select key, state, streak from resources"
_TIMES = re.compile(
    r"""
    \d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d|\ UTC)?  # a moment
    | \b\d\d:\d\d(:\d\d)?\b
    | \d+(\.\d+)?\ (ms|s|seconds?|minutes?)\b
    | time="[\d.]+"
    | "elapsed_ms":\ \d+
    | <svg\ aria-hidden="true"><path\ d="[^"]*"/></svg>  # a curve of response times
    """,
    re.VERBOSE,
)
"""What differs from run to run."""
_SLOWEST = re.compile(
    r"<li><a href=[^>]*><bdi>[^<]*</bdi></a>\s*"
    r"<span class=\"bar\" aria-hidden=\"true\"><i class=\"time\" .*?</li>",
    re.DOTALL,
)
"""A host among those that took longest to answer."""
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run concluded."""

    verdicts: Rows
    events: Rows
    states: Rows
    reports: Mapping[str, str]
    """By name, without times."""


def outcome(folder: Path) -> Outcome:
    """What the last run in this folder concluded."""
    with closing(sqlite3.connect(folder / "crawler.db")) as opened:
        events = opened.execute(_EVENTS).fetchall()
        return Outcome(
            verdicts={row[:1]: row[1:] for row in opened.execute(_VERDICTS)},
            events={row[:2]: tuple(map(without_times, row[2:])) for row in events},
            states={row[:1]: row[1:] for row in opened.execute(_STATES)},
            reports=dict(_reports(folder / "reports")),
        )


def _reports(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield str(file.relative_to(folder)), without_times(file.read_text(encoding="utf-8"))


def without_times(value: object) -> str:
    """The text without what differs from run to run; empty for None."""
    text = "" if value is None else str(value)
    return _SLOWEST.sub("", _TIMES.sub("TIME", text))


def differences(one: Outcome, other: Outcome) -> Iterator[str]:
    """How two outcomes differ, a line each; none where they are equal."""
    for what in ("verdicts", "events", "states"):
        yield from _differing_rows(what, getattr(one, what), getattr(other, what))
    for name in sorted(one.reports.keys() | other.reports.keys()):
        texts = [outcome.reports.get(name) for outcome in (one, other)]
        if texts[0] != texts[1]:
            yield f"{name}: {_first_difference(*texts)}"


def _differing_rows(what: str, one: Rows, other: Rows) -> Iterator[str]:
    keys = [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]
    if keys:
        shown = "; ".join(
            f"{key}: {one.get(key)} / {other.get(key)}" for key in sorted(keys, key=str)[:_SHOWN]
        )
        yield f"{len(keys):,} {what} differ: {shown}"


def _first_difference(one: str | None, other: str | None) -> str:
    if one is None or other is None:
        return "is there once only"
    pairs = enumerate(zip(one, other, strict=False))
    start = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    shown = (
        json.dumps(text[max(0, start - 60) : start + 90], ensure_ascii=False)
        for text in (one, other)
    )
    return f"differs first at {' / '.join(shown)}"
