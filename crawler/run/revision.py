"""IO: the list as it was at a revision of git."""

import io
import os
import subprocess
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from crawler import resources
from crawler.config import ListSettings
from crawler.errors import ResourcesError
from crawler.model import ResourceList
from crawler.run import patterns
from crawler.text import clean

_SECONDS = 60
_FILE_MODES = frozenset({"100644", "100755"})
"""Of files in a tree; links to files and other repositories have others."""


def read_at(revision: str, named: Sequence[str], rules: ListSettings) -> ResourceList:
    """The list in the files that these paths and globs named where `revision` and we parted.

    That is the newest commit that both have; the revision itself where git does not know one, as in
    a shallow clone. Files that were not there are left out.

    Raises:
        ResourcesError: this is no repository, there is no such revision, or the list had a fault then.
    """
    commit = _commit(revision)
    wanted = tuple(map(_relative, named))
    files = (
        resources.OneFile(path, _lines(blob))
        for path, blob in _blobs(commit)
        if any(path == one or patterns.fits(path, one) for one in wanted)
    )
    try:
        return resources.parse_files(files, rules)
    except ResourcesError as error:
        raise ResourcesError(clean(f"at {clean(revision, 100)}: {error}")) from error


def _relative(pattern: str) -> str:
    """The pattern as seen from the present folder, as git's paths are."""
    path = Path(pattern)
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _commit(revision: str) -> str:
    named = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if named is None:
        raise ResourcesError(
            f"--changed-since: {clean(revision, 100)}: neither a file nor a revision that git knows "
            "here; name an older copy of the list, or a commit or branch (fetch it first)"
        )
    commit = named.decode().strip()
    shared = _git("merge-base", commit, "HEAD")
    return shared.decode().strip() if shared else commit


def _blobs(commit: str) -> Iterator[tuple[str, str]]:
    """The path of each file below the present folder, and the name of its content."""
    listed = _git("ls-tree", "-r", "-z", commit) or b""
    for entry in filter(None, listed.split(b"\0")):
        facts, _, path = entry.partition(b"\t")
        mode, _, blob = facts.decode().split(" ")
        if mode in _FILE_MODES:
            yield os.fsdecode(path), blob


def _lines(blob: str) -> Iterator[bytes]:
    content = _git("cat-file", "blob", blob)
    if content is None:
        raise ResourcesError(f"git does not have the object {blob}; fetch it first")
    line = partial(io.BytesIO(content).readline, resources.MAX_ROW_BYTES + 1)
    return iter(line, b"")


def _git(*words: str) -> bytes | None:
    """What git prints; None when it refuses."""
    try:
        done = subprocess.run(  # noqa: S603  (no shell, and a revision cannot be an option)
            ("git", *words),  # noqa: S607  (where the user has it)
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise ResourcesError(f"--changed-since: git cannot be started ({why})") from error
    except subprocess.TimeoutExpired as error:
        raise ResourcesError(f"--changed-since: git took more than {_SECONDS} s") from error
    return done.stdout if done.returncode == 0 else None
