"""Pure: the text of a list becomes resources; resources are found by number, line, URL or glob.

A format makes `Entry`s of `Lines`, as the modules of `formats` do; `parse_files` does the rest.
"""

from crawler.resources.accidents import accident
from crawler.resources.editing import Edited, Refusal, Replacement, Retirement, edited, retired
from crawler.resources.finding import file_of, has_moved, name_of, number_or_id, select
from crawler.resources.formats import format_of_name
from crawler.resources.identity import identify
from crawler.resources.lines import MAX_ROW_BYTES
from crawler.resources.parsing import OneFile, from_url, parse, parse_files
from crawler.resources.parts import Part
from crawler.resources.spans import UrlSpan, url_spans

__all__ = [
    "MAX_ROW_BYTES",
    "Edited",
    "OneFile",
    "Part",
    "Refusal",
    "Replacement",
    "Retirement",
    "UrlSpan",
    "accident",
    "edited",
    "file_of",
    "format_of_name",
    "from_url",
    "has_moved",
    "identify",
    "name_of",
    "number_or_id",
    "parse",
    "parse_files",
    "retired",
    "select",
    "url_spans",
]
