"""Pure: the scores as a table in Markdown, with what is aimed at, and cases one a line."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from crawler.model import Band
from tests.moved.nights import Outcome, Played
from tests.moved.plan import Sitemaps
from tests.moved.scores import Score, cost, is_right, is_shown, score
from tests.moved.truth import MOVED, Kind

_HEAD = """
| | pages | searched | proposed | safe | right among safe | right among likely | right shown |
|---|---|---|---|---|---|---|---|"""


def summary(played: Played, title: str) -> str:
    """The tables of a half."""
    outcomes = played.outcomes
    hosts = {one.row.host.name for one in outcomes}
    projects = {one.row.host.project.name for one in outcomes}
    lines = [
        f"## {title}\n\n{len(projects)} projects, {len(hosts)} hosts, {len(outcomes)} rows",
        _HEAD,
        *(_line(str(kind), outcomes, (kind,)) for kind in (*MOVED, Kind.MERGED)),
        _line("**all moved, merged apart**", outcomes, MOVED),
        *(_line(name, list(filter(only, outcomes)), MOVED) for name, only in _PARTS.items()),
        "| aim | | | ≥ 70 % | ≥ 60 % | ≥ 99 % | ≥ 90 % | merged ≥ 25 % |",
        "",
        *_without_successor(outcomes),
        "",
        _cost_line(played),
    ]
    return "\n".join(lines)


def cases(played: Played) -> Iterator[str]:
    """Everything that is wrong or missed, a case a line."""
    for one in played.outcomes:
        kind, found = _fault(one), one.proposals[:3]
        if not kind:
            continue
        words = {
            "kind": str(one.row.link.kind),
            "project": one.row.host.project.name,
            "sitemap": one.row.host.sitemaps.value,
            "missing": one.row.host.missing.value,
            "state": one.state.value,
            "listed": one.row.link.title,
            "url": one.row.url,
            "right": sorted(one.row.link.right),
            "found": [
                [p.band.value, round(p.score, 2), p.url, p.title, _grounds(p.grounds)]
                for p in found
            ],
        }
        told = " ".join(
            f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in words.items()
        )
        yield f"{kind} {told}"


def _grounds(grounds: object) -> str:
    return repr(grounds).partition("(")[2].removesuffix(")")


def _fault(one: Outcome) -> str:
    """What is wrong with an outcome; empty when nothing is."""
    kind, proposals = one.row.link.kind, one.proposals
    if kind is None:
        return "PROPOSED-FOR-LIVING" if proposals else ""
    if not one.is_searched:
        return "not-searched"
    if kind is Kind.NONE:
        return f"NO-SUCCESSOR-{proposals[0].band.value}" if proposals else ""
    if not proposals:
        return "missed"
    if is_right(one, proposals[0]):
        return "" if proposals[0].band is Band.SAFE else f"only-{proposals[0].band.value}"
    return f"WRONG-{proposals[0].band.value}"


def _made(one: Outcome) -> bool:
    return one.row.link.is_made


def _has_sitemap(one: Outcome) -> bool:
    return one.row.host.sitemaps is not Sitemaps.NONE


_PARTS: Mapping[str, Callable[[Outcome], bool]] = {
    "… that projects really moved": lambda one: not _made(one),
    "… that their redirect maps name": lambda one: one.row.link.is_mapped,
    "… on hosts with a sitemap": _has_sitemap,
    "… on hosts without": lambda one: not _has_sitemap(one),
}


def _line(name: str, outcomes: Sequence[Outcome], kinds: Sequence[Kind]) -> str:
    found = score(outcomes, kinds)
    chosen = [one for one in outcomes if one.row.link.kind in kinds]
    cells = (
        str(found.pages),
        str(found.searched),
        _percent(found.proposed(*Band), found.pages),
        _percent(found.proposed(Band.SAFE), found.pages),
        _right(found, Band.SAFE),
        _right(found, Band.LIKELY),
        _percent(sum(map(is_shown, chosen)), found.pages),
    )
    return f"| {name} | {' | '.join(cells)} |"


def _right(found: Score, band: Band) -> str:
    part, whole = found.right(band), found.proposed(band)
    return f"{part} of {whole} ({_percent(part, whole)})" if whole else "none"


def _without_successor(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "| no successor | pages | searched | safe (aim: 0) | likely | shown |"
    yield "|---|---|---|---|---|---|"
    for name, chosen in (
        ("pages that are really gone", [one for one in outcomes if not _made(one)]),
        ("pages that were taken away", [one for one in outcomes if _made(one)]),
    ):
        found = score(chosen, (Kind.NONE,))
        bands = " | ".join(str(found.proposed(band)) for band in Band)
        yield f"| {name} | {found.pages} | {found.searched} | {bands} |"


def _cost_line(played: Played) -> str:
    spent = cost(played)
    return (
        f"requests a link: {spent.requests:.1f} (aim: ≤ 10), 95 % of them at most {spent.p95:.1f}; "
        f"{spent.seconds:.2f} s a link"
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"
