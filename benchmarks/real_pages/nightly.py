"""IO: what each host answers on one night; writes the pages that are in no package."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.real_pages import missing_pages, parked_pages, wording
from benchmarks.real_pages.fates import Fate, Hope, hope
from benchmarks.real_pages.indexing import IndexedSite, decoded
from benchmarks.real_pages.plan import Host, Link, Server, Takeover, Way
from benchmarks.real_pages.served import Answer, Gone, Redirect, ServedHost, Shown, Status

_DEFAULT_PAGES = {
    Server.NGINX: "/usr/share/nginx/html/index.html",
    Server.APACHE: "/usr/share/apache2/default-site/index.html",
    Server.CADDY: "/usr/share/caddy/index.html",
}
_NEW_PLACE = "/moved-here"


@dataclass(frozen=True, slots=True)
class Nightly:
    """The hosts of one night; `folder` gets the pages that are written."""

    folder: Path
    night: int

    def hosts(self, host: Host) -> Iterator[ServedHost]:
        """The host as it is that night, and the one that it has moved to."""
        fate = host.links[0].fate
        if fate is Fate.SITE_MOVED:
            new = f"{'docs.' if host.variant % 2 else 'the-'}{host.name}"
            yield replace(
                self._plain(host),
                everywhere=Redirect(code=301, to=f"http://{new}", keeps_path=True),
            )
            yield replace(self._plain(host), name=new)
        elif host.takeover is not None and hope(fate, self.night) is Hope.GONE:
            yield self._taken(host)
        elif hope(fate, self.night) is Hope.FAILS:
            fails = replace(self._plain(host), everywhere=Status(code=503))
            yield replace(fails, hangs=fate is Fate.HANGING)
        else:
            yield self._usual(host)

    def _plain(self, host: Host) -> ServedHost:
        return ServedHost(
            name=host.name,
            server=host.server,
            root=Path(host.site.root),
            front=host.site.front,
            missing=Status(code=404),
            negotiates=host.links[0].fate is Fate.NEGOTIATED,
        )

    def _usual(self, host: Host) -> ServedHost:
        paths: dict[str, Answer | Gone] = {}
        for link in host.links:
            paths |= self._paths(host, link)
        missing, own = self._missing(host)
        usual = replace(self._plain(host), missing=missing, paths={**paths, **own})
        return replace(usual, root=self._empty()) if host.is_single else usual

    def _paths(self, host: Host, link: Link) -> Mapping[str, Answer | Gone]:
        file = _file(host.site, link)
        if hope(link.fate, self.night) is Hope.GONE:
            return {link.path: Gone()}
        if hope(link.fate, self.night) is Hope.MOVED:
            return _moved(link, file)
        if link.fate is Fate.NOISY:
            page = missing_pages.noisy(file.read_bytes(), self.night)
            return {link.path: self._shown(host, f"noisy{link.path}", page)}
        return {link.path: Shown(file=file)} if host.is_single else {}

    def _missing(self, host: Host) -> tuple[Answer, Mapping[str, Answer]]:
        """The answer for what is missing, and the pages that it leads to."""
        return _MISSING[host.way](self, host)

    def themed(self, host: Host, status: int = 200) -> Shown:
        """A page in the site's template that says that there is none."""
        words = wording.missing(host.site.language, host.half, host.variant)
        name = _site_name(host) if host.variant % 4 else ""
        page = missing_pages.themed(_template(host), words, name)
        return replace(self._shown(host, "themed", page), status=status)

    def search(self, host: Host) -> Shown:
        """A search in the site's template that found nothing."""
        words = wording.nothing_found(host.site.language, host.half, host.variant)
        page = missing_pages.themed(_template(host), words, _site_name(host))
        return self._shown(host, "search", page)

    def plain(self, host: Host) -> Shown:
        """A page that has nothing of its site."""
        words = wording.missing(host.site.language, host.half, host.variant)
        return self._shown(host, "plain", missing_pages.plain(words))

    def bare(self, host: Host) -> Shown:
        """One line."""
        words = wording.missing(host.site.language, host.half, host.variant)
        return self._shown(host, "bare", missing_pages.bare(words))

    def front(self, host: Host) -> Shown:
        """The front page."""
        if host.is_single:
            return Shown(file=_file(host.site, host.links[0]))
        return Shown(file=Path(host.site.root) / host.site.front)

    def _taken(self, host: Host) -> ServedHost:
        plain, other = self._plain(host), host.other
        assert other is not None
        match host.takeover:
            case Takeover.OTHER_SITE:
                front = Shown(file=Path(other.root) / other.front)
                return replace(plain, root=Path(other.root), front=other.front, missing=front)
            case Takeover.ONE_PAGE:
                page = other.pages[host.variant % len(other.pages)]
                shown = Shown(file=Path(other.root) / page.file)
            case Takeover.SPAM:
                shown = self._shown(host, "spam", parked_pages.spam(host.half, host.variant))
            case Takeover.PARKED:
                page_of_parking = parked_pages.parked(host.name, host.half, host.variant)
                shown = self._shown(host, "parked", page_of_parking)
            case _:
                shown = Shown(file=Path(_DEFAULT_PAGES[host.server]))
        return replace(plain, everywhere=shown)

    def _shown(self, host: Host, name: str, content: bytes) -> Shown:
        place = self.folder / f"{host.name}-{name.replace('/', '-')}-{self.night}.html"
        place.write_bytes(content)
        return Shown(file=place)

    def _empty(self) -> Path:
        place = self.folder / "empty"
        place.mkdir(exist_ok=True)
        return place


