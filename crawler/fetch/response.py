"""IO: one request, and as much of its response as is needed."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from crawler import retry
from crawler.fetch.content import Decoder
from crawler.fetch.failures import FAULTS
from crawler.fetch.head import MAX_HEAD_BYTES
from crawler.fetch.next_hop import FOLLOWED
from crawler.model import Certificate, Validators
from crawler.text import clean

KEPT_FIELDS = (
    "cf-mitigated",
    "server",
    "x-amzn-waf-action",
    "x-datadome",
    "x-kpsdk-ct",
    "x-robots-tag",
    "x-vercel-mitigated",
)
"""Response fields that a rule reads; the rest is forgotten."""
PRESENCE_FIELDS = frozenset({"x-datadome", "x-kpsdk-ct"})
"""Fields whose values change with every answer: only their names are kept."""
FIELD_LENGTH = 200
"""Characters of a field's value that are kept."""
DRAINED_BYTES = 16_384
"""Of a redirect's content that are read, so that the connection can be used again."""
DRAIN_SECONDS = 0.5
"""How long that may take."""
PAGE_TYPES = frozenset({None, "text/html", "application/xhtml+xml"})
"""Media types that are read whole; a type that is missing may be HTML."""
SKIMMED_BYTES = 65_536
"""Of content of other types, which is judged by its status alone."""
END_OF_TIME = datetime.max.replace(tzinfo=UTC)
"""When a response without a `Date` was made: any other date in it has passed by then."""


@dataclass(slots=True)
class ResponseSoFar:
    """What came of a request so far; complete when `ask` returns, and still true when it raises."""

    head: httpx.Response | None = None
    content_type: str | None = None
    """The last `Content-Type` field, on one line."""
    media_type: str | None = None
    """The essence of `content_type`, in lower case. Source: RFC 9110 §8.3.1."""
    decoder: Decoder = field(default_factory=lambda: Decoder("", 0))
    address: str | None = None
    certificate: Certificate | None = None
    _values: dict[str, list[bytes]] = field(default_factory=dict)
    """By name in lower case."""

    def take_head(self, response: httpx.Response) -> None:
        """Begin with a response's head.

        Raises: `httpx.RemoteProtocolError` when it is too long, or no final one.
        """
        size = sum(len(name) + len(value) for name, value in response.headers.raw)
        if size > MAX_HEAD_BYTES or response.status_code < 200:
            raise httpx.RemoteProtocolError("too long, or not final")
        self.head = response
        for name, value in response.headers.raw:
            self._values.setdefault(name.decode("latin-1").lower(), []).append(value)
        for value in self.values("content-type")[-1:]:
            self.content_type = clean(value.decode("latin-1"), FIELD_LENGTH)
            self.media_type = self.content_type.partition(";")[0].strip().lower() or None
        self.address = response.extensions.get("address")
        self.certificate = response.extensions.get("certificate")

    @property
    def status_code(self) -> int:
        """Of the response; 0 when there is none."""
        return self.head.status_code if self.head else 0

    @property
    def is_page(self) -> bool:
        """Whether there may be HTML in it."""
        return self.media_type in PAGE_TYPES

    @property
    def succeeded(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status_code < 300

    @property
    def is_redirect(self) -> bool:
        """Whether the response names another place with `Location`."""
        return self.status_code in FOLLOWED and bool(self.values("location"))

    def values(self, name: str) -> Sequence[bytes]:
        """The values of a field, in the order received."""
        return self._values.get(name, ())

    def text(self, name: str) -> str:
        """The values of a list field as one; empty when it is missing. Source: RFC 9110 §5.3."""
        return ", ".join(value.decode("latin-1") for value in self.values(name))

    def kept_fields(self) -> tuple[tuple[str, str], ...]:
        """The fields that a rule reads, in the order received, with cleaned values."""
        raw = self.head.headers.raw if self.head else []
        named = ((key.decode("latin-1").lower(), value) for key, value in raw)
        return tuple(
            (name, _kept_value(name, value.decode("latin-1")))
            for name, value in named
            if name in KEPT_FIELDS
        )

    def validators(self) -> Validators | None:
        """What the server can be asked with next time; None when it gave nothing of use."""
        etag, last_modified = self._validator("etag"), self._validator("last-modified")
        if etag is None and last_modified is None:
            return None
        return Validators(etag=etag, last_modified=last_modified)

    def retry_after(self) -> float | None:
        """Seconds that the server wants us to wait, by its own clock; a date needs its `Date`."""
        field = self.text("retry-after")
        return retry.retry_after(field, self._made_at() or END_OF_TIME) if field else None

    def sent_at(self) -> datetime | None:
        """When the response left the server or cache that sent it; None when there is no telling.

        Source: RFC 9110 §6.6.1, RFC 9111 §5.1.
        """
        age = self.text("age").strip()
        seconds = int(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0
        made_at = self._made_at()
        with suppress(OverflowError):
            return made_at and made_at + timedelta(seconds=seconds)
        return None

    def _made_at(self) -> datetime | None:
        """The moment of the `Date` field."""
        with suppress(ValueError, OverflowError):
            return parsedate_to_datetime(self.text("date")).replace(tzinfo=UTC)
        return None

    def _validator(self, name: str) -> str | None:
        value = self.text(name).strip()
        is_sound = value.isascii() and value.isprintable() and len(value) <= FIELD_LENGTH
        return value if value and is_sound else None


def _kept_value(name: str, value: str) -> str:
    return "" if name in PRESENCE_FIELDS else clean(value, FIELD_LENGTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appetite:
    """How much of a response's content is wanted."""

    max_body_bytes: int
    skims: bool
    """Whether the beginning is enough of anything that is not a page."""


async def ask(
    transport: httpx.AsyncBaseTransport,
    request: httpx.Request,
    reply: ResponseSoFar,
    appetite: Appetite,
) -> None:
    """Fill in the reply, and leave the connection behind clean or closed.

    Raises: one of `FAULTS`.
    """
    response = await transport.handle_async_request(request)
    async with aclosing(response):
        reply.take_head(response)
        if reply.is_redirect:
            await _drain(response)
            return
        limit = appetite.max_body_bytes
        if appetite.skims and not reply.is_page:
            limit = min(limit, SKIMMED_BYTES)
        reply.decoder = Decoder(reply.text("content-encoding"), limit)
        await _read(response, reply.decoder)


def _pieces(response: httpx.Response) -> httpx.AsyncByteStream:
    """The content as received; `Response.aiter_raw` will not give what a mock has in memory."""
    if not isinstance(response.stream, httpx.AsyncByteStream):
        raise TypeError("a transport for asynchronous use is needed")
    return response.stream


async def _read(response: httpx.Response, decoder: Decoder) -> None:
    async for data in _pieces(response):
        decoder.feed(data)
        if decoder.is_full:
            return
    decoder.finish()


async def _drain(response: httpx.Response) -> None:
    # Where to go next is known already: whatever is wrong from here on does not matter.
    with suppress(*FAULTS):
        read = 0
        async with asyncio.timeout(DRAIN_SECONDS):
            async for data in _pieces(response):
                read += len(data)
                if read > DRAINED_BYTES:
                    return
