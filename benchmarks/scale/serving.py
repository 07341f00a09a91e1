"""IO: the made-up web of many hosts, served by nginx on many addresses of loopback."""

import contextlib
import gzip
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import serving, web
from benchmarks.measure import cpu_of, process_tree
from benchmarks.scale import hosts
from benchmarks.scale.hosts import Scale

_CONFIG = """
daemon off;
{user}
worker_processes 1;
worker_rlimit_nofile 65536;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 32768; }}
http {{
  {temporary}
  log_format asked "$status $request_length $bytes_sent $connection_requests $http_host $request_uri";
  access_log {folder}/access.log asked;
  default_type "text/html";
  charset utf-8;
  gzip_static on;
  sendfile on;
  etag off;
  if_modified_since off;
  keepalive_timeout 75;
  keepalive_requests 100000;
  map $http_host $other {{ ~^[a-z]+(?<rest>.*)$ m$rest; }}
  map $http_host $kind {{ default ""; ~^slow /slow; ~^soft /soft; }}
  server {{
    {listens}
    server_name _;
    ssl_certificate {folder}/chain.pem;
    ssl_certificate_key {folder}/key.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_tickets off;
    ssl_session_cache off;
    root {folder}/www-{night};
    error_page 404 /missing.html;
    if ($kind) {{ rewrite ^ $kind$uri last; }}
    location = /missing.html {{ internal; }}
    location = /robots.txt {{ default_type text/plain; return 200 "User-agent: *\\nAllow: /\\n"; }}
    location = /slow/robots.txt {{ internal; default_type text/plain; return 200 ""; }}
    location = /soft/robots.txt {{ internal; default_type text/plain; return 200 ""; }}
    location /slow/ {{ internal; alias {folder}/www-{night}/; limit_rate {rate}; add_header Last-Modified ""; }}
    location /soft/ {{ internal; try_files /missing.html =404; }}
    location /failing/ {{ return 503 "Service unavailable"; }}
    {ways}
    location / {{ add_header Last-Modified ""; }}
  }}
}}
"""
_PORT = 8443
_SLOW_SECONDS = 2
"""What a page of a slow host takes, about."""
_TYPICAL_BYTES = {hosts.Size.REAL: 11_000, hosts.Size.SMALL: 400}
"""Of a page on the wire, compressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What the server answered in some time."""

    requests: int
    connections: int
    received: int
    """Bytes of requests, as sent are those of responses: with header fields, without TLS and IP."""
    sent: int
    asked: Counter[str]
    """How often each place was asked for, as `host:port/path`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The web while it is served."""

    folder: Path
    pids: tuple[int, ...]

    @property
    def bundle(self) -> Path:
        """The authority's certificate."""
        return self.folder / "authority.pem"

    @property
    def log(self) -> Path:
        """A line for each answer."""
        return self.folder / "access.log"

    def cpu(self) -> float:
        """CPU seconds of the server so far."""
        return sum(map(cpu_of, self.pids))

    def logged(self) -> int:
        """Bytes of the log so far."""
        return self.log.stat().st_size

    def traffic(self, since: int) -> Traffic:
        """What was answered since the log had so many bytes."""
        with self.log.open("rb") as file:
            file.seek(since)
            lines = [line.decode("utf-8", "replace").split(" ", 5) for line in file]
        return Traffic(
            requests=len(lines),
            connections=sum(line[3] == "1" for line in lines),
            received=sum(int(line[1]) for line in lines),
            sent=sum(int(line[2]) for line in lines),
            asked=Counter(f"{line[4]}{line[5].rstrip()}" for line in lines),
        )


def resolve(scale: Scale) -> Iterator[tuple[str, str]]:
    """The setting `fetch.resolve` that leads each host to its address."""
    for port, address in hosts.addresses(scale):
        yield f"*:{port}", f"{address}:{_PORT}"


@contextlib.contextmanager
def made_up_web(scale: Scale) -> Iterator[Path]:
    """The folder with the pages of all nights and the certificate."""
    with tempfile.TemporaryDirectory(prefix="bench-scale-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx's worker, which may not be root, reads here
        serving.write_certificate(folder)
        for night in hosts.NIGHTS:
            _write_pages(folder / f"www-{night}", scale, night)
        yield folder


def _write_pages(www: Path, scale: Scale, night: int) -> None:
    www.joinpath("guides").mkdir(parents=True)
    missing = (("missing.html", web.missing()),)
    for path, content in (*missing, *hosts.documents(scale, night)):
        place = www / path.removeprefix("/")
        place.write_bytes(content)
        Path(f"{place}.gz").write_bytes(gzip.compress(content, 5, mtime=0))


@contextlib.contextmanager
def served(folder: Path, scale: Scale, night: int) -> Iterator[Served]:
    """The web of a night, while nginx serves it."""
    if serving.NGINX is None:
        raise SystemExit("nginx is needed: apt-get install nginx-light")
    folder.joinpath("nginx.conf").write_text(_config(folder, scale, night), encoding="utf-8")
    command = [serving.NGINX, "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            serving.wait_for(next(hosts.answering(scale, night)), _PORT, process)
            yield Served(folder=folder, pids=_pids(process.pid))
        finally:
            process.terminate()


def _pids(master: int) -> tuple[int, ...]:
    """Of nginx and its worker, as soon as it has one: it takes connections before."""
    while len(pids := tuple(process_tree(master))) == 1:
        time.sleep(0.02)
    return pids


def _config(folder: Path, scale: Scale, night: int) -> str:
    listens = (
        f"listen {address}:{_PORT} ssl backlog=512;" for address in hosts.answering(scale, night)
    )
    return _CONFIG.format(
        folder=folder,
        night=night,
        user=serving.user_line(),
        temporary=serving.temporary_paths(folder),
        listens="\n    ".join(listens),
        rate=_TYPICAL_BYTES[scale.size] // (_SLOW_SECONDS + 1),
        ways="\n    ".join(map(serving.returned, web.WAYS)),
    )