def _file(site: IndexedSite, link: Link) -> Path:
    return Path(site.root) / (link.page or site.front)


def _template(host: Host) -> str:
    page = host.site.pages[host.variant % len(host.site.pages)]
    return decoded(Path(host.site.root) / page.file)


def _site_name(host: Host) -> str:
    page = host.site.pages[host.variant % len(host.site.pages)]
    return missing_pages.site_name(page.title, host.site.front_title)


def _moved(link: Link, file: Path) -> Mapping[str, Answer]:
    new = _NEW_PLACE + link.path
    return {link.path: Redirect(code=301, to=new), new: Shown(file=file)}


def _at_404_page(nightly: Nightly, host: Host) -> tuple[Answer, Mapping[str, Answer]]:
    return Redirect(code=302, to="/404.html"), {"/404.html": nightly.themed(host)}


def _at_search(nightly: Nightly, host: Host) -> tuple[Answer, Mapping[str, Answer]]:
    return Redirect(code=302, to="/search?q=lost"), {"/search": nightly.search(host)}


_MISSING: Mapping[Way, Callable[[Nightly, Host], tuple[Answer, Mapping[str, Answer]]]] = {
    Way.SERVER_404: lambda _, __: (Status(code=404), {}),
    Way.SITE_404: lambda nightly, host: (nightly.themed(host, 404), {}),
    Way.GONE_410: lambda _, __: (Status(code=410), {}),
    Way.SOFT_PLAIN: lambda nightly, host: (nightly.plain(host), {}),
    Way.SOFT_THEMED: lambda nightly, host: (nightly.themed(host), {}),
    Way.SOFT_BARE: lambda nightly, host: (nightly.bare(host), {}),
    Way.SEARCH_200: lambda nightly, host: (nightly.search(host), {}),
    Way.FRONT_200: lambda nightly, host: (nightly.front(host), {}),
    Way.HOME_302: lambda _, __: (Redirect(code=302, to="/"), {}),
    Way.HOME_301: lambda _, __: (Redirect(code=301, to="/"), {}),
    Way.TO_404_PAGE: _at_404_page,
    Way.TO_SEARCH: _at_search,
}
