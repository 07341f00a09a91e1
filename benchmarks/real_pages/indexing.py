"""IO: finds the sites in unpacked packages, and by which texts their own pages link to each other.

What is found is kept beside the pages, as JSON, so that it is read once.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from benchmarks.real_pages.getting import folder_of
from benchmarks.real_pages.sources import Source

FEWEST_PAGES = 5
"""A folder with fewer is no site."""
_READ = 60
"""Pages of a site that are searched for links."""
_KEPT = 240
"""Linked pages of a site that are kept."""
_SITES = 5
"""Sites in one package: its languages."""
_FORMAT = 7
"""Changes with what is stored."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/._~+-]+")
_INDEX = re.compile(
    r"(?:index|README|toc|contents|home)(?:\.[a-z]{2}(?:-[a-z]{2})?)?\.x?html?(?:\.en)?",
    re.IGNORECASE,
)
_LONGEST = 120
"""Characters of a text that links to a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPage:
    """A page of a site that other pages of it link to."""

    path: str
    """As linked, below the root of the site, without a slash before it."""
    file: str
    """Likewise; differs from the path if that is a folder."""
    title: str
    texts: tuple[tuple[str, int], ...]
    """The texts that link to it, with how often, the most frequent first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedSite:
    """A site as it was published."""

    name: str
    package: str
    generator: str
    language: str
    """Of its front page; empty if that does not say."""
    root: str
    """The folder with its pages."""
    front: str
    """The path of its front page."""
    front_title: str
    pages: tuple[LinkedPage, ...]


def index(sources: Sequence[Source], cache: Path) -> tuple[IndexedSite, ...]:
    """The sites of these packages."""
    return tuple(site for source in sources for site in _sites_of(source, cache))


def decoded(path: Path) -> str:
    """The text of a page, in the encoding that it declares."""
    data = path.read_bytes()
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", data[:2000])
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        return data.decode(name, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def read_html(path: Path) -> LexborHTMLParser:
    """The parsed page."""
    return LexborHTMLParser(decoded(path))


def one_line(text: str | None) -> str:
    """The text without line breaks and repeated blanks."""
    return " ".join((text or "").split())


def _sites_of(source: Source, cache: Path) -> Iterator[IndexedSite]:
    kept = cache / "index" / f"{source.name}.json"
    if kept.exists():
        stored = json.loads(kept.read_text(encoding="utf-8"))
        if stored["format"] == _FORMAT:
            yield from map(_site, stored["sites"])
            return
    found = [
        site
        for number, root in enumerate(_roots(folder_of(source, cache)))
        if (site := _read(source, root, number))
    ]
    kept.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"format": _FORMAT, "sites": [asdict(site) for site in found]})
    kept.write_text(text, encoding="utf-8")
    print(f"indexed {source.package}: {len(found)} sites", flush=True)
    yield from found


def _site(stored: dict[str, object]) -> IndexedSite:
    pages = stored.pop("pages")
    assert isinstance(pages, list)
    linked = tuple(
        LinkedPage(
            path=page["path"],
            file=page["file"],
            title=page["title"],
            texts=tuple((text, count) for text, count in page["texts"]),
        )
        for page in pages
    )
    return IndexedSite(pages=linked, **stored)  # type: ignore[arg-type]


def _roots(folder: Path) -> list[Path]:
    """The folders that are the root of a site: the largest tree of pages, or its languages."""
    trees = [place for place in folder.glob("usr/share/*/*") if place.is_dir()] or [folder]
    root = max(trees, key=lambda tree: sum(1 for _ in _pages_below(tree)))
    while True:
        inner = [one for one in sorted(root.iterdir()) if one.is_dir() and _has_pages(one)]
        if any(one.is_file() for one in root.iterdir()) and (_front(root) or not inner):
            return [root]
        if len(inner) > 1 and all(_LANGUAGE.fullmatch(one.name) for one in inner):
            return _spread(inner)
        if not inner:
            return [root]
        root = max(inner, key=lambda tree: sum(1 for _ in _pages_below(tree)))


