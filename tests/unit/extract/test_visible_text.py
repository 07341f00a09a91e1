import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.extract import read
from crawler.extract.elements import BLOCKS, UNSEEN
from crawler.extract.visible_text import MAX_TEXT_BYTES

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
    assert read(f"<!doctype html>{markup}".encode(), URL, "text/html").text == text


@pytest.mark.parametrize("name", sorted(BLOCKS | UNSEEN))
def test_the_parser_has_a_number_for_each_name_that_is_the_same_in_all_documents(
    name: str,
) -> None:
    documents = [LexborHTMLParser(""), LexborHTMLParser("<x-y>")]
    assert len({document.create_node(name).tag_id for document in documents}) == 1


def test_text_is_cut_between_characters() -> None:
    page = read(("é" * 40_000).encode(), URL, "text/html; charset=utf-8")
    assert page.text == "é" * (MAX_TEXT_BYTES // 2)


@pytest.mark.parametrize(
    ("text", "words"), [("one two\nthree", 3), ("日本語 abc", 4), ("schön — ja", 3), ("", 0)]
)
def test_words(text: str, words: int) -> None:
    assert read(f"<p>{text}".encode(), URL, "text/html; charset=utf-8").word_count == words


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
    page = read(content, URL + fragment, "text/html; charset=utf-8")
    assert page.fragment_found is found


def test_fragment_may_be_in_the_part_that_was_not_read() -> None:
    content = b"<p id=a>" + b"x" * 1_100_000
    assert read(content, URL + "#b", "text/html").fragment_found is None
    assert read(content, URL + "#a", "text/html").fragment_found is True


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a<!-- b > c -->d<!-- <p> -->e", "ade"),
        ("<p title='<!-- <p>'>a<img alt='x > y'>b", "ab"),
        ("a<nav>b<nav>c</nav>d</nav>e", "a\nb\nc\nd\ne"),
        ("a <span role=search> b </span> c", "a b c"),
        ("<p>a\0(b\0)c", "a(b)c"),
        ("<p>&#0;(a", "\ufffd(a"),
        ("<p>a<xmp><p>b</xmp>c<plaintext>d", "a\nc"),
        ("<p>one\u3000two\u2003three", "one two three"),
        ("a<img>b<wbr>c<span><img></span>d<?e f>g</ h>i", "abcdgi"),
        ("<i<p>a</i<p>b<p x<!-- y>c", "ab\nc"),
        ("a<nav></nav>b<aside hidden>c</aside>d<b><nav>e</nav></b>", "a\nbd\ne"),
    ],
)
def test_odd_markup_leaves_nothing_in_the_text(markup: str, text: str) -> None:
    content = f"<!doctype html>{markup}".encode()
    assert read(content, URL, "text/html; charset=utf-8").text == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a<nav>b<nav>c</nav>d</nav>e", "ae"),
        ("<nav>b</nav><p>a</p><footer>c</footer>", "a"),
        ("a <span role=search> b </span> c", "a c"),
        ("<p>a</p> <aside>b</aside> <p>c</p>", "a\nc"),
        ("<header>a</header><header>b</header>", "a\nb"),
        ("<p>a<header>b</header><main><header>c</header>d</main>", "a\nc\nd"),
    ],
)
def test_main_text(markup: str, text: str) -> None:
    content = f"<!doctype html>{markup}".encode()
    assert read(content, URL, "text/html").main_text == text


def test_a_heading_in_the_navigation_has_its_own_text() -> None:
    markup = b"<h2>a <span role=search>b</span></h2><nav><h2>c</h2></nav>"
    assert read(markup, URL, "text/html").first_heading == "a b"


def test_a_page_that_is_hidden_until_a_script_runs_has_its_text_and_heading() -> None:
    content = b"<html style='display:none'><h1>Raft</h1><p>Logs"
    page = read(content, URL, "text/html")
    assert (page.text, page.first_heading) == ("Raft\nLogs", "Raft")


@pytest.mark.parametrize("tag", ["noscript", "noembed", "noframes", "template", "svg"])
def test_what_is_not_shown_in_the_head_ends_it_not(tag: str) -> None:
    markup = f"<head><{tag}><img src=x></{tag}><base href=/x/><meta name=author content=A><p>a"
    page = read(markup.encode(), URL, "text/html")
    assert (page.text, page.author and page.author.value) == ("a", "A")
