"""Pure: the exit statuses, and which of our exceptions leads to which."""

from enum import IntEnum

from crawler.errors import ConfigError, CrawlerError, ResourcesError, SettleError


class ExitStatus(IntEnum):
    """What the exit status says."""

    NOTHING_NEW = 0
    """Completed, and nothing new in a class of `report.fail_on`."""
    NEW_FINDINGS = 1
    """Completed, with new findings of a class in `report.fail_on`."""
    USAGE = 2
    """The command line, the settings or the list cannot be used; nothing was asked."""
    INCOMPLETE = 3
    """The database, its lock, the disk or a permission kept the run from completing."""
    UNTRUSTED = 4
    """The network seems to be down on our side; nothing was concluded."""


_STATUS_OF: tuple[tuple[type[CrawlerError], ExitStatus], ...] = (
    (ConfigError, ExitStatus.USAGE),
    (ResourcesError, ExitStatus.USAGE),
    (SettleError, ExitStatus.USAGE),
    (CrawlerError, ExitStatus.INCOMPLETE),
)


def status_of(error: CrawlerError) -> ExitStatus:
    """The exit status that tells of an exception."""
    return next(status for kind, status in _STATUS_OF if isinstance(error, kind))
