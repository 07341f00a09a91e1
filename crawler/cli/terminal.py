"""IO: prints to the width and colours of standard output: 80 columns and plain if it is no terminal."""

import io
from collections.abc import Iterable
from textwrap import wrap

from rich.console import Console, RenderableType
from rich.text import Text

PIPED_WIDTH = 80
"""Columns when the output is no terminal."""


def is_terminal() -> bool:
    """Whether a person reads standard output as it is written."""
    return Console().is_terminal


def width() -> int:
    """Columns of standard output."""
    console = Console()
    return console.width if console.is_terminal else PIPED_WIDTH


def shown(*parts: RenderableType) -> str:
    """The parts, one below the other, wrapped at the width of the output."""
    text = io.StringIO()
    _writing_to(text).print(*parts, sep="\n")
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines())


def painted(lines: Iterable[tuple[str, str]]) -> str:
    """Lines, each with its style, which are wrapped already: URLs stay whole, to be copied."""
    text = io.StringIO()
    console = _writing_to(text)
    for line, style in lines:
        console.print(Text(line, style), soft_wrap=True)
    return text.getvalue()


def wrapped(sentence: str, *, indent: int = 0) -> str:
    """A sentence, wrapped at the width of the output; further lines are indented."""
    lines = wrap(
        sentence,
        width(),
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def _writing_to(text: io.StringIO) -> Console:
    """A console like standard output, which may be closed or full while we write."""
    output = Console()
    # What is printed is text of others, too: never markup.
    return Console(
        file=text,
        width=width(),
        force_terminal=output.is_terminal,
        color_system=output.color_system,  # type: ignore[arg-type]  # one of the names it takes
        no_color=output.no_color,
        highlight=False,
        emoji=False,
        markup=False,
    )
