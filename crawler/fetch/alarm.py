"""IO: one call of a function in the future, which can be put off or cancelled."""

import asyncio
from collections.abc import Callable


class Alarm:
    """Calls a function once on the running event loop; setting it again replaces the earlier call."""

    def __init__(self) -> None:
        self._handle: asyncio.TimerHandle | None = None

    def set(self, seconds: float, function: Callable[..., object], *args: object) -> None:
        """Call the function after so many seconds."""
        self.cancel()
        self._handle = asyncio.get_running_loop().call_later(seconds, function, *args)

    def cancel(self) -> None:
        """Cancel the call."""
        if self._handle is not None:
            self._handle.cancel()
