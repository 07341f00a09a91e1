"""Pure: ways to tell that a page changed: the one of the crawler, and plain ones beside it."""

import json
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from crawler.compare.content import compare_content
from crawler.fingerprint import masked
from crawler.model import Noise, PageText, WordFinding

_FIRST = date(2026, 3, 1)
KEPT_TEXTS = 4
"""Of a resource."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a strategy says of one night."""

    is_news: bool
    traces: frozenset[int] | None = None
    """Hashes of the lines that it tells of; None if it tells of no lines."""
    words: tuple[WordFinding, ...] = ()
    change: str = ""


class Plain:
    """Compares something computed of the text with that of the night before."""

    def __init__(self, key: Callable[[str], str]) -> None:
        """Takes what is computed."""
        self._key = key
        self._last: str | None = None
        self.stored = 0

    def look(self, page: PageText, _night: int) -> Told:
        """What is said of the page tonight."""
        key = self._key(page.text)
        is_news = self._last is not None and key != self._last
        if key != self._last:
            self.stored += len(zlib.compress(page.text.encode()))
        self._last = key
        return Told(is_news=is_news)


class Learning:
    """Compares as the crawler does."""

    def __init__(self) -> None:
        """Knows nothing at first."""
        self._known: PageText | None = None
        self.noise = Noise()
        self._texts: list[int] = []

    @property
    def stored(self) -> int:
        """Bytes of the texts and of the noise."""
        noise = json.dumps(asdict(self.noise), default=str, separators=(",", ":"))
        return sum(self._texts[-KEPT_TEXTS:]) + len(noise)

    def look(self, page: PageText, night: int) -> Told:
        """What is said of the page tonight."""
        if self._known is None:
            self._keep(page)
            return Told(is_news=False)
        found = compare_content(self._known, page, self.noise, _FIRST + timedelta(days=night))
        self.noise = found.noise
        if found.is_news or found.is_back:
            self._keep(page)
        return Told(
            is_news=found.is_news,
            traces=frozenset(found.traces),
            words=found.words,
            change=found.change,
        )

    def _keep(self, page: PageText) -> None:
        self._known = page
        self._texts.append(len(zlib.compress(page.text.encode())))


STRATEGIES: dict[str, Callable[[], Plain | Learning]] = {
    "text hash": lambda: Plain(lambda text: text),
    "masked hash": lambda: Plain(masked),
    "crawler": Learning,
}
