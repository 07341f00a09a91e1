import random
import re

import pytest

from crawler.fingerprint import ComparableText, likeness, masked, without_counters
from tests.support.effort import cpu_seconds_at_most


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(3) Inbox", "(12) Inbox"),
        ("(3) Inbox", "Inbox"),
        ("Raft [updated 2025-11-01]", "Raft [updated 2026-01-31]"),
        ("Flask Documentation (3.1.x)", "Flask Documentation (3.2.x)"),
        ("Raft\uff083\u4ef6\uff09", "Raft\uff084\u4ef6\uff09"),
        ("Node.js v24.1.0 Documentation", "Node.js v25.0.0 Documentation"),
        ("3.14.0 Documentation", "3.14.2rc1 Documentation"),
        ("Guide, version 2", "Guide, version 3"),
        ("Stack v7", "Stack v8"),
        ("Raft 2025-11-01", "Raft 2026-01-31"),
        ("Raft 2025-11-01T03:17:00Z", "Raft 2026-01-31T12:00:00Z"),
        ("Raft 1/11/2025", "Raft 31/01/2026"),
        ("Updated 1 November 2025", "Updated 31 January 2026"),
        ("Updated 3rd of May", "Updated 4th of June"),
        ("Updated Nov 1, 2025", "Updated January 31st, 2026"),
        ("Updated May 2025", "Updated June 2025"),
        ("Best courses of 2025", "Best courses of 2026"),
        ("Last seen 3:17", "Last seen 12:40:01"),
        ("Updated 2 hours ago", "Updated 17 days ago"),
        ("Join 1,234 learners", "Join 1,301 learners"),
        ("Join 9.5k learners", "Join 10k learners"),
        ("Join 50+ teams", "Join 60+ teams"),
        ("Raft - 9 comments", "Raft - 10 comments"),
        ("Raft &amp; Paxos", "Raft & Paxos"),
        ("Raft\n  and  Paxos ", "Raft and Paxos"),
    ],
)
def test_what_changes_by_itself_is_masked(before: str, after: str) -> None:
    assert masked(before) == masked(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Practical Raft", "Practical Paxos"),
        ("Learn Python 2", "Learn Python 3"),
        ("10 rules of design", "12 rules of design"),
        ("CS101", "CS205"),
        ("Raft (draft)", "Raft (final)"),
        ("What may be done", "What must be done"),
        ("Raft", "raft"),
        ("Practical Raft", ""),
    ],
)
def test_what_a_page_says_is_not(before: str, after: str) -> None:
    assert masked(before) != masked(after)


PAGE = "This page does not exist. Go back to the front page, or look for what you need in our archive."


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("", "", 1.0),
        ("Raft", "", 0.0),
        ("Raft", "RAFT", 1.0),
        ("No such page", "No such file", 0.5),
        (PAGE, PAGE, 1.0),
        (PAGE, PAGE.replace("archive", "blog"), 0.9),
        (PAGE, "Raft elects a leader, which copies its log to followers, and all agree in the end.", 0.0),
        (f"{PAGE} 2025-11-01 request 8a7f3c9d01", f"{PAGE} 2026-01-31 request 77fe01ba93", 1.0),
        ("没有找到这个页面", "没有找到这个页面", 1.0),
        ("没有找到这个页面", "共识算法简介", 0.0),
    ],
)  # fmt: skip
def test_likeness(first: str, second: str, expected: float) -> None:
    assert likeness(first, second) == expected
    assert likeness(second, first) == expected


def test_ignored_words_count_for_neither_text() -> None:
    ignored = frozenset({"raft", "Paxos"})
    assert likeness(f"{PAGE} raft", f"Paxos {PAGE}", ignoring=ignored) == 1.0


def test_the_end_of_a_long_text_is_not_compared() -> None:
    assert likeness("one two three " * 100_000, "one two three " * 100_000 + "four") == 1.0


def test_a_text_that_is_taken_apart_once_is_compared_as_before() -> None:
    texts = [
        PAGE,
        PAGE.replace("archive", "blog"),
        "",
        "raft",
        "Raft 2025",
        f"{PAGE} 12 8a7f3c9d01",
    ]
    worded = [ComparableText(text) for text in texts]
    for text, wording in zip(texts, worded, strict=True):
        assert [wording.likeness(o) for o in worded] == [likeness(text, other) for other in texts]


_WORD = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
PIECES = (
    *("raft", "ABC", "12", "v2", "abcdefg1", "request8a7f", "_x", "_1_2_3_4_5", "x_y", "1,234", "ago"),
    *("\u6570\u636e\u5e93", "\u306e", "\u0e44\u0e17\u0e22", "\xe9", "e\u0301", "\u0663\u0664\u0665abcde"),
    *("\u0130x", "stra\xdfe", "\u0301", "#", "\u2019s", "\u2014", "\xa0", "&amp;", "+", ".", "(", ")"),
)  # fmt: skip


def _plainly(first: str, second: str, ignoring: frozenset[str]) -> float:
    """The likeness as its definition has it."""

    def tokens(text: str) -> list[str]:
        found = (t for t in _WORD.findall(text.casefold()) if t not in ignoring)
        return ["#" if re.fullmatch(r"\d+|(?=[^\d]*\d)\w{8,}", t) else t for t in found]

    def shingles(found: list[str]) -> set[tuple[str, ...]]:
        return {tuple(found[n : n + size]) for n in range(len(found) - size + 1)}

    ours, theirs = tokens(first), tokens(second)
    if not (ours and theirs):
        return float(ours == theirs)
    size = 1 if min(len(ours), len(theirs)) < 12 else 3
    one, other = shingles(ours), shingles(theirs)
    return round(20 * len(one & other) / len(one | other)) / 20


def test_likeness_is_what_its_definition_says() -> None:
    chance = random.Random(8)  # noqa: S311  (no secret)

    def text() -> str:
        length = chance.choice((0, 1, 3, 12, 40))
        return "".join(chance.choice(PIECES) + chance.choice(("", " ")) for _ in range(length))

    for _ in range(1000):
        first = text()
        second = chance.choice((text(), first, first + text(), first[:20] + text()))
        ignoring = frozenset(p.casefold() for p in chance.sample(PIECES, chance.choice((0, 3))))
        assert likeness(first, second, ignoring=ignoring) == _plainly(first, second, ignoring)


@pytest.mark.parametrize(
    "piece",
    ["(", "(1", "1", "1.1", ",111", "1 ", "1 jan ", "1 k ", "a1", "&", "&#1", "_", " ", "v1", "\u0301\u0316"],
)  # fmt: skip
def test_no_text_takes_longer_than_its_length_explains(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    with cpu_seconds_at_most(4):
        for cleaned in (masked, without_counters):
            cleaned("(" + text)
        likeness(text, text + "x")
