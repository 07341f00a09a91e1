"""Pure: whether a run can be trusted, or our own network seems to be down."""

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
)

MIN_HOSTS = 5
"""Nothing is concluded about the network from fewer hosts of a whole list than this."""
PORTAL_PERCENT = 90
"""Of the resources: when more than this ended at one host, it may answer in place of all others."""
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
"""Failures that also occur when our own network is down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """Most hosts cannot be reached, and no canary answers."""

    hosts: int
    """Asked so far."""
    unreached: int
    """Of these, without an HTTP answer."""
    canaries: int
    """That were asked; none has answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """Almost all links end at one host, and no canary answers: it answers in place of all others."""

    host: str
    resources: int
    """Asked so far."""
    landed: int
    """Of these, redirected to that host in the end."""
    canaries: int
    """That were asked; none was answered by its own site. Without any, nothing disproves a portal."""


Distrust = Outage | Portal
"""Why a run is not trusted."""


def hosts_with_news(lanes: Iterable[Lane], failed: Mapping[str, str]) -> frozenset[str]:
    """The hosts whose failure would be new: at least one of their resources had not failed before.

    `failed` has the URLs of those that had, by key.
    """
    return frozenset(
        lane.host
        for lane in lanes
        if not all(failed.get(r.key) == r.url for target in lane.targets for r in target.resources)
    )


def is_unreached(facts: Facts) -> bool:
    """Whether the attempt failed before any HTTP answer, as it does when our network is down."""
    outcome = facts.outcome
    return isinstance(outcome, Failure) and not facts.exchanges and outcome.kind in UNREACHED


def is_suspicious(*, hosts: int, unreached: int, min_hosts: int = MIN_HOSTS) -> bool:
    """Whether so many hosts are unreached that the canaries have to be asked."""
    return hosts >= min_hosts and 2 * unreached > hosts


def is_answered_by_site(facts: Facts) -> bool:
    """Whether an HTTP answer came, and came from the site that was asked."""
    return isinstance(facts.outcome, Answer) and not foreign_host(facts)


def foreign_host(facts: Facts) -> str:
    """The host of another site to which redirects led, asked or not; empty when there is none.

    Hosts with the same registrable domain are one site.
    """
    if not facts.exchanges:
        return ""
    outcome = facts.outcome
    end = facts.exchanges[-1] if isinstance(outcome, Answer) else outcome
    own, last = urls.host(facts.first_url), urls.host(end.target_uri)
    return "" if urls.registrable_domain(own) == urls.registrable_domain(last) else last


def is_portal(*, landed: int, resources: int, hosts: int, min_hosts: int = MIN_HOSTS) -> bool:
    """Whether so many resources ended at one foreign host that the canaries have to be asked.

    A captive portal would answer in their place too; where they answer, the sites have moved there.
    """
    return hosts >= min_hosts and 100 * landed > PORTAL_PERCENT * resources


def is_conclusive(check: Check, distrust: Distrust) -> bool:
    """Whether a check counts although its run is not trusted: the resource itself did answer."""
    is_of_portal = isinstance(distrust, Portal) and foreign_host(check.facts) == distrust.host
    return isinstance(check.facts.outcome, Answer) and not is_of_portal


def cause(distrust: Distrust) -> str:
    """For a person: why the run is not trusted, without a full stop."""
    if isinstance(distrust, Portal):
        return (
            f"{distrust.landed} of {distrust.resources} links ended at {distrust.host}, and "
            + (
                "no canary answered, so a log-in page of our own network seems to stand in their place"
                if distrust.canaries
                else "there is no canary (guard.canaries) to show whether that is a log-in page of our "
                "own network"
            )
        )
    return f"{distrust.unreached} of {distrust.hosts} hosts could not be reached, and " + (
        "no canary answered, so our own network seems to be down"
        if distrust.canaries
        else "there is no canary (guard.canaries) to show whether our own network is down"
    )


def explanation(distrust: Distrust) -> str:
    """For a person: why the run is not trusted, and what that means."""
    return (
        f"This run is not trusted: {cause(distrust)}; "
        "nothing was concluded from that, and earlier results stay as they were."
    )
