"""What a person wants to see of a list, chosen from outlines of all its links."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from crawler import report
from crawler.compare import to_report
from crawler.model import FindingClass, Reason, Snapshot, State
from crawler.report import filters, long_list, overview
from crawler.report.filters import FilterChoice
from crawler.report.findings import Finding
from crawler.report.totals import count
from tests.support.many_nights import many_nights
from tests.support.outlines import outlined
from tests.support.report_builders import NIGHT, make_record, make_resource, make_snapshot

LINKS, TROUBLED = 120, 60
SHOWN = 7
EVERYTHING = FilterChoice()
NEEDED = {
    FindingClass.BROKEN,
    FindingClass.SUSPECT,
    FindingClass.MOVED,
    FindingClass.TLS_EXPIRING,
}


def choice_of(*words: str) -> FilterChoice:
    return filters.choose(words)


def keys(findings: Sequence[Finding]) -> list[str]:
    return [finding.resource.key for finding in findings]


def is_needed(finding: Finding) -> bool:
    return finding.kind in NEEDED or (finding.flaps and finding.kind is not FindingClass.MUTED)


def short(monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    monkeypatch.setattr(long_list, "LONG", LINKS - 1)
    monkeypatch.setattr(long_list, "PAGE", SHOWN)
    return outlined(many_nights(LINKS, TROUBLED))


def test_it_says_what_the_report_says() -> None:
    snapshot = many_nights(LINKS, TROUBLED)
    whole, seen = report.build(snapshot), overview.build(outlined(snapshot), EVERYTHING)
    assert (seen.headline, seen.tally) == (whole.headline, whole.tally)
    assert seen.freshness == whole.freshness
    assert keys(seen.findings) == keys([one for one in whole.findings if is_needed(one)])
    assert seen.totals.links == len(seen.findings) == whole.totals.to_act_on > SHOWN
    told = {one.resource.key: one.what for one in whole.findings}
    assert all(told[one.resource.key] == one.what for one in seen.findings)


@pytest.mark.parametrize("word", ["broken", "moved", "works", "dead", "ok", "muted"])
def test_a_word_chooses_what_the_report_classes_so(word: str) -> None:
    snapshot, choice = many_nights(LINKS, TROUBLED), choice_of(word)
    found = [
        one
        for one in report.build(snapshot).findings
        if choice.fits(one.kind, one.verdict, one.resource.category)
    ]
    seen = overview.build(outlined(snapshot), choice)
    assert keys(seen.findings) == keys(found)
    assert seen.totals == count(found)


def test_of_a_long_list_the_most_urgent_are_shown_and_all_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = overview.build(outlined(many_nights(LINKS, TROUBLED)), EVERYTHING)
    seen = overview.build(short(monkeypatch), EVERYTHING)
    assert keys(seen.findings) == keys(whole.findings[:SHOWN])
    assert (seen.headline, seen.tally, seen.totals) == (
        whole.headline,
        whole.tally,
        whole.totals,
    )


def test_what_seems_gone_at_first_or_flaps_is_to_be_acted_on() -> None:
    gone = make_record(make_resource(2), Reason.HTTP_404, state=State.FAILING)
    well = make_record(make_resource(3))
    reported = to_report(well, NIGHT)
    assert reported
    flaps = replace(well, reported=replace(reported, outages=3))
    unseen = replace(make_record(make_resource(4)), check=None, reported=None)
    for is_first, found in ((True, ["1", "2"]), (False, ["2"])):
        snapshot = make_snapshot(gone, flaps, unseen, first=is_first)
        seen = overview.build(outlined(snapshot), EVERYTHING)
        assert sorted(keys(seen.findings)) == found
