"""Pure: the reports on a list: contents in order and in words, and a module for each format.

Every format is a module with `render(report)`, which chooses neither words nor order; what grows
with the list comes in pieces, so that no report is in memory as a whole.
"""

from crawler.report.contents import Report, build

__all__ = ["Report", "build"]
