"""The page in Debian's Chromium, opened from a file, with the network off."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has no types
from playwright.sync_api import Browser, Page

from crawler import report
from crawler.report import as_html
from tests.support.browser import CHROMIUM, chromium
from tests.support.many_nights import many_nights
from tests.support.report_builders import NIGHT, make_record, make_resource
from tests.support.report_scenarios import bad_night

COLUMNS = ("Row", "State", "Link", "Category", "Since", "Response", "Nights", "Story")
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
    with chromium() as launched:
        yield launched


@dataclass
class Opened:
    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def column(self, name: str) -> list[str]:
        """The texts of a column, of the rows that are shown."""
        script = """(place) => [...document.querySelectorAll("#links tbody tr.on")].map((row) => {
            const cell = row.children[place];
            return (cell.matches("th") ? cell.firstElementChild : cell).innerText.trim();
        })"""
        texts: list[str] = self.page.evaluate(script, COLUMNS.index(name))
        return texts

    def sort_by(self, header: str) -> str | None:
        """The header's `aria-sort`, once it is clicked."""
        self.page.get_by_role("button", name=header, exact=True).click()
        return self.page.get_by_role("columnheader", name=header).get_attribute("aria-sort")

    def find(self, text: str) -> str:
        """What is said of the rows found, once that was typed."""
        self.page.get_by_label("Find").fill(text)
        return self.shown

    @property
    def shown(self) -> str:
        return self.page.locator("#shown").inner_text()

    @property
    def hash(self) -> str:
        return str(self.page.evaluate("() => location.hash"))

    def copied(self, name: str) -> str:
        """What a button puts on the clipboard."""
        self.page.get_by_role("button", name=name).first.click()
        self.page.get_by_text("Copied").wait_for()
        return str(self.page.evaluate("() => navigator.clipboard.readText()"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "index.html").write_text(rendered(), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a report on 130 links with 90 nights behind them."""
    folder = tmp_path_factory.mktemp("long")
    content = "".join(as_html.render(report.build(many_nights(130, 30))))
    (folder / "index.html").write_text(content, encoding="utf-8")
    return folder


@contextmanager
def opened(browser: Browser, folder: Path, fragment: str = "", **options: Any) -> Iterator[Opened]:
    with browser.new_context(offline=True, **options) as context:
        page = context.new_page()
        page.set_default_timeout(20_000)
        visit = Opened(page=page, address=(folder / "index.html").as_uri() + fragment)
        page.on("request", lambda request: visit.requests.append(request.url))
        page.on("console", lambda message: visit.complaints.append(message.text))
        page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        page.goto(visit.address)
        yield visit


# --- alone and safe -----------------------------------------------------------------------------


@pytest.mark.promise("34")
def test_page_asks_for_nothing_and_nothing_goes_wrong(browser: Browser, folder: Path) -> None:
    with opened(browser, folder) as visit:
        visit.sort_by("Link")
        visit.find("raft")
        visit.page.get_by_role("button", name="Theme").click()
        visit.page.locator("#links tr.on summary").first.click()
        assert visit.requests == [visit.address]
        assert visit.complaints == []


@pytest.mark.promise("34")
def test_script_that_is_not_ours_does_not_run(browser: Browser, tmp_path: Path) -> None:
    foreign = "<script>document.title = 'taken over'</script></body>"
    content = rendered().replace("</body>", foreign)
    (tmp_path / "index.html").write_text(content, encoding="utf-8")
    with opened(browser, tmp_path) as visit:
        assert visit.page.title() == "Link report: resources.csv"
        assert "Content Security Policy" in visit.complaints[0]


# --- order and filters --------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["Category", "Since"])
def test_header_sorts_up_and_down_with_blanks_last(
    browser: Browser, folder: Path, header: str
) -> None:
    with opened(browser, folder) as visit:
        up, ascending = visit.sort_by(header), visit.column(header)
        down, descending = visit.sort_by(header), visit.column(header)
        known = [text for text in ascending if text]
        blanks = [""] * (len(ascending) - len(known))
        assert (up, ascending) == ("ascending", sorted(known, key=str.lower) + blanks)
        assert (down, descending) == (
            "descending",
            sorted(known, key=str.lower, reverse=True) + blanks,
        )
        assert visit.page.locator("[aria-sort]").count() == 1


def test_numbers_sort_as_numbers_and_states_by_urgency(browser: Browser, long: Path) -> None:
    with opened(browser, long) as visit:
        urgent = visit.column("State")
        visit.sort_by("Row")
        numbers = [int(text) for text in visit.column("Row")]
        assert numbers == list(range(1, 101))
        visit.sort_by("Response")
        times = [int(text.removesuffix(" ms")) for text in visit.column("Response")]
        assert times == sorted(times)
        visit.sort_by("State")
        assert visit.column("State") == urgent


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PRACTICAL raft", ["Practical Raft"]),
        ("graphql.example/learn", ["GraphQL"]),
        ("no such page", ["Practical Raft"]),
        ("twelve factors", ["The twelve-factor app"]),
    ],
)
def test_text_is_found_in_title_url_reason_and_page(
    browser: Browser, folder: Path, text: str, found: list[str]
) -> None:
    with opened(browser, folder) as visit:
        visit.find(text)
        assert visit.column("Link") == found


def test_filters_work_together_and_what_finds_nothing_offers_to_clear(
    browser: Browser, folder: Path
) -> None:
    with opened(browser, folder) as visit:
        assert visit.shown == "22 links"
        visit.page.get_by_label("Category").select_option("Databases & SQL")
        assert visit.shown == "3 found, of 22 links"
        visit.page.get_by_role("group", name="State").get_by_text("blocked").click()
        assert visit.column("State") == ["blocked", "blocked"]
        assert visit.find("no such thing") == "No link fits these filters."
        visit.page.get_by_role("button", name="Clear filters").click()
        assert visit.shown == "22 links"
        visit.page.get_by_label("Host").fill("walled.example")
        assert visit.shown == "2 found, of 22 links"


def test_count_in_the_header_leads_to_the_table_each_time(browser: Browser, long: Path) -> None:
    with opened(browser, long) as visit:
        link = visit.page.locator('header a[href="#state=moved"]')
        for _ in range(2):
            visit.page.evaluate("() => scrollTo(0, 0)")
            link.press("Enter")
            visit.page.wait_for_function("() => scrollY > 100")
            assert visit.page.evaluate("() => document.activeElement.innerText") == "All links"
            visit.page.keyboard.press("Tab")
            assert visit.page.evaluate("() => document.activeElement.id") == "q"


def test_hosts_are_read_once_for_all_keys(browser: Browser, long: Path) -> None:
    count_reads = """() => {
        const link = HTMLAnchorElement.prototype;
        const { get } = Object.getOwnPropertyDescriptor(link, "hostname");
        window.reads = 0;
        Object.defineProperty(link, "hostname", { get() { reads += 1; return get.call(this); } });
    }"""
    with opened(browser, long) as visit:
        visit.page.evaluate(count_reads)
        visit.page.locator("#host").press_sequentially("docs")
        assert visit.shown.endswith(" found, of 130 links")
        assert 0 < visit.page.evaluate("() => reads") <= 130


def test_count_in_the_header_filters_the_table(browser: Browser, folder: Path) -> None:
    with opened(browser, folder) as visit:
        header = visit.page.get_by_role("navigation", name="Links by state")
        header.get_by_text("2 moved").click()
        assert visit.column("State") == ["moved", "moved"]
        pressed = visit.page.get_by_role("button", pressed=True)
        assert pressed.all_inner_texts() == ["moved"]


def test_filters_and_order_are_in_the_hash_and_outlive_a_reload(
    browser: Browser, folder: Path
) -> None:
    with opened(browser, folder) as visit:
        visit.page.get_by_label("Category").select_option("Databases & SQL")
        visit.find("paid")
        visit.sort_by("Link")
        visit.sort_by("Link")
        assert visit.hash == "#category=Databases+%26+SQL&q=paid&sort=-link"
        visit.page.reload()
        assert visit.shown == "2 found, of 22 links"
        assert visit.column("Link") == ["Paid course, part 2", "Paid course"]
        assert visit.page.get_by_label("Find").input_value() == "paid"


def test_link_with_a_filter_can_be_opened(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, "#state=failing") as visit:
        assert visit.column("Link") == ["Kafka in a nutshell"]


@pytest.mark.parametrize(
    ("width", "most", "second"), [(1280, 100, "130 links"), (375, 25, "50 of 130 links")]
)
def test_long_list_is_shown_a_part_at_a_time(
    browser: Browser, long: Path, width: int, most: int, second: str
) -> None:
    with opened(browser, long, viewport={"width": width, "height": 800}) as visit:
        assert visit.shown == f"{most} of 130 links"
        visit.page.get_by_role("button", name=re.compile("Show [0-9]+ more")).click()
        assert visit.shown == second
        if visit.shown != "130 links":
            visit.page.get_by_role("button", name="Show all").click()
        assert visit.page.locator("#links tbody tr.on").count() == 130


# --- stories, copying, theme --------------------------------------------------------------------


def test_row_unfolds_to_its_story_by_mouse_and_keyboard(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, "#q=kafka") as visit:
        story = visit.page.locator("#links tr.on details")
        visit.page.locator("#links tr.on td").nth(1).click()
        assert story.get_by_text("crawler check 79").is_visible()
        visit.page.locator("#links tr.on summary").focus()
        visit.page.keyboard.press("Enter")
        assert not story.get_by_text("crawler check 79").is_visible()


def test_story_under_to_do_is_shown_in_the_table_too(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, "#q=practical") as visit:
        visit.page.locator("#links tr.on summary").click()
        story = visit.page.locator("#links tr.on details")
        story.get_by_text("crawler fix --apply 41").first.wait_for()
        assert "crawler check 41" in story.inner_text()
        assert visit.page.locator("#story-1").count() == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Copy crawler check 41", "crawler check 41"),
        ("Copy new address", "https://graphql.example/learn/start/"),
        (
            "Copy all: old and new",
            "https://graphql.example/learn https://graphql.example/learn/start/",
        ),
    ],
)
def test_button_copies(browser: Browser, folder: Path, name: str, text: str) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    with opened(browser, folder, permissions=permissions) as visit:
        visit.page.locator("#todo summary").first.click()
        assert visit.copied(name) == text


def test_theme_follows_the_system_until_it_is_chosen(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, color_scheme="dark") as visit:
        paper = "() => getComputedStyle(document.body).backgroundColor"
        dark = visit.page.evaluate(paper)
        button = visit.page.get_by_role("button", name="Theme")
        button.click()
        light = visit.page.evaluate(paper)
        assert (light, button.inner_text()) == ("rgb(255, 255, 255)", "Theme: light")
        visit.page.reload()
        assert visit.page.evaluate(paper) == light
        button.click()
        assert (visit.page.evaluate(paper), button.inner_text()) == (dark, "Theme: dark")


def test_old_page_warns_by_itself(browser: Browser, long: Path) -> None:
    with opened(browser, long) as visit:
        band = visit.page.locator("#old")
        visit.page.clock.set_fixed_time(NIGHT + timedelta(hours=7))
        visit.page.reload()
        assert "(7 hours ago), trusted" in visit.page.locator("header").inner_text()
        assert not band.is_visible()
        visit.page.clock.set_fixed_time(NIGHT + timedelta(days=3))
        visit.page.reload()
        assert "may be out of date" in band.inner_text()


# --- for everybody ------------------------------------------------------------------------------


def test_page_is_complete_without_script(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, java_script_enabled=False) as visit:
        assert visit.page.locator("#links tbody tr").count() == 22
        assert visit.page.locator("#links tbody tr").last.is_visible()
        assert not visit.page.get_by_label("Find").is_visible()
        assert visit.page.locator("button:visible").count() == 0


def test_paper_has_what_is_to_do_and_nothing_else(browser: Browser, folder: Path) -> None:
    with opened(browser, folder) as visit:
        visit.page.emulate_media(media="print")
        shown = visit.page.locator("h2:visible").all_inner_texts()
        assert shown == ["To do (4)"]


@pytest.mark.parametrize("width", [375, 700, 960, 1280])
def test_page_is_as_wide_as_the_window(browser: Browser, folder: Path, width: int) -> None:
    with opened(browser, folder, viewport={"width": width, "height": 800}) as visit:
        for summary in visit.page.locator("summary:visible").all():
            summary.evaluate("(summary) => { summary.parentElement.open = true; }")
        assert visit.page.evaluate("() => document.documentElement.scrollWidth") == width


def test_table_stays_a_table_for_assistive_technology(browser: Browser, folder: Path) -> None:
    """Its rows are grids to the eye, which must not take their meaning away."""
    with opened(browser, folder, "#q=kafka") as visit:
        table = visit.page.get_by_role("table", name="Every link of resources.csv")
        assert table.get_by_role("row").count() == 2
        assert table.get_by_role("rowheader").count() == 1
        assert table.get_by_role("columnheader").count() == 8
        tree = visit.page.context.new_cdp_session(visit.page).send("Accessibility.getFullAXTree")
        roles = Counter(node["role"]["value"] for node in tree["nodes"] if not node["ignored"])
        assert (roles["table"], roles["rowheader"], roles["cell"]) == (1, 1, 7)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("which", "width"), [("folder", 375), ("folder", 1280), ("long", 1280)])
def test_page_is_accessible(
    browser: Browser,
    request: pytest.FixtureRequest,
    which: str,
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    window = {"width": width, "height": 800}
    shown = request.getfixturevalue(which)
    with opened(browser, shown, color_scheme=scheme, viewport=window) as visit:
        for summary in visit.page.locator("summary:visible").all()[:30]:
            summary.evaluate("(summary) => { summary.parentElement.open = true; }")
        results = Axe().run(visit.page)
        assert not results.violations_count, results.generate_report()
