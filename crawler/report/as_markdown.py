"""Pure: the state report and the nights as Markdown for GitHub; the same bytes until something changes.

The pages are the templates in `templates/` that end in `.md.j2`. Everything that they
print is escaped, unless a filter has made Markdown of it, or `markdown` says that it is such already.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import TypeVar

from jinja2 import Environment

from crawler import urls
from crawler.model import ChangeKind, Reason
from crawler.report import long_list, naming
from crawler.report.contents import Report
from crawler.report.cut import first_of
from crawler.report.escaping import Markdown, code, escape, link, link_and_row, target
from crawler.report.events import Event
from crawler.report.findings import Finding, SectionKind, web_address
from crawler.report.naming import Named
from crawler.report.nights import Night
from crawler.report.shares import SHARE_CODES
from crawler.report.templates import environment
from crawler.report.wording import (
    event_words,
    plural,
    run_words,
    state_words,
    upper_first,
    warning_words,
)
from crawler.report.wording.event_words import EventGroup
from crawler.resources import name_of

T = TypeVar("T")

ROWS = 100
"""Items of a list that a person is asked to read."""
PART_BYTES = 30_000
"""Most bytes of a list, so that a dozen of them leave room for all links."""
ALL_BYTES = 500_000
"""Most bytes of `README.md`, up to the end of all links; GitHub shows 512 kB of a file."""
NAMES = 10
"""Resources that are named in one line."""

NO_CATEGORY = "Without a category"

_NEW_IN = {
    SectionKind.BROKEN: {ChangeKind.BROKE, ChangeKind.CLASS},
    SectionKind.SUSPECT: {ChangeKind.SUSPECTED},
    SectionKind.MOVED: {ChangeKind.MOVED},
}
"""The events by which a link comes to a section whose new links stand above it."""
_SMALL_MOVES: dict[Reason | None, str] = {
    Reason.HTTPS_UPGRADE: "https only",
    Reason.TRIVIAL_REDIRECT: "spelling only",
}


def render(report: Report) -> str:
    """The state report, `reports/README.md`."""
    state = _jinja().get_template("README.md.j2").render(report=report)
    if report.long:
        return state + _jinja().get_template("long_links.md.j2").render(
            report=report,
            categories=[one for one in report.long.categories if one.name and one.pages],
            share_codes=SHARE_CODES,
            classes=state_words.CLASS_WORDS,
            long=long_list.LONG,
            page=long_list.PAGE,
        )
    room = ALL_BYTES - len(state.encode())
    return state + _jinja().get_template("all_links.md.j2").render(report=report, room=room)


def render_summary(report: Report) -> str:
    """The report without the list of all links, for a page about the run that made it."""
    return _jinja().get_template("job_summary.md.j2").render(report=report)


def render_state(report: Report, part_bytes: int) -> str:
    """The report without the list of all links; each list in it has as many bytes at most."""
    return _jinja(part_bytes).get_template("README.md.j2").render(report=report)


def render_comment(report: Report, part_bytes: int) -> str:
    """The last night with events, for people who follow an issue; lists as in `render_state`."""
    return _jinja(part_bytes).get_template("issue_comment.md.j2").render(report=report)


def render_night(night: Night) -> str:
    """The events of one night, `reports/nights/YYYY-MM-DD.md`."""
    return _jinja().get_template("night.md.j2").render(night=night)


@cache
def _jinja(part_bytes: int = PART_BYTES) -> Environment:
    jinja = environment(escape)
    jinja.filters |= {
        "place_in": naming.notice_place,
        "code": code,
        "link": link,
        "markdown": Markdown,
        "distance": _distance,
        "link_and_row": link_and_row,
        "next_step": _next_step,
        "place": _place,
        "target": target,
        "upper_first": upper_first,
    }
    jinja.globals |= {
        "by_category": _by_category,
        "by_host": _by_host,
        "by_what": lambda events: _grouped(events, lambda event: event.what),
        "made_up": run_words.MADE_UP,
        "made_up_by": run_words.MADE_UP_BY,
        "glossary": state_words.GLOSSARY,
        "known_before": _known_before,
        "new_events": _new_events,
        "only_versions": event_words.ONLY_VERSIONS,
        "over_title": event_words.OVER,
        "part_bytes": part_bytes,
        "plural": plural,
        "rows": partial(_rows, size=part_bytes),
        "some": _some,
        "titles": state_words,
        "states": state_words.STATE_WORDS,
        "verdicts": state_words.VERDICT_WORDS,
        "warnings": warning_words.WARNINGS,
        "watched_events": _watched_events,
        "works_again": event_words.WORKS_AGAIN,
    }
    return jinja


def _rows(
    items: Sequence[T],
    more: str,
    most: int | None = ROWS,
    size: int = PART_BYTES,
    *,
    caller: Callable[[T], str],
) -> Markdown:
    """The first items, each as the template's lines for it; `more` says how many are left out.

    At most `most` items and `size` bytes. Nothing is rendered of what is left out.
    """
    kept: list[str] = []
    for item in items[:most]:
        row = caller(item)
        size -= len(row.encode())
        if size < 0:
            break
        kept.append(row)
    if left_out := len(items) - len(kept):
        is_apart = bool(kept) and kept[-1].endswith("\n\n")
        kept.append(more.format(left_out) + "\n" * is_apart)
    return Markdown("".join(kept))


def _some(items: Sequence[T], *, caller: Callable[[T], str]) -> Markdown:
    """The first few items in one line, and how many more there are."""
    more = len(items) - NAMES
    names = [*map(caller, items[:NAMES]), *([f"and {more} more"] if more > 0 else [])]
    return Markdown("; ".join(names))


def _grouped(items: Iterable[T], key: Callable[[T], object]) -> list[list[T]]:
    """The items with equal keys together, in the order of the first of each."""
    groups: dict[object, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return [*groups.values()]


def _by_host(findings: Sequence[Finding]) -> Sequence[tuple[Markdown, list[Finding]]]:
    """A host, and its findings with the same words."""
    groups = _grouped(iter(findings), lambda finding: (_host(finding), finding.what))
    not_grouped = len(findings) - sum(map(len, groups))
    return first_of(((_host(group[0]), group) for group in groups), len(groups) + not_grouped)


def _host(finding: Finding) -> Markdown:
    address = web_address(finding.resource.url)
    return code(urls.host(address)) if address else Markdown("no host")


def _by_category(findings: Iterable[Finding]) -> list[tuple[str | None, Finding]]:
    """The findings of each category together, the first of each with its name; the others with None.

    The name is empty where no finding has a category.
    """
    groups = _grouped(findings, lambda finding: finding.resource.category)
    names = [group[0].resource.category for group in groups]
    shown = [name or NO_CATEGORY for name in names] if any(names) else names
    return [
        (None if place else name, finding)
        for name, group in zip(shown, groups, strict=True)
        for place, finding in enumerate(group)
    ]


def _new_events(report: Report) -> list[Event]:
    """What is new, without the rows that stand above it."""
    above = {finding.resource.key for finding in report.in_list}
    new = report.events_of(EventGroup.NEW)
    return [event for event in new if event.resource.key not in above]


def _watched_events(report: Report) -> list[Event]:
    """What is watched since then, without the links that stand below as they are now."""
    kinds = (SectionKind.FAILING, SectionKind.BLOCKED, SectionKind.FLAPPING)
    below = {finding.resource.key for kind in kinds for finding in report.sections[kind]}
    watched = report.events_of(EventGroup.WATCHED)
    return [event for event in watched if event.is_over or event.resource.key not in below]


def _known_before(report: Report, kind: SectionKind) -> Sequence[Finding]:
    """The findings of a section that do not stand under what is new already."""
    new_keys, findings = report.new_keys, report.sections[kind]
    known = [finding for finding in iter(findings) if finding.resource.key not in new_keys]
    if report.long is None:
        return known
    new = (event.change for event in report.events_of(EventGroup.NEW))
    of_kind = {change.resource.key for change in new if change.kind in _NEW_IN[kind]}
    return first_of(known, len(findings) - len(of_kind))


def _place(one: Named) -> Markdown:
    """Where the resource stands in the list, after its name."""
    return Markdown(f", {escape(one.row)}" if one.row else "")


def _next_step(one: Finding | Event) -> Markdown:
    """What to do next; a new address that was found is linked."""
    finding = one.finding if isinstance(one, Event) else one
    if finding is None or finding.fix is None or not one.step:
        return Markdown(one.step)
    fix, word = finding.fix, name_of(finding.resource)
    return Markdown(fix.step(word, address=target(fix.address), twin=escape(fix.twin)))


def _distance(finding: Finding) -> str:
    """How far the new address is from the listed one; empty where it is not known."""
    reported, old, new = finding.reported, web_address(finding.resource.url), finding.new_url
    reason = reported.judgement.reason if reported else None
    if reason in _SMALL_MOVES:
        return _SMALL_MOVES[reason]
    if old is None or new is None:
        return ""
    return "same host" if urls.host(old) == urls.host(new) else "other host"
