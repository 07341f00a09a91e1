"""IO: the tables `checks` and `facts`: every resource in every run, and what was observed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.model import (
    Answer,
    Certificate,
    Check,
    Context,
    Exchange,
    Facts,
    Failure,
    Judgement,
    NotAsked,
    Page,
    Past,
    Probing,
    Reason,
    Resource,
    Run,
    Validators,
    WarningCode,
)
from crawler.store.codec import (
    Row,
    from_json,
    from_row,
    from_text,
    json_digest,
    json_values,
    to_json,
    to_row,
    to_text,
)
from crawler.store.connections import RowReader, RowWriter
from crawler.store.page_table import PAGE_COLUMNS, PageTable, page_of
from crawler.store.resource_table import ResourceTable, resource_of

_BATCH = 500
"""Checks that are turned into rows together."""

# The types of the JSON columns of `facts`. One of the outcomes is not NULL.
_OUTCOMES = {"answer": Answer, "failure": Failure, "not_asked": NotAsked}
_FACTS = {"exchanges": tuple[Exchange, ...], "certificate": Certificate, "seen": Page}
_CONTEXT = {"probing": Probing, "past": Past}

_ADD_FACTS = """
insert into facts (hash, exchanges, answer, failure, not_asked, certificate, seen, probing, past,
    collapsed)
values (:hash, :exchanges, :answer, :failure, :not_asked, :certificate, :seen, :probing, :past,
    :collapsed)
on conflict (hash) do nothing
"""

_SAVE = """
replace into checks (resource_id, run_id, verdict, reason, warnings, http_status, final_url,
    suggested_url, address, elapsed_ms, attempts, looks, checked_at, page_id, facts_id)
select id, :run_id, :verdict, :reason, :warnings, :http_status, :final_url,
    :suggested_url, :address, :elapsed_ms, :attempts, :looks, :checked_at,
    coalesce(
        (select id from pages where resource_id = resources.id and hash = :page_hash),
        (select page_id from checks as earlier
            where earlier.resource_id = resources.id and earlier.run_id = :run_id
                and facts_id = (select id from facts where hash = :facts_hash)),
        (select page_id from concluded_checks
            where resource_id = resources.id
                and resources.url = :url and run_id >= resources.url_run
            order by run_id desc limit 1)),
    (select id from facts where hash = :facts_hash)
from resources where key = :key
"""
"""A check refers to its own page; if it has none, to the page that it was saved with earlier in this
run, or else to the last good page of its URL."""

_CONCLUDE = """
update checks set concluded = 1
where run_id = :run_id and resource_id = (select id from resources where key = :key)
"""

_REPLACE_JUDGEMENT = """
update checks set verdict = :verdict, reason = :reason, warnings = :warnings,
    suggested_url = :suggested_url
where (resource_id, run_id) = (select id, latest_run from listed where key = :key)
"""

_CHECK = f"""
select facts.*, checks.*, {PAGE_COLUMNS}
from checks join facts on facts.id = facts_id left join pages on pages.id = page_id
where checks.resource_id = (select id from resources where key = ?) and run_id = ?
"""  # noqa: S608 - the names of columns

_WAITING = """
select key, coalesce(asked, 0) as asked, coalesce(concluded, 0) as concluded
from (
    select key,
        (select run_id from checks
            where resource_id = resources.id and reason <> 'out_of_budget'
            order by run_id desc limit 1) as asked,
        (select run_id from concluded_checks where resource_id = resources.id
            order by run_id desc limit 1) as concluded
    from resources where removed_run is null)
where coalesce(min(asked, concluded), 0) < (
    select id from runs
    where trigger <> 'recheck' and exists (select 1 from checks where run_id = runs.id)
    order by id desc limit 1)
"""

_LATEST_SECONDS = """
select url, elapsed_ms * attempts / 1000.0 as seconds
from resources
cross join checks on checks.resource_id = resources.id and run_id = (
    select run_id from checks as asked
    where asked.resource_id = resources.id and elapsed_ms is not null
    order by run_id desc limit 1)
where removed_run is null
"""

_HISTORY = f"""
select facts.*, runs.*, concluded_checks.*, {PAGE_COLUMNS},
    resources.key, resources.number, resources.title, resources.category, resources.line,
    resources.file,
    coalesce(
        (select before from changes
            where resource_id = resources.id and kind in ('url_changed', 'removed')
                and changes.run_id > concluded_checks.run_id
            order by changes.run_id limit 1),
        resources.url) as url
