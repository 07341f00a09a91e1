"""What `crawler status` shows of a link, in terminals of several widths.

`python -m tests.golden` writes the golden files again.
"""

from unittest.mock import patch

import pytest

from crawler.cli import tables, terminal
from tests.support.dossiers import full_dossier
from tests.support.paths import GOLDEN

WIDTHS = (40, 80, 120)


def _shown(width: int) -> str:
    with (
        patch.object(terminal, "width", lambda: width),
        patch.object(tables, "width", lambda: width),
    ):
        return tables.dossier(full_dossier()) + "\n"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_dossier_reads_as_reviewed(width: int) -> None:
    assert _shown(width) == (GOLDEN / "status" / f"{width}.txt").read_text("utf-8")


@pytest.mark.parametrize("width", [*WIDTHS, 60])
def test_a_dossier_fits_and_its_strip_is_one_line(width: int) -> None:
    lines = _shown(width).splitlines()
    assert max(map(len, lines)) <= width
    (place,) = (n for n, line in enumerate(lines) if line.startswith("State ") and "xXX" in line)
    assert lines[place].endswith("xXX")
    assert lines[place + 1].startswith("Time ")


if __name__ == "__main__":
    for columns in WIDTHS:
        (GOLDEN / "status").mkdir(exist_ok=True)
        (GOLDEN / "status" / f"{columns}.txt").write_text(_shown(columns), "utf-8")
