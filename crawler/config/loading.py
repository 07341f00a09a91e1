"""Pure: settings read from a TOML text, the environment and the command line."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from difflib import get_close_matches
from itertools import chain
from typing import Any, get_args, get_type_hints

from msgspec import Meta, ValidationError, convert

from crawler.config.settings import HostSettings, Settings
from crawler.config.value_types import HOST_KEY
from crawler.errors import ConfigError
from crawler.text import clean

_PREFIX = "CRAWLER_"
_FROM_ENVIRONMENT = "env:"
_WORDS: Mapping[type, str] = {list: "a list", dict: "a table"}
_TRUE_OR_FALSE = Meta(description="true or false")

KeyPath = tuple[str, ...]
"""The parts of a dotted key."""
_URLS: KeyPath = ("notify", "urls")
_CACHE: KeyPath = ("archive", "cache")
Table = dict[str, Any]
"""As read from TOML."""


# --- what can be set ----------------------------------------------------------------------------


def _types(group: type, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    for name, hint in get_type_hints(group, include_extras=True).items():
        if is_dataclass(hint):
            yield from _types(hint, (*path, name))  # type: ignore[arg-type]  # a class
        elif name == "hosts":
            yield from _types(HostSettings, (name, "*"))
        elif name != "variables":
            yield (*path, name), hint


SETTINGS: Mapping[KeyPath, Any] = dict(_types(Settings))
"""The type of each setting, constraints included; `*` stands for any host."""
TABLES = frozenset(path[:size] for path in SETTINGS for size in range(1, len(path)))


def _pattern(path: KeyPath) -> KeyPath:
    return ("hosts", "*", *path[2:]) if path[0] == "hosts" and len(path) > 1 else path


# --- places -------------------------------------------------------------------------------------


def _error(place: str, path: KeyPath, fault: str) -> ConfigError:
    return ConfigError(clean(f"{place}: {'.'.join(path)}: {fault}"))


def _unexpected(place: str, path: KeyPath, found: str, expected: str) -> ConfigError:
    return _error(place, path, f"found {found}, expected {expected}")


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
    tables = (
        (source, _file(toml_text, source)),
        *_variables(environ),
        *(("--set", _override(text)) for text in overrides),
    )
    values: dict[KeyPath, object] = {_CACHE: _cache_folder(environ)}
    variables: dict[KeyPath, tuple[str, ...]] = {}
    for place, table in tables:
        for path, value in _entries(place, table):
            values[path] = _checked(place, path, value, environ)
            variables[path] = tuple(_variables_of(path, value))
    return _built({**values, ("variables",): tuple(chain.from_iterable(variables.values()))})


def _cache_folder(environ: Mapping[str, str]) -> str:
    """The folder for answers of archives among the caches of the user; empty where there is none.

    Source: https://specifications.freedesktop.org/basedir-spec/latest/
    """
    caches, home = environ.get("XDG_CACHE_HOME", ""), environ.get("HOME", "")
    if not caches.startswith("/") and home.startswith("/"):
        caches = f"{home.rstrip('/')}/.cache"
    return f"{caches}/resource-crawler/archive" if caches.startswith("/") else ""


def _file(toml_text: str, name: str) -> Table:
    try:
        table = tomllib.loads(toml_text)
    except (ValueError, RecursionError) as error:
        # Before Python 3.14 only the message has the line, and not when it is the last one.
        found = re.search(r"at line ([0-9]+)", str(error))
        line = found[1] if found else toml_text.count("\n") + 1
        raise ConfigError(f"{name}:{line}: this is no TOML: {clean(str(error))}") from None
    if name.endswith("pyproject.toml"):
        for path in (("tool",), ("tool", "crawler")):
            inner = table.get(path[-1], {})
            if not isinstance(inner, dict):
                raise _unexpected(name, path, _quoted(inner, is_secret=True), "a table")
            table = inner
    return table


def _variables(environ: Mapping[str, str]) -> Iterator[tuple[str, Table]]:
    for name, text in environ.items():
        if name.startswith(_PREFIX):
            *tables, key = name.removeprefix(_PREFIX).lower().split("__")
            table = {key: _value(text)}
            for part in reversed(tables):
                table = {part: table}
            yield name, table


def _override(text: str) -> Table:
    key, equals, value = text.partition("=")
    try:
        table = tomllib.loads(f"{key} = 0")
    except tomllib.TOMLDecodeError:
        table = {}
    if not equals or not table:
        raise ConfigError("--set: found something else, expected KEY=VALUE with a dotted key")
    return _filled(table, _value(value))


def _filled(table: Table, value: object) -> Table:
    """The same keys, with this value instead of 0."""
    return {k: _filled(v, value) if isinstance(v, dict) else value for k, v in table.items()}


def _value(text: str) -> object:
    try:
        table = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    # A text of several lines can be a TOML document without being a TOML value.
    return table["value"] if len(table) == 1 else text


# --- keys ---------------------------------------------------------------------------------------


def _entries(place: str, table: Table, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """The settings of a table with their values; all of their keys are known."""
    for name, value in table.items():
        here = _with_host_key(place, (*path, name))
        if _pattern(here) in SETTINGS:
            yield here, value
        elif _pattern(here) not in TABLES:
            raise _error(place, here, f"no such setting; {_advice(place, here)}")
        elif isinstance(value, dict):
            yield from _entries(place, value, here)
        else:
            raise _unexpected(place, here, _quoted(value, is_secret=True), "a table")


def _with_host_key(place: str, path: KeyPath) -> KeyPath:
    if _pattern(path) != ("hosts", "*"):
        return path
    key = path[1].lower()
    if not HOST_KEY.fullmatch(key):
        # Somebody took a URL for a key; without userinfo it may be quoted.
        found = _quoted(path[1].rpartition("@")[2])
        raise _unexpected(place, ("hosts",), found, "a host or host:port as a key, in ASCII")
    return ("hosts", key)


def _advice(place: str, path: KeyPath) -> str:
    host = path[1] if _pattern(path) != path else "*"
    known = (".".join(key).replace("*", host) for key in (*SETTINGS, *TABLES))
    for nearest in get_close_matches(".".join(path), known, n=1):
        is_variable = place.startswith(_PREFIX)
        name = _PREFIX + nearest.upper().replace(".", "__") if is_variable else nearest
        return f"the nearest is {name}"
    return "none has a similar name"


# --- values -------------------------------------------------------------------------------------


def _checked(place: str, path: KeyPath, value: object, environ: Mapping[str, str]) -> object:
    """The value as `Settings` has it: a table as pairs, with secrets from the environment."""
    hint = SETTINGS[_pattern(path)]
    if path[-1] == "headers" and isinstance(value, dict):
        value = {name: _secret(place, path, text, environ) for name, text in value.items()}
    if path == _URLS:
        value = _services(place, value, environ)
    is_single = "single" in (_meta(hint).extra or {})
    if is_single and isinstance(value, str):
        value = [value]
    pairs = tuple(value.items()) if isinstance(value, dict) else value
    if _fits(hint, pairs):
        explain = (_meta(hint).extra or {}).get("explain")
        if explain and (why := explain(pairs)):
            raise _error(place, path, why)
        return pairs
    has_items = isinstance(pairs, list | tuple) and (is_single or _fits(hint, ()))
    items: Any = pairs if has_items else ()
    misfit = next((item for item in items if not _fits(hint, [item])), value)
    found = _quoted(misfit, is_secret="secret" in (_meta(hint).extra or {}))
    raise _unexpected(place, path, found, str(_meta(hint).description))


def _services(place: str, value: object, environ: Mapping[str, str]) -> object:
    """The addresses, with those that are in the environment; a secret that is not set is empty there."""
    urls = [value] if isinstance(value, str) else value
    if urls == [""]:
        return ()
    if not isinstance(urls, list | tuple):
        return value
    return [_secret(place, _URLS, url, environ) for url in urls]


def _secret(place: str, path: KeyPath, text: object, environ: Mapping[str, str]) -> object:
    if not isinstance(text, str) or not text.startswith(_FROM_ENVIRONMENT):
        return text
    name = text.removeprefix(_FROM_ENVIRONMENT)
    if name not in environ:
        raise _unexpected(place, path, f"no {name} in the environment", "the variable to be set")
    return environ[name].strip()


def _variables_of(path: KeyPath, value: object) -> Iterator[str]:
    """The variables whose values the setting sends to a host."""
    fields = value.items() if path[-1] == "headers" and isinstance(value, dict) else ()
    for field, text in fields:
        if text.startswith(_FROM_ENVIRONMENT):
            yield f"{text.removeprefix(_FROM_ENVIRONMENT)} to {path[1]} ({field})"
    urls = value if path == _URLS and isinstance(value, list) else [value]
    for url in urls if path == _URLS else ():
        if isinstance(url, str) and url.startswith(_FROM_ENVIRONMENT):
            yield f"{url.removeprefix(_FROM_ENVIRONMENT)} to a service ({'.'.join(_URLS)})"


def _meta(hint: object) -> Meta:
    annotated = next((h for h in (hint, *get_args(hint)) if hasattr(h, "__metadata__")), None)
    return annotated.__metadata__[0] if annotated else _TRUE_OR_FALSE


def _fits(hint: object, value: object) -> bool:
    try:
        convert(value, hint)
    except ValidationError:
        return False
    check = (_meta(hint).extra or {}).get("check", lambda _: True)
    return all(map(check, value if isinstance(value, list | tuple) else (value,)))


def _quoted(value: object, *, is_secret: bool = False) -> str:
    match value:
        case str() if is_secret:
            return "another text"
        case int() if value.bit_length() > 64:
            return "a huge number"
        case str() | int() | float():
            return clean(json.dumps(value, ensure_ascii=False), 100)
        case tuple():
            return "another entry" if is_secret else " = ".join(map(_quoted, value))
    return _WORDS.get(type(value), "a date or a time")


def _built(values: Mapping[KeyPath, object]) -> Settings:
    tables: dict[str, Any] = {}
    for path, value in values.items():
        table = tables
        for name in path[:-1]:
            table = table.setdefault(name, {})
        table[path[-1]] = value
    hosts = sorted(tables.get("hosts", {}).items())
    return convert({**tables, "hosts": hosts}, Settings)
