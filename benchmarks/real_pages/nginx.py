"""Pure: the configuration of nginx for the hosts of a night."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from benchmarks.real_pages.served import Answer, Redirect, ServedHost, Shown, Status

_CONFIG = """
daemon off;
{user}
worker_processes 1;
worker_rlimit_nofile 65536;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log crit;
events {{ worker_connections 8192; }}
http {{
  {temporary}
  log_format own "$http_user_agent\\t$http_host\\t$request\\t$status";
  access_log {folder}/nginx.log own;
  types {{ text/html html htm xhtml; }}
  default_type text/html;
  server_names_hash_bucket_size 128;
  server_names_hash_max_size 8192;
  absolute_redirect off;
  gzip on;
  {servers}
}}
"""
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def config(hosts: Iterable[ServedHost], port: int, folder: Path, *, is_root: bool) -> str:
    """The whole configuration."""
    return _CONFIG.format(
        folder=folder,
        user="user root;" if is_root else "",
        temporary=" ".join(f"{kind}_temp_path {folder}/{kind};" for kind in _TEMPORARY),
        servers="\n".join(_server(host, port) for host in hosts)
        + f"\nserver {{ listen 127.0.0.1:{port} default_server; return 421; }}",
    )


_PROXY = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{ worker_connections 4096; }}
http {{
  {temporary}
  access_log off;
  map_hash_bucket_size 256;
  map_hash_max_size 8192;
  map $http_host $behind {{
    {addresses}
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://$behind;
      proxy_set_header Host $http_host;
    }}
  }}
}}
"""


def proxy_config(addresses: Mapping[str, str], port: int, folder: Path, *, is_root: bool) -> str:
    """The configuration of a proxy that leads each host to its address."""
    return _PROXY.format(
        folder=folder,
        port=port,
        user="user root;" if is_root else "",
        temporary=" ".join(f"{kind}_temp_path {folder}/{kind};" for kind in _TEMPORARY),
        addresses="\n    ".join(f"{host} {address};" for host, address in addresses.items()),
    )


def _server(host: ServedHost, port: int) -> str:
    return "\n".join(
        (
            f"server {{ listen 127.0.0.1:{port}; server_name {host.name};",
            f"root {host.root}; index {host.front};",
            *_locations(host),
            "}",
        )
    )


def _locations(host: ServedHost) -> Iterator[str]:
    if host.everywhere is not None:
        yield f"location / {{ {_answer(host.everywhere)} }}"
        yield from _status_page(host.everywhere)
        return
    for path in host.paths:
        answer = host.answer(path)
        if answer is not None:
            yield f"location = {path} {{ {_answer(answer)} }}"
    yield "location / { try_files $uri $uri/ @missing; }"
    yield f"location @missing {{ {_in_named(host.missing)} }}"
    yield from _status_page(host.missing)


def _answer(answer: Answer) -> str:
    match answer:
        case Shown(file=file, status=200):
            return f"root {file.parent}; try_files /{file.name} =404;"
        case Shown(status=status):
            return f"error_page {status} /.missing-page; return {status};"
        case Status(code=code):
            return f"return {code};"
        case Redirect(code=code, to=to, keeps_path=keeps):
            return f"return {code} {to}{'$request_uri' if keeps else ''};"


def _in_named(answer: Answer) -> str:
    if isinstance(answer, Shown) and answer.status == 200:
        return "rewrite ^ /.missing-page last;"
    return _answer(answer)


def _status_page(answer: Answer) -> Iterator[str]:
    if isinstance(answer, Shown):
        file = answer.file
        yield (
            f"location = /.missing-page {{ internal; root {file.parent};"
            f" try_files /{file.name} =500; }}"
        )
