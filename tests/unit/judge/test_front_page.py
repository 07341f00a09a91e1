import pytest

from crawler.model import Landing, Page, Probing, Reason
from tests.support.builders import URL, make_page, make_probing
from tests.support.judging import HOME, reason_of

FRONT = make_page("Example", first_heading="News of the week")
HONEST = make_probing()
GO_HOME = make_probing(200, 200, landing=Landing.HOME, likeness=1.0)


@pytest.mark.parametrize(
    ("url", "to"),
    [
        (URL, HOME),
        (URL, "https://www.example.org/"),
        (URL, "https://example.org/index.html"),
        (URL, "https://example.org/en/"),
        (URL, "https://example.org/?utm_source=old"),
        ("https://blog.example.org/raft", HOME),
        ("https://example.org/?p=123", HOME),
    ],
)
@pytest.mark.parametrize("landing", [Landing.HOME, Landing.WITH_RESOURCE])
def test_what_goes_home_like_made_up_urls_is_dead(url: str, to: str, landing: Landing) -> None:
    probing = make_probing(200, 200, landing=landing, likeness=1.0)
    assert reason_of(FRONT, url=url, to=to, probing=probing) is Reason.REDIRECTED_TO_HOME


@pytest.mark.parametrize(
    "probing",
    [
        HONEST,
        None,
        make_probing(403, 403),
        make_probing(None, None),
        make_probing(200, 200),
        make_probing(200, 200, landing=Landing.MISSING_PAGE),
        make_probing(200, 200, landing=Landing.HOME, remembered=True),
    ],
)
def test_what_goes_home_alone_is_suspected(probing: Probing | None) -> None:
    assert reason_of(FRONT, to=HOME, probing=probing) is Reason.SUSPECT_REDIRECT_HOME


def test_a_front_page_that_only_mentions_the_resource_is_suspected() -> None:
    front = make_page("Example", first_heading="News", text="Our practical guide to Raft")
    assert reason_of(front, to=HOME, probing=GO_HOME) is Reason.SUSPECT_REDIRECT_HOME


CLASS = "https://example.org/api/AnnotatedType.html"
ANNOTATED, BASE = (
    "AnnotatedType (Quill Edition 17 & Kit 17)",
    "tern.base (Quill Edition 17 & Kit 17)",
)
BASE_PAGE = make_page(BASE, first_heading="Module tern.base", text="Quill Edition 17 & Kit 17")
TO_BASE = make_probing(
    200, 200, landing=Landing.HOME, likeness=1.0, title=BASE, first_heading="Module tern.base"
)


def test_what_all_titles_of_a_site_share_does_not_speak_for_a_front_page() -> None:
    reason = reason_of(BASE_PAGE, url=CLASS, to=HOME, title=ANNOTATED, probing=TO_BASE)
    assert reason is Reason.REDIRECTED_TO_HOME
    reason = reason_of(BASE_PAGE, url=CLASS, to=HOME, title=ANNOTATED, probing=HONEST)
    assert reason is Reason.SUSPECT_REDIRECT_HOME


@pytest.mark.parametrize("title", ["Quill Edition 17", "Quill Edition Kit module", "Kit"])
def test_a_front_page_that_is_listed_by_the_name_of_its_site_is_ok(title: str) -> None:
    url = "https://example.org/start/here"
    assert reason_of(BASE_PAGE, url=url, to=HOME, title=title, probing=TO_BASE) is Reason.OK


GO_ALONG = make_probing(200, 200, landing=Landing.WITH_RESOURCE, likeness=1.0)
SOLD = "https://buyer.example/"


@pytest.mark.parametrize("to", [SOLD, "https://example.org/?notfound=1"])
def test_what_goes_to_another_front_with_all_made_up_urls_is_dead(to: str) -> None:
    assert reason_of(FRONT, to=to, probing=GO_ALONG) is Reason.REDIRECTED_TO_HOME


@pytest.mark.parametrize("probing", [HONEST, None, GO_HOME])
def test_what_goes_alone_to_the_front_of_another_site_is_suspected(
    probing: Probing | None,
) -> None:
    # The list's and the page's title share a word, so that it is not called replaced.
    front = make_page("Practical tools", first_heading=None, text="Hammers")
    title = "Practical Raft for beginners of log replication"
    assert reason_of(front, to=SOLD, title=title, probing=probing) is Reason.SUSPECT_REDIRECT_HOME


def test_several_pages_that_went_home_are_dead() -> None:
    assert reason_of(FRONT, to=HOME, status=301, collapsed=3) is Reason.REDIRECTED_TO_HOME
    # Visitors who have not signed in are sent there for the time being.
    assert reason_of(FRONT, to=HOME, collapsed=3) is Reason.SUSPECT_REDIRECT_HOME


@pytest.mark.parametrize("probing", [HONEST, GO_HOME, None])
@pytest.mark.parametrize(
    ("url", "to", "page"),
    [
        # The front page is the resource
        (URL, HOME, make_page("Practical Raft, the book")),
        ("https://practical-raft.example/book", "https://practical-raft.example/", make_page()),
        # What is listed is a front page itself
        (HOME, "https://example.org/en/", FRONT),
        ("https://example.org/index.php", HOME, FRONT),
        ("https://example.org/de/", "https://example.org/en/", FRONT),
        # Not the front page of the site
        ("https://example.org/docs", "https://example.org/docs/latest/", FRONT),
        ("https://example.org/docs", "https://docs.example.org/", FRONT),
        (URL, "https://raft.example/", make_page("Raft")),
        (URL, "https://example.org/#raft", FRONT),
        (URL, "https://example.org/?page=raft", FRONT),
        (URL, "https://example.org/js/", FRONT),
    ],
)
def test_what_lives_is_ok(url: str, to: str, page: Page, probing: Probing | None) -> None:
    assert reason_of(page, url=url, to=to, probing=probing) is Reason.OK
