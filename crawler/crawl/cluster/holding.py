"""Pure: failures that look like those of a worker's own network, held back while in doubt."""

from crawler import guard
from crawler.crawl.messages import AttemptEnded, LookBegan, LookEnded, News

DOUBT_SECONDS = 3.0
"""So long after a failure without any answer, the canaries are asked."""
TRUST_SECONDS = 30.0
"""So long after a canary's answer, nothing is held back."""


class Holding:
    """Holds back hosts that were not reached, until something else has answered.

    Times are in seconds of one clock.
    """

    def __init__(self) -> None:
        self._held: list[News] = []
        self._since = 0.0
        """When the first of them came."""
        self._trusted_until = 0.0
        self._asked = set[str]()
        self._unreached = set[str]()
        """Hosts whose failures are held back."""

    @property
    def asked(self) -> int:
        """How many hosts were asked."""
        return len(self._asked)

    @property
    def unreached(self) -> int:
        """How many of them are held back."""
        return len(self._unreached)

    @property
    def has_any(self) -> bool:
        """Whether anything is held back."""
        return bool(self._held)

    def passed(self, news: News, now: float) -> tuple[News, ...]:
        """What may be told now that this is known."""
        if isinstance(news, LookBegan):
            self._asked.add(news.host)
        if isinstance(news, AttemptEnded) and not news.is_unreached:
            return (*self.released(now), news)
        if now < self._trusted_until or not _looks_like_ours(news):
            return (news,)
        if not self._held:
            self._since = now
        self._held.append(news)
        if isinstance(news, AttemptEnded):
            self._unreached.add(news.host)
        return ()

    def is_doubtful(self, now: float) -> bool:
        """Whether nothing has answered for so long that the canaries have to be asked."""
        return bool(self._held) and now - self._since >= DOUBT_SECONDS

    def released(self, now: float, *, by_canary: bool = False) -> tuple[News, ...]:
        """What was held back, because something has answered."""
        if by_canary:
            self._trusted_until = now + TRUST_SECONDS
        held = tuple(self._held)
        self._held.clear()
        self._unreached.clear()
        return held


def _looks_like_ours(news: News) -> bool:
    match news:
        case AttemptEnded():
            return news.is_unreached
        case LookEnded():
            return any(guard.is_unreached(check.facts) for check in news.checks)
        case _:
            return False
