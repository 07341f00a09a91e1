"""Pure: the settings as read from a TOML text, the environment and the command line."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from typing import Any

from crawler.config.rows import ROWS, TABLES, Path, Row, is_host_key
from crawler.config.settings import HostSettings, Settings
from crawler.errors import ConfigError
from crawler.text import clean

_PREFIX = "CRAWLER_"
_FROM_ENVIRONMENT = "env:"
_WORDS: Mapping[type, str] = {list: "a list", dict: "a table"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """One place where settings stand, and what stands there."""

    name: str
    table: Mapping[str, object]
    prefix: str = ""
    """What the place puts before its keys, in upper case and with two underscores for a dot."""

    def error(self, path: Path, fault: str) -> ConfigError:
        return ConfigError(clean(f"{self.name}: {'.'.join(path)}: {fault}"))

    def unfit(self, path: Path, found: str, expected: str) -> ConfigError:
        return self.error(path, f"found {found}, expected {expected}")


def load(
    toml_text: str,
    environ: Mapping[str, str],
    overrides: Sequence[str] = (),
    *,
    source: str = "crawler.toml",
) -> Settings:
    """The settings: defaults, then the file, the environment and the overrides; later ones win.

    `overrides` are `KEY=VALUE` with a dotted key. Their values, and those in the environment, are
    read as TOML, and as plain text when that fails. A `source` that ends in `pyproject.toml` is
    read at `[tool.crawler]`.

    Raises:
        ConfigError: A setting is unknown, of the wrong type or out of its range, even if a later
            source sets it well. The text names source and key, and quotes no secret.
    """
    values: dict[Path, object] = {}
    for place in (_file(toml_text, source), *_variables(environ), *map(_override, overrides)):
        for path, row, value in _found(place, place.table):
            known = _with_secrets(place, path, value, environ)
            values[path] = _checked(place, path, row, known)
    return _built(values)


# --- sources ------------------------------------------------------------------------------------


def _file(toml_text: str, name: str) -> _Source:
    try:
        table: Any = tomllib.loads(toml_text)
    except (ValueError, RecursionError) as error:
        # Until Python 3.14 only the message knows the line, and says nothing of it at the end.
        told = re.search(r"at line ([0-9]+)", str(error))
        line = told[1] if told else toml_text.count("\n") + 1
        raise ConfigError(f"{name}:{line}: this is no TOML: {clean(str(error))}") from None
    source = _Source(name=name, table=table)
    if not name.endswith("pyproject.toml"):
        return source
    for path in (("tool",), ("tool", "crawler")):
        table = table.get(path[-1], {})
        if not isinstance(table, dict):
            raise source.unfit(path, _shown(table, secret=True), "a table")
    return _Source(name=name, table=table)


def _variables(environ: Mapping[str, str]) -> Iterator[_Source]:
    for name, text in environ.items():
        if name.startswith(_PREFIX):
            path = name.removeprefix(_PREFIX).lower().split("__")
            yield _Source(name=name, table=_nested(path, _read(text)), prefix=_PREFIX)


def _override(text: str) -> _Source:
    key, equals, value = text.partition("=")
    path = _path(key)
    if not equals or not path:
        raise ConfigError("--set: found something else, expected KEY=VALUE with a dotted key")
    return _Source(name="--set", table=_nested(path, _read(value)))


def _path(key: str) -> Path:
    """The parts of a dotted key, quotes taken off; none when it is no key."""
    try:
        rest: Any = tomllib.loads(f"{key} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    path = []
    while rest:
        name, rest = next(iter(rest.items()))
        path.append(name)
    return tuple(path)


def _nested(path: Sequence[str], value: object) -> dict[str, object]:
    for name in reversed(path[1:]):
        value = {name: value}
    return {path[0]: value}


def _read(text: str) -> object:
    try:
        table = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    # A text of several lines can be a TOML document without being a TOML value.
    return table["value"] if len(table) == 1 else text


# --- keys ---------------------------------------------------------------------------------------


def _found(
    source: _Source, table: Mapping[str, object], path: Path = ()
) -> Iterator[tuple[Path, Row, object]]:
    for name, value in table.items():
        here = _with_host_key(source, (*path, name))
        row = ROWS.get(_pattern(here))
        if row:
            yield here, row, value
        elif _pattern(here) not in TABLES:
            raise source.error(here, f"no such setting; the nearest is {_nearest(source, here)}")
        elif isinstance(value, dict):
            yield from _found(source, value, here)
        else:
            raise source.unfit(here, _shown(value, secret=True), "a table")


def _pattern(path: Path) -> Path:
    return ("hosts", "*", *path[2:]) if path[0] == "hosts" and len(path) > 1 else path


def _with_host_key(source: _Source, path: Path) -> Path:
    if _pattern(path) != ("hosts", "*"):
        return path
    key = path[1].lower()
    if not is_host_key(key):
        # Somebody took a URL for a key; without userinfo it may be quoted.
        found = _shown(path[1].rpartition("@")[2])
        raise source.unfit(("hosts",), found, "a host or host:port as a key, in ASCII")
    return ("hosts", key)


def _nearest(source: _Source, path: Path) -> str:
    host = path[1] if _pattern(path) != path else "*"
    known = (".".join(row).replace("*", host) for row in (*ROWS, *TABLES))
    [nearest] = get_close_matches(".".join(path), known, n=1, cutoff=0)
    return source.prefix + nearest.upper().replace(".", "__") if source.prefix else nearest


# --- values -------------------------------------------------------------------------------------


def _with_secrets(
    source: _Source, path: Path, value: object, environ: Mapping[str, str]
) -> object:
    """A table of header fields with what the environment has in the place of `env:NAME`."""
    if path[-1] != "headers" or not isinstance(value, dict):
        return value
    return {name: _secret(source, path, text, environ) for name, text in value.items()}


def _secret(source: _Source, path: Path, text: object, environ: Mapping[str, str]) -> object:
    if not isinstance(text, str) or not text.startswith(_FROM_ENVIRONMENT):
        return text
    name = text.removeprefix(_FROM_ENVIRONMENT)
    if name not in environ:
        raise source.unfit(path, f"no {name} in the environment", "the variable to be set")
    return environ[name].strip()


def _checked(source: _Source, path: Path, row: Row, value: object) -> object:
    secret = row.range.secret
    if not row.kind.fits(value):
        raise source.unfit(path, _shown(value, secret=secret), row.kind.expected)
    for item in _items(value):
        if not row.range.holds(item):
            raise source.unfit(path, _shown(item, secret=secret), row.range.expected)
    return row.kind.convert(value)


def _items(value: object) -> Iterable[object]:
    match value:
        case list():
            return value
        case dict():
            return value.items()
    return (value,)


def _shown(value: object, *, secret: bool = False) -> str:
    match value:
        case str() if secret:
            return "another text"
        case int() if value.bit_length() > 64:
            return "a huge number"
        case str() | int() | float():
            return clean(json.dumps(value, ensure_ascii=False), 100)
        case tuple():
            return "another entry" if secret else " = ".join(map(_shown, value))
    return _WORDS.get(type(value), "a date or a time")


def _built(values: Mapping[Path, Any]) -> Settings:
    def given(*table: str) -> dict[str, Any]:
        return {path[-1]: value for path, value in values.items() if path[:-1] == table}

    groups: dict[str, Any] = {
        field.name: field.type for field in fields(Settings) if is_dataclass(field.type)
    }
    hosts = sorted({path[1] for path in values if path[0] == "hosts"})
    return Settings(
        **given(),
        **{name: group(**given(name)) for name, group in groups.items()},
        hosts=tuple((host, HostSettings(**given("hosts", host))) for host in hosts),
    )
