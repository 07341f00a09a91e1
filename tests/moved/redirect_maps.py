"""Pure: the redirect maps that projects publish beside their documents, whichever tool reads them."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

Reader = Callable[[str], Iterator[tuple[str, str]]]
"""Pairs of names, before and after, from the text of a file."""

_NAMES = frozenset({"rediraffe_redirects", "redirects", "redirect_map", "html_redirects"})
_APACHE = re.compile(
    r"^redirect(?:match|permanent)?\s+(?:30[18]\s+)?(?P<old>\S+)\s+(?P<new>\S+)", re.I | re.M
)
_MKDOCS = re.compile(r"^\s+['\"]?(?P<old>[\w./-]+\.md)['\"]?:\s+['\"]?(?P<new>[\w./#-]+)", re.M)
_RAFFE = re.compile(r"^['\"]?(?P<old>[^\s'\"#]+)['\"]?\s+['\"]?(?P<new>[^\s'\"]+)['\"]?\s*$", re.M)
_FROM = re.compile(r"^\.\. redirect-from::\s+(?P<old>\S+)", re.M)


def read_map(folder: Path, docs: str) -> dict[str, str]:
    """Names of documents before, and after, of a release's folder; relative to its documents."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        reader = _READERS.get(path.name)
        if reader is not None:
            found |= dict(reader(path.read_text("utf-8", "replace")))
    for path in sorted((folder / docs).rglob("*.rst")):
        new = str(path.relative_to(folder / docs).with_suffix(""))
        text = path.read_text("utf-8", "replace")
        found |= {document_name(one["old"]): new for one in _FROM.finditer(text)}
    return {old: new for old, new in found.items() if old != new}


def document_name(path: str) -> str:
    """The document that a path of a map means.

    >>> document_name("/nova/$1/admin/"), document_name("guide/index.md#more")
    ('nova/$1/admin/index', 'guide/index')
    """
    plain = path.partition("#")[0].lstrip("^/").removesuffix("$").replace("\\", "")
    named = plain + "index" if plain.endswith("/") else plain
    return re.sub(r"\.(?:rst|md|html?|txt)$", "", named)


def apache(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of a map for mod_alias; `/project/([^/]+)/` before each path is left out."""
    for found in _APACHE.finditer(text):
        old = re.sub(r"^\^?/[^/]+/\(\[\^/\]\+\)/", "/", found["old"])
        new = re.sub(r"^/[^/]+/\$1/", "/", found["new"])
        if not re.search(r"[(\[$]", new + old.removesuffix("$")):
            yield document_name(old), document_name(new)


def sphinx(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of a map in `conf.py`."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(
            node.value, ast.Dict
        ):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if not any(isinstance(one, ast.Name) and one.id in _NAMES for one in targets):
            continue
        for key, value in zip(node.value.keys, node.value.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(value, ast.Constant):
                yield document_name(str(key.value)), document_name(str(value.value))


def mkdocs(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of the map of the plug-in `redirects` in `mkdocs.yml`."""
    _, mark, rest = text.partition("redirect_maps:")
    if mark:
        for found in _MKDOCS.finditer(rest):
            yield document_name(found["old"]), document_name(found["new"])


def rediraffe(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of a file that `rediraffe_redirects` names."""
    for found in _RAFFE.finditer(text):
        yield document_name(found["old"]), document_name(found["new"])


_READERS: Mapping[str, Reader] = {
    ".htaccess": apache,
    "conf.py": sphinx,
    "mkdocs.yml": mkdocs,
    "redirects.txt": rediraffe,
}
