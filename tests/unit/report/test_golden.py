"""The reports as a maintainer sees them, compared with the files in `tests/golden/`.

`python -m tests.golden` writes the files again, and the tables of
`docs/reports.md`; review the difference before committing.
"""

import pytest

from tests.support.paths import GOLDEN
from tests.support.report_fields import DOCUMENTATION, with_schemas
from tests.support.report_forms import FORMS
from tests.support.report_scenarios import SCENARIOS

CASES = [(scenario, form) for scenario in SCENARIOS for form in FORMS]


@pytest.mark.parametrize(("scenario", "form"), CASES)
def test_report_reads_as_reviewed(scenario: str, form: str) -> None:
    golden = GOLDEN / scenario / form
    assert FORMS[form](SCENARIOS[scenario]()) == golden.read_text("utf-8")


if __name__ == "__main__":
    for name, form_name in CASES:
        (GOLDEN / name).mkdir(exist_ok=True)
        (GOLDEN / name / form_name).write_text(FORMS[form_name](SCENARIOS[name]()), "utf-8")
    text = DOCUMENTATION.read_text("utf-8")
    DOCUMENTATION.write_text(with_schemas(text), "utf-8")
