"""IO: the corpus, checked by real runs against the player, and what came of it."""

import csv
import io
import json
import resource
import sqlite3
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crawler.config import FetchSettings, GuardSettings, Settings
from crawler.model import Reason, RunStatus, Verdict, WarningCode
from crawler.run import RunOptions, RunResult, run
from tests.corpus.case import Asked, Case, Site
from tests.corpus.nights import night
from tests.corpus.player import LOOPBACK, Player

LIST_NAME = "resources.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the last night's check of a case said."""

    case: Case
    verdict: Verdict | None = None
    """None, like the reason, when there was no check."""
    reason: Reason | None = None
    suggested_url: str | None = None
    warnings: frozenset[WarningCode] = frozenset()

    @property
    def exact(self) -> bool:
        """Whether verdict, reason, suggestion and warnings are as labelled."""
        return self.reason is self.case.reason and not self.complaint

    @property
    def complaint(self) -> str:
        """What is wrong beside the reason."""
        case = self.case
        if case.suggested_url is not None and case.suggested_url != self.suggested_url:
            return f"suggests {self.suggested_url} for {case.suggested_url}"
        missing = case.warnings - self.warnings
        return f"does not warn of {', '.join(sorted(missing))}" if missing else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """The corpus, checked."""

    outcomes: tuple[Outcome, ...]
    forbidden: tuple[str, ...]
    """Requests that a robots.txt forbids."""
    requests: tuple[Asked, ...]
    """Of all nights."""
    seconds: float
    peak_megabytes: float
    """Of the process, since it started."""


def play(cases: Sequence[Case], folder: Path) -> Played:
    """Checks all cases on the last night, and those that have one on their earlier nights."""
    started = time.monotonic()
    requests: list[Asked] = []
    forbidden: list[str] = []
    with Player(()) as player:
        for back in range(max((len(case.before) for case in cases), default=0), -1, -1):
            listed = {n: c for n, c in enumerate(cases, 1) if len(c.before) >= back}
            sites = [site for case in listed.values() for site in _sites(case, back)]
            player.play(sites)
            ran = _check(listed, folder, player, back)
            assert ran.status is RunStatus.COMPLETE, ran
            assert not ran.faults, ran.faults
            requests += player.requests
            forbidden += _forbidden(player.requests, sites)
    return Played(
        outcomes=_outcomes(cases, folder),
        forbidden=tuple(forbidden),
        requests=tuple(requests),
        seconds=time.monotonic() - started,
        peak_megabytes=_peak_megabytes(),
    )


def settings(folder: Path, player: Player, exclude: Sequence[str] = ()) -> Settings:
    """Quick, because nobody is to be spared."""
    return Settings(
        resources=str(folder / LIST_NAME),
        database=str(folder / "crawler.db"),
        reports=str(folder / "reports"),
        fetch=FetchSettings(
            concurrency=24,
            host_delay=0.0,
            connect_timeout=1.0,
            read_timeout=1.0,
            total_timeout=4.0,
            attempts=2,
            max_retry_after=1.0,
            recheck_after=0.0,
            budget=120.0,
            exclude=tuple(exclude),
            allow_private=(f"{LOOPBACK}/32",),
            resolve=player.resolve,
            ca_bundle=player.ca_bundle,
        ),
        guard=GuardSettings(canaries=()),
    )


def put_list(cases: Mapping[int, Case], folder: Path) -> None:
    """Writes the list of the cases' resources under their numbers."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("number", "category", "title", "url"))
    writer.writerows((n, c.category, c.title, c.url) for n, c in cases.items())
    (folder / LIST_NAME).write_text(text.getvalue(), encoding="utf-8")


def _check(cases: Mapping[int, Case], folder: Path, player: Player, back: int) -> RunResult:
    put_list(cases, folder)
    exclude = [case.url for case in cases.values() if case.excluded]
    conditions = RunOptions(clock=lambda: night(back), resolver=player.resolver)
    return run(settings(folder, player, exclude), conditions)


def _sites(case: Case, back: int) -> tuple[Site, ...]:
    return case.before[len(case.before) - back] if back else case.sites


def _forbidden(requests: Sequence[Asked], sites: Sequence[Site]) -> list[str]:
    by_host = {site.host: site for site in sites}
    return [
        f"{asked.host}{asked.path}"
        for asked in requests
        if asked.host in by_host and by_host[asked.host].forbids(asked.path)
    ]


def _outcomes(cases: Sequence[Case], folder: Path) -> tuple[Outcome, ...]:
    query = "select number, verdict, reason, suggested_url, warnings from latest_checks"
    with closing(sqlite3.connect(folder / "crawler.db")) as database:
        checks = {number: check for number, *check in database.execute(query)}
    return tuple(_outcome(case, checks.get(n)) for n, case in enumerate(cases, 1))


def _outcome(case: Case, check: Sequence[str] | None) -> Outcome:
    if check is None:
        return Outcome(case=case)
    verdict, reason, suggested_url, warnings = check
    return Outcome(
        case=case,
        verdict=Verdict(verdict),
        reason=Reason(reason),
        suggested_url=suggested_url,
        warnings=frozenset(map(WarningCode, json.loads(warnings))),
    )


def _peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)
