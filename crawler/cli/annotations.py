"""Pure: findings as annotations that GitHub Actions shows beside the lines of the list.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from crawler.model import Place, Record, Resource
from crawler.report.findings import list_findings
from crawler.report.today import CheckedLink
from crawler.report.wording.today_words import Group

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})

_LEVELS = {
    Group.IN_LIST: "error",
    Group.GONE: "error",
    Group.IN_DOUBT: "warning",
    Group.FAILING: "warning",
    Group.MOVED: "warning",
}
"""How GitHub shows what one look found; a group that is not here needs no person."""


def workflow_commands(records: Iterable[Record], list_path: str, now: datetime) -> Iterator[str]:
    """A workflow command for each place of each finding, encoded so that each is one line.

    `now` is the start of the run; `list_path` is the file of resources whose file is not known.
    """
    for finding in list_findings(records, now):
        yield from _commands("error", list_path, finding.resource, finding.what)


def commands_for_links(links: Iterable[CheckedLink]) -> Iterator[str]:
    """A workflow command for each row of a list with which something is wrong today."""
    for link in links:
        level = _LEVELS.get(link.group)
        if link.file and level:
            wording = link.wording
            text = " ".join(filter(None, (wording.what, wording.step)))
            yield from _commands(level, link.file, link.check.resource, text)


def _commands(level: str, list_path: str, resource: Resource, what: str) -> Iterator[str]:
    text = f"{resource.title or resource.url}: {what}".translate(_DATA)
    only = Place(file=resource.file or list_path, line=resource.line)
    for place in resource.places or (only,):
        column = f",col={place.column}" if place.column else ""
        file = place.file.translate(_PROPERTY)
        yield f"::{level} file={file},line={place.line}{column}::{text}"
