"""The bench of sites that moved: what it reads of releases, and what it takes for the truth."""

from pathlib import Path

import pytest

from benchmarks.real_pages.sources import Half
from tests.moved import redirect_maps, restructured
from tests.moved.documents import read_documents
from tests.moved.plan import plan
from tests.moved.recipes import slugs_of, with_merged
from tests.moved.redirect_maps import read_map
from tests.moved.sources import projects, projects_of
from tests.moved.truth import Kind, Move, Releases
from tests.support import made_releases
from tests.support.made_releases import AFTER, BEFORE, PROJECT, PUBLISHED, text


def releases(folder: Path) -> Releases:
    before = made_releases.documents(folder / "before", BEFORE)
    return Releases(before, made_releases.documents(folder / "after", AFTER))


def test_moves_are_known_from_the_map_and_from_the_sentences(tmp_path: Path) -> None:
    assert releases(tmp_path).moves(PUBLISHED) == (
        Move(old="cranes", kind=Kind.NONE),
        Move(old="old/screws", kind=Kind.RENAMED, new="new/bolts", is_mapped=True),
        Move(old="old/seals", kind=Kind.FOLDER, new="new/seals"),
    )


def test_a_page_whose_text_a_longer_one_has_was_merged(tmp_path: Path) -> None:
    longer = text("pumps and seals") + "\n\n" + text("seals") + "\n\n" + text("pumps")
    before = made_releases.documents(tmp_path / "1", {"seals": text("seals")})
    after = made_releases.documents(tmp_path / "2", {"all": longer})
    assert Releases(before, after).moves({}) == (Move(old="seals", kind=Kind.MERGED, new="all"),)


def test_a_slug_that_stayed_is_the_same_page_under_another_title(tmp_path: Path) -> None:
    changed = text("seals").replace("All about seals", "How to seal").replace("weigh", "heave")
    changed = changed.replace("===============", "===========")
    before = made_releases.documents(tmp_path / "1", {"seals": text("seals")})
    after = made_releases.documents(tmp_path / "2", {"how-to/seals": changed})
    assert Releases(before, after).moves({}) == (
        Move(old="seals", kind=Kind.FOLDER, new="how-to/seals"),
    )


def test_pages_that_a_map_sends_to_one_place_were_merged(tmp_path: Path) -> None:
    before = made_releases.documents(
        tmp_path / "1", {"seals": text("seals"), "screws": text("screws")}
    )
    after = made_releases.documents(tmp_path / "2", {"parts": text("parts")})
    moves = Releases(before, after).moves({"seals": "parts", "screws": "parts"})
    assert {move.kind for move in moves} == {Kind.MERGED}


def test_a_page_like_others_of_its_release_is_not_taken_away(tmp_path: Path) -> None:
    twin = text("seals").replace("All about seals", "All about twins")
    documents = made_releases.documents(
        tmp_path, {"seals": text("seals"), "twins": twin, "pumps": text("pumps")}
    )
    compared = Releases(documents, documents)
    assert [compared.is_alone(name) for name in ("seals", "twins", "pumps")] == [
        False,
        False,
        True,
    ]


def test_slugs_are_made_of_titles_that_no_other_page_has(tmp_path: Path) -> None:
    documents = made_releases.documents(
        tmp_path, {"a/x": text("pumps"), "a/y": text("seals"), "a/z": text("seals")}
    )
    assert slugs_of(documents) == {"a/x": "a/all-about-pumps"}


def test_a_merged_page_holds_the_text_of_its_parts(tmp_path: Path) -> None:
    documents = made_releases.documents(
        tmp_path, {"a/index": text("pumps"), "a/x": text("seals"), "b": text("pipes")}
    )
    merged = with_merged(documents, "a/index", ["a/x"])
    assert set(merged) == {"a/index", "b"}
    assert all(word in merged["a/index"].body for word in ("pumps", "All about seals"))


