"""IO: the files of the list, mended: what would change, the same as a patch, and written whole."""

from crawler.mend.broken_off import end_broken_edit, retired_beside
from crawler.mend.files import MendedFile, undisturbed, write
from crawler.mend.patches import patch, without_secrets
from crawler.mend.planning import Plan, planned, read_unchanged
from crawler.resources import Refusal, Replacement

__all__ = [
    "MendedFile",
    "Plan",
    "Refusal",
    "Replacement",
    "end_broken_edit",
    "patch",
    "planned",
    "read_unchanged",
    "retired_beside",
    "undisturbed",
    "without_secrets",
    "write",
]