def _spread(folders: Sequence[Path]) -> list[Path]:
    step = max(1, len(folders) // _SITES)
    return list(folders[::step])[:_SITES]


def _pages_below(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.suffix)


def _has_pages(folder: Path) -> bool:
    return any(True for _ in _pages_below(folder))


def _front(root: Path) -> str | None:
    names = sorted(path.name for path in root.iterdir() if _INDEX.fullmatch(path.name))
    return min(
        names,
        key=lambda name: (not name.startswith("index"), len(name), ".en." not in name),
        default=None,
    )


def _read(source: Source, root: Path, number: int) -> IndexedSite | None:
    paths = sorted(str(path.relative_to(root)) for path in _pages_below(root))
    paths = [path for path in paths if _PLAIN_PATH.fullmatch(path)]
    if len(paths) < FEWEST_PAGES and not source.is_app:
        return None
    front = _front(root) or paths[0]
    known = _by_path(paths)
    links = _links(root, paths, known, front)
    drawn = random.Random(source.package)
    targets = sorted(links)
    kept = sorted(drawn.sample(targets, min(_KEPT, len(targets))))
    pages = tuple(
        LinkedPage(
            path=path,
            file=known[path],
            title=_title(read_html(root / known[path])),
            texts=tuple(links[path].most_common(8)),
        )
        for path in kept
    )
    if len(pages) < FEWEST_PAGES and not source.is_app:
        return None
    top = read_html(root / front)
    language = html.attributes.get("lang") if (html := top.css_first("html")) else ""
    suffix = f"-{root.name.lower()}" if number or _LANGUAGE.fullmatch(root.name) else ""
    site_name = source.name + suffix
    return IndexedSite(
        name=site_name,
        package=source.package,
        generator=source.generator,
        language=(language or _language_in(site_name))[:2].lower(),
        root=str(root),
        front=front,
        front_title=_title(top),
        pages=pages,
    )


def _by_path(files: Sequence[str]) -> dict[str, str]:
    """Files by the paths that servers show them at: folders for their index."""
    folders = {
        file.removesuffix("index.html"): file for file in files if file.endswith("/index.html")
    }
    return folders | {file: file for file in files}


def _links(
    root: Path, files: Sequence[str], known: Mapping[str, str], front: str
) -> dict[str, Counter[str]]:
    """By path, the texts that link to it from the pages that are searched."""
    drawn = random.Random(len(files))
    searched = {front, *drawn.sample(files, min(_READ, len(files)))}
    found: dict[str, Counter[str]] = {}
    for file in sorted(searched):
        for target, text in _links_of(root / file, file):
            if known.get(target) not in {None, front, file}:
                found.setdefault(target, Counter())[text] += 1
    return found


def _links_of(file: Path, path: str) -> Iterator[tuple[str, str]]:
    for link in read_html(file).css("a[href]"):
        text = one_line(link.text())
        href = link.attributes.get("href") or ""
        # A text that links to a part of a page is the name of that part.
        if not text or len(text) > _LONGEST or not href or "#" in href:
            continue
        try:
            target = urlsplit(urljoin(f"http://site/{path}", href))
        except ValueError:
            continue
        if target.netloc == "site" and not target.query:
            yield unquote(target.path).lstrip("/"), text


def _language_in(name: str) -> str:
    """The language that the name of a site ends with; empty if it does not.

    >>> _language_in("debian-faq-de"), _language_in("zh-doc-zh-cn"), _language_in("git-doc")
    ('de', 'zh-cn', '')
    """
    found = re.search(r"-([a-z]{2}(?:-[a-z]{2})?)$", name)
    return found[1] if found else ""


def _title(html: LexborHTMLParser) -> str:
    title = html.css_first("title")
    return one_line(title.text())[:200] if title else ""
