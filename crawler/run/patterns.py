"""IO: the files that a glob names."""

import contextlib
import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import zip_longest
from pathlib import Path

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
    """Whether the glob would name a file of that path, if there were one."""
    return is_glob(pattern) and _fits(Path(path).parts, Path(pattern).parts)


def _fits(names: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    if not names or not parts:
        return not names and not parts
    if parts[0] == _ANY_DEPTH:
        rest = parts[1:] or ("*",)
        return _fits(names, rest) or (not names[0].startswith(".") and _fits(names[1:], parts))
    return _fits_name(names[0], parts[0]) and _fits(names[1:], parts[1:])


def _fits_name(name: str, pattern: str) -> bool:
    is_shown = pattern.startswith(".") or not name.startswith(".")
    return is_shown and fnmatchcase(name, pattern)


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
        return [entry for entry in entries if _fits_name(entry.name, name)]
    return []
