"""IO: the door to the command line; signals are answered before anything heavy is imported."""

import signal
import sys
from types import FrameType


def _leave(signum: int, _: FrameType | None) -> None:
    raise SystemExit(128 + signum)


def main() -> int:
    """Exit status of `crawler` with the arguments of this process."""
    signal.signal(signal.SIGINT, _leave)
    signal.signal(signal.SIGTERM, _leave)

    from crawler.cli import main as cli_main  # noqa: PLC0415  (signals first)

    return cli_main()


if __name__ == "__main__":
    sys.exit(main())
