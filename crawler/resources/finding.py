"""Pure: which resources a person means by a number, a line, a URL or a glob."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase
from heapq import nsmallest

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
_MOST_FOR_TYPO = 20_000
"""Resources whose names are compared; a million of them take minutes."""
_ROWS = (".csv", ".tsv", ".tab")
"""Ends of the names of files with rows."""
_Test = Callable[[Resource], bool]


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
    if any(is_there(now) and not is_there(before) for is_there in map(_in_file, patterns)):
        return True
    for place in filter(None, (_PLACE.fullmatch(pattern.strip()) for pattern in patterns)):
        is_line, wanted = place[1] is not None or now.number is None, int(place[2])
        then, today = (one.line if is_line else one.number for one in (before, now))
        if today == wanted and then != wanted:
            return True
    return False


def select(resources: Collection[Resource], patterns: Sequence[str]) -> tuple[Resource, ...]:
    """The resources that fit one of the patterns, in their order; all without a pattern.

    A pattern is a number, `line:84`, a file, `FILE:84`, a key, a URL with or without its scheme, or a
    glob on URL, title, category or file, with or without the URL's scheme. A URL may contain `?` and
    `[`, so a pattern is only a glob when it names no resource. In a list without numbers, `84` is a
    line. All resources are read once for each pattern, so that they need not be in memory.

    Raises:
        ResourcesError: a pattern fits none; the text names what is near to it.
    """
    if not patterns:
        return tuple(resources)
    chosen = {r.key: r for pattern in patterns for r in _fitting(resources, pattern)}
    return tuple(chosen.values())


def _fitting(resources: Collection[Resource], pattern: str) -> tuple[Resource, ...]:
    place = _PLACE.fullmatch(pattern.strip())
    found = _at(resources, place, pattern) if place else _meant(resources, pattern)
    if not found:
        near, more = _near_to(resources, place) if place else _like(resources, pattern)
        raise ResourcesError(
            f"{clean(pattern, _NAME_LENGTH)}: no such resource; {_advice(resources, near, more)}"
        )
    return found


# --- by a number or a line ------------------------------------------------------------------------


def _at(
    resources: Collection[Resource], place: re.Match[str], pattern: str
) -> tuple[Resource, ...]:
    keyed, numbered, on_line = list[Resource](), list[Resource](), list[Resource]()
    wanted, has_numbers = int(place[2]), False
    for resource in resources:
        has_numbers = has_numbers or resource.number is not None
        if resource.key == pattern:
            keyed.append(resource)
        if resource.number == wanted:
            numbered.append(resource)
        if resource.line == wanted > 0:
            on_line.append(resource)
    return tuple(keyed or (numbered if has_numbers and not place[1] else on_line))


def _near_to(
    resources: Collection[Resource], place: re.Match[str]
) -> tuple[Sequence[Resource], int]:
    wanted = int(place[2])
    has_numbers = not place[1] and any(one.number is not None for one in resources)
    placed = (((one.number if has_numbers else one.line or None), one) for one in resources)
    found = ((abs(at - wanted), resource) for at, resource in placed if at is not None)
    nearest = nsmallest(_NEAR, found, key=lambda one: one[0])
    return [resource for _, resource in nearest], 0


# --- by a URL, a file or a glob -------------------------------------------------------------------


def _meant(resources: Collection[Resource], pattern: str) -> tuple[Resource, ...]:
    """The resources that pass the first of these tests that any of them passes."""
    tests = (
        lambda resource: pattern in {resource.key, resource.url},
        *(_spelt(pattern, spelling) for spelling in _SPELLINGS),
        _in_file(pattern),
        _globbed(pattern),
    )
    passing: list[list[Resource]] = [[] for _ in tests]
    best = len(tests) - 1
    for resource in resources:
        number = next((n for n in range(best + 1) if tests[n](resource)), None)
        if number is not None:
            best = number
            passing[number].append(resource)
    return tuple(passing[best])


def _spelt(text: str, spelling: Callable[[str], str]) -> _Test:
    wanted = spelling(text)
    return lambda resource: bool(wanted) and spelling(resource.url) == wanted


_SPELLINGS = (without_scheme, loosely)
"""From exact to loose comparisons."""


def _in_file(pattern: str) -> _Test:
    """Whether it stands in a file, named by its path or the end of it, on a line and at a column if given."""
    found = _IN_FILE.fullmatch(pattern)
    if found is None:
        return lambda _: False
    file, end = found["file"], f"/{found['file']}"
    line, column = (int(found[name]) if found[name] else None for name in ("line", "column"))

    def is_of(path: str) -> bool:
        return path == file or path.endswith(end)

    def is_there(resource: Resource) -> bool:
        only = () if resource.places or not is_of(resource.file) else (_only_place(resource),)
        return any(
            is_of(place.file) and line in {None, place.line} and column in {None, place.column}
            for place in resource.places or only
        )

    return is_there


def _only_place(resource: Resource) -> Place:
    return Place(file=resource.file, line=resource.line)


def _globbed(pattern: str) -> _Test:
    glob = pattern.casefold()
    if not glob or len(glob) > _LONGEST_GLOB:
        return lambda _: False
    parts = [part for part in re.split(r"[*?]+", glob.partition("[")[0]) if part]
    first = parts[0] if parts else ""

    def fits(resource: Resource) -> bool:
        # Backtracking through a long text is only begun where it may succeed.
        texts = _texts(resource)
        return first in " ".join(texts).casefold() and any(
            _has_in_order(text, parts) and fnmatchcase(text, glob)
            for text in map(str.casefold, texts)
        )

    return fits


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


def _like(resources: Collection[Resource], text: str) -> tuple[Sequence[Resource], int]:
    """The first resources that contain the text and the number of further ones, or some with a similar name."""
    wanted = without_scheme(text).casefold().strip("*")
    near: list[Resource] = []
    more = 0
    for resource in resources if wanted else ():
        if any(wanted in name for name in _names(resource)):
            if len(near) < _NEAR:
                near.append(resource)
            else:
                more += 1
    if near or len(wanted) > _LONGEST_TYPO or len(resources) > _MOST_FOR_TYPO:
        return near, more
    by_name = {name: one for one in reversed(tuple(resources)) for name in _names(one)[::-1]}
    close = get_close_matches(wanted, by_name, n=_NEAR)
    return list({by_name[name].key: by_name[name] for name in close}.values()), 0


def _names(resource: Resource) -> tuple[str, ...]:
    return tuple(map(str.casefold, filter(None, (resource.key, *_texts(resource)))))


def _advice(resources: Collection[Resource], near: Sequence[Resource], more: int) -> str:
    if not resources:
        return "the list is empty"
    if not near:
        return _WAYS
    others = f" and {more} more" if more else ""
    return f"near to it: {'; '.join(_about(near))}{others}"


def _about(resources: Sequence[Resource]) -> Iterator[str]:
    for resource in resources:
        about = clean(resource.title, _NAME_LENGTH) or clean(resource.url, _NAME_LENGTH)
        line = f", line {resource.line}" if resource.number is not None and resource.line else ""
        yield f"{name_of(resource)} ({about}{line})"
