"""Pure: the scores as tables in Markdown, with what is aimed at beside them, and cases one a line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.real_pages import probes
from benchmarks.real_pages.agreement import agreement_of
from benchmarks.real_pages.anchors import says_something
from benchmarks.real_pages.fates import Hope
from benchmarks.real_pages.nights import Outcome, Played
from benchmarks.real_pages.scores import Scores, Share, hope_of, how, is_wrong, missed_by, scores
from crawler.model import WarningCode

_LISTS = ((True, "with titles"), (False, "without"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the table."""

    name: str
    aim: str
    cells: tuple[str, str]
    is_met: tuple[bool, bool] = (True, True)

    def __str__(self) -> str:
        """In Markdown; what is missed is bold."""
        marked = (
            cell if met else f"**{cell}**"
            for cell, met in zip(self.cells, self.is_met, strict=True)
        )
        return f"| {self.name} | {self.aim} | {' | '.join(marked)} |"


def summary(played: Played, title: str, *, whole: bool) -> str:
    """The table of a half; if `whole`, the ones that say what was missed, too."""
    by_list = {has: [one for one in played.outcomes if one.has_title is has] for has, _ in _LISTS}
    pair = (scores(by_list[True]), scores(by_list[False]))
    hosts = {row.host.name for row in played.rows}
    poor = sum(not says_something(row.link.title) for row in played.rows)
    sites = {row.host.site.name for row in played.rows}
    head = (
        f"## {title}\n\n{len(sites)} sites, {len(hosts)} hosts, {len(played.rows)} rows, "
        f'{poor} of them with a title such as "next"\n\n'
        "| | aim | with titles | without |\n|---|---|---|---|"
    )
    lines = [*_verdict_lines(*pair), *_probe_lines(played)]
    first = [one for one in by_list[True] if one.night == 1]
    told = [head, *map(str, lines), "", *_lychee_lines(played, first)]
    if whole:
        by_generator = _missed_table("generator", by_list, lambda one: one.row.host.site.generator)
        told += [*_missed_table("what is in the place of a page", by_list, how), "", *by_generator]
    return "\n".join(told)


def cases(played: Played) -> Iterator[str]:
    """Everything that is wrong or deserves a look, a case a line."""
    for (night, has), counted in _counted(played).items():
        if counted.most_beside:
            name = "titles" if has else "none"
            yield f"PROBES night={night} list={name} {' '.join(counted.worst)}"
    for one in played.outcomes:
        mismatched = WarningCode.TITLE_MISMATCH in one.warnings
        if is_wrong(one):
            yield _case("WRONG", one)
        elif mismatched and one.night == 1:
            yield _case("mismatch", one)
        elif WarningCode.SLOW in one.warnings:
            yield _case("slow", one)


def _verdict_lines(titled: Scores, plain: Scores) -> Iterator[Line]:
    for name, aim, field, most in _SHARES:
        shares: tuple[Share, Share] = (getattr(titled, field), getattr(plain, field))
        cells = (_cell(shares[0]), _cell(shares[1]))
        met = tuple(
            limit is None
            or not share.whole
            or (share.percent >= -limit if limit < 0 else share.percent <= limit)
            for share, limit in zip(shares, most, strict=True)
        )
        yield Line(name=name, aim=aim, cells=cells, is_met=(met[0], met[1]))


_SHARES: Sequence[tuple[str, str, str, tuple[float | None, float | None]]] = (
    ("living called dead", "0", "living_dead", (0, 0)),
    ("living called suspect", "≤ 0.3 %", "living_suspect", (0.3, 0.3)),
    ("living called failing, blocked or skipped", "0", "living_unanswered", (0, 0)),
    ("rotten missed on the last night", "≤ 4 %, ≤ 15 %", "rotten_missed", (4, 15)),
    ("… on the first night", "", "rotten_missed_first", (None, None)),
    ("rotten only suspected", "", "rotten_suspect", (None, None)),
    ("later hijacks caught", "≥ 95 %", "hijacks_caught", (-95, -95)),
    ("… only suspected", "", "hijacks_suspect", (None, None)),
    ("moves told as moved", "", "moves_told", (None, None)),
    ("outages of one night told as failing", "", "troubles_told", (None, None)),
    ("events on a night with nothing but noise", "0", "events", (0, 0)),
    ("title_mismatch on living pages", "≤ 3 %", "title_mismatch", (3, 3)),
    ("slow on living pages", "0", "slow", (0, 0)),
)
"""Name, aim, field of the scores, and the highest percentage; the lowest, if negative."""


