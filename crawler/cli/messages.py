"""IO: messages about a run, where `notify.urls` names services that take them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from crawler.cli.streams import tell
from crawler.errors import LockedError

if TYPE_CHECKING:
    from crawler.config import Settings
    from crawler.crawl import Clock
    from crawler.run import RunResult


def with_messages(
    settings: "Settings", work: Callable[[], "RunResult"], clock: "Clock | None" = None
) -> "RunResult":
    """Does the work, and sends what there is to say of it, before its result or exception goes on.

    Without a clock, the time is that of the wall clock.
    """
    if not settings.notify.urls:
        return work()
    from crawler import notify  # noqa: PLC0415  (seldom wanted)
    from crawler.run import wall_clock  # noqa: PLC0415

    clock = clock or wall_clock
    known = notify.known_before(settings)
    try:
        result = work()
    except LockedError:
        raise  # The run that is going on tells how it ends.
    except Exception as error:
        _tell(notify.about_failure(settings, known, error, clock()))
        raise
    _tell(notify.about_run(settings, known, result, clock()))
    return result


def _tell(why: str) -> None:
    if why:
        tell(f"Messages: {why}")
