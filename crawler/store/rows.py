"""Pure: values of the model as rows of tables, and back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from crawler.model import (
    Accepted,
    Answer,
    Certificate,
    Change,
    ChangeKind,
    Check,
    Context,
    Ending,
    Exchange,
    Facts,
    Failure,
    Incident,
    Judgement,
    LastGood,
    Mute,
    NotAsked,
    Page,
    Past,
    ProbeProfile,
    Probing,
    Reason,
    Record,
    RememberedProbe,
    Reported,
    Resource,
    Run,
    RunStatus,
    Standing,
    State,
    Trigger,
    Validators,
    WarningCode,
)
from crawler.robots import RobotsFile
from crawler.store.codec import from_json, from_text, json_digest, to_json, to_text

T = TypeVar("T")

Row = Mapping[str, Any]
"""A row by column name: as much of a `sqlite3.Row` as is needed."""

_OUTCOMES: dict[type, str] = {Answer: "answer", Failure: "failure", NotAsked: "not_asked"}
"""The column that holds an outcome of that type; the other two are NULL."""


def facts_row(facts: Facts, context: Context) -> dict[str, Any]:
    """The row of `facts`, with what they were judged beside; its hash is over all the rest."""
    row = {
        "exchanges": to_json(facts.exchanges),
        "answer": None,
        "failure": None,
        "not_asked": None,
        "certificate": _json(facts.certificate),
        "seen": _json(facts.seen),
        "probing": _json(context.probing),
        "past": _json(context.past),
        "collapsed": context.collapsed or None,
    }
    row[_OUTCOMES[type(facts.outcome)]] = to_json(facts.outcome)
    told = {name: value for name, value in row.items() if value is not None}
    return {"hash": json_digest(sorted(told.items())), **row}


def facts_of(row: Row) -> Facts:
    """The facts in a row of `facts`."""
    outcome = next(kind for kind, column in _OUTCOMES.items() if row[column] is not None)
    return Facts(
        outcome=from_json(outcome, row[_OUTCOMES[outcome]]),
        exchanges=from_json(tuple[Exchange, ...], row["exchanges"]),
        certificate=_value(Certificate, row["certificate"]),
        seen=_value(Page, row["seen"]),
    )


def context_of(row: Row) -> Context:
    """What the facts in a row of `facts` were judged beside."""
    return Context(
        probing=_value(Probing, row["probing"]),
        past=_value(Past, row["past"]),
        collapsed=row["collapsed"] or 0,
    )


def check_row(check: Check) -> dict[str, Any]:
    """The row of `checks` but for its run and its references to facts and page."""
    judgement, elapsed = check.judgement, check.elapsed
    return {
        "verdict": judgement.verdict,
        "reason": judgement.reason,
        "warnings": to_json(judgement.warnings),
        "http_status": check.facts.status_code,
        "final_url": check.facts.final_url or None,
        "suggested_url": judgement.suggested_url,
        "address": check.address,
        "elapsed_ms": None if elapsed is None else round(elapsed / timedelta(milliseconds=1)),
        "attempts": check.attempts,
        "looks": check.looks,
        "checked_at": to_text(check.checked_at),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the row of a check only refers to."""

    resource: Resource
    facts: Facts
    context: Context
    last_good: Page | None
    """The last good page at that time, which may be the check's own."""
    validators: Validators | None


def check_of(row: Row, known: Known) -> Check:
    """The check in a row of `checks`."""
    elapsed = row["elapsed_ms"]
    return Check(
        resource=known.resource,
        judgement=Judgement(
            reason=Reason(row["reason"]),
            warnings=from_json(tuple[WarningCode, ...], row["warnings"]),
            suggested_url=row["suggested_url"],
        ),
        facts=known.facts,
        context=known.context,
        page=known.last_good if shows_last_good(known.facts) else None,
        checked_at=from_text(row["checked_at"]),
        address=row["address"],
        elapsed=None if elapsed is None else timedelta(milliseconds=elapsed),
        attempts=row["attempts"],
        looks=row["looks"],
        validators=known.validators,
    )


def shows_last_good(facts: Facts) -> bool:
    """Whether the check saw the page, or was told that it is as it was."""
    return facts.seen is None and (facts.succeeded or facts.is_not_modified)


def resource_row(resource: Resource) -> dict[str, Any]:
    """What the list says of a resource, as columns of `resources`."""
    names = ("key", "number", "title", "url", "category", "line")
    return {name: getattr(resource, name) for name in names}


def resource_of(row: Row) -> Resource:
    """The resource in a row of `resources`, as listed."""
    names = ("key", "number", "title", "url", "category", "line")
    return Resource(**{name: row[name] for name in names})


def record_row(record: Record, run_id: int) -> dict[str, Any]:
    """Where a resource stands and what its server gave after that run, as columns of `resources`."""
    standing = record.standing
    validators = (record.check and record.check.validators) or Validators()
    return {
        "key": record.resource.key,
        "run_id": run_id,
        "etag": validators.etag,
        "last_modified": validators.last_modified,
        "state": standing.state,
        "streak": standing.streak,
        "dead_streak": standing.dead_streak,
        "blocked_streak": standing.blocked_streak,
        "since": _moment_text(standing.since),
        "last_ok_at": _moment_text(standing.last_ok_at),
        "told": _json(record.reported),
        "accepted": _json(record.accepted),
        "page_url": (record.last_good and record.last_good.url) or None,
        "muted_until": record.mute.until.isoformat() if record.mute else None,
        "mute_reason": record.mute.reason if record.mute else None,
    }


