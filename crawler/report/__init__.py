"""Pure: the reports on a list: what they say, and a module for each format.

`contents` builds a `Report` from `findings` and `events`, whose sentences are in `wording`; `nights`
has the events of each date. A format is a module `as_…` with `render`. Formats that grow with the
list are rendered in pieces, so that a report is never in memory as a whole. `dossier` is about one
resource.
"""

from crawler.report.contents import Report, build

__all__ = ["Report", "build"]
