"""Pure: the exit statuses, also of our exceptions."""

from enum import IntEnum

from crawler.errors import ConfigError, CrawlerError, ResourcesError, SettleError


class ExitStatus(IntEnum):
    """What an exit status means."""

    NOTHING_NEW = 0
    """Completed, and nothing new in a class of `report.fail_on`."""
    NEW_FINDINGS = 1
    """Completed, with new findings of a class in `report.fail_on`."""
    USAGE = 2
    """The command line, the settings or the list cannot be used; nothing was asked."""
    INCOMPLETE = 3
    """The run could not complete: database, lock, disk, permission or cluster."""
    UNTRUSTED = 4
    """Our own network seems to be down; nothing was concluded."""


_STATUS_OF: tuple[tuple[type[CrawlerError], ExitStatus], ...] = (
    (ConfigError, ExitStatus.USAGE),
    (ResourcesError, ExitStatus.USAGE),
    (SettleError, ExitStatus.USAGE),
    (CrawlerError, ExitStatus.INCOMPLETE),
)


def status_of(error: CrawlerError) -> ExitStatus:
    """The exit status for an exception."""
    return next(status for kind, status in _STATUS_OF if isinstance(error, kind))
