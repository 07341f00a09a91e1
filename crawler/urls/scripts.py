"""Pure: host names whose letters come from scripts that nobody writes together.

Such a name may look like another one, as with a Cyrillic letter where a Latin one is expected.
"""

import unicodedata
from collections.abc import Iterator

import ada_url

from crawler.urls.parts import host, problem

_TOGETHER = (
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA"},
    {"LATIN", "CJK", "BOPOMOFO"},
    {"LATIN", "CJK", "HANGUL"},
)
"""Scripts that one label may have. Source: UTS #39 §5.2, Highly Restrictive."""
_OF_ANY_SCRIPT = frozenset({"DIGIT", "HYPHEN-MINUS", "MIDDLE", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"})
"""First words of the names of characters that are written in several scripts."""


def mixed_host(url: str) -> tuple[str, str] | None:
    """The URL's host in Unicode and in ASCII when a label of it mixes scripts; None for all others."""
    if (url.isascii() and "xn--" not in url.lower()) or problem(url):
        return None
    encoded = host(url)
    name = ada_url.idna_to_unicode(encoded)
    return (name, encoded) if any(map(_is_mixed, name.split("."))) else None


def _is_mixed(label: str) -> bool:
    scripts = set(_scripts(label))
    return len(scripts) > 1 and not any(scripts <= known for known in _TOGETHER)


def _scripts(label: str) -> Iterator[str]:
    """The script of each letter: the first word of its name is that of its script."""
    for character in label:
        script = unicodedata.name(character, "UNKNOWN").partition(" ")[0]
        if not unicodedata.combining(character) and script not in _OF_ANY_SCRIPT:
            yield script
