"""IO: new addresses are looked for now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

from crawler import compare, resources
from crawler.config import Settings
from crawler.crawl import Clock
from crawler.fetch import Resolver
from crawler.model import ResourceList
from crawler.run import lost_links, wall_clock
from crawler.run.files import prepare_reports, read_list
from crawler.run.interruption import Interruption
from crawler.run.lost_links import Search
from crawler.run.reports import identified, write_reports, zone_of
from crawler.search import Found, search
from crawler.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class LookOptions:
    """How to look for new addresses, beside the settings."""

    clock: Clock = wall_clock
    announce: Callable[[int], None] = lambda _: None
    """Takes how many links are looked for."""
    resolver: Resolver | None = None
    search: Search = search


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a search has found."""

    found: tuple[Found, ...] = ()
    signal: int | None = None
    """The signal that ended it early."""


def look(
    settings: Settings, wanted: Sequence[str] = (), options: LookOptions | None = None
) -> Looked:
    """What is found now for the named resources that are lost, or for all without a new address.

    Raises:
        Interrupted: a signal came, and the search did not end in time.
        ResourcesError: the list cannot be used, or one of the words fits no resource of it.
        StoreError: the database or the reports cannot be written, or a run goes on.
    """
    options, begun_at = options or LookOptions(), monotonic()
    listed = read_list(settings)
    resources.select(listed.resources, wanted)  # before anything is opened
    prepare_reports(Path(settings.reports))
    with Store.open_known(settings.database) as store, Interruption() as interruption:
        listed = identified(listed, store)
        now = options.clock().astimezone(zone_of(settings))
        keys = _lost(store, listed, wanted, now)
        if not keys:
            return Looked()
        options.announce(len(keys))
        seconds = settings.fetch.budget - (monotonic() - begun_at)
        around = lost_links.surroundings(
            store, listed, options.clock, seconds, resolver=options.resolver
        )
        found = lost_links.look(store, keys, settings, around, interruption, options.search)
        write_reports(store, settings, listed.notices, now=options.clock())
    return Looked(found=found, signal=interruption.signum)


def _lost(
    store: Store, listed: ResourceList, wanted: Sequence[str], now: datetime
) -> tuple[str, ...]:
    chosen = {resource.key: resource for resource in resources.select(listed.resources, wanted)}
    records = store.records()
    return tuple(
        key
        for key in store.resources.broken_keys()
        if key in chosen
        and compare.is_lost(record := records[key], now)
        and record.resource.url == chosen[key].url
        and (wanted or not record.proposals)
    )
