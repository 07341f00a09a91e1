"""Pure: which links of a document are resources, and how each becomes an entry."""

import re

from crawler.config import ListSettings
from crawler.model import LeftOut
from crawler.resources.formats.destinations import reason_to_leave_out, resolved
from crawler.resources.formats.positions import Positions
from crawler.resources.lines import Entry, Lines

_ITEMS_ONLY = ("readme", "awesome-", "awesome_")


class Choice:
    """The links of one document, each taken or left out and counted."""

    def __init__(self, text: Lines, rules: ListSettings, positions: Positions) -> None:
        self._text = text
        self._rules = rules
        self._positions = positions
        self._items_only = rules.links == "items" or (
            rules.links == "auto" and _is_kept_in_items(text.name)
        )
        self.base = rules.base_url

    def leave_out(self, reason: LeftOut, times: int = 1) -> None:
        """Counts links that are no resources."""
        if times:
            self._text.left_out[reason] += times

    def reason(self, url: str, *, in_item: bool, is_ignored: bool) -> LeftOut | None:
        """Why the link is no resource; None for one that is."""
        reason = reason_to_leave_out(url)
        if reason is LeftOut.RELATIVE and self.base:
            reason = None
        if reason is None and self._items_only and not in_item:
            reason = LeftOut.OUTSIDE_ITEMS
        return LeftOut.IGNORED if is_ignored else reason

    def entry(self, url: str, start: int, end: int) -> Entry:
        """The entry of a link whose URL stands there in the text, by index."""
        spot = self._positions.spot(start, end)
        return Entry(url=resolved(url, self.base), **spot._asdict())


def _is_kept_in_items(path: str) -> bool:
    name = re.split(r"[/\\]", path)[-1].lower()
    return name.startswith(_ITEMS_ONLY)
