"""IO: an archive of the web, asked for captures of lost pages by CDX or Memento (RFC 7089)."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from crawler import urls
from crawler.config import ArchiveKind, Settings
from crawler.fetch.page_reader import PageReader
from crawler.search import archive_answers
from crawler.search.archive_answers import REDIRECTING, Capture
from crawler.search.archive_asking import TIMEOUT, ArchiveAsker, Question
from crawler.search.archive_cache import ArchiveAnswer, ArchiveCache
from crawler.search.surroundings import Archive, ArchivedCopy, Surroundings

MOST_TRIED = 2
"""Captures that are asked for, for one answer."""
_WAYBACK = "/cdx/search/cdx"
_PYWB = "/cdx"
_TIMEMAP = "/timemap/link"
_LATEST_OF_WAYBACK = {"filter": "statuscode:[23]..", "limit": "-100"}
"""Source: https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server#filtering"""
_LATEST_OF_PYWB = {"filter": "~status:[23]..", "sort": "reverse", "limit": "100"}
"""Source: https://pywb.readthedocs.io/en/latest/manual/cdxserver_api.html"""


def archive_of(
    settings: Settings, around: Surroundings, timeout: float = TIMEOUT
) -> Archive | None:
    """The archive of the settings, for one search; None where they name none.

    It asks at most so often as its limits say, each time within `timeout` seconds; answers are
    remembered in the folder of the settings.
    """
    endpoint, clock = settings.archive.endpoint.rstrip("/"), around.clock
    if not endpoint:
        return None
    folder = settings.archive.cache
    cache = ArchiveCache(Path(folder) if folder else None)
    asker = ArchiveAsker(settings, around, cache, timeout)
    match kind_of(endpoint, settings.archive.kind):
        case ArchiveKind.CDX:
            return _ListingArchive(_Cdx(endpoint, asker).captures, asker, clock)
        case ArchiveKind.TIMEMAP:
            return _ListingArchive(_TimeMaps(endpoint, asker).captures, asker, clock)
        case ArchiveKind.TIMEGATE:
            return _TimeGate(endpoint, asker, clock)


def kind_of(endpoint: str, kind: str = "auto") -> ArchiveKind:
    """How the archive at that address is asked: as the settings say, or else by its path."""
    if kind != "auto":
        return ArchiveKind(kind)
    path = urlsplit(endpoint).path.lower()
    if path.endswith("/cdx"):
        return ArchiveKind.CDX
    return ArchiveKind.TIMEGATE if "timegate" in path else ArchiveKind.TIMEMAP


ListCaptures = Callable[[str, datetime], Awaitable[Sequence[Capture]]]
"""The captures of a URL, in any order, those just before a time at least."""


class _ListingArchive:
    """An archive that lists its captures."""

    def __init__(
        self, list_captures: ListCaptures, asker: ArchiveAsker, clock: Callable[[], datetime]
    ) -> None:
        self._list = list_captures
        self._asker = asker
        self._clock = clock

    async def redirects_of(self, url: str) -> tuple[str, ...]:
        """Where captures of the URL redirected to, absolute, the latest first."""
        url = urls.without_fragment(url)
        captures = await self._list(url, self._clock())
        fitting = archive_answers.latest_first(captures, REDIRECTING)
        found = [
            archive_answers.original_of(answer.location)
            async for _, answer in self._shown(fitting)
            if answer.location
        ]
        targets = dict.fromkeys(filter(archive_answers.is_web_address, found))
        return tuple(one for one in targets if urls.target_uri(one) != urls.target_uri(url))

    async def copy_of(self, url: str, before: datetime | None) -> ArchivedCopy | None:
        """The last capture of the URL with status 200 from before that time; None without one."""
        url = urls.without_fragment(url)
        captures = await self._list(url, before or self._clock())
        fitting = archive_answers.latest_first(captures, {200}, before)
        async for capture, answer in self._shown(fitting):
            if answer.status == 200:
                return await _copy(url, capture.address, capture.at, answer)
        return None

    async def _shown(
        self, captures: Sequence[Capture]
    ) -> AsyncIterator[tuple[Capture, ArchiveAnswer]]:
        """The first of the captures, each as it was captured."""
        for capture in captures[:MOST_TRIED]:
            question = Question(url=archive_answers.as_captured(capture.address), follows=False)
            answer = await self._asker.ask(question, lambda _: True)
            if answer:
                yield capture, answer


