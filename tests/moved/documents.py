"""Releases as documents: what each says, in HTML, and its sentences, by which releases are compared."""

import hashlib
import html
import pickle
import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from tests.moved import restructured
from tests.moved.getting import folder_of
from tests.moved.sources import Release

_SUFFIXES = (".rst", ".md", ".html", ".txt")
_TITLE = re.compile(r"<h[1-3][^>]*>(.*?)</h[1-3]>", re.DOTALL)
_HREF = re.compile(r'href="(?P<href>[^"]*)"')
_LINK = re.compile(r'<a\b[^>]*href="doc:(?P<name>[^"]*)"[^>]*>(?P<text>.*?)</a>', re.DOTALL)
_UNTITLED = "\N{WHITE SQUARE}"
_MYST_TREE = re.compile(r"^```\{toctree\}(?P<lines>.*?)^```", re.DOTALL | re.MULTILINE)
_OUTER = "script, style, nav, body > header, footer, #footer, .toc, #table_of_contents"
_IN_NO_SITE = re.compile(r"(?:^|/)(?:[_.]|README|redirects\.txt|requirements)")
"""Templates, static files, and what is read where the sources are."""
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of a release."""

    name: str
    """Its path in the release's folder, without extension."""
    title: str
    body: str
    """HTML; links to documents are `doc:NAME`."""
    sentences: Mapping[str, int]
    """In lower case, with the number of words; only those of at least four."""

    @property
    def words(self) -> int:
        """In all sentences."""
        return sum(self.sentences.values())

    def links(self) -> Iterator[tuple[str, str]]:
        """Names and texts of linked documents."""
        for found in _LINK.finditer(self.body):
            yield found["name"], plain(found["text"])


def documents_of(release: Release, cache: Path) -> Mapping[str, Document]:
    """The documents of a release by name, from the cache where they were read before."""
    kept = cache / "documents" / f"{release.name}-{_reader_digest()}.pickle"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        read = read_documents(folder_of(release, cache) / release.folder)
        kept.write_bytes(pickle.dumps(read))
    found: dict[str, Document] = pickle.loads(kept.read_bytes())  # noqa: S301 - our own
    return found


def _reader_digest() -> str:
    """Of the modules that read: what others have read is of no use."""
    code = b"".join(Path(one).read_bytes() for one in (__file__, restructured.__file__))
    return hashlib.sha256(code).hexdigest()[:12]


def read_documents(folder: Path) -> dict[str, Document]:
    """All documents in a folder that have a title."""
    files = {
        str(path.relative_to(folder).with_suffix("")): path
        for suffix in reversed(_SUFFIXES)
        for path in sorted(folder.rglob(f"*{suffix}"))
        if not _IN_NO_SITE.search(str(path.relative_to(folder)))
    }
    drafts = {
        name: _draft(path.read_text("utf-8", "replace"), path.suffix)
        for name, path in files.items()
    }
    titles = {name: title for name, (title, _) in drafts.items() if title}
    return {name: _document(name, titles, drafts[name][1]) for name in titles}


def _draft(text: str, suffix: str) -> tuple[str, str]:
    """Title and body, with links as written."""
    match suffix:
        case ".rst" | ".txt":
            title, body = _restructured(text)
        case ".md":
            title, body = "", MarkdownIt("commonmark").enable("table").render(_whole(text))
        case _:
            title, body = "", _main_part(text)
    found = _TITLE.search(body)
    return title or (plain(found[1]) if found else ""), body


def _restructured(text: str) -> tuple[str, str]:
    """Nothing where docutils itself breaks, as on substitutions that use each other."""
    with suppress(AttributeError, IndexError, KeyError, TypeError, ValueError):
        return restructured.rendered(text)
    return "", ""


def _whole(text: str) -> str:
    """Markdown as MyST takes it: without front matter, and with lists of documents as links."""
    plain_text = _FRONT_MATTER.sub("", text)
    return _MYST_TREE.sub(_as_links, plain_text)


def _as_links(tree: re.Match[str]) -> str:
    lines = (line.strip() for line in tree["lines"].splitlines())
    entries = (line for line in lines if line and not line.startswith((":", "---")))
    return "".join(f"- [{_UNTITLED}](doc:{re.sub(r'.*<|>$', '', entry)})\n" for entry in entries)


def _main_part(text: str) -> str:
    page = LexborHTMLParser(text)
    for node in page.css(_OUTER):
        node.decompose()
    body = page.css_first("main, [role=main], #content, #wrapper, body")
    return (body.html or "") if body else ""


def _document(name: str, titles: Mapping[str, str], body: str) -> Document:
    def pointed(found: re.Match[str]) -> str:
        target = _target(name, html.unescape(found["href"]), titles)
        return f'href="doc:{target}"' if target else found[0]

    def titled(found: re.Match[str]) -> str:
        title = titles.get(found["name"], "")
        return found[0].replace(_UNTITLED, html.escape(title)) if title else ""

    pointing = _LINK.sub(titled, _HREF.sub(pointed, body))
    return Document(
        name=name, title=titles[name], body=pointing, sentences=sentences(plain(pointing))
    )


def _target(name: str, href: str, titles: Mapping[str, str]) -> str:
    """The name of the document that a link leads to; empty when it is none of these."""
    path = href.removeprefix("doc:").partition("#")[0]
    if not path or re.match(r"[a-z]+:|//", path):
        return ""
    joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), path)).lstrip("/")
    stem = re.sub(r"\.(?:rst|md|html?|txt)$", "", joined)
    return next((one for one in (stem, f"{stem}/index") if one in titles), "")


def plain(markup: str) -> str:
    """The text in some HTML; each block ends a sentence."""
    ended = re.sub(r"</(?:p|li|h\d|dt|dd|td|th|pre|div)>", " . ", markup)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", ended)).split()).strip(" .")


def sentences(text: str) -> dict[str, int]:
    """The sentences of at least four words, normalised, with their numbers of words.

    >>> sentences("One day, all was well. Yes! And then it was not.")
    {'one day all was well': 5, 'and then it was not': 5}
    """
    split = (re.findall(r"\w+", part.casefold()) for part in re.split(r"[.!?:;](?:\s|$)", text))
    return {" ".join(words): len(words) for words in split if len(words) > 3}
