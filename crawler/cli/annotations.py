"""Pure: findings as annotations that GitHub Actions shows beside the lines of the list.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from crawler.model import Record
from crawler.report.findings import list_findings

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def workflow_commands(records: Iterable[Record], list_path: str, now: datetime) -> Iterator[str]:
    """A workflow command for each finding, encoded so that each is one line.

    `now` is the start of the run.
    """
    file = list_path.translate(_PROPERTY)
    for finding in list_findings(records, now):
        resource = finding.resource
        text = f"{finding.name or resource.url}: {finding.what}".translate(_DATA)
        yield f"::error file={file},line={resource.line}::{text}"
