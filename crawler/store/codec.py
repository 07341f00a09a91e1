"""Pure: values of the model as columns and canonical JSON, and back."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache, partial
from types import NoneType
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

Row = Mapping[str, Any]
"""A row of a table, by column name."""

_ENCODER = msgspec.json.Encoder(order="sorted")
_AS_THEY_ARE = frozenset({str, int, bool, NoneType})


def to_row(value: object, fields_to_store: Iterable[str]) -> dict[str, Any]:
    """These fields of a value, each as the column of its name holds it."""
    return {
        name: item if type(item := getattr(value, name)) in _AS_THEY_ARE else to_column(item)
        for name in fields_to_store
    }


def to_column(value: object) -> Any:  # noqa: ANN401 - what SQLite has a type for
    """What a column holds: text for a time, and JSON for what SQLite has no type for."""
    plain = _plain(value)
    return _ENCODER.encode(plain).decode() if isinstance(plain, dict | list) else plain


def from_row(kind: type[T], row: Row) -> T:
    """The value whose fields are columns of the row; a column that is no field is left out."""
    return msgspec.convert(row, kind)


def to_text(moment: datetime) -> str:
    """The moment in UTC to the second, by ISO 8601.

    >>> to_text(datetime(2026, 11, 24, 3, 17, tzinfo=UTC))
    '2026-11-24T03:17:00Z'
    """
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def from_text(text: str) -> datetime:
    """The moment that `to_text` wrote."""
    return datetime.fromisoformat(text)


def to_json(value: object) -> str:
    """The value as JSON: equal values give equal texts.

    Fields that have their default are left out, so that a field which a later release adds does
    not change the text, and with it the digest, of what was stored before.
    """
    return _json(value).decode()


def from_json(kind: type[T], text: str) -> T:
    """The value of type `kind` that `to_json` wrote."""
    hashable: Any = kind
    value: T = _decoder(hashable).decode(text)
    return value


def json_values(types: Mapping[str, Any], row: Row) -> dict[str, Any]:
    """The values in JSON columns, each of the type named for its column."""
    return {name: from_json_or_none(kind, row[name]) for name, kind in types.items()}


def from_json_or_none(kind: type[T], text: str | None) -> T | None:
    """The value that `to_json` wrote; None for NULL."""
    return None if text is None else from_json(kind, text)


def json_digest(value: object) -> str:
    """The digest of the value as JSON."""
    return hashlib.sha256(_json(value)).hexdigest()


def _json(value: object) -> bytes:
    return _ENCODER.encode(_plain(value))


def _plain(value: object) -> object:
    kind: Any = type(value)
    return value if kind in _AS_THEY_ARE else _plain_of(kind)(value)


@cache
def _plain_of(kind: Any) -> Callable[[Any], object]:  # noqa: ANN401 - a type, for the cache
    """What makes a value of this type one of those that JSON has."""
    if is_dataclass(kind):
        return partial(_plain_fields, tuple((field.name, field.default) for field in fields(kind)))
    if issubclass(kind, tuple | list):
        return _plain_items
    if issubclass(kind, datetime):
        return to_text
    if issubclass(kind, date):
        return date.isoformat
    return _number if issubclass(kind, float) else _unchanged


def _plain_fields(named: tuple[tuple[str, object], ...], value: object) -> dict[str, object]:
    return {
        name: item if type(item) in _AS_THEY_ARE else _plain(item)
        for name, default in named
        if (item := getattr(value, name)) != default
    }


def _plain_items(values: Iterable[object]) -> list[object]:
    return [item if type(item) in _AS_THEY_ARE else _plain(item) for item in values]


def _number(value: float) -> msgspec.Raw:
    """A number as Python writes it, whatever the encoder would."""
    return msgspec.Raw(json.dumps(int(value) if value.is_integer() else value).encode())


def _unchanged(value: T) -> T:
    return value


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - a type, or tuple[type, ...]
    return msgspec.json.Decoder(kind)
