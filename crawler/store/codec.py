"""Pure: values of the model as canonical JSON and back, and moments as text."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from types import NoneType
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder(order="sorted")
_AS_THEY_ARE = frozenset({str, int, bool, NoneType})


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


def json_digest(value: object) -> str:
    """The digest of the value as JSON."""
    return hashlib.sha256(_json(value)).hexdigest()


def digest(text: str) -> str:
    """SHA-256 of the text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _json(value: object) -> bytes:
    return _ENCODER.encode(_plain(value))


def _plain(value: object) -> object:
    kind: Any = type(value)
    if kind in _AS_THEY_ARE:
        return value
    named = _fields(kind)
    if named:
        items = ((name, default, getattr(value, name)) for name, default in named)
        return {name: _plain(item) for name, default, item in items if item != default}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return to_text(value)
    return _number(value) if isinstance(value, float) else value


def _number(value: float) -> msgspec.Raw:
    """A number as Python writes it, whatever the encoder would."""
    return msgspec.Raw(json.dumps(int(value) if value.is_integer() else value).encode())


@cache
def _fields(kind: type) -> tuple[tuple[str, object], ...]:
    """The fields of a dataclass, each with its default; none of any other type."""
    if not is_dataclass(kind):
        return ()
    return tuple((field.name, field.default) for field in fields(kind))


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - a type, or tuple[type, ...]
    return msgspec.json.Decoder(kind)
