"""The bench of sites that moved, played with a made-up project and a search that knows the truth."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from crawler.model import Band, CandidateSource, Grounds, Proposal
from tests.moved import tables
from tests.moved.nights import Lost, play, rows_of
from tests.moved.plan import Host, plan
from tests.moved.scores import score
from tests.moved.truth import Kind, Releases
from tests.support import made_releases
from tests.support.made_releases import AFTER, BEFORE, PROJECT, PUBLISHED

pytestmark = pytest.mark.slow


def hosts(folder: Path) -> list[Host]:
    releases = Releases(
        made_releases.documents(folder / "before", BEFORE),
        made_releases.documents(folder / "after", AFTER),
    )
    return plan(PROJECT, releases, releases.moves(PUBLISHED), "1")


def proposal(lost: Lost, key: str, url: str, band: Band) -> Proposal:
    listed = next(one.resource.url for one in lost.records if one.resource.key == key)
    return Proposal(
        key=key,
        resource_url=listed,
        url=url,
        band=band,
        score=0.5,
        grounds=Grounds(source=CandidateSource.SITEMAP),
        made_at=lost.clock(),
    )


def test_lost_pages_are_searched_and_what_is_found_is_counted(tmp_path: Path) -> None:
    planned = hosts(tmp_path)
    rows = {row.number: row for row in rows_of(planned)}

    def search(lost: Lost) -> Mapping[str, tuple[Proposal, ...]]:
        """The truth for what moved, and as likely a wrong page for what is gone."""
        found = {}
        for record in lost.records:
            assert record.last_good is not None
            assert "before you go on" in record.last_good.text()
            assert record.resource.number is not None
            right = sorted(rows[record.resource.number].link.right)
            key = record.resource.key
            band = Band.SAFE if right else Band.LIKELY
            found[key] = (proposal(lost, key, (right or ["http://wrong.test/"])[0], band),)
        return found

    played = play(planned, tmp_path, search)
    moved, gone = score(played.outcomes), score(played.outcomes, (Kind.NONE,))
    assert moved.pages == moved.searched == moved.right(Band.SAFE) > 0
    assert gone.pages == gone.proposed(Band.LIKELY) > 0
    assert gone.right(*Band) == 0
    cases = list(tables.cases(played))
    assert len(cases) == gone.pages
    assert all(case.startswith("NO-SUCCESSOR-likely") for case in cases)
    assert f"| {moved.pages} of {moved.pages} (100.0 %) |" in tables.summary(played, "Made up")
