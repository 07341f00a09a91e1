"""Sixty nights of a small list, told to its maintainer: one golden file to read from top to bottom.

`python -m tests.golden` writes it again; review the difference before committing.
"""

import difflib
import socket
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.config import Settings
from crawler.demo import LIST_NAME, demo_settings, list_text, scenarios
from crawler.demo.replies import Then
from crawler.demo.scenarios import MakeScenario
from crawler.demo.web import Web
from crawler.demo.worlds import ScriptedNight, build_world, edited
from crawler.model import Reason, Resource, RunStatus
from crawler.report import as_text
from crawler.run import RunOptions, RunResult, run
from tests.support.demo_list import listed
from tests.support.paths import GOLDEN

pytestmark = pytest.mark.slow

SIXTY_NIGHTS = GOLDEN / "sixty_nights.txt"
FIRST = datetime(2026, 1, 1, 3, 17, tzinfo=UTC)
NIGHTS = range(1, 61)

_GONE = scenarios.answers(404, Reason.HTTP_404)
_BUSY = scenarios.answers(503, Reason.HTTP_5XX)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One resource, and how it is played on some nights; on all others it is alive."""

    number: int
    nights: Sequence[int]
    make: MakeScenario
    what: str
    """In the words of whoever wrote the story."""


STRETCHES: tuple[Stretch, ...] = (
    Stretch(16, [3], _BUSY, "one bad night is not an event"),
    Stretch(57, range(5, 61), _GONE, "gone for good; its row gets a new URL in night 10"),
    Stretch(
        39, range(8, 61), scenarios.moved("https://go.dev/learn/"), "moved; taken over in night 12"
    ),
    Stretch(
        87, [14, 16], scenarios.answers(403, Reason.FORBIDDEN), "a filter that comes and goes"
    ),
    Stretch(87, range(22, 31), scenarios.answers(403, Reason.FORBIDDEN), "a filter that stays"),
    Stretch(
        83,
        range(18, 61),
        scenarios.dns_not_found,
        "a domain given up; its row is removed in night 25",
    ),
    Stretch(
        8,
        range(9, 61),
        scenarios.rewritten(title="Welcome to Flask — Flask Documentation (3.2.x)"),
        "a title that only carries a new version",
    ),
    Stretch(
        52,
        range(28, 61),
        scenarios.rewritten(description="A test framework for every browser and every runtime."),
        "a new description",
    ),
    Stretch(74, range(30, 35), scenarios.tls_expired, "a certificate renewed five nights late"),
    Stretch(
        51,
        range(40, 43),
        scenarios.connection_refused,
        "down for three nights, confirmed on the third",
    ),
    Stretch(45, range(45, 61), scenarios.redirected_to_error_page, "a soft 404"),
    Stretch(12, [31, 32, 34, 35, 37, 38], _GONE, "three outages within a fortnight"),
    Stretch(
        58,
        [20, 21],
        scenarios.no_reply(Then.CLOSE, Reason.CONNECTION_RESET),
        "two nights: unconfirmed",
    ),
    Stretch(97, NIGHTS, scenarios.robots_disallowed, "never asked"),
)
OFFLINE = {48}
"""Nights on which our own network is down."""

_NEW = Resource(
    key="101",
    number=101,
    category="APIs & Web Services",
    title="HTTP - MDN Web Docs",
    url="https://developer.mozilla.org/en-US/docs/Web/HTTP",
)


def _edits(resources: Sequence[Resource]) -> Mapping[int, tuple[int, Resource | None]]:
    """Since which night which row is what."""
    rows = {resource.number: resource for resource in resources}
    return {
        10: (57, replace(rows[57], url="https://memcached.example/docs")),
        12: (39, replace(rows[39], url="https://go.dev/learn/")),
        25: (83, None),
        55: (101, _NEW),
    }


@dataclass(frozen=True, slots=True)
class Listing:
    """The list on a night, and the scenarios of its resources."""

    resources: tuple[Resource, ...]
    makers: Mapping[int, MakeScenario]


def _listing(night: int) -> Listing:
    numbers = {stretch.number for stretch in STRETCHES}
    first = [resource for resource in listed() if resource.number in numbers]
    edits = dict(edit for since, edit in _edits(first).items() if since <= night)
    makers = {s.number: s.make for s in STRETCHES if night in s.nights}
    return Listing(
        resources=edited(first, edits),
        makers={number: make for number, make in makers.items() if number not in edits},
    )


async def _no_network(host: str, port: int) -> tuple[str, ...]:
    raise socket.gaierror(socket.EAI_AGAIN, "the network is down")


def _play(folder: Path, web: Web, night: int) -> RunResult:
    date = FIRST + timedelta(days=night - 1)
    listing = _listing(night)
    web.serve(
        build_world(ScriptedNight(name="", date=date), listing.resources, listing.makers).sites
    )
    (folder / LIST_NAME).write_text(list_text(listing.resources), encoding="utf-8")
    offline = night in OFFLINE
    options = RunOptions(clock=lambda: date, resolver=_no_network if offline else web.resolver)
    settings = _settings(folder, web)
    if offline:
        settings = replace(settings, fetch=replace(settings.fetch, resolve=()))
    return run(settings, options)


def _settings(folder: Path, web: Web) -> Settings:
    settings = demo_settings(folder, web)
    return replace(settings, fetch=replace(settings.fetch, attempts=1, read_timeout=1.0))


def _story(folder: Path) -> str:
    """What the maintainer was told, night after night."""
    told = []
    first = _listing(1)
    with Web(
        build_world(ScriptedNight(name="", date=FIRST), first.resources, first.makers).sites
    ) as web:
        for night in NIGHTS:
            ran = _play(folder, web, night)
            date = FIRST + timedelta(days=night - 1)
            text = f"({ran.status}: nothing was concluded)\n"
            if ran.report is not None and ran.status is RunStatus.COMPLETE:
                text = as_text.render(ran.report)
            told.append(f"=== Night {night}, {date:%Y-%m-%d}\n\n{text}")
    return "\n".join(told)


def test_sixty_nights_read_as_reviewed(tmp_path: Path) -> None:
    told, golden = _story(tmp_path), SIXTY_NIGHTS.read_text("utf-8")
    difference = difflib.unified_diff(golden.splitlines(), told.splitlines(), lineterm="", n=1)
    assert list(difference) == []


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        SIXTY_NIGHTS.write_text(_story(Path(name)), "utf-8")
