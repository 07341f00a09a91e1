"""The summary of a long list and the pages of its findings in Debian's Chromium, with the network off."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has no types
from playwright.sync_api import Browser, Page

from crawler import report
from crawler.report import as_html, long_list
from tests.support.browser import CHROMIUM, chromium
from tests.support.many_nights import many_nights
from tests.support.outlines import outlined, pages

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing; apt-get install chromium"
    ),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of 300 links, 120 of them in trouble, as those of a list that is long from 40 on."""
    made = tmp_path_factory.mktemp("long")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_list, "LONG", 40)
        patch.setattr(long_list, "PAGE", 50)
        built = report.build(outlined(many_nights(300, 120)))
        (made / "index.html").write_text("".join(as_html.render(built)), encoding="utf-8")
        (made / "findings").mkdir()
        for number, page in enumerate(pages(built), 1):
            (made / "findings" / f"{number}.html").write_text(page, encoding="utf-8")
    return made


@contextmanager
def opened(browser: Browser, folder: Path, name: str, **options: Any) -> Iterator[Page]:
    """The page, which asks for nothing but files of the folder, and complains of nothing."""
    context = browser.new_context(offline=True, **options)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"file://{folder}/{name}")
    yield page
    assert all(url.startswith(f"file://{folder}/") for url in asked)
    assert not complaints
    context.close()


def _shown(page: Page) -> int:
    return page.locator("#links tbody tr.on").count()


def test_a_category_leads_to_its_findings(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, "index.html") as page:
        link = page.locator("#categories tbody th a").first
        name = link.inner_text()
        link.click()
        assert page.url.startswith(f"file://{folder}/findings/")
        assert page.get_by_label("Category").input_value() == name
        categories = page.locator("#links tbody tr.on td:nth-of-type(3)").all_inner_texts()
        assert categories
        assert {*categories} == {name}


def test_a_host_leads_to_its_findings(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, "index.html") as page:
        link = page.locator("#hosts tbody th a").first
        name = link.inner_text()
        link.click()
        assert page.get_by_label("Host").input_value() == name
        assert 0 < _shown(page) < 50


def test_pages_are_turned_by_keyboard(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, "findings/1.html") as page:
        assert page.locator("#shown").inner_text() == "50 links"
        for name, number in (("Next", 2), ("Next", 3), ("Previous", 2), ("Last", 3), ("First", 1)):
            page.get_by_role("link", name=name, exact=True).first.focus()
            page.keyboard.press("Enter")
            page.wait_for_url(f"**/findings/{number}.html")
        page.get_by_role("link", name="Summary").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/index.html")


def test_a_table_that_is_too_wide_is_scrolled_by_keyboard(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, "index.html", viewport={"width": 375, "height": 800}) as page:
        table = page.get_by_role("region", name="By host").first
        table.focus()
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        page.wait_for_function("document.activeElement.scrollLeft > 0")


@pytest.mark.parametrize("name", ["index.html", "findings/2.html"])
def test_everything_is_there_without_script(browser: Browser, folder: Path, name: str) -> None:
    with opened(browser, folder, name, java_script_enabled=False) as page:
        assert page.get_by_role("button").count() == 0
        if name == "index.html":
            assert page.locator("#findings li a").count() > 3
        else:
            assert page.locator("#links tbody tr").count() == 50
            assert page.locator("#links tbody tr").last.is_visible()


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("name", ["index.html", "findings/1.html"])
def test_pages_are_as_wide_as_the_window(
    browser: Browser, folder: Path, name: str, width: int
) -> None:
    with opened(browser, folder, name, viewport={"width": width, "height": 800}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "findings/1.html"])
def test_pages_are_accessible(browser: Browser, folder: Path, name: str, theme: Any) -> None:
    # The rules are run by a script, which the page itself allows only to its own.
    with opened(browser, folder, name, color_scheme=theme, bypass_csp=True) as page:
        for fold in page.locator("details").all()[:10]:
            fold.evaluate("one => { one.open = true; }")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
