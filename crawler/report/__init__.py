"""Pure: the reports on a list: contents in order and in words, and a module for each format.

Every format is a module with `render(report) -> str`, which chooses neither words nor order.
"""

from crawler.report.contents import Report, build

__all__ = ["Report", "build"]
