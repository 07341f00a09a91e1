"""IO: what a person decides about a resource: it is right as it is, or it is muted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from crawler import compare, resources, urls
from crawler.config import Settings
from crawler.crawl import Clock
from crawler.errors import SettleError
from crawler.model import (
    NO_NOISE,
    SEEN_CHARACTERS,
    Accepted,
    Answer,
    Check,
    Mute,
    Reason,
    Record,
    Resource,
    Verdict,
)
from crawler.rejudge import judged_today, page_of
from crawler.run import named, wall_clock
from crawler.run.files import prepare_reports, read_list
from crawler.run.reports import identified, write_reports, zone_of
from crawler.store import Store

_NEVER_A_PAGE = frozenset({Reason.INVALID_URL, Reason.UNSUPPORTED_SCHEME})
_DOUBTED = frozenset({Verdict.SUSPECT, Verdict.MOVED, Verdict.DEAD})


def accept(
    settings: Settings, wanted: Sequence[str], clock: Clock = wall_clock
) -> tuple[Record, ...]:
    """The records of resources that are right as they were last seen, from now on; all or none.

    Their pages are accepted, and where a permanent redirect leads to them, that too.

    Raises:
        ResourcesError: the list cannot be used, or one of `wanted` fits no resource of it.
        SettleError: nothing is suspected, or the last check has seen no page that could be accepted.
        StoreError: the database or the reports cannot be written.
    """

    def accepted(record: Record, now: datetime) -> Record:
        check = _answered_check(record)
        if check.judgement.verdict is Verdict.OK and record.accepted is None:
            raise SettleError(
                f"{_name(record)}: nothing is suspected of it, so there is nothing to accept"
            )
        right = _as_it_is(check, settings)
        judgement = judged_today(check, settings, right)
        if not judgement.verdict.is_alive:
            raise SettleError(
                f"{_name(record)}: the server itself says {judgement.verdict} ({judgement.reason}); "
                "only a page that answers can be accepted. `crawler mute` keeps it out of reports"
            )
        if right == record.accepted and judgement == check.judgement:
            return record
        return compare.accept(record, replace(check, judgement=judgement), right, now)

    return _settle(settings, wanted, clock, accepted, _is_in_doubt)


def revoke(
    settings: Settings, wanted: Sequence[str], clock: Clock = wall_clock
) -> tuple[Record, ...]:
    """The records of resources that are judged like any other again; all or none.

    Raises:
        SettleError: nothing was accepted.
        ResourcesError, StoreError: as for `accept`.
    """

    def revoked(record: Record, now: datetime) -> Record:
        if record.accepted is None:
            raise SettleError(f"{_name(record)}: it was not accepted; nothing to undo")
        check = record.whole_check()
        judgement = judged_today(check, settings) if check else None
        if check is None or judgement is None or judgement == check.judgement:
            return replace(record, accepted=None)
        judged = replace(check, judgement=judgement)
        return compare.revoke(record, judged, settings.confirm, now)

    return _settle(settings, wanted, clock, revoked, lambda record: record.accepted is not None)


def mute(
    settings: Settings, wanted: Sequence[str], wish: Mute | None, clock: Clock = wall_clock
) -> tuple[Record, ...]:
    """Leaves resources out of reports until `wish.until`; None takes them in again. Returns their records.

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

    undo = wish is None
    return _settle(
        settings, wanted, clock, muted, lambda record: not undo or record.mute is not None
    )


def forget_noise(
    settings: Settings, wanted: Sequence[str], clock: Clock = wall_clock
) -> tuple[Record, ...]:
    """The records of resources of whose noise nothing is known any more; all or none.

    The next text that is read is the first one to compare later ones with.

    Raises:
        SettleError: nothing was learned yet.
        ResourcesError, StoreError: as for `accept`.
    """

    def forgotten(record: Record, _now: datetime) -> Record:
        if record.noise == NO_NOISE:
            raise SettleError(f"{_name(record)}: nothing was learned of its text yet")
        return replace(record, noise=NO_NOISE, ignored=())

    return _settle(settings, wanted, clock, forgotten, lambda record: record.noise != NO_NOISE)


def _as_it_is(check: Check, settings: Settings) -> Accepted:
    """What later checks compare with: the accepted page, and the redirect to it."""
    page = page_of(check)
    right = Accepted(
        title=page.title.value if page and page.title else "",
        domain=urls.domain(check.facts.final_url),
        text=page.text[:SEEN_CHARACTERS] if page else "",
    )
    redirect = judged_today(check, settings, right).suggested_url
    return replace(right, redirect=redirect or "")


def _settle(
    settings: Settings,
    wanted: Sequence[str],
    clock: Clock,
    change: Callable[[Record, datetime], Record],
    concerns: Callable[[Record], bool],
) -> tuple[Record, ...]:
    """The records, changed in the database, of resources as they are listed now; writes the reports.

    `change` is given a record and the time, in the zone of the settings; when it raises, nothing is
    stored. Of several resources that a word fits, only those are changed that the change `concerns`.
    """
    listed = read_list(settings)
    resources.select(listed.resources, wanted)  # before anything is opened
    prepare_reports(Path(settings.reports))
    with Store.open_known(settings.database) as store:
        listed = identified(listed, store)
        known, now = store.records(), clock().astimezone(zone_of(settings))
        chosen = _chosen(listed.resources, wanted, known, concerns)
        changed = [change(named.known(known, resource, wanted), now) for resource in chosen]
        with store.transaction():
            for record in changed:
                store.settle(record)
        write_reports(store, settings, listed.notices, now=now)
    return tuple(
        replace(record, resource=listed) for record, listed in zip(changed, chosen, strict=True)
    )


def _chosen(
    listed: Sequence[Resource],
    wanted: Sequence[str],
    known: Mapping[str, Record],
    concerns: Callable[[Record], bool],
) -> tuple[Resource, ...]:
    """The resources that the words name; all that fit a glob if the change concerns none of them."""
    chosen: dict[str, Resource] = {}
    for word in wanted:
        found = resources.select(listed, (word,))
        if len(found) > 1:
            concerned = (r for r in found if (record := known.get(r.key)) and concerns(record))
            found = tuple(concerned) or found
        chosen.update((resource.key, resource) for resource in found)
    return tuple(chosen.values())


def _is_in_doubt(record: Record) -> bool:
    """Whether there is something that a person may accept, or has accepted."""
    check = record.check
    if check is None:
        return False
    has_answered = check.facts.succeeded or check.facts.is_not_modified
    return record.accepted is not None or (has_answered and check.judgement.verdict in _DOUBTED)


def _name(record: Record) -> str:
    return resources.name_of(record.resource)


def _answered_check(record: Record) -> Check:
    check = record.whole_check()
    if check is None or not isinstance(check.facts.outcome, Answer):
        name = _name(record)
        if check is not None and check.judgement.reason in _NEVER_A_PAGE:
            raise SettleError(
                f"{name}: its URL cannot be asked, so there is no page to accept; "
                "correct it in the list"
            )
        raise SettleError(
            f"{name}: the last check has seen no page; run `crawler run --only {name}` first"
        )
    return check
