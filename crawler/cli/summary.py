"""IO: what a run changed, as wide and colourful as standard output allows."""

import re
from collections.abc import Iterator

from crawler.cli import terminal
from crawler.report import Report, as_text
from crawler.report.wording import state_words

_STYLES = {
    state_words.IN_LIST_TITLE: "bold red",
    state_words.TO_MEND_TITLE: "bold red",
    state_words.GONE_TITLE: "bold yellow",
}
"""By the title of a list; that of any other is bold."""
_TITLE = re.compile(r"(\S.*) \([0-9]+\)")
_ADDRESS = re.compile(r" +[a-z]+://\S+")


def summary(report: Report) -> str:
    """The text of `as_text`, with its styles."""
    return terminal.painted(_lines(report, terminal.width()))


def _lines(report: Report, width: int) -> Iterator[tuple[str, str]]:
    for number, paragraph in enumerate(as_text.paragraphs(report)):
        if number:
            yield "", ""
        for line in paragraph.splitlines():
            style = _style(line, report)
            for part in as_text.wrapped(line, width).splitlines():
                yield part, style


def _style(line: str, report: Report) -> str:
    if line in report.freshness.sentences:
        return "yellow"
    if line.endswith(report.headline):
        return "bold"
    title = _TITLE.fullmatch(line)
    if title:
        return _STYLES.get(title[1], "bold")
    return "dim" if _ADDRESS.fullmatch(line) else ""
