"""Pure: the state report as Markdown for GitHub, the same bytes until something changes.

Foreign text cannot leave its place: titles of the list stand escaped as link text, everything from
pages and servers in code spans, and links lead only to listed URLs and their successors.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler import urls
from crawler.model import Caution, ChangeKind, FindingClass, Notice, Reason, Resource
from crawler.report import words
from crawler.report.contents import Report, plural
from crawler.report.events import Event
from crawler.report.findings import Finding, Section, web_address
from crawler.report.words import Group, Part
from crawler.text import clean

_TROUBLED = frozenset({FindingClass.BROKEN, FindingClass.SUSPECT, FindingClass.FAILING})
_SHOWN_EDITS = 10
"""Rows of one kind of edit that are named; of more, the number is enough."""

# Every character that means something inside a line of GitHub's Markdown; `.` and `:` only where
# they would make a bare web address a link. Block marks (`-`, `+`, `1.`) need the start of a line,
# where foreign text never stands.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&#@!$]|(?<=www)\.|:(?=//)", re.IGNORECASE)
_REFERENCE = re.compile(r"&(#?\w+);")
# What a normal form may hold although a table or a code span would take it for its own.
_ENCODED = {ord(character): f"%{ord(character):02X}" for character in "|\\`"}


def render(report: Report) -> str:
    """The state report, `reports/README.md`."""
    blocks = [
        f"# Link report: {_escaped(report.snapshot.resources_name)}",
        f"**{report.headline}** {report.tally}.",
        *_changes(report),
        *(block for section in report.sections for block in _section(section)),
        *_cautions(report),
        *_notices(report.snapshot.notices),
        *_all_links(report.findings),
        *_footer(),
    ]
    return "\n\n".join(blocks) + "\n"


# --- text ---------------------------------------------------------------------------------------


def _escaped(text: str) -> str:
    """Text that means nothing in Markdown."""
    return _unmentioned(_SPECIAL.sub(r"\\\g<0>", clean(text)))


def _unmentioned(text: str) -> str:
    """Text in which `@name` and `#1` mean nobody and no issue."""
    return re.sub("[@#]", "\\g<0>\u200b", text)


def _code(text: str) -> str:
    """Foreign text in a code span, with look-alikes for what could end the span or a table's cell."""
    kept = _unmentioned(clean(text).replace("`", "'").replace("|", "¦"))
    return f"`{kept}`" if kept else "(none)"


def _target(address: str) -> str:
    """A normal form that stands safely between angle brackets, in a table or not.

    `&copy;` is a character reference even there (CommonMark §6.2), so its semicolon is encoded.
    """
    encoded = _REFERENCE.sub(r"&\1%3B", address.translate(_ENCODED))
    return f"<{encoded}>"


def _link(resource: Resource) -> str:
    """The resource's title, linked when its URL is a web address."""
    name = clean(resource.title) or clean(resource.url)
    address = web_address(resource.url)
    return f"[{_escaped(name)}]({_target(address)})" if address else _code(name)


def _line(resource: Resource) -> str:
    return str(resource.line) if resource.line else ""


