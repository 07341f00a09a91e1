"""IO: the search for all lost resources of one host: its sitemaps and pages serve them all."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from crawler import urls
from crawler.config import Settings
from crawler.model import Band, Proposal, Record
from crawler.search.archived import search_archive
from crawler.search.asking import TALLY, Asker, Tally
from crawler.search.one_resource import ResourceSearch
from crawler.search.site import Site
from crawler.search.surroundings import Found, Surroundings
from crawler.successors.choosing import taken_by_others, with_copy
from crawler.successors.found_page import Bounds
from crawler.successors.lost import lost_of

PER_RESOURCE, PER_HOST = 10, 4
"""So many requests are sent at most; redirects and robots.txt files count."""
AT_ONCE = 25
"""Resources whose texts are in memory at once."""


class HostSearch:
    """Looks for the lost resources of a host, one after the other; `run` it once."""

    def __init__(
        self, records: Sequence[Record], asker: Asker, settings: Settings, around: Surroundings
    ) -> None:
        """The URLs of the records must be URLs that can be asked."""
        self._records = records
        self._around = around
        self._url = urls.normal_form(records[0].resource.url)
        self._site = Site(self._url, asker, settings, most=PER_HOST + PER_RESOURCE * len(records))
        self._bounds = Bounds(listed=_keys(around.listed), domains=self._site.domains)
        self._moves = list(_normal_moves(around.moves))
        """Those that are known, and those that were found to be safe."""
        self.found: list[Found] = []
        """What was found so far."""

    async def run(self) -> None:
        """Search until all is found, or nothing is left to be asked."""
        for start in range(0, len(self._records), AT_ONCE):
            part = _Part(self._records[start : start + AT_ONCE], self._site, self._bounds)
            try:
                await self._search_part(part, is_first=start == 0)
            finally:
                self.found += part.found(self._around)

    def end_with(self, fault: str) -> None:
        """Note an error of our own for every resource that was not searched to the end because of it."""
        known = {one.key: one for one in self.found}
        for record in self._records:
            resource = record.resource
            plain = Found(key=resource.key, resource_url=resource.url, is_complete=False)
            one = known.get(resource.key, plain)
            if not one.is_complete:
                known[resource.key] = replace(one, fault=fault)
        self.found = list(known.values())

    async def _search_part(self, part: "_Part", *, is_first: bool) -> None:
        if is_first:
            part.count_for(part.searches[0])
            await self._site.explore()
            for new in _new_hosts(self._url, self._moves):
                await self._site.follow(new)
        for one in part.searches:
            part.count_for(one)
            await one.run(self._moves)
            await self._learn_move(one)
        for one in part.searches:
            part.count_for(one)
            await one.read_remembered(self._moves)
            if copy := await search_archive(one, self._around):
                part.copies[one.lost.key] = copy
            part.complete.add(one.lost.key)

    async def _learn_move(self, one: ResourceSearch) -> None:
        """Take what is safe for one resource as an example for its neighbours."""
        made = one.proposals(self._around.clock())
        if made and made[0].band is Band.SAFE:
            self._moves.append((one.lost.url, made[0].url))
            await self._site.follow(made[0].url)


class _Part:
    """Some resources that are looked for at once."""

    def __init__(self, records: Sequence[Record], site: Site, bounds: Bounds) -> None:
        lost = tuple(map(lost_of, records))
        site.look_for(lost)
        self.searches = [ResourceSearch(one, site, bounds) for one in lost]
        self.complete: set[str] = set()
        """Keys."""
        self.copies: dict[str, Proposal] = {}
        """In archives, by key."""
        self._tallies = {one.key: Tally(of_host=site.tally) for one in lost}

    def count_for(self, one: ResourceSearch) -> None:
        """Count requests for this resource from now on."""
        TALLY.set(self._tallies[one.lost.key])

    def found(self, around: Surroundings) -> Iterator[Found]:
        """What was found so far."""
        # Places of one page are no rivals: they are where that is.
        taken = taken_by_others({one.lost.url: one.comparisons() for one in self.searches})
        for one in self.searches:
            key = one.lost.key
            made = one.proposals(around.clock(), taken=taken[one.lost.url])
            yield Found(
                key=key,
                resource_url=one.lost.record.resource.url,
                proposals=with_copy(made, self.copies.get(key)),
                requests=self._tallies[key].requests,
                is_complete=key in self.complete,
            )


def _keys(listed: Iterable[str]) -> frozenset[str]:
    return frozenset(urls.page_key(url.strip()) for url in listed if not urls.problem(url))


def _normal_moves(moves: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for pair in moves:
        if not any(map(urls.problem, pair)):
            yield urls.normal_form(pair[0]), urls.normal_form(pair[1])


def _new_hosts(url: str, moves: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """A new URL on the host to which most resources of the URL's host moved; none when all stayed there."""
    host = urls.host_key(url)
    news = [new for old, new in moves if urls.host_key(old) == host != urls.host_key(new)]
    counted = Counter(map(urls.host_key, news))
    return tuple(one for one in news if urls.host_key(one) == counted.most_common(1)[0][0])[:1]
