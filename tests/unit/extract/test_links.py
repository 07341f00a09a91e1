"""The links of a page."""

import time

import pytest

from crawler.extract import links
from crawler.extract.links import ANCHOR_LENGTH, MAX_LINKS
from crawler.model import Link

URL = "https://example.org/docs/"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<a href="raft">Practical <b>Raft</b></a>', [Link(url=URL + "raft", text="Practical Raft")]),
        ('<a href="/raft#log">Log</a>', [Link(url="https://example.org/raft", text="Log", is_part=True)]),
        ('<a href=" raft ">\n Raft\u200b\n</a>', [Link(url=URL + "raft", text="Raft")]),
        ('<a href="raft"><img alt="Raft"></a>', [Link(url=URL + "raft", text="")]),
        ('<base href="/new/"><a href="x">X</a>', [Link(url="https://example.org/new/x", text="X")]),
        ('<a href="//other.test/">O</a>', [Link(url="https://other.test/", text="O")]),
        ('<a href="javascript:x()">J</a><a href="mailto:x@y">M</a><a href="http://[">B</a>', []),
        ("<a>No href</a><a href>Itself</a>", [Link(url=URL, text="Itself")]),
        ("plain text", []),
    ],
)  # fmt: skip
def test_links(markup: str, expected: list[Link]) -> None:
    assert list(links(markup.encode(), URL, "text/html; charset=utf-8")) == expected


def test_texts_and_numbers_of_links_are_bounded() -> None:
    (one,) = links(f'<a href="x">{"word " * 1000}</a>'.encode(), URL, "text/html")
    assert len(one.text) <= ANCHOR_LENGTH
    many = "".join(f'<a href="{n}">{n}</a>' for n in range(3000))
    assert len(links(many.encode(), URL, "text/html")) <= MAX_LINKS


def test_a_hostile_page_does_not_take_long() -> None:
    hostile = b"<div>" * 300_000 + b'<a href="x">X</a>'
    started = time.process_time()
    links(hostile, URL, "text/html")
    assert time.process_time() - started < 5
