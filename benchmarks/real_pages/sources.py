"""Pure: which packages hold published sites, and which of the two halves each belongs to."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

_T = TypeVar("_T")


APP = "app"
"""The generator of sites that are a single-page application."""


class Half(StrEnum):
    """Sites that rules may be tuned on, and sites that they are judged by."""

    TUNE = "tune"
    JUDGE = "judge"


class Archive(StrEnum):
    """Where a package is from."""

    DEBIAN = "debian"
    NPM = "npm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A package with pages."""

    archive: Archive
    package: str
    """With its version, if it is not the latest that is wanted."""
    generator: str
    only: str = ""
    """Folders to take pages from, as the beginning of a path in the package; empty for all."""

    @property
    def name(self) -> str:
        """The package, as the name of a folder."""
        return self.package.lstrip("@").replace("/", "-").replace("@", "-")

    @property
    def is_app(self) -> bool:
        """Whether it is one page that a script fills, whatever the path."""
        return self.generator == APP


def half_of(package: str) -> Half:
    """The half of a package, by nothing but its name.

    >>> half_of("debian-faq-de"), half_of("debian-faq-fr")
    (<Half.JUDGE: 'judge'>, <Half.TUNE: 'tune'>)
    """
    is_odd = hashlib.sha256(package.encode()).digest()[0] % 2
    return Half.JUDGE if is_odd else Half.TUNE


def own(choices: Sequence[_T], half: Half, variant: int) -> _T:
    """One of the choices that are this half's; with one choice, both halves share it.

    >>> own("abc", Half.TUNE, 1), own("abc", Half.JUDGE, 1), own("a", Half.JUDGE, 1)
    ('c', 'b', 'a')
    """
    among = choices[half is Half.JUDGE :: 2] or choices
    return among[variant % len(among)]


_DEBIAN = """
sphinx: python-flask-doc python-requests-doc python-jinja2-doc python-click-doc python-attr-doc
sphinx: python-aiohttp-doc python-django-doc python-pytest-doc python-hypothesis-doc python-tornado-doc
sphinx: python-scrapy-doc python-sqlalchemy-doc python-werkzeug-doc python-babel-doc sphinx-doc python3.11-doc
sphinx: python-celery-doc buildbot-doc borgbackup-doc debian-policy varnish-doc bind9-doc cmake-doc
sphinx: openvswitch-doc fish-common python-psycopg2-doc python-pil-doc
sphinx: developers-reference developers-reference-de developers-reference-fr developers-reference-ru
sphinx: developers-reference-ja ubuntu-packaging-guide-html ubuntu-packaging-guide-html-de
sphinx: ubuntu-packaging-guide-html-fr ubuntu-packaging-guide-html-es
docbook: debian-reference-en debian-reference-de debian-reference-fr debian-reference-es debian-reference-ja
docbook: debian-reference-pt debian-reference-zh-cn debian-reference-it
docbook: maint-guide maint-guide-de maint-guide-es maint-guide-fr maint-guide-ru maint-guide-it maint-guide-ja
docbook: maint-guide-ca aptitude-doc-en aptitude-doc-cs aptitude-doc-es aptitude-doc-fr aptitude-doc-it
docbook: aptitude-doc-nl aptitude-doc-fi aptitude-doc-ru debian-faq debian-faq-de debian-faq-fr debian-faq-it
docbook: debian-faq-nl debian-faq-ru debmake-doc harden-doc postgresql-doc-15 live-manual-html
docbook: shorewall-doc privoxy exim4-doc-html docbook-xsl-doc-html installation-guide-amd64 mplayer-doc
docbook-slides: docbook-slides-demo
publican: debian-handbook
docutils: docutils-doc python-lxml-doc
javadoc: libcommons-lang3-java-doc libcommons-io-java-doc junit4-doc libjsoup-java-doc openjdk-17-doc
groovydoc: groovy-doc
gtk-doc: libglib2.0-doc libgtk-3-doc libcairo2-doc
gi-docgen: libgtk-4-doc libsoup-3.0-doc libpango1.0-doc
asciidoc: git-doc
asciidoctor: asciidoctor-doc
mkdocs: mkdocs-doc
texinfo: sbcl-doc mit-scheme-doc octave-doc maxima-doc zsh-doc ffmpeg-doc
doxygen: libeigen3-doc wx3.2-doc doxygen-doc
boostbook: libboost1.74-doc
wiki: libsdl2-doc cppreference-doc-en-html ikiwiki
nodejs: nodejs-doc
nim: nim-doc
yard: yard-doc
tex4ht: fp-docs-3.2.2
haddock: libghc-aeson-doc libghc-lens-doc libghc-pandoc-doc
apache-manual: apache2-doc
by-hand: sqlite3-doc postfix-doc abs-guide ant-doc tomcat10-docs dar-docs puredata-doc png-definitive-guide
asciidoc-hugo: ntpsec-doc
pydoctor: twisted-doc
ldoc: awesome-doc
qdoc: qtdeclarative5-doc-html
erl-docgen: erlang-doc
scribble: racket-doc
gapdoc: gap-doc
mdbook: rust-doc=usr/share/doc/rust-doc/html/book
debiandoc: debian-history
vim: vim-doc
"""
"""A generator and packages made with it a line; after a `=` the folder to take pages from."""

_NPM = """
examples: vis@4=package/docs c3@0.4.11=package/htdocs
templates: admin-lte@2 startbootstrap-sb-admin-2
app: @dcl/account-site @dcl/auth-site @dcl/blog-site @dcl/dao-site @dcl/marketplace-site @dcl/profile-site
app: @dcl/wearable-preview @rcsb/rcsb-documentation swagger-ui-dist
"""


def sources() -> tuple[Source, ...]:
    """All packages."""
    return (*_rows(Archive.DEBIAN, _DEBIAN), *_rows(Archive.NPM, _NPM))


def sources_of(half: Half, among: Iterable[Source]) -> tuple[Source, ...]:
    """The packages of a half."""
    return tuple(source for source in among if half_of(source.package) is half)


def _rows(archive: Archive, table: str) -> Iterator[Source]:
    for line in table.strip().splitlines():
        generator, _, words = line.partition(":")
        for word in words.split():
            package, _, only = word.partition("=")
            yield Source(archive=archive, package=package, generator=generator, only=only)
