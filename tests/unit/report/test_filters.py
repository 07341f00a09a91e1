"""Words that choose among findings."""

import pytest

from crawler.model import Reason, State
from crawler.report import filters
from crawler.report.filters import FilterChoice
from crawler.report.findings import Finding, list_findings
from tests.support.report_builders import NIGHT, make_record, make_resource

BROKEN = make_record(make_resource(1, "A"), Reason.HTTP_404, state=State.BROKEN)
GONE = make_record(make_resource(2, "B"), Reason.HTTP_404, state=State.FAILING)
MOVED = make_record(make_resource(3, "C"), Reason.PERMANENT_REDIRECT)
WELL = make_record(make_resource(4, "D"))
FINDINGS = list_findings([BROKEN, GONE, MOVED, WELL], NIGHT)


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (["broken"], "A"),
        (["Broken", "MOVED"], "AC"),
        (["failing"], "B"),
        (["dead"], "AB"),
        (["works"], "D"),
        (["healthy"], "D"),
        (["blocked"], ""),
        ([], "ABCD"),
    ],
)
def test_classes_and_verdicts_choose(words: list[str], titles: str) -> None:
    choice = filters.choose(words)
    assert choice.others == ()
    assert "".join(sorted(f.resource.title for f in FINDINGS if fits(choice, f))) == titles


def fits(choice: FilterChoice, finding: Finding) -> bool:
    return choice.fits(finding.kind, finding.verdict, finding.resource.category)


def _known(*categories: str) -> list[tuple[str, str]]:
    """Keys and categories."""
    return [(f"key-{line}", category) for line, category in enumerate(categories)]


def test_a_category_is_told_from_words_that_name_resources() -> None:
    words = ["data bases", "84", "Moved", "2024", "*sql*", "Data Bases", "key-1"]
    choice = filters.choose(words, _known("Data Bases", "2024", "", "Web", "key-1 and key-2"))
    assert choice.filters == ("data bases", "Moved", "Data Bases")
    assert choice.others == ("84", "2024", "*sql*", "key-1")
    assert choice.categories == {"data bases"}
    assert choice.kinds == {"moved"}


def test_the_beginning_of_a_category_is_enough() -> None:
    listed = _known("Web", "Web design", "Databases & SQL")
    assert filters.choose(["data"], listed).categories == {"databases & sql"}
    assert filters.choose(["we"], listed).categories == {"web", "web design"}
    assert filters.choose(["WEB"], listed).categories == {"web"}
    assert filters.choose(["bases"], listed).others == ("bases",)