def _counted(played: Played) -> Mapping[tuple[int, bool], probes.ProbeCount]:
    """By night and whether the list has titles."""
    return {
        (night, has): probes.count(
            played.rows,
            [one for one in played.outcomes if (one.night, one.has_title) == (night, has)],
            asked,
        )
        for (night, has), asked in played.requests.items()
    }


def _probe_lines(played: Played) -> Iterator[Line]:
    counted = _counted(played)
    nights = sorted({night for night, _ in counted})
    rows = len(played.rows)
    for night in nights:
        pair = (counted[night, True], counted[night, False])
        yield Line(
            name=f"made-up addresses asked for a row, night {night} (front pages beside)",
            aim="≤ 0.15",
            cells=(
                f"{pair[0].made_up / rows:.3f} ({pair[0].homes})",
                f"{pair[1].made_up / rows:.3f} ({pair[1].homes})",
            ),
            is_met=(pair[0].made_up <= 0.15 * rows, pair[1].made_up <= 0.15 * rows),
        )
    most = [max(counted[night, has].most_beside for night in nights) for has, _ in _LISTS]
    yield Line(
        name="most of them at a host on a night, without those that prove something",
        aim="≤ 5",
        cells=(str(most[0]), str(most[1])),
        is_met=(most[0] <= 5, most[1] <= 5),
    )


def _lychee_lines(played: Played, first: Sequence[Outcome]) -> Iterator[str]:
    """What lychee says on the first night, which it is asked on."""
    if played.lychee is None:
        return
    living = [one.row.number for one in first if hope_of(one) in {Hope.LIVES, Hope.MOVED}]
    gone = [one.row.number for one in first if hope_of(one) is Hope.GONE]
    told = Share(part=sum(one in played.lychee for one in living), whole=len(living))
    missed = Share(part=sum(one not in played.lychee for one in gone), whole=len(gone))
    yield f"lychee, first night: living called broken {_cell(told)}, rotten missed {_cell(missed)}"
    yield ""


def _missed_table(name: str, by_list: Mapping[bool, Sequence[Outcome]], key: object) -> list[str]:
    assert callable(key)
    titled, plain = (missed_by(by_list[has], key) for has, _ in _LISTS)
    return [
        f"| {name} | gone | missed with titles | without |",
        "|---|---|---|---|",
        *(
            f"| {one} | {titled[one].whole} | {titled[one].part} | {plain[one].part} |"
            for one in titled
            if key is how or titled[one].part or plain[one].part
        ),
    ]


def _cell(share: Share) -> str:
    return f"{share.part} of {share.whole} ({share.percent:.1f} %)"


def _case(kind: str, one: Outcome) -> str:
    link, host = one.row.link, one.row.host
    words = {
        "night": one.night,
        "list": "titles" if one.has_title else "none",
        "fate": how(one) if hope_of(one) == "gone" else link.fate.value,
        "way": host.way.value,
        "server": host.server.value,
        "generator": host.site.generator,
        "hoped": hope_of(one).value,
        "got": f"{one.verdict}/{one.reason}",
        "warnings": ",".join(one.warnings),
        "listed": link.title if one.has_title else "",
        "page": one.page_title,
        "real": link.page_title,
        "agreement": agreement_of(one),
        "url": one.row.url,
        "final": one.final_url if one.final_url != one.row.url else "",
        "probing": one.probing,
        "changes": ",".join(one.changes),
    }
    told = " ".join(
        f"{name}={json.dumps(value, ensure_ascii=False)}"
        for name, value in words.items()
        if value != ""
    )
    return f"{kind} {told}"
