"""IO: a response: its head, and as much of its content as is needed."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from crawler import retry
from crawler.fetch.content import Decoder
from crawler.fetch.failures import FAULTS
from crawler.fetch.head import MAX_HEAD_BYTES
from crawler.fetch.next_hop import FOLLOWED
from crawler.fetch.request_rules import PagesToRead, RequestRules
from crawler.model import Certificate, Validators
from crawler.text import clean

KEPT_FIELDS = (
    "cf-mitigated",
    "memento-datetime",
    "server",
    "x-amzn-waf-action",
    "x-datadome",
    "x-kpsdk-ct",
    "x-robots-tag",
    "x-vercel-mitigated",
)
"""Response fields that a rule reads; all others are dropped."""
PRESENCE_FIELDS = frozenset({"x-datadome", "x-kpsdk-ct"})
"""Fields whose values change with every response: only their names are kept."""
FIELD_LENGTH = 200
"""Characters of a field's value that are kept."""
DRAINED_BYTES = 16_384
"""Most of a redirect's content that is read, so that the connection can be used again."""
DRAIN_SECONDS = 0.5
"""Longest time for reading it, in seconds."""
PAGE_TYPES = frozenset({None, "text/html", "application/xhtml+xml"})
"""Media types that are read whole; without a type, it may be HTML."""
SKIMMED_BYTES = 65_536
"""Bytes read of other types, which are judged by their status code alone."""
END_OF_TIME = datetime.max.replace(tzinfo=UTC)
"""Stands for a missing `Date`, so that a `Retry-After` with a date counts as past."""


class ResponseSoFar:
    """A response from its head on; `read` its content. It stays valid when reading fails.

    Raises: `httpx.RemoteProtocolError` when the head is too long, or of an interim response (1xx).
    """

    def __init__(self, response: httpx.Response, rules: RequestRules) -> None:
        fields = response.headers.raw
        size = sum(len(name) + len(value) for name, value in fields)
        if size > MAX_HEAD_BYTES or response.status_code < 200:
            raise httpx.RemoteProtocolError("too long, or not final")
        self.response = response
        self.status_code = response.status_code
        self._values: dict[str, list[bytes]] = {}
        """By name in lower case."""
        for name, value in fields:
            self._values.setdefault(name.decode("latin-1").lower(), []).append(value)
        self.content_type = self._content_type()
        self.media_type = _media_type(self.content_type)
        self._is_skimmed = rules.pages is not PagesToRead.NONE and not self.is_page
        self._max_bytes = rules.max_body_bytes
        self._decoder = Decoder("", 0)

    @property
    def address(self) -> str | None:
        """The IP address that it came from."""
        return self.response.extensions.get("address")

    @property
    def certificate(self) -> Certificate | None:
        """The certificate that the server showed, if it was verified."""
        return self.response.extensions.get("certificate")

    @property
    def content(self) -> bytes:
        """The part that was read, decoded."""
        return self._decoder.content

    @property
    def is_empty(self) -> bool:
        """Whether no content was read."""
        return self._decoder.is_empty

    @property
    def is_truncated(self) -> bool:
        """Whether more content was wanted than the limit allows."""
        return self._decoder.is_full and not self._is_skimmed

    @property
    def is_page(self) -> bool:
        """Whether the content may be HTML."""
        return self.media_type in PAGE_TYPES

    @property
    def succeeded(self) -> bool:
        """Whether the status code is 2xx."""
        return 200 <= self.status_code < 300

    @property
    def is_redirect(self) -> bool:
        """Whether the response names another place with `Location`."""
        return self.status_code in FOLLOWED and bool(self.values("location"))

    async def read(self) -> None:
        """Read the content, up to its limit; of a redirect, it is thrown away.

        Raises: one of `FAULTS`.
        """
        if self.is_redirect:
            await _drain(self.response)
            return
        limit = min(self._max_bytes, SKIMMED_BYTES) if self._is_skimmed else self._max_bytes
        coding = self.text("content-encoding")
        self._decoder = Decoder(coding, limit, is_page=self.is_page)
        async for data in _pieces(self.response):
            self._decoder.feed(data)
            if self._decoder.is_full:
                return
        self._decoder.finish()

    def values(self, name: str) -> Sequence[bytes]:
        """The values of a field, in the order received."""
        return self._values.get(name, ())

    def text(self, name: str) -> str:
        """The values of a list field as one; empty when it is missing. Source: RFC 9110 §5.3."""
        return ", ".join(value.decode("latin-1") for value in self.values(name))

    def kept_fields(self) -> tuple[tuple[str, str], ...]:
        """The fields that a rule reads, in the order received, with cleaned values."""
        named = ((name.decode("latin-1").lower(), v) for name, v in self.response.headers.raw)
        return tuple(
            (name, _kept_value(name, value.decode("latin-1")))
            for name, value in named
            if name in KEPT_FIELDS
        )

    def validators(self) -> Validators | None:
        """What makes the next request conditional; None when the server sent nothing usable."""
        etag, last_modified = self._validator("etag"), self._validator("last-modified")
        if etag is None and last_modified is None:
            return None
        return Validators(etag=etag, last_modified=last_modified)

    def retry_after(self) -> float | None:
        """Seconds that the server wants us to wait; a date is compared with the server's `Date`."""
        field = self.text("retry-after")
        return retry.retry_after(field, self._date() or END_OF_TIME) if field else None

    def sent_at(self) -> datetime | None:
        """When the server or cache sent the response; None when it does not say.

        Source: RFC 9110 §6.6.1, RFC 9111 §5.1.
        """
        age = self.text("age").strip()
        seconds = int(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0
        date = self._date()
        with suppress(OverflowError):
            return date and date + timedelta(seconds=seconds)
        return None

    def _content_type(self) -> str | None:
        """The last `Content-Type` field, on one line."""
        values = self.values("content-type")
        return clean(values[-1].decode("latin-1"), FIELD_LENGTH) if values else None

    def _date(self) -> datetime | None:
        with suppress(ValueError, OverflowError):
            return parsedate_to_datetime(self.text("date")).replace(tzinfo=UTC)
        return None

    def _validator(self, name: str) -> str | None:
        value = self.text(name).strip()
        is_sound = value.isascii() and value.isprintable() and len(value) <= FIELD_LENGTH
        return value if value and is_sound else None


def _media_type(content_type: str | None) -> str | None:
    """The type without parameters, in lower case. Source: RFC 9110 §8.3.1."""
    return (content_type or "").partition(";")[0].strip().lower() or None


def _kept_value(name: str, value: str) -> str:
    return "" if name in PRESENCE_FIELDS else clean(value, FIELD_LENGTH)


def _pieces(response: httpx.Response) -> httpx.AsyncByteStream:
    """The content as received; `Response.aiter_raw` refuses what a mock already has in memory."""
    if not isinstance(response.stream, httpx.AsyncByteStream):
        raise TypeError("a transport for asynchronous use is needed")
    return response.stream


async def _drain(response: httpx.Response) -> None:
    # The next place is known already: a fault from here on does not matter.
    with suppress(*FAULTS):
        read = 0
        async with asyncio.timeout(DRAIN_SECONDS):
            async for data in _pieces(response):
                read += len(data)
                if read > DRAINED_BYTES:
                    return
