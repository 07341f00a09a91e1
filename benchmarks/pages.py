"""Pure: made-up pages that are like real ones, always the same for the same number.

30 to 60 kB of HTML, some 900 elements, 300 links, code and tables, a head with styles, scripts and
metas; in several shapes and languages. A shape and a language repeat, a text does not.
"""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from benchmarks.words import COMMON, WORDS

LANGUAGES = ("en", "de", "en", "fr", "en", "es", "en", "ru", "en", "ja")
"""In turn, by number."""
SENTENCES = 300
"""Of a language, from which its pages are put together: enough that they compress as texts do."""
LINKS_AROUND = 160
"""In header, side bar and footer; the others stand in the text."""
SMALLEST, LARGEST = 33_000, 59_000
"""Bytes at which a page ends its text, at least and at most."""
_FULL_STOP = {"ja": "。"}
_BLANK = {"ja": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A kind of page: what its sections hold, in turn, and what surrounds them."""

    schema: str
    """Type in its linked data."""
    blocks: tuple[Callable[["_Writer"], str], ...]
    beside: str
    """The element of its side bar."""


class _Writer:
    """Writes the parts of one page; each call continues its random sequence."""

    def __init__(self, number: int) -> None:
        self.language = LANGUAGES[number % len(LANGUAGES)]
        self.dice = random.Random(number)

    def name(self) -> str:
        """A title's words."""
        said = self.dice.sample(WORDS[self.language][COMMON[self.language] :], 4)
        text = " ".join(said)
        return text[:1].upper() + text[1:]

    def sentence(self) -> str:
        return self.dice.choice(_sentences(self.language))

    def link(self) -> str:
        words = self.name()
        place = (
            f"/{self.dice.choice(('guides', 'reference', 'blog'))}/{self.dice.randrange(10**4)}"
        )
        return f'<a href="{place}">{words}</a>'

    def paragraph(self) -> str:
        said = [self.sentence() for _ in range(self.dice.randint(3, 6))]
        said[0] = f"{said[0]} {self.link()}"
        said[1] = f"<em>{said[1]}</em> <code>{self.name()}</code>"
        said[2] = f"<b>{self.dice.randrange(99)}</b> {said[2]}<br>"
        return f"<p>{' '.join(said)} {self.link()}</p>"


def _code(page: _Writer) -> str:
    lines = (
        f'<span class="k">def</span> <span class="nf">f{page.dice.randrange(999)}</span>(x, y):\n'
        f'    <span class="k">return</span> x &lt; y <span class="c"># {n} &amp; more</span>\n'
        for n in range(page.dice.randint(3, 8))
    )
    return f'<div class="highlight"><pre><code class="language-python">{"".join(lines)}</code></pre></div>'


def _table(page: _Writer) -> str:
    rows = (
        f"<tr><th scope=row>{page.name()}</th><td>{page.dice.randrange(10**6)}</td><td>{page.link()}</td></tr>"
        for _ in range(page.dice.randint(4, 9))
    )
    head = "<thead><tr><th>#</th><th>ms</th><th>%</th></tr></thead>"
    return f'<table class="table table-striped">{head}<tbody>{"".join(rows)}</tbody></table>'


def _list(page: _Writer) -> str:
    items = (f"<li>{page.link()} {page.sentence()}</li>" for _ in range(page.dice.randint(4, 8)))
    return f"<ul>{''.join(items)}</ul>"


def _quote(page: _Writer) -> str:
    return f"<blockquote><p>{page.sentence()}</p><footer>{page.name()}</footer></blockquote>"


def _figure(page: _Writer) -> str:
    source = f"/static/{page.dice.randrange(10**6)}.webp"
    image = f'<img src="{source}" srcset="{source} 1x, {source}?2 2x" width="640" height="360" loading="lazy" alt="{page.name()}">'
    return f"<figure>{image}<figcaption>{page.sentence()}</figcaption></figure>"


def _comment(page: _Writer) -> str:
    when = f"2025-0{page.dice.randint(1, 9)}-1{page.dice.randint(0, 9)}"
    return (
        f'<div class="comment" id="c{page.dice.randrange(10**6)}"><span class="author">{page.link()}</span>'
        f'<time datetime="{when}">{when}</time><p>{page.sentence()}</p></div>'
    )


SHAPES = (
    Shape(schema="TechArticle", blocks=(_code, _table, _list), beside="aside"),
    Shape(schema="BlogPosting", blocks=(_figure, _quote, _comment), beside="div"),
    Shape(schema="CollectionPage", blocks=(_list, _table, _list), beside="nav"),
    Shape(schema="Course", blocks=(_code, _quote, _figure), beside="aside"),
)
"""In turn, so that each comes in every language."""


def title(number: int) -> str:
    """The page's title."""
    return _Writer(number).name()


def page(number: int, path: str) -> bytes:
    """The whole document at `path` of some host."""
    writer = _Writer(number)
    name = writer.name()
    shape = SHAPES[number // len(LANGUAGES) % len(SHAPES)]
    size = writer.dice.randint(SMALLEST, LARGEST)
    before = (
        f'<!doctype html>\n<html lang="{writer.language}">\n<head>\n{_head(writer, shape, name, path)}</head>\n'
        f'<body class="page">\n{_header(writer)}<div class="layout">{_beside(writer, shape)}'
        f'<main id="content"><article><h1>{name}</h1>\n<p class="lead">{writer.sentence()}</p>\n'
    )
    after = f"</article></main></div>\n{_footer(writer)}</body>\n</html>\n"
    sections = _sections(writer, shape, size - _size(before + after))
    return "".join((before, *sections, after)).encode()


def _size(text: str) -> int:
    return len(text.encode())


def _sections(page: _Writer, shape: Shape, room: int) -> Iterator[str]:
    number = 0
    while room > 0:
        block = shape.blocks[number % len(shape.blocks)]
        paragraphs = "\n".join(page.paragraph() for _ in range(page.dice.randint(1, 3)))
        section = f'<section id="s{number}"><h2>{page.name()}</h2>\n{paragraphs}\n{block(page)}</section>\n'
        yield section
        room -= _size(section)
        number += 1


def _head(page: _Writer, shape: Shape, name: str, path: str) -> str:
    told = page.sentence()
    metas = (
        *(f'<meta name="{key}" content="{value}">' for key, value in _named(name, told).items()),
        *(
            f'<meta property="og:{key}" content="{value}">'
            for key, value in _graph(name, told).items()
        ),
    )
    sheets = (f'<link rel="stylesheet" href="/static/{n}.css?v=3">' for n in range(4))
    scripts = (f'<script src="/static/{n}.js" defer></script>' for n in range(5))
    lines = (
        '<meta charset="utf-8">',
        f"<title>{name} | {_SITE}</title>",
        *metas,
        f'<link rel="canonical" href="{path}">',
        '<link rel="icon" href="/favicon.ico"><link rel="preconnect" href="https://cdn.bench.internal">',
        *sheets,
        f"<style>{_STYLE}</style>",
        *scripts,
        f"<script>{_SCRIPT}</script>",
        f'<script type="application/ld+json">{_linked(shape, name, told)}</script>',
    )
    return "\n".join(lines) + "\n"


_SITE = "Field notes"
_STYLE = "".join(
    f".c{n}{{color:#{n:03x}abc;margin:{n}px auto;padding:0 {n}em}}@media(min-width:{n}0em){{.c{n}>a:hover{{opacity:.{n}}}}}"
    for n in range(12)
)
_SCRIPT = "".join(
    f'(function(w,d){{var e=d.createElement("script");e.async=1;if(w.x{n}<d.y&&w.z>1){{e.src="/t{n}.js"}}}})(window,document);'
    for n in range(6)
)


def _named(name: str, told: str) -> Mapping[str, str]:
    return {
        "viewport": "width=device-width, initial-scale=1",
        "description": told,
        "author": "A. Writer",
        "generator": "Made up 3.1",
        "theme-color": "#123abc",
        "robots": "index, follow, max-image-preview:large",
        "twitter:card": "summary_large_image",
        "twitter:title": name,
        "twitter:description": told,
    }


def _graph(name: str, told: str) -> Mapping[str, str]:
    return {
        "title": name,
        "description": told,
        "type": "article",
        "site_name": _SITE,
        "image": "https://cdn.bench.internal/cover.png",
        "locale": "en_GB",
    }


def _linked(shape: Shape, name: str, told: str) -> str:
    thing = {
        "@context": "https://schema.org",
        "@type": shape.schema,
        "headline": name,
        "description": told,
        "datePublished": "2024-05-06T07:08:09+02:00",
        "dateModified": "2025-05-06",
        "author": [{"@type": "Person", "name": "A. Writer", "url": "/about"}],
        "publisher": {"@type": "Organization", "name": _SITE, "logo": "/logo.png"},
    }
    return json.dumps({"@graph": [thing]}, ensure_ascii=False)


def _header(page: _Writer) -> str:
    return f'<header><nav class="top"><ul>{_items(page, LINKS_AROUND // 5)}</ul></nav></header>\n'


def _beside(page: _Writer, shape: Shape) -> str:
    items = _items(page, LINKS_AROUND // 2)
    return f'<{shape.beside} class="sidebar"><ul>{items}</ul></{shape.beside}>\n'


def _footer(page: _Writer) -> str:
    items = _items(page, LINKS_AROUND - LINKS_AROUND // 5 - LINKS_AROUND // 2)
    return f'<footer class="site"><ul>{items}</ul><p>&copy; 2025 {_SITE}</p></footer>\n'


def _items(page: _Writer, count: int) -> str:
    return "".join(f"<li>{page.link()}</li>" for _ in range(count))


@cache
def _sentences(language: str) -> tuple[str, ...]:
    dice = random.Random(language)
    return tuple(_sentence(dice, language) for _ in range(SENTENCES))


def _sentence(dice: random.Random, language: str) -> str:
    words, common = WORDS[language], COMMON[language]
    said = [
        dice.choice(words[:common] if n % 2 else words[common:])
        for n in range(dice.randint(9, 22))
    ]
    text = _BLANK.get(language, " ").join(said)
    return text[:1].upper() + text[1:] + _FULL_STOP.get(language, ".")
