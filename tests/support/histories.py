"""Random histories of a small list; each night is a real run without network."""

import csv
import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from crawler import settle
from crawler.config import FixSettings, Settings
from crawler.crawl import CrawlResult, Surroundings
from crawler.guard import Outage
from crawler.model import (
    Answer,
    Check,
    Declared,
    Exchange,
    Facts,
    Failure,
    FailureKind,
    Judgement,
    MediaKind,
    Mute,
    NotAsked,
    NotAskedReason,
    Page,
    Phase,
    Plan,
    Reason,
    Resource,
    Verdict,
)
from crawler.run import RunOptions, RunResult, run
from crawler.run.interruption import Interrupted

FULL = bool(os.environ.get("CRAWLER_FULL"))  # noqa: TID251
"""Whether to play as many histories as before a release."""
START = datetime(2026, 1, 1, 3, 17, tzinfo=UTC)

ANSWERS: dict[Reason, int] = {
    Reason.OK: 200,
    Reason.PERMANENT_REDIRECT: 200,
    Reason.SUSPECT_REPLACED: 200,
    Reason.HTTP_404: 404,
    Reason.HTTP_5XX: 503,
    Reason.FORBIDDEN: 403,
}
"""What a server that answers says, and with which status."""
SILENT = (Reason.CONNECT_TIMEOUT, Reason.ROBOTS_DISALLOWED, Reason.OUT_OF_BUDGET)
REASONS = (*ANSWERS, *SILENT)
LIVING = frozenset({Verdict.OK, Verdict.MOVED})


