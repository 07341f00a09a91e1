"""Pure: the links of a page in HTML, or the bookmarks that a browser has exported."""

import re
from collections.abc import Iterator

from crawler import urls
from crawler.config import ListSettings
from crawler.model import LeftOut
from crawler.resources.formats import ignoring
from crawler.resources.formats.choosing import Choice
from crawler.resources.formats.html_reader import HtmlReader, Surroundings
from crawler.resources.formats.positions import Positions
from crawler.resources.lines import Entry, Lines

_BOOKMARKS = re.compile(r"\s*<!doctype\s+netscape-bookmark-file", re.IGNORECASE)
"""Source: https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa753582(v=vs.85)"""


def entries(text: Lines, rules: ListSettings) -> Iterator[Entry]:
    """The links, in order.

    In bookmarks, the category is the path of folders, and everything is an item.

    Raises:
        ResourcesError: a comment leaves out links and is never ended.
    """
    content, offset = text.whole()
    around = Surroundings(folders=[] if _BOOKMARKS.match(content) else None)
    links = HtmlReader(around).read(content)
    if around.is_ignoring:
        raise text.fault(ignoring.line_of_start(content), ignoring.NEVER_ENDED)
    choice = Choice(text, rules, Positions(content, offset=offset))
    if not choice.base and not urls.problem(around.base):
        choice.base = around.base
    choice.leave_out(LeftOut.IMAGE, around.images)
    for link in links:
        reason = choice.reason(link.url, in_item=link.in_item, is_ignored=link.is_ignored)
        if reason:
            choice.leave_out(reason)
        else:
            yield choice.entry(link.url, link.start, link.end)._replace(
                title=link.title, category=link.category, description=link.description
            )
