"""Pure: values of the model as canonical JSON and back, and moments as text."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


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
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(kind: type[T], text: str) -> T:
    """The value of type `kind` that `to_json` wrote."""
    value: T = _typed(kind, json.loads(text))
    return value


def digest(text: str) -> str:
    """SHA-256 of the text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if is_dataclass(value):
        items = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: _plain(item) for field, item in items if item != field.default}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return to_text(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _typed(kind: Any, data: Any) -> Any:  # noqa: ANN401 - driven by the hints of the model
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _typed(hints[name], item) for name, item in data.items()})
    if get_origin(kind) is UnionType:
        present = next(arg for arg in get_args(kind) if arg is not NoneType)
        return None if data is None else _typed(present, data)
    if get_origin(kind) is tuple:
        return _typed_tuple(get_args(kind), data)
    return from_text(data) if kind is datetime else kind(data)


def _typed_tuple(kinds: tuple[Any, ...], data: list[Any]) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(_typed(kinds[0], item) for item in data)
    return tuple(_typed(kind, item) for kind, item in zip(kinds, data, strict=True))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
