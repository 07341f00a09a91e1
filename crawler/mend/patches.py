"""Changes to files as a patch for `git apply`."""

import difflib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from crawler.mend import git_index
from crawler.mend.files import MendedFile

_ESCAPES = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}
_NO_BREAK = "\n\\ No newline at end of file\n"


def patch(files: Sequence[MendedFile]) -> str:
    """The changes as a unified diff; its lines end as those of the files do.

    Paths are relative to the repository that a file is in, or else to the working folder. To be written
    as UTF-8, with surrogates escaped and without any change of line ends.
    """
    return "".join(map(_of_file, files))


def _of_file(file: MendedFile) -> str:
    name = os.fsencode(_name(file.path))
    old, new = _path(b"a/" + name), _path(b"b/" + name)
    head = f"diff --git {old} {new}\n"
    if file.before is None:
        head += "new file mode 100644\n"
        old = "/dev/null"
    tab = "\t" if b" " in name else ""  # Else a blank would end the name for some.
    hunks = "".join(_hunks(_lines(file.before or b""), _lines(file.after)))
    return f"{head}--- {old}{tab if file.before is not None else ''}\n+++ {new}{tab}\n{hunks}"


def _name(path: str) -> str:
    """The path of the real file: git patches none beyond a symbolic link."""
    real = Path(os.path.realpath(path))
    folder = git_index.root_of(real) or Path.cwd()
    return real.relative_to(folder).as_posix() if real.is_relative_to(folder) else real.name


def _path(name: bytes) -> str:
    """A path as git writes it.

    Source: https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath
    """
    if all(0x20 <= byte < 0x7F and byte not in _ESCAPES for byte in name):
        return name.decode()
    return f'"{"".join(map(_escaped, name))}"'


def _escaped(byte: int) -> str:
    if byte in _ESCAPES:
        return f"\\{_ESCAPES[byte]}"
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"


def _lines(content: bytes) -> list[str]:
    """The lines with their ends; only a line feed ends one, as for git."""
    *lines, rest = content.decode("utf-8", "surrogateescape").split("\n")
    return [*(f"{line}\n" for line in lines), *([rest] if rest else [])]


def _hunks(old: list[str], new: list[str]) -> Iterator[str]:
    diff = difflib.unified_diff(old, new)
    for line in list(diff)[2:]:
        yield line if line.endswith("\n") else line + _NO_BREAK
