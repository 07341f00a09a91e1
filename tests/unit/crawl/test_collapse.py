"""Which listed pages have become the same page."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from crawler.crawl.collapse import (
    CollapsedPages,
    sites_with_several_pages,
    text_mark,
)
from crawler.judge.thresholds import BARE_WORDS
from crawler.model import Check, Lane, Page, Target
from tests.support.builders import make_chain, make_check, make_facts, make_page, make_resource

SITE = "https://example.org"


def led(number: int, url: str, *targets: str, status_code: int = 200) -> Check:
    chain = make_chain(*((301, target) for target in targets), url=url, status_code=status_code)
    return make_check(
        resource=make_resource(url, number=number), facts=make_facts(exchanges=chain)
    )


@pytest.mark.parametrize(
    ("checks", "counts"),
    [
        ([led(1, f"{SITE}/a", f"{SITE}/"), led(2, f"{SITE}/b", f"{SITE}/")], {"1": 2, "2": 2}),
        # Of one site are all hosts of one registered domain.
        (
            [
                led(1, f"{SITE}/a", "https://new.example/"),
                led(2, "https://docs.example.org/b", "https://new.example/"),
                led(3, "https://other.example/b", "https://new.example/"),
            ],
            {"1": 2, "2": 2},
        ),
        # The page itself may be listed.
        ([led(1, f"{SITE}/a", f"{SITE}/"), led(2, SITE)], {}),
        ([led(1, f"http{SITE[5:]}/a/", f"{SITE}/a"), led(2, f"{SITE}/a")], {}),
        # These are one page to begin with.
        (
            [
                led(1, f"{SITE}/a", f"{SITE}/"),
                led(2, f"{SITE}/a/", f"{SITE}/"),
                led(3, "https://www.example.org/a", f"{SITE}/"),
            ],
            {},
        ),
        (
            [
                led(1, f"{SITE}/a", f"{SITE}/"),
                led(2, f"{SITE}/a?utm_source=list", f"{SITE}/"),
                led(3, f"{SITE}/a/index.html", f"{SITE}/"),
                led(4, f"{SITE}/a?b=c", f"{SITE}/"),
            ],
            {"1": 2, "2": 2, "3": 2, "4": 2},
        ),
        # What is not there at all has not become another page.
        (
            [
                led(number, f"{SITE}/{number}", f"{SITE}/", status_code=code)
                for number, code in ((1, 404), (2, 404), (3, 304))
            ],
            {},
        ),
    ],
)
def test_pages_that_redirect_to_one_url_are_counted(
    checks: list[Check], counts: dict[str, int]
) -> None:
    assert counted(checks, [None] * len(checks)) == counts


def noted(checks: Sequence[Check], marks: Sequence[bytes | None]) -> CollapsedPages:
    pages = CollapsedPages(len(checks))
    for number, (check, mark) in enumerate(zip(checks, marks, strict=True)):
        pages.note(number, check, mark)
    return pages


def counted(checks: Sequence[Check], marks: Sequence[bytes | None]) -> dict[str, int]:
    """The counts by resource key."""
    counts = noted(checks, marks).counts()
    return {checks[number].resource.key: count for number, count in counts.items()}


def test_pages_with_the_same_text_are_counted() -> None:
    checks = [led(number, f"{SITE}/{number}") for number in range(1, 6)]
    checks.append(led(6, "https://other.example/6"))
    assert counted(checks, [b"7", b"7", b"7", b"8", None, b"7"]) == {"1": 3, "2": 3, "3": 3}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (make_page(text="Nothing here"), make_page("Another title", text="Nothing here"), True),
        (make_page(text="Nothing here"), make_page(text="Something here"), False),
    ],
)
def test_equal_texts_have_equal_marks(first: Page, second: Page, same: bool) -> None:
    assert (text_mark(first) == text_mark(second)) is same


@pytest.mark.parametrize("page", [None, make_page(word_count=BARE_WORDS - 1, text="Loading")])
def test_a_page_with_hardly_any_text_has_no_mark(page: Page | None) -> None:
    assert text_mark(page) is None


def shown(number: int, page: Page, path: str = "") -> Check:
    check = led(number, f"{SITE}/{path or number}")
    return replace(check, page=page)


def test_pages_are_alike_when_title_heading_and_text_are_the_same() -> None:
    page = make_page("Loans", text="For all. " * 1_000)
    checks = [
        *(shown(number, page) for number in (1, 2, 3)),
        shown(4, make_page("Other", text=page.text)),
        shown(5, make_page("Loans", first_heading="Other", text=page.text)),
        shown(6, page, "1/"),
        replace(shown(7, page), page=None),
    ]
    assert noted(checks, [b"text"] * 7).alike_counts() == {0: 3, 1: 3, 2: 3, 5: 3}


def test_a_suspected_page_is_counted_with_a_living_one() -> None:
    page = make_page("Loans", text="For all. " * 1_000)
    checks = [shown(1, page), *(led(number, f"{SITE}/{number}") for number in (2, 3))]
    checks[1:] = [replace(one, facts=replace(one.facts, seen=page)) for one in checks[1:]]
    assert noted(checks, [b"text"] * 3).alike_counts() == {0: 3, 1: 3, 2: 3}


def test_of_two_looks_the_last_page_counts() -> None:
    first, second = shown(1, make_page("Loans")), shown(2, make_page("Loans"))
    pages = noted([first, second], [b"text"] * 2)
    pages.note(0, replace(first, page=make_page("Better")), b"text")
    assert pages.alike_counts() == {}


@pytest.mark.parametrize("mark", [None, b"text"])
def test_a_page_without_a_mark_and_a_304_are_not_alike(mark: bytes | None) -> None:
    old = [replace(shown(n, make_page()), facts=make_facts(status_code=304)) for n in (1, 2)]
    new = [shown(1, make_page()), shown(2, make_page())]
    assert noted(old if mark else new, [mark] * 2).alike_counts() == {}


def test_texts_are_compared_where_several_pages_of_a_site_are_listed() -> None:
    def lane(host: str, *paths: str) -> Lane:
        urls = [f"https://{host}/{path}" for path in paths]
        return Lane(
            host=host,
            targets=tuple(Target(url=url, resources=(make_resource(url),)) for url in urls),
        )

    lanes = [
        lane("a.com", "x"),
        lane("b.co.uk", "x", "y"),
        lane("c.org", "x"),
        lane("d.c.org", "x"),
    ]
    assert sites_with_several_pages(lanes) == {"b.co.uk", "c.org"}
