"""IO: the search for all lost resources of one host: its sitemaps and pages serve them all."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from crawler import urls
from crawler.config import Settings
from crawler.model import Band
from crawler.search.around import Around, Found
from crawler.search.asking import TALLY, Asker, Tally
from crawler.search.one_resource import ResourceSearch
from crawler.search.site import Site
from crawler.successors.choosing import proposals_of, taken_by_others
from crawler.successors.found_page import Bounds
from crawler.successors.lost import Lost


class HostSearch:
    """Looks for the lost resources of a host, one after the other; `run` it once."""

    def __init__(
        self, lost: Sequence[Lost], asker: Asker, settings: Settings, around: Around
    ) -> None:
        self._around = around
        self._site = Site(lost, asker, settings)
        self._bounds = Bounds(listed=_keys(around.listed), domains=self._site.domains)
        self._searches = [ResourceSearch(one, self._site, self._bounds) for one in lost]
        self._tallies = {one.key: Tally() for one in lost}
        self._moves = list(_normal_moves(around.moves))
        """Those that are known, and those that were found to be safe."""
        self._complete: set[str] = set()
        """Keys."""

    async def run(self) -> None:
        """Search until all is found, or nothing is left to be asked."""
        TALLY.set(self._tallies[self._searches[0].lost.key])
        await self._site.explore()
        for new in _new_hosts(self._searches[0].lost.url, self._moves):
            await self._site.follow(new)
        for one in self._searches:
            TALLY.set(self._tallies[one.lost.key])
            await one.run(self._moves)
            await self._learn_move(one)
        for one in self._searches:
            TALLY.set(self._tallies[one.lost.key])
            await one.read_remembered(self._moves)
            self._complete.add(one.lost.key)

    def found(self) -> tuple[Found, ...]:
        """What was found so far."""
        compared = {one.lost.key: one.comparisons() for one in self._searches}
        taken = taken_by_others({one.lost.key: compared[one.lost.key] for one in self._searches})
        return tuple(
            Found(
                key=one.lost.key,
                resource_url=one.lost.record.resource.url,
                proposals=proposals_of(
                    one.lost,
                    compared[one.lost.key],
                    taken=taken[one.lost.key],
                    made_at=self._around.clock(),
                ),
                requests=self._tallies[one.lost.key].requests,
                is_complete=one.lost.key in self._complete,
            )
            for one in self._searches
        )

    async def _learn_move(self, one: ResourceSearch) -> None:
        """Take what is safe for one resource as an example for its neighbours."""
        made = proposals_of(one.lost, one.comparisons(), made_at=self._around.clock())
        if made and made[0].band is Band.SAFE:
            self._moves.append((one.lost.url, made[0].url))
            await self._site.follow(made[0].url)


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


def _keys(listed: Iterable[str]) -> frozenset[str]:
    return frozenset(urls.page_key(url.strip()) for url in listed if not urls.problem(url))
