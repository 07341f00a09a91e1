"""Random lists in each format, as pieces of text with a slot for each URL."""

import html
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import strategies as st

_OLD = "abcz019-_./?&="
_NEW = "abz09-_.~!$&'()*+,;=:@/%?é |\"<>[]{}\\^`"
_TITLE = "abcAB 0.,;:'\"é中&<*_`#|-"

Draw = st.DrawFn


@dataclass
class Slotted:
    """A list: every second piece is a URL as it is written there."""

    name: str
    pieces: list[str] = field(default_factory=lambda: [""])
    slots_of: dict[int, list[int]] = field(default_factory=dict)
    """The indexes of pieces where each resource's URL is written."""
    may_refuse: set[int] = field(default_factory=set)
    """Resources whose place does not take every URL."""

    def say(self, text: str) -> None:
        if len(self.pieces) % 2:
            self.pieces[-1] += text
        else:
            self.pieces.append(text)

    def slot(self, resource: int, written: str) -> None:
        self.slots_of.setdefault(resource, []).append(len(self.pieces))
        self.pieces += (written, "")

    def content(self, *, mark: bool = False, line_end: str = "\n") -> bytes:
        text = "".join(self.pieces).replace("\n", line_end)
        return text.encode("utf-8-sig" if mark else "utf-8")

    def with_line_ends(self, line_end: str) -> None:
        self.pieces = [piece.replace("\n", line_end) for piece in self.pieces]


@dataclass
class Edit:
    """A list, and new URLs for some of its resources."""

    slotted: Slotted
    content: bytes
    after: dict[int, str]


def _title(draw: Draw, n: int) -> str:
    return f"T{n}{draw(st.text(_TITLE, max_size=6))}z"


def _word(draw: Draw, n: int) -> str:
    return f"T{n}{draw(st.sampled_from(['', ' é', ' - b', ', c']))}"


def _amp(url: str, quote: str = "") -> str:
    return (
        html.escape(url, quote=False).replace(quote, f"&#{ord(quote)};")
        if quote
        else html.escape(url)
    )


# --- formats --------------------------------------------------------------------------------------


def _csv(draw: Draw, urls: list[str]) -> Slotted:
    separator = draw(st.sampled_from(",;\t"))
    made = Slotted("list.csv")
    made.say(separator.join(("title", "url", "note")) + "\n")
    for n, url in enumerate(urls):
        cell = _title(draw, n).replace('"', '""') + draw(st.sampled_from(["", "\nmore", '""']))
        made.say(f'"{cell}"{separator}')
        style = draw(st.sampled_from(["plain", "quoted", "padded", "padded inside"]))
        around = {"quoted": '"', "padded": " ", "padded inside": '" '}.get(style, "")
        made.say(around)
        made.slot(n, url)
        made.say(around[::-1] + separator + draw(st.sampled_from(["", "x", '"a b"'])) + "\n")
        made.may_refuse |= {n} if style == "padded" else set()
        made.say(draw(st.sampled_from(["", "\n", separator * 2 + "\n"])))
    return made


def _markdown(draw: Draw, urls: list[str]) -> Slotted:
    made, later = Slotted("list.md"), list[int]()
    made.say("# Links\n\n")
    for n, url in enumerate(urls):
        for _ in range(draw(st.integers(1, 2))):
            style = draw(st.sampled_from(list(_ITEMS)))
            before, after, written = _ITEMS[style](url)
            made.say(f"- {_word(draw, n)}{before.replace('@', f'r{n}')}")
            if written:
                made.slot(n, written)
            elif n not in later:
                later.append(n)
            made.say(f"{after} and more.\n")
        made.say(draw(st.sampled_from(["", "\n", "\n## Häding\n\n", "\n> quoted\n\n"])))
    made.say("\n")
    for n in later:
        bracket = draw(st.booleans())
        made.say(f"[r{n}]: {'<' * bracket}")
        made.slot(n, urls[n])
        title = draw(st.sampled_from(["", ' "T"']))
        made.say(f"{'>' * bracket}{title}\n")
    return made


_ITEMS: dict[str, Callable[[str], tuple[str, str, str]]] = {
    "inline": lambda url: (" [text](", ")", url),
    "titled": lambda url: (" [t*e*xt](", ' "Title (x)")', url),
    "bracketed": lambda url: (" [text](<", ">)", url),
    "autolink": lambda url: (" <", ">", url),
    "reference": lambda _: (" [text][@]", "", ""),
    "html": lambda url: (' <a class="x" href="', '">text</a>', _amp(url)),
}


def _html(draw: Draw, urls: list[str]) -> Slotted:
    made = Slotted("list.html")
    made.say("<!DOCTYPE html>\n<h2>Links</h2><ul>\n")
    for n, url in enumerate(urls):
        quote = draw(st.sampled_from(['"', "'", ""]))
        made.say(f"<li><a class=x href={quote}")
        made.slot(n, _amp(url, quote) if draw(st.booleans()) else url)
        made.say(
            f"{quote}>{html.escape(_title(draw, n))}</a>{draw(st.sampled_from(['', ' é']))}\n"
        )
    made.say("</ul>")
    return made


