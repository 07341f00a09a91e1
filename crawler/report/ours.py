"""Pure: whether a file is a report of ours, which may be replaced; everything else is a person's.

A report is known by how it begins. Reports that older versions wrote must stay known: a beginning
that is no longer written stays in the table beside the new one.
"""

import re

from crawler.report.wording import run_words

BEGINNING = 4000
"""Characters of a file that are enough to know it."""

_SARIF = (
    r'\{\s*"\$schema": "[^"]*",\s*"version": "2\.1\.0",\s*"runs": \[\s*\{\s*'
    r'"tool": \{\s*"driver": \{\s*"name": "resource-crawler"'
)
_BEGINNINGS: tuple[tuple[str, str], ...] = (
    (r"README\.md", r"# Link report: "),
    (r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.md", r"# Night of "),
    (r"(index|[1-9][0-9]*)\.html", r"<!DOCTYPE html>.*<title>Link report: "),
    (r"health\.svg", r"<svg [^>]*>\s*<title[^>]*>Link health: "),
    (r"latest\.json", r'\{\s*"schema": [0-9]+,\s*"resources": '),
    (r"run\.json", r'\{\s*"schema": [0-9]+,\s*"run": '),
    (r"events\.ndjson", r'\{"night": "'),
    (r"feed\.xml", r'<\?xml [^>]*>\s*<feed xmlns="[^"]*">\s*<title>Link report: '),
    (r"badge\.json", r'\{\s*"schemaVersion": 1,\s*"label": "links",\s*"message": '),
    (r"junit\.xml", r'<\?xml [^>]*>\s*<testsuites name="Link report: '),
    (r"findings\.sarif", _SARIF),
    (r"fixes\.json", r'\{\s*"schema": [0-9]+,\s*"resources": '),
    (r"fixes\.patch", r"Link report: fixes for "),
)
"""Patterns for the names of files, and for how such a file begins."""


def is_made_up(line: str) -> bool:
    """Whether a night that begins with this line was written by the demo."""
    return line.startswith("# Night of ") and line.rstrip("\n").endswith(run_words.MADE_UP)


def is_report(name: str, text: str) -> bool:
    """Whether a file of that name which begins with the text is ours, or empty."""
    return text == "" or any(
        re.fullmatch(names, name) and re.match(beginning, text, re.DOTALL)
        for names, beginning in _BEGINNINGS
    )
