"""What is told of a list that is too long for one page, from outlines of its resources."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from crawler import report
from crawler.model import (
    ChangeKind,
    FindingClass,
    Reason,
    Record,
    Snapshot,
    State,
    WarningCode,
)
from crawler.report import Report, as_html, as_json, as_markdown, as_pages, as_text, long_list
from crawler.report.findings import Finding
from crawler.report.totals import count
from tests.support.many_nights import many_nights
from tests.support.outlines import outline, outlined, pages
from tests.support.report_builders import (
    NIGHT,
    make_change,
    make_record,
    make_resource,
    make_snapshot,
)
from tests.support.report_forms import junit, sarif
from tests.support.report_scenarios import everything

LINKS, TROUBLED = 300, 120
SHORT, PER_PAGE = 40, 50


@pytest.fixture(autouse=True)
def _long_from_forty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_list, "LONG", SHORT)
    monkeypatch.setattr(long_list, "PAGE", PER_PAGE)


class Counted(Mapping[str, Record]):
    """Records that count how often one is read."""

    def __init__(self, records: Mapping[str, Record]) -> None:
        self._records = records
        self.read: Counter[str] = Counter()

    def __getitem__(self, key: str) -> Record:
        self.read[key] += 1
        return self._records[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


def built(snapshot: Snapshot) -> Report:
    return report.build(outlined(snapshot))


def test_totals_and_order_are_those_of_the_whole_list() -> None:
    snapshot = many_nights(LINKS, TROUBLED)
    whole, short = report.build(snapshot), built(snapshot)
    assert short.long
    findings = [one for one in whole.findings if one.kind is not FindingClass.HEALTHY]
    assert list(short.long.keys) == [one.resource.key for one in findings]
    assert [without_times(short.long.finding(key)) for key in short.long.keys] == [
        without_times(one) for one in findings
    ]
    assert len(short.findings) == SHORT
    assert (short.headline, short.tally) == (whole.headline, whole.tally)
    assert short.totals == whole.totals == count(whole.findings)
    for kind, found in whole.sections.items():
        assert len(short.sections[kind]) == len(found)
    for name in ("in_list", "to_mend", "to_take_over", "needs_you"):
        assert len(getattr(short, name)) == len(getattr(whole, name))


def without_times(finding: Finding) -> Finding:
    """Findings that are all in memory share what is reported, without its times."""
    return replace(finding, reported=None)


def test_the_first_look_is_the_same_in_short() -> None:
    records = [
        make_record(make_resource(n), Reason.HTTP_404, state=State.FAILING) for n in range(2, 90)
    ]
    unseen = replace(make_record(make_resource(200)), check=None, reported=None)
    snapshot = make_snapshot(*records, unseen, first=True)
    whole, short = report.build(snapshot), built(snapshot)
    assert (short.headline, short.tally) == (whole.headline, whole.tally)
    assert "1 not checked yet" in short.tally
    assert short.long
    assert "200" not in short.long.keys


def test_each_class_is_told_in_part_and_the_most_urgent_come_first() -> None:
    short = built(many_nights(LINKS, TROUBLED))
    told = Counter(finding.kind for finding in short.findings)
    kinds = {kind for kind in short.totals.classes if kind is not FindingClass.HEALTHY}
    assert all(told[kind] >= SHORT // 10 for kind in kinds)
    assert told[FindingClass.BROKEN] == SHORT - 4 * (len(kinds) - 1)
    order = [finding.resource.key for finding in short.findings]
    assert short.long
    assert order == [key for key in short.long.keys if key in order]


def test_only_the_most_urgent_records_are_read() -> None:
    snapshot = outlined(many_nights(LINKS, TROUBLED))
    records = Counted(snapshot.records)
    short = report.build(replace(snapshot, records=records))
    assert len(records.read) == SHORT
    assert max(records.read.values()) == 1
    assert len(short.findings) == SHORT


def test_a_record_of_an_earlier_version_is_read_for_what_it_reports() -> None:
    old = replace(
        make_record(make_resource(90), Reason.HTTP_404, state=State.BROKEN), reported=None
    )
    records = [make_record(make_resource(n)) for n in range(2, 80)]
    outlines = tuple(replace(outline(one), reported=None) for one in (*records, old))
    short = report.build(replace(make_snapshot(*records, old), outlines=outlines))
    assert [one.resource.key for one in short.findings] == [old.resource.key]
    assert short.totals.classes[FindingClass.BROKEN] == 1


def test_a_new_address_that_is_in_the_list_is_told_with_its_row() -> None:
    snapshot = everything()
    records = dict(snapshot.records) | {
        one.resource.key: one for one in (make_record(make_resource(n)) for n in range(200, 260))
    }
    snapshot = replace(snapshot, records=records)
    short = built(snapshot)
    assert short.long
    told = [short.long.finding(key) for key in short.long.keys]
    whole = {one.resource.key: one for one in report.build(snapshot).findings}
    assert [one.fix for one in told] == [whole[one.resource.key].fix for one in told]
    assert [one.step for one in told] == [whole[one.resource.key].step for one in told]
    assert any(one.fix and one.fix.twin for one in told)


def test_shares_count_all_links_and_name_the_pages() -> None:
    short = built(many_nights(LINKS, TROUBLED))
    assert short.long
    categories = short.long.categories
    assert sum(one.links for one in categories) == LINKS
    assert sum(sum(one.counts.values()) for one in categories) == LINKS
    weights = [one.weight / one.links for one in categories]
    assert weights == sorted(weights, reverse=True)
    host = short.long.hosts[0]
    assert host.weight == max(one.weight for one in short.long.hosts)
    keys = [key for n in host.pages for key in keys_of_page(short, n)]
    of_host = [k for k in short.long.keys if host.name in short.snapshot.records[k].resource.url]
    assert set(of_host) <= set(keys)


def keys_of_page(of: Report, number: int) -> list[str]:
    assert of.long
    return [finding.resource.key for finding in of.long.on_page(number)]


def test_response_time_of_a_host_is_the_median_of_its_last_checks() -> None:
    slow = [
        make_record(
            make_resource(n, url=f"https://slow.example/{n}"), Reason.HTTP_404, state=State.BROKEN
        )
        for n in range(2, 5)
    ]
    times = (100, 300, 500)
    records = [
        replace(one, check=replace(one.check, elapsed=timedelta(milliseconds=ms)))  # type: ignore[type-var]
        for one, ms in zip(slow, times, strict=True)
    ]
    others = [make_record(make_resource(n)) for n in range(10, 70)]
    short = built(make_snapshot(*records, *others))
    assert short.long
    (host,) = short.long.hosts
    assert (host.name, host.links, host.milliseconds) == ("slow.example", 3, 300)


def test_pages_have_every_finding_once_and_no_healthy_link() -> None:
    short = built(many_nights(LINKS, TROUBLED))
    made = pages(short)
    assert len(made) == 3
    rows = [re.findall(r'<tr class="([a-z_]+)">', page) for page in made]
    assert [len(found) for found in rows] == [50, 50, 20]
    assert "healthy" not in {kind for found in rows for kind in found}
    first, second, last = made
    assert 'href="2.html" rel="next"' in first
    assert 'rel="prev"' not in first
    assert 'href="1.html" rel="prev"' in second
    assert 'rel="next"' not in last
    assert "<h2>Findings 101 to 120 of 120</h2>" in last
    assert 'href="../index.html"' in last


def test_pages_end_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_list, "PAGES", 2)
    short = built(many_nights(LINKS, TROUBLED))
    assert as_pages.count(short) == 2
    page = "".join(as_html.render(short))
    assert "The pages end after 100 findings; the other 20 are in the database." in page
    assert "findings/3.html" not in page


def test_summary_leads_to_the_pages_and_has_no_table_of_links() -> None:
    short = built(many_nights(LINKS, TROUBLED))
    page = "".join(as_html.render(short))
    assert short.long
    linked = {int(n) for n in re.findall(r'href="findings/([0-9]+)\.html', page)}
    assert linked == {1, 2, 3}
    assert 'id="links"' not in page
    for code, number in short.long.page_of.items():
        kinds = {finding.kind for finding in short.long.on_page(number)}
        assert code in kinds
    assert page.count("<li>") < 400


def test_a_list_that_is_not_long_has_no_pages() -> None:
    few = built(many_nights(SHORT, 10))
    assert few.long is None
    assert as_pages.count(few) == 0


def test_json_has_the_most_urgent_findings_and_says_how_many_are_left_out() -> None:
    snapshot = many_nights(LINKS, TROUBLED)
    told = json.loads("".join(as_json.render(built(snapshot))))
    whole = json.loads("".join(as_json.render(report.build(snapshot))))
    keys = [record["key"] for record in told["records"]]
    assert len(keys) == SHORT
    assert told["records"] == [record for record in whole["records"] if record["key"] in keys]
    assert (told["left_out"], whole["left_out"]) == (LINKS - SHORT, 0)
    assert told["counts"] == whole["counts"]


def test_readme_counts_all_and_shows_the_first() -> None:
    snapshot = many_nights(LINKS, TROUBLED)
    text = as_markdown.render(built(snapshot))
    whole = as_markdown.render(report.build(snapshot))
    headings = re.findall(r"^## .* \([0-9]+\)$", text, re.MULTILINE)
    assert headings == re.findall(r"^## .* \([0-9]+\)$", whole, re.MULTILINE)
    assert len(headings) > 4
    assert "## By category" in text
    assert "## By host" in text
    assert "## All links" not in text
    assert len(text.encode()) < as_markdown.ALL_BYTES


def test_other_forms_have_the_most_urgent_findings() -> None:
    snapshot = outlined(many_nights(LINKS, TROUBLED))
    assert junit(snapshot).count("<testcase ") == SHORT
    assert f'tests="{SHORT}"' in junit(snapshot)
    keys = [
        one["properties"]["number"] for one in json.loads(sarif(snapshot))["runs"][0]["results"]
    ]
    assert 0 < len({*keys}) <= SHORT
    assert f"To mend ({built(snapshot).totals.to_mend})" in as_text.render(built(snapshot))


def test_warnings_of_healthy_links_are_counted() -> None:
    plain = [
        make_record(make_resource(n), warnings=(WarningCode.INSECURE_HTTP,)) for n in range(2, 60)
    ]
    broken = make_record(make_resource(70), Reason.HTTP_404, state=State.BROKEN)
    short = built(make_snapshot(*plain, broken))
    ((code, found),) = short.noticed
    assert (code, len(found), [*found]) == (WarningCode.INSECURE_HTTP, 58, [])
    assert "And 58 more, in the database." in as_markdown.render(short)


def test_hostile_names_stay_text_in_the_tables() -> None:
    bad = [
        make_record(
            make_resource(n, category='<b onclick=x>|`"', title="<script>"),
            Reason.HTTP_404,
            state=State.BROKEN,
        )
        for n in range(2, 60)
    ]
    short = built(make_snapshot(*bad))
    page = "".join(as_html.render(short))
    assert "<b onclick" not in page
    assert all("<script>alert" not in one and "<b onclick" not in one for one in pages(short))
    assert "<b onclick" not in as_markdown.render(short).replace("\\<b onclick", "")


def test_events_are_told_as_ever() -> None:
    snapshot = many_nights(LINKS, TROUBLED)
    change = make_change(ChangeKind.ADDED, make_resource(2), after="https://example.org/")
    changed = replace(snapshot, changes=(*snapshot.changes, change), changed_at=NIGHT)
    whole, short = report.build(changed), built(changed)
    assert [one.change for one in short.events] == [one.change for one in whole.events]
