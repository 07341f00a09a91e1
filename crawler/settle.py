"""IO: what a person says of a resource: that its page is right as it is, or to be silent about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crawler import compare, resources, urls
from crawler.config import Settings
from crawler.crawl import Clock
from crawler.errors import SettleError
from crawler.model import SEEN_CHARACTERS, Accepted, Answer, Check, Mute, Record, Resource
from crawler.rejudge import again
from crawler.run import wall_clock
from crawler.run.files import prepare_folder, read_list
from crawler.run.reports import write_reports, zone_of
from crawler.store import Store


def accept(settings: Settings, wanted: str, clock: Clock = wall_clock) -> Resource:
    """The resource whose page, as it was seen last, is from now on what is listed.

    Raises:
        ResourcesError: the list cannot be used, or not one resource of it is meant.
        SettleError: the last check has seen no page that could be accepted.
        StoreError: the database or the reports cannot be written.
    """
    with _settling(settings, wanted, clock) as at:
        check = _page_check(at.record, at.record.whole_check())
        page = accepted_page(check)
        judgement = again(check, settings, page)
        if not judgement.verdict.is_alive:
            raise SettleError(
                f"{wanted}: the server itself says {judgement.verdict} ({judgement.reason}); "
                "only a page that answers can be accepted. `crawler mute` keeps it out of reports"
            )
        settled = replace(check, judgement=judgement)
        at.keep(compare.accept(at.record, settled, page, at.now))
    return at.resource


def revoke(settings: Settings, wanted: str, clock: Clock = wall_clock) -> Resource:
    """The resource whose page is judged like any other again, from the next run on.

    Raises:
        SettleError: no page of it was accepted.
        ResourcesError, StoreError: as for `accept`.
    """
    with _settling(settings, wanted, clock) as at:
        if at.record.accepted is None:
            raise SettleError(f"{wanted}: no page of it was accepted; nothing to undo")
        at.keep(replace(at.record, accepted=None))
    return at.resource


def mute(
    settings: Settings, wanted: str, wish: Mute | None, clock: Clock = wall_clock
) -> Resource:
    """The resource of which nothing is heard until the date; with None it is heard of again.

    Raises:
        SettleError: the date is not in the future, or there is no wish to undo.
        ResourcesError, StoreError: as for `accept`.
    """
    with _settling(settings, wanted, clock) as at:
        if wish is None and at.record.mute is None:
            raise SettleError(f"{wanted}: it is not muted; nothing to undo")
        if wish is not None and wish.until <= at.now.date():
            raise SettleError(f"--until {wish.until}: that day has come; give a later one")
        at.keep(compare.mute(at.record, wish, at.now))
    return at.resource


def accepted_page(check: Check) -> Accepted:
    """What there is to recognise the page by that the check saw."""
    living = check.judgement.verdict.is_alive
    page = check.page if living else check.facts.seen
    return Accepted(
        title=page.title.value if page and page.title else "",
        domain=urls.registrable_domain(urls.host(check.facts.final_url)),
        text=page.text[:SEEN_CHARACTERS] if page else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _At:
    """A resource about to be settled."""

    resource: Resource
    """As listed now."""
    record: Record
    now: datetime
    """In the zone in which days are counted."""
    store: Store

    def keep(self, record: Record) -> None:
        """Store the record as it is settled."""
        self.store.settle(record)


@contextmanager
def _settling(settings: Settings, wanted: str, clock: Clock) -> Iterator[_At]:
    """The record of the one resource that is meant; the reports are written when it is settled."""
    listed = read_list(settings.resources)
    resource = resources.find_one(listed.resources, wanted)
    prepare_folder(Path(settings.reports))
    with Store.open_known(settings.database) as store:
        record = store.records().get(resource.key)
        if record is None or record.resource.url != resource.url:
            raise SettleError(f"{wanted}: no run has looked at this URL yet; `crawler run` does")
        now = clock().astimezone(zone_of(settings))
        yield _At(resource=resource, record=record, now=now, store=store)
        write_reports(store, settings, listed.notices)


def _page_check(record: Record, check: Check | None) -> Check:
    if check is None or not isinstance(check.facts.outcome, Answer):
        raise SettleError(
            f"{record.resource.url}: the last check has seen no page; run `crawler run "
            f"--only {record.resource.number or record.resource.url}` first"
        )
    return check
