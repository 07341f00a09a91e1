"""What all histories together show."""

from dataclasses import replace
from datetime import date

from crawler import report
from crawler.model import FindingClass, Histories, History, Snapshot
from crawler.report.page import survey
from crawler.report.page.survey import Host
from tests.support.report_builders import make_record, make_resource, make_snapshot

NIGHTS = (date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 21))


def snapshot(**histories: History) -> Snapshot:
    records = [
        make_record(make_resource(n, url=f"https://{name}.example/{n}"))
        for n, name in enumerate(histories, 2)
    ]
    of = {r.resource.key: h for r, h in zip(records, histories.values(), strict=True)}
    return replace(make_snapshot(*records), histories=Histories(nights=NIGHTS, of=of))


def test_links_are_counted_by_state_and_night() -> None:
    of = snapshot(a=History(marks="|.X"), b=History(marks="|.|"), c=History(marks="..?"))
    seen = survey.look(report.build(of))
    assert [dict(counts) for _, counts in seen.by_night] == [
        {FindingClass.HEALTHY: 2},
        {},
        {FindingClass.BROKEN: 1, FindingClass.SUSPECT: 1, FindingClass.HEALTHY: 1},
    ]


def test_slowest_host_comes_first_by_the_median_of_its_links() -> None:
    of = snapshot(
        quick=History(marks="|||", milliseconds=(10, 900, 20)),
        slow=History(marks="|||", milliseconds=(None, 300, 100)),
        dead=History(marks="XXX", milliseconds=(None, None, None)),
    )
    assert survey.look(report.build(of)).hosts == (
        Host(name="slow.example", links=1, milliseconds=200),
        Host(name="quick.example", links=1, milliseconds=20),
    )


def test_strips_of_several_links_and_of_those_shown_twice_are_drawn_once() -> None:
    of = snapshot(a=History(marks="|||"), b=History(marks="|||"), c=History(marks="||X"))
    seen = survey.look(report.build(of))
    assert seen.strips_drawn_once(("1", "2", "3")) == ("|||",)
    assert seen.strips_drawn_once(("2", "3", "3")) == ("||X",)


def test_link_without_a_history_is_left_out() -> None:
    of = replace(snapshot(a=History(marks="|||")), histories=Histories())
    seen = survey.look(report.build(of))
    assert (seen.nights, seen.by_night, seen.hosts) == ((), (), ())
