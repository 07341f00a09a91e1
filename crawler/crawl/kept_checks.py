"""Pure: the checks of a crawl in memory, where no database keeps them."""

from collections.abc import Sequence
from dataclasses import replace

from crawler.model import SEEN_CHARACTERS, Check, Page, Resource
from crawler.packing import unpacked


class KeptChecks:
    """Keeps the latest check of each resource, for a crawl of few."""

    def __init__(self) -> None:
        self.latest: dict[str, Check] = {}
        """By key, as `_pages` are; without their pages."""
        self._pages: dict[str, Page] = {}

    def keep(self, checks: Sequence[Check]) -> None:
        """Keep checks; one without its page has that of an earlier look."""
        for check in checks:
            key = check.resource.key
            self.latest[key] = replace(check, page=None, packed_text=None)
            if check.page:
                sent = check.packed_text
                text = unpacked(sent.content).text if sent else check.page.text
                start = text[:SEEN_CHARACTERS]
                self._pages[key] = replace(check.page, text=start, main_text="")

    def read_back(self, resource: Resource) -> Check:
        """The latest check of a resource; of a living one with its page, and the start of its text."""
        return self.with_page(self.latest[resource.key])

    def with_page(self, check: Check) -> Check:
        """A check with the page that was kept for it, if it is of a living resource."""
        is_alive = check.judgement.verdict.is_alive
        return replace(check, page=self._pages.get(check.resource.key)) if is_alive else check
