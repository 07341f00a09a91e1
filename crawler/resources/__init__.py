"""Pure: the text of a list becomes resources; resources are found by number, line, URL or glob.

A format is a function from `Lines` to `Entry`s, as `csv_list.entries` is; `parse` does the rest.
"""

from crawler.resources.accidents import accident
from crawler.resources.finding import has_moved, name_of, number_or_id, select
from crawler.resources.lines import MAX_ROW_BYTES
from crawler.resources.parsing import from_url, parse
from crawler.resources.spans import UrlSpan, url_spans

__all__ = [
    "MAX_ROW_BYTES",
    "UrlSpan",
    "accident",
    "from_url",
    "has_moved",
    "name_of",
    "number_or_id",
    "parse",
    "select",
    "url_spans",
]
