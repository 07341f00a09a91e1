"""Pure: the report as one page for a browser, which loads nothing from anywhere.

Every text is escaped where it stands; the only script that runs is our own, named by its hash in the
content security policy. What the page shows beside the report's words is made in `page`.
"""

import re
from base64 import b64encode
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import cache, partial
from hashlib import sha256
from itertools import chain, count

from jinja2 import Environment

from crawler.model import FindingClass
from crawler.report import long_list, naming
from crawler.report.contents import Report
from crawler.report.events import Event
from crawler.report.findings import Finding, SectionKind, day, web_address
from crawler.report.long_list import LongList
from crawler.report.page import groups, health, rows, strips, survey, tasks
from crawler.report.page.survey import Survey
from crawler.report.shares import SHARE_CODES
from crawler.report.templates import asset, environment
from crawler.report.wording import (
    event_words,
    page_words,
    run_words,
    state_words,
    upper_first,
    warning_words,
)
from crawler.report.wording.event_words import EventGroup
from crawler.report.wording.page_words import TaskKind
from crawler.resources import name_of

_GROUPS = (
    EventGroup.NEW,
    EventGroup.LOOK,
    EventGroup.BACK,
    EventGroup.PAGES,
    EventGroup.LIST,
    EventGroup.WATCHED,
)
"""As the page shows them: what is only watched comes last, folded."""
ITEMS = 1000
"""Most items of each list beside the table of all links."""
TASKS = 25
"""The same of what is to do with a long list, and of its categories and hosts before they are folded."""
CATEGORIES = 200
"""Most categories of a long list that are shown, those with the most trouble."""
_PAGES_NAMED = 12
"""Most pages that are named for a category or a host."""
_CAPTION = ("Every link of ", ": what is urgent first, then what has lasted longest.")
"""Of the table of all links, before and after the name of the list."""
_CLASSES_OF_TASKS = {
    TaskKind.CORRECT: FindingClass.BROKEN,
    TaskKind.REPLACE: FindingClass.BROKEN,
    TaskKind.GONE: FindingClass.FAILING,
    TaskKind.LOOK: FindingClass.SUSPECT,
    **dict.fromkeys(page_words.DISTANCES, FindingClass.MOVED),
}
_COURSE = 30
"""Nights of the small picture in the header."""
_FOR_READERS = re.compile(r"^\s*//[^\n]*\n|^\s*/\*[^\n]*\*/\n|^\s+", re.MULTILINE)
_CSS_BLANKS = re.compile(r"\s*([{};]|(?<=[\w-]):(?= )|,(?=\n| ))\s*")
_BUFFERED = 200
"""How many parts of the template's output make one piece of the page."""


def render(report: Report, seen: Survey | None = None) -> Iterator[str]:
    """The page, `reports/index.html`, in UTF-8 and in pieces; it shows when the run began.

    `seen` is the survey of the report, if there is one already.
    """
    seen = seen or survey.look(report)
    to_do = tasks.groups(report)
    numbers, shown = count(1), TASKS if report.long else ITEMS
    task_keys = {f.resource.key: next(numbers) for group in to_do for f in group.findings[:shown]}
    return streamed(
        "long_index.html.j2" if report.long else "index.html.j2",
        **shell(report),
        page_title="",
        counts=report.totals.by_code,
        tasks=to_do,
        task=partial(tasks.task, report),
        task_keys=task_keys,
        row_of=partial(rows.row, report, seen),
        pages_at=_pages_at(report.long, to_do),
        **_changes(report, task_keys),
        **(_shares(report.long) if report.long else _links(report, seen)),
        **_nights(report, seen, task_keys),
    )


def shell(report: Report) -> dict[str, object]:
    """What every page for a browser needs."""
    script = _script()
    return {
        "report": report,
        "style": _style("style.css", *(["long.css"] if report.long else [])),
        "script": script,
        "script_source": _source(script),
        "overdue": run_words.OVERDUE,
        "made_up": run_words.MADE_UP if report.is_made_up else "",
        "made_up_by": run_words.MADE_UP_BY,
        "limit": ITEMS,
    }


def _changes(report: Report, task_keys: Collection[str]) -> dict[str, object]:
    """What is new, and with which links nothing is to be done."""
    return {
        "changes_title": _changes_title(report),
        "new_keys": report.new_keys,
        "new_tasks": len(report.new_keys.intersection(task_keys)),
        "events_by_group": {group: _shown(report, group, task_keys) for group in _GROUPS},
        "quiet_groups": _quiet(report),
    }


def _links(report: Report, seen: Survey) -> dict[str, object]:
    """The table of all links."""
    categories = groups.by_category(report.findings)
    return {
        "caption": _CAPTION,
        "categories": categories,
        "category_names": sorted(filter(None, (one.name for one in categories)), key=str.lower),
        "state_codes": report.totals.by_code,
        "rows": rows.rows(report, seen),
        "hosts": seen.hosts,
    }


