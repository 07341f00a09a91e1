"""How a line is folded and masked, and how alike two lines are."""
# ruff: noqa: RUF001 -- typographic and foreign characters are meant

import pytest

from crawler.compare.content.lines import Line


def _line(text: str) -> Line:
    return Line(index=0, text=text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It’s “new” – really", 'it\'s "new" - really'),
        ("1,234,567.5 km", "1.234.567,5 km"),
        ("1 234 567 rows", "1,234,567 rows"),
        ("Updated 28 November 2026", "Updated 1 May 2025"),
        ("Updated 28. November 2026", "Updated 28 novembre 2026"),
        ("Published Nov 28, 2026", "Published 2026-11-28"),
        ("Seen 3 days ago", "Seen an hour ago"),
        ("vor 3 Tagen geändert", "vor 2 Stunden geändert"),
        ("1,532 views", "98 views"),
        ("Comments (3)", "Comments (14)"),
        ("★ 1.2k", "★ 1.3k"),
        ("© 2025 Acme", "© 2026 Acme"),
        ("build 3f2a9c1d8b74", "build 0a1b2c3d4e5f"),
        ("at 12:30 UTC", "at 3:05 pm"),
        ("python, go, web", "web, python, go"),
    ],
)
def test_lines_that_say_the_same_have_one_hash(one: str, other: str) -> None:
    assert _line(one).hash == _line(other).hash


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It costs $10", "It costs $12"),
        ("Requires Python 3.11", "Requires Python 3.12"),
        ("The default is 1000", "The default is 5000"),
        ("Before you begin", "Before you start"),
        ("MIT License", "GPL License"),
    ],
)
def test_lines_that_say_something_else_have_another_hash(one: str, other: str) -> None:
    assert _line(one).hash != _line(other).hash


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("The quick brown fox jumps", "The quick red fox jumps", 0.75, 0.9),
        ("A line that was made longer", "A line that was made longer by many more words", 0.9, 1),
        ("Example:", "Examples:", 0.8, 0.95),
        ("https://example.org/one/page", "https://example.net/one/page", 0.75, 1),
        ("Nothing in common", "Other words entirely", 0, 0),
        ("敏捷的棕色狐狸跳过", "敏捷的红色狐狸跳过", 0.8, 0.95),
        ("", "", 1, 1),
    ],
)
def test_likeness(one: str, other: str, least: float, most: float) -> None:
    assert least <= _line(one).likeness(_line(other)) <= most
    assert _line(one).likeness(_line(other)) == _line(other).likeness(_line(one))
