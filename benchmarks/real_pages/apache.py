"""Pure: the configuration of Apache for the hosts of a night."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.real_pages.served import Answer, Redirect, ServedHost, Shown, Status

_MODULES = "mpm_event authz_core dir mime negotiation rewrite alias"
_CONFIG = """
ServerName localhost
ServerRoot "{folder}"
PidFile "{folder}/apache.pid"
DefaultRuntimeDir "{folder}"
ErrorLog "{folder}/apache-error.log"
LogLevel crit
Listen 127.0.0.1:{port}
{modules}
User {user}
Group {group}
TypesConfig /dev/null
AddType text/html .html .htm .xhtml
{languages}
LogFormat "%{{User-Agent}}i\\t%{{Host}}i\\t%r\\t%>s" own
CustomLog "{folder}/apache.log" own
<Directory />
  Require all granted
  AllowOverride None
  Options FollowSymLinks
</Directory>
<VirtualHost 127.0.0.1:{port}>
  ServerName unknown.invalid
  Redirect 421 /
</VirtualHost>
{hosts}
"""
_LANGUAGES = "ca cs da de el en es fi fr hr hu id it ja ko nl pl pt ru tr"
_REGIONS = ("pt-br", "zh-cn", "zh-tw")


def config(
    hosts: Iterable[ServedHost], port: int, folder: Path, *, modules: Path, as_user: str
) -> str:
    """The whole configuration."""
    loaded = (f"LoadModule {name}_module {modules}/mod_{name}.so" for name in _MODULES.split())
    languages = (f"AddLanguage {code} .{code}" for code in (*_LANGUAGES.split(), *_REGIONS))
    return _CONFIG.format(
        folder=folder,
        port=port,
        modules="\n".join(loaded),
        user=as_user,
        group=as_user,
        languages="\n".join(languages),
        hosts="\n".join(_virtual_host(host, port) for host in hosts),
    )


def _virtual_host(host: ServedHost, port: int) -> str:
    return "\n".join(
        (
            f"<VirtualHost 127.0.0.1:{port}>",
            f"ServerName {host.name}",
            f'DocumentRoot "{host.root}"',
            f"DirectoryIndex {host.front}",
            *_lines(host),
            "</VirtualHost>",
        )
    )


def _lines(host: ServedHost) -> Iterator[str]:
    if host.negotiates:
        yield f'<Directory "{host.root}">\nOptions +MultiViews\n</Directory>'
        return
    yield "RewriteEngine On"
    yield from _status_page(host.everywhere or host.missing)
    if host.everywhere is not None:
        yield f"RewriteRule ^(.*)$ {_rule(host.everywhere)}"
        return
    for path in host.paths:
        answer = host.answer(path)
        if answer is not None:
            yield f"RewriteRule ^{re.escape(path)}$ {_rule(answer)}"
    yield f'RewriteCond "{host.root}%{{REQUEST_URI}}" !-f'
    yield f'RewriteCond "{host.root}%{{REQUEST_URI}}" !-d'
    yield f"RewriteRule ^(.*)$ {_rule(host.missing)}"


def _rule(answer: Answer) -> str:
    match answer:
        case Shown(file=file, status=200):
            return f"{file} [L]"
        case Shown(status=status) | Status(code=status):
            return f"- [R={status},L]"
        case Redirect(code=code, to=to, keeps_path=keeps):
            return f"{to}{'%{REQUEST_URI}' if keeps else ''} [R={code},L,NE]"


def _status_page(answer: Answer) -> Iterator[str]:
    if isinstance(answer, Shown) and answer.status != 200:
        yield f"RewriteRule ^/\\.missing-page$ {answer.file} [L]"
        yield f"ErrorDocument {answer.status} /.missing-page"
