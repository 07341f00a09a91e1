"""Pure: the templates of the reports, and Jinja set up to read them."""

from collections.abc import Callable
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined


def environment(finalize: Callable[[object], object] | None = None) -> Environment:
    """Jinja with the files of this folder; `{{ … }}` goes through `finalize`, or is escaped for HTML."""
    return Environment(
        autoescape=finalize is None,  # noqa: S701 - what is no HTML has an escaping of its own
        finalize=finalize,
        keep_trailing_newline=True,
        loader=FunctionLoader(asset),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )


def asset(name: str) -> str:
    """The text of a file in this folder."""
    return files(__name__).joinpath(name).read_text("utf-8")
