"""IO: which requests were for made-up addresses, at which there is no file, and which of those proved something."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.real_pages.nights import Outcome, Row
from benchmarks.real_pages.serving import Asked
from crawler import judge
from crawler.model import Verdict

_FIXED = ("/", "/robots.txt", "/404.html", "/search")
"""Paths that a crawler is led to, or asks for openly."""
_NEW_PLACE = "/moved-here"
_CONVICTED = frozenset({Verdict.DEAD, Verdict.SUSPECT})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeCount:
    """Requests for made-up addresses on one night, of one list."""

    made_up: int
    homes: int
    """Requests for front pages that are not listed and nothing led to."""
    worst: tuple[str, ...]
    """Those at one host that proved nothing, where they are most."""

    @property
    def most_beside(self) -> int:
        """How many proved nothing at one host."""
        return len(self.worst)


def count(rows: Iterable[Row], outcomes: Iterable[Outcome], asked: Iterable[Asked]) -> ProbeCount:
    """What one list cost on one night."""
    paths: dict[str, set[str]] = {}
    roots: dict[str, Path] = {}
    for row in rows:
        paths.setdefault(row.host.name, set()).add(row.link.path)
        roots[row.host.name] = Path(row.host.site.root)
    proven = {
        judge.probe_key(outcome.row.url)
        for outcome in outcomes
        if outcome.probing and outcome.verdict in _CONVICTED
    }
    made_up = homes = 0
    beside: dict[str, list[str]] = {}
    for one in asked:
        path = one.target.partition("?")[0]
        host = _listed_host(one.host, paths)
        listed = paths.get(host, set())
        if path == "/" and "/" not in listed:
            homes += 1
        elif not (_is_known(path, listed) or (roots[host] / path.lstrip("/")).is_file()):
            made_up += 1
            url = f"http://{one.host}{one.target}"
            if judge.probe_key(url) not in proven:
                beside.setdefault(one.host, []).append(url)
    worst = max(beside.values(), key=len, default=[])
    return ProbeCount(made_up=made_up, homes=homes, worst=tuple(worst))


def _listed_host(name: str, known: Mapping[str, object]) -> str:
    """The host that a moved site was listed at."""
    return next((one for one in _earlier(name) if one in known), name)


def _earlier(name: str) -> Iterator[str]:
    yield name
    yield name.removeprefix("docs.")
    yield name.removeprefix("the-")


def _is_known(path: str, listed: Iterable[str]) -> bool:
    plain = path.removeprefix(_NEW_PLACE)
    return path in _FIXED or plain.rstrip("/") in {one.rstrip("/") for one in listed}