from resources
cross join concluded_checks on concluded_checks.resource_id = resources.id
join runs on runs.id = concluded_checks.run_id
join facts on facts.id = facts_id
left join pages on pages.id = page_id
where resources.key = ? and runs.started_at >= ?
order by concluded_checks.run_id
"""  # noqa: S608 - likewise
"""The URL of a check is not stored: the next event that replaced the URL has it."""

_EVER = datetime.min.replace(tzinfo=UTC)


class CheckTable:
    """The checks of all runs, with their facts."""

    def __init__(
        self, db: RowWriter, reader: RowReader, resources: ResourceTable, pages: PageTable
    ) -> None:
        self._db = db
        self._reader = reader
        self._resources = resources
        self._pages = pages

    def save(self, run_id: int, checks: Sequence[Check]) -> None:
        """Store checks of a run, all or none; a resource's second one replaces its first."""
        with self._db.transaction():
            for start in range(0, len(checks), _BATCH):
                self._save_batch(run_id, checks[start : start + _BATCH])
            self._resources.note_validators(checks)

    def _save_batch(self, run_id: int, checks: Sequence[Check]) -> None:
        facts = [facts_row(check.facts, check.context) for check in checks]
        self._db.execute_all(_ADD_FACTS, facts)
        page_hashes = [self._pages.save(run_id, check) for check in checks]
        rows = (
            {
                "key": check.resource.key,
                "url": check.resource.url,
                "run_id": run_id,
                "facts_hash": its_facts["hash"],
                "page_hash": page_hash,
                **_check_row(check),
            }
            for check, its_facts, page_hash in zip(checks, facts, page_hashes, strict=True)
        )
        self._db.execute_all(_SAVE, rows)

    def read(self, run_id: int, resource: Resource) -> Check | None:
        """The check of a resource that was saved in a run, its page without its text; None without one."""
        row = self._reader.row(_CHECK, resource.key, run_id)
        return check_of(resource, row, page_of(row)) if row else None

    def read_whole(self, run_id: int, resource: Resource) -> Check:
        """The check of a resource that was saved in a run, its page with its text.

        Raises:
            KeyError: there is none.
        """
        check = self.read(run_id, resource)
        if check is None:
            raise KeyError(resource.key)
        return replace(
            check, page=check.page and self._pages.whole(run_id, resource.key, check.page)
        )

    def conclude(self, run_id: int, keys: Iterable[str]) -> None:
        """Mark the checks of these resources as valid even if the run ends as untrusted."""
        self._db.execute_all(_CONCLUDE, ({"run_id": run_id, "key": key} for key in keys))

    def replace_judgements(self, checks: Iterable[Check]) -> None:
        """Replace the judgements of the latest concluded checks by those of these checks."""
        rows = ({"key": check.resource.key, **_check_row(check)} for check in checks)
        self._db.execute_all(_REPLACE_JUDGEMENT, rows)

    def waiting(self) -> dict[str, tuple[int, int]]:
        """By key, the last run that asked a resource and the last that concluded something about it.

        Resources are left out if both are the last run with checks, rechecks aside: they wait for nothing.
        """
        return {row["key"]: (row["asked"], row["concluded"]) for row in self._db.rows(_WAITING)}

    def latest_seconds(self) -> Iterator[tuple[str, float]]:
        """The URLs of the listed resources, each with the seconds of its latest attempts together.

        All are taken to have been as long as the last of them. URLs that were never asked are left out.
        """
        return ((row["url"], row["seconds"]) for row in self._reader.rows(_LATEST_SECONDS))

    def history(self, key: str, since: datetime = _EVER) -> tuple[tuple[Run, Check], ...]:
        """The concluded checks of a resource, listed or not, by run, each with the URL it had then."""
        return tuple(
            (from_row(Run, row), check_of(resource_of(row), row, page_of(row)))
            for row in self._db.rows(_HISTORY, key, to_text(since))
        )


def facts_row(facts: Facts, context: Context) -> Row:
    """The row of `facts`, with their context; its hash is over all other columns."""
    outcome = facts.outcome
    row = {
        **{name: to_json(outcome) for name, kind in _OUTCOMES.items() if type(outcome) is kind},
        **to_row(facts, _FACTS),
        **to_row(context, _CONTEXT),
        "collapsed": context.collapsed or None,
    }
    not_null = {name: value for name, value in row.items() if value is not None}
    return {"hash": json_digest(sorted(not_null.items())), **dict.fromkeys(_OUTCOMES), **row}


def facts_of(row: Row) -> Facts:
    """The facts in a row of `facts`."""
    (outcome,) = filter(None, json_values(_OUTCOMES, row).values())
    return Facts(outcome=outcome, **json_values(_FACTS, row))


def context_of(row: Row) -> Context:
    """The context in a row of `facts`."""
    return Context(**json_values(_CONTEXT, row), collapsed=row["collapsed"] or 0)


def _check_row(check: Check) -> Row:
    elapsed = check.elapsed
    return {
        **to_row(check.judgement, ("verdict", "reason", "warnings", "suggested_url")),
        **to_row(check, ("address", "attempts", "looks", "checked_at")),
        "http_status": check.facts.status_code,
        "final_url": check.facts.final_url or None,
        "elapsed_ms": None if elapsed is None else round(elapsed / timedelta(milliseconds=1)),
    }


def check_of(
    resource: Resource, row: Row, last_good: Page | None, validators: Validators | None = None
) -> Check:
    """The check of a resource in a row of `checks` with its facts.

    `last_good` is the page that the row refers to: the last good one, which may be the check's own.
    """
    facts, elapsed = facts_of(row), row["elapsed_ms"]
    return Check(
        resource=resource,
        judgement=Judgement(
            reason=Reason(row["reason"]),
            warnings=from_json(tuple[WarningCode, ...], row["warnings"]),
            suggested_url=row["suggested_url"],
        ),
        facts=facts,
        context=context_of(row),
        page=last_good if _has_last_good_page(facts) else None,
        checked_at=from_text(row["checked_at"]),
        address=row["address"],
        elapsed=None if elapsed is None else timedelta(milliseconds=elapsed),
        attempts=row["attempts"],
        looks=row["looks"],
        validators=validators,
    )


def _has_last_good_page(facts: Facts) -> bool:
    """Whether the check saw the page, or was told that it has not changed."""
    return facts.seen is None and (facts.succeeded or facts.is_not_modified)
