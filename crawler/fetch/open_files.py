"""IO: how many files the system lets this process have open at once; each connection is one.

Where a connection cannot be opened because of that limit, the page would seem to be unreachable.
"""

import resource
from contextlib import suppress

from crawler.fetch.multi import BESIDE, MOST_IDLE

PER_REQUEST = 2
"""Its connection, and another one while a name is looked up."""
_FEWEST = 8


def room_for(requests: int) -> int:
    """How many of so many requests may be on the wire at once; the limit is raised for them if it can be.

    Source: getrlimit(2), RLIMIT_NOFILE. It is 1,024 on most systems and 256 on macOS, and may be raised.
    """
    beside = MOST_IDLE + BESIDE
    wanted = beside + PER_REQUEST * requests
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
            soft = most
    is_enough = soft == resource.RLIM_INFINITY or soft >= wanted
    return requests if is_enough else max((soft - beside) // PER_REQUEST, min(requests, _FEWEST))
