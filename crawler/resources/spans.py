"""Pure: where in the text of a list a row's URL stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from crawler.resources import csv_list
from crawler.resources.lines import Lines
from crawler.resources.parsing import visible_url


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
    lines: Iterable[bytes], name: str, urls: Mapping[int, str]
) -> Iterator[tuple[int, UrlSpan]]:
    """By the line on which a row starts, where its URL stands; `urls` are those that are wanted.

    A row is left out when it holds another URL now, as after an edit of the list.

    Raises:
        ResourcesError: the list has a structural fault.
    """
    left, text = len(urls), Lines(lines, name)
    for entry in csv_list.entries(text) if left else ():
        wanted = urls.get(entry.line)
        if wanted is None:
            continue
        if visible_url(entry.url) == wanted and (span := _span(text)):
            yield entry.line, span
        left -= 1
        if not left:
            return


def _span(text: Lines) -> UrlSpan | None:
    """That of the URL in the row that was just read; None where it spans lines."""
    row = "".join(text.row)
    begin, end = csv_list.field_span(row, text.columns.separator, text.url_place)
    written = row[begin:end].strip().strip('"').strip()
    begin = row.index(written, begin)
    column = begin - row.rfind("\n", 0, begin)
    if not written or "\n" in written:
        return None
    return UrlSpan(text.start + row.count("\n", 0, begin), column, column + len(written))
