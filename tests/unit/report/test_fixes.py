"""New addresses for links: what stands against them, and the words about them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler import report
from crawler.model import Band, CandidateSource, Grounds, Proposal, Reason, Record, Repair, State
from crawler.report.findings import Finding, list_findings
from crawler.report.fixes import FRESH, Fix
from crawler.report.wording import fix_words
from crawler.report.wording.fix_words import Obstacle
from tests.support.report_builders import (
    NIGHT,
    make_proposal,
    make_record,
    make_resource,
    make_snapshot,
)

LISTED = make_resource(42, "Practical Raft", "https://example.org/raft")
NEW = "https://example.org/guides/raft"
FOUND = make_proposal(LISTED, NEW)
LOST = make_record(LISTED, Reason.HTTP_404, state=State.BROKEN)


def finding(*proposals: Proposal, record: Record = LOST) -> Finding:
    (found,) = list_findings([replace(record, proposals=proposals)], NIGHT)
    return found


def fix(*proposals: Proposal, record: Record = LOST) -> Fix:
    found = finding(*proposals, record=record).fix
    assert found is not None
    return found


def test_without_a_proposal_there_is_no_fix() -> None:
    assert finding().fix is None
    assert finding().step == "Look for its new place; otherwise replace or remove the link."


def test_a_proposal_that_is_no_url_for_the_web_is_none() -> None:
    odd = replace(FOUND, url="javascript:alert(1)")
    assert finding(odd).fix is None
    assert fix(odd, FOUND).proposal == FOUND


def test_best_proposal_is_the_fix() -> None:
    other = replace(FOUND, url="https://example.org/other")
    found = fix(FOUND, other)
    assert (found.proposal, found.others) == (FOUND, (other,))
    assert found.is_safe
    assert not found.is_move


@pytest.mark.parametrize("band", Band)
def test_next_step_says_how_to_put_it_in_the_list_and_why(band: Band) -> None:
    step = finding(replace(FOUND, band=band)).step
    for said in (NEW, "same title and 94 % of the text; found in", "`crawler fix --apply 41`"):
        assert said in step


def test_only_safe_ones_need_no_look() -> None:
    assert [fix(replace(FOUND, band=band)).is_safe for band in Band] == [True, False, False]


def test_redirect_of_the_link_itself_is_a_move() -> None:
    record = make_record(LISTED, Reason.PERMANENT_REDIRECT, suggested_url=NEW)
    moved = replace(FOUND, grounds=Grounds(source=CandidateSource.LIVE_REDIRECT))
    assert fix(moved, record=record).is_move
    assert finding(moved, record=record).step == (
        "`crawler fix --apply 41` puts the new address in the list."
    )


def test_what_was_put_in_the_list_waits_for_the_next_run() -> None:
    repair = Repair(key="41", file="a.csv", before=LISTED.url, after=NEW, made_at=NIGHT)
    record = replace(LOST, repair=repair)
    assert fix(FOUND, record=record).obstacle is Obstacle.REPAIRED
    assert finding(FOUND, record=record).step == (
        f"{NEW} was put in the list on 2026-11-21; the next run checks it."
    )


def test_what_is_in_the_list_already_is_told_with_its_row() -> None:
    twin = make_record(make_resource(7, url="https://EXAMPLE.org/guides/raft"))
    built = report.build(make_snapshot(replace(LOST, proposals=(FOUND,)), twin))
    (found,) = built.to_fix
    assert found.fix is not None
    assert (found.fix.obstacle, found.fix.is_safe) == (Obstacle.DUPLICATE, False)
    assert found.step == (
        f"Its new address {NEW} is in the list already (No. 6, resources.csv:7): "
        "remove one of the two."
    )


def test_what_nobody_looked_at_for_90_nights_is_stale() -> None:
    fresh = fix(replace(FOUND, made_at=NIGHT - FRESH))
    assert fresh.obstacle is None
    stale = fix(replace(FOUND, made_at=NIGHT - FRESH - timedelta(seconds=1)))
    assert (stale.obstacle, stale.is_safe) == (Obstacle.STALE, False)


def test_address_cannot_end_the_words_for_a_command() -> None:
    step = finding(replace(FOUND, url="https://example.org/?a=`crawler`")).step
    assert "https://example.org/?a=%60crawler%60" in step


@pytest.mark.parametrize(
    ("grounds", "said"),
    [
        (
            Grounds(source=CandidateSource.STORED_REDIRECT),
            "the listed address redirected there for good before it broke",
        ),
        (
            Grounds(source=CandidateSource.SITEMAP, title=0.999, text=0.999),
            "99 % of the title and 99 % of the text; found in the site's sitemap",
        ),
        (
            Grounds(source=CandidateSource.NAVIGATION, title=0.0, text=0.001),
            "another title and less than 1 % of the text; a page of the site links to it",
        ),
        (
            Grounds(source=CandidateSource.PATTERN, neighbours=("https://a.example/",), text=0.0),
            "none of the text; 1 other link of the site moved in the same way",
        ),
        (
            Grounds(source=CandidateSource.PATTERN, neighbours=("https://a.example/",) * 3),
            "3 other links of the site moved in the same way",
        ),
    ],
)
def test_evidence_is_told_in_clauses(grounds: Grounds, said: str) -> None:
    assert fix_words.evidence(grounds) == said


def test_every_source_and_band_has_words() -> None:
    assert {*fix_words.SOURCES} == {*CandidateSource}
    for words in (fix_words.BANDS, fix_words.STEPS, fix_words.SHORT_STEPS):
        assert {*words} == {*Band}
