"""Pure: how the last run ended, as JSON for a program that watches over the nights."""

import operator

from crawler.model import Attempts, Run
from crawler.report import as_json
from crawler.report.contents import Report

SCHEMA = 1
"""Raised when a field is renamed or removed, or means something else; new fields may be added."""


def render(report: Report) -> str:
    """The last run of any kind, and the last good one, `reports/run.json`."""
    snapshot = report.snapshot
    last = snapshot.attempts.last if snapshot.attempts else snapshot.run
    return _text(
        max((snapshot.run, last), key=operator.attrgetter("id")),
        good=snapshot.good_run,
        attempts=snapshot.attempts,
        list_name=snapshot.resources_name,
        report=report,
    )


def render_before_report(attempts: Attempts, list_name: str) -> str:
    """The same, while no run has concluded anything."""
    return _text(attempts.last, good=None, attempts=attempts, list_name=list_name, report=None)


def _text(
    run: Run, *, good: Run | None, attempts: Attempts | None, list_name: str, report: Report | None
) -> str:
    fields = {
        "schema": SCHEMA,
        "run": {
            **as_json.run_fields(run),
            "why": run.why or None,
            "only": run.only or None,
            "part": run.part or None,
        },
        "last_good_run": as_json.run_fields(good) if good else None,
        "parts": as_json.parts(report.snapshot.parts) if report else [],
        "attempts": attempts.count if attempts else 0,
        "resources": list_name,
        "headline": report.headline if report else None,
        "counts": as_json.counts(report) if report else None,
    }
    return as_json.to_indented_json(fields) + "\n"
