"""Pure: what all histories together show: links by state per night, response times by host."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from crawler import urls
from crawler.model import GAP, NIGHT_MARKS, FindingClass, History
from crawler.report.contents import Report
from crawler.report.findings import Finding, web_address
from crawler.report.page.strips import CLASSES, SHOWN

_RECENT = 30
"""Nights from which the response time of a host is told."""
_ODD = re.compile(f"[^{re.escape(NIGHT_MARKS[FindingClass.HEALTHY])}]")
_CHECKED = re.compile(f"[^{re.escape(GAP)}]")
_WITH_GAPS = re.compile(f"([^{re.escape(GAP)}]){re.escape(GAP)}+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """How fast a host answers."""

    name: str
    links: int
    milliseconds: int
    """Median of its links over the last nights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What the histories of all listed resources show together."""

    nights: tuple[date, ...]
    """Those of the strips."""
    by_night: tuple[tuple[date, Mapping[FindingClass, int]], ...]
    """How many links were in each state in every night of the histories; empty without a run."""
    hosts: tuple[Host, ...]
    """The slowest first."""
    strips: Mapping[str, str]
    """By key of the resource; equal ones are one text."""
    speeds: Mapping[str, int]
    """By key, the median response time of the last nights, in milliseconds."""

    def strips_drawn_once(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Strips that are shown more than once; each is shown with each of these keys."""
        counts = Counter(self.strips[key] for key in keys if key in self.strips)
        return tuple(strip for strip, count in counts.items() if strip and count > 1)


def look(report: Report) -> Survey:
    """The survey of the report's links; each history is read once, and of a long list none.

    Where the list is checked in parts, a link counts every night as its last check says.
    """
    histories, is_in_parts = report.snapshot.histories, bool(report.snapshot.parts)
    nights = histories.nights[-SHOWN:]
    if report.long:
        return Survey(nights=nights, by_night=histories.by_night, hosts=(), strips={}, speeds={})
    has_run = [False] * len(histories.nights)
    counts: list[Counter[str]] = [Counter() for _ in histories.nights]
    strips: dict[str, str] = {}
    speeds: dict[str, int] = {}
    found: dict[str, str] = {}
    times: defaultdict[str, list[int]] = defaultdict(list)
    for finding in report.findings:
        history = histories.of.get(finding.resource.key)
        if history is None:
            continue
        for checked in _CHECKED.finditer(history.marks) if is_in_parts else ():
            has_run[checked.start()] = True
        for odd in _ODD.finditer(_lasting(history.marks) if is_in_parts else history.marks):
            counts[odd.start()][odd[0]] += 1
        marks = history.marks[-SHOWN:]
        strips[finding.resource.key] = found.setdefault(marks, marks)
        speed = recent_time(history)
        if speed is not None:
            speeds[finding.resource.key] = speed
            times[host_of(finding)].append(speed)
    return Survey(
        nights=nights,
        by_night=_by_night(
            histories.nights, counts, len(strips), has_run if is_in_parts else None
        ),
        hosts=_hosts(times),
        strips=strips,
        speeds=speeds,
    )


def host_of(finding: Finding) -> str:
    """The host of the listed URL; empty when it has none."""
    address = web_address(finding.resource.url)
    return urls.host(address) if address else ""


def _lasting(marks: str) -> str:
    """The marks, with that of the last check for each night without one."""
    return _WITH_GAPS.sub(lambda found: found[1] * len(found[0]), marks)


def recent_time(history: History) -> int | None:
    """The median response time of the last nights, in milliseconds."""
    known = [value for value in history.milliseconds[-_RECENT:] if value is not None]
    return max(round(median(known)), 1) if known else None


def _by_night(
    nights: Sequence[date],
    counts: Sequence[Counter[str]],
    total: int,
    has_run: Sequence[bool] | None,
) -> tuple[tuple[date, Mapping[FindingClass, int]], ...]:
    found: list[tuple[date, Mapping[FindingClass, int]]] = []
    for n, (night, count) in enumerate(zip(nights, counts, strict=True)):
        if has_run is not None and not has_run[n]:
            found.append((night, {}))
            continue
        healthy = total - count.total()
        kinds = {CLASSES[mark]: number for mark, number in count.items() if mark != GAP}
        found.append((night, {**kinds, FindingClass.HEALTHY: healthy} if kinds or healthy else {}))
    return tuple(found)


def _hosts(times: Mapping[str, Sequence[int]]) -> tuple[Host, ...]:
    hosts = (
        Host(name=name, links=len(of_host), milliseconds=round(median(of_host)))
        for name, of_host in times.items()
    )
    return tuple(sorted(hosts, key=lambda host: (-host.milliseconds, host.name)))