class _Cdx:
    """A CDX server: that of web.archive.org, or one of pywb."""

    def __init__(self, endpoint: str, asker: ArchiveAsker) -> None:
        self._endpoint = endpoint
        self._asker = asker

    async def captures(self, url: str, before: datetime) -> Sequence[Capture]:
        """Those that answered with a page or a redirect."""
        is_wayback = self._endpoint.endswith(_WAYBACK)
        asked = {
            "url": url,
            "output": "json",
            "to": archive_answers.timestamp(before),
            **(_LATEST_OF_WAYBACK if is_wayback else _LATEST_OF_PYWB),
        }
        question = Question(url=f"{self._endpoint}?{urlencode(asked)}")
        answer = await self._asker.ask(question, lambda one: bool(_cdx(one)))
        shown = self._endpoint.removesuffix(_WAYBACK if is_wayback else _PYWB)
        start = f"{shown}/web" if is_wayback else shown
        return [
            Capture(
                at=one.at,
                address=f"{start}/{archive_answers.timestamp(one.at)}/{url}",
                status=one.status,
                digest=one.digest,
            )
            for one in (_cdx(answer) if answer else ())
        ]


class _TimeMaps:
    """An archive with TimeMaps, under an address to which the URL is added."""

    def __init__(self, endpoint: str, asker: ArchiveAsker) -> None:
        self._endpoint = endpoint
        self._asker = asker

    async def captures(self, url: str, _: datetime) -> Sequence[Capture]:
        """All that the TimeMap lists, whatever they answered."""
        start = self._endpoint + ("" if "timemap" in self._endpoint else _TIMEMAP)
        text = await self._timemap(f"{start}/{url}")
        parts = archive_answers.further_timemaps(text)
        if parts and not archive_answers.captures_of_timemap(text):
            text = await self._timemap(parts[-1])
        captures = archive_answers.captures_of_timemap(text)
        return [one for one in captures if archive_answers.is_web_address(one.address)]

    async def _timemap(self, address: str) -> str:
        if not archive_answers.is_web_address(address):
            return ""
        answer = await self._asker.ask(
            Question(url=address),
            lambda one: bool(archive_answers.captures_of_timemap(_text(one))),
        )
        return _text(answer) if answer and answer.status == 200 else ""


class _TimeGate:
    """An archive that only shows the capture nearest to a time."""

    def __init__(self, endpoint: str, asker: ArchiveAsker, clock: Callable[[], datetime]) -> None:
        self._endpoint = endpoint
        self._asker = asker
        self._clock = clock

    async def redirects_of(self, url: str) -> tuple[str, ...]:
        """None: a TimeGate lists no captures."""
        del url
        return ()

    async def copy_of(self, url: str, before: datetime | None) -> ArchivedCopy | None:
        """The capture nearest to that time, if it is not after it.

        The TimeGate shows it itself, or redirects to it. Source: RFC 7089 §4.1 and §4.2.
        """
        url = urls.without_fragment(url)
        accepted = format_datetime((before or self._clock()).astimezone(UTC), usegmt=True)
        question = Question(url=f"{self._endpoint}/{url}", accepted=accepted)
        answer = await self._asker.ask(question, lambda one: one.captured_at is not None)
        at = answer.captured_at if answer and answer.status == 200 else None
        if answer is None or at is None or (before and at > before):
            return None
        raw = archive_answers.as_captured(answer.url)
        if raw == answer.url:
            return await _copy(url, answer.url, at, answer)
        whole = await self._asker.ask(Question(url=raw, follows=False), lambda _: True)
        return await _copy(url, answer.url, at, whole) if whole and whole.status == 200 else None


def _cdx(answer: ArchiveAnswer) -> tuple[Capture, ...]:
    return archive_answers.captures_of_cdx(_text(answer)) if answer.status == 200 else ()


def _text(answer: ArchiveAnswer) -> str:
    return answer.content.decode("utf-8", "replace")


async def _copy(url: str, address: str, at: datetime, answer: ArchiveAnswer) -> ArchivedCopy:
    async with PageReader() as reader:
        page = await reader(answer.content, url, answer.content_type)
    return ArchivedCopy(url=address, captured_at=at, page=page)
