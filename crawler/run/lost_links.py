"""IO: the search for the successors of lost resources: which are due, and what is stored of it."""

from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from operator import itemgetter
from time import monotonic
from typing import Any

from crawler import __version__, compare, urls
from crawler.config import Settings
from crawler.fetch import Resolver
from crawler.model import Record, ResourceList, Searched
from crawler.run.interruption import Interruption
from crawler.search import Found, Surroundings, archive_of
from crawler.store import Store

Search = Callable[
    [Sequence[Record], Settings, Surroundings], Coroutine[Any, Any, tuple[Found, ...]]
]

AT_ONCE = 100
"""Resources of one part of a search; a host's sitemaps are read once in a part."""
_SHORTEST = 2.0
"""Seconds below which nothing is begun."""
_NEVER = datetime.min.replace(tzinfo=UTC)


def due(store: Store, keys: Iterable[str], now: datetime) -> tuple[str, ...]:
    """The keys of those lost resources among these that are to be searched for, in that order.

    What was never searched for comes first, then what has waited longest. `now` is in the zone in which
    days are counted.
    """
    listed, searched, records = {*keys}, store.proposals.searched(), store.records()
    found: list[tuple[datetime, str]] = []
    for key in store.resources.broken_keys():
        record, last = records[key], searched.get(key)
        is_due = compare.is_lost(record, now) and compare.is_search_due(last, record, now)
        if is_due and key in listed:
            found.append((_last_look(last), key))
    return tuple(key for _, key in sorted(found, key=itemgetter(0)))


def _last_look(searched: Searched | None) -> datetime:
    return searched.last_at if searched else _NEVER


def surroundings(
    store: Store,
    listed: ResourceList,
    clock: Callable[[], datetime],
    seconds: float,
    resolver: Resolver | None = None,
) -> Surroundings:
    """What a search needs that takes so long at most."""
    return Surroundings(
        clock=clock,
        version=__version__,
        seconds=seconds,
        listed=frozenset(resource.url for resource in listed.resources),
        moves=tuple(store.repairs.moves()),
        robots_files=store.hosts.robots_files(),
        resolver=resolver,
    )


def look(
    store: Store,
    keys: Sequence[str],
    settings: Settings,
    around: Surroundings,
    interruption: Interruption,
    search: Search,
) -> tuple[Found, ...]:
    """What was found for these resources, which is stored; some at a time, until the time is over.

    They are looked for in their order, but those of one host together. What there was no time for is
    not among what was found. The archive of the settings is asked too.
    """
    around = replace(around, archive=archive_of(settings, around))
    ends_at, records = monotonic() + around.seconds, store.records()
    found: list[Found] = []
    for part in _parts(keys, lambda key: _host(records[key])):
        left = ends_at - monotonic()
        if left < _SHORTEST or interruption.signum is not None:
            break
        wanted = [records[key] for key in part]
        searching = search(wanted, settings, replace(around, seconds=left))
        new = interruption.run(searching, around.stop)
        _keep(store, new, around.clock())
        found.extend(new)
    return tuple(found)


def _host(record: Record) -> str:
    url = record.resource.url
    return "" if urls.problem(url) else urls.host_key(urls.normal_form(url))


def _parts(keys: Iterable[str], host_of: Callable[[str], str]) -> Iterator[list[str]]:
    """The keys, at most `AT_ONCE` in a part; those of one host are in one, unless they are more.

    What a host has beyond that comes after the others: it takes long.
    """
    hosts: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        hosts[host_of(key)].append(key)
    starts = [(n, host) for host in hosts for n in range(0, len(hosts[host]), AT_ONCE)]
    part: list[str] = []
    for n, host in sorted(starts, key=itemgetter(0)):
        some = hosts[host][n : n + AT_ONCE]
        if len(part) + len(some) > AT_ONCE:
            yield part
            part = []
        part += some
    if part:
        yield part


def _keep(store: Store, found: Iterable[Found], at: datetime) -> None:
    with store.transaction():
        for one in found:
            store.proposals.save(
                one.key, one.resource_url, one.proposals, at, is_complete=one.is_complete
            )
