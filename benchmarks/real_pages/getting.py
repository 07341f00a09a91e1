"""IO: downloads packages with the clients of their archives, and unpacks the pages in them.

What is unpacked stays in a cache folder outside the tree, so that a second run downloads nothing.
"""

import gzip
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from benchmarks.real_pages.sources import Archive, Source

_PAGE = re.compile(r"\.x?html?(?:\.[a-z]{2}(?:[-_.][A-Za-z]{2,8}(?:-[0-9])?)?)?(\.gz)?$")
"""Apache's documentation has names such as `bind.html.de`."""
_DONE = ".unpacked"


def get(sources: Sequence[Source], cache: Path) -> tuple[Source, ...]:
    """Download and unpack what is not there; the packages that are there now."""
    packages = cache / "packages"
    packages.mkdir(parents=True, exist_ok=True)
    missing = [one for one in sources if not (folder_of(one, cache) / _DONE).exists()]
    _download([one for one in missing if not _package_files(one, packages)], packages)
    for source in missing:
        files = _package_files(source, packages)
        if files:
            _unpack(source, files[-1], folder_of(source, cache))
            print(f"unpacked {source.package}", flush=True)
    return tuple(one for one in sources if (folder_of(one, cache) / _DONE).exists())


def folder_of(source: Source, cache: Path) -> Path:
    """Where the pages of a package are."""
    return cache / "sites" / source.name


def _package_files(source: Source, packages: Path) -> list[Path]:
    if source.archive is Archive.DEBIAN:
        return sorted(packages.glob(f"{source.package}_*.deb"))
    plain = source.name.rpartition("-")[0] if "@" in source.package[1:] else source.name
    return sorted(packages.glob(f"{plain}-[0-9]*.tgz"))


def _download(sources: Sequence[Source], packages: Path) -> None:
    for archive, command in (
        (Archive.DEBIAN, ("apt-get", "download", "-q")),
        (Archive.NPM, ("npm", "pack", "--silent")),
    ):
        names = [one.package for one in sources if one.archive is archive]
        if names and shutil.which(command[0]):
            # One by one: a package that is no longer there is no reason to get none.
            for name in names:
                subprocess.run([*command, name], cwd=packages, check=False)


def _unpack(source: Source, package: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    links: list[tuple[Path, str]] = []
    with _opened(source, package) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            found = _PAGE.search(path.name)
            if not found or ".." in path.parts or not _is_wanted(source, path):
                continue
            place = folder / path.relative_to("/") if path.is_absolute() else folder / path
            if found[1]:
                place = place.with_name(place.name.removesuffix(".gz"))
            place.parent.mkdir(parents=True, exist_ok=True)
            if member.isreg():
                content = tar.extractfile(member)
                assert content is not None
                data = content.read()
                place.write_bytes(gzip.decompress(data) if found[1] else data)
            elif member.issym():
                links.append((place, member.linkname))
    _copy_linked(folder, links)
    (folder / _DONE).touch()


def _is_wanted(source: Source, path: PurePosixPath) -> bool:
    return str(path).removeprefix("./").startswith(source.only)


def _copy_linked(folder: Path, links: Sequence[tuple[Path, str]]) -> None:
    """Puts a copy in the place of each link to a page of the same package."""
    for place, target in links:
        aim = folder / target.lstrip("/") if target.startswith("/") else place.parent / target
        aim = aim.with_name(aim.name.removesuffix(".gz"))
        if aim.is_file() and not place.exists():
            shutil.copyfile(aim, place)


@contextmanager
def _opened(source: Source, package: Path) -> Iterator[tarfile.TarFile]:
    if source.archive is Archive.NPM:
        with tarfile.open(package, "r:gz") as tar:
            yield tar
        return
    command = ["dpkg-deb", "--fsys-tarfile", str(package)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        with tarfile.open(fileobj=process.stdout, mode="r|") as tar:
            yield tar
