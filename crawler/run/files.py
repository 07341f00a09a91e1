"""IO: the files of a run: it reads the list, and writes the reports."""

import contextlib
import operator
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from functools import partial
from itertools import starmap
from pathlib import Path

from crawler import resources, urls
from crawler.config import ListSettings, Settings
from crawler.errors import ResourcesError, StoreError
from crawler.model import Resource, ResourceList
from crawler.own_files import FILE_MODE, make_folder, open_temporary, remove_leftovers, writing_in
from crawler.report import ours
from crawler.resources import UrlSpan
from crawler.run import patterns

REPORTS = (
    "README.md",
    "index.html",
    "health.svg",
    "latest.json",
    "run.json",
    "events.ndjson",
    "feed.xml",
    "badge.json",
    "junit.xml",
    "findings.sarif",
    "fixes.json",
)
"""Files in the folder of the reports, beside `nights/`."""
FINDINGS = "findings"
"""The folder of the pages of a long list, `1.html` and so on."""
PATCH = "fixes.patch"
"""One more, while there is something to put in the list."""
_PIECE = 1 << 16
"""Bytes that are compared at a time."""
_OBEYED = re.compile("[\0-\x08\n-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys, and what turns text around; a tab does neither."""


def read_list(settings: Settings) -> ResourceList:
    """The list, from all of its files.

    Raises:
        ResourcesError: there is no such file, or one has a structural fault.
    """
    return read_files(settings.resources, settings.list)


def read_files(named: Sequence[str], rules: ListSettings) -> ResourceList:
    """The list in the files that these paths and globs name, each read as a stream.

    The sitemaps that an index names are read too, where they are in its folder.

    Raises:
        ResourcesError: there is no such regular file, or one has a structural fault.
    """
    paths = _once(path for pattern in named for path in _paths(pattern))
    listed = _parsed(paths, rules)
    parts = tuple(part for part in listed.parts if part not in paths and Path(part).is_file())
    return _parsed((*paths, *parts), rules) if parts else listed


def read_url_spans(settings: Settings, listed: Iterable[Resource]) -> dict[str, UrlSpan]:
    """Where the URLs of some resources stand in the list, by key.

    Those are left out that are no longer there: the list may have been edited since it was read.
    """
    by_file: dict[str, dict[tuple[int, str], str]] = {}
    for one in listed:
        # Older databases do not know the file.
        wanted = by_file.setdefault(one.file or settings.list_name, {})
        wanted[one.line, urls.target_uri(one.url)] = one.key
    found: dict[str, UrlSpan] = {}
    for file, wanted in by_file.items():
        with contextlib.suppress(ResourcesError, OSError):
            for opened in _opened([file]):
                found |= resources.url_spans(opened, settings.list, wanted)
    return found


def _once(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths without those that lead to a file again, by another spelling or a link."""
    by_place: dict[str, str] = {}
    for path in paths:
        by_place.setdefault(os.path.realpath(path), path)
    return tuple(by_place.values())


def _paths(pattern: str) -> Sequence[str]:
    """The files that a path or a glob names, sorted by name."""
    name = Path(pattern).as_posix()  # one file has one name, also as ./README.md
    if not patterns.is_glob(pattern):
        return (name,)
    found = patterns.files(pattern)
    if Path(pattern).exists():
        # Such a file may come with somebody's change, and would stand for all others.
        if {*found} - {name}:
            raise ResourcesError(f"{name}: a file has the name of this glob; rename that file")
        return (name,)
    if not found:
        raise ResourcesError(f"{pattern}: no file fits; name the list with --resources")
    return found


def _parsed(paths: Sequence[str], rules: ListSettings) -> ResourceList:
    reading = list(paths)
    try:
        return resources.parse_files(_opened(reading), rules)
    except OSError as error:
        raise ResourcesError(
            f"{reading[0]}: cannot be read ({_fault(error)}); name the list with --resources"
        ) from error


def _opened(reading: list[str]) -> Iterator[resources.OneFile]:
    """The files, one after the other; the first of `reading` is the one that is open."""
    while reading:
        _refuse_odd_name(reading[0])
        path = Path(reading[0])
        # Before it is opened: opening a FIFO waits until somebody writes to it.
        if not stat.S_ISREG(path.stat().st_mode):
            what = "not a regular file; name the list, or a glob such as 'docs/**/*.md'"
            raise ResourcesError(f"{reading[0]}: {what}, with --resources")
        with path.open("rb") as file:
            # With a limit, so that a file without line breaks is refused instead of read into memory.
            line = partial(file.readline, resources.MAX_ROW_BYTES + 1)
            yield resources.OneFile(reading[0], iter(line, b""))
        del reading[0]


def _refuse_odd_name(path: str) -> None:
    """Such a name can stand neither in the database nor in a report."""
    shown = os.fsencode(path).decode(errors="backslashreplace")
    if shown != path:
        raise ResourcesError(f"{shown}: the name of this file is not in UTF-8; rename it")
    if _OBEYED.search(path):
        shown = _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), path)
        raise ResourcesError(f"{shown}: the name of this file holds control characters; rename it")


def prepare_folder(folder: Path) -> None:
    """Creates the folder where it is missing, and tries to write to it.

    Raises:
        StoreError: it cannot be created, or nothing can be written there.
    """
    try:
        make_folder(folder)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise StoreError(
            f"{folder}: reports cannot be written there ({_fault(error)}); "
            "choose another folder with --reports"
        ) from error


def prepare_reports(folder: Path) -> None:
    """Prepares the folder of the reports, before a run or a decision that changes them.

    What a killed run left there is removed.

    Raises:
        StoreError: as for `prepare_folder`, or a file that is no report of ours has the name of one.
    """
    prepare_folder(folder)
    for below in (folder / "nights", folder / FINDINGS):
        if below.is_symlink():
            raise StoreError(
                f"{below}: a link, and reports are written to no folder behind one; "
                "remove it, or choose another folder with --reports"
            )
    for path in (*(folder / name for name in (*REPORTS, PATCH)), folder / FINDINGS / "1.html"):
        _refuse_foreign(path)
    for one in (folder, folder / "nights", folder / FINDINGS):
        remove_leftovers(one, _is_report)


def _is_report(name: str) -> bool:
    patterns = ("????-??-??.md", "[1-9]*.html")
    return name in REPORTS or name == PATCH or any(fnmatchcase(name, one) for one in patterns)


def remove_made_up(nights: Path) -> None:
    """Removes the nights that the demo wrote: they are not about the real sites.

    Raises:
        StoreError: one of them cannot be removed.
    """
    for path in filter(Path.is_file, nights.glob("*.md")):
        try:
            with path.open(encoding="utf-8", errors="replace") as file:
                is_made_up = ours.is_made_up(file.readline())
            if is_made_up:
                path.unlink()
        except OSError as error:
            raise StoreError(f"{path}: cannot be removed ({_fault(error)})") from error


def refuse_foreign_night(folder: Path, started_at: datetime) -> None:
    """Makes sure that the file for the events of a run may be written.

    Raises:
        StoreError: a file that is no report of ours stands in its place.
    """
    _refuse_foreign(folder / "nights" / f"{started_at:%Y-%m-%d}.md")


def write(path: Path, pieces: Iterable[str]) -> None:
    """Writes a report, whole or not at all; a file with the same text is not touched.

    Raises:
        StoreError: the file cannot be written, or the old one is no report; it is unchanged.
    """
    _refuse_foreign(path)
    try:
        _replace(path, pieces)
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written ({_fault(error)}); the old file is unchanged"
        ) from error


def remove(path: Path) -> None:
    """Removes a report that says nothing any more.

    Raises:
        StoreError: it cannot be removed, or is no report; it is unchanged.
    """
    _refuse_foreign(path)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: cannot be removed ({_fault(error)})") from error


def is_ours(path: Path) -> bool:
    """Whether a report of ours is there, or nothing at all."""
    with contextlib.suppress(StoreError):
        _refuse_foreign(path)
        return True
    return False


def _refuse_foreign(path: Path) -> None:
    try:
        # Before it is opened: opening a FIFO waits until somebody writes to it.
        if not stat.S_ISREG(path.stat().st_mode):
            raise _foreign(path)
        with path.open("rb") as file:
            beginning = file.read(ours.BEGINNING).decode(errors="replace").removeprefix("\ufeff")
    except OSError:
        return  # There is none, or `_replace` says what is wrong.
    if not ours.is_report(path.name, beginning):
        raise _foreign(path)


def _foreign(path: Path) -> StoreError:
    return StoreError(
        f"{path}: not a report of this crawler, so it is left as it is; choose another folder "
        "with --reports (or `reports` in the settings), or move the file away"
    )


def _replace(path: Path, pieces: Iterable[str]) -> None:
    with writing_in(path.parent):
        _replace_file(path, pieces)


def _replace_file(path: Path, pieces: Iterable[str]) -> None:
    descriptor, temporary = open_temporary(path)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, FILE_MODE)
            # A patch may hold bytes that are no UTF-8.
            file.writelines(piece.encode(errors="surrogateescape") for piece in pieces)
            file.flush()
            is_changed = not _are_equal(temporary, path)
            if is_changed:
                os.fsync(descriptor)
        if is_changed:
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _are_equal(new: Path, old: Path) -> bool:
    if not old.is_file() or new.stat().st_size != old.stat().st_size:
        return False
    with contextlib.suppress(OSError), new.open("rb") as one, old.open("rb") as other:
        read = (partial(file.read, _PIECE) for file in (one, other))
        return all(starmap(operator.eq, zip(*(iter(piece, b"") for piece in read), strict=True)))
    return False


def _fault(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else type(error).__name__
