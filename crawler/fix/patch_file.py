"""IO: a patch in a file that a person has named."""

import os
from pathlib import Path

from crawler.errors import StoreError
from crawler.own_files import make_file
from crawler.report.as_fixes import PATCH_TITLE


def write_patch(path: Path, patch: str) -> None:
    """Writes a patch; an older one is replaced.

    Raises:
        StoreError: the file cannot be written, or something else stands in its place.
    """
    try:
        if path.is_symlink():
            raise StoreError(f"{path}: a symbolic link; name the file itself, or remove it first")
        if path.exists() and not _is_patch(path):
            raise StoreError(f"{path}: not a patch of this crawler, so it is left as it is")
        make_file(path, patch.encode(errors="surrogateescape"), replace=True)
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise StoreError(f"{path}: cannot be written ({why})") from error


def _is_patch(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(PATCH_TITLE)) in {PATCH_TITLE.encode(), b""}
