"""IO: a TLS server on loopback for any number of made-up hosts, with answers that take their time."""

import argparse
import asyncio
import json
import math
import random
import ssl
import sys
import tempfile
from pathlib import Path

import trustme

DOMAIN = "bench.test"
HANGING = 0.02
"""Share of hosts that never answer, when hanging is asked for."""
MEDIAN_SECONDS = 0.2
SIGMA = 0.5
WORDS = " ".join(f"word{n}" for n in range(2000))


def seconds(host: str, path: str) -> float:
    """How long the answer of a page takes: lognormal, always the same for the same page."""
    return random.Random(f"{host}{path}").lognormvariate(math.log(MEDIAN_SECONDS), SIGMA)


def hangs(host: str) -> bool:
    """Whether the host belongs to those that never answer; the heavy one, number 0, does not."""
    return host != f"h0.{DOMAIN}" and random.Random(f"hangs {host}").random() < HANGING


def page(host: str, path: str) -> bytes:
    """A whole answer of some 18 KB."""
    body = (
        f"<!doctype html><html lang=en><head><title>Page {path} of {host}</title>"
        f'<meta name=description content="What {host} says at {path}.">'
        f"</head><body><h1>Page {path}</h1><p>{WORDS}</p></body></html>"
    ).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


class _Server:
    def __init__(self, *, slow: bool, hanging: bool) -> None:
        self._slow = slow
        self._hanging = hanging

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                lines = head.decode("ascii").split("\r\n")
                path = lines[0].split(" ")[1]
                host = next(v[6:] for v in lines if v.lower().startswith("host: "))
                if self._hanging and hangs(host):
                    await reader.read()  # until the client gives up
                if self._slow:
                    await asyncio.sleep(seconds(host, path))
                writer.write(page(host, path))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            writer.close()


async def _serve(*, slow: bool, hanging: bool) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(f"*.{DOMAIN}").configure_cert(context)
    # Fresh TLS: no handshake is spared by a ticket of an earlier one.
    context.num_tickets = 0
    server = await asyncio.start_server(
        _Server(slow=slow, hanging=hanging).answer, "127.0.0.1", 0, ssl=context, backlog=2048
    )
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "authority.pem"
        authority.cert_pem.write_to_path(str(bundle))
        port = server.sockets[0].getsockname()[1]
        resolve = {"*": f"127.0.0.1:{port}"}
        print(json.dumps({"resolve": resolve, "ca_bundle": str(bundle)}), flush=True)
        await asyncio.to_thread(sys.stdin.read)  # until whoever started us closes it or ends
        server.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--hanging", action="store_true")
    options = parser.parse_args()
    asyncio.run(_serve(slow=options.slow, hanging=options.hanging))
