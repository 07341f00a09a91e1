"""IO: how many files the system lets this process have open at once; each connection is one.

Where a connection cannot be opened because of that limit, the page would seem to be unreachable.
"""

import resource
import sys
from contextlib import suppress

MOST_IDLE = 256
"""Idle connections that are kept open; each takes 75 kB of memory."""
BESIDE = 64
"""What else is open: the database, the list, pipes, the modules that are being imported."""
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


def room_for_idle(in_use: int) -> int:
    """How many connections may be kept open beside those in use; 0 or less where there is no room."""
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = sys.maxsize if most == resource.RLIM_INFINITY else most
    return min(MOST_IDLE, most - BESIDE - in_use)
