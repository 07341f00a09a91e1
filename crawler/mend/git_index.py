"""IO: whether git has the very bytes of a file, read from its index.

No program is run: a repository of strangers may name programs in its settings, and git would start
them.
"""

import hashlib
import os
import stat
import struct
from collections.abc import Iterator
from pathlib import Path

_MOST_BYTES = 200_000_000
_HEADER = struct.Struct(">4sLL")
_FIXED = struct.Struct(">40x20sH")
"""Of an entry, what matters before its name: the hash and the flags."""
_EXTENDED = 0x4000
_STAGE = 0x3000
_GIT_FILE = b"gitdir: "


def root_of(path: Path) -> Path | None:
    """The folder of the repository that the file is in; None for a file in none."""
    return next((one for one in path.parents if os.path.lexists(one / ".git")), None)


def has(path: Path, content: bytes) -> bool:
    """Whether the content is in git, committed or staged, as that of the file at this real path.

    False when in doubt: where git changes line ends, or hashes in another way.
    """
    root = root_of(path)
    if root is None:
        return False
    name = os.fsencode(path.relative_to(root).as_posix())
    blob = b"blob %d\0" % len(content) + content
    wanted = (name, hashlib.sha1(blob, usedforsecurity=False).digest())
    try:
        index = _read(_git_folder(root / ".git") / "index")
        return wanted in _entries(index)
    except (OSError, ValueError, struct.error, IndexError):
        return False


def _git_folder(place: Path) -> Path:
    """The folder itself, or the one that a file there names, as in a further work tree."""
    if place.is_dir():
        return place
    named = _read(place)
    if not named.startswith(_GIT_FILE):
        raise ValueError("not a file of git")
    return place.parent / os.fsdecode(named[len(_GIT_FILE) :].rstrip(b"\r\n"))


def _read(path: Path) -> bytes:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > _MOST_BYTES:
        raise ValueError("not a file of git")
    return path.read_bytes()


def _entries(index: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The name and the hash of each file without conflict.

    Source: https://git-scm.com/docs/index-format
    """
    mark, version, entries = _HEADER.unpack_from(index)
    if mark != b"DIRC" or version not in {2, 3, 4}:
        return
    at, name = _HEADER.size, b""
    for _ in range(entries):
        begin = at
        digest, flags = _FIXED.unpack_from(index, at)
        at += _FIXED.size + (2 if flags & _EXTENDED else 0)
        if version == 4:
            removed, at = _variable_width(index, at)
            name = name[: len(name) - removed]
        else:
            name = b""
        end = index.index(b"\0", at)
        name += index[at:end]
        at = end + 1 if version == 4 else begin + (end - begin + 8) // 8 * 8
        if not flags & _STAGE:
            yield name, digest


def _variable_width(index: bytes, at: int) -> tuple[int, int]:
    """A number, and the index after it."""
    value = index[at] & 0x7F
    while index[at] & 0x80:
        at += 1
        value = (value + 1) << 7 | index[at] & 0x7F
    return value, at + 1