def _bookmarks(draw: Draw, urls: list[str]) -> Slotted:
    made = Slotted("bookmarks.html")
    made.say("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<H1>Bookmarks</H1>\n<DL><p>\n")
    for n, url in enumerate(urls):
        made.say('    <DT><A HREF="')
        made.slot(n, _amp(url))
        made.say(f'" ADD_DATE="1">{html.escape(_title(draw, n))}</A>\n')
    made.say("</DL><p>\n")
    return made


def _opml(draw: Draw, urls: list[str]) -> Slotted:
    made = Slotted("list.opml")
    made.say('<?xml version="1.0"?>\n<opml version="2.0"><body>\n')
    for n, url in enumerate(urls):
        quote, name = (
            draw(st.sampled_from("\"'")),
            draw(st.sampled_from(["url", "htmlUrl", "xmlUrl"])),
        )
        made.say(f'<outline text="{html.escape(_title(draw, n))}" {name}={quote}')
        made.slot(n, _amp(url, quote))
        made.say(f"{quote}/>\n")
    made.say("</body></opml>\n")
    return made


def _sitemap(draw: Draw, urls: list[str]) -> Slotted:
    made = Slotted("sitemap.xml")
    made.say('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n')
    for n, url in enumerate(urls):
        is_raw = draw(st.booleans())
        before, after = (
            ("<![CDATA[", "]]>") if is_raw else draw(st.sampled_from([("", ""), (" ", "\n")]))
        )
        made.say(f"<url><loc>{before}")
        made.slot(n, url if is_raw else _amp(url))
        made.say(f"{after}</loc></url>\n")
    made.say("</urlset>")
    return made


def _json(draw: Draw, urls: list[str]) -> Slotted:
    made = Slotted("list.json")
    made.say("[")
    for n, url in enumerate(urls):
        title = json.dumps(_title(draw, n), ensure_ascii=draw(st.booleans()))
        made.say(f'{"," if n else ""}\n  {{"title": {title}, "url": "')
        made.slot(n, url.replace("/", "\\/") if draw(st.booleans()) else url)
        made.say(f'", "number": {n}}}')
    made.say("\n]\n")
    return made


def _toml(draw: Draw, urls: list[str]) -> Slotted:
    made = Slotted("list.toml")
    for n, url in enumerate(urls):
        quote = draw(st.sampled_from(['"', "'", '"""', "'''"]))
        made.say(
            f"[[links]]\ntitle = {json.dumps(_title(draw, n), ensure_ascii=False)} # x\nurl = "
        )
        made.slot(n, f"{quote}{url}{quote}")
        made.say("  # é\n")
        made.may_refuse |= {n} if quote == "'''" else set()
    return made


def _yaml(draw: Draw, urls: list[str]) -> Slotted:
    made = Slotted("list.yaml")
    made.say("links:\n")
    for n, url in enumerate(urls):
        before, after = draw(st.sampled_from(_VALUES))
        title = json.dumps(_title(draw, n), ensure_ascii=False)
        if draw(st.booleans()) and "\n" not in before:
            made.say(f"  - {{title: {title}, url: {before}")
            end = after + "}\n"
        else:
            made.say(f"  - title: {title}\n    url: {before}")
            end = after + "\n" + draw(st.sampled_from(["", "    # remark\n"]))
        made.slot(n, url)
        made.say(end)
    return made


_VALUES = [
    ("", ""),
    ('"', '"'),
    ("'", "'"),
    (">-\n      ", ""),
    ("|\n      ", ""),
    ("&a ", ""),
    ("!!str ", ""),
]


def _text(draw: Draw, urls: list[str]) -> Slotted:
    made = Slotted("list.txt")
    made.say("# Links\nhttps://first.example/\n")
    for n, url in enumerate(urls, 1):
        made.say(draw(st.sampled_from(["", " ", "# é\n", "\n"])))
        made.slot(n, url)
        made.say(draw(st.sampled_from(["", " "])) + "\n")
    return made


FORMATS: dict[str, Callable[[Draw, list[str]], Slotted]] = {
    "bookmarks": _bookmarks,
    "csv": _csv,
    "html": _html,
    "json": _json,
    "markdown": _markdown,
    "opml": _opml,
    "sitemap": _sitemap,
    "text": _text,
    "toml": _toml,
    "yaml": _yaml,
}


@st.composite
def edits(draw: Draw, name: str) -> Edit:
    """A list with one to five resources, and new URLs for some."""
    count = draw(st.integers(1, 5))
    urls = [f"https://old{n}.example/{draw(st.text(_OLD, max_size=8))}z" for n in range(count)]
    made = FORMATS[name](draw, urls)
    made.with_line_ends(draw(st.sampled_from(["\n", "\r\n"])))
    chosen = draw(st.sets(st.sampled_from(sorted(made.slots_of)), min_size=1))
    after = {
        n: f"https://new{n}.example/{draw(st.text(_NEW, max_size=8))}{draw(_ENDS)}".strip()
        for n in sorted(chosen)
    }
    return Edit(made, made.content(mark=draw(st.booleans())), after)


_ENDS = st.sampled_from(["", "/", "z", "#part", "?q=a&b=c,d", ")", "(a)", "#a,b;c", "'"])
