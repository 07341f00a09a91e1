"""IO: what the database has about the list or a resource, for a person who asks; no network."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from crawler import resources
from crawler.config import Settings
from crawler.crawl import Clock
from crawler.model import Record, Resource
from crawler.report import Report, dossier, filters, freshness
from crawler.report.dossier import Dossier
from crawler.report.dossier.night_strip import NIGHTS
from crawler.report.filters import FilterChoice
from crawler.report.findings import Finding, list_findings
from crawler.run import wall_clock
from crawler.run.reports import build, zone_of
from crawler.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The report of the last complete run, and what a person wants to see of it."""

    report: Report
    filters: tuple[str, ...]
    """The words that chose the findings; none if the findings are what a maintainer can act on."""
    findings: tuple[Finding, ...]


def overview(
    settings: Settings, wanted: Sequence[str] = (), clock: Clock = wall_clock
) -> Overview | None:
    """What needs a maintainer, or what fits the classes and categories; None before a complete run.

    Raises:
        StoreError: the database cannot be read, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        report = build(store, settings, clock())
        if report is None:
            return None
        choice = _choice(store, wanted)
        return Overview(report=report, filters=choice.filters, findings=_chosen(report, choice))


def names_resources(settings: Settings, wanted: Sequence[str]) -> bool:
    """Whether one of the words is neither a class nor a category.

    Raises:
        StoreError: the database cannot be read, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        return bool(_choice(store, wanted).others)


def _choice(store: Store, wanted: Sequence[str]) -> FilterChoice:
    listed = store.resources.ever_listed() if wanted else ()
    return filters.choose(wanted, listed)


def _chosen(report: Report, choice: FilterChoice) -> tuple[Finding, ...]:
    """Without a filter, what a maintainer can act on."""
    return tuple(filter(choice.fits, report.findings if choice.filters else report.to_act_on))


def last_attempt(settings: Settings) -> str:
    """What became of the last run that was not complete; empty when there was none.

    Raises:
        StoreError: the database cannot be read, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        attempts = store.runs.attempts()
        return freshness.describe(attempts, zone_of(settings)) if attempts else ""


def dossiers(
    settings: Settings, wanted: Sequence[str] = (), clock: Clock = wall_clock
) -> tuple[Dossier, ...] | None:
    """Everything about the resources; when none is named, about those of `overview`.

    None when no run has completed yet.

    Raises:
        ResourcesError: no resource fits one of `wanted`.
        StoreError: the database cannot be read, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        report = build(store, settings, clock())
        if report is None:
            return None
        choice = _choice(store, wanted)
        if not choice.others:
            return tuple(_dossier(store, report, one) for one in _chosen(report, choice))
        known = store.resources.ever_listed()
        chosen = {r.key: r for word in choice.others for r in _found(known, word)}
        found = _dossiers(store, report, chosen.values())
        return tuple(one for one in found if choice.fits(one.finding))


def noises(settings: Settings, wanted: Sequence[str] = ()) -> tuple[Record, ...]:
    """What is known of resources in whose texts something is ignored; of all that are named, if any.

    Raises:
        ResourcesError: no resource fits one of `wanted`.
        StoreError: the database cannot be read, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        records = store.records()
        if not wanted:
            return tuple(records[key] for key in store.resources.noisy_keys())
        listed = tuple(store.resources.listed())
        return tuple(records[resource.key] for resource in resources.select(listed, wanted))


def _found(known: Sequence[Resource], word: str) -> tuple[Resource, ...]:
    """The resources that fit; those that left the list only when no other fits."""
    found = resources.select(known, (word,))
    return tuple(resource for resource in found if resource.line) or found


def _dossiers(store: Store, report: Report, chosen: Iterable[Resource]) -> Iterator[Dossier]:
    listed = {finding.resource.key: finding for finding in report.findings}
    for resource in chosen:
        finding = listed.get(resource.key)
        if finding:
            yield _dossier(store, report, finding)
        else:
            record = _unlisted(store, resource)
            (finding,) = list_findings([record], report.snapshot.run.started_at)
            yield _dossier(store, report, finding, record)


def _unlisted(store: Store, resource: Resource) -> Record:
    """What is known of a resource that left the list."""
    history = store.checks.history(resource.key)
    return Record(
        resource=resource,
        check=history[-1][1] if history else None,
        last_good=store.pages.last_good(resource.key),
    )


def _dossier(
    store: Store, report: Report, finding: Finding, record: Record | None = None
) -> Dossier:
    key, snapshot = finding.resource.key, report.snapshot
    record = record or snapshot.records[key]
    now = snapshot.run.started_at.astimezone(snapshot.zone)
    return dossier.build(
        finding,
        record,
        now,
        checks=store.checks.history(key, now - timedelta(days=NIGHTS + 1)),
        incidents=store.incidents.of_resource(key),
        histories=snapshot.histories,
    )
