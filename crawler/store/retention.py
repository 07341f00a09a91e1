"""IO: drops old checks that only repeat others; changes of verdict stay."""

from contextlib import suppress
from dataclasses import dataclass

from crawler.store.codec import from_row
from crawler.store.connections import RowWriter
from crawler.store.text_table import DROP_UNUSED

# Of equal verdicts in a row the first and the last stay; so a resource's latest check always stays.
# Runs are compared by id, because a clock may have been set back.
_FIRST_TO_KEEP = """(
    select min(id) from runs where started_at >= (
        select strftime('%Y-%m-%dT%H:%M:%SZ', started_at, format('-%d days', :keep_days))
        from runs where status = 'complete' order by id desc limit 1))
"""

_THIN_OUT = f"""
delete from checks
where run_id < {_FIRST_TO_KEEP}
and (resource_id, run_id) not in (
    select resource_id, run_id from (
        select resource_id, run_id, verdict,
            lag(verdict) over by_run as before, lead(verdict) over by_run as after
        from concluded_checks
        window by_run as (partition by resource_id order by run_id)
    )
    where verdict is not before or verdict is not after
)
"""  # noqa: S608 - no foreign text

_DROP_TEXTS_OF_OTHERS = f"""
delete from kept_texts
where resource_id in (select id from resources where removed_run < {_FIRST_TO_KEEP})
"""  # noqa: S608 - likewise
"""Nobody asks for the text of what left the list so long ago."""

_DROP_UNUSED = (
    DROP_UNUSED,
    "delete from facts where id not in (select facts_id from checks)",
    "delete from pages where id not in (select page_id from checks where page_id is not null)",
)

_AMOUNT = """
select (select count(*) from checks) as checks, (select count(*) from facts) as facts,
    (select count(*) from pages) as pages, (select count(*) from texts) as texts, (page_count - freelist_count) * page_size as size
from pragma_page_count, pragma_freelist_count, pragma_page_size
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much a database holds."""

    checks: int
    facts: int
    pages: int
    texts: int
    size: int
    """Bytes, without free pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """How much the database held before, and how much it holds after."""

    before: Amount
    after: Amount


class _RollBack(Exception):  # noqa: N818 - not an error: a dry run
    pass


def prune(db: RowWriter, keep_days: int, *, dry_run: bool) -> Pruned:
    """Drop checks older than those days before the last complete run, except at a change of verdict.

    Runs, events, incidents and resources stay, and with them all that is known now. The texts of
    what left the list before those days go.
    """
    before = after = _amount(db)
    with suppress(_RollBack), db.transaction():
        for statement in (_THIN_OUT, _DROP_TEXTS_OF_OTHERS):
            db.execute(statement, {"keep_days": keep_days})
        for statement in _DROP_UNUSED:
            db.execute(statement)
        after = _amount(db)
        if dry_run:
            raise _RollBack
    db.shrink_file()
    return Pruned(before=before, after=after)


def _amount(db: RowWriter) -> Amount:
    (row,) = db.rows(_AMOUNT)
    return from_row(Amount, row)
