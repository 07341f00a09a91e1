"""IO: answers of an archive, remembered in files, so that it is not asked again for the same."""

import contextlib
import errno
import hashlib
import json
import os
import stat
import zlib
from base64 import b85decode, b85encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from crawler.own_files import make_file, make_folder

_MOST_BYTES = 10_000_000
"""Of a file that is read, and of what is packed in it."""
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError, zlib.error)
"""How reading a file may fail that is not as it was written."""


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

    def __init__(self, folder: Path | None) -> None:
        """Without a folder, nothing is remembered."""
        self._folder = folder or Path()
        self._is_kept = folder is not None
        # Lists share answers, but not the number of requests that each may send.
        place = hashlib.sha256(os.fsencode(Path.cwd())).hexdigest()
        self._counter = self._folder / f"requests-{place[:16]}.json"

    def load(self, key: str, now: datetime) -> ArchiveAnswer | None:
        """The answer, if it is remembered and not too old; one that is too old is removed."""
        path = self._path(key)
        with contextlib.suppress(*_UNREADABLE):
            stored = self._read(path)
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
        with contextlib.suppress(*_UNREADABLE):
            noted = self._read(self._counter)
            if noted["day"] == f"{day}":
                return min(int(noted["left"]), most)
        return most

    def note_left(self, day: date, left: int) -> None:
        """Remember how many requests may still be sent on that day."""
        self._write(self._counter, {"day": f"{day}", "left": left})

    def _read(self, path: Path) -> Any:  # noqa: ANN401 - as stored
        """Raises: one of `_UNREADABLE`, also for a link: whoever made it would choose what is read."""
        status = path.lstat()
        if not (
            self._is_ours() and stat.S_ISREG(status.st_mode) and status.st_size <= _MOST_BYTES
        ):
            raise OSError(errno.ENOENT, "no answer of ours")
        return json.loads(path.read_text("utf-8"))

    def _write(self, path: Path, value: Mapping[str, object]) -> None:
        if not self._is_ours():
            return
        # Made anew: whoever put a link there would choose what is overwritten.
        temporary = path.with_suffix(f".{token_hex(8)}")
        with contextlib.suppress(OSError):
            make_folder(self._folder)
            with contextlib.suppress(FileExistsError):
                make_file(self._folder / ".gitignore", b"*\n")
            try:
                make_file(temporary, json.dumps(value).encode())
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()}.json"

    def _is_ours(self) -> bool:
        """Whether there is a folder, and no link leads to another one."""
        is_led = self._folder.is_symlink() or self._folder.parent.is_symlink()
        return self._is_kept and not is_led


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
