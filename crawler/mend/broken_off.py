"""IO: edits of the list that a kill broke off: found, finished if they had begun, and told."""

import contextlib
import errno
import hashlib
import json
import os
import stat
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from crawler.mend import backups
from crawler.own_files import (
    alone_in,
    beginning_of,
    is_temporary,
    put_file,
    remove_leftovers,
    writing_in,
)
from crawler.text import clean

_FOLDER = backups.FOLDER.parent
_JOURNAL = _FOLDER / "edit.json"
"""The files that an edit is about to replace, while it does: of several, a kill may come between two."""
_ROWS = (".csv", ".tsv", ".tab")

FINISHED = "An earlier edit of the list was broken off half-way; it is finished now: {files}."
UNFINISHED = (
    "An earlier edit of the list was broken off half-way, and cannot be finished because its files "
    "have changed since; look at {files}."
)
REMOVED = "An earlier edit of the list was broken off before it changed anything; it left nothing."


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A file that is about to be replaced by another one beside it."""

    path: str
    """Where symbolic links lead."""
    before: str | None
    """SHA-256; None for a file that is made."""
    after: str
    temporary: str
    """The name of the file that takes its place."""

    @classmethod
    def of(cls, real: Path, before: bytes | None, after: bytes, temporary: Path) -> Self:
        """Of contents, as digests."""
        return cls(
            path=str(real),
            before=None if before is None else hashlib.sha256(before).hexdigest(),
            after=hashlib.sha256(after).hexdigest(),
            temporary=temporary.name,
        )

    @property
    def source(self) -> Path:
        """The file that takes its place."""
        return Path(self.path).with_name(self.temporary)

    @property
    def is_done(self) -> bool:
        """Whether it has been replaced."""
        return _digest(Path(self.path)) == self.after

    @property
    def is_ready(self) -> bool:
        """Whether it is as it was, and what takes its place is there."""
        if self.before is None:
            is_as_before = not os.path.lexists(self.path)
        else:
            is_as_before = _digest(Path(self.path)) == self.before
        return is_as_before and is_temporary(self.source) and _digest(self.source) == self.after


def retired_beside(file: str) -> str:
    """The file for the rows that leave a CSV list."""
    suffix = Path(file).suffix.lower()
    return Path(file).with_name(f"retired{suffix if suffix in _ROWS else '.csv'}").as_posix()


@contextlib.contextmanager
def journal(intents: Sequence[Intent]) -> Iterator[None]:
    """Keeps what is about to be done on the disk until the end of the block.

    Raises: `OSError`; `EditError` where the folder is a link.
    """
    backups.prepare_folder()
    with writing_in(_FOLDER):
        put_file(_JOURNAL, json.dumps([asdict(one) for one in intents]).encode())
        try:
            yield
        finally:
            _JOURNAL.unlink(missing_ok=True)


def put_in_place(temporary: Path, path: Path) -> None:
    """Replaces the file, safely on the disk.

    Raises: `OSError`.
    """
    temporary.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(OSError):  # Not every file system can.
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def end_broken_edit(listed: Iterable[str]) -> str:
    """What was found of an edit that a kill broke off, as a sentence; empty when there was none.

    One of several files that had begun is finished; nothing stays of one that had not. Only the files of
    the list, and those for its retired rows, are written.
    """
    names: dict[Path, set[str]] = defaultdict(set)
    for file in listed:
        for path in (file, retired_beside(file)):
            real = Path(os.path.realpath(path))
            names[real.parent].add(real.name)
    said = _finish({folder / name for folder, found in names.items() for name in found})
    removed = sum(
        remove_leftovers(folder, {beginning_of(name) for name in found}.__contains__)
        for folder, found in names.items()
    )
    return said or (REMOVED if removed else "")


def _finish(places: Collection[Path]) -> str:
    """The sentence about the edit in the journal, which is finished; empty when there is none."""
    if _FOLDER.is_symlink() or not os.path.lexists(_JOURNAL):
        return ""
    with contextlib.suppress(OSError), alone_in(_FOLDER) as is_alone:
        if is_alone:
            intents = _read(places)
            said = _finished(intents)
            _JOURNAL.unlink()
            return said
    return ""


def _finished(intents: Sequence[Intent]) -> str:
    done = [one for one in intents if one.is_done]
    if not done:
        return ""
    left = [one for one in intents if one not in done]
    files = clean(", ".join(Path(one.path).name for one in intents))
    if not all(one.is_ready for one in left):
        return UNFINISHED.format(files=files)
    for one in left:
        put_in_place(one.source, Path(one.path))
    return FINISHED.format(files=files)


def _read(places: Collection[Path]) -> Sequence[Intent]:
    """What the journal says; nothing where it is not one of ours, which may be somebody else's doing.

    Raises: `OSError`.
    """
    try:
        intents = [Intent(**one) for one in json.loads(_content(_JOURNAL))]
        are_beside = all(one.source.parent == Path(one.path).parent for one in intents)
        are_of_list = are_beside and {Path(one.path) for one in intents} <= {*places}
    except (ValueError, TypeError, RecursionError):
        return ()
    return intents if are_of_list else ()


def _digest(path: Path) -> str | None:
    """SHA-256; None for what cannot be read."""
    try:
        return hashlib.sha256(_content(path)).hexdigest()
    except OSError:
        return None


def _content(path: Path) -> bytes:
    """Raises: `OSError`, also for what is no regular file."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise OSError(errno.EINVAL, "not a regular file")
    return path.read_bytes()
