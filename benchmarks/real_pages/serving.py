"""IO: the three servers on loopback, for one night, at ports of their own."""

import contextlib
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import user_environment
from benchmarks.real_pages import apache, caddy, nginx
from benchmarks.real_pages.fates import Fate
from benchmarks.real_pages.plan import Host, Server
from benchmarks.real_pages.served import ServedHost

_PATH = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"
PROGRAMS = {
    Server.NGINX: shutil.which("nginx", path=_PATH),
    Server.APACHE: shutil.which("apache2", path=_PATH),
    Server.CADDY: shutil.which("caddy", path=_PATH),
}
"""None for those that are not installed; nginx serves their hosts then."""
_MODULES = Path("/usr/lib/apache2/modules")
_START_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that a server has answered."""

    agent: str
    host: str
    target: str
    """Path and query."""
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """The web of one night while it is served."""

    folder: Path
    addresses: Mapping[str, str]
    """By host, the `address:port` to connect to."""

    def asked(self) -> Iterator[Asked]:
        """What was asked so far."""
        for name in ("nginx.log", "apache.log"):
            yield from _from_lines(self.folder / name)
        yield from _from_json(self.folder / "caddy.log")


@contextlib.contextmanager
def serving(hosts: Sequence[ServedHost], folder: Path) -> Iterator[Night]:
    """Serves the hosts; the folder gets configurations and logs."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        ports: dict[Server, int] = {}
        for server, start in _STARTS.items():
            own = [host for host in hosts if _server_of(host) is server]
            ports[server] = start(stack, own, folder)
        hole = _black_hole(stack)
        addresses = {
            host.name: f"127.0.0.1:{hole if host.hangs else ports[_server_of(host)]}"
            for host in hosts
        }
        yield Night(folder=folder, addresses=addresses)


def can_serve(host: Host) -> bool:
    """Whether there is a server for it: only Apache negotiates."""
    negotiates = any(link.fate is Fate.NEGOTIATED for link in host.links)
    return not negotiates or PROGRAMS[Server.APACHE] is not None


def _server_of(host: ServedHost) -> Server:
    return host.server if PROGRAMS[host.server] else Server.NGINX


def _nginx(stack: ExitStack, hosts: Sequence[ServedHost], folder: Path) -> int:
    port = free_port()
    text = nginx.config(hosts, port, folder, is_root=is_root())
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    program = PROGRAMS[Server.NGINX]
    if program is None:
        raise SystemExit("nginx is not installed: apt-get install nginx-light")
    command = [program, "-p", str(folder), "-c", "nginx.conf", "-e", "nginx-error.log"]
    started(stack, command, port, folder)
    return port


def _apache(stack: ExitStack, hosts: Sequence[ServedHost], folder: Path) -> int:
    program = PROGRAMS[Server.APACHE]
    if program is None:
        return 0
    port = free_port()
    text = apache.config(hosts, port, folder, modules=_MODULES, as_user="www-data")
    (folder / "apache.conf").write_text(text, encoding="utf-8")
    command = [program, "-DFOREGROUND", "-f", str(folder / "apache.conf")]
    started(stack, command, port, folder)
    return port


def _caddy(stack: ExitStack, hosts: Sequence[ServedHost], folder: Path) -> int:
    program = PROGRAMS[Server.CADDY]
    if program is None or not hosts:
        return 0
    port = free_port()
    (folder / "Caddyfile").write_text(caddy.config(hosts, port, folder), encoding="utf-8")
    command = [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    started(stack, command, port, folder)
    return port


_STARTS = {Server.NGINX: _nginx, Server.APACHE: _apache, Server.CADDY: _caddy}


def started(stack: ExitStack, command: Sequence[str], port: int, folder: Path) -> None:
    """Start a server that ends with the stack, and wait until it listens at the port."""
    output = folder / f"{Path(command[0]).name}.out"
    errors = stack.enter_context(output.open("wb"))
    # Caddy keeps its last configuration in the home folder, or in one of these.
    own = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    process = stack.enter_context(
        subprocess.Popen(command, stdout=errors, stderr=errors, env=user_environment() | own)
    )
    stack.callback(process.terminate)
    end = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise SystemExit(f"{command[0]} did not start: see {output}")


def _black_hole(stack: ExitStack) -> int:
    """A port where connections are made and nothing is ever said."""
    listening = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=512))
    return int(listening.getsockname()[1])


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


def is_root() -> bool:
    """Whether this process is root's; then nginx is told so."""
    return Path("/proc/self").stat().st_uid == 0


def _from_lines(log: Path) -> Iterator[Asked]:
    if not log.exists():
        return
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        agent, host, request, status = line.split("\t")
        words = request.split(" ")
        if len(words) == 3:
            yield Asked(agent=agent, host=host, target=words[1], status=int(status))


def _from_json(log: Path) -> Iterator[Asked]:
    if not log.exists():
        return
    for line in log.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if "request" in entry:
            request = entry["request"]
            agent = request["headers"].get("User-Agent", [""])[0]
            host = request["host"].partition(":")[0]
            yield Asked(agent=agent, host=host, target=request["uri"], status=entry["status"])
