"""The page in Debian's Chromium, opened from a file, with the network off."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has no types
from playwright.sync_api import Browser, Page, sync_playwright

from crawler import report
from crawler.report import as_html
from tests.support.report_builders import make_record, make_resource
from tests.support.report_scenarios import bad_night

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOSTILE = "<script>alert(1)</script><img src=https://evil.example/x onerror=alert(1)>"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing; apt-get install chromium"
    ),
]


def rendered() -> str:
    snapshot = bad_night()
    hostile = make_resource(99, HOSTILE, f"https://evil.example/{'x' * 500}", "W" * 300)
    record = make_record(hostile, page_title=HOSTILE)
    records = {**snapshot.records, hostile.key: record}
    return "".join(as_html.render(report.build(replace(snapshot, records=records))))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass
class Opened:
    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def column(self, name: str) -> list[str]:
        """The texts of a column, of the rows that are shown."""
        cells = self.page.locator(f"#links tbody tr:not([hidden]) .{name}")
        return [text.strip() for text in cells.all_inner_texts()]

    def sort_by(self, header: str) -> str | None:
        """The header's `aria-sort`, once it is clicked."""
        self.page.get_by_role("button", name=header, exact=True).click()
        return self.page.get_by_role("columnheader", name=header).get_attribute("aria-sort")

    @property
    def shown(self) -> str:
        return self.page.locator("#shown").inner_text()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(rendered(), encoding="utf-8")
    return tmp_path


@contextmanager
def opened(browser: Browser, folder: Path, **options: Any) -> Iterator[Opened]:
    with browser.new_context(offline=True, **options) as context:
        page = context.new_page()
        visit = Opened(page=page, address=(folder / "index.html").as_uri())
        page.on("request", lambda request: visit.requests.append(request.url))
        page.on("console", lambda message: visit.complaints.append(message.text))
        page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        page.goto(visit.address)
        yield visit


def test_page_asks_for_nothing_and_nothing_goes_wrong(browser: Browser, folder: Path) -> None:
    with opened(browser, folder) as visit:
        visit.sort_by("Link")
        visit.page.get_by_label("Filter").fill("raft")
        assert visit.requests == [visit.address]
        assert visit.complaints == []


def test_script_that_is_not_ours_does_not_run(browser: Browser, folder: Path) -> None:
    foreign = "<script>document.title = 'taken over'</script></body>"
    (folder / "index.html").write_text(rendered().replace("</body>", foreign), encoding="utf-8")
    with opened(browser, folder) as visit:
        assert visit.page.title() == "Link report: resources.csv"
        assert "Content Security Policy" in visit.complaints[0]


@pytest.mark.parametrize(("header", "column"), [("Category", "category"), ("Since", "since")])
def test_header_sorts_up_and_down_with_blanks_last(
    browser: Browser, folder: Path, header: str, column: str
) -> None:
    with opened(browser, folder) as visit:
        up, ascending = visit.sort_by(header), visit.column(column)
        down, descending = visit.sort_by(header), visit.column(column)
        known = [text for text in ascending if text]
        blanks = [""] * (len(ascending) - len(known))
        assert (up, ascending) == ("ascending", sorted(known, key=str.lower) + blanks)
        assert (down, descending) == (
            "descending",
            sorted(known, key=str.lower, reverse=True) + blanks,
        )
        assert visit.page.locator("[aria-sort]").count() == 1


def test_numbers_sort_as_numbers_and_states_by_urgency(browser: Browser, folder: Path) -> None:
    with opened(browser, folder) as visit:
        urgent = visit.column("state")
        visit.sort_by("Row")
        numbers = [int(text) for text in visit.column("number")]
        assert numbers == sorted(numbers)
        visit.sort_by("State")
        assert visit.column("state") == urgent


def test_words_and_state_filter_together(browser: Browser, folder: Path) -> None:
    with opened(browser, folder) as visit:
        assert visit.shown == "22 of 22 shown"
        visit.page.get_by_label("Filter").fill("EXAMPLE apis")
        assert visit.column("category") == ["APIs", "APIs"]
        visit.page.get_by_label("Filter").fill("databases")
        assert visit.shown == "3 of 22 shown"
        visit.page.get_by_label("State").select_option("blocked")
        assert (visit.shown, visit.column("state")) == ("2 of 22 shown", ["blocked"] * 2)
        visit.page.get_by_label("Filter").fill("no such thing")
        assert visit.shown == "0 of 22 shown"


def test_page_is_complete_without_script(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, java_script_enabled=False) as visit:
        assert visit.page.locator("#links tbody tr").count() == 22
        assert visit.page.locator("#links tbody tr").last.is_visible()
        assert not visit.page.locator("#filter").is_visible()
        assert visit.page.locator("#links button").count() == 0


@pytest.mark.parametrize("width", [360, 960, 1280])
def test_page_is_as_wide_as_the_window(browser: Browser, folder: Path, width: int) -> None:
    with opened(browser, folder, viewport={"width": width, "height": 800}) as visit:
        assert visit.page.evaluate("() => document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_accessible(
    browser: Browser, folder: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    window = {"width": width, "height": 800}
    with opened(browser, folder, color_scheme=scheme, viewport=window) as visit:
        results = Axe().run(visit.page)
        assert not results.violations_count, results.generate_report()
