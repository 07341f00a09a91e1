"""Pure: the bytes of a list with other URLs in it, and nothing else changed."""

from crawler.resources.editing.retiring import RetiredFiles, Retirement, retired
from crawler.resources.editing.splicing import Edited, Refusal, Replacement, edited

__all__ = ["Edited", "Refusal", "Replacement", "RetiredFiles", "Retirement", "edited", "retired"]
