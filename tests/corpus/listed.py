"""Pure: a resource of the list, and how its site answers, as a case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crawler.demo.replies import Behaviour, Reply
from crawler.model import WarningCode
from tests.corpus.case import Case, Host
from tests.corpus.listed_pages import SitePage
from tests.corpus.replies import Respond, always, answer, ok
from tests.corpus.sites import host_and_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One resource, as its site answers today as far as that is known."""

    number: int
    """Its place in the list, or one beyond; its case is named after it."""
    group: str = "listed"
    title: str
    url: str
    replies: Mapping[str, Behaviour | SitePage | None]
    """By URL: the listed one, and those that it leads to; None for a page of another row."""
    expected: str = "ok/ok"
    suggested_url: str | None = None
    warnings: frozenset[WarningCode] = field(default_factory=frozenset)
    unknown: Respond | None = None
    """None: an honest 404."""
    robots: str = ""
    """The site's robots.txt."""
    forbidden: tuple[str, ...] = ()
    """What that forbids us, by hand."""


def listed(
    number: int, title: str, url: str, reply: Behaviour | SitePage | None = None, **more: object
) -> Listed:
    """A resource that answers at its URL, unless `replies` has more."""
    given = {url: reply} if reply is not None else {}
    extra = more.pop("replies", {})
    assert isinstance(extra, dict)
    return Listed(number=number, title=title, url=url, replies={**given, **extra}, **more)  # type: ignore[arg-type]  # fields by name


def cases_of(rows: Iterable[Listed]) -> tuple[Case, ...]:
    """Their cases. Resources of one site share its host, so that each can be played alone."""
    rows = tuple(rows)
    hosts = _hosts(rows)
    return tuple(_case(row, hosts) for row in rows)


def _case(row: Listed, hosts: Mapping[str, Host]) -> Case:
    urls = (row.url, *row.replies, *filter(None, map(_location, row.replies.values())))
    names = dict.fromkeys(map(_host_name, urls))
    return Case(
        name=f"{row.group}-{row.number:03}-{_host_name(row.url)}",
        group=row.group,
        title=row.title,
        url=row.url,
        expected=row.expected,
        sites=tuple(hosts[name] for name in names if name in hosts),
        suggested_url=row.suggested_url,
        warnings=row.warnings,
        living=row.expected.startswith(("ok/", "moved/")),
        substitute=row.expected.startswith(("suspect/", "dead/soft_404")),
    )


def _location(reply: object) -> str:
    fields = dict(reply.fields) if isinstance(reply, Reply) else {}
    location = fields.get("Location", "")
    return location if "://" in location else ""


def _host_name(url: str) -> str:
    return host_and_path(url)[0].lower()


def _hosts(rows: tuple[Listed, ...]) -> dict[str, Host]:
    pages: dict[str, dict[str, Behaviour]] = {}
    traits: dict[str, Listed] = {}
    for row in rows:
        for url, reply in row.replies.items():
            if reply is None:
                continue
            name, path = _host_name(url), host_and_path(url)[1]
            scheme = "http:" if url.startswith("http:") else ""
            shown = ok(reply.at(url)) if isinstance(reply, SitePage) else reply
            pages.setdefault(name, {})[scheme + path] = shown
            if name not in traits or row.unknown or row.robots:
                traits[name] = row
    return {name: _host(name, pages[name], traits[name]) for name in pages}


def _host(name: str, pages: Mapping[str, Behaviour], row: Listed) -> Host:
    robots = {"/robots.txt": ok(row.robots, kind="text/plain")} if row.robots else {}
    return Host(
        name=name,
        pages={**pages, **robots},
        unknown=row.unknown or always(answer(404, _missing(name))),
        forbidden=row.forbidden,
    )


def _missing(name: str) -> str:
    return f"<!DOCTYPE html><html><head><title>Page not found | {name}</title></head><body><h1>Page not found</h1><p>We could not find what you were looking for.</p></body></html>"
