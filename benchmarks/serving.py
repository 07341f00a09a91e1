"""IO: the made-up web on loopback: its certificate, its files, and nginx or Python that serves them."""

import contextlib
import gzip
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import trustme

from benchmarks import web
from benchmarks.measure import cpu_of
from crawler.demo.server import refusing_port

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
"""None where it is not installed; then Python serves, which takes more CPU."""

_CONFIG = """
daemon off;
{user}
worker_processes 1;
worker_rlimit_nofile 65536;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 16384; }}
http {{
  {temporary}
  log_format statuses "$status";
  access_log {folder}/access.log statuses;
  default_type "text/html";
  charset utf-8;
  gzip_static on;
  sendfile on;
  keepalive_timeout 75;
  keepalive_requests 100000;
  map $http_host $other {{ ~^h(?<rest>.*)$ m$rest; }}
  {upstream}
  server {{
    listen 127.0.0.1:{port} ssl backlog=4096;
    server_name _;
    ssl_certificate {folder}/chain.pem;
    ssl_certificate_key {folder}/key.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_tickets off;
    ssl_session_cache off;
    root {folder}/www;
    error_page 404 /missing.html;
    location = /missing.html {{ internal; }}
    {locations}
    location ~ ^/small/(p[0-9]+)$ {{
      return 200 "<!doctype html><html lang=en><title>Small page $1</title><h1>Small page $1</h1><p>{words}</p></html>";
    }}
  }}
}}
"""
_WORDS = "A short page that says little of its own and says it twice. " * 12
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The made-up web while it is served."""

    port: int
    folder: Path
    server: str
    pids: tuple[int, ...]

    @property
    def bundle(self) -> Path:
        """The authority's certificate."""
        return self.folder / "authority.pem"

    def requests(self) -> int:
        """How many were answered so far."""
        return (self.folder / "access.log").read_bytes().count(b"\n")

    def cpu(self) -> float:
        """CPU seconds of all serving processes so far."""
        return sum(map(cpu_of, self.pids))


@contextlib.contextmanager
def serving(listed: Sequence[web.Row], *, slow: bool = False) -> Iterator[Served]:
    """Serves the pages of these rows, each after its own delay when `slow`, and the small pages."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        # nginx's worker, which may not be root, reads here.
        folder.chmod(0o755)
        write_certificate(folder)
        _write_pages(folder, listed)
        start = _nginx if NGINX else _python
        yield start(stack, folder, slow=slow)


def write_certificate(folder: Path) -> None:
    """Write the authority's certificate, and that of all hosts with its key."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    leaf = authority.issue_cert(f"*.{web.DOMAIN}")
    leaf.private_key_pem.write_to_path(str(folder / "key.pem"))
    for pem in leaf.cert_chain_pems:
        pem.write_to_path(str(folder / "chain.pem"), append=True)


def _write_pages(folder: Path, listed: Sequence[web.Row]) -> None:
    www = folder / "www"
    www.joinpath("guides").mkdir(parents=True)
    www.joinpath("missing.html").write_bytes(web.missing())
    for path, content in web.documents(listed):
        place = www / path.removeprefix("/")
        place.write_bytes(content)
        Path(f"{place}.gz").write_bytes(gzip.compress(content, 5, mtime=0))


def _nginx(stack: contextlib.ExitStack, folder: Path, *, slow: bool) -> Served:
    behind = _started(stack, folder, "--behind", "--slow") if slow else None
    port = _free_port()
    config = nginx_config(folder, port, behind[0] if behind else None)
    folder.joinpath("nginx.conf").write_text(config, encoding="utf-8")
    command = [str(NGINX), "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"]
    process = stack.enter_context(subprocess.Popen(command, stderr=subprocess.DEVNULL))
    stack.callback(process.terminate)
    wait_for("127.0.0.1", port, process)
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii")
    pids = (process.pid, *map(int, workers.split()), *(behind[1:] if behind else ()))
    return Served(port=port, folder=folder, server="nginx", pids=pids)


def nginx_config(folder: Path, port: int, behind: int | None) -> str:
    """The whole configuration; `behind` is the port of the server that delays replies, if any."""
    at_once = "\n    ".join(map(returned, web.WAYS))
    return _CONFIG.format(
        folder=folder,
        port=port,
        user=user_line(),
        temporary=temporary_paths(folder),
        upstream="" if behind is None else _upstream(behind),
        locations=at_once if behind is None else _delayed(at_once, folder),
        words=_WORDS,
    )


def user_line() -> str:
    """Who nginx's worker is: whoever started it, also if that is root."""
    return "user root;" if Path("/proc/self").stat().st_uid == 0 else ""


def temporary_paths(folder: Path) -> str:
    """Where nginx keeps what does not fit into its memory."""
    return " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in _TEMPORARY)


def returned(way: web.Way) -> str:
    """The location that redirects in this way."""
    host = "$other" if way.away else "$http_host"
    to = f"return {way.status_code} https://{host}$rest_of_path;"
    return f"location ~ ^{way.prefix}(?<rest_of_path>/.*)$ {{ {to} }}"


def _upstream(port: int) -> str:
    return f"upstream timed {{ server 127.0.0.1:{port}; keepalive 1024; }}"


def _delayed(at_once: str, folder: Path) -> str:
    """Asks the server behind first, whose reply names a place below `/now`."""
    inside = at_once.replace("location ~ ^/", "location ~ ^/now/").replace(
        "{ return", "{ internal; return"
    )
    return f"""{inside}
    location /now/ {{ internal; alias {folder}/www/; }}
    location / {{
      proxy_pass http://timed;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_read_timeout 600s;
    }}"""


def _python(stack: contextlib.ExitStack, folder: Path, *, slow: bool) -> Served:
    port, pid = _started(stack, folder, *(["--slow"] if slow else []))
    return Served(port=port, folder=folder, server="Python", pids=(pid,))


def _started(stack: contextlib.ExitStack, folder: Path, *options: str) -> tuple[int, int]:
    """Starts the Python server, which ends with the stack; returns its port and process id."""
    command = [sys.executable, "-m", "benchmarks.server", str(folder), *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    stack.enter_context(process)
    stack.callback(process.stdin.close)
    return int(process.stdout.readline()), process.pid


def _free_port() -> int:
    with refusing_port() as port:
        return port


def wait_for(address: str, port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when the server takes connections. Raises: `SystemExit` when it has ended."""
    while process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((address, port)):
            return
        time.sleep(0.02)
    raise SystemExit("nginx did not start")
