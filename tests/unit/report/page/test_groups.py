"""Links in groups."""

from dataclasses import replace

from crawler.model import FindingClass, Reason, State
from crawler.report.findings import list_findings
from crawler.report.page import groups
from crawler.report.totals import count
from tests.support.report_builders import NIGHT, make_record, make_resource


def test_worst_category_comes_first_whatever_its_size() -> None:
    records = [
        *(make_record(make_resource(n, category="Large")) for n in range(2, 12)),
        make_record(make_resource(12, category="Large"), Reason.HTTP_404, state=State.BROKEN),
        make_record(make_resource(13, category="Small"), Reason.HTTP_404, state=State.BROKEN),
        make_record(make_resource(14, category="Blocked"), Reason.FORBIDDEN),
    ]
    found = groups.by_category(list_findings(records, NIGHT))
    assert [category.name for category in found] == ["Small", "Large", "Blocked"]
    assert found[1].counts == {FindingClass.BROKEN: 1, FindingClass.HEALTHY: 10}
    assert not any(category.is_healthy for category in found)


def test_link_without_a_check_is_counted_as_unseen() -> None:
    record = replace(make_record(), check=None)
    assert count(list_findings([record], NIGHT)).by_code == {"unseen": 1}


def test_rarest_reason_comes_first() -> None:
    reasons = [Reason.FORBIDDEN, Reason.RATE_LIMITED, Reason.FORBIDDEN]
    records = [make_record(make_resource(n), reason) for n, reason in enumerate(reasons, 2)]
    found = groups.by_reason(list_findings(records, NIGHT))
    assert [(what, len(same)) for what, same in found] == [
        ("The server says that it was asked too often (429)", 1),
        ("The server refuses to answer a robot", 2),
    ]
