"""Pure: which hosts there are, what each lists, and how it changes; nothing here is left to chance.

The same projects give the same plan, with another seed another one.
"""

import posixpath
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from benchmarks.real_pages.anchors import listed_text
from benchmarks.real_pages.sources import Half
from tests.moved.documents import Document
from tests.moved.recipes import slugs_of, texts_of, with_merged
from tests.moved.sources import Project
from tests.moved.templates import Ending, Layout, Tree, sections_of
from tests.moved.truth import Kind, Move, Releases

_T = TypeVar("_T")


class Sitemaps(StrEnum):
    """Whether a site has a sitemap, and how it is found."""

    NAMED = "named"
    """In robots.txt."""
    UNNAMED = "unnamed"
    """At `/sitemap.xml`, and robots.txt says nothing."""
    GZIPPED = "gzipped"
    INDEX = "index"
    """It names two others."""
    NONE = "none"


class Missing(StrEnum):
    """How a host answers for what it does not have."""

    STATUS = "status"
    SOFT = "soft"
    """Status 200 in the site's own template."""
    TO_FRONT = "to_front"


class Old(StrEnum):
    """What is at the old host of a site that moved to another one."""

    FRONT_REDIRECTS = "front_redirects"
    """Its front page leads to the new host; every other path is a 404."""
    IS_GONE = "is_gone"
    """The name does not resolve any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A row of the list."""

    path: str
    """Before the move."""
    title: str
    kind: Kind | None
    """None for a page that lives on or a neighbour whose redirect is served."""
    right: frozenset[str] = frozenset()
    """URLs that are the page after; every one of them is right."""
    is_made: bool = False
    """Whether the bench made the move, by a recipe, from pages of two releases."""
    is_mapped: bool = False
    """Whether the project's own redirect map says so."""
    redirect: str = ""
    """The URL that it redirects to after the move: a neighbour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A host and the rows that list it."""

    name: str
    project: Project
    before: Tree
    after: tuple[Tree, ...]
    """The same site may be at several places of its host; the first is the one that is linked."""
    new_name: str
    """Of the host after; the same as before unless the site moved to another one."""
    old: Old | None
    sitemaps: Sitemaps
    missing: Missing
    variant: int
    links: tuple[Listed, ...]

    @property
    def half(self) -> Half:
        """That of its project."""
        return self.project.half

    def url(self, link: Listed) -> str:
        """As listed."""
        return f"http://{self.name}{link.path}"


_SITEMAPS = {
    Sitemaps.NAMED: 30,
    Sitemaps.UNNAMED: 15,
    Sitemaps.GZIPPED: 10,
    Sitemaps.INDEX: 10,
    Sitemaps.NONE: 35,
}
_MISSING = {Missing.STATUS: 65, Missing.SOFT: 20, Missing.TO_FRONT: 15}
_ROWS = (2, 3, 4, 6, 8, 12)
"""How many lost pages of a host a list has."""
_MOST_MOVED, _MOST_GONE, _MADE, _MADE_GONE = 48, 24, 8, 16
"""Of one project: pages that moved, that are gone, for each recipe, and that were taken away."""
_NEIGHBOURS = 0.3
"""The share of hosts that redirect some of their pages."""
_DOMAINS = ("org", "net", "io", "dev", "com")
_OLD_PREFIXES = ("/en/{}/", "/docs/{}/", "/{}/", "/docs/v{}/")


def plan(project: Project, releases: Releases, moves: Sequence[Move], seed: str) -> list[Host]:
    """The hosts of a project: some with what really moved, and some for each recipe."""
    planner = _Planner(project, releases, moves, random.Random(f"{seed} {project.name}"))
    return [
        *planner.real(),
        *planner.slugs(),
        *planner.merged(),
        *planner.hosts_moved(),
        *planner.versions(),
        *planner.endings(),
    ]


