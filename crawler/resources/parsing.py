"""Pure: entries of a list become resources, with keys that differ and without secrets."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote

from crawler import urls
from crawler.model import Notice, Resource, ResourceList
from crawler.resources import csv_list
from crawler.resources.lines import Entry, Lines
from crawler.text import TITLE_LENGTH, clean


def parse(lines: Iterable[bytes], name: str) -> ResourceList:
    """The resources of a list, given line by line.

    `name` is the file's, for messages. Hand over lines in pieces of at most a little more than
    `MAX_ROW_BYTES`, so that a file without line breaks does not fill the memory.

    Raises:
        ResourcesError: the file has a structural fault; no content of a row is quoted.
    """
    text = Lines(lines, name)
    listing = _Listing(text)
    for entry in csv_list.entries(text):
        listing.add(entry)
    notices = (*listing.notices, *_repeated_urls(listing.resources))
    return ResourceList(
        resources=listing.without_repeated_row_numbers(),
        notices=tuple(sorted(notices, key=lambda notice: notice.line)),
        digest=text.digest.hexdigest(),
        columns=text.columns,
    )


def from_url(text: str) -> Resource:
    """A resource for a URL that stands in no list."""
    url = visible_url(text.encode("utf-8", "replace").decode())
    return Resource(key=url, url=url)


class _Listing:
    """The resources so far, with their keys."""

    def __init__(self, text: Lines) -> None:
        self._text = text
        self._keys: dict[str, int] | None = None
        """Of all resources so far, with their lines; None while numbers rise, so that none repeats."""
        self._highest = -1
        self._repeats = Counter[str]()
        self._categories: dict[str, str] = {}
        self._row_numbers: set[int] = set()
        self._has_repeated_row_number = False
        self.resources: list[Resource] = []
        self.notices: list[Notice] = []

    def add(self, entry: Entry) -> None:
        """One more resource.

        Raises:
            ResourcesError: its number or id is that of another one.
        """
        url = visible_url(entry.url)
        key = self._key(entry, url)
        if self._keys is not None:
            self._keys[key] = entry.line
        category = _label(entry.category)
        self.resources.append(
            Resource(
                key=key,
                number=entry.row_number if entry.number is None else entry.number,
                title=_label(entry.title),
                url=url,
                category=self._categories.setdefault(category, category),
                line=entry.line,
            )
        )
        self._note_row_number(entry)
        if entry.notice:
            self.notices.append(Notice(line=entry.line, text=entry.notice))

    def without_repeated_row_numbers(self) -> tuple[Resource, ...]:
        """The resources; without numbers where these are for people only, and repeat."""
        if not self._has_repeated_row_number:
            return tuple(self.resources)
        return tuple(replace(resource, number=None) for resource in self.resources)

    def _note_row_number(self, entry: Entry) -> None:
        if entry.row_number is None or entry.number is not None or self._has_repeated_row_number:
            return
        if entry.row_number in self._row_numbers:
            self._has_repeated_row_number = True
            text = "The number repeats that of another row, so the numbers of all rows are left alone."
            self.notices.append(Notice(line=entry.line, text=text))
        self._row_numbers.add(entry.row_number)

    def _key(self, entry: Entry, url: str) -> str:
        is_next = entry.number is not None and entry.number > self._highest
        if self._keys is None and not is_next:
            self._keys = {resource.key: resource.line for resource in self.resources}
        if entry.number is not None:
            self._highest = max(entry.number, self._highest)
            return self._unused(entry, str(entry.number), "number")
        if entry.id is None:
            return self._key_of_url(url)
        key = clean(entry.id, TITLE_LENGTH)
        if not key:
            raise self._text.fault(entry.line, "the id is empty; give each row its own")
        return self._unused(entry, key, "id")

    def _unused(self, entry: Entry, key: str, name: str) -> str:
        if self._keys and key in self._keys:
            raise self._text.fault(
                entry.line,
                f"the {name} repeats that of line {self._keys[key]}; give each row its own",
            )
        return key

    def _key_of_url(self, url: str) -> str:
        base = key = url or "no URL"
        while self._keys and key in self._keys:
            self._repeats[base] += 1
            key = f"{base} ({self._repeats[base] + 1})"
        return key


def _repeated_urls(resources: Iterable[Resource]) -> Iterator[Notice]:
    first_lines: dict[str, int] = {}
    for resource in resources:
        first = first_lines.setdefault(urls.target_uri(resource.url), resource.line)
        if resource.url and first != resource.line:
            yield Notice(
                line=resource.line,
                text=f"Line {resource.line} repeats the URL of line {first}; it is asked once.",
            )


def _label(text: str) -> str:
    return clean(urls.without_userinfo(text) if "://" in text else text, TITLE_LENGTH)


def visible_url(written: str) -> str:
    """The URL as written, without blanks around it and userinfo, invisible characters escaped."""
    text = urls.without_userinfo(written.strip()).strip()
    if text.isprintable():
        return text
    # The URL standard drops tabs and line breaks, and escapes the other characters too: the URL
    # stays the same, and fits into a line of a log.
    break_becomes = " " if urls.problem(text) else ""
    return "".join(_visible(character, break_becomes) for character in text)


_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""General categories: controls, format characters (zero-width, bidi), line separators."""


def _visible(character: str, break_becomes: str) -> str:
    if character in "\t\r\n":
        return break_becomes
    return quote(character) if unicodedata.category(character) in _INVISIBLE else character
