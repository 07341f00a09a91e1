"""IO: answers of an archive, remembered in files, so that it is not asked again for the same."""

import contextlib
import hashlib
import json
import os
import zlib
from base64 import b85decode, b85encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

FOLDER = Path(".crawler") / "archive"
"""In the working folder, as the database is."""
_COUNTER = "requests.json"
_MOST_BYTES = 10_000_000
"""Of a file that is read, and of what is packed in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveAnswer:
    """What an archive answered."""

    url: str
    """The last one that was asked."""
    status: int
    content: bytes = field(default=b"", repr=False)
    content_type: str = ""
    location: str = ""
    """Where it redirects to, absolute."""
    captured_at: datetime | None = None
    """Of the capture that it shows. Source: RFC 7089 §2.1.1."""


class ArchiveCache:
    """A file for each answer; what cannot be read or written is as if it were not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, key: str, now: datetime) -> ArchiveAnswer | None:
        """The answer, if it is remembered and not too old; one that is too old is removed."""
        path = self._path(key)
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError, zlib.error):
            if self._is_ours() and path.stat().st_size <= _MOST_BYTES:
                stored = json.loads(path.read_text("utf-8"))
                if stored["key"] == key and now < datetime.fromisoformat(stored["until"]):
                    return _from_json(stored)
                path.unlink()
        return None

    def save(self, key: str, answer: ArchiveAnswer, until: datetime) -> None:
        """Remember the answer until then."""
        stored = {"key": key, "until": until.isoformat(), **_to_json(answer)}
        self._write(self._path(key), stored)

    def left(self, day: date, most: int) -> int:
        """How many requests may still be sent on that day, as last noted; `most` on a new one."""
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            if self._is_ours():
                noted = json.loads((self._folder / _COUNTER).read_text("utf-8"))
                if noted["day"] == f"{day}":
                    return min(int(noted["left"]), most)
        return most

    def note_left(self, day: date, left: int) -> None:
        """Remember how many requests may still be sent on that day."""
        self._write(self._folder / _COUNTER, {"day": f"{day}", "left": left})

    def _write(self, path: Path, value: Mapping[str, object]) -> None:
        with contextlib.suppress(OSError):
            self._folder.mkdir(0o755, parents=True, exist_ok=True)
            if self._is_ours():
                (self._folder / ".gitignore").write_text("*\n")
                temporary = path.with_suffix(f".{os.getpid()}")
                temporary.write_text(json.dumps(value), "utf-8")
                temporary.replace(path)

    def _path(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()}.json"

    def _is_ours(self) -> bool:
        """Whether no link leads to another folder."""
        return not (self._folder.is_symlink() or self._folder.parent.is_symlink())


def _to_json(answer: ArchiveAnswer) -> dict[str, Any]:
    return {
        "url": answer.url,
        "status": answer.status,
        "content": b85encode(zlib.compress(answer.content)).decode(),
        "content_type": answer.content_type,
        "location": answer.location,
        "captured_at": answer.captured_at.isoformat() if answer.captured_at else "",
    }


def _from_json(stored: dict[str, Any]) -> ArchiveAnswer:
    packed = zlib.decompressobj()
    captured_at = stored["captured_at"]
    return ArchiveAnswer(
        url=str(stored["url"]),
        status=int(stored["status"]),
        content=packed.decompress(b85decode(stored["content"]), _MOST_BYTES),
        content_type=str(stored["content_type"]),
        location=str(stored["location"]),
        captured_at=datetime.fromisoformat(captured_at) if captured_at else None,
    )
