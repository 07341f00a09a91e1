"""Pure: where a lost resource may have gone: candidates from facts, their ranking, and gates for pages.

`candidates` has what is known without asking, `inventory` ranks the URLs of a site by what is
remembered of the lost page (`lost`), `found_page` refuses what no successor can be, `comparing`
compares the rest with the memory, `choosing` and `bands` say which of them are proposed, and how far
each can be trusted.
"""

from crawler.successors.redirects import of_moved

__all__ = ["of_moved"]
