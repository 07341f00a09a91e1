"""Pure: reStructuredText to HTML, whatever extensions of Sphinx it was written for.

docutils reads it; roles and directives that it does not know become their text. Links to documents
have `doc:NAME` in place of a URL.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar
from unittest import mock

from docutils import nodes
from docutils.core import publish_parts
from docutils.parsers.rst import Directive, directives, roles, states

_SETTINGS: Mapping[str, object] = {
    "report_level": 5,
    "halt_level": 5,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "initial_header_level": 2,
    "doctitle_xform": True,
    "syntax_highlight": "none",
    "embed_stylesheet": False,
    "input_encoding": "unicode",
    "_disable_config": True,
}
_EXPLICIT = re.compile(r"(?P<text>.*?)\s*<(?P<target>[^<>]+)>", re.DOTALL)
_SILENT = frozenset(
    """
    automodule autoclass autofunction automethod autodata autoexception autosummary index currentmodule
    module highlight default-role meta image figure graphviz seqdiag blockdiag plot redirect-from tags
    support_matrix config cli_usage program-output autoprogram-cliff show-options literalinclude
    """.split()  # noqa: SIM905 - a word a line would bury the table
)
"""Directives whose content no reader of the page sees."""
_CODE = frozenset({"code-block", "sourcecode", "code", "prompt", "ipython", "doctest", "testcode"})


def rendered(text: str) -> tuple[str, str]:
    """Title, and HTML of the body below it."""
    with _lenient_names():
        parts = publish_parts(text, writer="html5", settings_overrides=dict(_SETTINGS))
    return re.sub(r"<[^>]+>", "", parts["title"]).strip(), parts["body"]


def _any_role(
    name: str,
    rawtext: str,
    text: str,
    lineno: int,
    inliner: states.Inliner,
    options: Mapping[str, Any] | None = None,
    content: Sequence[str] | None = None,
) -> tuple[list[nodes.reference | nodes.literal], list[nodes.system_message]]:
    found = _EXPLICIT.fullmatch(text)
    shown, target = (found["text"], found["target"]) if found else (text.lstrip("!~"), text)
    if name == "doc":
        return [nodes.reference(rawtext, shown, refuri=f"doc:{target}")], []
    return [nodes.literal(rawtext, shown)], []


class _AnyDirective(Directive):
    """Keeps the text of an unknown directive."""

    has_content: ClassVar[bool] = True
    optional_arguments: ClassVar[int] = 100
    final_argument_whitespace: ClassVar[bool] = True

    def run(self) -> list[nodes.Node]:
        if self.name in _SILENT:
            return []
        lines = [line for line in self.content if not re.match(r":[\w-]+:", line.strip())]
        if self.name == "toctree":
            return [nodes.bullet_list("", *_entries(lines))]
        if self.name in _CODE:
            return [nodes.literal_block("", "\n".join(lines))]
        block = nodes.container()
        if self.arguments:
            block += nodes.paragraph("", " ".join(self.arguments))
        self.state.nested_parse(self.content, self.content_offset, block)
        return [block]


def _entries(lines: Sequence[str]) -> Iterator[nodes.list_item]:
    for line in filter(None, map(str.strip, lines)):
        found = _EXPLICIT.fullmatch(line)
        target, text = (found["target"], found["text"]) if found else (line, "")
        link = nodes.reference("", text or "\N{WHITE SQUARE}", refuri=f"doc:{target}")
        yield nodes.list_item("", nodes.paragraph("", "", link))


@contextmanager
def _lenient_names() -> Iterator[None]:
    """While it is open, docutils takes every role and directive."""
    known_role, known_directive = roles.role, directives.directive

    def role(name: str, *rest: Any) -> Any:
        found, messages = known_role(name, *rest)
        return (found or _any_role), ([] if found is None else messages)

    def directive(name: str, *rest: Any) -> Any:
        if name in _SILENT or name in _CODE or name == "include":
            return _AnyDirective, []
        found, messages = known_directive(name, *rest)
        return (found or _AnyDirective), ([] if found is None else messages)

    with (
        mock.patch.object(roles, "role", role),
        mock.patch.object(directives, "directive", directive),
    ):
        yield