def test_a_page_with_some_of_its_text_elsewhere_has_no_certain_fate(tmp_path: Path) -> None:
    half = text("seals").replace("weigh", "never weigh").replace("paint", "never paint")
    half = half.replace("count", "never count").replace("All about seals", "Other matters")
    before = made_releases.documents(tmp_path / "1", {"seals": text("seals")})
    after = made_releases.documents(tmp_path / "2", {"other": half})
    assert Releases(before, after).moves({}) == ()


@pytest.mark.parametrize(
    ("read", "line", "pair"),
    [
        (
            redirect_maps.apache,
            "redirectmatch 301 ^/nova/([^/]+)/aggregates.html$ /nova/$1/user/aggregates.html",
            ("aggregates", "user/aggregates"),
        ),
        (
            redirect_maps.sphinx,
            'rediraffe_redirects = {"a/b.md": "c/d.md", computed(): "e"}',
            ("a/b", "c/d"),
        ),
        (
            redirect_maps.mkdocs,
            "plugins:\n  - redirects:\n      redirect_maps:\n        'a.md': 'b/c.md#part'\n",
            ("a", "b/c"),
        ),
        (
            redirect_maps.rediraffe,
            '# a comment\n"guide.md" "guide/index.md"\n',
            ("guide", "guide/index"),
        ),
    ],
)
def test_redirect_maps_of_several_tools_are_read(
    read: redirect_maps.Reader, line: str, pair: tuple[str, str]
) -> None:
    assert list(read(line)) == [pair]


def test_a_redirect_from_stands_in_the_new_document(tmp_path: Path) -> None:
    made_releases.documents(tmp_path / "docs", {"new": ".. redirect-from:: /old\n\n" + text("x")})
    assert read_map(tmp_path, "docs") == {"old": "new"}


def test_unknown_roles_and_directives_keep_their_text() -> None:
    title, body = restructured.rendered(
        "Title\n=====\n\nSee :foo:`bar`.\n\n.. unheard-of:: One\n   :option: 1\n\n   Two.\n"
    )
    assert title == "Title"
    assert all(word in body for word in ("bar", "One", "Two."))


def test_links_between_documents_are_by_name_and_have_the_title(tmp_path: Path) -> None:
    found = made_releases.documents(
        tmp_path,
        {"a": "A\n=\n\n.. toctree::\n   :maxdepth: 2\n\n   b/index\n", "b/index": text("pumps")},
    )
    assert list(found["a"].links()) == [("b/index", "All about pumps")]


def test_markdown_and_html_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("---\ntags: x\n---\n# One\n\nSee [two](two.html#part).\n")
    (tmp_path / "two.html").write_text("<nav>Menu</nav><main><h1>Two</h1><p>Here.</main>")
    found = read_documents(tmp_path)
    assert {name: one.title for name, one in found.items()} == {"one": "One", "two": "Two"}
    assert list(found["one"].links()) == [("two", "two")]
    assert "Menu" not in found["two"].body


def test_the_same_releases_give_the_same_hosts_of_every_kind(tmp_path: Path) -> None:
    compared = releases(tmp_path)
    hosts = plan(PROJECT, compared, compared.moves(PUBLISHED), "1")
    assert hosts == plan(PROJECT, compared, compared.moves(PUBLISHED), "1")
    assert hosts != plan(PROJECT, compared, compared.moves(PUBLISHED), "2")
    assert {link.kind for host in hosts for link in host.links} >= {
        *(Kind.RENAMED, Kind.FOLDER, Kind.HOST, Kind.VERSION, Kind.EXTENSION, Kind.NONE)
    }


def test_no_lost_page_is_there_after_and_every_right_one_is(tmp_path: Path) -> None:
    compared = releases(tmp_path)
    for host in plan(PROJECT, compared, compared.moves(PUBLISHED), "1"):
        after = {
            f"http://{host.new_name}{path}" for tree in host.after for path, _ in tree.pages()
        }
        for link in host.links:
            assert link.right <= after
            assert link.kind is None or host.url(link) not in after


def test_the_judge_half_has_at_least_five_projects() -> None:
    assert len(projects_of(Half.JUDGE, projects())) >= 5
