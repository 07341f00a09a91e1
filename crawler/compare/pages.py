"""Pure: the events by which a page says something else about itself."""

from collections.abc import Iterator

from crawler.fingerprint import masked, without_counters
from crawler.model import PAGE_FIELDS, Change, ChangeKind, Declared, LastGood, Resource

VERSION = "version"
"""The field of a `title` event that tells of a new version number, and of nothing else."""

_KIND_OF_FIELD = {"title": ChangeKind.TITLE, "description": ChangeKind.DESCRIPTION}


def page_events(
    resource: Resource, old: LastGood | None, new: LastGood | None
) -> Iterator[Change]:
    """How the last good page and the one before it differ, but for what changes by itself."""
    if old is None or new is None or old.page == new.page:
        return
    for field in _changed_fields(old, new):
        kind = _KIND_OF_FIELD.get(field, ChangeKind.METADATA)
        told_field = field if kind is ChangeKind.METADATA else None
        yield _event(resource, kind, told_field, *_values(field, old, new))
    title = _values("title", old, new)
    if _only_version(*title):
        yield _event(resource, ChangeKind.TITLE, VERSION, *title)


def _values(field: str, old: LastGood, new: LastGood) -> tuple[Declared | None, Declared | None]:
    return getattr(old.page, field), getattr(new.page, field)


def _event(
    resource: Resource,
    kind: ChangeKind,
    field: str | None,
    before: Declared | None,
    after: Declared | None,
) -> Change:
    return Change(
        kind=kind,
        resource=resource,
        before=before.value if before else None,
        after=after.value if after else None,
        field=field,
    )


def _changed_fields(old: LastGood, new: LastGood) -> tuple[str, ...]:
    """The fields that say something else, without those that only follow another change.

    A headline follows the title, and a canonical URL the place where the page is found.
    """
    changed = [field for field in PAGE_FIELDS if _says_otherwise(*_values(field, old, new))]
    follows = {
        "headline": "title" in changed,
        "canonical_url": old.url != new.url,
    }
    return tuple(field for field in changed if not follows.get(field))


def _says_otherwise(before: Declared | None, after: Declared | None) -> bool:
    """Whether a field has appeared, vanished, or says something else in the same place."""
    if before is None or after is None:
        return before is not after
    if before.origin != after.origin or before.value == after.value:
        return False
    return masked(before.value) != masked(after.value)


def _only_version(before: Declared | None, after: Declared | None) -> bool:
    if before is None or after is None or before.origin != after.origin:
        return False
    if before.value == after.value:
        return False
    same = masked(before.value) == masked(after.value)
    return same and without_counters(before.value) != without_counters(after.value)
