import pytest

from crawler.fingerprint import likeness, masked


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
