"""IO: messages about runs, to the services that `notify.urls` names.

`news` says what there is to say, `outbox` sends it by a process of its own, in which `sending` has
Apprise. What a service does not take is kept in the database, and sent to it once more after the
next run.
"""

import contextlib
from collections.abc import Sequence
from datetime import datetime

from crawler.config import Settings
from crawler.errors import CrawlerError, StoreError, describe
from crawler.model import Message, Unsent
from crawler.notify import news
from crawler.notify.news import Known
from crawler.notify.outbox import faults, letters, require, send
from crawler.report import as_message
from crawler.run import RunResult
from crawler.store import Store

__all__ = ["Known", "about_failure", "about_run", "faults", "known_before", "require"]


def known_before(settings: Settings) -> Known:
    """What there is to compare with when the run has ended."""
    try:
        with Store.open(settings.database, exclusive=False) as store:
            runs = store.runs
            return Known(
                totals=runs.totals(),
                attempts=runs.attempts(),
                unsent=runs.unsent(),
                untold=store.changes.since_complete(),
            )
    except StoreError:
        return Known()  # There is none yet, or the run will say what is wrong with it.


def about_run(settings: Settings, known: Known, result: RunResult, now: datetime) -> str:
    """Sends what a run has to say. Returns why that failed, in a sentence without an address, or nothing.

    It takes a minute at most, and raises nothing: a message about a run must not cost the run. After a
    signal there is no time to send anything: that is done after the next run.
    """
    messages = tuple(news.of_run(settings, known, result, now))
    if result.signal is None:
        return _tell(settings, known, messages)
    if messages:
        _keep_for_later(settings, known, messages)
    return ""


def about_failure(settings: Settings, known: Known, error: Exception, now: datetime) -> str:
    """The same for a run that has failed with that error."""
    return _tell(settings, known, tuple(news.of_failure(settings, known, error, now)))


def _tell(settings: Settings, known: Known, messages: Sequence[Message]) -> str:
    message = as_message.joined(messages)
    if message is None and known.unsent is None:
        return ""
    urls = settings.notify.urls
    # Kept first: a process that is ended while it waits for a service has told nobody, or not all.
    if messages:
        _keep_for_later(settings, known, messages)
    try:
        failed = send(letters(urls, message, known.unsent))
    except Exception as error:  # noqa: BLE001  (see `about_run`)
        return describe(error)
    unsent = Unsent(message=message, places=failed) if message and failed else None
    _remember(settings, unsent)
    if not failed:
        return ""
    again = " It is sent once more after the next run." if unsent else ""
    places = ", ".join(map(str, failed))
    return f"Address {places} of {len(urls)} in notify.urls did not take the message.{again}"


def _keep_for_later(settings: Settings, known: Known, messages: Sequence[Message]) -> None:
    late = (known.unsent.message,) if known.unsent else ()
    places = tuple(range(1, len(settings.notify.urls) + 1))
    if message := as_message.joined((*messages, *late)):
        _remember(settings, Unsent(message=message, places=places))


def _remember(settings: Settings, unsent: Unsent | None) -> None:
    with (
        contextlib.suppress(CrawlerError),  # then it is not sent again
        Store.open_known(settings.database) as store,
    ):
        store.runs.keep_unsent(unsent)
