"""Pure: the words in the path of a URL."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from crawler import urls
from crawler.judge import paths
from crawler.judge.titles import stems

_EXTENSION = re.compile(r"\.[a-z][a-z0-9]{0,5}$", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_GAPS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Slug:
    """The words in a path, as stems."""

    last: frozenset[str]
    """Of its last name, without extension; of the folder for an index file."""
    folders: frozenset[str]
    """Of all names before it."""
    parent: frozenset[str] = frozenset()
    """Of the one just before it."""

    @property
    def words(self) -> frozenset[str]:
        """All of them."""
        return self.last | self.folders


def slug_of(url: str) -> Slug:
    """The words in the path of an absolute URL; versions are not among them.

    >>> sorted(slug_of("https://example.org/docs/3.2/GettingStarted_now.html").last)
    ['getting', 'gettingstartednow', 'now', 'started']
    """
    names = _names(url)
    *folders, last = names or [""]
    return Slug(
        last=_words_and_whole(last),
        folders=_words_of_folders("/".join(folders)),
        parent=_words_of_parent(folders[-1]) if folders else frozenset(),
    )


def words_of(name: str) -> tuple[str, ...]:
    """The words in one name of a path: split at signs and capital letters, and stemmed."""
    text = _GAPS.sub(" ", _CAMEL.sub(" ", name))
    return stems(text) or tuple(text.casefold().split())


def _words_and_whole(name: str) -> frozenset[str]:
    """The words, and all of them as one: `getting-started` is `gettingstarted` elsewhere."""
    words = words_of(name)
    return frozenset(words).union(("".join(words),) if len(words) > 1 else ())


_words_of_parent = lru_cache(maxsize=1024)(_words_and_whole)


@lru_cache(maxsize=1024)
def _words_of_folders(path: str) -> frozenset[str]:
    # The pages of a folder share one set: a site may have 50,000 of them.
    return frozenset(word for name in path.split("/") for word in words_of(name))


def _names(url: str) -> list[str]:
    names = [name for name in unquote(urls.path(url)).split("/") if name]
    if names and paths.is_index_file(url):
        names = names[:-1]
    return [*names[:-1], _EXTENSION.sub("", names[-1])] if names else []
