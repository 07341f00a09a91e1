"""Pure: findings as annotations that GitHub Actions shows beside the lines of the list.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from crawler.model import Record, Resource
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
    """A workflow command for each finding, encoded so that each is one line.

    `list_path` is the file of resources whose own is not known; `now` is the start of the run.
    """
    for finding in list_findings(records, now):
        file = finding.resource.file or list_path
        yield _command("error", file, finding.resource, finding.what)


def commands_for_links(links: Iterable[CheckedLink]) -> Iterator[str]:
    """A workflow command for each row of a list with which something is wrong today."""
    for link in links:
        level = _LEVELS.get(link.group)
        if link.file and level:
            wording = link.wording
            text = " ".join(filter(None, (wording.what, wording.step)))
            yield _command(level, link.file, link.check.resource, text)


def _command(level: str, list_path: str, resource: Resource, what: str) -> str:
    file, about = list_path.translate(_PROPERTY), resource.title or resource.url
    return f"::{level} file={file},line={resource.line}::{f'{about}: {what}'.translate(_DATA)}"
