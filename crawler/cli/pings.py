"""IO: pings around a run, where `schedule.ping_url` names a service that wants them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from crawler.cli.exits import ExitStatus, status_of
from crawler.cli.streams import tell
from crawler.errors import CrawlerError, LockedError

if TYPE_CHECKING:
    from crawler.config import Settings

_Result = TypeVar("_Result")


def with_pings(
    settings: "Settings", work: Callable[[], _Result], status: Callable[[_Result], int]
) -> _Result:
    """Does the work between two pings, and returns its result; `status` gives its exit status."""
    if not settings.schedule.ping_url:
        return work()
    _ping(settings)
    try:
        result = work()
    except LockedError:
        raise  # The run that is going on tells how it ends.
    except BaseException as error:
        _ping(settings, _status(error))
        raise
    _ping(settings, status(result))
    return result


def _status(error: BaseException) -> int:
    if isinstance(error, CrawlerError):
        return status_of(error)
    if isinstance(error, SystemExit) and isinstance(error.code, int):
        return error.code
    return ExitStatus.INCOMPLETE


def _ping(settings: "Settings", status: int | None = None) -> None:
    from crawler import __version__, heartbeat  # noqa: PLC0415  (slow, and seldom wanted)

    if why := heartbeat.ping(settings, version=__version__, status=status):
        what = "start" if status is None else "end"
        tell(f"The {what} of the run was not taken at schedule.ping_url: {why}")
