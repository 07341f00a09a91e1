"""IO: what the database has about the list or a resource, for a person who asks; no network."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from crawler import resources
from crawler.config import Settings
from crawler.model import Record, Resource
from crawler.report import Report, dossier, freshness
from crawler.report.dossier import Dossier
from crawler.report.dossier.night_strip import NIGHTS
from crawler.report.findings import Finding, list_findings
from crawler.run.reports import build, zone_of
from crawler.store import Store


def overview(settings: Settings) -> Report | None:
    """The report of the last complete run; None when there is none.

    Raises:
        StoreError: the database cannot be read, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        return build(store, settings)


def last_attempt(settings: Settings) -> str:
    """What became of the last run that was not complete; empty when there was none.

    Raises:
        StoreError: the database cannot be read, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        attempts = store.runs.attempts()
        return freshness.describe(attempts, zone_of(settings)) if attempts else ""


def dossiers(settings: Settings, wanted: Sequence[str] = ()) -> tuple[Dossier, ...] | None:
    """Everything about the resources; when none is named, about those a maintainer can act on.

    None when no run has completed yet.

    Raises:
        ResourcesError: no resource fits one of `wanted`.
        StoreError: the database cannot be read, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        report = build(store, settings)
        if report is None:
            return None
        if not wanted:
            return tuple(_dossier(store, report, finding) for finding in report.to_act_on)
        known = store.resources.ever_listed()
        chosen = {r.key: r for word in wanted for r in _found(known, word)}
        return tuple(_dossiers(store, report, chosen.values()))


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
        changes=store.changes.of_resource(key),
        incidents=store.incidents.of_resource(key),
    )
