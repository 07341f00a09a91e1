"""An archive may name addresses of any host: exclusions and credentials hold there as everywhere."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.config import ArchiveSettings, HostSettings
from crawler.demo.replies import Reply, Request
from crawler.demo.server import Server, replying
from crawler.search import archive_of
from tests.support.fetching import make_settings
from tests.support.lost_site import make_around

URL = "https://docs.example/guide"
INNER = "http://inner.test/20240101000000/page"
TIME = "Mon, 01 Jan 2024 00:00:00 GMT"
KEYS = HostSettings(headers=(("Authorization", "Bearer 4711"),), credentials_over_http=True)
TIMEMAP = Reply(content=f'<{INNER}>; rel="memento"; datetime="{TIME}"'.encode())
REDIRECT = Reply(status_code=302, fields=(("Location", INNER),))


def _heads(
    folder: Path, endpoint: str, reply: Reply, exclude: tuple[str, ...] = ()
) -> list[bytes]:
    """The heads of all requests while an archive that replies so is asked for a copy."""

    def respond(request: Request) -> Reply:
        shown = Reply(fields=(("Memento-Datetime", TIME),), content=b"<title>Inner</title>")
        return shown if request.path == "/20240101000000/page" else reply

    async def story() -> list[bytes]:
        async with Server(replying(respond)) as server:
            made = make_settings(resolve=(("*", server.authority),), exclude=exclude)
            settings = replace(
                made,
                archive=ArchiveSettings(endpoint=endpoint, cache=str(folder)),
                hosts=(("inner.test", KEYS), ("archive.test", KEYS)),
            )
            archive = archive_of(settings, make_around(sleep=_no_pause))
            assert archive is not None
            await archive.copy_of(URL, None)
            return server.heads

    return asyncio.run(story())


async def _no_pause(_: float) -> None:
    pass


WAYS = pytest.mark.parametrize(
    ("endpoint", "reply"),
    [("http://archive.test/mem", TIMEMAP), ("http://archive.test/timegate", REDIRECT)],
)


@WAYS
@pytest.mark.promise("28a")
def test_28a_what_is_excluded_is_asked_for_no_archive(
    endpoint: str, reply: Reply, tmp_path: Path
) -> None:
    assert b"inner.test" in b"".join(_heads(tmp_path / "all", endpoint, reply))
    heads = _heads(tmp_path / "few", endpoint, reply, ("http://inner.test/*",))
    assert heads
    assert b"inner.test" not in b"".join(heads)


@WAYS
@pytest.mark.promise("28b")
def test_28b_credentials_of_other_hosts_are_not_sent_for_an_archive(
    endpoint: str, reply: Reply, tmp_path: Path
) -> None:
    by_host = {b"archive.test": 0, b"inner.test": 0}
    for head in _heads(tmp_path, endpoint, reply):
        host = next(name for name in by_host if b"host: " + name in head.lower())
        by_host[host] += head.count(b"4711")
    assert by_host == {b"archive.test": 1, b"inner.test": 0}
