"""Pure: the events by which a page says something else about itself."""

from collections.abc import Iterator

from crawler.fingerprint import masked, without_counters
from crawler.model import PAGE_FIELDS, Change, ChangeKind, Check, Declared, Page

VERSION = "version"
"""The field of a `title` event that tells of a new version number, and of nothing else."""

_KIND_OF_FIELD = {"title": ChangeKind.TITLE, "description": ChangeKind.DESCRIPTION}


def page_events(old: Check | None, new: Check | None) -> Iterator[Change]:
    """How the last good page and the one before it differ, but for what changes by itself."""
    if old is None or new is None or old.page is None or new.page is None or old.page is new.page:
        return
    for field in _changed_fields(old, new):
        kind = _KIND_OF_FIELD.get(field, ChangeKind.METADATA)
        yield _event(kind, old.page, new, field)
    if _only_version(old.page.title, new.page.title):
        yield _event(ChangeKind.TITLE, old.page, new, "title", VERSION)


def _event(
    kind: ChangeKind, old: Page, new: Check, field: str, told_field: str | None = None
) -> Change:
    before: Declared | None = getattr(old, field)
    after: Declared | None = getattr(new.page, field)
    return Change(
        kind=kind,
        resource=new.resource,
        before=before.value if before else None,
        after=after.value if after else None,
        field=field if kind is ChangeKind.METADATA else told_field,
    )


def _changed_fields(old: Check, new: Check) -> tuple[str, ...]:
    """The fields that say something else, without those that only follow another change.

    A headline follows the title, and a canonical URL the place where the page is found.
    """
    changed = [
        f for f in PAGE_FIELDS if _says_otherwise(*(getattr(c.page, f) for c in (old, new)))
    ]
    follows = {
        "headline": "title" in changed,
        "canonical_url": old.final_url != new.final_url,
    }
    return tuple(field for field in changed if not follows.get(field))


def _says_otherwise(before: Declared | None, after: Declared | None) -> bool:
    """Whether a field has appeared, vanished, or says something else in the same place."""
    if before is None or after is None:
        return before is not after
    return before.origin == after.origin and masked(before.value) != masked(after.value)


def _only_version(before: Declared | None, after: Declared | None) -> bool:
    if before is None or after is None or before.origin != after.origin:
        return False
    same = masked(before.value) == masked(after.value)
    return same and without_counters(before.value) != without_counters(after.value)
