"""The same archive as pywb shows it, where that is installed: `pip install pywb`."""

import asyncio
import hashlib
import shutil
import socket
import subprocess
from base64 import b32encode
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from crawler.config import ArchiveSettings
from crawler.search import Archive, ArchivedCopy, archive_of
from tests.support.builders import NOW
from tests.support.fetching import make_settings, no_wait
from tests.support.lost_site import make_around
from tests.support.waiting import until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("wb-manager"), reason="pywb is not installed"),
]

URL = "http://docs.example/guide?a=1"
BEFORE = datetime(2025, 2, 1, tzinfo=UTC)
CONFIG = "framed_replay: false\nredirect_to_exact: {}\n"


def record(timestamp: str, status: str, content: bytes = b"", location: str = "") -> bytes:
    """A response in a WARC file. Source: ISO 28500."""
    place = f"Location: {location}\r\n" if location else ""
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{place}"
    body = f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content
    digest = b32encode(hashlib.sha1(content + place.encode()).digest()).decode()  # noqa: S324
    fields = (
        "WARC/1.0",
        "WARC-Type: response",
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>",
        f"WARC-Date: {timestamp}",
        f"WARC-Target-URI: {URL}",
        f"WARC-Payload-Digest: sha1:{digest}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join((*fields, "", "")).encode() + body + b"\r\n\r\n"


WARC = (
    record("2024-01-01T00:00:00Z", "200 OK", b"<title>The guide</title><p>All about it</p>")
    + record("2025-03-01T00:00:00Z", "404 Not Found", b"gone")
    + record("2025-06-01T00:00:00Z", "200 OK", b"<title>Parked</title>")
    + record("2025-09-01T00:00:00Z", "301 Moved Permanently", location="http://docs.example/new")
)


@pytest.fixture(scope="module", params=["false", "true"])
def collection(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of pywb's collection; its TimeGate shows captures, or redirects to them."""
    folder = tmp_path_factory.mktemp("pywb")
    (folder / "mem.warc").write_bytes(WARC)
    (folder / "config.yaml").write_text(CONFIG.format(request.param))
    for words in (("init", "mem"), ("add", "mem", "mem.warc")):
        subprocess.run(["wb-manager", *words], cwd=folder, check=True, capture_output=True)  # noqa: S607
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        ["wayback", "-b", "127.0.0.1", "-p", str(port)],  # noqa: S607
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            asyncio.run(until(lambda: _listens(port)))
            yield f"http://127.0.0.1:{port}/mem"
        finally:
            server.terminate()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def archive(endpoint: str, kind: str, cache: Path) -> Archive:
    there = ArchiveSettings(endpoint=endpoint, kind=kind, cache=str(cache))
    settings = replace(make_settings(), archive=there)
    around = make_around(clock=lambda: NOW, sleep=no_wait, resolver=None)
    found = archive_of(settings, around)
    assert found is not None
    return found


def is_the_guide(copy: ArchivedCopy | None) -> bool:
    return copy is not None and copy.page.text == "All about it" and copy.captured_at < BEFORE


@pytest.mark.parametrize(("end", "kind"), [("/cdx", "auto"), ("", "auto"), ("", "timegate")])
def test_pywb_is_understood(collection: str, end: str, kind: str, tmp_path: Path) -> None:
    one = archive(collection + end, kind, tmp_path)
    before = BEFORE if kind == "auto" else datetime(2024, 2, 1, tzinfo=UTC)
    assert is_the_guide(asyncio.run(one.copy_of(URL, before)))
    expected = ("http://docs.example/new",) if kind == "auto" else ()
    assert asyncio.run(archive(collection + end, kind, tmp_path).redirects_of(URL)) == expected
    other = "http://docs.example/never"
    assert asyncio.run(archive(collection + end, kind, tmp_path).copy_of(other, BEFORE)) is None
