"""Which found pages are proposed, and how far each can be trusted."""

from dataclasses import replace

import pytest

from crawler.extract import read
from crawler.model import Band, CandidateSource, Reason, Verdict
from crawler.successors.candidates import Candidate
from crawler.successors.choosing import Rivals, proposals_of, taken_by_others
from crawler.successors.comparing import Comparison
from crawler.successors.found_page import FoundPage
from crawler.successors.lost import lost_of
from tests.support.builders import NOW, make_check
from tests.support.lost_site import HOST, lost

LOST = lost_of(lost("/1.0/raft", "Practical Raft"))
NEIGHBOURS = (f"{HOST}/1.0/a", f"{HOST}/1.0/b")


def compared(
    path: str = "/new",
    *,
    title: float = 0.0,
    text: float | None = None,
    slug: float = 0.0,
    known: float = 1.0,
    source: CandidateSource = CandidateSource.SITEMAP,
    canonical: str = "",
    **more: bool,
) -> Comparison:
    """A comparison of a page at this path."""
    link = f'<link rel="canonical" href="{HOST}{canonical}">' if canonical else ""
    content = f"<title>Found</title>{link}<p>text".encode()
    page = FoundPage(
        asked=HOST + path,
        url=HOST + path,
        verdict=Verdict.OK,
        is_redirected_for_good=True,
        page=read(content, HOST + path, "text/html"),
    )
    neighbours = NEIGHBOURS if source is CandidateSource.PATTERN else ()
    candidate = Candidate(url=HOST + path, source=source, neighbours=neighbours)
    return Comparison(
        found=page, candidate=candidate, title=title, text=text, slug=slug, known=known, **more
    )


def bands(*ones: Comparison, rivals: Rivals | None = None) -> list[tuple[str, Band]]:
    """Path and band of what is proposed."""
    made = proposals_of(LOST, ones, rivals or Rivals(), made_at=NOW)
    return [(one.url.removeprefix(HOST), one.band) for one in made]


SAFE, LIKELY, SHOWN = Band.SAFE, Band.LIKELY, Band.SHOWN


@pytest.mark.parametrize(
    ("one", "band"),
    [
        pytest.param(compared(text=0.9), SAFE, id="the-text-under-another-title"),
        pytest.param(compared(text=0.9, known=0.1), LIKELY, id="the-text-within-a-larger-page"),
        pytest.param(compared(text=0.9, known=0.5), LIKELY, id="the-text-and-as-much-else"),
        pytest.param(compared(text=0.9, known=0.3, title=1), SAFE, id="larger-with-its-title"),
        pytest.param(compared(text=0.9, known=0.1, title=1), LIKELY, id="lost-in-much-else"),
        pytest.param(
            compared(text=0.9, known=0.3, title=1, is_elsewhere=True),
            LIKELY,
            id="larger-with-its-title-on-another-domain",
        ),
        pytest.param(
            compared(text=0.9, title=1, is_elsewhere=True), SAFE, id="the-page-on-another-domain"
        ),
        pytest.param(
            compared(text=0.9, title=0.5, has_other_subject=True), LIKELY, id="another-subject"
        ),
        pytest.param(compared(text=0.6), LIKELY, id="half-of-the-text-under-another-title"),
        pytest.param(
            compared(text=0.6, title=0.8), SAFE, id="half-of-the-text-and-most-of-the-title"
        ),
        pytest.param(compared(text=0.4, title=1, slug=0.5), SAFE, id="rewritten"),
        pytest.param(compared(text=0.4, title=1), LIKELY, id="rewritten-at-another-path"),
        pytest.param(compared(text=0.25, title=1, slug=1), SAFE, id="rewritten-at-the-same-name"),
        pytest.param(
            compared(text=0.4, title=1, slug=1, is_elsewhere=True),
            LIKELY,
            id="rewritten-on-another-domain",
        ),
        pytest.param(compared(text=0.25, title=0.5), LIKELY, id="some-of-the-text"),
        pytest.param(compared(text=0.1, title=0.8), LIKELY, id="nearly-its-title"),
        pytest.param(compared(text=0.05, title=1, slug=1), SHOWN, id="same-title-other-text"),
        pytest.param(compared(text=0.1), SHOWN, id="a-tenth-of-the-text"),
        pytest.param(compared(text=0.05), None, id="nothing"),
        pytest.param(compared(title=1), SAFE, id="no-text-known-same-title"),
        pytest.param(compared(title=1, is_titled=False), LIKELY, id="a-title-of-many-pages"),
        pytest.param(compared(title=1, is_elsewhere=True), LIKELY, id="title-on-another-domain"),
        pytest.param(compared(title=0.9), LIKELY, id="no-text-known-nearly-its-title"),
        pytest.param(compared(title=0.5, slug=1), SHOWN, id="no-text-known-half-the-title"),
        pytest.param(
            compared(text=0.1, source=CandidateSource.PATTERN), SAFE, id="as-its-neighbours"
        ),
        pytest.param(
            compared(text=0.0, title=0.5, source=CandidateSource.PATTERN),
            SHOWN,
            id="as-its-neighbours-but-another-page",
        ),
        pytest.param(
            compared(title=0.8, source=CandidateSource.PATTERN),
            SAFE,
            id="as-its-neighbours-no-text-known",
        ),
        pytest.param(
            compared(text=0.0, title=1, source=CandidateSource.PATTERN),
            SHOWN,
            id="as-its-neighbours-same-title-other-text",
        ),
    ],
)
def test_a_page_alone(one: Comparison, band: Band | None) -> None:
    assert bands(one) == ([("/new", band)] if band else [])


