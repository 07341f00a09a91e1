"""IO: the door to the command line; signals are answered before anything heavy is imported."""

import gc
import signal
import sys
from types import FrameType

_COLLECTED_AFTER = 50_000
"""Objects made until the youngest are looked through for cycles: what a run makes by the hundred
thousand holds none, and looking for them took a good part of its time."""


def _leave(signum: int, _: FrameType | None) -> None:
    raise SystemExit(128 + signum)


def main() -> int:
    """Exit status of `crawler` with the arguments of this process."""
    signal.signal(signal.SIGINT, _leave)
    signal.signal(signal.SIGTERM, _leave)
    gc.set_threshold(_COLLECTED_AFTER)

    from crawler.cli import main as cli_main  # noqa: PLC0415  (signals first)

    return cli_main()


if __name__ == "__main__":
    sys.exit(main())
