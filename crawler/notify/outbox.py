"""IO: sends messages by a process of its own, which is ended when it takes too long.

Apprise takes 0.3 s of CPU time and 50 MB to be imported, may wait for minutes, and logs what should
not be shown: none of that is for the process of a run.
"""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.config import Settings
from crawler.errors import ConfigError
from crawler.model import Message, Unsent

SECONDS = 45.0
"""How long all services together may take."""
START = "import sys; sys.path[:] = sys.argv[1:]; from crawler.notify.sending import main; main()"
_MISSING = (
    "notify.urls is set, but Apprise is not installed; pip install 'resource-crawler[notify]', or"
    " set no address"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message to one address."""

    place: int
    """In `notify.urls`, counted from 1."""
    url: str
    messages: tuple[Message, ...]
    """Sent as one; none only to see whether the address can be read."""


def require(settings: Settings) -> None:
    """Returns if messages can be sent, or are not wanted.

    Raises:
        ConfigError: `notify.urls` is set, and Apprise is not installed.
    """
    if settings.notify.urls and importlib.util.find_spec("apprise") is None:
        raise ConfigError(_MISSING)


def faults(settings: Settings) -> tuple[str, ...]:
    """What is wrong with `notify.urls`, in sentences that quote no address; nothing is sent."""
    try:
        require(settings)
    except ConfigError as error:
        return (f"{error}.",)
    urls = settings.notify.urls
    failed = send(letters(urls, None, None, check=True)) if urls else ()
    return tuple(
        f"Apprise cannot read address {place} of {len(urls)} in notify.urls." for place in failed
    )


def letters(
    urls: Sequence[str], message: Message | None, unsent: Unsent | None, *, check: bool = False
) -> tuple[Letter, ...]:
    """What each address gets: the message, and the unsent one where that is not there yet."""
    found = []
    for place, url in enumerate(urls, 1):
        late = (unsent.message,) if unsent and place in unsent.places else ()
        new = (message,) if message else ()
        if check or new or late:
            found.append(Letter(place=place, url=url, messages=(*new, *late)))
    return tuple(found)


def send(wanted: Sequence[Letter]) -> tuple[int, ...]:
    """The places of the addresses that did not take their letter within `SECONDS`."""
    letters = [
        {
            "place": one.place,
            "url": one.url,
            "title": one.messages[0].title if one.messages else "",
            "text": "\n\n".join(_texts(one.messages)),
        }
        for one in wanted
    ]
    command = [sys.executable, "-P", "-c", START, *sys.path]
    try:
        done = subprocess.run(  # noqa: S603  (our own interpreter, our own text)
            command,
            # Addresses are secrets: another user could see arguments.
            input=json.dumps(letters).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
        taken = done.stdout
    except subprocess.TimeoutExpired as error:
        taken = error.stdout or b""
    places = {int(line) for line in taken.split() if line.isdigit()}
    return tuple(one.place for one in wanted if one.place not in places)


def _texts(messages: Sequence[Message]) -> list[str]:
    """The text of the first, and the others with their titles."""
    return [
        one.text if index == 0 else f"{one.title}\n{one.text}"
        for index, one in enumerate(messages)
    ]
