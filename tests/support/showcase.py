"""Writes the report in `reports/`, and the picture of it in the README, from the demo: for maintainers of the tool.

`python -m tests.support.showcase` needs Debian's Chromium. Where the crawler is used, its first run
replaces the report.
"""

import contextlib
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize

from crawler import demo
from tests.support.browser import chromium
from tests.support.demo_list import ignore_progress
from tests.support.paths import REPOSITORY

PICTURE = REPOSITORY / "docs" / "page.png"
SIZE = ViewportSize(width=1200, height=900)
KEPT = 4
"""Nights of the story whose page is in the picture: the last but one brings most."""


def main() -> None:
    """Plays the demo in a folder of its own, so that no path of this machine gets into a report."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for number, night in enumerate(demo.nights(Path()), 1):
            night.crawl(ignore_progress)
            if number == KEPT:
                take_picture(Path("reports/index.html").absolute())
        shutil.rmtree(REPOSITORY / "reports", ignore_errors=True)
        shutil.copytree("reports", REPOSITORY / "reports")


def take_picture(page: Path) -> None:
    """The top of the page, as a person sees it first."""
    with chromium() as browser, browser.new_context(offline=True, viewport=SIZE) as context:
        opened = context.new_page()
        opened.goto(page.as_uri())
        opened.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
