"""IO: what lychee says of the same rows, asked through a proxy that leads each name to its server.

lychee cannot be told where to connect, but it obeys `http_proxy`; nginx is the proxy.
"""

import json
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.measure import user_environment
from benchmarks.peers import LYCHEE
from benchmarks.real_pages import nginx
from benchmarks.real_pages.nights import Row
from benchmarks.real_pages.plan import Server
from benchmarks.real_pages.serving import PROGRAMS, Night, free_port, is_root, started


def flagged(rows: Sequence[Row], web: Night) -> frozenset[int] | None:
    """The numbers of the rows that lychee calls broken; None where it is not installed."""
    program = PROGRAMS[Server.NGINX]
    if LYCHEE is None or program is None:
        return None
    folder = web.folder / "lychee"
    folder.mkdir()
    port = free_port()
    text = nginx.proxy_config(web.addresses, port, folder, is_root=is_root())
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    with ExitStack() as stack:
        command = [program, "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"]
        started(stack, command, port, folder)
        told = _told(rows, folder, port)
    broken = {entry["url"] for entries in told["error_map"].values() for entry in entries}
    broken |= {entry["url"] for entries in told["timeout_map"].values() for entry in entries}
    return frozenset(row.number for row in rows if row.url in broken)


def _told(
    rows: Sequence[Row], folder: Path, port: int
) -> dict[str, dict[str, list[dict[str, str]]]]:
    urls = folder / "list.txt"
    urls.write_text("".join(f"{row.url}\n" for row in rows), encoding="utf-8")
    options = "--no-progress -q --format json --max-concurrency 64 --max-retries 0 --timeout 20"
    done = subprocess.run(
        [LYCHEE or "lychee", *options.split(), str(urls)],
        env=user_environment() | {"http_proxy": f"http://127.0.0.1:{port}"},
        stdout=subprocess.PIPE,
        check=False,
    )
    told: dict[str, dict[str, list[dict[str, str]]]] = json.loads(done.stdout)
    return told
