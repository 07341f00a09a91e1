"""Pure: whether what a run sees may be believed, or the trouble is on our side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crawler import urls
from crawler.model import (
    Answer,
    Check,
    Facts,
    Failure,
    FailureKind,
    Lane,
    Record,
    Resource,
    State,
)

MIN_HOSTS = 5
"""Fewer hosts than this say nothing about the network."""
PORTAL_PERCENT = 90
"""Of the resources: when more than this ended at one host, that host answers in their place."""
UNREACHED = frozenset(
    {
        FailureKind.DNS_NOT_FOUND,
        FailureKind.DNS_NO_ADDRESS,
        FailureKind.DNS_ERROR,
        FailureKind.UNREACHABLE,
        FailureKind.CONNECT_TIMEOUT,
        FailureKind.CONNECTION_REFUSED,
        FailureKind.CONNECTION_RESET,
    }
)
"""Failures that a network which is down on our side looks like."""
_TROUBLED = frozenset({State.FAILING, State.BROKEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """Most hosts cannot be reached, and no canary vouches for the network."""

    hosts: int
    """How many were asked."""
    unreached: int
    """How many of them gave no HTTP answer."""
    canaries: int
    """How many canaries there are; none of them has answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """One host answers in the place of almost all others."""

    host: str
    resources: int
    """How many were asked."""
    landed: int
    """How many of them ended at that host."""


Distrust = Outage | Portal
"""What a run is not trusted for."""


def telling_hosts(lanes: Iterable[Lane], known: Mapping[str, Record]) -> frozenset[str]:
    """The hosts whose failure would be news: not every resource of theirs was in trouble before."""

    def was_troubled(resource: Resource) -> bool:
        record = known.get(resource.key)
        same = record is not None and record.resource.url == resource.url
        return same and record is not None and record.standing.state in _TROUBLED

    return frozenset(
        lane.host
        for lane in lanes
        if not all(was_troubled(r) for target in lane.targets for r in target.resources)
    )


def is_unreached(facts: Facts) -> bool:
    """Whether an attempt failed before any HTTP answer, as it would if our network were down."""
    outcome = facts.outcome
    return isinstance(outcome, Failure) and not facts.exchanges and outcome.kind in UNREACHED


def is_suspicious(*, hosts: int, unreached: int) -> bool:
    """Whether so many of the hosts asked are unreached that the canaries have to be asked."""
    return hosts >= MIN_HOSTS and 2 * unreached > hosts


def answers_itself(facts: Facts) -> bool:
    """Whether an HTTP answer came, and from the site that was asked; how a canary vouches."""
    return isinstance(facts.outcome, Answer) and not elsewhere(facts)


def elsewhere(facts: Facts) -> str:
    """The host at which a chain of redirects ended, asked or not; empty for the target's own site.

    Hosts of one registrable domain are one site.
    """
    if not facts.exchanges:
        return ""
    outcome = facts.outcome
    end = facts.exchanges[-1] if isinstance(outcome, Answer) else outcome
    own, last = urls.host(facts.first_url), urls.host(end.target_uri)
    return "" if urls.registrable_domain(own) == urls.registrable_domain(last) else last


def is_portal(*, landed: int, resources: int, hosts: int) -> bool:
    """Whether a host at which so many of the resources ended, not their own, answers for them all."""
    return hosts >= MIN_HOSTS and 100 * landed > PORTAL_PERCENT * resources


def counts(check: Check, distrust: Distrust) -> bool:
    """Whether a check of a run that is not trusted concludes something: its resource did answer."""
    in_its_place = isinstance(distrust, Portal) and elsewhere(check.facts) == distrust.host
    return isinstance(check.facts.outcome, Answer) and not in_its_place


def sentence(distrust: Distrust) -> str:
    """What a person is told about a run that is not trusted."""
    if isinstance(distrust, Portal):
        seen = (
            f"{distrust.landed} of {distrust.resources} links ended at {distrust.host}, which seems "
            "to answer in the place of the others (a log-in page of our own network?)"
        )
    else:
        seen = f"{distrust.unreached} of {distrust.hosts} hosts could not be reached, and " + (
            "no canary answered, so our own network seems to be down"
            if distrust.canaries
            else "there is no canary (guard.canaries) to tell whether that is them or us"
        )
    return (
        f"This run is not trusted: {seen}; "
        "nothing was concluded from that, and what was known before stands."
    )
