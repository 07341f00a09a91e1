"""IO: what an archive knows of a lost resource: where it redirected to, and a copy of it."""

from crawler import urls
from crawler.model import Band, CandidateSource, Proposal, Verdict
from crawler.search.one_resource import ResourceSearch
from crawler.search.surroundings import Archive, Surroundings
from crawler.successors.candidates import Candidate
from crawler.successors.choosing import proposal_of_copy
from crawler.successors.comparing import compare
from crawler.successors.found_page import FoundPage

MAX_REDIRECTS = 2
"""Archived redirects that are tried."""


async def search_archive(one: ResourceSearch, around: Surroundings) -> Proposal | None:
    """A copy of the resource where no page can be trusted; pages that it redirected to are read before."""
    archive = around.archive
    if archive is None or _is_settled(one, around):
        return None
    url = one.lost.url
    redirects = await archive.redirects_of(url)
    candidates = (
        Candidate(
            url=urls.without_fragment(urls.normal_form(target)),
            source=CandidateSource.ARCHIVED_REDIRECT,
        )
        for target in redirects[:MAX_REDIRECTS]
        if not urls.problem(target)
    )
    if await one.read_any(candidates) or _is_settled(one, around):
        return None
    return await _copy(one, archive, around)


async def _copy(one: ResourceSearch, archive: Archive, around: Surroundings) -> Proposal | None:
    copy = await archive.copy_of(one.lost.url, one.lost.record.standing.last_ok_at)
    if copy is None:
        return None
    page = FoundPage(
        asked=one.lost.url,
        url=copy.url,
        verdict=Verdict.OK,
        is_redirected_for_good=False,
        page=copy.page,
    )
    candidate = Candidate(url=copy.url, source=CandidateSource.ARCHIVED_COPY)
    comparison = compare(one.lost, page, candidate, one.knowledge)
    return proposal_of_copy(one.lost, comparison, made_at=around.clock())


def _is_settled(one: ResourceSearch, around: Surroundings) -> bool:
    """Whether a page was found that may be applied."""
    made = one.proposals(around.clock())
    return bool(made) and made[0].band is not Band.SHOWN
