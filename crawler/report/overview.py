"""Pure: how a list stands, and which of its links a person wants to see, for `crawler status`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from crawler.model import Outline, Record, Reported, Snapshot
from crawler.report import freshness, long_list, twins
from crawler.report.contents import (
    conventions_of,
    headline,
    is_first_look,
    local_start,
    tally,
)
from crawler.report.filters import FilterChoice
from crawler.report.findings import (
    Finding,
    day,
    finding_of,
    is_to_act_on,
    reported_warnings,
    section_of,
    urgency,
    with_twin,
)
from crawler.report.freshness import Freshness
from crawler.report.totals import Totals

Fits = Callable[[Outline, Reported | None], bool]
"""Whether a link is wanted, by its outline and what is reported of it."""
_Rank = tuple[int, str, str, int, str]
"""What findings are ordered by: class, since, file, line, key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How a list stands, and the links that a person wants to see."""

    headline: str
    tally: str
    freshness: Freshness
    filters: tuple[str, ...]
    """The words that chose the findings; none if the findings are what a maintainer can act on."""
    findings: tuple[Finding, ...]
    """The most urgent first; of a long list, only those that are shown."""
    totals: Totals
    """Of all that were chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The links that fit, found in one pass over all outlines."""

    keys: Sequence[str]
    """Of the most urgent ones, the most urgent first."""
    totals: Totals
    """Of all that fit."""
    of_list: Totals
    """Of all links."""


def most_shown(links: int) -> int | None:
    """How many of so many links a person is shown at most: a page of a long list; None for all."""
    return long_list.PAGE if links > long_list.LONG else None


def build(snapshot: Snapshot, choice: FilterChoice) -> Overview:
    """How the list of the snapshot's outlines stands, with the links that a person has chosen."""
    chosen = choose(snapshot, fitting(snapshot, choice), most_shown(len(snapshot.outlines)))
    return Overview(
        headline=headline(chosen.of_list),
        tally=tally(chosen.of_list),
        freshness=freshness.of_snapshot(snapshot),
        filters=choice.filters,
        findings=tuple(tell(snapshot, chosen.keys)),
        totals=chosen.totals,
    )


def fitting(snapshot: Snapshot, choice: FilterChoice) -> Fits:
    """Whether a link fits the filters; without any, whether a maintainer can act on it."""
    is_first = is_first_look(snapshot)

    def is_chosen(outline: Outline, reported: Reported | None) -> bool:
        kind = reported.kind if reported else None
        return choice.fits(kind, outline.verdict, outline.category)

    def needs_action(_: Outline, reported: Reported | None) -> bool:
        return is_to_act_on(reported, section_of(reported, is_first_look=is_first))

    return is_chosen if choice.filters else needs_action


def choose(snapshot: Snapshot, fits: Fits, most: int | None = None) -> Chosen:
    """The links of the snapshot's outlines that fit, so many at most."""
    now, is_first = local_start(snapshot), is_first_look(snapshot)
    totals, of_list = Totals(is_first_look=is_first), Totals(is_first_look=is_first)

    def ranks() -> Iterator[_Rank]:
        """Of those that fit, in no order; all are counted."""
        for outline in snapshot.outlines:
            reported = long_list.reported_of(snapshot, outline, now)
            warnings = reported_warnings(reported, snapshot.reported_warnings)
            of_list.add(reported, outline.verdict, warnings)
            if fits(outline, reported):
                totals.add(reported, outline.verdict, warnings)
                since = day(reported.since, now.tzinfo) if reported else ""
                yield (*urgency(reported, since), outline.file, outline.line, outline.key)

    first = sorted(ranks()) if most is None else nsmallest(most, ranks())
    return Chosen(keys=[rank[-1] for rank in first], totals=totals, of_list=of_list)


def tell(snapshot: Snapshot, keys: Sequence[str]) -> Iterator[Finding]:
    """The findings of these resources, as reports have them, one after the other.

    Their records are read twice; those that left the list meanwhile are left out.
    """
    now, conventions = local_start(snapshot), conventions_of(snapshot)
    is_first = is_first_look(snapshot)

    def finding(record: Record) -> Finding:
        return finding_of(record, now, conventions, is_first_look=is_first)

    def records() -> Iterator[Record]:
        return filter(None, map(snapshot.records.get, keys))

    fixes = (finding(record).fix for record in records())
    rows = twins.rows_of(snapshot, {fix.address for fix in fixes if fix})
    return (with_twin(finding(record), rows) for record in records())
