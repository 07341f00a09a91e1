"""Pure: resources become targets, and the targets of one host a lane."""

from collections.abc import Collection, Mapping, Sequence
from fnmatch import fnmatchcase

from crawler import urls
from crawler.model import (
    Lane,
    NotAsked,
    NotAskedReason,
    Plan,
    Resource,
    Target,
    Validators,
)

_NO_VALIDATORS: Mapping[str, Validators] = {}


def plan(
    resources: Sequence[Resource],
    *,
    exclude: Sequence[str] = (),
    first: Collection[str] = (),
    validators: Mapping[str, Validators] = _NO_VALIDATORS,
) -> Plan:
    """What to ask, host by host, and what not to ask, with the reason.

    Resources with the same URL share a target, with the validators of the first of them. URLs that
    fit a glob of `exclude` are not asked; letter case does not count. `first` has the keys of
    resources that are asked first, `validators` are by key.
    """
    lanes: dict[str, list[Target]] = {}
    not_asked: list[tuple[Target, NotAsked]] = []
    for target in _targets(resources, validators):
        reason = _reason_not_to_ask(target, exclude)
        if reason:
            not_asked.append((target, NotAsked(reason=reason, target_uri=target.url)))
        else:
            lanes.setdefault(urls.host_key(target.url), []).append(target)
    return Plan(lanes=_ordered(lanes, frozenset(first)), not_asked=tuple(not_asked))


def _targets(
    resources: Sequence[Resource], validators: Mapping[str, Validators]
) -> tuple[Target, ...]:
    groups: dict[str, list[Resource]] = {}
    for resource in resources:
        groups.setdefault(urls.target_uri(resource.url), []).append(resource)
    return tuple(
        Target(url=url, resources=tuple(group), validators=validators.get(group[0].key))
        for url, group in groups.items()
    )


def _reason_not_to_ask(target: Target, exclude: Sequence[str]) -> NotAskedReason | None:
    forms = {target.url.lower(), urls.without_fragment(target.url).lower()}
    if any(fnmatchcase(form, glob.lower()) for glob in exclude for form in forms):
        return NotAskedReason.EXCLUDED
    return urls.problem(target.url)


def _ordered(lanes: Mapping[str, Sequence[Target]], first: frozenset[str]) -> tuple[Lane, ...]:
    def waits(target: Target) -> bool:
        return first.isdisjoint(resource.key for resource in target.resources)

    sorted_lanes = (
        Lane(host=host, targets=tuple(sorted(targets, key=waits)))
        for host, targets in lanes.items()
    )
    # The first target of a lane waits only if all of them do.
    return tuple(
        sorted(sorted_lanes, key=lambda lane: (-len(lane.targets), waits(lane.targets[0])))
    )
