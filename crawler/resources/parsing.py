"""Pure: entries of a list become resources, with keys that differ and without secrets."""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from itertools import chain
from typing import NamedTuple
from urllib.parse import quote

from crawler import urls
from crawler.config import ListSettings
from crawler.model import Columns, LeftOut, Notice, Place, Resource, ResourceList
from crawler.resources import formats
from crawler.resources.lines import Entry, Lines
from crawler.text import DESCRIPTION_LENGTH, TITLE_LENGTH, clean


class OneFile(NamedTuple):
    """A file of the list."""

    name: str
    """Its path, for messages and as the place of its resources."""
    lines: Iterable[bytes]
    """In pieces of at most a little more than `MAX_ROW_BYTES`, so that a file without line breaks
    does not fill the memory."""


def parse(lines: Iterable[bytes], name: str, rules: ListSettings | None = None) -> ResourceList:
    """The resources of a list in one file, as by `parse_files`."""
    return parse_files((OneFile(name, lines),), rules)


def parse_files(files: Iterable[OneFile], rules: ListSettings | None = None) -> ResourceList:
    """The resources of a list in one or several files, in order.

    Raises:
        ResourcesError: a file has a structural fault; no content of a row is quoted.
    """
    listing = _Listing(rules or ListSettings())
    for file in files:
        listing.read(Lines(file.lines, file.name))
    return listing.result()


def from_url(text: str) -> Resource:
    """A resource for a URL that stands in no list."""
    url = visible_url(text.encode("utf-8", "replace").decode())
    return Resource(key=url, url=url)


