"""Pure: every link as a test case in the XML of JUnit, which CI systems show.

Source: https://github.com/testmoapp/junitxml, for what their readers have in common.
"""

from collections.abc import Callable, Container, Iterator
from datetime import UTC
from xml.etree.ElementTree import Element

from crawler.model import FindingClass
from crawler.report.contents import Report
from crawler.report.findings import Finding
from crawler.report.wording import state_words
from crawler.report.xml_pieces import DECLARATION, child, element, opening, piece

_WITHOUT_RESULT = frozenset({FindingClass.BLOCKED, FindingClass.SKIPPED, FindingClass.MUTED, None})
"""Classes of links that are muted, or not known to work or to fail."""


def render(
    report: Report, *, fail_on: Container[str], path_of: Callable[[str], str]
) -> Iterator[str]:
    """The test suite in pieces, `reports/junit.xml`; links of the classes in `fail_on` are failures.

    `path_of` says where a file of the list is, seen from the root of the repository.
    """
    run = report.snapshot.run
    counts = _counts(report, fail_on)
    took = (run.finished_at - run.started_at).total_seconds() if run.finished_at else 0.0
    suite = element(
        "testsuite",
        name=report.snapshot.resources_name,
        **counts,
        time=f"{took:.3f}",
        timestamp=f"{run.started_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
    )
    title = f"Link report: {report.snapshot.resources_name}"
    yield DECLARATION + opening(element("testsuites", name=title, **counts))
    yield opening(suite, 1)
    for finding in report.findings:
        case = _case(finding, path_of(finding.resource.file))
        _add_result(case, finding, fail_on)
        yield piece(case, 2)
    yield "  </testsuite>\n</testsuites>\n"


def _counts(report: Report, fail_on: Container[str]) -> dict[str, str]:
    kinds = [finding.kind for finding in report.findings]
    failures = sum(_is_failure(kind, fail_on) for kind in kinds)
    skipped = sum(_is_skipped(kind, fail_on) for kind in kinds)
    return {
        "tests": str(len(kinds)),
        "failures": str(failures),
        "errors": "0",
        "skipped": str(skipped),
    }


def _is_failure(kind: FindingClass | None, fail_on: Container[str]) -> bool:
    return kind is not None and kind in fail_on


def _is_skipped(kind: FindingClass | None, fail_on: Container[str]) -> bool:
    return kind in _WITHOUT_RESULT and not _is_failure(kind, fail_on)


def _case(finding: Finding, path: str) -> Element:
    """The link, named without its line, which every edit of the list changes."""
    resource, elapsed = finding.resource, finding.elapsed
    return element(
        "testcase",
        classname=resource.category or finding.list_name,
        name=f"{finding.name} {resource.url}".strip() or finding.row,
        file=path,
        line=str(resource.line),
        time="" if elapsed is None else f"{elapsed.total_seconds():.3f}",
    )


def _add_result(case: Element, finding: Finding, fail_on: Container[str]) -> None:
    """What is wrong; nothing where the link works."""
    kind = finding.kind
    since = f"Since {finding.since}." if finding.since else ""
    new_url = f"New address: {finding.new_url}" if finding.new_url else ""
    text = " ".join(filter(None, (f"{finding.row}.", finding.what, since, new_url, finding.step)))
    reason = finding.reported.judgement.reason if finding.reported else state_words.UNSEEN
    if _is_failure(kind, fail_on):
        child(case, "failure", text, type=reason, message=finding.what)
    elif _is_skipped(kind, fail_on):
        child(case, "skipped", message=finding.what)
    elif kind is not FindingClass.HEALTHY:
        child(case, "system-out", text)
