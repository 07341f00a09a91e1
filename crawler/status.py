"""IO: what the database has about the list or a resource, for a person who asks; no network."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from crawler import resources
from crawler.config import Settings
from crawler.crawl import Clock
from crawler.model import Record, Resource, Snapshot
from crawler.report import contents, dossier, filters, freshness, overview
from crawler.report.dossier import Dossier
from crawler.report.dossier.night_strip import NIGHTS
from crawler.report.filters import FilterChoice
from crawler.report.findings import Finding, list_findings
from crawler.report.overview import Overview
from crawler.run import wall_clock
from crawler.run.reports import snapshot_of, zone_of
from crawler.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossiers:
    """All that is known of some resources."""

    found: int
    """How many a person has asked for."""
    shown: Iterator[Dossier]
    """Those of them that are shown, each read when it is its turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noises:
    """Resources in whose texts something is ignored, and those that were named."""

    found: int
    records: tuple[Record, ...]
    """Of a long list, those of the first."""


def choose(settings: Settings, words: Sequence[str]) -> FilterChoice:
    """What the words of a person mean: classes, verdicts, categories, or resources.

    Raises:
        StoreError: the database cannot be read, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        return filters.choose(words, store.resources.keys_and_categories() if words else ())


def list_overview(
    settings: Settings, choice: FilterChoice, clock: Clock = wall_clock
) -> Overview | None:
    """What fits the filters, or else what needs a maintainer; None before a complete run.

    Raises:
        StoreError: the database cannot be read, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        snapshot = snapshot_of(store, settings, clock(), is_outlined=True)
        return overview.build(snapshot, choice) if snapshot else None


def last_attempt(settings: Settings) -> str:
    """What became of the last run that was not complete; empty when there was none.

    Raises:
        StoreError: the database cannot be read, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        attempts = store.runs.attempts()
        return freshness.describe(attempts, zone_of(settings)) if attempts else ""


@contextmanager
def dossiers(
    settings: Settings,
    choice: FilterChoice,
    clock: Clock = wall_clock,
    *,
    are_all_shown: bool = False,
) -> Iterator[Dossiers | None]:
    """Everything about the resources; when none is named, about those of `list_overview`.

    Of a long list, the first are shown unless all are to be. None when no run has completed yet.

    Raises:
        ResourcesError: no resource fits one of the words for resources.
        StoreError: the database cannot be read, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        snapshot = snapshot_of(store, settings, clock(), is_outlined=True)
        if snapshot is None:
            yield None
            return
        most = None if are_all_shown else overview.most_shown(len(snapshot.outlines))
        left: Sequence[Resource] = ()
        if choice.others:
            keys, left = _named(store, snapshot, choice)
            found = len(keys) + len(left)
        else:
            fits = overview.fitting(snapshot, choice)
            chosen = overview.choose(snapshot, fits, most)
            keys, found = chosen.keys, chosen.totals.links
        rest = None if most is None else max(most - len(keys), 0)
        listed = _of_listed(store, snapshot, keys[:most])
        unlisted = (_of_unlisted(store, snapshot, one) for one in left[:rest])
        yield Dossiers(found=found, shown=chain(listed, unlisted))


def noises(settings: Settings, wanted: Sequence[str] = ()) -> Noises:
    """What is known of resources in whose texts something is ignored; of all that are named, if any.

    Raises:
        ResourcesError: no resource fits one of `wanted`.
        StoreError: the database cannot be read, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        known, records = store.resources, store.records()
        named = resources.select(known.listed(), wanted) if wanted else ()
        keys = [resource.key for resource in named] if wanted else known.noisy_keys()
        first = keys[: overview.most_shown(len(records))]
        return Noises(found=len(keys), records=tuple(map(records.__getitem__, first)))


def _named(
    store: Store, snapshot: Snapshot, choice: FilterChoice
) -> tuple[Sequence[str], Sequence[Resource]]:
    """The keys of the listed resources that fit, and those that left the list."""
    known = store.resources.ever_listed()
    chosen = {r.key: r for word in choice.others for r in _found(known, word)}
    listed = [one.key for one in chosen.values() if one.line]
    left = [one for one in chosen.values() if not one.line]
    if choice.filters:
        fits = overview.fitting(snapshot, choice)
        fitting = frozenset(overview.choose(snapshot, fits).keys)
        listed = [key for key in listed if key in fitting]
        unlisted = [(one, _of_unlisted(store, snapshot, one).finding) for one in left]
        left = [r for r, f in unlisted if choice.fits(f.kind, f.verdict, r.category)]
    return listed, left


def _found(known: Collection[Resource], word: str) -> tuple[Resource, ...]:
    """The resources that fit; those that left the list only when no other fits."""
    found = resources.select(known, (word,))
    return tuple(resource for resource in found if resource.line) or found


def _of_listed(store: Store, snapshot: Snapshot, keys: Sequence[str]) -> Iterator[Dossier]:
    for finding in overview.tell(snapshot, keys):
        yield _dossier(store, snapshot, finding, snapshot.records[finding.resource.key])


def _of_unlisted(store: Store, snapshot: Snapshot, resource: Resource) -> Dossier:
    """What is known of a resource that left the list."""
    history = store.checks.history(resource.key)
    record = Record(
        resource=resource,
        check=history[-1][1] if history else None,
        last_good=store.pages.last_good(resource.key),
    )
    (finding,) = list_findings([record], snapshot.run.started_at)
    return _dossier(store, snapshot, finding, record)


def _dossier(store: Store, snapshot: Snapshot, finding: Finding, record: Record) -> Dossier:
    key, now = finding.resource.key, contents.local_start(snapshot)
    return dossier.build(
        finding,
        record,
        now,
        checks=store.checks.history(key, now - timedelta(days=NIGHTS + 1)),
        incidents=store.incidents.of_resource(key),
        histories=snapshot.histories,
    )
