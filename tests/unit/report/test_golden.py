"""The reports as a maintainer sees them, compared with the files in `tests/golden/`.

`python -m tests.unit.report.test_golden` writes the files again; review the difference before committing.
"""

from collections.abc import Callable

import pytest

from crawler import report
from crawler.report import Report, as_json, as_markdown, as_text
from tests.support.paths import GOLDEN
from tests.support.report_scenarios import SCENARIOS

FORMATS: dict[str, Callable[[Report], str]] = {
    "md": as_markdown.render,
    "json": lambda built: "".join(as_json.render(built)),
    "txt": as_text.render,
}
CASES = [(scenario, suffix) for scenario in SCENARIOS for suffix in FORMATS]


def _rendered(scenario: str, suffix: str) -> str:
    return FORMATS[suffix](report.build(SCENARIOS[scenario]()))


@pytest.mark.parametrize(("scenario", "suffix"), CASES)
def test_report_reads_as_reviewed(scenario: str, suffix: str) -> None:
    golden = GOLDEN / f"{scenario}.{suffix}"
    assert _rendered(scenario, suffix) == golden.read_text("utf-8")


if __name__ == "__main__":
    for name, ending in CASES:
        (GOLDEN / f"{name}.{ending}").write_text(_rendered(name, ending), "utf-8")