def _shares(long: LongList) -> dict[str, object]:
    """The tables by category and by host, and where the findings are."""
    troubled = [share for share in long.categories if share.pages]
    return {
        "long": long,
        "left_out": max(len(long.keys) - long.pages * long_list.PAGE, 0),
        "page_size": long_list.PAGE,
        "most_pages": _PAGES_NAMED,
        "shares_shown": TASKS,
        "share_codes": SHARE_CODES,
        "has_categories": any(share.name for share in long.categories),
        "troubled": troubled[:CATEGORIES],
        "troubled_more": max(len(troubled) - CATEGORIES, 0),
        "healthy_categories": len(long.categories) - len(troubled),
    }


def _pages_at(long: LongList | None, to_do: Iterable[tasks.TaskGroup]) -> dict[str, str]:
    """Where the rest of a group of tasks is; empty where the page itself has it."""
    if long is None:
        return dict.fromkeys((group.kind for group in to_do), "")
    pages = {group.kind: long.page_of.get(_CLASSES_OF_TASKS[group.kind], 1) for group in to_do}
    return {kind: f"findings/{page}.html" for kind, page in pages.items()}


def _nights(report: Report, seen: Survey, task_keys: Iterable[str]) -> dict[str, object]:
    """The strips of single links, and the pictures of the whole list."""
    today = report.totals.classes
    picture = health.draw(health.as_reported(seen.by_night[-strips.SHOWN :], today))
    course = picture.course[-_COURSE:] if picture.has_course else ()
    in_table = () if report.long else rows.keys_with_strips(report)
    drawn = seen.strips_drawn_once(chain(task_keys, in_table))
    return {
        "nights": seen.nights,
        "shared": {marks: number for number, marks in enumerate(drawn)},
        "strip_label": partial(strips.label, nights=seen.nights),
        "health": picture,
        "course": course,
        "course_path": strips.line(course),
    }


def _shown(report: Report, group: EventGroup, task_keys: Container[str]) -> Sequence[Event]:
    """The events of a group, without those of links that already stand under what is to do."""
    events = report.events_of(group)
    if group is not EventGroup.NEW:
        return events
    return [event for event in events if event.change.resource.key not in task_keys]


def _changes_title(report: Report) -> str:
    """Since when what follows is new; lists may be checked once a week, and nights may be missed."""
    snapshot = report.snapshot
    if report.is_quiet:
        return page_words.LAST_CHANGE.format(date=report.changed_on)
    if snapshot.previous is None:
        return page_words.LAST_RUN
    before = day(snapshot.previous.started_at, snapshot.zone)
    if before == day(snapshot.run.started_at - timedelta(days=1), snapshot.zone):
        return page_words.SINCE_LAST_NIGHT
    return page_words.SINCE.format(date=before)


def _quiet(report: Report) -> list[tuple[str, Sequence[Finding]]]:
    """Links with which nothing is to be done now, under a title each."""
    sections = report.sections
    found: list[tuple[str, Sequence[Finding]]] = [
        (page_words.WATCHED, sections[SectionKind.FAILING]),
        (page_words.FLAPPING, sections[SectionKind.FLAPPING]),
        *groups.by_reason(sections[SectionKind.BLOCKED]),
        (page_words.MUTED_TITLE, sections[SectionKind.MUTED]),
    ]
    return [(title, findings) for title, findings in found if findings]


def streamed(template: str, **values: object) -> Iterator[str]:
    """A page for a browser, in pieces."""
    stream = _jinja().get_template(template).stream(**values)
    stream.enable_buffering(_BUFFERED)
    return iter(stream)


@cache
def _jinja() -> Environment:
    """Kept, because compiling a template takes longer than all the rest of a short report."""
    jinja = environment()
    jinja.globals |= {
        "address": web_address,
        "class_words": state_words.CLASS_WORDS,
        "code": groups.code,
        "copy_all": page_words.COPY_ALL,
        "copy_fixes": page_words.COPY_FIXES,
        "event_groups": event_words.GROUPS,
        "glossary": state_words.GLOSSARY,
        "moved_to": page_words.MOVED_TO,
        "over_title": event_words.OVER,
        "proposed": page_words.PROPOSED,
        "speed_path": strips.line,
        "strip_paths": strips.paths,
        "task_labels": {page_words.TITLE_THEN, page_words.DESCRIPTION},
        "task_words": page_words.TASKS,
        "warnings": warning_words.WARNINGS,
        "view_box": strips.view_box,
        "word": name_of,
    }
    jinja.filters |= {
        "place_in": naming.notice_place,
        "thousands": "{:,}".format,
        "upper_first": upper_first,
    }
    return jinja


def _script() -> str:
    """The script without what only its reader needs: indentation, and comments on their own lines."""
    return _FOR_READERS.sub("", asset("script.js"))


def _style(*names: str) -> str:
    """The style sheets without comments, and without the blanks around marks."""
    return _CSS_BLANKS.sub(r"\1", _FOR_READERS.sub("", "".join(map(asset, names))))


def _source(script: str) -> str:
    """The hash-source that allows an inline script; source: CSP 3 §2.3.1."""
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"
