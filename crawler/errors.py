"""Pure: our exceptions, for our own inability to go on; a broken link is a value, never one of these.

CrawlerError            the base; its text is complete as it stands: place, fault, next step
├── ConfigError         the settings cannot be used
├── ResourcesError      the list of resources cannot be used
├── SettleError         what a person says of a resource cannot be so
└── StoreError          the database, its lock or its folder cannot be used
    └── LockedError     another run is going on with the database
"""

from types import TracebackType


class CrawlerError(Exception):
    """The crawler cannot go on."""


class ConfigError(CrawlerError):
    """A setting is unknown, of the wrong type or out of its range: exit status 2."""


class ResourcesError(CrawlerError):
    """The list has a structural fault, told as ``file:line: what and what to do``: exit status 2."""


class SettleError(CrawlerError):
    """A resource cannot be accepted or muted as it stands: exit status 2."""


class StoreError(CrawlerError):
    """A file or folder of ours cannot be read or written, is not ours, or is in use: exit status 3."""


class LockedError(StoreError):
    """Another run is going on with the database; when it has ended, this one may try again."""


def told(error: Exception) -> str:
    """What to tell of an exception: the text of one of ours, the type and place of any other."""
    if isinstance(error, CrawlerError):
        return str(error)
    return (
        f"internal error, {type(error).__name__} in {_place(error.__traceback__)}. "
        "What was stored stays. Please report it, with the command you gave."
    )


def _place(traceback: TracebackType | None) -> str:
    """File and line where it was raised; the module `traceback` takes longer to import than this."""
    while traceback and traceback.tb_next:
        traceback = traceback.tb_next
    if traceback is None:
        return "an unknown place"
    file = traceback.tb_frame.f_code.co_filename.rpartition("/")[2]
    return f"{file}:{traceback.tb_lineno}"
