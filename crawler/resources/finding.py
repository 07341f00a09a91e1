"""Pure: which resources a person means by a number, a key, a URL or a glob."""

from collections.abc import Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase

from crawler.errors import ResourcesError
from crawler.model import Resource
from crawler.text import clean

_NAMED = 5
"""Resources that an error names when several fit."""
_NAME_LENGTH = 80


def select(resources: Sequence[Resource], pattern: str) -> tuple[Resource, ...]:
    """The resources with that number, key or URL, or whose URL, title or category fits that glob.

    Letter case does not matter; an empty pattern selects all.
    """
    if not pattern:
        return tuple(resources)
    if pattern.isdecimal():
        return tuple(r for r in resources if _is_named(r, pattern))
    glob = pattern.casefold()
    return tuple(
        resource
        for resource in resources
        if _is_named(resource, pattern)
        or any(
            fnmatchcase(text.casefold(), glob)
            for text in (resource.url, resource.title, resource.category)
        )
    )


def find(resources: Sequence[Resource], wanted: str) -> tuple[Resource, ...]:
    """The resources that have this number, key or URL; if none has, those that fit it as a glob.

    A URL may contain `?` and `[`, so it is tried as a glob last.

    Raises:
        ResourcesError: none fits; the text names the nearest.
    """
    named = tuple(resource for resource in resources if _is_named(resource, wanted))
    found = named or select(resources, wanted)
    if not found:
        raise ResourcesError(f"{clean(wanted)}: no such resource; {_advice(resources, wanted)}")
    return found


def find_one(resources: Sequence[Resource], wanted: str) -> Resource:
    """The only resource that `find` finds.

    Raises:
        ResourcesError: none fits, or several do.
    """
    found = find(resources, wanted)
    if len(found) > 1:
        names = [clean(resource.key, _NAME_LENGTH) for resource in found[:_NAMED]]
        names += [f"{len(found) - _NAMED} more"] if len(found) > _NAMED else []
        raise ResourcesError(
            f"{clean(wanted)}: {len(found)} resources fit ({', '.join(names)}); name one of them"
        )
    return found[0]


def _is_named(resource: Resource, text: str) -> bool:
    is_number = text.isdecimal() and resource.number == int(text)
    return is_number or text in {resource.key, resource.url}


def _advice(resources: Sequence[Resource], wanted: str) -> str:
    names: dict[str, Resource] = {}
    for resource in resources:
        for name in (resource.key, resource.url, resource.title):
            names.setdefault(name.casefold(), resource)
    nearest = get_close_matches(wanted.casefold(), names, n=1, cutoff=0)
    if not nearest:
        return "the list is empty"
    resource = names[nearest[0]]
    about = clean(resource.title, _NAME_LENGTH) or clean(resource.url, _NAME_LENGTH)
    return f"the nearest is {clean(resource.key, _NAME_LENGTH)} ({about})"
