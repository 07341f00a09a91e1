import pytest

from crawler.model import Page, Reason
from tests.support.builders import make_page
from tests.support.judging import reason_of


def _short(title: str | None, words: int = 60, heading: str | None = None, text: str = "") -> Page:
    return make_page(title, first_heading=heading, word_count=words, text=text)


@pytest.mark.parametrize(
    "page",
    [
        _short("Maintenance"),
        _short("Example - Site maintenance"),
        _short("Example", heading="We\u2019ll be back soon!"),
        _short("Wartungsarbeiten"),
        _short("Site en maintenance"),
        _short("Down for maintenance", 240),
    ],
)
def test_a_maintenance_notice_is_a_failure(page: Page) -> None:
    assert reason_of(page) is Reason.MAINTENANCE


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (_short("Site maintenance", 250), "Practical Raft"),
        (_short("Site maintenance"), "How to do site maintenance"),
        (_short("We'll be back soon! How to say so"), "A good maintenance page, explained"),
        (_short("Vehicle upkeep", text="Site maintenance"), "Practical Raft"),
        (_short("Practical Raft", text="down for maintenance"), "Practical Raft"),
    ],
)
def test_a_page_about_maintenance_is_none(page: Page, title: str) -> None:
    assert reason_of(page, title=title) is Reason.OK


def test_a_redirect_to_a_page_named_maintenance_is_a_failure() -> None:
    notice = _short("Acme", 40, "We shall be back")
    assert reason_of(notice, to="https://example.org/maintenance.html") is Reason.MAINTENANCE
    assert reason_of(notice, to="https://example.org/docs/maintenance") is Reason.OK
