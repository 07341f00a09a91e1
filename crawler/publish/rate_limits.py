"""Pure: how long GitHub wants us to wait.

Source: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

from collections.abc import Mapping
from datetime import datetime

_LIMITED = frozenset({403, 429})
_ABOUT_LIMITS = "rate-limits"
"""Part of the page that an answer names when a secondary limit is reached."""
_WITHOUT_FIELDS = 60.0
"""Seconds to wait at least where the answer does not say how many; doubled each time."""
_MARGIN = 1.0
"""Seconds; clocks differ."""


def seconds_to_wait(
    status: int, fields: Mapping[str, str], page: str, now: datetime, tries: int
) -> float | None:
    """Seconds until a request may be sent again; None when a rate limit is not why it was refused.

    `fields` are header fields by their names in lower case, `page` is the `documentation_url` of the
    answer, and `tries` says how often the request was sent before this time.
    """
    if status not in _LIMITED:
        return None
    after = fields.get("retry-after", "")
    if after.isascii() and after.isdigit():
        return float(after[:9])
    if fields.get("x-ratelimit-remaining") == "0":
        reset = fields.get("x-ratelimit-reset", "")
        if reset.isascii() and reset.isdigit():
            return max(float(reset[:12]) - now.timestamp(), 0) + _MARGIN
    if status == 429 or _ABOUT_LIMITS in page:
        return _WITHOUT_FIELDS * float(2**tries)
    return None
