"""IO: folders and files of our own: whatever the umask, others may read and only we may write them."""

import contextlib
import fcntl
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

FILE_MODE = 0o644
FOLDER_MODE = 0o755
_TEMPORARY = re.compile(r"\.(?P<name>.+)\.[a-z0-9_]{8}")
"""The name that `tempfile` makes of that of a report."""


def make_folder(folder: Path) -> None:
    """Makes the folder, and those above it, where they are missing.

    Raises: `OSError`, also for a file in its place.
    """
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        try:
            missing.mkdir(FOLDER_MODE)
        except FileExistsError:
            if not missing.is_dir():
                raise
        else:
            _set_mode(missing, FOLDER_MODE)
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file")


def make_file(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Makes a file with this content.

    Raises: `OSError`; `FileExistsError` unless it may be replaced.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | (os.O_TRUNC if replace else os.O_EXCL)
    with os.fdopen(os.open(path, flags, FILE_MODE), "wb") as file:
        os.fchmod(file.fileno(), FILE_MODE)
        file.write(content)


@contextlib.contextmanager
def writing_in(folder: Path) -> Iterator[None]:
    """Keeps `remove_leftovers` of other processes away from the temporary files of this one."""
    with _lock(folder, fcntl.LOCK_SH):
        yield


def remove_leftovers(folder: Path, is_report: Callable[[str], bool]) -> None:
    """Removes the temporary files of reports that killed processes left in the folder.

    Only regular files of our own user, and none while another process writes a report there.
    """
    with contextlib.suppress(OSError), _lock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB) as is_locked:
        for path in folder.iterdir() if is_locked else ():
            found = _TEMPORARY.fullmatch(path.name)
            if found and is_report(found["name"]) and _is_own_file(path):
                path.unlink(missing_ok=True)


@contextlib.contextmanager
def _lock(folder: Path, operation: int) -> Iterator[bool]:
    """Whether the folder is locked; a file system without locks has none."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, operation)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def _is_own_file(path: Path) -> bool:
    status = path.lstat()
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid()


def _set_mode(folder: Path, mode: int) -> None:
    """Sets the mode; the group that a folder hands on is still handed on."""
    folder.chmod(mode | folder.stat().st_mode & stat.S_ISGID)
