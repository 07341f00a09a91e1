"""IO: the files that a glob names."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import zip_longest
from pathlib import Path, PurePosixPath

_MAGIC = frozenset("*?[")
_ANY_DEPTH = "**"


def is_glob(pattern: str) -> bool:
    """Whether it names files by a pattern, if no file is called so."""
    return not _MAGIC.isdisjoint(pattern)


def files(pattern: str) -> list[str]:
    """The files that fit, sorted by name.

    `**` stands for folders of any depth. It does not follow links to folders, which may lead in a
    circle. Names that begin with a dot only fit patterns that do.
    """
    parts = Path(pattern).parts
    first = next((n for n, part in enumerate(parts) if is_glob(part)), len(parts))
    names = tuple(
        name
        for name, after in zip_longest(parts[first:], parts[first + 1 :])
        if (name, after) != (_ANY_DEPTH, _ANY_DEPTH)
    )
    return sorted({path.as_posix() for path in _fitting(Path(*parts[:first]), names)})


def fits(path: str, pattern: str) -> bool:
    """Whether the path of a file is one that `files` would find, if the file were there."""
    return _fits(PurePosixPath(path).parts, PurePosixPath(pattern).parts)


def _fits(parts: Sequence[str], names: Sequence[str]) -> bool:
    if not (parts and names):
        return not (parts or names)
    if names[0] != _ANY_DEPTH:
        return _is_named(parts[0], names[0]) and _fits(parts[1:], names[1:])
    hidden = next((n for n, part in enumerate(parts) if part.startswith(".")), len(parts))
    after = names[1:] or ("*",)
    return any(_fits(parts[depth:], after) for depth in range(hidden + 1))


def _is_named(part: str, name: str) -> bool:
    is_shown = name.startswith(".") or not part.startswith(".")
    return part == name or (is_shown and fnmatchcase(part, name))


def _fitting(place: Path, names: tuple[str, ...]) -> Iterator[Path]:
    if not names:
        yield from (place,) if place.is_file() else ()
    elif names[0] == _ANY_DEPTH:
        yield from _fitting(place, names[1:] or ("*",))
        for entry in _entries(place, "*"):
            if entry.is_dir(follow_symlinks=False):
                yield from _fitting(Path(entry), names)
    else:
        for entry in _entries(place, names[0]):
            yield from _fitting(Path(entry), names[1:])


def _entries(place: Path, name: str) -> list[os.DirEntry[str]]:
    """What in a folder fits the name; nothing where there is no folder, or it may not be read."""
    with contextlib.suppress(OSError), os.scandir(place) as entries:
        return [entry for entry in entries if _is_named(entry.name, name)]
    return []
