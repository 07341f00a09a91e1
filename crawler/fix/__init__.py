"""IO: new addresses for links: those that are known, put in the list, taken back and looked for."""

from crawler.fix.applying import apply
from crawler.fix.looking import Looked, LookOptions, look
from crawler.fix.offers import Choice, Offer, offer, taken, why_unfit
from crawler.fix.patch_file import write_patch
from crawler.fix.taking_back import Undoing, undo, undoing

__all__ = [
    "Choice",
    "LookOptions",
    "Looked",
    "Offer",
    "Undoing",
    "apply",
    "look",
    "offer",
    "taken",
    "undo",
    "undoing",
    "why_unfit",
    "write_patch",
]
