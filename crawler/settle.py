"""IO: what a person decides about a resource: its page is right as it is, or it is muted."""

from collections.abc import Callable
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


def accept(settings: Settings, wanted: str, clock: Clock = wall_clock) -> Resource:
    """The resource, whose page as it was last seen is right from now on.

    Raises:
        ResourcesError: the list cannot be used, or `wanted` does not name one resource of it.
        SettleError: the last check has seen no page that could be accepted.
        StoreError: the database or the reports cannot be written.
    """

    def accepted(record: Record, now: datetime) -> Record:
        check = _page_check(record, record.whole_check())
        page = accepted_page(check)
        judgement = judged_today(check, settings, page)
        if not judgement.verdict.is_alive:
            raise SettleError(
                f"{wanted}: the server itself says {judgement.verdict} ({judgement.reason}); "
                "only a page that answers can be accepted. `crawler mute` keeps it out of reports"
            )
        return compare.accept(record, replace(check, judgement=judgement), page, now)

    return _settle(settings, wanted, clock, accepted)


def revoke(settings: Settings, wanted: str, clock: Clock = wall_clock) -> Resource:
    """The resource, whose page is judged like any other again, from the next run on.

    Raises:
        SettleError: its page was not accepted.
        ResourcesError, StoreError: as for `accept`.
    """

    def revoked(record: Record, _: datetime) -> Record:
        if record.accepted is None:
            raise SettleError(f"{wanted}: its page was not accepted; nothing to undo")
        return replace(record, accepted=None)

    return _settle(settings, wanted, clock, revoked)


def mute(
    settings: Settings, wanted: str, wish: Mute | None, clock: Clock = wall_clock
) -> Resource:
    """The resource, left out of reports until the date of the wish; with None it is in them again.

    Raises:
        SettleError: the date is not in the future, or there is nothing to undo.
        ResourcesError, StoreError: as for `accept`.
    """

    def muted(record: Record, now: datetime) -> Record:
        if wish is None and record.mute is None:
            raise SettleError(f"{wanted}: it is not muted; nothing to undo")
        if wish is not None and wish.until <= now.date():
            raise SettleError(f"--until {wish.until}: that day has come; give a later one")
        return compare.mute(record, wish, now)

    return _settle(settings, wanted, clock, muted)


def accepted_page(check: Check) -> Accepted:
    """By what the page that the check saw will be recognised."""
    living = check.judgement.verdict.is_alive
    page = check.page if living else check.facts.seen
    return Accepted(
        title=page.title.value if page and page.title else "",
        domain=urls.domain(check.facts.final_url),
        text=page.text[:SEEN_CHARACTERS] if page else "",
    )


def _settle(
    settings: Settings, wanted: str, clock: Clock, change: Callable[[Record, datetime], Record]
) -> Resource:
    """The resource, with its record changed in the database, and the reports written again.

    `change` is given the record and the time, in the zone of the settings.
    """
    listed = read_list(settings.resources)
    resource = resources.find_one(listed.resources, wanted)
    prepare_reports(Path(settings.reports))
    with Store.open_known(settings.database) as store:
        record = store.records().get(resource.key)
        if record is None or record.resource.url != resource.url:
            raise SettleError(
                f"{wanted}: this URL has not been checked yet; `crawler run` checks it"
            )
        store.settle(change(record, clock().astimezone(zone_of(settings))))
        write_reports(store, settings, listed.notices)
    return resource


def _page_check(record: Record, check: Check | None) -> Check:
    if check is None or not isinstance(check.facts.outcome, Answer):
        raise SettleError(
            f"{record.resource.url}: the last check has seen no page; run `crawler run "
            f"--only {record.resource.number or record.resource.url}` first"
        )
    return check
