"""Pure: two lines of a page, word by word: what stayed, what went and what came."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class PieceKind(StrEnum):
    """What became of some words of a line."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line."""

    kind: PieceKind
    text: str


_Span = tuple[list[str], list[str]]

Line = tuple[Piece, ...]
"""The words of two lines, in their order; those that went stand before those that came."""

# Scripts written without blanks are compared by character.
_WORD = re.compile(r"\s+|[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+|.")
_ALIKE = 0.4
"""Below that share of equal words, two lines are read more easily one after the other."""
_LONGEST = 600
"""Words up to which lines are compared; the lines of an event are shorter."""


def word_diff(before: str, after: str) -> Line:
    """The words of both lines.

    >>> [(str(piece.kind), piece.text) for piece in word_diff("The course is free", "The course is over")]
    [('kept', 'The course is '), ('gone', 'free'), ('new', 'over')]
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    if not old or not new or max(len(old), len(new)) > _LONGEST:
        return _pieces([(before, after)])
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    kept = sum(_words_in(old[b.a : b.a + b.size]) for b in matcher.get_matching_blocks())
    if kept < _ALIKE * max(_words_in(old), _words_in(new)):
        return _pieces([(before, after)])
    spans = [(old[a:b], new[c:d]) for _, a, b, c, d in matcher.get_opcodes()]
    return _pieces(("".join(went), "".join(came)) for went, came in _joined(spans))


def _words_in(tokens: Sequence[str]) -> int:
    """How many of them are words."""
    return sum(token.isalnum() for token in tokens)


def _joined(spans: Iterable[_Span]) -> Iterator[_Span]:
    """The spans, those that only blanks and signs keep apart as one."""
    spans = list(spans)
    last = len(spans) - 1
    went, came = list[str](), list[str]()
    for place, (old, new) in enumerate(spans):
        if old == new and (place in {0, last} or _words_in(old)):
            yield went, came
            yield old, new
            went, came = [], []
        else:
            went, came = [*went, *old], [*came, *new]
    yield went, came


def _pieces(pairs: Iterable[tuple[str, str]]) -> Line:
    made: list[Piece] = []
    for old, new in pairs:
        if old == new:
            made.append(Piece(PieceKind.KEPT, old))
        else:
            made += (Piece(PieceKind.GONE, old), Piece(PieceKind.NEW, new))
    return tuple(piece for piece in made if piece.text)


def as_text(line: Line) -> str:
    """The line for where there is neither colour nor markup: `[-gone-]` and `{+new+}`."""
    return "".join(_MARKS[piece.kind].format(piece.text) for piece in line)


_MARKS = {PieceKind.KEPT: "{}", PieceKind.GONE: "[-{}-]", PieceKind.NEW: "{{+{}+}}"}
