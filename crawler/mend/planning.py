"""IO: the list is read again, to be edited as it was read before or not at all."""

import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler import resources
from crawler.config import Settings
from crawler.errors import EditError
from crawler.mend.files import MendedFile
from crawler.model import ResourceList
from crawler.resources import Refusal, Replacement


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What replacements come to, with nothing written yet."""

    files: tuple[MendedFile, ...]
    """Those that change, in the order of the list."""
    done: tuple[Replacement, ...]
    """Each is made in all of its places; `url` is what is written, and `reversed()` undoes it."""
    refused: tuple[Refusal, ...]


def planned(settings: Settings, listed: ResourceList, replacements: Sequence[Replacement]) -> Plan:
    """What the replacements change in the files of the list, as `listed` was read from them.

    Raises:
        EditError: a file has changed since, or cannot be read.
        ResourcesError: a file has a structural fault.
    """
    contents = read_unchanged(listed)
    edited = resources.edited(contents, listed, settings.list, replacements)
    files = (
        MendedFile(path=path, before=contents[path], after=edited.contents[path])
        for path in listed.files
        if path in edited.contents and edited.contents[path] != contents[path]
    )
    return Plan(files=tuple(files), done=edited.done, refused=edited.refused)


def read_unchanged(listed: ResourceList) -> dict[str, bytes]:
    """The bytes of all files of the list, by path, in order.

    Raises:
        EditError: a file has changed since the list was read, or cannot be read.
    """
    contents = {path: _read(path) for path in listed.files}
    for path, digest in zip(listed.files, listed.digests, strict=True):
        content = contents[path]
        is_packed = content.startswith(b"\x1f\x8b")  # Its digest is of what is inside.
        if not is_packed and hashlib.sha256(content).hexdigest() != digest:
            raise EditError(f"{path}: the file has changed since it was read; start again")
    return contents


def _read(path: str) -> bytes:
    try:
        # Before it is opened: opening a FIFO waits until somebody writes to it.
        if stat.S_ISREG(Path(path).stat().st_mode):
            return Path(path).read_bytes()
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise EditError(f"{path}: cannot be read ({why}); nothing is changed") from error
    raise EditError(f"{path}: not a regular file any more; nothing is changed")
