"""What is promised, and which tests have the mark of each promise."""

import ast
import re
from collections.abc import Iterator

from tests.support.paths import REPOSITORY

_ROW = re.compile(r"\| (?P<number>[0-9]+[a-z]?) \| (?P<promise>.+) \|")


def promises() -> dict[str, str]:
    """The sentences of `docs/promises.md` by number, in order."""
    text = (REPOSITORY / "docs/promises.md").read_text(encoding="utf-8")
    found = filter(None, map(_ROW.fullmatch, text.splitlines()))
    return {row["number"]: row["promise"] for row in found}


def marked() -> dict[str, list[str]]:
    """The names of the tests with a mark, by number."""
    tests: dict[str, list[str]] = {}
    for path in sorted((REPOSITORY / "tests").rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                for number in _numbers(node):
                    tests.setdefault(number, []).append(node.name)
    return tests


def _numbers(test: ast.FunctionDef) -> Iterator[str]:
    for decorator in test.decorator_list:
        if ast.unparse(decorator).startswith("pytest.mark.promise("):
            yield ast.literal_eval(ast.unparse(decorator).partition("(")[2].rstrip(")"))
