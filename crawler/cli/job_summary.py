"""IO: the report on the page of a GitHub Actions job.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
"""

from pathlib import Path

from crawler.cli.streams import tell
from crawler.report import Report, as_markdown


def add_summary(path: str, report: Report) -> None:
    """Adds the report to the file of that name; a run goes on when that fails."""
    try:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(as_markdown.render_summary(report))
    except OSError as error:
        tell(f"crawler: {path}: no job summary was written ({error.strerror})")
