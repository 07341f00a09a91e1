"""IO: the search for one lost resource on its site."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Final

from crawler import urls
from crawler.model import CandidateSource, Proposal
from crawler.search.site import Site
from crawler.successors.candidates import Candidate, guesses, remembered_candidates, spellings
from crawler.successors.choosing import Rivals, proposals_of
from crawler.successors.comparing import Comparison, SiteKnowledge, compare
from crawler.successors.found_page import Bounds, FoundPage, is_refused
from crawler.successors.lost import Lost
from crawler.successors.versions import preferred

MAX_READ = 6
"""Candidates that are read for one resource."""
MAX_REMEMBERED = 3
"""Of them, those that are remembered, before the site is looked at."""
MAX_ASKED = 10
"""The same with those that turned out not to be there."""
MAX_GUESSES = 3
"""Of them, URLs that nobody named."""
MAX_SPELLINGS = 3
"""Of them, other spellings of a URL that the site does not name."""
GOOD_FIT = 0.8
"""URLs that fit so well are read before more of the site is."""
ENOUGH_TEXT = 0.85
"""With so much of the text under the same title, no other candidate is read."""


Moves = Sequence[tuple[str, str]]
"""Old and new URLs of other resources."""


class ResourceSearch:
    """Looks for one lost resource."""

    def __init__(self, lost: Lost, site: Site, bounds: Bounds) -> None:
        self.lost = lost
        self._site = site
        self._bounds = bounds
        self._fragment = urls.fragment(urls.normal_form(lost.record.resource.url))
        self._read: dict[str, Candidate] = {}
        """What was asked for it, by URL."""
        self._pages = 0
        """How many of them there were."""

    async def run(self, moves: Moves) -> None:
        """Read the candidates that fit best, until one is the page beyond doubt; then its other versions."""
        await self._read_all(moves)
        await self._read_versions()

    async def _read_all(self, moves: Moves) -> None:
        for way in self._WAYS:
            if await way(self, moves):
                return

    async def read_remembered(self, moves: Moves) -> bool:
        """Read what is remembered, and what its neighbours did; whether it is found."""
        return await self.read_any(islice(remembered_candidates(self.lost, moves), MAX_REMEMBERED))

    async def read_any(self, candidates: Iterable[Candidate]) -> bool:
        """Read those that were not read before; whether one is the page beyond doubt."""
        for candidate in candidates:
            is_new = not self._is_left_out(candidate.url)
            if self._may_read and is_new and await self._is_found(candidate):
                return True
        return False

    async def _read_at_new_hosts(self, _: Moves) -> bool:
        return await self.read_any(self._at_new_hosts())

    async def _read_links_of_folders(self, _: Moves) -> bool:
        if self._site.is_small:
            await self._site.read_folders(self.lost)
        return False

    async def _read_known_spellings(self, _: Moves) -> bool:
        return await self.read_any(self._known_spellings())

    async def _read_well_fitting(self, _: Moves) -> bool:
        return await self._read_best(GOOD_FIT)

    async def _read_spellings(self, _: Moves) -> bool:
        if self._site.has_sitemap:
            return False
        return await self.read_any(islice(self._spellings(), MAX_SPELLINGS))

    async def _read_deeper(self, _: Moves) -> bool:
        while await self._site.read_hubs():
            if await self._read_best(GOOD_FIT):
                return True
        return False

    async def _read_guesses(self, moves: Moves) -> bool:
        if self._site.has_sitemap:
            return False
        known = self._site.inventory
        found = guesses(self.lost, moves, known.folders_like(self.lost), known.version_names)
        return await self.read_any(islice(found, MAX_GUESSES))

    async def _read_the_rest(self, _: Moves) -> bool:
        return await self._read_best(0)

    _WAYS: Final = (
        read_remembered,
        _read_at_new_hosts,
        _read_links_of_folders,
        _read_known_spellings,
        _read_well_fitting,
        _read_spellings,
        _read_deeper,
        _read_guesses,
        _read_the_rest,
    )
    """Each reads some candidates, and says whether one is the page beyond doubt; the surest first."""

    async def _read_versions(self) -> None:
        """Read the version of the best page that is to be preferred, if that is another one."""
        best = max(self.comparisons(), key=lambda one: one.strength, default=None)
        if best is None:
            return
        found = best.found
        known = self._site.inventory.versions_of(found.url)
        url = found.canonical or (preferred(self.lost.url, known) if known else "")
        if url and url not in self._site.pages:
            await self._is_found(
                self._site.inventory.candidate(url) or replace(best.candidate, url=url)
            )

    async def _read_best(self, least_fit: float) -> bool:
        """Read the site's URLs that fit best, ranked anew when more of them are known; whether it is found."""
        inventory = self._site.inventory
        while self._may_read:
            changes = inventory.changes
            ranked = inventory.best(self.lost, MAX_READ, self._is_left_out)
            if not ranked or ranked[0].fit < least_fit:
                return False
            for one in ranked:
                if one.fit < least_fit or not self._may_read:
                    return False
                if await self._is_found(one.candidate):
                    return True
                if inventory.changes != changes:
                    break
        return False

    @property
    def knowledge(self) -> SiteKnowledge:
        """What is known of its site."""
        return self._site.knowledge()

    def proposals(self, made_at: datetime, *, taken: Collection[str] = ()) -> tuple[Proposal, ...]:
        """The best ones so far; `taken` are URLs that fit other resources better."""
        compared = self.comparisons()
        unread = [
            url
            for one in compared
            for url in self._site.inventory.versions_of(one.found.url)
            if url not in self._site.pages and url != self.lost.url
        ]
        rivals = Rivals(taken=taken, unread=unread)
        return proposals_of(self.lost, compared, rivals, made_at=made_at)

    def comparisons(self) -> list[Comparison]:
        """Every page that was read on the site and may be it, for whichever resource it was read."""
        knowledge = self._site.knowledge()
        related = self._site.related[self.lost.key].values()
        return [
            compare(self.lost, page, candidate, knowledge)
            for page, candidate in zip(related, map(self._candidate_of, related), strict=True)
            if not is_refused(self.lost, page, candidate.source, self._bounds)
        ]

    def _candidate_of(self, page: FoundPage) -> Candidate:
        """How a page was found for this resource, or else for others."""
        known = self._read.get(page.asked) or self._read.get(page.url)
        if known is not None:
            return known
        plain = Candidate(url=page.url, source=CandidateSource.NAVIGATION)
        return self._site.inventory.candidate(page.url) or plain

    def _at_new_hosts(self) -> Iterator[Candidate]:
        """The same path on the hosts to which the site moved."""
        rest = self.lost.url.removeprefix(urls.origin(self.lost.url))
        for origin in self._site.new_origins:
            yield Candidate(url=origin + rest, source=CandidateSource.KNOWN_MOVE)

    def _spellings(self) -> Iterator[Candidate]:
        """Other spellings of its URL; with https, or at another host, only where the site is there."""
        return (one for one in spellings(self.lost) if self._site.may_be_at(one.url))

    def _known_spellings(self) -> Iterator[Candidate]:
        """Other spellings of its URL that the site names, as it writes them."""
        known = (self._site.inventory.candidate(one.url) for one in spellings(self.lost))
        return (one for one in known if one is not None and one.url != self.lost.url)

    async def _is_found(self, candidate: Candidate) -> bool:
        """Read a candidate; whether it is the page beyond doubt."""
        self._read[candidate.url] = candidate
        found = await self._site.read(candidate.url, self._fragment)
        self._pages += found is not None
        if found is None or is_refused(self.lost, found, candidate.source, self._bounds):
            return False
        comparison = compare(self.lost, found, candidate, self._site.knowledge())
        return comparison.title == 1 and (comparison.text or 0) >= ENOUGH_TEXT

    @property
    def _may_read(self) -> bool:
        return self._pages < MAX_READ and len(self._read) < MAX_ASKED

    def _is_left_out(self, url: str) -> bool:
        """Whether a URL was asked, or cannot be a successor by its looks."""
        key = urls.page_key(url)
        is_listed = key in self._bounds.listed and key != urls.page_key(self.lost.url)
        return url in self._read or url == self.lost.url or is_listed
