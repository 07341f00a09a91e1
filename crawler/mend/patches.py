"""IO: changes to files as a patch for `git apply`."""

import difflib
import operator
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from pathlib import Path
from typing import NamedTuple

from crawler.mend import git_index
from crawler.mend.files import MendedFile
from crawler.urls import without_userinfo

_ESCAPES = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}
_URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_CONTEXT = 3
"""Lines around what differs."""
_NO_BREAK = "\n\\ No newline at end of file\n"


def patch(files: Sequence[MendedFile], *, is_public: bool = False) -> str:
    """The changes as a unified diff; its lines end as those of the files do.

    For a public one, changes near a URL with a name or password are left out: lines around a change are
    in the patch too.

    Paths are relative to the repository that a file is in, or else to the working folder. To be written
    as UTF-8, with surrogates escaped and without any change of line ends.
    """
    return "".join(_of_file(file, is_public=is_public) for file in files)


def _of_file(file: MendedFile, *, is_public: bool) -> str:
    name = os.fsencode(_name(file.path))
    old, new = _path(b"a/" + name), _path(b"b/" + name)
    head = f"diff --git {old} {new}\n"
    if file.before is None:
        head += "new file mode 100644\n"
        old = "/dev/null"
    tab = "\t" if b" " in name else ""  # Else a blank would end the name for some.
    hunks = list(_hunks(_lines(file.before or b""), _lines(file.after)))
    kept = [hunk for hunk in hunks if not (is_public and _has_secrets(hunk))]
    if not kept:
        return ""
    return (
        f"{head}--- {old}{tab if file.before is not None else ''}\n+++ {new}{tab}\n{''.join(kept)}"
    )


def without_secrets(line: str) -> str:
    """The line of a patch without names and passwords in its URLs."""
    return _URL.sub(lambda found: without_userinfo(found[0]), line)


def _has_secrets(hunk: str) -> bool:
    return any(without_secrets(line) != line for line in hunk.splitlines())


def _name(path: str) -> str:
    """The path of the real file: git patches none beyond a symbolic link."""
    real = Path(os.path.realpath(path))
    folder = git_index.root_of(real) or Path.cwd()
    return real.relative_to(folder).as_posix() if real.is_relative_to(folder) else real.name


def _path(name: bytes) -> str:
    """A path as git writes it.

    Source: https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath
    """
    if all(0x20 <= byte < 0x7F and byte not in _ESCAPES for byte in name):
        return name.decode()
    return f'"{"".join(map(_escaped, name))}"'


def _escaped(byte: int) -> str:
    if byte in _ESCAPES:
        return f"\\{_ESCAPES[byte]}"
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"


def _lines(content: bytes) -> list[str]:
    """The lines with their ends; only a line feed ends one, as for git."""
    *lines, rest = content.decode("utf-8", "surrogateescape").split("\n")
    return [*(f"{line}\n" for line in lines), *([rest] if rest else [])]


class _Block(NamedTuple):
    """Lines of the old file, and those in their place; from the first up to the last, by index."""

    old: int
    old_end: int
    new: int
    new_end: int


def _hunks(old: list[str], new: list[str]) -> Iterator[str]:
    for blocks in _near_each_other(_blocks(old, new)):
        start, end = max(blocks[0].old - _CONTEXT, 0), min(blocks[-1].old_end + _CONTEXT, len(old))
        moved, moved_end = blocks[0].new - blocks[0].old, blocks[-1].new_end - blocks[-1].old_end
        lines = [f"@@ -{_range(start, end)} +{_range(start + moved, end + moved_end)} @@\n"]
        at = start
        for block in blocks:
            lines += _marked(" ", old[at : block.old])
            lines += _marked("-", old[block.old : block.old_end])
            lines += _marked("+", new[block.new : block.new_end])
            at = block.old_end
        yield "".join((*lines, *_marked(" ", old[at:end])))


def _blocks(old: list[str], new: list[str]) -> Iterator[_Block]:
    """What differs, in order. Line by line in time linear in their number, where that is the same."""
    if len(old) == len(new):
        pairs = enumerate(map(operator.ne, old, new))
        for is_different, run in groupby(pairs, operator.itemgetter(1)):
            places = [n for n, _ in run]
            if is_different:
                yield _Block(places[0], places[-1] + 1, places[0], places[-1] + 1)
        return
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    matcher = difflib.SequenceMatcher(None, old[same:], new[same:])
    for tag, *ends in matcher.get_opcodes():
        if tag != "equal":
            yield _Block(*(end + same for end in ends))


def _near_each_other(blocks: Iterable[_Block]) -> Iterator[list[_Block]]:
    """Groups of blocks with less than twice the context between them."""
    group: list[_Block] = []
    for block in blocks:
        if group and block.old - group[-1].old_end > 2 * _CONTEXT:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _range(start: int, end: int) -> str:
    """Lines of a hunk: the first, from 1, and how many; of none, the line before."""
    return f"{start + (end > start)},{end - start}"


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield f"{mark}{line}" if line.endswith("\n") else f"{mark}{line}{_NO_BREAK}"
