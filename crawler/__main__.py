"""IO: starts the command line; signal handlers come before slow imports."""

import gc
import os
import signal
import sys
from types import FrameType

_OBJECTS_PER_COLLECTION = 50_000
"""New objects until Python looks for cycles among them: a run makes many objects without cycles, and
the search took a good part of its time."""


def _leave(signum: int, _: FrameType | None) -> None:
    raise SystemExit(128 + signum)


def main() -> int:
    """Exit status of `crawler` with the arguments of this process."""
    signal.signal(signal.SIGINT, _leave)
    signal.signal(signal.SIGTERM, _leave)
    gc.set_threshold(_OBJECTS_PER_COLLECTION)
    # The folder may be a stranger's copy of the list: none of its files is a module of our processes.
    os.environ["PYTHONSAFEPATH"] = "1"

    from crawler.cli import main as cli_main  # noqa: PLC0415  (signals first)

    return cli_main()


if __name__ == "__main__":
    sys.exit(main())
