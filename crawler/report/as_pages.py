"""Pure: the findings of a long list as pages for a browser, each as `index.html` shows links."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from crawler.model import FindingClass
from crawler.report import as_html, long_list
from crawler.report.contents import Report
from crawler.report.long_list import LongList
from crawler.report.page import rows, strips
from crawler.report.page.rows import Row
from crawler.report.page.survey import Survey


def count(report: Report) -> int:
    """How many pages there are; none if the list is not long."""
    return report.long.pages if report.long else 0


def render(report: Report, seen: Survey, long: LongList, number: int) -> Iterator[str]:
    """A page, `reports/findings/NUMBER.html`, in pieces; pages are numbered from 1."""
    shown = [rows.row(report, seen, finding) for finding in long.on_page(number)]
    begin = (number - 1) * long_list.PAGE
    return as_html.streamed(
        "findings_page.html.j2",
        **as_html.shell(report),
        page_title=f", page {number}",
        number=number,
        last=count(report),
        begin=begin + 1,
        end=begin + len(shown),
        total=len(long.keys),
        rows=shown,
        caption=("Links of ", ": what is urgent first, then what has lasted longest."),
        state_codes=[
            kind for kind in FindingClass if any(one.finding.kind is kind for one in shown)
        ],
        category_names=sorted({one.finding.resource.category for one in shown} - {""}),
        task_keys={},
        nights=seen.nights,
        shared=_drawn_once(shown),
        strip_label=partial(strips.label, nights=seen.nights),
    )


def _drawn_once(shown: list[Row]) -> dict[str, int]:
    """The strips that are shown more than once, each with a number."""
    counts = Counter(row.marks for row in shown if row.marks)
    several = [marks for marks, times in counts.items() if times > 1]
    return {marks: number for number, marks in enumerate(several)}
