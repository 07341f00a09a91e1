"""IO: a process that hands letters to Apprise, and prints the place of each that was taken."""

import json
import logging
import sys
import threading
from collections.abc import Mapping
from typing import Any

_NAME = "resource-crawler"


def main() -> None:
    """Reads letters as JSON from standard input; a line of output is the place of one that was taken.

    A letter without text is only read, to see whether its address is one that Apprise knows.
    """
    import apprise  # noqa: PLC0415  (in an extra)

    logging.getLogger("apprise").disabled = True  # it may log addresses
    letters = json.load(sys.stdin)
    threads = [threading.Thread(target=_deliver, args=(apprise, one)) for one in letters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _deliver(apprise: Any, letter: Mapping[str, str]) -> None:  # noqa: ANN401  (the module)
    asset = apprise.AppriseAsset(
        app_id=_NAME,
        app_desc=_NAME,
        app_url="",
        storage_mode=apprise.PersistentStoreMode.MEMORY,  # nothing in the home folder
        allow_templates=False,  # braces in titles of pages mean nothing
    )
    service = apprise.Apprise.instantiate(letter["url"], asset=asset)
    if service is None or (letter["text"] and not _is_taken(apprise, service, letter)):
        return
    sys.stdout.write(f"{letter['place']}\n")
    sys.stdout.flush()


def _is_taken(apprise: Any, service: object, letter: Mapping[str, str]) -> bool:  # noqa: ANN401
    sender = apprise.Apprise()
    sender.add(service)
    is_text = apprise.NotifyFormat.TEXT
    return bool(sender.notify(title=letter["title"], body=letter["text"], body_format=is_text))
