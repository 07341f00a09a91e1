"""IO: copies of files as they were before they were mended, in `.crawler/backup`."""

import os
import re
import stat
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from crawler.errors import EditError
from crawler.own_files import make_folder, put_file, remove_leftovers

FOLDER = Path(".crawler") / "backup"
"""In the working folder, as the database is."""
KEPT = 10
"""Backups of files of one name."""
_TIME = "%Y%m%dT%H%M%SZ"
_STAMP = re.compile(r"[0-9]{8}T[0-9]{6}Z(?:-[0-9]+)?")
_IGNORED = b"# Copies of the list from before it was mended.\n*\n"


def keep(path: Path, content: bytes, now: datetime) -> Path:
    """The backup of the file, whole; it has the same mode. Of older ones with this name, nine stay.

    Raises: `OSError`; `EditError` where a link or a file stands in place of the folder.
    """
    prepare_folder()
    mode = stat.S_IMODE(path.stat().st_mode)
    stamp = f"{path.name}.{now.astimezone(UTC):{_TIME}}"
    names = (f"{stamp}-{n}" if n > 1 else stamp for n in count(1))
    made = next(FOLDER / name for name in names if not os.path.lexists(FOLDER / name))
    put_file(made, content, mode)
    _remove_old(path.name)
    return made


def prepare_folder() -> None:
    """Makes the folder of backups, which git ignores, and removes what killed edits left there.

    Raises: as for `keep`.
    """
    _refuse_others()
    make_folder(FOLDER)
    remove_leftovers(FOLDER, lambda _: True)
    ignored = FOLDER.parent / ".gitignore"
    if not os.path.lexists(ignored):
        put_file(ignored, _IGNORED)


def _refuse_others() -> None:
    """A link there would let whoever made the folder choose where copies go."""
    for folder in (FOLDER.parent, FOLDER):
        if folder.is_symlink():
            raise EditError(f"{folder}: a symbolic link, so no backup is made; remove it first")
        if os.path.lexists(folder) and not folder.is_dir():
            raise EditError(f"{folder}: not a folder, so no backup is made; move it away first")


def _remove_old(name: str) -> None:
    found = [
        path
        for path in FOLDER.iterdir()
        if path.name.startswith(f"{name}.") and _STAMP.fullmatch(path.name[len(name) + 1 :])
    ]
    for path in sorted(found, key=_age)[:-KEPT]:
        path.unlink(missing_ok=True)


def _age(path: Path) -> tuple[str, int]:
    stamp, _, repeat = path.name.rpartition(".")[2].partition("-")
    return stamp, int(repeat or 1)
