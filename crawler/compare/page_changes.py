"""Pure: events about the page itself: its title, description or other metadata changed."""

from collections.abc import Iterator

from crawler.fingerprint import masked, without_counters
from crawler.model import PAGE_FIELDS, Change, ChangeKind, Declared, LastGood, Resource

VERSION = "version"
"""The field of a `title` event in which only a version number changed."""

_KIND_OF_FIELD = {"title": ChangeKind.TITLE, "description": ChangeKind.DESCRIPTION}

_Pair = tuple[Declared | None, Declared | None]
"""A field of the earlier and of the later page."""


def page_events(
    resource: Resource, old: LastGood | None, new: LastGood | None
) -> Iterator[Change]:
    """How the last good page differs from the one before, counters and dates left aside."""
    if old is None or new is None or old.page == new.page:
        return
    pairs = {field: (getattr(old.page, field), getattr(new.page, field)) for field in PAGE_FIELDS}
    changed = {field: pair for field, pair in pairs.items() if _is_changed(*pair)}
    if "title" in changed:
        changed.pop("headline", None)  # it follows the title
    if old.url != new.url:
        changed.pop("canonical_url", None)  # it follows the place where the page was found
    for field, pair in changed.items():
        kind = _KIND_OF_FIELD.get(field)
        yield _event(resource, kind or ChangeKind.METADATA, None if kind else field, pair)
    if _is_new_version(*pairs["title"]):
        yield _event(resource, ChangeKind.TITLE, VERSION, pairs["title"])


def _event(resource: Resource, kind: ChangeKind, field: str | None, pair: _Pair) -> Change:
    before, after = (declared.value if declared else None for declared in pair)
    return Change(kind=kind, resource=resource, before=before, after=after, field=field)


def _is_changed(before: Declared | None, after: Declared | None) -> bool:
    """Whether a field appeared or vanished, or has a new value from the same origin."""
    if before == after:
        return False
    if before is None or after is None:
        return True
    return before.origin == after.origin and masked(before.value) != masked(after.value)


def _is_new_version(before: Declared | None, after: Declared | None) -> bool:
    if before is None or after is None or before == after or before.origin != after.origin:
        return False
    old, new = before.value, after.value
    return masked(old) == masked(new) and without_counters(old) != without_counters(new)
