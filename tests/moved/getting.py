"""IO: downloads releases with the clients of their registries, and unpacks the documents in them.

What is unpacked stays in a cache folder outside the tree, so that a second run downloads nothing.
"""

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from tests.moved.sources import Project, Registry, Release

_KEPT = re.compile(r"\.(?:rst|txt|md|html?)$|^(?:conf\.py|\.htaccess|mkdocs\.yml)$")
_DONE = ".unpacked"
_MOST_BYTES = 1 << 20
"""Of one document."""
_COMMANDS: Mapping[Registry, tuple[str, ...]] = {
    Registry.PYPI: (
        *(sys.executable, "-m", "pip", "download", "-q"),
        *("--no-deps", "--no-binary", ":all:"),
    ),
    Registry.NPM: ("npm", "pack", "--silent"),
}
_JOINS = {Registry.PYPI: "==", Registry.NPM: "@"}
"""What stands between a package and its version."""


def get(projects: Sequence[Project], cache: Path) -> tuple[Project, ...]:
    """Download and unpack what is not there; the projects of which both releases are there now."""
    return tuple(
        project
        for project in projects
        if all(_is_there(one, cache) for one in (project.before, project.after))
    )


def folder_of(release: Release, cache: Path) -> Path:
    """Where the documents of a release are."""
    return cache / "releases" / release.name


def _is_there(release: Release, cache: Path) -> bool:
    folder = folder_of(release, cache)
    if not (folder / _DONE).exists():
        packages = cache / "packages" / release.name
        packages.mkdir(parents=True, exist_ok=True)
        if not any(packages.iterdir()):
            _download(release, packages)
        for package in packages.iterdir():
            _unpack(package, folder, release.folder)
            print(f"unpacked {release.name}", file=sys.stderr, flush=True)
    return (folder / _DONE).exists()


def _download(release: Release, packages: Path) -> None:
    command = _COMMANDS[release.registry]
    named = f"{release.package}{_JOINS[release.registry]}{release.version}"
    if shutil.which(command[0]):
        ended = subprocess.run([*command, named], cwd=packages, check=False, capture_output=True)
        if ended.returncode:
            print(ended.stderr.decode(errors="replace"), file=sys.stderr)


def _unpack(package: Path, folder: Path, below: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in _zipped(package) if package.suffix == ".zip" else _tarred(package):
        path = PurePosixPath(*PurePosixPath(name).parts[1:])
        if ".." not in path.parts and _is_below(path, below):
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
    (folder / _DONE).touch()


def _tarred(package: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(package) as tar:
        for member in tar:
            if member.isreg() and _is_kept(member.name, member.size):
                content = tar.extractfile(member)
                assert content is not None
                yield member.name, content.read()


def _zipped(package: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(package) as opened:
        for member in opened.infolist():
            if _is_kept(member.filename, member.file_size):
                yield member.filename, opened.read(member)


def _is_kept(name: str, size: int) -> bool:
    return size < _MOST_BYTES and bool(_KEPT.search(PurePosixPath(name).name))


def _is_below(path: PurePosixPath, below: str) -> bool:
    """Documents, and `mkdocs.yml`, which stands beside their folder."""
    return str(path).startswith(f"{below}/") or path.name == "mkdocs.yml"
