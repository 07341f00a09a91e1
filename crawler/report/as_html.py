"""Pure: the report as one page for a browser, which loads nothing from anywhere.

Every text is escaped where it stands; the only script that runs is our own, named by its hash in the
content security policy.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256

from jinja2 import Template

from crawler import urls
from crawler.model import FindingClass
from crawler.report.contents import Report, new_first
from crawler.report.events import Event
from crawler.report.findings import Finding, web_address
from crawler.report.templates import asset, environment
from crawler.report.wording import event_words, run_words, state_words, upper_first, warning_words
from crawler.report.wording.event_words import EventGroup
from crawler.resources import name_of

_CODES = (*FindingClass, state_words.UNSEEN)
_BUFFERED = 200
"""How many parts of the template's output make one piece of the page."""


def render(report: Report) -> Iterator[str]:
    """The page, `reports/index.html`, in UTF-8 and in pieces; it shows when the run began."""
    counts, script = Counter(map(_code, report.findings)), asset("script.js")
    stream = _template().stream(
        report=report,
        counts={code: counts[code] for code in _CODES if counts[code]},
        style=asset("style.css"),
        script=script,
        new_keys=report.new_keys,
        events_by_group={group: _shown_events(report, group) for group in EventGroup},
        overdue=run_words.OVERDUE,
        script_source=_source(script),
    )
    stream.enable_buffering(_BUFFERED)
    return iter(stream)


def _shown_events(report: Report, group: EventGroup) -> tuple[Event, ...]:
    """The events of a group, without those of links that already stand under what needs a person."""
    needs_you = frozenset(finding.resource.key for finding in report.needs_you)
    events = report.events_of(group)
    if group is not EventGroup.NEW:
        return events
    return tuple(event for event in events if event.change.resource.key not in needs_you)


@cache
def _template() -> Template:
    """Kept, because compiling it takes longer than all the rest of a short report."""
    jinja = environment()
    jinja.globals |= {
        "address": web_address,
        "code": _code,
        "event_words": event_words,
        "host": _host,
        "new_first": new_first,
        "rank": _CODES.index,
        "state_words": state_words,
        "word": name_of,
        "warnings": warning_words.WARNINGS,
    }
    jinja.filters["upper_first"] = upper_first
    return jinja.get_template("index.html.j2")


def _source(script: str) -> str:
    """The hash-source that allows an inline script; source: CSP 3 §2.3.1."""
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"


def _code(finding: Finding) -> str:
    return finding.kind or state_words.UNSEEN


def _host(url: str) -> str:
    address = web_address(url)
    return urls.host(address) if address else url
