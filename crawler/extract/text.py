"""Pure: the text that a reader of a page sees, a line for a block."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extract.elements import LINES, UNSEEN
from crawler.text import clean

MAX_TEXT_BYTES = 65_536
"""Of a page's text in UTF-8 that are kept."""

_HIDDEN = (
    '[hidden]:not([hidden="until-found"]), [style*="display:none" i], [style*="display: none" i]'
)
# Chinese and Japanese, which put no blanks between words.
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


CHROME = (
    "nav, aside, footer, header:not(:is(main, article) *),"
    ' [role="navigation"], [role="banner"], [role="contentinfo"], [role="search"],'
    ' [role="complementary"]'
)
"""What the pages of a site share around that what each is for."""


class VisibleText:
    """The visible text of a page's elements, without those that the selector `but` names."""

    def __init__(self, tree: LexborHTMLParser, *, but: str = "") -> None:
        left_out = f"{_HIDDEN}, {but}" if but else _HIDDEN
        self._hidden = frozenset(node.mem_id for node in tree.css(left_out))

    def of(self, root: LexborNode) -> str:
        """The element's text, cleaned, without empty lines."""
        lines = map(clean, "".join(self._pieces(root)).split("\n"))
        return "\n".join(line for line in lines if line)

    def is_visible(self, node: LexborNode | None) -> bool:
        """Whether neither the element nor one around it is hidden."""
        while node is not None:
            if not self._is_seen(node):
                return False
            node = node.parent
        return True

    def _is_seen(self, node: LexborNode) -> bool:
        return node.tag not in UNSEEN and not (self._hidden and node.mem_id in self._hidden)

    def _pieces(self, root: LexborNode) -> Iterator[str]:
        """Texts in document order, and a line feed at the start and the end of each block."""
        node: LexborNode | None = root
        depth = 0
        while node is not None:
            child = None
            tag = node.tag or ""
            if tag == "-text":
                yield _folded(node.text_content or "")
            elif self._is_seen(node):
                child = node.first_child
                if tag in LINES:
                    yield "\n"
            if child is not None:
                node, depth = child, depth + 1
                continue
            while depth and node.next is None and node.parent is not None:
                node, depth = node.parent, depth - 1
                if node.tag in LINES:
                    yield "\n"
            node = node.next if depth else None


def _folded(text: str) -> str:
    return text.replace("\n", " ") if "\n" in text else text


def word_count(text: str) -> int:
    """The number of words; a Chinese or Japanese character is one, as in word processors."""
    return len((text if text.isascii() else _CJK.sub(" \\g<0> ", text)).split())


def cut(text: str) -> str:
    """The start of the text, as much of it as is kept."""
    return text.encode("utf-8", "ignore")[:MAX_TEXT_BYTES].decode("utf-8", "ignore")
