"""Pure: which projects there are in two releases, and which of the two halves each belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from benchmarks.real_pages.sources import Half, half_of


class Registry(StrEnum):
    """Where the releases are from."""

    PYPI = "pypi"
    """Source distributions, with documents in reStructuredText or Markdown."""
    NPM = "npm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One release of a project, and where its documents are."""

    registry: Registry
    package: str
    version: str
    folder: str
    """Of the documents, below the top folder of the package."""

    @property
    def name(self) -> str:
        """As the name of a folder."""
        return f"{self.package}-{self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project whose documents moved from one release to the other."""

    name: str
    before: Release
    after: Release

    @property
    def half(self) -> Half:
        """By nothing but the name."""
        return half_of(self.name)


def projects() -> tuple[Project, ...]:
    """All projects."""
    return tuple(map(_project, filter(None, map(str.strip, _TABLE.splitlines()))))


def projects_of(half: Half, among: Iterable[Project]) -> tuple[Project, ...]:
    """The projects of a half."""
    return tuple(one for one in among if one.half is half)


def _project(line: str) -> Project:
    registry, package, before, after, folder, *folders = line.split()
    releases = [
        Release(registry=Registry(registry), package=package, version=version, folder=docs)
        for version, docs in ((before, folder), (after, [folder, *folders][-1]))
    ]
    return Project(name=package, before=releases[0], after=releases[1])


_TABLE = """
npm  npm                    6.4.1  7.24.2   html/doc docs/output
pypi ansible                2.4.6  2.7.18   docs/docsite/rst
pypi black                  20.8b1 22.1.0   docs
pypi cinder                 10.0.8 12.0.10  doc/source
pypi dask                   1.2.2  2022.1.0 docs/source
pypi hatch                  1.0.0  1.9.0    docs
pypi jupyterhub             3.1.1  4.1.6    docs/source
pypi keystone               12.0.3 22.0.2   doc/source
pypi kolla-ansible          4.0.0  7.0.0    doc doc/source
pypi manila                 4.0.2  7.4.1    doc/source
pypi mistral                4.0.0  6.0.0    doc/source
pypi networkx               1.11   2.8      doc/source doc
pypi neutron                10.0.7 12.1.1   doc/source
pypi nova                   15.1.5 25.3.0   doc/source
pypi openstacksdk           0.9.19 0.17.0   doc/source
pypi pytest                 6.2.5  7.0.0    doc/en
pypi python-openstackclient 3.8.2  3.16.3   doc/source
pypi python-watcher         1.0.0  1.8.0    doc/source
pypi senlin                 3.0.0  5.0.0    doc/source
pypi setuptools             50.0.0 60.0.0   docs
pypi sphinx                 1.6.7  2.4.4    doc
pypi sympy                  1.9    1.11     doc/src
pypi vitrage                1.5.0  2.0.0    doc/source
pypi xarray                 0.16.2 2023.1.0 doc
"""
"""Registry, package, both versions, and the folder of the documents; a second one if it is another after."""
