"""Pure: which resources a person means by a number, a line, a URL or a glob."""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase

from crawler.errors import ResourcesError
from crawler.model import Place, Resource
from crawler.resources.spelling import loosely, without_scheme
from crawler.text import clean

_PLACE = re.compile(r"(line:)?\s*([0-9]{1,18})", re.IGNORECASE)
_NEAR = 3
"""Resources that an error names."""
_NAME_LENGTH = 80
_ID_LENGTH = 40
"""Characters of an id that are shown."""
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_WAYS = "give a number, line:84 for the row on line 84, a URL, or a glob such as '*example.org*'"
_PLAIN_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/-]*")
_IN_FILE = re.compile(r"(?P<file>.+?)(?::(?P<line>[0-9]{1,18})(?::(?P<column>[0-9]{1,18}))?)?")
_LONGEST_GLOB = 2_000
_LONGEST_TYPO = 300
"""Characters; names similar to a longer text would take minutes to find."""
_ROWS = (".csv", ".tsv", ".tab")
"""Ends of the names of files with rows."""


def name_of(resource: Resource) -> str:
    """How commands take the resource: its number, its id, or its place; `URL` when it left the list.

    The place is `line:84`, or `docs/tools.md:84:7` in a document, with the column, because a line may
    hold several links. An id comes from the list, and is shown as a part of commands: one that may
    mean more is left out, and so is a file.
    """
    file = file_of(resource)
    is_named = _PLAIN_FILE.fullmatch(file) and not file.lower().endswith(_ROWS)
    column = resource.places[0].column if resource.places and is_named else 0
    place = f"{resource.line}:{column}" if column else f"{resource.line}"
    line = f"{file if is_named else 'line'}:{place}" if resource.line else "URL"
    named = number_or_id(resource)
    return named if _PLAIN.fullmatch(named) else line


def file_of(resource: Resource) -> str:
    """The file in which it stands: the path, or only the name of an absolute one."""
    path = resource.file
    return path.rpartition("/")[2] if path.startswith("/") else path


def number_or_id(resource: Resource) -> str:
    """What identifies the resource in its list; empty where only its URL does."""
    if resource.number is not None:
        return str(resource.number)
    # A list without numbers and ids has its URLs for keys.
    is_url = "://" in resource.key or resource.key.startswith(resource.url or "no URL")
    return "" if is_url else clean(resource.key, _ID_LENGTH)


def has_moved(before: Resource, now: Resource, patterns: Sequence[str]) -> bool:
    """Whether a number or a place among the patterns means the resource now, and did not before."""
    files = filter(None, map(_IN_FILE.fullmatch, patterns))
    if any(_is_at(now, found) and not _is_at(before, found) for found in files):
        return True
    for place in filter(None, (_PLACE.fullmatch(pattern.strip()) for pattern in patterns)):
        is_line, wanted = place[1] is not None or now.number is None, int(place[2])
        then, today = (one.line if is_line else one.number for one in (before, now))
        if today == wanted and then != wanted:
            return True
    return False


def select(resources: Sequence[Resource], patterns: Sequence[str]) -> tuple[Resource, ...]:
    """The resources that fit one of the patterns, in their order; all without a pattern.

    A pattern is a number, `line:84`, a file, `FILE:84`, a key, a URL with or without its scheme, or a
    glob on URL, title, category or file, with or without the URL's scheme. A URL may contain `?` and
    `[`, so a pattern is only a glob when it names no resource. In a list without numbers, `84` is a
    line.

    Raises:
        ResourcesError: a pattern fits none; the text names what is near to it.
    """
    if not patterns:
        return tuple(resources)
    chosen = {r.key: r for pattern in patterns for r in _fitting(resources, pattern)}
    return tuple(chosen.values())


def _fitting(resources: Sequence[Resource], pattern: str) -> tuple[Resource, ...]:
    place = _PLACE.fullmatch(pattern.strip())
    if place:
        found = _at(resources, place, pattern)
    else:
        found = (
            _named(resources, pattern)
            or _in_file(resources, pattern)
            or _globbed(resources, pattern)
        )
    if not found:
        near = _near_to(resources, place) if place else _like(resources, pattern)
        raise ResourcesError(
            f"{clean(pattern, _NAME_LENGTH)}: no such resource; {_advice(resources, near)}"
        )
    return found


# --- by a number or a line ------------------------------------------------------------------------


def _at(resources: Sequence[Resource], place: re.Match[str], pattern: str) -> tuple[Resource, ...]:
    keyed = tuple(resource for resource in resources if resource.key == pattern)
    position, wanted = _position(resources, place), int(place[2])
    return keyed or tuple(resource for resource in resources if position(resource) == wanted)


