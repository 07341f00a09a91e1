"""Pure: all that is known of the list as JSON, for programs; its bytes change in every run."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from crawler.model import (
    PAGE_FIELDS,
    Attempts,
    Change,
    Check,
    FindingClass,
    Proposal,
    Record,
    Run,
    Verdict,
)
from crawler.report import naming
from crawler.report.contents import Report
from crawler.report.findings import Finding
from crawler.report.wording import fix_words

SCHEMA = 1
"""Raised when a field is renamed or removed, or means something else; new fields may be added."""

_Object = dict[str, object]


def render(report: Report) -> Iterator[str]:
    """The report as one JSON object in pieces, `reports/latest.json`; times are ISO 8601 in UTC."""
    snapshot = report.snapshot
    head: _Object = {
        "schema": SCHEMA,
        "resources": snapshot.resources_name,
        "run": run_fields(snapshot.run),
        "previous_run": run_fields(snapshot.previous) if snapshot.previous else None,
        "changed_at": time(snapshot.changed_at),
        "attempts": _attempts(snapshot.attempts),
        "parts": parts(snapshot.parts),
        "stale": bool(report.freshness.stale),
        "headline": report.headline,
        "tally": report.tally,
        "counts": counts(report),
        "left_out": report.totals.links - len(report.findings),
    }
    notices = (
        {"file": notice.file, "line": notice.line, "text": notice.text}
        for notice in snapshot.notices
    )
    records = (record(f, snapshot.records[f.resource.key]) for f in report.findings)
    yield to_indented_json(head).removesuffix("\n}")
    changes = map(_change, snapshot.changes)
    for name, items in (("records", records), ("changes", changes), ("notices", notices)):
        yield ",\n  "
        yield from pieces_of_list(name, items)
    yield "\n}\n"


def pieces_of_list(name: str, items: Iterable[object], level: int = 1) -> Iterator[str]:
    """The pieces of a field that holds a list, indented by so many levels."""
    margin = "\n" + "  " * (level + 1)
    yield f'"{name}": ['
    before, after = "", "]"
    for item in items:
        yield before + margin + to_indented_json(item).replace("\n", margin)
        before, after = ",", margin[:-2] + "]"
    yield after


def to_indented_json(value: object) -> str:
    """The value as JSON, indented by two blanks."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def time(moment: datetime | None) -> str | None:
    """The moment in UTC to the millisecond, by ISO 8601."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def run_fields(run: Run) -> _Object:
    """A run, as it is in `latest.json`."""
    return {
        "id": run.id,
        "started_at": time(run.started_at),
        "finished_at": time(run.finished_at),
        "trigger": run.trigger,
        "status": run.status,
        "version": run.version,
    }


def parts(checked: Sequence[datetime | None]) -> list[_Object]:
    """When each part of the list was checked; none where it is checked as a whole."""
    return [
        {"part": f"{number}/{len(checked)}", "checked_at": time(moment)}
        for number, moment in enumerate(checked, 1)
    ]


def _attempts(attempts: Attempts | None) -> _Object | None:
    """The runs since the last complete one."""
    if attempts is None:
        return None
    return {
        "count": attempts.count,
        "since": time(attempts.first.started_at),
        "last": {**run_fields(attempts.last), "why": attempts.last.why or None},
    }


def counts(report: Report) -> _Object:
    """How many links have each class and verdict; without a check they are in the total only."""
    totals = report.totals
    return {
        "links": totals.links,
        "need_you": totals.in_list + totals.to_mend,
        "wrong_in_list": totals.in_list,
        "to_take_over": totals.to_take_over,
        "classes": {kind: totals.classes[kind] for kind in FindingClass},
        "verdicts": {verdict: totals.verdicts[verdict] for verdict in Verdict},
    }


def record(finding: Finding, known: Record) -> _Object:
    """A resource: the fields of the view `latest_checks`, and further ones."""
    resource, standing, good = finding.resource, known.standing, known.last_good
    page = good.page if good else None
    return {
        "resource_url": resource.url,
        "key": resource.key,
        "number": resource.number,
        "line": resource.line,
        "file": resource.file,
        "other_places": list(naming.places(resource, finding.list_name)[1:]),
        "list_title": resource.title,
        "row": finding.row,
        "category": resource.category,
        "title": page.title.value if page and page.title else None,
        "description": page.description.value if page and page.description else None,
        "class": finding.kind,
        "state": standing.state,
        "since": time(standing.since),
        "last_ok_at": time(standing.last_ok_at),
        "flapping": finding.flaps,
        "accepted": known.accepted is not None,
        "muted_until": known.mute.until.isoformat() if known.mute else None,
        "ignored_lines": dict(known.ignored),
        **_check(finding, known.check),
        "page": {name: getattr(page, name) for name in PAGE_FIELDS} if page else None,
        "proposals": [
            {**proposal_fields(one), "made_at": time(one.made_at)} for one in known.proposals
        ],
    }


def proposal_fields(proposal: Proposal) -> _Object:
    """A new address for a resource, and why it is believed."""
    grounds = proposal.grounds
    return {
        "proposed_url": proposal.url,
        "band": proposal.band,
        "score": _share(proposal.score),
        "evidence": fix_words.why(grounds),
        "source": grounds.source,
        "found_at": grounds.found_at or None,
        "neighbours": list(grounds.neighbours),
        "title_agreement": _share(grounds.title),
        "text_agreement": _share(grounds.text),
        "lead": _share(grounds.lead),
        "proposed_title": proposal.title or None,
    }


def _share(number: float | None) -> float | None:
    return None if number is None else round(number, 3)


def _check(finding: Finding, check: Check | None) -> _Object:
    """What the latest check concluded; null in every field if there is none."""
    judgement = check.judgement if check else None
    elapsed = check.elapsed if check else None
    return {
        "verdict": judgement and judgement.verdict,
        "reason": judgement and judgement.reason,
        "what": finding.what,
        "next_step": finding.step,
        "warnings": list(judgement.warnings) if judgement else [],
        "http_status": check and check.facts.status_code,
        "final_url": (check and check.facts.final_url) or None,
        "suggested_url": judgement and judgement.suggested_url,
        "checked_at": time(check.checked_at if check else None),
        "elapsed_ms": None if elapsed is None else round(elapsed.total_seconds() * 1000),
        "attempts": check and check.attempts,
        "looks": check and check.looks,
    }


def _change(change: Change) -> _Object:
    return {
        "kind": change.kind,
        "resource_url": change.resource.url,
        "key": change.resource.key,
        "list_title": change.resource.title,
        "line": change.resource.line,
        "file": change.resource.file,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "extent": change.extent,
    }
