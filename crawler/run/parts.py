"""IO: which part of the list a run checks."""

from collections.abc import Sequence

from crawler import resources
from crawler.model import Resource, Trigger
from crawler.resources import Part, parts
from crawler.store import Store


def of_run(wanted: Part | None, trigger: Trigger, store: Store) -> Part | None:
    """The part, with its number; None for the whole list.

    Where the turn of a part is wanted, a recheck is over the part that the last run was over.
    """
    if wanted is None or wanted.number is not None:
        return wanted
    checked = {number: run.id for number, run in store.runs.by_part(wanted.count).items()}
    if trigger is not Trigger.RECHECK:
        return parts.next_of(wanted.count, checked)
    last = [number for number, run in checked.items() if run == max(checked.values())]
    return Part(last[0], wanted.count) if len(last) == 1 else None


def selected(
    listed: Sequence[Resource], only: Sequence[str], part: Part | None
) -> tuple[Resource, ...]:
    """The resources that fit the patterns, as far as they are in the part.

    Raises:
        ResourcesError: a pattern fits none of the whole list.
    """
    chosen = resources.select(listed, only)
    return chosen if part is None else parts.within(chosen, part)
