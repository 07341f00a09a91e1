"""Markdown with the place of each URL, compared with markdown-it as it is."""

import html
import re
from collections.abc import Iterator
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from crawler.resources.formats import markdown_source
from crawler.resources.formats.markdown_source import Destination

_PIECES = st.sampled_from(
    [
        *"[]()<>*_`\\!#>|:-+~&;\"' \t\n\n\n",
        "a",
        "é",
        "- ",
        "1. ",
        "> ",
        "    ",
        "| ",
        "\n\n",
        "\n- ",
        "\n  - ",
        "\n> ",
        "\n|-|-|\n",
        "\n===\n",
        "# ",
        "https://a.example/x_y*z",
        "https://b.example/(p)?q&amp;r",
        "http://ü.example",
        "www.c.example",
        "[t](https://d.example)",
        "[t]( <https://e.example/a b> 'x' )",
        "[t](\n https://f.example)",
        "<https://g.example/~x>",
        "<a@example.org>",
        "![i](https://h.example/i.png)",
        "[![i](h.png)](https://h.example)",
        "[ref]",
        "[t][ref]",
        "\n[ref]: https://r.example/\\_x 'title'\n",
        "\n[ref]:\n <https://s.example/a b>\n",
        "\n> [q]: https://q.example\n\n[q]\n",
        '<a href="https://k.example/?a&amp;b">',
        "</a>",
        "```\n",
        "<!-- c -->",
        "\\|",
    ]
)
DOCUMENTS = st.lists(_PIECES, max_size=40).map("".join)


def links(tokens: list[Token]) -> Iterator[Token]:
    return (token for token in tokens if token.type == "link_open")


class _EndingLikeGfm:
    """The library's finder of bare addresses, without the signs that GFM leaves out at their end."""

    def __init__(self, linkify: Any) -> None:
        self._linkify = linkify

    def match_at_start(self, text: str) -> Any:
        found = self._linkify.match_at_start(text)
        if found:
            found.url = found.text = found.url.rstrip("?!.,:*_~")
            found.last_index = found.index + len(found.url)
        return found


def hrefs_by_markdown_it(text: str) -> list[str]:
    markdown = MarkdownIt("gfm-like")
    markdown.linkify = _EndingLikeGfm(markdown.linkify)
    markdown.core.ruler.disable(["linkify"])
    blocks = markdown.parse(text)
    return [
        str(link.attrs["href"])
        for block in blocks
        if block.type == "inline"
        for link in links(block.children or [])
    ]


def destinations(text: str) -> Iterator[tuple[Destination, str]]:
    """The destination of each link, and what stands in the document where it is said to be."""
    document = markdown_source.parse(text)
    for block in document.tokens:
        if block.type == "inline":
            segments = markdown_source.segments_of(block)
            for link in links(markdown_source.read_inline(block, document)):
                label = link.meta.get("label")
                if label is None:
                    found: Destination = link.meta["destination"]
                    start, end = segments.span(found.start, found.end)
                else:
                    found = document.definitions[label]
                    start, end = found.start, found.end
                yield found, text[start:end]


@given(DOCUMENTS)
@example("| a \\| [t](https://a.example/\\|x) | https://b.example |\n|-|-|\n")
@example("- a\n\n\t[t](\n\thttps://a.example)")
@example("> - x\n> [t](https://a.example)\nhttps://b.example")
@example("# [t](https://a.example) #\n")
@example("[a]:\n<https://a.example>\n\n[a]")
@example("https://a.example/x_y*z_")
def test_every_link_is_found_where_it_stands(text: str) -> None:
    normalize = MarkdownIt().normalizeLink
    found = list(destinations(text))
    assert [normalize(link.url) for link, _ in found] == hrefs_by_markdown_it(text)
    for link, written in found:
        url = link.url.removeprefix("mailto:")
        assert unescapeAll(written.replace("\\|", "|")) in {url, unescapeAll(url)}


@given(DOCUMENTS)
def test_every_html_block_is_found_where_it_stands(text: str) -> None:
    for block in markdown_source.parse(text).tokens:
        if block.type == "html_block":
            segments = markdown_source.segments_of(block)
            for tag in re.finditer(r"<a href[^>\n]*>", block.content):
                start, end = segments.span(*tag.span())
                assert html.unescape(text[start:end]) == html.unescape(tag[0])
