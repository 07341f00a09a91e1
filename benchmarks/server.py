"""IO: the made-up web served by Python: where there is no nginx, and behind it where replies take time.

`python -m benchmarks.server FOLDER` serves the pages under `FOLDER/www` over TLS. With `--behind`
it replies to nginx, after the page's time, which file to send. Prints its port.
"""

import argparse
import asyncio
import os
import ssl
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks import web
from crawler.demo.replies import Reply, Request, document, redirect
from crawler.demo.server import Server, replying


def reply_from(folder: Path, request: Request) -> Reply:
    """The reply from the pages under a folder."""
    path = _without_query(request)
    way = web.way_of(path)
    if way is not None:
        authority = request.fields["host"]
        host = web.other(authority) if way.away else authority
        return redirect(f"https://{host}{path.removeprefix(way.prefix)}", way.status_code)
    place = folder / path.removeprefix("/")
    if not place.is_file():
        return document(web.missing(), 404)
    if "gzip" in request.fields.get("accept-encoding", ""):
        return document(Path(f"{place}.gz").read_bytes(), 200, ("Content-Encoding", "gzip"))
    return document(place.read_bytes())


def reply_to_nginx(request: Request) -> Reply:
    """The reply that names the file for nginx to send."""
    return document(b"", 200, ("X-Accel-Redirect", f"/now{_without_query(request)}"))


def _without_query(request: Request) -> str:
    return request.path.partition("?")[0]


def _context(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "chain.pem", folder / "key.pem")
    context.num_tickets = 0  # each handshake is a whole one
    return context


def _logging(folder: Path) -> Callable[[Request], Reply]:
    """Replies from the pages of a folder, each with a line in the log as nginx writes it."""
    log = os.open(folder / "access.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def respond(request: Request) -> Reply:
        reply = reply_from(folder / "www", request)
        os.write(log, b"%d\n" % reply.status_code)
        return reply

    return respond


async def _main(folder: Path, *, behind: bool, slow: bool) -> None:
    at_once = reply_to_nginx if behind else _logging(folder)

    def late(request: Request) -> Reply:
        return replace(at_once(request), delay=web.seconds(request.host, _without_query(request)))

    script = replying(late if slow else at_once)
    async with Server(script, None if behind else _context(folder)) as server:
        print(server.port, flush=True)
        await asyncio.to_thread(sys.stdin.read)  # until whoever started us closes it or ends


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.server")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--behind", action="store_true", help="replies to nginx, over HTTP")
    parser.add_argument("--slow", action="store_true", help="each page after its own time")
    options = parser.parse_args()
    asyncio.run(_main(options.folder, behind=options.behind, slow=options.slow))