def test_one_example_is_not_enough_for_a_pattern() -> None:
    one = compared(text=0.1, source=CandidateSource.PATTERN)
    alone = replace(one, candidate=replace(one.candidate, neighbours=NEIGHBOURS[:1]))
    assert bands(alone) == [("/new", SHOWN)]


def test_a_title_that_several_pages_have_is_not_safe_without_text() -> None:
    assert bands(compared("/a", title=1), compared("/b", title=1)) == [
        ("/a", LIKELY),
        ("/b", LIKELY),
    ]


def test_a_page_without_a_lead_is_not_safe() -> None:
    close = [compared("/a", text=0.85, title=0.5), compared("/b", text=0.8, title=0.5)]
    assert bands(*close)[0] == ("/a", SHOWN)
    clear = [compared("/a", text=0.85, title=0.5), compared("/b", text=0.4, title=0.5)]
    assert bands(*clear)[0] == ("/a", SAFE)


def test_of_a_page_that_was_split_the_one_with_its_title_comes_first() -> None:
    parts = [compared("/part", text=0.6, title=0.5), compared("/whole", text=0.3, title=1)]
    assert bands(*parts)[0] == ("/whole", LIKELY)


def version(path: str, canonical: str = "") -> Comparison:
    return compared(path, text=0.9, title=1.0, canonical=canonical)


def test_one_of_several_versions_is_safe_only_if_it_is_clear_which() -> None:
    assert bands(version("/2.0/raft"), version("/3.0/raft")) == [("/2.0/raft", LIKELY)]
    assert bands(version("/2.0/raft"), version("/raft")) == [("/raft", SAFE)]
    named = [version(path, canonical="/3.0/raft") for path in ("/2.0/raft", "/3.0/raft")]
    assert bands(*named) == [("/3.0/raft", SAFE)]


@pytest.mark.parametrize("names", ["raft-{}.0.html", "raft_v{}", "raft?version={}", "p-{}.1/raft"])
def test_versions_are_told_at_the_end_of_names_and_in_queries(names: str) -> None:
    first, second = (f"/{names.format(number)}" for number in (2, 3))
    assert bands(version(first), version(second)) == [(first, LIKELY)]


@pytest.mark.parametrize("reason", [Reason.PARKED, Reason.SUSPECT_REPLACED])
def test_nothing_is_safe_on_a_site_that_has_another_owner(reason: Reason) -> None:
    record = lost("/1.0/raft", "Practical Raft")
    theirs = lost_of(replace(record, check=make_check(reason)))
    (made,) = proposals_of(theirs, [compared(text=1, title=1)], Rivals(), made_at=NOW)
    assert made.band is LIKELY


def test_a_version_that_was_not_read_is_a_rival_too() -> None:
    rivals = Rivals(unread=[f"{HOST}/3.0/raft"])
    assert bands(compared("/2.0/raft", text=0.9, title=1), rivals=rivals) == [
        ("/2.0/raft", LIKELY)
    ]


def test_what_fits_another_resource_better_is_not_safe() -> None:
    first, second = compared(text=0.95, title=1), compared(text=0.8, title=1)
    taken = taken_by_others({"1": [first], "2": [second], "3": []})
    assert taken == {"1": frozenset(), "2": {f"{HOST}/new"}, "3": {f"{HOST}/new"}}
    assert bands(second, rivals=Rivals(taken=taken["2"])) == [("/new", LIKELY)]


def test_three_proposals_at_most_and_the_surest_first() -> None:
    ones = [compared(f"/part{n}", text=0.1 + n / 100) for n in range(6)]
    assert [path for path, _ in bands(*ones)] == ["/part5", "/part4", "/part3"]
    (first, *_) = proposals_of(LOST, ones, Rivals(), made_at=NOW)
    assert (first.key, first.resource_url, first.made_at) == ("1", f"{HOST}/1.0/raft", NOW)
    assert first.grounds.lead == pytest.approx(0.01)
    assert 0 < first.score < 1
