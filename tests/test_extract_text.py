import pytest

from crawler.extract import extract
from crawler.extract.text import MAX_TEXT_BYTES

URL = "https://example.org/page"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one\ntwo</p>three<p>four", "one two\nthree\nfour"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("a</br>b</p>c", "a\nb\nc"),
        ("a<br>b<b>c</b> <i>d</i>", "a\nbc d"),
        ("<ul><li>a<li>b</ul><table><tr><td>c<td>d</table>", "a\nb\nc\nd"),
        ("<title>t</title><style>s</style><script>s</script><p>a", "a"),
        ("<noscript>n</noscript><template>t</template><textarea>x</textarea><p>a", "a"),
        ("<p hidden>h<b>h</b></p><p style='color:red;DISPLAY: none'>h</p>a", "a"),
        ("<p hidden=until-found>a", "a"),
        ("<svg><text>s</text></svg><!-- c --><iframe>i</iframe>a", "a"),
        ("a &lt; b &amp;amp; c < d", "a < b &amp; c < d"),
        ("<p>\u200b \u202e</p>a\u00a0 b", "a b"),
        ("<frameset><frame src=x></frameset>", ""),
        ("", ""),
    ],
)
def test_visible_text(markup: str, text: str) -> None:
    assert extract(f"<!doctype html>{markup}".encode(), URL, "text/html").text == text


def test_text_is_cut_between_characters() -> None:
    page = extract(("é" * 40_000).encode(), URL, "text/html; charset=utf-8")
    assert page.text == "é" * (MAX_TEXT_BYTES // 2)


@pytest.mark.parametrize(
    ("text", "words"), [("one two\nthree", 3), ("日本語 abc", 4), ("schön — ja", 3), ("", 0)]
)
def test_words(text: str, words: int) -> None:
    assert extract(f"<p>{text}".encode(), URL, "text/html; charset=utf-8").word_count == words


PLACES = (
    "<h2 id=intro>x</h2><a name=Old>y</a><p name=para>z<i id=größe></i>"
    "<a id=user-content-usage></a><div hidden id=tab></div>"
)


@pytest.mark.parametrize(
    ("fragment", "found"),
    [
        ("", None),
        ("#", True),
        ("#top", True),
        ("#TOP", True),
        ("#intro", True),
        ("#Intro", False),
        ("#Old", True),
        ("#para", False),
        ("#gr%C3%B6%C3%9Fe", True),
        ("#usage", True),
        ("#tab", True),
        ("#missing", False),
        ("#:~:text=x", True),
        ("#intro:~:text=x", True),
        ("#missing:~:text=x", False),
        ("#!/route", None),
        ("#/route", None),
    ],
)
def test_fragment(fragment: str, *, found: bool | None) -> None:
    content = PLACES.encode()
    page = extract(content, URL + fragment, "text/html; charset=utf-8")
    assert page.fragment_found is found


def test_fragment_may_be_in_the_part_that_was_not_read() -> None:
    content = b"<p id=a>" + b"x" * 1_100_000
    assert extract(content, URL + "#b", "text/html").fragment_found is None
    assert extract(content, URL + "#a", "text/html").fragment_found is True