def last_good_of(row: Row, page: Page | None, text_of: Callable[[int], str]) -> LastGood | None:
    """The page with the place where it was found, which a row of `resources` tells."""
    if page is None:
        return None
    text = partial(text_of, row["page_id"])
    return LastGood(page=page, url=row["page_url"] or "", stored_text=text)


def told_of(row: Row) -> Reported | None:
    """What reports say, in a row of `resources`."""
    return _value(Reported, row["told"])


def accepted_of(row: Row) -> Accepted | None:
    """The page that a person said is the resource, in a row of `resources`."""
    return _value(Accepted, row["accepted"])


def mute_of(row: Row) -> Mute | None:
    """The wish to hear nothing of a resource, in its row."""
    until = row["muted_until"]
    if until is None:
        return None
    return Mute(until=date.fromisoformat(until), reason=row["mute_reason"] or "")


def incident_rows(record: Record) -> list[dict[str, Any]]:
    """The rows of `incidents`, their resource by key."""
    return [
        {
            "key": record.resource.key,
            "since": to_text(incident.since),
            "opened": to_text(incident.opened),
            "cause": incident.cause,
            "closed": _moment_text(incident.closed),
            "ending": incident.ending,
        }
        for incident in record.incidents
    ]


def incident_of(row: Row) -> Incident:
    """The incident in a row of `incidents`."""
    ending = row["ending"]
    return Incident(
        since=from_text(row["since"] or row["opened"]),
        opened=from_text(row["opened"]),
        cause=Reason(row["cause"]),
        closed=_moment(row["closed"]),
        ending=None if ending is None else Ending(ending),
    )


def standing_of(row: Row) -> Standing:
    """The standing in a row of `resources`."""
    return Standing(
        state=State(row["state"]),
        streak=row["streak"],
        dead_streak=row["dead_streak"],
        blocked_streak=row["blocked_streak"],
        since=_moment(row["since"]),
        last_ok_at=_moment(row["last_ok_at"]),
    )


def validators_of(row: Row) -> Validators | None:
    """The validators in a row of `resources`."""
    if row["etag"] is None and row["last_modified"] is None:
        return None
    return Validators(
        etag=row["etag"], last_modified=row["last_modified"], settings_digest=row["reading"]
    )


def run_of(row: Row) -> Run:
    """The run in a row of `runs`."""
    return Run(
        id=row["id"],
        started_at=from_text(row["started_at"]),
        finished_at=_moment(row["finished_at"]),
        trigger=Trigger(row["trigger"]),
        status=RunStatus(row["status"]),
        version=row["version"],
    )


def change_of(row: Row) -> Change:
    """The change in a row of `changes` joined with its resource's."""
    return Change(
        kind=ChangeKind(row["kind"]),
        resource=resource_of(row),
        before=row["before"],
        after=row["after"],
        field=row["field"],
        reason=None if row["reason"] is None else Reason(row["reason"]),
        since=_moment(row["since"]),
        seen=row["seen"],
    )


def change_row(change: Change, run_id: int) -> dict[str, Any]:
    """The row of `changes`, its resource by key."""
    return {
        "key": change.resource.key,
        "run_id": run_id,
        "kind": change.kind,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "title": change.resource.title,
        "url": change.resource.url,
        "line": change.resource.line,
        "reason": change.reason,
        "since": _moment_text(change.since),
        "seen": change.seen,
    }


def robots_row(file: RobotsFile) -> dict[str, Any]:
    """The row of `hosts`."""
    return {
        "origin": file.origin,
        "robots_status": file.status_code,
        "robots_text": file.text,
        "robots_fetched_at": to_text(file.fetched_at),
    }


def robots_of(row: Row) -> RobotsFile:
    """The robots.txt in a row of `hosts`."""
    return RobotsFile(
        origin=row["origin"],
        status_code=row["robots_status"],
        text=row["robots_text"],
        fetched_at=from_text(row["robots_fetched_at"]),
    )


def profile_row(profile: ProbeProfile) -> dict[str, Any]:
    """The row of `hosts`, as far as it tells how made-up URLs were answered."""
    return {"origin": profile.origin, "probe_profile": to_json(profile.probes)}


def profile_of(row: Row) -> ProbeProfile:
    """The profile in a row of `hosts`."""
    probes = from_json(tuple[RememberedProbe, ...], row["probe_profile"])
    return ProbeProfile(origin=row["origin"], probes=probes)


def _value(kind: type[T], text: str | None) -> T | None:
    return None if text is None else from_json(kind, text)


def _json(value: object | None) -> str | None:
    return None if value is None else to_json(value)


def _moment_text(moment: datetime | None) -> str | None:
    return None if moment is None else to_text(moment)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else from_text(text)
