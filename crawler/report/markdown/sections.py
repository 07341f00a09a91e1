"""Pure: how the links of the list stand, as Markdown."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from crawler import urls
from crawler.model import Mute, Notice, Reason, Resource, State, WarningCode
from crawler.report import words
from crawler.report.contents import Report, plural
from crawler.report.findings import Finding, Section, web_address
from crawler.report.markdown.text import (
    bounded,
    code,
    escaped,
    line_of,
    link,
    placed,
    short_list,
    short_table,
    some,
    table,
    target,
)
from crawler.report.words import Part


def section(section: Section) -> Iterator[str]:
    """Heading, introduction and table of one part of the report."""
    yield f"## {section.title}"
    yield section.note
    if section.part is Part.BLOCKED:
        yield _by_host(section.findings)
    else:
        columns = _COLUMNS[section.part]
        headers = [column.header for column in columns]
        yield short_table(
            headers,
            section.findings,
            lambda finding: [column.cell(finding) for column in columns],
            words.MORE,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    header: str
    cell: Callable[[Finding], str]


def _new_address(finding: Finding) -> str:
    return target(finding.new_url) if finding.new_url else "not known"


def _move(finding: Finding) -> str:
    """How far the new address lies from the listed one."""
    told, old = finding.reported, web_address(finding.resource.url)
    reason = told.judgement.reason if told else None
    if reason is Reason.HTTPS_UPGRADE:
        return "https only"
    if reason is Reason.TRIVIAL_REDIRECT:
        return "spelling only"
    if old is None or finding.new_url is None:
        return "not known"
    return "same host" if urls.host(old) == urls.host(finding.new_url) else "other host"


def _title(finding: Finding) -> str:
    return finding.reported.title if finding.reported else ""


def _mute(finding: Finding) -> Mute:
    return finding.mute or Mute(until=date.max)


_LINK = _Column(header="Link", cell=lambda finding: link(finding.resource))
_LINE = _Column(header="Line", cell=lambda finding: line_of(finding.resource))
_WHAT = _Column(header="What happened", cell=lambda finding: finding.what)
_SINCE = _Column(header="Since", cell=lambda finding: finding.since)
_LAST_WORKED = _Column(
    header="Last worked", cell=lambda finding: finding.last_worked or "never seen"
)
_STEP = _Column(header="What to do", cell=lambda finding: finding.step)

_COLUMNS: dict[Part, tuple[_Column, ...]] = {
    Part.BROKEN: (_LINK, _LINE, _WHAT, _SINCE, _LAST_WORKED, _STEP),
    Part.GONE: (_LINK, _LINE, _WHAT, _STEP),
    Part.SUSPECT: (
        _LINK,
        _LINE,
        _WHAT,
        _Column(header="Page's title", cell=lambda finding: code(_title(finding))),
        _SINCE,
        _STEP,
    ),
    Part.MOVED: (
        _LINK,
        _LINE,
        _Column(header="New address", cell=_new_address),
        _Column(header="How far", cell=_move),
    ),
    Part.FAILING: (_LINK, _LINE, _WHAT, _SINCE, _LAST_WORKED),
    Part.FLAPPING: (_LINK, _LINE, _WHAT, _LAST_WORKED),
    Part.MUTED: (
        _LINK,
        _LINE,
        _Column(header="Until", cell=lambda finding: _mute(finding).until.isoformat()),
        _Column(header="Why", cell=lambda finding: escaped(_mute(finding).reason)),
    ),
}


def _by_host(findings: Iterable[Finding]) -> str:
    """A row for each host and reason, in the order of its first finding."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((_host(finding.resource), finding.what), []).append(finding)
    headers = ("Host", "Links", "What happened", "What to do")
    return short_table(headers, [*groups.items()], _host_row, words.MORE)


def _host_row(row: tuple[tuple[str, str], Sequence[Finding]]) -> tuple[str, ...]:
    (host, what), group = row
    return host, some(group, _last_seen), what, group[0].step


def _last_seen(finding: Finding) -> str:
    when = f" (last worked {finding.last_worked})" if finding.last_worked else ""
    return f"{placed(finding.resource)}{when}"


def _host(resource: Resource) -> str:
    address = web_address(resource.url)
    return code(urls.host(address)) if address else "no host"


def warnings(report: Report) -> Iterator[str]:
    """Warnings that are worth a look, for all links that have such."""
    warned = [finding for finding in report.findings if finding.warnings]
    if warned:
        yield "## Worth a look"
        yield "Warnings. None of them changes what is said of a link above."
        headers = ("Link", "Line", "What was noticed")
        yield short_table(headers, warned, _warning_row, words.MORE)


def _warning_row(finding: Finding) -> tuple[str, ...]:
    noticed = "; ".join(finding.warnings)
    title = _misfit(finding)
    if title:
        noticed += f"; the page calls itself {code(title)}"
    return link(finding.resource), line_of(finding.resource), noticed


def _misfit(finding: Finding) -> str:
    """The page's own title, when it does not fit the list's."""
    told = finding.reported
    mismatched = told is not None and WarningCode.TITLE_MISMATCH in told.judgement.warnings
    return told.title if told and mismatched else ""


def notices(notices: Iterable[Notice]) -> Iterator[str]:
    """What is odd about the list itself."""
    told = sorted(notices, key=lambda notice: (notice.line, notice.text))
    if told:
        yield "## About the list itself"
        yield short_list(told, _notice, words.MORE_NOTICES)


def _notice(notice: Notice) -> str:
    return f"Line {notice.line}: {escaped(notice.text)}"


def all_links(findings: Sequence[Finding], size: int) -> Iterator[str]:
    """Every link, folded away; as many as fit into so many bytes."""
    yield "## All links"
    yield f"<details>\n<summary>{plural(len(findings), 'link', 'links')}</summary>"
    rows, left_out = bounded(findings, _listed, most=None, size=size)
    yield table(("Category", "Link", "Line", "Last answer", "State", "Since"), rows)
    if left_out:
        yield words.MORE.format(more=left_out)
    yield "</details>"


def _listed(finding: Finding) -> tuple[str, ...]:
    resource, told = finding.resource, finding.reported
    state = words.STATES[told.state if told else State.NEW]
    return (
        escaped(resource.category),
        link(resource),
        line_of(resource),
        words.VERDICTS[told.judgement.verdict] if told else "not asked yet",
        f"{state}, flapping" if told and told.outages else state,
        finding.since,
    )


def footer(report: Report) -> Iterator[str]:
    """How to read the report."""
    yield "## How to read this"
    yield "\n".join(f"- **{term}**: {meaning}" for term, meaning in words.GLOSSARY)
    yield words.ABOUT_PAGE
    yield words.ABOUT.format(zone=report.snapshot.zone)
