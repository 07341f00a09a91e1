"""Pure: a page that may be a lost resource: read, judged, and compared with what is remembered."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from crawler import judge, urls
from crawler.config import Settings
from crawler.judge import hops, paths
from crawler.model import CandidateSource, Evidence, Fetch, Page, Resource, Verdict
from crawler.successors.lost import Lost
from crawler.successors.names import Name, names_of_page


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """A page that was read; it may be a candidate for several lost resources."""

    asked: str
    """The URL that was asked."""
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
    url: str, fetch: Fetch, page: Page, *, now: datetime, settings: Settings
) -> FoundPage:
    """What was read at a URL; there must have been an exchange."""
    resource = Resource(key=url, url=url)
    evidence = Evidence(
        resource=resource, facts=fetch.facts, page=page, elapsed=None, checked_at=now
    )
    judgement = judge.judge(evidence, judge.policy_for(settings, fetch.facts))
    return FoundPage(
        asked=url,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    lost: Lost
    found: FoundPage
    source: CandidateSource
    bounds: Bounds


def is_refused(lost: Lost, found: FoundPage, source: CandidateSource, bounds: Bounds) -> bool:
    """Whether a page cannot be the successor, whatever it says; `source` is where its URL was found."""
    case = _Case(lost=lost, found=found, source=source, bounds=bounds)
    return any(rule(case) for rule in REFUSALS)


def _is_not_alive(case: _Case) -> bool:
    return not case.found.verdict.is_alive


def _is_front_page(case: _Case) -> bool:
    return paths.is_front_page(case.found.url) and not case.lost.is_front_page


def _is_listed(case: _Case) -> bool:
    key = case.found.key
    return key in case.bounds.listed and key != urls.page_key(case.lost.url)


def _is_itself(case: _Case) -> bool:
    return case.found.url == case.lost.url


def _has_other_purpose(case: _Case) -> bool:
    return any(is_such(case.found.url) for is_such in _OTHER_PURPOSES)


def _is_of_other_kind(case: _Case) -> bool:
    return case.found.page.kind is not case.lost.kind


def _is_elsewhere(case: _Case) -> bool:
    """Whether it is on another domain, and no redirect for good, stored fact or known move leads there."""
    allowed = {urls.domain(case.lost.url), *case.bounds.domains}
    if urls.domain(case.found.url) in allowed or case.source in _MOVED_ELSEWHERE:
        return False
    return not (urls.domain(case.found.asked) in allowed and case.found.is_redirected_for_good)


REFUSALS: tuple[Callable[[_Case], bool], ...] = (
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
