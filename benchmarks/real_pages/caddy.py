"""Pure: the configuration of Caddy for the hosts of a night."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.real_pages.served import Answer, Redirect, ServedHost, Shown, Status

_CONFIG = """
{{
  admin off
  auto_https off
  log default {{
    level ERROR
  }}
}}
(logged) {{
  log {{
    output file {folder}/caddy.log {{
      roll_disabled
    }}
    format json
  }}
}}
{hosts}
"""


def config(hosts: Iterable[ServedHost], port: int, folder: Path) -> str:
    """The whole Caddyfile."""
    return _CONFIG.format(folder=folder, hosts="\n".join(_site(host, port) for host in hosts))


def _site(host: ServedHost, port: int) -> str:
    return "\n".join(
        (f"http://{host.name}:{port} {{", "bind 127.0.0.1", "import logged", *_lines(host), "}")
    )


def _lines(host: ServedHost) -> Iterator[str]:
    yield f"root * {host.root}"
    if host.everywhere is not None:
        yield f"handle {{\n{_answer(host.everywhere)}\n}}"
        return
    for path in host.paths:
        answer = host.answer(path)
        if answer is not None:
            yield f"handle {path} {{\n{_answer(answer)}\n}}"
    yield f"""handle {{
      @found file {{path}} {{path}}/{host.front}
      handle @found {{
        file_server {{
          index {host.front}
        }}
      }}
      handle {{
        {_answer(host.missing)}
      }}
    }}"""


def _answer(answer: Answer) -> str:
    match answer:
        case Shown(file=file, status=status):
            own = "" if status == 200 else f"\nstatus {status}"
            return (
                f"root * {file.parent}\nrewrite * /{file.name}\n"
                f"file_server {{\nindex {file.name}.none{own}\ndisable_canonical_uris\n}}"
            )
        case Status(code=code):
            return f"respond {code}"
        case Redirect(code=code, to=to, keeps_path=keeps):
            return f"redir * {to}{'{uri}' if keeps else ''} {code}"
