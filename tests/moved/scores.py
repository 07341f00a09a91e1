"""Pure: how many lost pages were found again, and how often a proposal is wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler import urls
from crawler.model import Band, Proposal
from tests.moved.nights import Outcome, Played
from tests.moved.truth import MOVED, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Of some rows; a row counts with its best proposal."""

    pages: int
    searched: int
    """Those that the crawler knew to be lost."""
    by_band: tuple[tuple[Band, int, int], ...]
    """How many have a proposal of a band, and how many of these are right."""

    def proposed(self, *bands: Band) -> int:
        """How many have a proposal of one of these bands."""
        return sum(number for band, number, _ in self.by_band if band in bands)

    def right(self, *bands: Band) -> int:
        """How many of these are right."""
        return sum(number for band, _, number in self.by_band if band in bands)


def score(outcomes: Iterable[Outcome], kinds: Sequence[Kind] = MOVED) -> Score:
    """The score of the rows of some kinds."""
    counted = [one for one in outcomes if one.row.link.kind in kinds]
    best = [(one, one.proposals[0]) for one in counted if one.proposals]
    return Score(
        pages=len(counted),
        searched=sum(one.is_searched for one in counted),
        by_band=tuple(
            (
                band,
                sum(proposal.band is band for _, proposal in best),
                sum(proposal.band is band and is_right(one, proposal) for one, proposal in best),
            )
            for band in Band
        ),
    )


def is_right(outcome: Outcome, proposal: Proposal) -> bool:
    """Whether the proposed URL is the page after its move, in any spelling that a server takes as one."""
    return _plain(proposal.url) in {_plain(url) for url in outcome.row.link.right}


def is_shown(outcome: Outcome) -> bool:
    """Whether the right URL is among the proposals, whatever its place and band."""
    return any(is_right(outcome, proposal) for proposal in outcome.proposals)


def _plain(url: str) -> str:
    whole = urls.without_fragment(urls.normal_form(url)).removesuffix("/index.html")
    return whole.removesuffix("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of the search, for a link that was looked for."""

    requests: float
    p95: float
    """Of the hosts, by their number of requests for a link."""
    seconds: float


def cost(played: Played) -> Cost:
    """What was asked, and how long it took."""
    searched = [one for one in played.outcomes if one.is_searched]
    links: dict[str, int] = {}
    for one in searched:
        links[one.row.host.name] = links.get(one.row.host.name, 0) + 1
    per_link = []
    for host in {one.row.host.name: one.row.host for one in searched}.values():
        asked = sum(played.requests.get(name, 0) for name in {host.name, host.new_name})
        per_link += [asked / links[host.name]] * links[host.name]
    number = max(1, len(searched))
    ordered = sorted(per_link) or [0.0]
    return Cost(
        requests=sum(played.requests.values()) / number,
        p95=ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))],
        seconds=played.seconds / number,
    )