class Ending(StrEnum):
    """How a night's run ends."""

    COMPLETE = "complete"
    UNTRUSTED = "untrusted"
    INTERRUPTED = "interrupted"
    KILLED = "killed"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Night:
    """One run: when, over which list, what it finds, how it ends."""

    at: datetime
    rows: tuple[Resource, ...]
    finds: Mapping[str, Reason]
    """By key."""
    ending: Ending = Ending.COMPLETE
    mutes: Mapping[str, Mute | None] = field(default_factory=dict)
    """Said after the run."""
    accepts: tuple[str, ...] = ()
    """Said after the run, too."""

    def __repr__(self) -> str:
        finds = ", ".join(f"{row.url[8:]} {self.finds[row.key]}" for row in self.rows)
        muted = ", ".join(f"{key} until {wish and wish.until}" for key, wish in self.mutes.items())
        return f"\n{self.at:%Y-%m-%d %H:%M} {self.ending}: {finds}; muted: {muted or 'none'}"

    def concludes(self, key: str) -> bool:
        """Whether the run's check of a resource counts."""
        reason = self.finds[key]
        if reason is Reason.OUT_OF_BUDGET:
            return False
        match self.ending:
            case Ending.COMPLETE:
                return True
            case Ending.UNTRUSTED:
                return reason in ANSWERS
            case Ending.INTERRUPTED:
                return key in self.reached
            case Ending.KILLED:
                return False

    @property
    def reached(self) -> frozenset[str]:
        """The keys of what the run has time for if it does not come to its end."""
        return frozenset(row.key for row in self.rows[: len(self.rows) // 2])


History = tuple[Night, ...]


# --- playing them -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with list, database and reports."""

    folder: Path

    @property
    def settings(self) -> Settings:
        return Settings(
            resources=(str(self.folder / "resources.csv"),),
            database=str(self.folder / "crawler.db"),
            reports=str(self.folder / "reports"),
            fix=FixSettings(search=False),
        )

    def stable(self) -> dict[str, bytes]:
        """The reports that are made to be committed, by name."""
        reports = self.folder / "reports"
        names = (
            "README.md",
            "health.svg",
            "events.ndjson",
            "feed.xml",
            "badge.json",
            "fixes.json",
            "nights/*",
        )
        return {
            str(path.relative_to(reports)): path.read_bytes()
            for name in names
            for path in sorted(reports.glob(name))
        }

    def play(self, night: Night, order: Random | None = None) -> RunResult:
        """The run of that night; checks end in the order of the list, or of that shuffling."""
        self._write(night.rows)
        # Several edits may lie between two runs that concluded, and look like an accident.
        options = RunOptions(clock=lambda: night.at, crawl=_Crawl(night, order), list_changed=True)
        ran = run(self.settings, options)
        for key, wish in night.mutes.items():
            settle.mute(self.settings, [key], wish, lambda: night.at)
        for key in night.accepts:
            settle.accept(self.settings, [key], lambda: night.at)
        return ran

    def _write(self, rows: Sequence[Resource]) -> None:
        with (self.folder / "resources.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("number", "title", "category", "url"))
            writer.writerows((row.number, row.title, row.category, row.url) for row in rows)


@dataclass(frozen=True, slots=True)
class _Crawl:
    """Replaces the network: brings what the night finds."""

    night: Night
    order: Random | None

    async def __call__(self, plan: Plan, _: Settings, around: Surroundings) -> CrawlResult:
        planned = [r for lane in plan.lanes for target in lane.targets for r in target.resources]
        turns = list(range(len(planned)))
        if self.order:
            self.order.shuffle(turns)
        checks = [
            _check(resource, self.night.finds[resource.key], self.night.at, turn)
            for resource, turn in zip(planned, turns, strict=True)
        ]
        ended = sorted(checks, key=lambda check: check.checked_at)
        is_cut_short = self.night.ending in {Ending.INTERRUPTED, Ending.KILLED}
        if is_cut_short:
            ended = [check for check in ended if check.resource.key in self.night.reached]
            checks = [check for check in checks if check.resource.key in self.night.reached]
        for check in ended:
            around.keep([check])
        if self.night.ending is Ending.KILLED:
            raise Interrupted(signal.SIGTERM)
        distrust = None
        if self.night.ending is Ending.UNTRUSTED:
            distrust = Outage(hosts=len(checks), unreached=len(checks), canaries=3)
        return CrawlResult(
            checks={check.resource.key: check for check in checks},
            distrust=distrust,
            is_cut_short=is_cut_short,
        )


def _check(resource: Resource, reason: Reason, at: datetime, turn: int) -> Check:
    judgement = Judgement(reason=reason)
    if reason is Reason.PERMANENT_REDIRECT:
        judgement = replace(judgement, suggested_url=f"{resource.url}/new")
    page = Page(
        kind=MediaKind.HTML, title=Declared(value=resource.title.split()[0], origin="title")
    )
    return Check(
        resource=resource,
        judgement=judgement,
        facts=_facts(resource, reason),
        page=page if judgement.verdict in LIVING else None,
        checked_at=at + timedelta(seconds=turn),
        attempts=1,
        elapsed=timedelta(milliseconds=10 * turn),
    )


def _facts(resource: Resource, reason: Reason) -> Facts:
    status = ANSWERS.get(reason)
    if status is not None:
        exchange = Exchange(target_uri=resource.url, status_code=status)
        return Facts(outcome=Answer(media_type="text/html"), exchanges=(exchange,))
    if reason is Reason.CONNECT_TIMEOUT:
        kind = FailureKind.CONNECT_TIMEOUT
        failure = Failure(kind=kind, phase=Phase.CONNECT, target_uri=resource.url)
        return Facts(outcome=failure)
    return Facts(outcome=NotAsked(reason=NotAskedReason(reason)))


# --- drawing them -------------------------------------------------------------------------------


def row(number: int, address: int = 0, *, title: str = "") -> Resource:
    """A row of a list."""
    return Resource(
        key=str(number),
        number=number,
        title=title or f"Resource {number}",
        category="Tests",
        url=f"https://r{number}.example/{address}",
    )


class _Edit(StrEnum):
    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"
    REORDER = "reorder"


def _edited(rows: Sequence[Resource], edit: _Edit | None, serial: int) -> list[Resource]:
    """The list after an edit at a place that follows from the serial number of the night."""
    at = serial % len(rows)
    if edit is _Edit.ADD:
        # Half of them under the number of one that left.
        free = next(n for n in range(1, 1000) if all(row.number != n for row in rows))
        return [*rows, row(free if serial % 2 else 100 + serial, serial % 3)]
    if edit is _Edit.REMOVE and len(rows) > 1:
        return [*rows[:at], *rows[at + 1 :]]
    if edit is _Edit.REPLACE:
        return [*rows[:at], row(rows[at].number or 0, serial), *rows[at + 1 :]]
    return [*rows[at:], *rows[:at]] if edit is _Edit.REORDER else list(rows)


FINDS = (None, None, *REASONS)
"""What is found; None for the same as last time, or there would be few outages."""
_HOURS = (24, 24, 24, 24, 24, 1, 12, 20, 72)
_ENDINGS = (*[Ending.COMPLETE] * 6, *Ending)


@st.composite
def histories(
    draw: st.DrawFn,
    *,
    nights: int,
    hours: Sequence[int] = _HOURS,
    endings: Sequence[Ending] = _ENDINGS,
    edits: Sequence[_Edit | None] = (*[None] * 5, *_Edit),
    mutes: bool = True,
) -> History:
    """Histories of that many nights over a list of two resources at first."""
    told: list[Night] = []
    rows, at = [row(1), row(2)], START
    for serial in range(nights):
        if serial:
            rows = _edited(rows, draw(st.sampled_from(edits)), serial)
        finds = {row.key: draw(st.sampled_from(FINDS)) or _last(told, row.key) for row in rows}
        ending = draw(st.sampled_from(endings)) if serial else Ending.COMPLETE
        night = Night(at=at, rows=tuple(rows), finds=finds, ending=ending)
        if mutes and ending is Ending.COMPLETE and draw(st.integers(0, 5)) == 0:
            night = replace(night, mutes=_mutes(draw, sorted(finds), at))
        told.append(night)
        at += timedelta(hours=draw(st.sampled_from(hours)))
    return tuple(told)


def _last(told: Sequence[Night], key: str) -> Reason:
    return told[-1].finds.get(key, Reason.OK) if told else Reason.OK


def _mutes(draw: st.DrawFn, keys: Sequence[str], at: datetime) -> dict[str, Mute | None]:
    until = at.date() + timedelta(days=draw(st.integers(1, 5)))
    return {draw(st.sampled_from(keys)): Mute(until=until, reason="its owner knows")}
