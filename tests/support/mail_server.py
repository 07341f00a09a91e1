"""A mail server on loopback that keeps what it gets."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest


@dataclass
class MailServer:
    """Envelopes that came, by aiosmtpd."""

    port: int = 0
    envelopes: list[Any] = field(default_factory=list)

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - its name
        self.envelopes.append(envelope)
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    smtp = pytest.importorskip("aiosmtpd.smtp")
    mails, loop, is_ready = MailServer(), asyncio.new_event_loop(), threading.Event()

    async def serve(stopped: asyncio.Event) -> None:
        server = await loop.create_server(lambda: smtp.SMTP(mails, loop=loop), "127.0.0.1", 0)
        async with server:
            mails.port = server.sockets[0].getsockname()[1]
            is_ready.set()
            await stopped.wait()

    stopped = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(stopped),))
    thread.start()
    assert is_ready.wait(60)
    try:
        yield mails
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join()
        loop.close()
