"""Pure: resources become targets, and the targets of one host a lane."""

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from crawler import urls
from crawler.model import (
    Lane,
    NotAsked,
    NotAskedReason,
    Plan,
    Resource,
    Target,
)

_NOBODY_WAITS: Mapping[str, tuple[int, int]] = {}


def plan(
    resources: Sequence[Resource],
    *,
    exclude: Sequence[str] = (),
    waiting: Mapping[str, tuple[int, int]] = _NOBODY_WAITS,
) -> Plan:
    """What to ask, host by host, and what not to ask, with the reason.

    Resources with the same URL share a target. URLs that fit a glob of `exclude` are not asked; letter
    case does not count. `waiting` has the resources that are asked before all others, by key, those
    with the lowest numbers first.
    """
    lanes: dict[str, list[Target]] = {}
    not_asked: list[tuple[Target, NotAsked]] = []
    for target in _targets(resources, _urgencies(waiting)):
        reason = _reason_not_to_ask(target, exclude)
        if reason:
            not_asked.append((target, NotAsked(reason=reason, target_uri=target.url)))
        else:
            lanes.setdefault(urls.host_key(target.url), []).append(target)
    return Plan(lanes=_ordered(lanes), not_asked=tuple(not_asked))


def is_excluded(url: str, globs: Sequence[str]) -> bool:
    """Whether the URL, with or without its fragment, fits one of the globs; letter case does not count."""
    forms = {url.lower(), urls.without_fragment(url).lower()}
    return any(fnmatchcase(form, glob.lower()) for glob in globs for form in forms)


def _targets(resources: Sequence[Resource], urgencies: Mapping[str, int]) -> Iterator[Target]:
    groups: dict[str, list[Resource]] = {}
    for resource in resources:
        url = urls.target_uri(resource.url)
        # A text that is there already takes no more memory: a list may have a million of them.
        key = resource.url if resource.url == url else url
        groups.setdefault(key, []).append(resource)
    for url, group in groups.items():
        urgency = max(urgencies.get(resource.key, 0) for resource in group)
        yield Target(url=url, resources=tuple(group), urgency=urgency)


def _reason_not_to_ask(target: Target, exclude: Sequence[str]) -> NotAskedReason | None:
    return (
        NotAskedReason.EXCLUDED if is_excluded(target.url, exclude) else urls.problem(target.url)
    )


def _urgencies(waiting: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """By key: 1 for the resource that has waited least, and so on; without those that do not wait."""
    ranks = {
        since: rank for rank, since in enumerate(sorted(set(waiting.values()), reverse=True), 1)
    }
    return {key: ranks[since] for key, since in waiting.items()}


def _ordered(lanes: Mapping[str, Sequence[Target]]) -> tuple[Lane, ...]:
    """The most urgent ones first; of equally urgent lanes, the longest first."""

    def by_urgency(target: Target) -> int:
        return -target.urgency

    sorted_lanes = (
        Lane(host=host, targets=tuple(sorted(targets, key=by_urgency)))
        for host, targets in lanes.items()
    )
    return tuple(
        sorted(sorted_lanes, key=lambda lane: (by_urgency(lane.targets[0]), -len(lane.targets)))
    )
