"""Pure: the proposals for a lost resource, from the pages that were found for it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler import urls
from crawler.model import MOST_PROPOSALS, Band, Grounds, Proposal
from crawler.successors.bands import Claim, band_of
from crawler.successors.comparing import Comparison
from crawler.successors.lost import Lost
from crawler.successors.versions import preferred, versions_in, without_versions

_BANDS = tuple(Band)
COPY_TITLE, COPY_TEXT = 0.8, 0.5
"""An archived copy that agrees so far is the page that was listed."""
_AS_GOOD = 0.1
"""A version with so much less of the text is as good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals:
    """What speaks against pages beside the other pages that were found."""

    taken: Collection[str] = ()
    """URLs that fit other lost resources better."""
    unread: Collection[str] = ()
    """Known URLs of the site that were not read: they may be other versions of a page."""


def proposals_of(
    lost: Lost, comparisons: Iterable[Comparison], rivals: Rivals, *, made_at: datetime
) -> tuple[Proposal, ...]:
    """The best proposals, at most `MOST_PROPOSALS`."""
    ranked = sorted(comparisons, key=_strength, reverse=True)
    families = _families(lost, ranked)
    made = (
        _proposal(lost, _claim(lost, family, families, rivals), made_at=made_at)
        for family in families[:MOST_PROPOSALS]
    )
    return tuple(one for one in made if one is not None)


def proposal_of_copy(lost: Lost, comparison: Comparison, *, made_at: datetime) -> Proposal:
    """A copy in an archive, compared like a page; it is never safe, as the page itself is not back."""
    is_agreeing = comparison.title >= COPY_TITLE or (comparison.text or 0) >= COPY_TEXT
    return _made(
        lost, comparison, Band.LIKELY if is_agreeing else Band.SHOWN, lead=None, made_at=made_at
    )


def with_copy(made: Sequence[Proposal], copy: Proposal | None) -> tuple[Proposal, ...]:
    """The proposals with that of a copy, before pages that are only hints if it is more than that."""
    ranked = sorted((*made, copy) if copy else made, key=lambda one: _BANDS.index(one.band))
    return tuple(ranked[:MOST_PROPOSALS])


def taken_by_others(
    compared: Mapping[str, Sequence[Comparison]],
) -> dict[str, frozenset[str]]:
    """For each lost page, by its URL, the URLs that are the best ones of others which they fit better."""
    best = {key: max(ones, key=_strength) for key, ones in compared.items() if ones}
    winners: dict[str, str] = {}
    for key, one in best.items():
        rival = winners.get(one.found.url)
        if rival is None or _strength(one) > _strength(best[rival]):
            winners[one.found.url] = key
    return {
        key: frozenset(url for url, winner in winners.items() if winner != key) for key in compared
    }


def _strength(one: Comparison) -> tuple[float, float, float]:
    return one.strength


def _families(lost: Lost, ranked: Sequence[Comparison]) -> list[list[Comparison]]:
    """The pages, with the versions of each together, the preferred one first; best family first.

    Pages that name another one of them as their canonical URL are versions of it.
    """
    families: dict[str, list[Comparison]] = {}
    found = {one.found.url for one in ranked}
    for one in ranked:
        canonical = one.found.canonical
        url = canonical if canonical in found else one.found.url
        family = families.setdefault(without_versions(url), [])
        if not family or (family[0].text or 0) - (one.text or 0) <= _AS_GOOD:
            family.append(one)
    return [_with_preferred_first(lost, family) for family in families.values()]


def _with_preferred_first(lost: Lost, family: list[Comparison]) -> list[Comparison]:
    canonical = _canonical_key(family)
    url = preferred(lost.url, [one.found.url for one in family])

    def rank(one: Comparison) -> tuple[bool, bool]:
        return (one.found.key != canonical, one.found.url != url)

    return sorted(family, key=rank)


def _canonical_key(family: Iterable[Comparison]) -> str:
    """What the pages agree to be their canonical URL; empty when they do not."""
    named = {urls.page_key(one.found.canonical) for one in family if one.found.canonical}
    return named.pop() if len(named) == 1 else ""


def _claim(
    lost: Lost,
    family: Sequence[Comparison],
    families: Iterable[Sequence[Comparison]],
    rivals: Rivals,
) -> Claim:
    best, others = family[0], [one[0] for one in families if one is not family]
    common = without_versions(best.found.url)
    has_versions = len(family) > 1 or common in map(without_versions, rivals.unread)
    return Claim(
        best=best,
        next_text=max((one.text or 0.0 for one in others), default=0.0),
        next_title=max((one.title for one in others), default=0.0),
        has_rival_version=has_versions and not _is_told_apart(lost, family),
        is_taken=best.found.url in rivals.taken,
        is_in_other_hands=lost.is_in_other_hands,
        is_alone=not others,
    )


def _proposal(lost: Lost, claim: Claim, *, made_at: datetime) -> Proposal | None:
    band = band_of(claim)
    if band is None:
        return None
    lead = None if claim.is_alone else claim.lead
    return _made(lost, claim.best, band, lead=lead, made_at=made_at)


def _made(
    lost: Lost, best: Comparison, band: Band, *, lead: float | None, made_at: datetime
) -> Proposal:
    candidate = best.candidate
    return Proposal(
        key=lost.key,
        resource_url=lost.record.resource.url,
        url=_with_fragment(lost, best),
        band=band,
        score=_score(best),
        grounds=Grounds(
            source=candidate.source,
            found_at=candidate.found_at,
            neighbours=candidate.neighbours,
            title=best.title,
            text=best.text,
            slug=best.slug,
            lead=lead,
        ),
        title=best.found.title,
        made_at=made_at,
    )


def _is_told_apart(lost: Lost, family: Sequence[Comparison]) -> bool:
    """Whether it is clear which version is meant.

    It has none in its URL, or that of the lost one, or all versions name it as the canonical one.
    """
    best = family[0].found
    found = versions_in(best.url)
    is_own = not found or found == versions_in(lost.url)
    return is_own or best.key == _canonical_key(family)


def _with_fragment(lost: Lost, best: Comparison) -> str:
    """The page's URL with the listed fragment, if the page has such a place."""
    fragment = urls.fragment(urls.normal_form(lost.record.resource.url))
    if not (fragment and best.found.page.fragment_found):
        return best.found.url
    return urls.with_fragment(best.found.url, fragment)


def _score(best: Comparison) -> float:
    text = best.title / 2 if best.text is None else best.text
    return round(0.5 * text + 0.35 * best.title + 0.15 * best.slug, 3)
