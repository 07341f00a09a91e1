"""Pure: the bytes of a list with other URLs in it, and nothing else changed."""

from crawler.resources.editing.splicing import Edited, Refusal, Replacement, edited

__all__ = ["Edited", "Refusal", "Replacement", "edited"]
