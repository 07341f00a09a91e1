"""IO: folders and files of our own: whatever the umask, others may read and only we may write them."""

import contextlib
import errno
import fcntl
import os
import re
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

FILE_MODE = 0o644
FOLDER_MODE = 0o755
_MARK = "crawler-"
_TEMPORARY = re.compile(rf"\.(?P<name>.+)\.{_MARK}[a-z0-9_]{{8}}", re.DOTALL)
"""The name of a temporary file; the mark keeps the files of people out of it."""
_NAME_LENGTH = 40
"""Characters of a name that stand in that of its temporary file, which has room for 255 bytes."""


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
    """Makes a file with this content, and never one behind a link.

    Raises: `OSError`; `FileExistsError` unless it may be replaced.
    """
    # Whoever made a link would choose which file is overwritten.
    kind = os.O_TRUNC | os.O_NOFOLLOW if replace else os.O_EXCL
    flags = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | kind
    with os.fdopen(os.open(path, flags, FILE_MODE), "wb") as file:
        os.fchmod(file.fileno(), FILE_MODE)
        file.write(content)


def open_temporary(path: Path) -> tuple[int, Path]:
    """A new file beside that one, open for writing, which is to take its place; inside of `writing_in`."""
    prefix = f".{beginning_of(path.name)}.{_MARK}"
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=prefix)
    return descriptor, Path(name)


def beginning_of(name: str) -> str:
    """What of a file's name stands in that of its temporary file."""
    return name[:_NAME_LENGTH]


def read_small(path: Path, most: int) -> bytes:
    """The content of a regular file with at most so many bytes.

    Raises: `OSError`, whose text says also that it is another kind of file, or too large.
    """
    # Before it is opened: opening a FIFO waits until somebody writes to it.
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "not a regular file")
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"larger than {most // 1_000_000} MB")
    return content


def put_file(path: Path, content: bytes, mode: int = FILE_MODE) -> None:
    """Makes a file with this content or replaces one, whole and safely on the disk.

    Raises: `OSError`; the file is as it was.
    """
    with writing_in(path.parent):
        descriptor, temporary = open_temporary(path)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fchmod(descriptor, mode)
                os.fsync(descriptor)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


def is_temporary(path: Path) -> bool:
    """Whether it is a regular file of our own user, with the name of a temporary one of ours."""
    return bool(_TEMPORARY.fullmatch(path.name)) and _is_own_file(path)


@contextlib.contextmanager
def writing_in(folder: Path) -> Iterator[None]:
    """Keeps `remove_leftovers` of other processes away from the temporary files of this one."""
    with _lock(folder, fcntl.LOCK_SH):
        yield


def remove_leftovers(folder: Path, is_ours: Callable[[str], bool]) -> int:
    """Removes the temporary files that killed processes left in the folder; how many there were.

    Only regular files of our own user, and none while another process writes in the folder. `is_ours`
    is given the beginning of the name of what each was to replace, at most 40 characters.
    """
    removed = 0
    with contextlib.suppress(OSError), alone_in(folder) as is_alone:
        for path in folder.iterdir() if is_alone else ():
            found = _TEMPORARY.fullmatch(path.name)
            if found and is_ours(found["name"]) and _is_own_file(path):
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def alone_in(folder: Path) -> contextlib.AbstractContextManager[bool]:
    """Whether no other process is `writing_in` the folder, nor begins to until the end of the block."""
    return _lock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)


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
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid()


def _set_mode(folder: Path, mode: int) -> None:
    """Sets the mode; the group that a folder hands on is still handed on."""
    folder.chmod(mode | folder.stat().st_mode & stat.S_ISGID)
