"""Pure: our exceptions, for when we cannot go on; a broken link is a value, not an exception.

CrawlerError            the base; its text is complete: place, fault, next step
├── ClusterError        the cluster that is to run the shards cannot be used
├── ConfigError         the settings cannot be used
├── EditError           a file of the list cannot be edited as it is
├── PublishError        a service does not take what it is told
├── ResourcesError      the list of resources cannot be used
├── SettleError         a resource cannot be accepted, muted, retired or mended
└── StoreError          the database, its lock or its folder cannot be used
    └── LockedError     another run uses the database
"""

from types import TracebackType


class CrawlerError(Exception):
    """The crawler cannot go on."""


class ClusterError(CrawlerError):
    """A cluster cannot be reached, is gone, or has no worker that can be used: exit status 3."""


class ConfigError(CrawlerError):
    """A setting is unknown, of the wrong type or out of its range: exit status 2."""


class EditError(CrawlerError):
    """A file of the list has changed since it was read, or cannot be written: exit status 3."""


class PublishError(CrawlerError):
    """A service cannot be reached, or does not do what it is asked for: exit status 3."""


class ResourcesError(CrawlerError):
    """The list has a fault, given as ``file:line: what is wrong and what to do``: exit status 2."""


class SettleError(CrawlerError):
    """A resource cannot be accepted, muted, retired or mended as it is: exit status 2."""


class StoreError(CrawlerError):
    """A file or folder of ours cannot be read or written, is not ours, or is in use: exit status 3."""


class LockedError(StoreError):
    """Another run uses the database; when it has ended, this one may try again."""


def describe(error: Exception) -> str:
    """For a person: the text of one of our exceptions, the type and place of any other."""
    if isinstance(error, CrawlerError):
        return str(error)
    return (
        f"internal error, {type(error).__name__} in {_place(error.__traceback__)}. "
        "What was stored stays. Please report it, with the command you gave."
    )


def first_error(group: ExceptionGroup[Exception]) -> Exception:
    """The first `CrawlerError` in the group, however deep; any other error when there is none."""
    error: Exception = group.subgroup(CrawlerError) or group
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


def _place(traceback: TracebackType | None) -> str:
    """File and line where it was raised; importing `traceback` would take longer."""
    while traceback and traceback.tb_next:
        traceback = traceback.tb_next
    if traceback is None:
        return "an unknown place"
    file = traceback.tb_frame.f_code.co_filename.rpartition("/")[2]
    return f"{file}:{traceback.tb_lineno}"
