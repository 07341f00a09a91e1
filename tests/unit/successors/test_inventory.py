"""Known URLs, ranked by what is remembered of a lost page."""

from collections.abc import Sequence

import pytest

from crawler.model import CandidateSource
from crawler.successors.candidates import Candidate
from crawler.successors.inventory import Inventory
from crawler.successors.lost import lost_of
from tests.support.lost_site import HOST, document, lost, text_about

OTHERS = ("/", "/blog/", "/guide/paxos", "/guide/gossip", "/about", "/guide/clocks", "/guide/crdt")


def inventory(*links: tuple[str, str], others: Sequence[str] = OTHERS) -> Inventory:
    """URLs by path, each with what a link to it says; a fragment makes it a part."""
    known = Inventory()
    for path, text in (*links, *((path, "") for path in others)):
        page, mark, _ = path.partition("#")
        candidate = Candidate(url=HOST + page, source=CandidateSource.SITEMAP)
        known.add(candidate, text, is_part=bool(mark))
    return known


def best(known: Inventory, path: str, title: str = "", content: bytes = b"") -> str:
    """The path of the URL that fits best."""
    ranked = known.best(lost_of(lost(path, title, content)), 1, lambda url: False)
    return ranked[0].candidate.url.removeprefix(HOST) if ranked else ""


@pytest.mark.parametrize(
    ("links", "path", "title", "expected"),
    [
        pytest.param([("/new/raft.md", "")], "/docs/raft.html", "", "/new/raft.md", id="slug"),
        pytest.param(
            [("/new/getting-started", "")],
            "/docs/GettingStarted.html",
            "",
            "/new/getting-started",
            id="slug-in-other-style",
        ),
        pytest.param(
            [("/new/x17", "Practical Raft")],
            "/docs/1.html",
            "Practical Raft",
            "/new/x17",
            id="link",
        ),
        pytest.param(
            [("/new/practical-raft", "")],
            "/docs/1.html",
            "Practical Raft",
            "/new/practical-raft",
            id="title-as-slug",
        ),
        pytest.param(
            [("/new/all#raft", "Practical Raft")],
            "/docs/1.html",
            "Practical Raft",
            "/new/all",
            id="link-to-a-part",
        ),
        pytest.param(
            [("/new/raft/reference", ""), ("/new/raft-logs", "")],
            "/docs/raft.html",
            "",
            "/new/raft/reference",
            id="one-level-below",
        ),
        pytest.param(
            [("/docs/api/raft", ""), ("/blog/raft", "")],
            "/docs/raft.html",
            "",
            "/docs/api/raft",
            id="same-folder",
        ),
        pytest.param([], "/docs/zebra.html", "Zebras", "", id="nothing-fits"),
    ],
)
def test_best(links: list[tuple[str, str]], path: str, title: str, expected: str) -> None:
    assert best(inventory(*links), path, title) == expected


def test_words_of_the_remembered_text_find_a_page_of_another_name() -> None:
    content = document("Part seven", text_about("quorum"))
    assert best(inventory(("/new/quorum", "")), "/docs/7.html", content=content) == "/new/quorum"


def test_rare_words_tell_more_than_common_ones() -> None:
    many = [f"/guide/server-{n}" for n in range(30)]
    known = inventory(("/new/zab", ""), others=many)
    assert best(known, "/docs/server-zab.html") == "/new/zab"


def test_what_is_left_out_is_not_ranked() -> None:
    known = inventory(("/new/raft", ""), ("/old/raft", ""))
    record = lost_of(lost("/docs/raft.html"))
    ranked = known.best(record, 9, lambda url: "/new/" in url)
    assert [one.candidate.url for one in ranked] == [f"{HOST}/old/raft"]


def test_what_two_spellings_say_is_of_one_page() -> None:
    known = inventory(("/new/raft/", ""), others=())
    assert len(known) == 1
    assert f"{HOST}/new/raft" in known
    candidate = known.candidate("https://docs.test/new/raft")
    assert candidate is not None
    assert candidate.url == f"{HOST}/new/raft/"


def test_versions_and_folders() -> None:
    known = inventory(("/2.0/raft", ""), ("/latest/raft", ""), ("/2.0/paxos", ""))
    assert set(known.versions_of(f"{HOST}/1.0/raft")) == {
        f"{HOST}/2.0/raft",
        f"{HOST}/latest/raft",
    }
    assert known.version_names == {"2.0", "latest"}
    assert known.folders_like(lost_of(lost("/raft-log"))) == [f"{HOST}/2.0/", f"{HOST}/latest/"]


def test_hubs_are_folders_nearest_to_the_root_first() -> None:
    known = inventory(("/a/b/index.html", ""), others=OTHERS)
    assert known.hubs() == (f"{HOST}/", f"{HOST}/blog/", f"{HOST}/a/b/index.html")


def test_where_every_url_shares_a_word_those_that_share_most_are_compared() -> None:
    crowd = [f"/{word}/{number}" for word in ("consensus", "guide") for number in range(6_500)]
    known = inventory(("/book/consensus-guide", ""), others=crowd)
    assert best(known, "/docs/guide-consensus") == "/book/consensus-guide"