class _Planner:
    def __init__(
        self, project: Project, releases: Releases, moves: Sequence[Move], draw: random.Random
    ) -> None:
        self._project, self._draw = project, draw
        self._before, self._after = dict(releases.before), dict(releases.after)
        self._texts = texts_of(releases.before)
        self._count = 0
        kept = [Move(old=name, kind=Kind.NONE, new=name) for name in releases.kept()]
        went = [one for one in moves if one.kind in {Kind.FOLDER, Kind.RENAMED}]
        taken = [*self._some_alone(kept, releases), *self._some_alone(went, releases)]
        self._taken_away = {one.old: one.new for one in taken}
        for name in self._taken_away.values():
            self._after.pop(name, None)
        self._kept = [one.old for one in kept if one.old not in self._taken_away]
        self._alone = [name for name in self._kept if releases.is_alone(name)]
        draw.shuffle(self._kept)
        self._moves = [one for one in moves if not one.new or one.new in self._after]

    def _some_alone(self, moves: Sequence[Move], releases: Releases) -> list[Move]:
        """At most a quarter, of pages that nothing else could be taken for."""
        alone = [one for one in moves if releases.is_alone(one.new)]
        return self._some(alone, min(_MADE_GONE, len(moves) // 4))

    def real(self) -> Iterator[Host]:
        """Hosts whose pages moved as they really did."""
        layout = Layout(prefix=self._draw.choice(("/", "/", "/docs/", "/en/latest/")))
        rows = list(self._chosen())
        self._draw.shuffle(rows)
        while rows:
            number = self._draw.choice(_ROWS)
            part, rows = rows[:number], rows[number:]
            neighbours = self._neighbours(part)
            host = self._name()
            links = [self._real_link(host, layout, move) for move in part]
            links += [self._neighbour(host, layout, move) for move in neighbours]
            if self._kept and self._draw.random() < 0.3:
                links.append(self._living(layout))
            yield self._host(host, host, layout, (layout,), links)

    def slugs(self) -> Iterator[Host]:
        """Sites whose paths are made of the titles of pages now."""
        before = Layout(prefix=self._draw.choice(("/", "/docs/")))
        names = slugs_of(self._after)
        after = replace(before, names=names)
        host = self._name()
        renamed = [name for name in self._kept if name in names]
        links = [
            self._made(Kind.RENAMED, before, one, [f"http://{host}{after.path(one)}"])
            for one in self._some(renamed, _MADE)
        ]
        if links:
            yield self._host(host, host, before, (after,), links)

    def merged(self) -> Iterator[Host]:
        """Sites where some pages of a folder are parts of its first page now."""
        layout = Layout(prefix=self._draw.choice(("/", "/docs/")))
        for into, parts in self._some(sorted(self._mergeable()), 3):
            host = self._name()
            links = [
                self._made(Kind.MERGED, layout, one, [f"http://{host}{layout.path(into)}"])
                for one in parts
            ]
            after = with_merged(self._after, into, parts)
            yield self._host(host, host, layout, (layout,), links, documents=after)

    def _mergeable(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Indexes of folders, and two to five pages beside each."""
        by_folder = defaultdict[str, list[str]](list)
        for name in self._alone:
            by_folder[posixpath.dirname(name)].append(name)
        for folder, names in by_folder.items():
            index = f"{folder}/index" if folder else "index"
            parts = tuple(one for one in names if one != index)[:5]
            if folder and index in self._after and len(parts) > 1:
                yield index, parts

    def hosts_moved(self) -> Iterator[Host]:
        """Sites that are at another host, with the pages of the next release."""
        for old in (Old.FRONT_REDIRECTS, Old.FRONT_REDIRECTS, Old.FRONT_REDIRECTS, Old.IS_GONE):
            number = _MADE // 4 * (1 if old is Old.IS_GONE else 2)
            layout = Layout(prefix=self._draw.choice(("/", "/docs/")))
            name = self._name()
            new = f"{self._draw.choice(('docs', 'the', 'new'))}.{self._name()}"
            links = [
                self._made(Kind.HOST, layout, one, [f"http://{new}{layout.path(one)}"])
                for one in self._some_kept(number)
            ]
            if links:
                yield self._host(name, new, layout, (layout,), links, old)

    def versions(self) -> Iterator[Host]:
        """Sites whose paths have a version, which is another one now."""
        for is_shared in (False, True):
            prefix = self._draw.choice(_OLD_PREFIXES)
            before, after, latest = (
                Layout(prefix=prefix.format(one))
                for one in (*self._numbers(), self._draw.choice(("latest", "stable")))
            )
            trees = (after, latest) if is_shared else (after,)
            name = self._name()
            links = [
                self._made(
                    Kind.VERSION, before, one, [f"http://{name}{tree.path(one)}" for tree in trees]
                )
                for one in self._some_kept(_MADE)
            ]
            if links:
                yield self._host(name, name, before, trees, links)

    def endings(self) -> Iterator[Host]:
        """Sites whose paths end in another way."""
        for ending in (Ending.SLASH, Ending.BARE):
            one = Layout(prefix=self._draw.choice(("/", "/docs/")))
            other = Layout(prefix=one.prefix, ending=ending)
            before, after = self._draw.choice(((one, other), (one, other), (other, one)))
            host = self._name()
            links = [
                self._made(Kind.EXTENSION, before, name, [f"http://{host}{after.path(name)}"])
                for name in self._some_kept(_MADE)
                if before.path(name) != after.path(name) and name != "index"
            ]
            if links:
                yield self._host(host, host, before, (after,), links)

    def _chosen(self) -> Iterator[Move]:
        """A limited number of each project's moves, and the pages that were taken away."""
        by_kind = defaultdict[bool, list[Move]](list)
        for move in self._moves:
            by_kind[move.kind is Kind.NONE].append(move)
        for is_none, most in ((False, _MOST_MOVED), (True, _MOST_GONE)):
            yield from self._some(by_kind[is_none], most)
        yield from (Move(old=name, kind=Kind.NONE) for name in self._taken_away)

    def _neighbours(self, part: Sequence[Move]) -> Sequence[Move]:
        if self._draw.random() >= _NEIGHBOURS:
            return ()
        others = [one for one in self._moves if one.kind is Kind.FOLDER and one not in part]
        return self._some(others, 3)

    def _real_link(self, host: str, layout: Layout, move: Move) -> Listed:
        right = {f"http://{host}{layout.path(move.new)}"} if move.new else ()
        return Listed(
            path=layout.path(move.old),
            title=self._title(move.old),
            kind=move.kind,
            right=frozenset(right),
            is_made=move.old in self._taken_away,
            is_mapped=move.is_mapped,
        )

    def _neighbour(self, host: str, layout: Layout, move: Move) -> Listed:
        return Listed(
            path=layout.path(move.old),
            title=self._title(move.old),
            kind=None,
            redirect=f"http://{host}{layout.path(move.new)}",
        )

    def _living(self, layout: Layout) -> Listed:
        name = self._draw.choice(self._kept)
        return Listed(path=layout.path(name), title=self._title(name), kind=None)

    def _made(self, kind: Kind, layout: Layout, name: str, right: Sequence[str]) -> Listed:
        return Listed(
            path=layout.path(name),
            title=self._title(name),
            kind=kind,
            right=frozenset(right),
            is_made=True,
        )

    def _some_kept(self, number: int) -> list[str]:
        deep = [name for name in self._kept if name != "index"]
        return self._some(deep, number)

    def _some(self, among: Sequence[_T], most: int) -> list[_T]:
        return self._draw.sample(among, min(most, len(among)))

    def _title(self, name: str) -> str:
        return listed_text(self._texts[name], self._draw)

    def _numbers(self) -> tuple[str, str]:
        """Both versions as paths have them."""
        before, after = self._project.before.version, self._project.after.version
        short = (".".join(one.split(".")[:2]) for one in (before, after))
        pair = tuple(short)
        return (pair[0], pair[1]) if pair[0] != pair[1] else (before, after)

    def _name(self) -> str:
        self._count += 1
        stem = self._project.name.replace("_", "-").lower()
        return f"{stem}-{self._count}.{self._draw.choice(_DOMAINS)}"

    def _host(
        self,
        name: str,
        new_name: str,
        before: Layout,
        after: Sequence[Layout],
        links: Sequence[Listed],
        old: Old | None = None,
        documents: Mapping[str, Document] | None = None,
    ) -> Host:
        draw = self._draw
        theme, brand = draw.randrange(4), self._project.name.title()
        has_numbers = draw.random() < 0.5
        canonical = f"http://{new_name}{after[-1].prefix}" if len(after) > 1 else ""
        versions = self._numbers()
        unique = {link.path: link for link in links}
        return Host(
            name=name,
            project=self._project,
            before=_tree(self._before, before, _brand(brand, versions[0], has_numbers), theme),
            after=tuple(
                _tree(
                    documents or self._after,
                    one,
                    _brand(brand, versions[1], has_numbers),
                    theme,
                    canonical,
                )
                for one in after
            ),
            new_name=new_name,
            old=old,
            sitemaps=_drawn(_SITEMAPS, draw),
            missing=_drawn(_MISSING, draw),
            variant=draw.randrange(1000),
            links=tuple(unique.values()),
        )


def _tree(
    documents: Mapping[str, Document], layout: Layout, brand: str, theme: int, canonical: str = ""
) -> Tree:
    return Tree(
        documents=documents,
        layout=layout,
        brand=brand,
        theme=theme,
        canonical=canonical,
        sections=sections_of(documents),
    )


def _brand(name: str, version: str, has_number: bool) -> str:
    return f"{name} {version}" if has_number else name


def _drawn(weights: Mapping[_T, int], draw: random.Random) -> _T:
    return draw.choices(tuple(weights), tuple(weights.values()))[0]
