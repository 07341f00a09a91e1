"""Pure: what each host answers on one night, in words that every server can be configured by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.real_pages.plan import Server


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A file, with a status."""

    file: Path
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The server's own page for a status."""

    code: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """To a URL, or to the same path at another origin."""

    code: int
    to: str
    keeps_path: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """As everything that the host does not have."""


Answer = Shown | Status | Redirect
"""A way to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedHost:
    """A host on one night."""

    name: str
    server: Server
    root: Path
    front: str
    """The file that is at the root."""
    missing: Answer
    """For what is not below the root."""
    paths: Mapping[str, Answer | Gone] = field(default_factory=dict)
    """What differs from the files; each path with its slash before it."""
    everywhere: Answer | None = None
    """For every path, whatever else is said."""
    negotiates: bool = False
    hangs: bool = False

    def answer(self, path: str) -> Answer | None:
        """What differs at a path."""
        own = self.paths[path]
        return self.missing if isinstance(own, Gone) else own
