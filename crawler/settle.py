"""IO: what a person decides about a resource: its page is right as it is, or it is muted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from crawler import compare, resources, urls
from crawler.config import Settings
from crawler.crawl import Clock
from crawler.errors import SettleError
from crawler.model import SEEN_CHARACTERS, Accepted, Answer, Check, Mute, Record, Resource
from crawler.rejudge import judged_today
from crawler.run import wall_clock
from crawler.run.files import prepare_reports, read_list
from crawler.run.reports import write_reports, zone_of
from crawler.store import Store


def accept(
    settings: Settings, wanted: Sequence[str], clock: Clock = wall_clock
) -> tuple[Resource, ...]:
    """The resources, whose pages as they were last seen are right from now on; all or none.

    Raises:
        ResourcesError: the list cannot be used, or one of `wanted` fits no resource of it.
        SettleError: the last check has seen no page that could be accepted.
        StoreError: the database or the reports cannot be written.
    """

    def accepted(record: Record, now: datetime) -> Record:
        check = _page_check(record, record.whole_check())
        page = accepted_page(check)
        judgement = judged_today(check, settings, page)
        if not judgement.verdict.is_alive:
            raise SettleError(
                f"{_name(record)}: the server itself says {judgement.verdict} ({judgement.reason}); "
                "only a page that answers can be accepted. `crawler mute` keeps it out of reports"
            )
        return compare.accept(record, replace(check, judgement=judgement), page, now)

    return _settle(settings, wanted, clock, accepted)


def revoke(
    settings: Settings, wanted: Sequence[str], clock: Clock = wall_clock
) -> tuple[Resource, ...]:
    """The resources, whose pages are judged like any other again, from the next run on; all or none.

    Raises:
        SettleError: a page was not accepted.
        ResourcesError, StoreError: as for `accept`.
    """

    def revoked(record: Record, _: datetime) -> Record:
        if record.accepted is None:
            raise SettleError(f"{_name(record)}: its page was not accepted; nothing to undo")
        return replace(record, accepted=None)

    return _settle(settings, wanted, clock, revoked)


def mute(
    settings: Settings, wanted: Sequence[str], wish: Mute | None, clock: Clock = wall_clock
) -> tuple[Resource, ...]:
    """Leaves the resources out of reports until `wish.until`; None takes them in again. Returns them.

    Raises:
        SettleError: the date is not in the future, or there is nothing to undo.
        ResourcesError, StoreError: as for `accept`.
    """

    def muted(record: Record, now: datetime) -> Record:
        if wish is None and record.mute is None:
            raise SettleError(f"{_name(record)}: it is not muted; nothing to undo")
        if wish is not None and wish.until <= now.date():
            raise SettleError(f"--until {wish.until}: that day has come; give a later one")
        return compare.mute(record, wish, now)

    return _settle(settings, wanted, clock, muted)


def accepted_page(check: Check) -> Accepted:
    """What the accepted page will be recognised by in later checks."""
    living = check.judgement.verdict.is_alive
    page = check.page if living else check.facts.seen
    return Accepted(
        title=page.title.value if page and page.title else "",
        domain=urls.domain(check.facts.final_url),
        text=page.text[:SEEN_CHARACTERS] if page else "",
    )


def _settle(
    settings: Settings,
    wanted: Sequence[str],
    clock: Clock,
    change: Callable[[Record, datetime], Record],
) -> tuple[Resource, ...]:
    """The resources, with their records changed in the database, and the reports written again.

    `change` is given a record and the time, in the zone of the settings; when it raises, nothing is
    stored.
    """
    listed = read_list(settings.resources)
    chosen = resources.select(listed.resources, wanted)
    prepare_reports(Path(settings.reports))
    with Store.open_known(settings.database) as store:
        known, now = store.records(), clock().astimezone(zone_of(settings))
        changed = [change(_known(known, resource, wanted), now) for resource in chosen]
        for record in changed:
            store.settle(record)
        write_reports(store, settings, listed.notices)
    return chosen


def _known(records: Mapping[str, Record], resource: Resource, wanted: Sequence[str]) -> Record:
    record = records.get(resource.key)
    if record is None or record.resource.url != resource.url:
        raise SettleError(
            f"{resources.name_of(resource)}: this URL has not been checked yet; "
            "`crawler run` checks it"
        )
    # The person has read a line number in a report.
    if record.resource.line != resource.line and resources.is_by_line(resource, wanted):
        raise SettleError(
            f"line {resource.line}: the list has changed since its last run, when this row was on "
            f"line {record.resource.line}; give the URL, or run `crawler run` first"
        )
    return record


def _name(record: Record) -> str:
    return resources.name_of(record.resource)


def _page_check(record: Record, check: Check | None) -> Check:
    if check is None or not isinstance(check.facts.outcome, Answer):
        name = _name(record)
        raise SettleError(
            f"{name}: the last check has seen no page; run `crawler run --only {name}` first"
        )
    return check
