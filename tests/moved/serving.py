"""Pure: what the hosts answer, before the move and after."""

import gzip
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from benchmarks.real_pages import missing_pages, wording
from crawler.demo.replies import NOT_FOUND, Reply, Request, document, redirect
from crawler.demo.web import Site
from tests.moved.plan import Host, Missing, Old, Sitemaps
from tests.moved.templates import Tree

_XML = "application/xml"


def sites(hosts: Iterable[Host], *, is_after: bool) -> Mapping[str, Site]:
    """All hosts as they are before, or after."""
    served: dict[str, Site] = {}
    for host in hosts:
        served |= dict(_after(host) if is_after else _before(host))
    return served


def _before(host: Host) -> Iterator[tuple[str, Site]]:
    yield host.name, _Shown(host, host.name, (host.before,)).site()


def _after(host: Host) -> Iterator[tuple[str, Site]]:
    yield host.new_name, _Shown(host, host.new_name, host.after).site()
    if host.old is Old.FRONT_REDIRECTS:
        front = redirect(f"http://{host.new_name}/")
        yield host.name, Site(pages={"/": front}, unknown=NOT_FOUND, http=True)


class _Shown:
    """A host that shows some trees, from now on."""

    def __init__(self, host: Host, name: str, trees: tuple[Tree, ...]) -> None:
        self._host, self._name, self._trees = host, name, trees
        self._names = {
            path: (tree, name) for tree in reversed(trees) for path, name in tree.pages()
        }
        first = trees[0]
        for front in {"/", first.layout.prefix}:
            self._names.setdefault(front, (first, first.front()))
        self._redirects = {link.path: link.redirect for link in host.links if link.redirect}
        self._is_after = trees is host.after
        self._page = lru_cache(maxsize=64)(self._drawn)

    def site(self) -> Site:
        """As the server takes it."""
        return Site(pages=dict(self._files()), unknown=self._answer, http=True)

    def _answer(self, request: Request) -> Reply:
        path = request.path.partition("?")[0]
        if self._is_after and path in self._redirects:
            return redirect(self._redirects[path])
        return self._page(path) if path in self._names else self._missing()

    def _drawn(self, path: str) -> Reply:
        tree, name = self._names[path]
        return document(tree.page(name))

    def _missing(self) -> Reply:
        host = self._host
        words = wording.missing("en", host.half, host.variant)
        match host.missing:
            case Missing.TO_FRONT:
                return redirect("/", 302)
            case Missing.SOFT:
                tree = self._trees[0]
                page = missing_pages.themed(tree.page(tree.front()), words, tree.brand)
                return document(page)
            case Missing.STATUS:
                return replace(document(missing_pages.plain(words)), status_code=404)

    def _files(self) -> Iterator[tuple[str, Reply]]:
        urls = [f"http://{self._name}{path}" for path in sorted(self._names)]
        named, files = _SITEMAPS[self._host.sitemaps](f"http://{self._name}", urls)
        yield from files.items()
        lines = ("User-agent: *", "Disallow: /search.html", *named)
        yield "/robots.txt", document("\n".join(lines) + "\n", content_type="text/plain")


def _map(urls: Iterable[str]) -> str:
    rows = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>\n'
    )


_Files = tuple[tuple[str, ...], Mapping[str, Reply]]


def _named(root: str, urls: list[str]) -> _Files:
    return (f"Sitemap: {root}/sitemap.xml",), {
        "/sitemap.xml": document(_map(urls), content_type=_XML)
    }


def _unnamed(root: str, urls: list[str]) -> _Files:
    return (), _named(root, urls)[1]


def _gzipped(root: str, urls: list[str]) -> _Files:
    packed = gzip.compress(_map(urls).encode(), mtime=0)
    return (f"Sitemap: {root}/sitemap.xml.gz",), {
        "/sitemap.xml.gz": document(packed, content_type="application/gzip")
    }


def _index(root: str, urls: list[str]) -> _Files:
    half = len(urls) // 2
    parts = {"/sitemap-0.xml": urls[:half], "/sitemap-1.xml": urls[half:]}
    rows = "".join(f"<sitemap><loc>{root}{path}</loc></sitemap>" for path in parts)
    index = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>\n'
    )
    files = {path: document(_map(part), content_type=_XML) for path, part in parts.items()}
    return (f"Sitemap: {root}/sitemap.xml",), {
        "/sitemap.xml": document(index, content_type=_XML),
        **files,
    }


_SITEMAPS: Mapping[Sitemaps, Callable[[str, list[str]], _Files]] = {
    Sitemaps.NAMED: _named,
    Sitemaps.UNNAMED: _unnamed,
    Sitemaps.GZIPPED: _gzipped,
    Sitemaps.INDEX: _index,
    Sitemaps.NONE: lambda _root, _urls: ((), {}),
}
