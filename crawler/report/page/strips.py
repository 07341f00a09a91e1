"""Pure: the nights of one resource as SVG: a strip of states, and a line of response times."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from statistics import median

from crawler.model import GAP, NIGHT_MARKS, FindingClass
from crawler.report.wording import page_words

SHOWN = 90
"""Nights of a strip."""
_HEIGHTS: dict[FindingClass, int] = {
    FindingClass.BROKEN: 12,
    FindingClass.FAILING: 9,
    FindingClass.SUSPECT: 9,
    FindingClass.BLOCKED: 6,
    FindingClass.SKIPPED: 3,
    FindingClass.MOVED: 4,
    FindingClass.HEALTHY: 4,
}
"""Of 12: trouble stands out by its height too."""
CLASSES = {mark: kind for kind, mark in NIGHT_MARKS.items()}
"""Of a night, by its mark."""
_REACHABLE = NIGHT_MARKS[FindingClass.HEALTHY] + NIGHT_MARKS[FindingClass.MOVED]
_YOUNG = 14
"""A strip of fewer nights keeps room for so many."""
_POINTS = 16
"""Most points of a line of response times."""
_WIDTH, _TOP = 60, 16
"""Size of that line, in pixels."""


def paths(marks: str) -> str:
    """The strip as SVG paths, one for each state, a unit wide for each night.

    >>> paths("||.X")
    '<path class="healthy" d="M0 8h2v4h-2z"/><path class="broken" d="M3 0h1v12h-1z"/>'
    """
    found: dict[str, str] = {}
    begin = 0
    for mark, same in groupby(marks):
        width = len(list(same))
        if mark != GAP:
            height = _HEIGHTS[CLASSES[mark]]
            segment = f"M{begin} {12 - height}h{width}v{height}h-{width}z"
            found[mark] = found.get(mark, "") + segment
        begin += width
    return "".join(f'<path class="{CLASSES[m]}" d="{d}"/>' for m, d in found.items())


def view_box(marks: str) -> str:
    """The SVG view box of the strip; the last night is at the right."""
    return f"{min(len(marks) - _YOUNG, 0)} 0 {max(len(marks), _YOUNG)} 12"


def label(marks: str, nights: Sequence[date]) -> str:
    """What the strip shows, in words."""
    checked = len(marks) - marks.count(GAP)
    good = sum(marks.count(mark) for mark in _REACHABLE)
    if not checked:
        return page_words.NO_NIGHTS
    if good == checked:
        return page_words.ALL_NIGHTS.format(checked=page_words.nights(checked))
    bad = [
        night for night, mark in zip(nights, marks, strict=True) if mark not in _REACHABLE + GAP
    ]
    return page_words.SOME_NIGHTS.format(
        good=good, checked=page_words.nights(checked), last=bad[-1].isoformat()
    )


def line(milliseconds: Sequence[int | None]) -> str:
    """The path of the response times; empty with fewer than two of them.

    Each point is the median of as many nights as fit; what is above nearly all others is cut.
    """
    step = -(-len(milliseconds) // _POINTS) or 1
    points = [_median(milliseconds[n : n + step]) for n in range(0, len(milliseconds), step)]
    stride = max(_WIDTH // max(len(points) - 1, 1), 1)
    known = sorted(point for point in points if point is not None)
    if len(known) < 2:
        return ""
    top = max(known[int(len(known) * 0.95)] if len(known) > 20 else known[-1], 1)
    return "".join(_strokes(points, top, stride))


def _strokes(points: Sequence[float | None], top: float, stride: int) -> Iterator[str]:
    """Moves and lines, each from where the one before ended: short numbers make a small page."""
    at, command = (0, 0), "m"
    for x, point in enumerate(points):
        if point is None:
            command = "m"
            continue
        to = (x * stride, _TOP - round(_TOP * min(point, top) / top))
        step = f"{to[0] - at[0]} {to[1] - at[1]}".replace(" -", "-")
        yield f"{command}{step}"
        # After a line, further pairs of numbers are lines too (SVG 2 §9.3.4).
        at, command = to, " " if command in "l " else "l"


def _median(values: Sequence[int | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
