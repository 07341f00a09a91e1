"""Pure: a page that may be a lost resource: read, judged, and compared with what is remembered."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from crawler import judge, urls
from crawler.config import Settings
from crawler.judge import hops, paths
from crawler.model import CandidateSource, Evidence, Fetch, Page, Resource, Verdict
from crawler.successors.candidates import Candidate
from crawler.successors.lost import Lost
from crawler.successors.names import Name, names_of_page


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """A page at a candidate's URL."""

    candidate: Candidate
    url: str
    """The final URL, without fragment."""
    verdict: Verdict
    """That of a new resource with this URL, and without a title."""
    is_redirected_for_good: bool
    """Whether it was reached, and all redirects that led to it are permanent."""
    page: Page

    @property
    def key(self) -> str:
        """What other spellings of its URL have in common."""
        return urls.page_key(self.url)

    @property
    def title(self) -> str:
        """As it calls itself."""
        return self.page.title.value if self.page.title else ""

    @property
    def canonical(self) -> str:
        """The URL that it gives as its own, in normal form; empty when it gives none."""
        declared = self.page.canonical_url
        if declared is None or urls.problem(declared.value):
            return ""
        return urls.without_fragment(urls.normal_form(declared.value))

    @property
    def names(self) -> tuple[Name, ...]:
        """What it calls itself, as sets of words."""
        return names_of_page(self.page)


def found_page(
    candidate: Candidate, fetch: Fetch, page: Page, *, now: datetime, settings: Settings
) -> FoundPage:
    """What was read for a candidate; there must have been an exchange."""
    resource = Resource(key=candidate.url, url=candidate.url)
    evidence = Evidence(
        resource=resource, facts=fetch.facts, page=page, elapsed=None, checked_at=now
    )
    judgement = judge.judge(evidence, judge.policy_for(settings, fetch.facts))
    return FoundPage(
        candidate=candidate,
        url=urls.without_fragment(fetch.facts.final_url),
        verdict=judgement.verdict,
        is_redirected_for_good=all(hop.permanent for hop in hops.hops_of(fetch.facts)),
        page=page,
    )


_MOVED_ELSEWHERE = frozenset(
    {
        CandidateSource.STORED_REDIRECT,
        CandidateSource.CANONICAL,
        CandidateSource.PATTERN,
        CandidateSource.KNOWN_MOVE,
        CandidateSource.ARCHIVED_REDIRECT,
    }
)

# --- refusals -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What no successor may be, and where it may be."""

    listed: Collection[str]
    """`urls.page_key` of every URL in the list."""
    domains: Collection[str]
    """Registrable domains to which the host of the lost resource is known to have moved."""


def is_refused(lost: Lost, found: FoundPage, bounds: Bounds) -> bool:
    """Whether a page cannot be the successor, whatever it says."""
    return any(rule(lost, found, bounds) for rule in REFUSALS)


def _is_not_alive(_lost: Lost, found: FoundPage, _bounds: Bounds) -> bool:
    return not found.verdict.is_alive


def _is_front_page(lost: Lost, found: FoundPage, _bounds: Bounds) -> bool:
    return paths.is_front_page(found.url) and not lost.is_front_page


def _is_listed(lost: Lost, found: FoundPage, bounds: Bounds) -> bool:
    return found.key in bounds.listed and found.key != urls.page_key(lost.url)


def _is_itself(lost: Lost, found: FoundPage, _bounds: Bounds) -> bool:
    return found.url == lost.url


def _has_other_purpose(_lost: Lost, found: FoundPage, _bounds: Bounds) -> bool:
    return any(is_such(found.url) for is_such in _OTHER_PURPOSES)


def _is_of_other_kind(lost: Lost, found: FoundPage, _bounds: Bounds) -> bool:
    return found.page.kind is not lost.kind


def _is_elsewhere(lost: Lost, found: FoundPage, bounds: Bounds) -> bool:
    """Whether it is on another domain, and no redirect for good, stored fact or known move leads there."""
    allowed = {urls.domain(lost.url), *bounds.domains}
    if urls.domain(found.url) in allowed or found.candidate.source in _MOVED_ELSEWHERE:
        return False
    return not (urls.domain(found.candidate.url) in allowed and found.is_redirected_for_good)


Refusal = Callable[[Lost, FoundPage, Bounds], bool]

REFUSALS: tuple[Refusal, ...] = (
    _is_not_alive,
    _is_itself,
    _is_front_page,
    _is_listed,
    _is_of_other_kind,
    _is_elsewhere,
    _has_other_purpose,
)
"""Each is reason enough."""

_OTHER_PURPOSES = (
    paths.is_sign_in_page,
    paths.is_consent_page,
    paths.is_challenge_page,
    paths.is_missing_page,
    paths.is_maintenance_page,
)
