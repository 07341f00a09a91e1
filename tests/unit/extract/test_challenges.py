import pytest

from crawler.extract import challenge_in, read
from crawler.model import MediaKind, Page
from tests.support.challenge_pages import CHALLENGES, ORDINARY

URL = "https://example.org/guides/raft"
FAMILIES = ("challenge_", "captcha_")


def marks(content: str) -> list[str]:
    found = read(content.encode(), URL, "text/html").marks
    return [mark for mark in found if mark.startswith(FAMILIES)]


@pytest.mark.parametrize("name", CHALLENGES)
def test_the_page_of_a_filter_bears_its_mark(name: str) -> None:
    _, content = CHALLENGES[name]
    own = "captcha_" if name.startswith("home-made") else "challenge_"
    assert any(mark.startswith(own) for mark in marks(content))
    page = challenge_in(read(content.encode(), URL, "text/html; charset=utf-8"))
    assert page is not None
    assert list(page.marks) == marks(content)


@pytest.mark.parametrize(
    "name", [name for name in ORDINARY if name not in {"newsletter", "titled-captcha"}]
)
def test_another_page_bears_none(name: str) -> None:
    _, content = ORDINARY[name]
    assert marks(content) == []
    assert challenge_in(read(content.encode(), URL, "text/html")) is None


@pytest.mark.parametrize(
    ("content", "content_type"),
    [(b"", None), (b"{}", "application/json"), (b"_cf_chl_opt", "text/plain"), (b"\xff<", None)],
)
def test_what_is_no_page_is_no_challenge(content: bytes, content_type: str | None) -> None:
    assert challenge_in(read(content, URL, content_type)) is None


def test_a_challenge_is_told_without_its_words() -> None:
    content = b"<title>A</title><script>window.gokuProps</script><h1>B</h1><p>C"
    assert challenge_in(read(content, URL, "text/html")) == Page(
        kind=MediaKind.HTML, word_count=2, scripts=1, marks=("challenge_aws",)
    )


def test_a_long_page_is_looked_at_only_if_search_engines_are_told_to_leave_it_out() -> None:
    robots = '<meta name="robots" content="noindex,nofollow">'
    text = "<script>window._cf_chl_opt={}</script><p>" + "word " * 999
    assert marks(robots + text) == ["challenge_cloudflare"]
    assert marks(robots + text + "word") == []
    assert marks(text) == []
