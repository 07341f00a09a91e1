"""Pure: when the corpus is played."""

from datetime import UTC, datetime, timedelta

LAST_NIGHT = datetime(2036, 5, 1, 3, 17, tzinfo=UTC)
"""Within the validity of good certificates, whose end trustme sets to 2038."""


def night(back: int) -> datetime:
    """The time of the run so many nights before the last; a robots.txt is not remembered so long."""
    return LAST_NIGHT - timedelta(hours=25 * back)