def _position(
    resources: Sequence[Resource], place: re.Match[str]
) -> Callable[[Resource], int | None]:
    """What the digits are compared with."""
    has_numbers = any(resource.number is not None for resource in resources)
    return (lambda r: r.number) if has_numbers and not place[1] else (lambda r: r.line or None)


def _near_to(resources: Sequence[Resource], place: re.Match[str]) -> list[Resource]:
    position, wanted = _position(resources, place), int(place[2])
    found = ((at, resource) for resource in resources if (at := position(resource)) is not None)
    nearest = sorted(found, key=lambda one: abs(one[0] - wanted))
    return [resource for _, resource in nearest[:_NEAR]]


def _in_file(resources: Sequence[Resource], pattern: str) -> tuple[Resource, ...]:
    """The resources of a file, named by its path or the end of it, or those on a line of it."""
    found = _IN_FILE.fullmatch(pattern)
    return tuple(resource for resource in resources if found and _is_at(resource, found))


def _is_at(resource: Resource, found: re.Match[str]) -> bool:
    """Whether it stands in that file, on that line, at that column, as far as the pattern says."""
    file = found["file"]
    line, column = (int(found[name]) if found[name] else None for name in ("line", "column"))
    only = Place(file=resource.file, line=resource.line)
    return any(
        (place.file == file or place.file.endswith(f"/{file}"))
        and line in {None, place.line}
        and column in {None, place.column}
        for place in resource.places or (only,)
    )


# --- by a URL or a glob ---------------------------------------------------------------------------


def _named(resources: Sequence[Resource], text: str) -> tuple[Resource, ...]:
    exactly = tuple(r for r in resources if text in {r.key, r.url})
    return exactly or next(filter(None, (_spelt(resources, text, s) for s in _SPELLINGS)), ())


def _spelt(
    resources: Sequence[Resource], text: str, spelling: Callable[[str], str]
) -> tuple[Resource, ...]:
    wanted = spelling(text)
    return tuple(r for r in resources if wanted and spelling(r.url) == wanted)


_SPELLINGS = (without_scheme, loosely)
"""From exact to loose comparisons; the first one that finds a resource is used."""


def _globbed(resources: Sequence[Resource], pattern: str) -> tuple[Resource, ...]:
    glob = pattern.casefold()
    if not glob or len(glob) > _LONGEST_GLOB:
        return ()
    # Backtracking through a long text is only begun where it may succeed.
    parts = [part for part in re.split(r"[*?]+", glob.partition("[")[0]) if part]
    return tuple(
        resource
        for resource in resources
        if any(
            _has_in_order(text, parts) and fnmatchcase(text, glob)
            for text in map(str.casefold, _texts(resource))
        )
    )


def _has_in_order(text: str, parts: Sequence[str]) -> bool:
    end = 0
    for part in parts:
        begin = text.find(part, end)
        if begin < 0:
            return False
        end = begin + len(part)
    return True


def _texts(resource: Resource) -> tuple[str, ...]:
    url = resource.url
    return url, without_scheme(url), resource.title, resource.category, resource.file


# --- what is near ---------------------------------------------------------------------------------


def _like(resources: Sequence[Resource], text: str) -> list[Resource]:
    """The resources that contain the text, or have a similar title or URL."""
    wanted = without_scheme(text).casefold().strip("*")
    names = [
        (name.casefold(), resource)
        for resource in resources
        for name in (resource.key, *_texts(resource))
        if name
    ]
    containing = {r.key: r for name, r in names if wanted and wanted in name}
    if containing:
        return list(containing.values())
    if len(wanted) > _LONGEST_TYPO:
        return []
    by_name = dict(reversed(names))
    close = get_close_matches(wanted, by_name, n=_NEAR)
    return list({by_name[name].key: by_name[name] for name in close}.values())


def _advice(resources: Sequence[Resource], near: Sequence[Resource]) -> str:
    if not resources:
        return "the list is empty"
    if not near:
        return _WAYS
    more = f" and {len(near) - _NEAR} more" if len(near) > _NEAR else ""
    return f"near to it: {'; '.join(_about(near[:_NEAR]))}{more}"


def _about(resources: Sequence[Resource]) -> Iterator[str]:
    for resource in resources:
        about = clean(resource.title, _NAME_LENGTH) or clean(resource.url, _NAME_LENGTH)
        line = f", line {resource.line}" if resource.number is not None and resource.line else ""
        yield f"{name_of(resource)} ({about}{line})"
