"""IO: the corpus, checked by real runs, and what came of it."""

import json
import resource
import sqlite3
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.config import GuardSettings, Settings
from crawler.demo import LIST_NAME, demo_settings, list_text
from crawler.demo.replies import Request
from crawler.demo.web import Web
from crawler.model import Reason, Resource, RunStatus, Verdict, WarningCode
from crawler.run import RunOptions, RunResult, run
from tests.corpus.case import Case, Host, by_name
from tests.corpus.nights import night
from tests.support.database import named_rows


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
    requests: tuple[Request, ...]
    """Of all nights."""
    seconds: float
    peak_megabytes: float
    """Of the process, since it started."""


def play(cases: Sequence[Case], folder: Path) -> Played:
    """Checks all cases on the last night, and those that have one on their earlier nights."""
    started = time.monotonic()
    requests: list[Request] = []
    forbidden: list[str] = []
    with Web({}) as web:
        for back in range(max((len(case.before) for case in cases), default=0), -1, -1):
            listed = {n: c for n, c in enumerate(cases, 1) if len(c.before) >= back}
            hosts = [host for case in listed.values() for host in _hosts(case, back)]
            web.serve(by_name(hosts))
            ran = _check(listed, folder, web, back)
            assert ran.status is RunStatus.COMPLETE, ran
            assert not ran.faults, ran.faults
            requests += web.requests
            forbidden += _forbidden(web.requests, hosts)
    return Played(
        outcomes=_outcomes(cases, folder),
        forbidden=tuple(forbidden),
        requests=tuple(requests),
        seconds=time.monotonic() - started,
        peak_megabytes=_peak_megabytes(),
    )


def settings(folder: Path, web: Web, exclude: Sequence[str] = ()) -> Settings:
    """Those of the demo with shorter time-outs, and without canaries."""
    base = demo_settings(folder, web)
    fetch = replace(
        base.fetch,
        concurrency=24,
        connect_timeout=1.0,
        read_timeout=1.0,
        total_timeout=4.0,
        max_retry_after=1.0,
        budget=500.0,
        exclude=tuple(exclude),
    )
    return replace(base, fetch=fetch, guard=GuardSettings(canaries=()))


def put_list(cases: Mapping[int, Case], folder: Path) -> None:
    """Writes the list of the cases' resources under their numbers."""
    listed = (
        Resource(key=str(n), number=n, category=c.category, title=c.title, url=c.url)
        for n, c in cases.items()
    )
    (folder / LIST_NAME).write_text(list_text(listed), encoding="utf-8")


def _check(cases: Mapping[int, Case], folder: Path, web: Web, back: int) -> RunResult:
    put_list(cases, folder)
    exclude = [case.url for case in cases.values() if case.excluded]
    options = RunOptions(clock=lambda: night(back), resolver=web.resolver)
    return run(settings(folder, web, exclude), options)


def _hosts(case: Case, back: int) -> tuple[Host, ...]:
    return case.before[len(case.before) - back] if back else case.sites


def _forbidden(requests: Sequence[Request], hosts: Sequence[Host]) -> list[str]:
    named = by_name(hosts)
    return [
        f"{request.host}{request.path}"
        for request in requests
        if request.host in named and named[request.host].forbids(request.path)
    ]


def _outcomes(cases: Sequence[Case], folder: Path) -> tuple[Outcome, ...]:
    checks = {
        row["number"]: row
        for row in named_rows(folder / "crawler.db", "select * from latest_checks")
    }
    return tuple(_outcome(case, checks.get(n)) for n, case in enumerate(cases, 1))


def _outcome(case: Case, check: sqlite3.Row | None) -> Outcome:
    if check is None:
        return Outcome(case=case)
    return Outcome(
        case=case,
        verdict=Verdict(check["verdict"]),
        reason=Reason(check["reason"]),
        suggested_url=check["suggested_url"],
        warnings=frozenset(map(WarningCode, json.loads(check["warnings"]))),
    )


def _peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)
