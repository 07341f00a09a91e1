"""IO: a patch as it is printed: in colours on a terminal, without secrets and what a terminal obeys."""

from collections.abc import Iterator

from crawler import mend
from crawler.cli import terminal

_STYLES = (
    ("diff ", "bold"),
    ("--- ", "bold"),
    ("+++ ", "bold"),
    ("@@ ", "cyan"),
    ("-", "red"),
    ("+", "green"),
)
"""By how a line begins; the first that fits."""
_KEPT = frozenset("\t")


def shown(patch: str) -> str:
    """The patch for a person; a program needs it as it is."""
    return terminal.painted(_painted(patch))


def _painted(patch: str) -> Iterator[tuple[str, str]]:
    for line in patch.split("\n"):
        style = next((style for start, style in _STYLES if line.startswith(start)), "")
        text = mend.without_secrets(line.removesuffix("\r"))
        yield "".join(map(_harmless, text)), style


def _harmless(character: str) -> str:
    if character.isprintable() or character in _KEPT:
        return character
    return character.encode("unicode_escape").decode()
