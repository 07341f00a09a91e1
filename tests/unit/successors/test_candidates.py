"""Candidates from what is known without asking."""

from crawler.extract import read
from crawler.model import CandidateSource, LastGood, Record
from crawler.successors.candidates import guesses, remembered_candidates
from crawler.successors.lost import lost_of
from crawler.successors.patterns import rewrite_of
from tests.support.builders import make_resource
from tests.support.lost_site import HOST, lost

LOST = lost_of(lost("/1.0/raft.html"))


def test_what_was_stored_comes_first_and_each_url_once() -> None:
    content = f'<link rel="canonical" href="{HOST}/book/raft#log"><title>Raft</title>'.encode()
    page = read(content, HOST, "text/html")
    url = f"{HOST}/1.0/raft.html"
    for found_at in (f"{HOST}/book/raft", url, ""):
        good = LastGood(page=page, url=found_at)
        record = Record(resource=make_resource(url), last_good=good)
        found = remembered_candidates(lost_of(record), ())
        assert [one.url for one in found] == [f"{HOST}/book/raft"]
        is_stored = found_at == f"{HOST}/book/raft"
        source = CandidateSource.STORED_REDIRECT if is_stored else CandidateSource.CANONICAL
        assert found[0].source is source


def test_guesses_are_versions_then_one_neighbours_way_then_folders() -> None:
    moves = [(f"{HOST}/1.0/paxos.html", f"{HOST}/book/paxos")]
    made = guesses(LOST, moves, [f"{HOST}/guide/"], ["2.0", "1.0", "latest"])
    assert [(one.url.removeprefix(HOST), one.source) for one in made] == [
        ("/latest/raft.html", CandidateSource.VARIANT),
        ("/2.0/raft.html", CandidateSource.VARIANT),
        ("/book/raft", CandidateSource.PATTERN),
        ("/guide/raft.html", CandidateSource.VARIANT),
    ]


def test_a_rewrite_leaves_other_urls_alone() -> None:
    rewrite = rewrite_of(f"{HOST}/1.0/a.html", f"{HOST}/book/a")
    assert rewrite is not None
    assert rewrite.apply(f"{HOST}/1.0/raft.html") == f"{HOST}/book/raft"
    assert rewrite.apply(f"{HOST}/blog/raft.html") is None
    assert rewrite.apply(f"{HOST}/1.0/raft") is None
    assert rewrite.apply(f"{HOST}/1.0/.html") is None
