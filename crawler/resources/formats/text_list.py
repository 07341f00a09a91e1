"""Pure: plain text with a URL on each line."""

from collections.abc import Iterator

from crawler.config import ListSettings
from crawler.model import LeftOut
from crawler.resources.formats import ignoring
from crawler.resources.lines import Entry, Lines

_ENOUGH = 10
"""Lines at the start of a text that show whether it is a list of URLs."""


def entries(text: Lines, rules: ListSettings) -> Iterator[Entry]:
    """A resource for each line that is not blank; `#` at the start of a line makes it a comment.

    Raises:
        ResourcesError: most of the first lines are no URLs.
    """
    del rules
    lines = odd = offset = 0
    for line in text:
        written = line.strip()
        text.start_row()
        if written and not written.startswith("#"):
            lines += 1
            odd += "://" not in written
            if lines <= _ENOUGH and 2 * odd > max(lines, 2):
                what = "this is no list of URLs, one on each line; name its format with --format"
                raise text.fault(text.line, what)
            if ignoring.is_ignored(line):
                text.leave_out(LeftOut.IGNORED)
            else:
                yield _entry(text, line, written, text.mark_bytes + offset)
        offset += len(line.encode())


def _entry(text: Lines, line: str, written: str, offset: int) -> Entry:
    column = line.index(written)
    start = offset + len(line[:column].encode())
    return Entry(
        line=text.line,
        url=written,
        column=column + 1,
        end_column=column + 1 + len(written),
        start=start,
        end=start + len(written.encode()),
    )
