"""IO: downloads releases with the client of their archive, and reads the documents in them.

What was read stays in a cache folder outside the tree, so that a second run downloads nothing.
"""

import json
import re
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from crawler import extract
from crawler.model import PageText
from tests.content_changes.sources import Source

_DOCUMENT = re.compile(r"\.(?:md|markdown|html?)$", re.IGNORECASE)
_UNWANTED = re.compile(r"node_modules|licen[sc]e|test|fixture|template", re.IGNORECASE)
_MIN_VERSIONS = 3
_MIN_WORDS = 80
_MAX_DOCUMENTS = 12
"""Of a package, the longest ones, so that none outweighs the others."""
_MAX_BYTES = 2**20

History = tuple[PageText, ...]
"""A document, release after release, each with another text."""


def histories(source: Source, cache: Path) -> dict[str, History]:
    """The documents of a package, by path, as far as its releases can be had."""
    kept = cache / f"{source.package}.json"
    if not kept.exists():
        texts = _read(source, cache)
        if not texts:
            return {}
        kept.write_text(json.dumps(texts))
    return {path: tuple(map(_page, texts)) for path, texts in json.loads(kept.read_text()).items()}


def _page(fields: list[str]) -> PageText:
    title, heading, text = fields
    return PageText(title=title, heading=heading, text=text)


def _read(source: Source, cache: Path) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for version in source.versions:
        for path, page in _documents(source, version, cache):
            if not found.get(path) or found[path][-1][2] != page.text:
                found.setdefault(path, []).append([page.title, page.heading, page.text])
    long = [path for path, texts in found.items() if len(texts) >= _MIN_VERSIONS]
    long.sort(key=lambda path: -len(found[path][-1][2]))
    return {path: found[path] for path in long[:_MAX_DOCUMENTS]}


def _documents(source: Source, version: str, cache: Path) -> Iterator[tuple[str, PageText]]:
    file = cache / "packages" / f"{source.package}-{version}.tgz"
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        command = ["npm", "pack", "--silent", f"{source.package}@{version}"]
        subprocess.run(command, cwd=file.parent, check=False, stdout=subprocess.DEVNULL)
    if not file.exists():
        return
    with tarfile.open(file) as tar:
        for member in tar:
            path = member.name.partition("/")[2]
            content = tar.extractfile(member) if _is_wanted(member, path) else None
            page = _text_of(path, content.read(), source.package) if content else None
            if page and len(page.text.split()) >= _MIN_WORDS:
                yield path, page


def _is_wanted(member: tarfile.TarInfo, path: str) -> bool:
    is_document = bool(_DOCUMENT.search(path)) and not _UNWANTED.search(path)
    return member.isreg() and is_document and member.size <= _MAX_BYTES


def _text_of(path: str, content: bytes, package: str) -> PageText:
    if not path.lower().endswith(("html", "htm")):
        rendered = MarkdownIt("gfm-like").render(content.decode("utf-8", "replace"))
        content = f"<body>{rendered}</body>".encode()
    page = PageText.of(extract.read(content, "https://example.org/", "text/html; charset=utf-8"))
    title = page.title or f"{page.heading or path} - {package}"
    return PageText(title=title, heading=page.heading, text=page.text)
