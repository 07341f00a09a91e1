"""IO: the files of the list, mended: what would change, the same as a patch, and written whole."""

from crawler.mend.broken_off import retired_beside, settle
from crawler.mend.files import MendedFile, undisturbed, write
from crawler.mend.patches import patch, without_secrets
from crawler.mend.planning import Plan, planned, read_unchanged
from crawler.resources import Refusal, Replacement

__all__ = [
    "MendedFile",
    "Plan",
    "Refusal",
    "Replacement",
    "patch",
    "planned",
    "read_unchanged",
    "retired_beside",
    "settle",
    "undisturbed",
    "without_secrets",
    "write",
]
