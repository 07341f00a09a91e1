"""Pure: where a lost resource may have gone, by what is known without asking anybody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler import urls
from crawler.model import CandidateSource, Record
from crawler.successors.known_moves import known_moves
from crawler.successors.lost import Lost
from crawler.successors.patterns import AGREEING, transferred
from crawler.successors.variants import variants
from crawler.successors.versions import at_versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A URL that may be the new address of a resource."""

    url: str
    """In normal form, without fragment."""
    source: CandidateSource
    found_at: str = ""
    neighbours: tuple[str, ...] = ()


def remembered_candidates(lost: Lost, moves: Iterable[tuple[str, str]]) -> tuple[Candidate, ...]:
    """Candidates from what was stored of the resource and of its neighbours, the surest first."""
    found: dict[str, Candidate] = {}
    for candidate in (
        *_stored(lost.record),
        *_patterns(lost, moves),
        *_known(lost),
    ):
        if candidate.url != lost.url:
            found.setdefault(candidate.url, candidate)
    return tuple(found.values())


def spellings(lost: Lost) -> tuple[Candidate, ...]:
    """The listed URL in other spellings."""
    return tuple(Candidate(url=url, source=CandidateSource.VARIANT) for url in variants(lost.url))


def guesses(
    lost: Lost, moves: Iterable[tuple[str, str]], folders: Iterable[str], versions: Iterable[str]
) -> Iterator[Candidate]:
    """URLs that nobody has named: other versions of it, moved like one neighbour, in other folders."""
    for url in at_versions(lost.url, versions):
        yield _candidate(url, CandidateSource.VARIANT)
    yield from _patterns(lost, moves, agreeing=1)
    name = lost.url.rstrip("/").rpartition("/")[2]
    for folder in folders:
        yield _candidate(folder + name, CandidateSource.VARIANT)


def _stored(record: Record) -> Iterator[Candidate]:
    """Where it was found when it was good, and what that page called its canonical URL."""
    good = record.last_good
    if good is None:
        return
    if good.url and not urls.problem(good.url):
        yield _candidate(good.url, CandidateSource.STORED_REDIRECT)
    canonical = good.page.canonical_url
    if canonical is not None and not urls.problem(canonical.value):
        yield _candidate(canonical.value, CandidateSource.CANONICAL)


def _patterns(
    lost: Lost, moves: Iterable[tuple[str, str]], *, agreeing: int = AGREEING
) -> Iterator[Candidate]:
    for one in transferred(lost.url, moves, agreeing=agreeing):
        yield Candidate(
            url=urls.without_fragment(urls.normal_form(one.url)),
            source=CandidateSource.PATTERN,
            neighbours=one.neighbours,
        )


def _known(lost: Lost) -> Iterator[Candidate]:
    for url in known_moves(lost.url):
        yield Candidate(url=url, source=CandidateSource.KNOWN_MOVE)


def _candidate(url: str, source: CandidateSource) -> Candidate:
    return Candidate(url=urls.without_fragment(urls.normal_form(url)), source=source)
