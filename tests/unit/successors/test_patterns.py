"""How neighbours moved, and what that makes of a lost URL."""

import pytest

from crawler.successors.patterns import transferred

OLD, NEW = "https://example.org", "https://new.example.org"


@pytest.mark.parametrize(
    ("moves", "lost", "expected"),
    [
        pytest.param(
            [("/docs/a.html", "/guide/a/"), ("/docs/b.html", "/guide/b/")],
            "/docs/c.html",
            "/guide/c/",
            id="folder-and-ending",
        ),
        pytest.param(
            [("/docs/a_b.html", "/docs/a-b.html"), ("/docs/C_d.html", "/docs/C-d.html")],
            "/docs/e_f.html",
            "/docs/e-f.html",
            id="dashes",
        ),
        pytest.param(
            [("/docs/a/x", "/v2/a/x"), ("/docs/b/y", "/v2/b/y")],
            "/docs/c/z",
            "/v2/c/z",
            id="deeper-names-are-kept",
        ),
        pytest.param([("/docs/a", "/guide/a")], "/docs/c", None, id="one-is-not-enough"),
        pytest.param(
            [("/docs/a", "/guide/a"), ("/docs/a", "/guide/a")],
            "/docs/c",
            None,
            id="twice-the-same",
        ),
        pytest.param(
            [("/docs/a", "/guide/a"), ("/docs/b", "/book/b")], "/docs/c", None, id="disagreeing"
        ),
        pytest.param(
            [("/docs/a", "/guide/a"), ("/docs/b", "/guide/b")], "/blog/c", None, id="other-folder"
        ),
        pytest.param(
            [("/docs/a", "/guide/x"), ("/docs/b", "/guide/y")], "/docs/c", None, id="renamed"
        ),
    ],
)
def test_transfer(moves: list[tuple[str, str]], lost: str, expected: str | None) -> None:
    pairs = [(OLD + old, OLD + new) for old, new in moves]
    found = transferred(OLD + lost, pairs)
    assert [one.url for one in found] == ([OLD + expected] if expected else [])
    if expected:
        assert found[0].neighbours == tuple(old for old, _ in pairs)


def test_a_whole_host_that_moved() -> None:
    pairs = [(f"{OLD}/{name}", f"{NEW}/docs/{name}") for name in ("a/b", "c")]
    assert transferred(f"{OLD}/d/e", pairs)[0].url == f"{NEW}/docs/d/e"


def test_its_own_move_and_those_of_other_hosts_do_not_count() -> None:
    moves = [(f"{OLD}/docs/a", f"{OLD}/guide/a"), (f"{NEW}/docs/b", f"{NEW}/guide/b")]
    assert not transferred(f"{OLD}/docs/a", [*moves, moves[0]])
