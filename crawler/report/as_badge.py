"""Pure: the list's health as a badge; the same bytes until something changes.

Source: https://shields.io/badges/endpoint-badge
"""

from crawler.model import FindingClass
from crawler.report.as_json import to_indented_json
from crawler.report.contents import Report

LABEL = "links"

_COLOURS = {FindingClass.BROKEN: "red", FindingClass.SUSPECT: "yellow"}
"""By the most urgent class of a link; that of any other is green."""


def render(report: Report) -> str:
    """The badge, `reports/badge.json`, as shields.io reads it."""
    message, colour = _message_and_colour(report)
    badge = {"schemaVersion": 1, "label": LABEL, "message": message, "color": colour}
    return to_indented_json(badge) + "\n"


def _message_and_colour(report: Report) -> tuple[str, str]:
    total, counts = report.totals.links, report.totals.classes
    if report.is_first_look:
        return f"{total} listed, first look", "blue"
    for kind, colour in _COLOURS.items():
        if counts[kind]:
            word = "broken" if kind is FindingClass.BROKEN else "to look at"
            return f"{counts[kind]} of {total} {word}", colour
    return f"{total} listed, none broken", "brightgreen"
