"""IO: the pages with the findings of a long list, `reports/findings/1.html` and so on."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from crawler.report import Report, as_pages
from crawler.report.page.survey import Survey
from crawler.run.files import FINDINGS, is_ours, prepare_folder, remove, write

_NAME = re.compile(r"([1-9][0-9]{0,5})\.html")


def write_pages(reports: Path, report: Report, seen: Survey) -> None:
    """Writes the pages of a long list; there are none of any other.

    Raises:
        StoreError: one of them cannot be written; `index.html` still has the earlier ones.
    """
    folder = reports / FINDINGS
    if report.long:
        prepare_folder(folder)
        for number in range(1, as_pages.count(report) + 1):
            write(folder / f"{number}.html", as_pages.render(report, seen, report.long, number))


def remove_others(reports: Path, report: Report) -> None:
    """Removes the pages that earlier reports had beyond those of this one, and nothing that is not ours.

    Raises:
        StoreError: one of them cannot be removed.
    """
    folder, last = reports / FINDINGS, as_pages.count(report)
    for number, path in _pages(folder):
        if number > last and is_ours(path):
            remove(path)
    if not last:
        # It is not there, or has something else in it.
        with contextlib.suppress(OSError):
            folder.rmdir()


def _pages(folder: Path) -> Iterator[tuple[int, Path]]:
    for path in folder.glob("*.html"):
        if found := _NAME.fullmatch(path.name):
            yield int(found[1]), path
