"""Pure: pages as documentation sites have them: a document in a template, with navigation around it."""

import html
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tests.moved.documents import Document


class Ending(StrEnum):
    """How paths end."""

    HTML = ".html"
    SLASH = "/"
    BARE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a site's paths are made from the names of documents."""

    prefix: str = "/"
    ending: Ending = Ending.HTML
    names: Mapping[str, str] = field(default_factory=dict)
    """What paths have instead of the names of some documents."""

    def path(self, document: str) -> str:
        """The path of a document.

        >>> Layout(prefix="/en/2.0/").path("guide/index"), Layout(ending=Ending.SLASH).path("a/b")
        ('/en/2.0/guide/index.html', '/a/b/')
        """
        name = self.names.get(document, document)
        if self.ending is Ending.HTML:
            return f"{self.prefix}{name}.html"
        folder, last = posixpath.split(name)
        if last == "index":
            return self.prefix + (f"{folder}{self.ending}" if folder else "")
        return f"{self.prefix}{name}{self.ending}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The documents of a release as they are shown at one place of a host."""

    documents: Mapping[str, Document]
    layout: Layout
    brand: str
    """What pages call the site."""
    theme: int
    """Which of the templates."""
    canonical: str = ""
    """What precedes the names of documents in `rel=canonical`; none without it."""
    sections: tuple[str, ...] = field(default=())
    """Names in the sidebar of every page."""

    def pages(self) -> Iterator[tuple[str, str]]:
        """Paths and names of all documents."""
        for name in self.documents:
            yield self.layout.path(name), name

    def page(self, name: str) -> str:
        """A document in the site's template."""
        document = self.documents[name]
        title = html.escape(document.title)
        parts = {
            "brand": html.escape(self.brand),
            "title": title,
            "canonical": self._canonical(name),
            "root": self.layout.prefix,
            "sections": self._list(self.sections),
            "near": self._list(self._near(name)),
            "ends": self._list(self._ends(name)),
            "body": self._linked(document.body),
            "crumbs": " » ".join(html.escape(part) for part in name.split("/")[:-1]),
        }
        heading = (
            "" if re.match(r"\s*<(?:div[^>]*>\s*<)?h1", document.body) else f"<h1>{title}</h1>"
        )
        return _THEMES[self.theme % len(_THEMES)].format(heading=heading, **parts)

    def front(self) -> str:
        """The name of the front page."""
        names = ("index", "contents", "README")
        return next((one for one in names if one in self.documents), min(self.documents))

    def _canonical(self, name: str) -> str:
        if not self.canonical:
            return ""
        url = self.canonical + self.layout.path(name).removeprefix(self.layout.prefix)
        return f'<link rel="canonical" href="{url}">'

    def _linked(self, body: str) -> str:
        def at(found: re.Match[str]) -> str:
            name = found[1]
            return f'href="{self.layout.path(name)}"' if name in self.documents else 'href="#"'

        return re.sub(r'href="doc:([^"]*)"', at, body)

    def _near(self, name: str) -> tuple[str, ...]:
        """Its neighbours in its folder, as a sidebar shows them."""
        folder = posixpath.dirname(name)
        near = sorted(one for one in self.documents if posixpath.dirname(one) == folder)
        at = near.index(name)
        return tuple(near[max(0, at - 12) : at + 13])

    def _ends(self, name: str) -> tuple[str, ...]:
        near = self._near(name)
        at = near.index(name)
        return (*near[max(0, at - 1) : at], *near[at + 1 : at + 2])

    def _list(self, names: tuple[str, ...]) -> str:
        return "".join(
            f'<li><a href="{self.layout.path(one)}">{html.escape(self.documents[one].title)}</a></li>'
            for one in names
            if one in self.documents
        )


def sections_of(documents: Mapping[str, Document]) -> tuple[str, ...]:
    """What a sidebar lists: the indexes of folders, and some documents beside them."""
    indexes = [
        name for name in sorted(documents) if name.count("/") == 1 and name.endswith("/index")
    ]
    beside = [name for name in sorted(documents) if "/" not in name]
    return (*indexes[:20], *beside[:15])


_THEMES = (
    """<!DOCTYPE html>
<html class="writer-html5" lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>{title} — {brand} documentation</title>{canonical}
<link rel="stylesheet" href="/_static/css/theme.css"><script src="/_static/js/theme.js"></script></head>
<body class="wy-body-for-nav"><div class="wy-grid-for-nav">
<nav class="wy-nav-side"><div class="wy-side-nav-search"><a href="{root}">{brand}</a>
<form action="/search.html"><input type="text" name="q" placeholder="Search docs"></form></div>
<div class="wy-menu"><ul>{sections}</ul></div></nav>
<section class="wy-nav-content-wrap"><div class="wy-breadcrumbs"><a href="{root}">Home</a> » {crumbs} » {title}</div>
<div role="main" class="document"><section>{heading}{body}</section></div>
<footer><ul class="rst-footer-buttons">{ends}</ul><p>© Copyright, the {brand} developers.</p>
<p>Built with Sphinx using a theme provided by Read the Docs.</p></footer></section></div></body></html>
""",
    """<!doctype html>
<html lang="en" class="no-js"><head><meta charset="utf-8"><title>{title} - {brand}</title>{canonical}
<meta name="generator" content="mkdocs-1.5.3, mkdocs-material-9.4.8"></head>
<body><header class="md-header"><a href="{root}" title="{brand}">{brand}</a><span>{title}</span></header>
<div class="md-container"><nav class="md-nav md-nav--primary" aria-label="Navigation"><ul>{sections}</ul></nav>
<nav class="md-nav md-nav--secondary"><ul>{near}</ul></nav>
<main class="md-main"><article class="md-content__inner md-typeset">{heading}{body}</article></main></div>
<footer class="md-footer"><nav><ul>{ends}</ul></nav><p>Made with Material for MkDocs</p></footer></body></html>
""",
    """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"/><title>{title} | {brand}</title>{canonical}
<meta property="og:title" content="{title}"/><meta property="og:site_name" content="{brand}"/></head>
<body><div class="related" role="navigation"><h3>Navigation</h3><ul>{ends}</ul><a href="{root}">{brand}</a></div>
<div class="document"><div class="documentwrapper"><div class="bodywrapper"><div class="body" role="main">
{heading}{body}</div></div></div>
<div class="sphinxsidebar" role="navigation"><h3>Table of Contents</h3><ul>{sections}</ul>
<h4>In this section</h4><ul>{near}</ul></div></div>
<div class="footer">The {brand} project. Last updated by its maintainers.</div></body></html>
""",
    """<!doctype html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><title>{title} · {brand}</title>{canonical}
<meta name="generator" content="Docusaurus v2.4.1"></head><body>
<nav class="navbar"><a class="navbar__brand" href="{root}">{brand}</a></nav>
<div class="docs-wrapper"><aside class="theme-doc-sidebar-container"><ul class="menu__list">{sections}{near}</ul></aside>
<main><nav class="breadcrumbs">{crumbs}</nav><article><div class="markdown">{heading}{body}</div></article>
<nav class="pagination-nav"><ul>{ends}</ul></nav></main></div>
<footer class="footer">Copyright © the {brand} authors. Built with Docusaurus.</footer></body></html>
""",
)
"""Templates of four generators."""
