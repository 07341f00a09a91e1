"""IO: mended files are written whole, all or none, and what they were before is kept."""

import contextlib
import os
import signal
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from crawler.errors import EditError
from crawler.mend import backups, broken_off, git_index
from crawler.mend.broken_off import Intent
from crawler.own_files import FILE_MODE, open_temporary, writing_in

_ENDING = frozenset({signal.SIGHUP, signal.SIGINT, signal.SIGTERM})
_ANY_WRITER = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, slots=True, kw_only=True)
class MendedFile:
    """A file with what it holds before and after."""

    path: str
    """As the settings name it."""
    before: bytes | None
    """None for a file that is made."""
    after: bytes


class _Prepared(NamedTuple):
    """A file whose new content is on the disk already."""

    file: MendedFile
    real: Path
    """Where symbolic links lead."""
    temporary: Path


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Lets signals that end the process wait for the end of the block, which must be short."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def nothing_to_note() -> None:
    """Notes nothing."""


def write(
    files: Sequence[MendedFile], now: datetime, note: Callable[[], None] = nothing_to_note
) -> tuple[Path, ...]:
    """Writes all of the files or none, and returns the backups that were made; a signal waits.

    Symbolic links are followed; mode and owner stay. A file whose very bytes git has gets no backup.
    `note` is called when all is ready, before the first file is replaced. What a kill leaves is found by
    `broken_off.end_broken_edit`.

    Raises:
        EditError: a file has changed since it was read, or cannot be written; all are as they were.
    """
    with undisturbed(), ExitStack() as held, ExitStack() as until_all_are_written:
        prepared = [held.enter_context(_prepared(file)) for file in files]
        kept = tuple(path for one in prepared if (path := _kept(one, now)))
        if len(prepared) > 1:
            held.enter_context(_journal(prepared))
        note()
        for one in prepared:
            _replace(one)
            until_all_are_written.callback(_put_back, one)
        until_all_are_written.pop_all()
    return kept


@contextlib.contextmanager
def _journal(prepared: Sequence[_Prepared]) -> Iterator[None]:
    intents = [
        Intent.of(one.real, one.file.before, one.file.after, one.temporary) for one in prepared
    ]
    with ExitStack() as until_the_end:
        with _told(prepared[0].file):
            until_the_end.enter_context(broken_off.journal(intents))
        yield


@contextlib.contextmanager
def _prepared(file: MendedFile) -> Iterator[_Prepared]:
    """The file, checked, with its new content beside it until the end of the block."""
    real = Path(os.path.realpath(file.path))
    with ExitStack() as held:
        with _told(file):
            status = _checked(file, real)
            held.enter_context(writing_in(real.parent))
            temporary = _written(real, file.after, status)
            held.callback(temporary.unlink, missing_ok=True)
        yield _Prepared(file, real, temporary)


def _checked(file: MendedFile, real: Path) -> os.stat_result | None:
    """The status of a file that may be replaced; None for one that is to be made.

    Raises:
        EditError: it may not.
    """
    if file.before is None:
        if Path(file.path).is_symlink():
            # Whoever made it would choose where the new file goes.
            raise EditError(f"{file.path}: a symbolic link that leads nowhere; remove it first")
        if os.path.lexists(real):
            raise EditError(f"{file.path}: such a file has been made meanwhile; start again")
        return None
    status = real.stat()
    if not stat.S_ISREG(status.st_mode):
        raise EditError(f"{file.path}: not a regular file any more; nothing is changed")
    if not status.st_mode & _ANY_WRITER or not os.access(real, os.W_OK):
        raise EditError(f"{file.path}: the file is read-only; allow writing to it first")
    _refuse_changed(file, real)
    return status


def _refuse_changed(file: MendedFile, real: Path) -> None:
    if file.before is not None and real.read_bytes() != file.before:
        raise EditError(f"{file.path}: the file has changed since it was read; start again")


def _written(real: Path, content: bytes, like: os.stat_result | None) -> Path:
    """A new file beside the other, with its mode and owner, safely on the disk."""
    descriptor, temporary = open_temporary(real)
    try:
        with os.fdopen(descriptor, "wb") as new:
            if like and (like.st_uid, like.st_gid) != (os.geteuid(), os.fstat(descriptor).st_gid):
                os.fchown(descriptor, like.st_uid, like.st_gid)
            os.fchmod(descriptor, stat.S_IMODE(like.st_mode) if like else FILE_MODE)
            new.write(content)
            new.flush()
            os.fsync(descriptor)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _kept(one: _Prepared, now: datetime) -> Path | None:
    """The backup of the file; None where none is needed."""
    if one.file.before is None or git_index.has(one.real, one.file.before):
        return None
    with _told(one.file):
        return backups.keep(one.real, one.file.before, now)


def _replace(one: _Prepared) -> None:
    with _told(one.file):
        _refuse_changed(one.file, one.real)
        broken_off.put_in_place(one.temporary, one.real)


def _put_back(one: _Prepared) -> None:
    """The file as it was, because one after it could not be written."""
    with _told(one.file):
        if one.file.before is None:
            one.real.unlink()
        else:
            _written(one.real, one.file.before, one.real.stat()).replace(one.real)


@contextlib.contextmanager
def _told(file: MendedFile) -> Iterator[None]:
    """Makes an error of the system one of ours, with the name of the file.

    Raises:
        EditError: instead of `OSError`.
    """
    try:
        yield
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else type(error).__name__
        raise EditError(f"{file.path}: cannot be written ({why}); nothing is changed") from error
