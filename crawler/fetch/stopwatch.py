"""IO: how far an exchange has come, and how long each of its phases took."""

from datetime import timedelta
from time import monotonic
from typing import Any

from crawler.model import Phase

_EVENTS: dict[str, Phase] = {
    "connection.connect_tcp.started": Phase.CONNECT,
    "connection.start_tls.started": Phase.TLS,
    "http11.receive_response_headers.started": Phase.RESPONSE,
    "http11.receive_response_body.started": Phase.CONTENT,
}
"""What httpcore traces, and which phase begins with it."""


class Stopwatch:
    """Follows one exchange; the phase is `RESPONSE` as long as nobody says otherwise."""

    def __init__(self) -> None:
        self.phase = Phase.RESPONSE
        self.connected_anew = False
        """Whether a connection was made for this exchange, or an older one used again."""
        self._seconds = dict.fromkeys(Phase, 0.0)
        self._entered_at = monotonic()

    def enter(self, phase: Phase) -> None:
        """The phase before ends now, and this one begins."""
        self.stop()
        self.connected_anew |= phase is Phase.CONNECT
        self.phase = phase

    def stop(self) -> None:
        """Count the present phase up to now."""
        now = monotonic()
        self._seconds[self.phase] += now - self._entered_at
        self._entered_at = now

    async def trace(self, event: str, info: dict[str, Any]) -> None:
        """Takes note of an event; this is httpcore's `trace` extension."""
        phase = _EVENTS.get(event)
        if phase is not None:
            self.enter(phase)

    def duration(self, phase: Phase) -> timedelta:
        """How long a phase took, as far as it was counted."""
        return timedelta(seconds=self._seconds[phase])
