"""Pure: where in the text of a list a row's URL stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crawler import urls
from crawler.config import ListSettings
from crawler.resources import formats
from crawler.resources.formats import csv_list
from crawler.resources.lines import Entry, Lines
from crawler.resources.parsing import OneFile, visible_url


@dataclass(frozen=True, slots=True)
class UrlSpan:
    """The place of a URL, without quotes and blanks around it; it never spans lines."""

    line: int
    """From 1."""
    column: int
    """Of its first character, from 1, in Unicode code points."""
    end_column: int
    """One after its last character."""


def url_spans(
    file: OneFile, rules: ListSettings, wanted: Mapping[tuple[int, str], str]
) -> Iterator[tuple[str, UrlSpan]]:
    """Where URLs stand: by the names that `wanted` has for them, by line and target URI.

    The line is the one on which the row or the URL starts. What is not there is left out, as after an
    edit of the list.

    Raises:
        ResourcesError: the list has a structural fault.
    """
    left, text = dict(wanted), Lines(file.lines, file.name)
    lines = {line for line, _ in wanted}
    text.unpack()
    reader = formats.load(formats.format_of(text, rules))
    for entry in reader.entries(text, rules) if left else ():
        if entry.line not in lines:
            continue
        name = left.pop((entry.line, urls.target_uri(visible_url(entry.url))), None)
        span = _span(text, entry) if name is not None else None
        if name is not None and span:
            yield name, span
        if not left:
            return


def _span(text: Lines, entry: Entry) -> UrlSpan | None:
    """That of the URL in the row that was just read; None where it spans lines."""
    if entry.column:
        return UrlSpan(entry.line, entry.column, entry.end_column)
    row = "".join(text.row)
    begin, end = csv_list.field_span(row, text.columns.separator, text.url_place)
    written = row[begin:end].strip().strip('"').strip()
    begin = row.index(written, begin)
    column = begin - row.rfind("\n", 0, begin)
    if not written or "\n" in written:
        return None
    return UrlSpan(text.start + row.count("\n", 0, begin), column, column + len(written))
