"""IO: the made-up web served by Python: where there is no nginx, and behind it where answers take time.

`python -m benchmarks.server FOLDER` serves the pages under `FOLDER/www` over TLS. With `--behind`
it answers nginx without content: after the page's time it tells which file to send. Prints its port.
"""

import argparse
import asyncio
import os
import ssl
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import web

PHRASES = {200: "OK", 301: "Moved Permanently", 302: "Found", 404: "Not Found"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a server is asked for."""

    host: str
    """With its port, as the client named it."""
    path: str
    gzip: bool
    """Whether the client takes content in this coding."""

    @property
    def name(self) -> str:
        """The host without its port."""
        return self.host.partition(":")[0]


def parse(head: bytes) -> Request:
    """The request with this head."""
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (v.partition(":") for v in lines)}
    return Request(
        host=fields["host"],
        path=first.split(" ")[1].partition("?")[0],
        gzip="gzip" in fields.get("accept-encoding", ""),
    )


def answer(request: Request, folder: Path) -> tuple[int, Mapping[str, str], bytes]:
    """Status code, fields and content of an answer from the pages under a folder."""
    way = web.way_of(request.path)
    if way is not None:
        host = web.other(request.host) if way.away else request.host
        location = f"https://{host}{request.path.removeprefix(way.prefix)}"
        return way.status_code, {"Location": location}, b""
    fields = {"Content-Type": "text/html; charset=utf-8"}
    place = folder / request.path.removeprefix("/")
    if not place.is_file():
        return 404, fields, web.missing()
    if request.gzip:
        return 200, fields | {"Content-Encoding": "gzip"}, Path(f"{place}.gz").read_bytes()
    return 200, fields, place.read_bytes()


def directed(request: Request) -> tuple[int, Mapping[str, str], bytes]:
    """An answer that tells nginx which place of its own is the answer."""
    fields = {
        "X-Accel-Redirect": f"/now{request.path}",
        "Content-Type": "text/html; charset=utf-8",
    }
    return 200, fields, b""


class _Server:
    def __init__(self, folder: Path, *, behind: bool, slow: bool, log: int) -> None:
        self._folder = folder
        self._behind = behind
        self._slow = slow
        self._log = log

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = parse(await reader.readuntil(b"\r\n\r\n"))
                if self._slow:
                    await asyncio.sleep(web.seconds(request.name, request.path))
                writer.write(self._answer(request))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            writer.close()

    def _answer(self, request: Request) -> bytes:
        status_code, fields, content = (
            directed(request) if self._behind else answer(request, self._folder / "www")
        )
        if not self._behind:
            os.write(self._log, b"%d\n" % status_code)
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        start = (
            f"HTTP/1.1 {status_code} {PHRASES[status_code]}\r\nContent-Length: {len(content)}\r\n"
        )
        return f"{start}{head}\r\n".encode() + content


async def _main(folder: Path, *, behind: bool, slow: bool) -> None:
    context = None
    if not behind:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "chain.pem", folder / "key.pem")
        # Fresh TLS: no handshake is spared by a ticket of an earlier one.
        context.num_tickets = 0
    log = os.open(folder / "access.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    served = _Server(folder, behind=behind, slow=slow, log=log)
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0, ssl=context, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)  # until whoever started us closes it or ends
    server.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.server")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--behind", action="store_true", help="answers nginx, by http")
    parser.add_argument("--slow", action="store_true", help="each page after its own time")
    options = parser.parse_args()
    asyncio.run(_main(options.folder, behind=options.behind, slow=options.slow))
