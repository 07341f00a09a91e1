"""The text of a page, packed and unpacked."""

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import packing
from crawler.model import Declared, KeptText, MediaKind, Page

LINES = st.lists(st.sampled_from(["", "Home", "Docs", "Raft", "A log of all that is agreed"]))
PAGE = Page(
    kind=MediaKind.HTML,
    title=Declared(value="Learn\nSQL", origin="title"),
    text="Home\nRaft",
    main_text="Raft",
)


@given(LINES, LINES, LINES)
def test_main_text_comes_back_without_what_is_around_it(
    before: list[str], main: list[str], after: list[str]
) -> None:
    page = Page(
        kind=MediaKind.HTML,
        title=Declared(value="Learn\nSQL", origin="title"),
        text="\n".join([*before, *main, *after]),
        main_text="\n".join(main),
    )
    kept = packing.unpacked(packing.packed(page, lambda _: False).content)
    assert kept.text == page.text
    assert kept.title == "Learn SQL"
    assert sorted((kept.main_text or "").split("\n")) == sorted(
        page.main_text.split("\n") if page.main_text else page.text.split("\n")
    )


def test_a_text_of_an_earlier_version_has_no_known_main_text() -> None:
    kept = packing.unpacked(zlib.compress(b"Learn SQL\nwith a tree"))
    assert (kept.text, kept.main_text) == ("Learn SQL\nwith a tree", None)


def test_a_text_is_known_by_its_hash() -> None:
    text = packing.packed(PAGE, lambda _: True)
    assert text.fingerprint == hashlib.sha256(b"Home\nRaft").hexdigest()
    renamed = packing.packed(replace(PAGE, first_heading="Raft"), lambda _: True)
    assert (renamed.fingerprint, renamed.digest != text.digest) == (text.fingerprint, True)


def test_a_stored_text_is_not_compressed_again() -> None:
    new = packing.packed(PAGE, lambda _: False)
    stored = packing.packed(PAGE, lambda digest: digest == new.digest)
    assert (stored.content, stored.digest) == (b"", new.digest)
    assert packing.unpacked(b"") == KeptText()


@pytest.mark.parametrize(
    "damage",
    [lambda content: b"\0" + content[1:], lambda content: content[:-2]],
    ids=["other bytes", "cut off"],
)
def test_of_a_damaged_text_nothing_is_known(damage: Callable[[bytes], bytes]) -> None:
    content = packing.packed(PAGE, lambda _: False).content
    assert packing.unpacked(damage(content)) == KeptText()
    assert packing.unpacked(zlib.compress(b"\xff")) == KeptText()


def test_a_tighter_text_is_the_same_text() -> None:
    content = packing.packed(PAGE, lambda _: False).content
    assert packing.unpacked(packing.packed_tighter(content)) == packing.unpacked(content)