class _Listing:
    """The resources so far, with their keys."""

    def __init__(self, rules: ListSettings) -> None:
        self._rules = rules
        self._ignored = tuple(glob.lower() for glob in rules.ignore)
        self._text = Lines((), "")
        """The file that is read."""
        self._merges = False
        """Whether the file's links with one URL are one resource."""
        self._digests: list[tuple[str, str]] = []
        self._left_out = Counter[LeftOut]()
        self._parts: list[tuple[str, str, int]] = []
        """The path of each part, and the file and the line that name it."""
        self._columns: Columns | None = None
        self._keys: dict[str, int] | None = None
        """Of all resources so far, with their indexes; None while numbers rise, so that none repeats."""
        self._by_target: dict[str, int] = {}
        """Indexes of resources by their target URI, if a file so far needed them."""
        self._indexed = 0
        self._places: dict[int, dict[Place, None]] = {}
        """In order, of resources that stand in several, by index."""
        self._highest = -1
        self._line_before: int | None = None
        self._repeats = Counter[str]()
        self._categories: dict[str, str] = {}
        self._row_numbers: set[int] = set()
        self._has_repeated_row_number = False
        self.resources: list[Resource] = []
        self.notices: list[Notice] = []

    def read(self, text: Lines) -> None:
        """The resources of one more file.

        Raises:
            ResourcesError: it has a fault, or a number or id is that of another resource.
        """
        text.unpack()
        name = formats.format_of(text, self._rules)
        self._text, self._merges = text, name not in formats.KEYED
        for entry in formats.load(name).entries(text, self._rules):
            if self._is_ignored(entry.url):
                text.leave_out(LeftOut.IGNORED)
            else:
                self.add(entry)
        self._digests.append((text.name, text.digest.hexdigest()))
        self._left_out += text.left_out
        self._parts += ((_beside(text.name, url), text.name, line) for line, url in text.parts)
        if self._columns is None and text.columns.read:
            self._columns = text.columns

    def result(self) -> ResourceList:
        """The list, when all files are read."""
        for index, places in self._places.items():
            self.resources[index] = replace(self.resources[index], places=tuple(places))
        order = {name: n for n, (name, _) in enumerate(self._digests)}
        odd = (repeated_urls(self.resources), mixed_hosts(self.resources))
        notices = (*self.notices, *self._missing_parts(), *chain.from_iterable(odd))
        return ResourceList(
            resources=self.without_repeated_row_numbers(),
            notices=tuple(sorted(notices, key=lambda one: (order.get(one.file, 0), one.line))),
            digest=self._digest(),
            columns=self._columns or Columns(),
            files=tuple(order),
            digests=tuple(digest for _, digest in self._digests),
            parts=tuple(path for path, _, _ in self._parts),
            left_out=tuple(sorted(self._left_out.items())),
        )

    def _missing_parts(self) -> Iterator[Notice]:
        read = {name for name, _ in self._digests}
        for path, file, line in self._parts:
            if path not in read:
                name = clean(path.rpartition("/")[2], TITLE_LENGTH)
                text = f"{name} is not in the folder of this index, so it was not read."
                yield Notice(line=line, text=text, file=file)

    def _digest(self) -> str:
        if len(self._digests) == 1:
            return self._digests[0][1]
        return hashlib.sha256(repr(self._digests).encode()).hexdigest()

    def _is_ignored(self, url: str) -> bool:
        return bool(self._ignored) and any(fnmatchcase(url.lower(), g) for g in self._ignored)

    def add(self, entry: Entry) -> None:
        """One more resource.

        Raises:
            ResourcesError: its number or id is that of another one.
        """
        url = visible_url(entry.url)
        if self._merges and self._is_merged(entry, url):
            return
        key = self._key(entry, url)
        if self._keys is not None:
            self._keys[key] = len(self.resources)
        category = clean_text(entry.category)
        self.resources.append(
            Resource(
                key=key,
                number=self._shared(entry.row_number if entry.number is None else entry.number),
                title=clean_text(entry.title),
                url=url,
                category=self._categories.setdefault(category, category),
                line=entry.line,
                file=self._text.name,
                description=clean_text(entry.description, DESCRIPTION_LENGTH)
                if entry.description
                else "",
                places=(self._place_of(entry),) if entry.column else (),
                has_url_key=entry.number is None and entry.id is None,
            )
        )
        self._line_before = entry.line
        self._note_row_number(entry)
        if entry.notice:
            self._notice(entry.line, entry.notice)

    def _shared(self, number: int | None) -> int | None:
        """The number; the same object as that of the line before where they are equal.

        They are in a list whose rows are numbered: 28 MB less of a million rows.
        """
        return self._line_before if number == self._line_before else number

    def _is_merged(self, entry: Entry, url: str) -> bool:
        """Whether a resource before has this URL; then it has one more place."""
        if entry.number is not None or entry.id is not None or not url:
            return False
        for index in range(self._indexed, len(self.resources)):
            self._by_target.setdefault(urls.target_uri(self.resources[index].url), index)
        self._indexed = len(self.resources)
        known = self._by_target.get(urls.target_uri(url))
        if known is None:
            return False
        resource = self.resources[known]
        first = resource.places or (Place(file=resource.file, line=resource.line),)
        self._places.setdefault(known, dict.fromkeys(first))[self._place_of(entry)] = None
        title = resource.title or clean_text(entry.title)
        description = resource.description or clean_text(entry.description, DESCRIPTION_LENGTH)
        if (title, description) != (resource.title, resource.description):
            self.resources[known] = replace(resource, title=title, description=description)
        return True

    def _place_of(self, entry: Entry) -> Place:
        return Place(
            file=self._text.name,
            line=entry.line,
            column=entry.column,
            start=entry.start,
            end=entry.end,
        )

    def _notice(self, line: int, text: str) -> None:
        self.notices.append(Notice(line=line, text=text, file=self._text.name))

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
            self._notice(entry.line, text)
        self._row_numbers.add(entry.row_number)

    def _key(self, entry: Entry, url: str) -> str:
        is_next = entry.number is not None and entry.number > self._highest
        if self._keys is None and not is_next:
            self._keys = {resource.key: n for n, resource in enumerate(self.resources)}
        if entry.number is not None:
            self._highest = max(entry.number, self._highest)
            return self._unused(entry, str(entry.number), "number")
        if entry.id is None:
            return self._key_of_url(urls.target_uri(url) if self._merges else url)
        key = clean(entry.id, TITLE_LENGTH)
        if not key:
            raise self._text.fault(entry.line, "the id is empty; give each row its own")
        return self._unused(entry, key, "id")

    def _unused(self, entry: Entry, key: str, name: str) -> str:
        if self._keys and key in self._keys:
            other = _line_seen_from(self.resources[self._keys[key]], self._text.name)
            raise self._text.fault(
                entry.line, f"the {name} repeats that of {other}; give each row its own"
            )
        return key

    def _key_of_url(self, url: str) -> str:
        base = key = url or "no URL"
        while self._keys and key in self._keys:
            self._repeats[base] += 1
            key = f"{base} ({self._repeats[base] + 1})"
        return key


def repeated_urls(resources: Iterable[Resource]) -> Iterator[Notice]:
    """A notice for each resource whose URL is that of one before it."""
    first_ones: dict[str, Resource] = {}
    for resource in resources:
        first = first_ones.setdefault(urls.target_uri(resource.url), resource)
        if resource.url and first is not resource:
            other = _line_seen_from(first, resource.file)
            text = f"Line {resource.line} repeats the URL of {other}; it is asked once."
            yield Notice(line=resource.line, text=text, file=resource.file)


def mixed_hosts(resources: Iterable[Resource]) -> Iterator[Notice]:
    """A notice for each resource whose host may pass for another one."""
    for resource in resources:
        if mixed := urls.mixed_host(resource.url):
            text = (
                f"The host on line {resource.line}, {mixed[0]}, mixes scripts: it is {mixed[1]}."
            )
            yield Notice(line=resource.line, text=text, file=resource.file)


def _line_seen_from(resource: Resource, file: str) -> str:
    line = f"line {resource.line}"
    return line if resource.file == file else f"{line} of {resource.file}"


def _beside(path: str, url: str) -> str:
    """The path of the file that has the name at the end of the URL, in the folder of the other."""
    folder, slash, _ = path.rpartition("/")
    return f"{folder}{slash}{url.partition('?')[0].rpartition('/')[2]}"


def clean_text(text: str, length: int = TITLE_LENGTH) -> str:
    """A text of the list, cleaned, without secrets in a URL."""
    return clean(urls.without_userinfo(text) if "://" in text else text, length)


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