def _table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the column "Line" is set to the right."""
    rules = ("---:" if header == "Line" else "---" for header in headers)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headers, tuple(rules), *rows))


# --- what changed -------------------------------------------------------------------------------


def _changes(report: Report) -> Iterator[str]:
    if report.first:
        return
    if not report.events:
        when = f"The last change was on {report.changed_on}." if report.changed_on else ""
        yield when or "Nothing has changed since the first look."
    for group, title in words.GROUPS.items():
        events = report.of(group)
        if events:
            yield f"## {title} on {report.changed_on}"
            yield _BODIES[group](events)


def _news(events: Sequence[Event]) -> str:
    headers = ("Link", "Line", "What happened", "Since", "What to do")
    return _table(headers, map(_news_row, events))


def _news_row(event: Event) -> tuple[str, ...]:
    finding, resource, what = event.finding, event.change.resource, event.what
    new_url = web_address(event.change.after) if event.change.kind is ChangeKind.MOVED else None
    if new_url:
        what = f"{what} New address: {_target(new_url)}"
    since = finding.since if finding and finding.kind in _TROUBLED else ""
    return _link(resource), _line(resource), what, since, event.step


def _back(events: Sequence[Event]) -> str:
    return "\n".join(f"- {_placed(event.change.resource)}: {event.what}" for event in events)


def _placed(resource: Resource) -> str:
    return f"{_link(resource)}, line {resource.line}" if resource.line else _link(resource)


def _pages(events: Sequence[Event]) -> str:
    headers = ("Link", "Line", "What", "Was", "Is now")
    return _table(headers, map(_page_row, events))


def _page_row(event: Event) -> tuple[str, ...]:
    change = event.change
    what = (change.field or event.what).replace("_", " ")
    before, after = _code(change.before or ""), _code(change.after or "")
    return _link(change.resource), _line(change.resource), what, before, after


def _edits(events: Sequence[Event]) -> str:
    kinds = (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.URL_CHANGED)
    groups = ([event for event in events if event.change.kind is kind] for kind in kinds)
    return "\n".join(_edit(group) for group in groups if group)


def _edit(events: Sequence[Event]) -> str:
    names = [_edited(event) for event in events[:_SHOWN_EDITS]]
    if len(events) > _SHOWN_EDITS:
        names.append(f"and {len(events) - _SHOWN_EDITS} more")
    return f"- {events[0].what} ({len(events)}): {'; '.join(names)}"


def _edited(event: Event) -> str:
    resource, was = event.change.resource, event.change.before
    if event.change.kind is ChangeKind.REMOVED:
        return _code(resource.title or resource.url)
    if event.change.kind is ChangeKind.URL_CHANGED and was:
        return f"{_placed(resource)}, was {_code(was)}"
    return _placed(resource)


_BODIES: dict[Group, Callable[[Sequence[Event]], str]] = {
    Group.NEW: _news,
    Group.BACK: _back,
    Group.PAGES: _pages,
    Group.LIST: _edits,
}


# --- how things stand ---------------------------------------------------------------------------


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.title}"
    yield section.note
    if section.part is Part.BLOCKED:
        yield _by_host(section.findings)
    else:
        columns = _COLUMNS[section.part]
        headers = [column.header for column in columns]
        yield _table(headers, ([column.cell(f) for column in columns] for f in section.findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    header: str
    cell: Callable[[Finding], str]


def _new_address(finding: Finding) -> str:
    return _target(finding.new_url) if finding.new_url else "not known"


def _move(finding: Finding) -> str:
    """How far the new address lies from the listed one."""
    check, old = finding.record.check, web_address(finding.resource.url)
    reason = check.judgement.reason if check else None
    if reason is Reason.HTTPS_UPGRADE:
        return "https only"
    if reason is Reason.TRIVIAL_REDIRECT:
        return "spelling only"
    if old is None or finding.new_url is None:
        return "not known"
    return "same host" if urls.host(old) == urls.host(finding.new_url) else "other host"


_LINK = _Column(header="Link", cell=lambda finding: _link(finding.resource))
_LINE = _Column(header="Line", cell=lambda finding: _line(finding.resource))
_WHAT = _Column(header="What happened", cell=lambda finding: finding.what)
_SINCE = _Column(header="Since", cell=lambda finding: finding.since)
_LAST_WORKED = _Column(
    header="Last worked", cell=lambda finding: finding.last_worked or "never seen"
)
_STEP = _Column(header="What to do", cell=lambda finding: finding.step)

_COLUMNS: dict[Part, tuple[_Column, ...]] = {
    Part.BROKEN: (_LINK, _LINE, _WHAT, _SINCE, _LAST_WORKED, _STEP),
    Part.GONE: (_LINK, _LINE, _WHAT, _STEP),
    Part.SUSPECT: (_LINK, _LINE, _WHAT, _SINCE, _STEP),
    Part.MOVED: (
        _LINK,
        _LINE,
        _Column(header="New address", cell=_new_address),
        _Column(header="How far", cell=_move),
    ),
    Part.FAILING: (_LINK, _LINE, _WHAT, _SINCE, _LAST_WORKED),
}


def _by_host(findings: Iterable[Finding]) -> str:
    """A row for each host and reason, in the order of its first finding."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((_host(finding.resource), finding.what), []).append(finding)
    rows = (
        (
            host,
            "; ".join(_placed(finding.resource) for finding in group),
            what,
            group[0].step,
        )
        for (host, what), group in groups.items()
    )
    return _table(("Host", "Links", "What happened", "What to do"), rows)


def _host(resource: Resource) -> str:
    address = web_address(resource.url)
    return _code(urls.host(address)) if address else "no host"


def _cautions(report: Report) -> Iterator[str]:
    warned = [finding for finding in report.findings if finding.cautions]
    if warned:
        yield "## Worth a look"
        yield "Warnings. None of them changes what is said of a link above."
        headers = ("Link", "Line", "What was noticed")
        yield _table(headers, (_caution_row(finding, report) for finding in warned))


def _caution_row(finding: Finding, report: Report) -> tuple[str, ...]:
    noticed = "; ".join(finding.cautions)
    title = _misfit(finding)
    # Later on, a title is only quoted with the event that it came with: it may change every night.
    if report.first and title:
        noticed += f"; the page calls itself {_code(title)}"
    return _link(finding.resource), _line(finding.resource), noticed


def _misfit(finding: Finding) -> str:
    """The page's own title, when it does not fit the list's."""
    check = finding.record.check
    if not check or Caution.TITLE_MISMATCH not in check.judgement.warnings:
        return ""
    return check.page.title.value if check.page and check.page.title else ""


def _notices(notices: Iterable[Notice]) -> Iterator[str]:
    lines = [
        f"- Line {notice.line}: {_escaped(notice.text)}"
        for notice in sorted(notices, key=lambda notice: (notice.line, notice.text))
    ]
    if lines:
        yield "## About the list itself"
        yield "\n".join(lines)


def _all_links(findings: Sequence[Finding]) -> Iterator[str]:
    yield "## All links"
    yield f"<details>\n<summary>{plural(len(findings), 'link', 'links')}</summary>"
    yield _table(
        ("Category", "Link", "Line", "Last answer", "State", "Since"), map(_listed, findings)
    )
    yield "</details>"


def _listed(finding: Finding) -> tuple[str, ...]:
    resource, check = finding.resource, finding.record.check
    return (
        _escaped(resource.category),
        _link(resource),
        _line(resource),
        words.VERDICTS[check.judgement.verdict] if check else "not asked yet",
        words.STATES[finding.record.standing.state],
        finding.since,
    )


def _footer() -> Iterator[str]:
    yield "## How to read this"
    yield "\n".join(f"- **{term}**: {meaning}" for term, meaning in words.GLOSSARY)
    yield words.ABOUT
