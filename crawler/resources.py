"""Pure: the lines of a CSV file become resources, or one sentence about what is wrong with them."""

import csv
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from urllib.parse import quote

from crawler import urls
from crawler.errors import ResourcesError
from crawler.model import Notice, Resource, ResourceList
from crawler.text import TITLE_LENGTH, clean

MAX_ROW_BYTES = 1_000_000
"""Longest row that is read, over all its lines, endings included."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_EXAMPLE_HEADER = "number,category,title,url"
_NAMED = 5
"""Resources that are named when several are meant."""
_NAME_LENGTH = 80


def parse(lines: Iterable[bytes], name: str) -> ResourceList:
    """The resources of a CSV file, given line by line (RFC 4180, UTF-8).

    `name` is the file's, for messages. Hand over lines in pieces of at most a little more than
    `MAX_ROW_BYTES`, so that a file without line breaks does not fill the memory.

    Raises:
        ResourcesError: the file has a structural fault; no content of a row is quoted.
    """
    text = _Text(lines, name)
    rows = _rows(text)
    columns = _columns(text, next(rows, None))
    listing = _Listing(text, columns)
    for row in rows:
        listing.add(row)
    notices = (*listing.notices, *_repeats(listing.resources))
    return ResourceList(
        resources=tuple(listing.resources),
        notices=tuple(sorted(notices, key=lambda notice: notice.line)),
        digest=text.digest.hexdigest(),
    )


def select(resources: Sequence[Resource], pattern: str) -> tuple[Resource, ...]:
    """The resources with that number, key or URL, or whose URL, title or category fits that glob.

    Letter case does not matter; an empty pattern selects all.
    """
    if not pattern:
        return tuple(resources)
    if pattern.isdecimal():
        return tuple(r for r in resources if _is_named(r, pattern))
    glob = pattern.casefold()
    return tuple(
        resource
        for resource in resources
        if _is_named(resource, pattern)
        or any(
            fnmatchcase(text.casefold(), glob)
            for text in (resource.url, resource.title, resource.category)
        )
    )


def meant(resources: Sequence[Resource], wanted: str) -> tuple[Resource, ...]:
    """The resources that a person means by a number, a key, a URL or a glob.

    What one of them is called exactly is no glob: a URL may hold `?` and `[`.

    Raises:
        ResourcesError: none fits; the nearest is named.
    """
    named = tuple(resource for resource in resources if _is_named(resource, wanted))
    found = named or select(resources, wanted)
    if not found:
        raise ResourcesError(f"{clean(wanted)}: no such resource; {_advice(resources, wanted)}")
    return found


def one(resources: Sequence[Resource], wanted: str) -> Resource:
    """The one resource that is meant.

    Raises:
        ResourcesError: none fits, or several do.
    """
    found = meant(resources, wanted)
    if len(found) > 1:
        names = [clean(resource.key, _NAME_LENGTH) for resource in found[:_NAMED]]
        names += [f"{len(found) - _NAMED} more"] if len(found) > _NAMED else []
        raise ResourcesError(
            f"{clean(wanted)}: {len(found)} resources fit ({', '.join(names)}); name one of them"
        )
    return found[0]


def _is_named(resource: Resource, text: str) -> bool:
    numbered = text.isdecimal() and resource.number == int(text)
    return numbered or text in {resource.key, resource.url}


def _advice(resources: Sequence[Resource], wanted: str) -> str:
    names: dict[str, Resource] = {}
    for resource in resources:
        for name in (resource.key, resource.url, resource.title):
            names.setdefault(name.casefold(), resource)
    nearest = get_close_matches(wanted.casefold(), names, n=1, cutoff=0)
    if not nearest:
        return "the list is empty"
    resource = names[nearest[0]]
    about = clean(resource.title, _NAME_LENGTH) or clean(resource.url, _NAME_LENGTH)
    return f"the nearest is {clean(resource.key, _NAME_LENGTH)} ({about})"


# --- bytes to rows --------------------------------------------------------------------------------


class _Text:
    """The decoded lines of a file, counted and hashed as they pass."""

    def __init__(self, lines: Iterable[bytes], name: str) -> None:
        self._lines = lines
        self._name = name
        self.line = 0
        """Number of the last line read."""
        self.start = 1
        """Number of the first line of the row being read."""
        self.record: list[str] = []
        """The lines of that row."""
        self.digest = hashlib.sha256()
        self._row_bytes = 0

    def start_row(self) -> None:
        """The next line begins a row."""
        self.start = self.line + 1
        self.record.clear()
        self._row_bytes = 0

    def __iter__(self) -> Iterator[str]:
        for content in self._lines:
            self.line += 1
            self._row_bytes += len(content)
            self.digest.update(content)
            text = self._decoded(content)
            self.record.append(text)
            yield text

    def _decoded(self, content: bytes) -> str:
        if self._row_bytes > MAX_ROW_BYTES:
            raise self.fault(self.start, "the row is longer than 1 MB; is this a CSV file?")
        if b"\0" in content:
            raise self.fault(self.line, "the line holds a NUL byte; save the file as UTF-8 text")
        if self.line == 1:
            content = content.removeprefix(_BYTE_ORDER_MARK)
        try:
            return content.decode()
        except UnicodeDecodeError:
            raise self.fault(self.line, "the line is not UTF-8; save the file as UTF-8") from None

    def fault(self, line: int, what: str) -> ResourcesError:
        """The error that tells what is wrong in this line, and what to do."""
        return ResourcesError(f"{self._name}:{line}: {what}")


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    """On which it starts."""
    cells: list[str]


def _rows(text: _Text) -> Iterator[_Row]:
    """The rows that are not blank; faults of quoting are raised."""
    reader = csv.reader(text, strict=True)
    while True:
        text.start_row()
        try:
            cells = next(reader, None)
        except csv.Error:
            raise _quoting_fault(text) or text.fault(
                text.start,
                f"a field is longer than {csv.field_size_limit():,} characters; shorten it",
            ) from None
        if cells is None:
            return
        if any('"' in line for line in text.record) and (fault := _quoting_fault(text)):
            raise fault
        if len(cells) > 1 or (cells and cells[0].strip()):
            yield _Row(text.start, cells)


_FIELD = r'(?:"[^"]*+(?:""[^"]*+)*+"|[^",\r\n]*+)'
_WELL_QUOTED = re.compile(f"{_FIELD}(?:,{_FIELD})*+")
"""As much of a row as keeps to RFC 4180 §2."""


def _quoting_fault(text: _Text) -> ResourcesError | None:
    """What breaks RFC 4180 in the row being read; `csv` is laxer, and does not tell the place."""
    record = "".join(text.record)
    well_quoted = _WELL_QUOTED.match(record)
    end = well_quoted.end() if well_quoted else 0
    rest = record[end:]
    if not rest.strip("\r\n"):
        return None
    return text.fault(
        text.start + record.count("\n", 0, end), _what_is_misquoted(record[:end], rest)
    )


def _what_is_misquoted(before: str, rest: str) -> str:
    if rest[0] == "\r":
        return "a carriage return stands inside the line; end lines with LF or CRLF"
    if rest[0] != '"':
        return 'text follows a closing quote; write a quote inside a quoted field as ""'
    if before == "" or before.endswith(","):
        return "a quote opens here and is never closed; close it at the end of its field"
    return 'a quote stands inside an unquoted field; quote the whole field and write it as ""'


# --- rows to resources ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Where the known columns stand; None for one that is not there."""

    width: int
    url: int
    number: int | None
    id: int | None
    title: int | None
    category: int | None


def _columns(text: _Text, header: _Row | None) -> _Columns:
    if header is None:
        raise text.fault(1, f"there is no header; the first line must be like {_EXAMPLE_HEADER}")
    names = [clean(cell).lower() for cell in header.cells]

    def place(name: str) -> int | None:
        if names.count(name) > 1:
            raise text.fault(header.line, f"two columns are called {name}; rename one of them")
        return names.index(name) if name in names else None

    url = place("url")
    if url is None:
        raise text.fault(
            header.line,
            f"no column is called url; the first line must be a header like {_EXAMPLE_HEADER}",
        )
    return _Columns(
        width=len(names),
        url=url,
        number=place("number"),
        id=place("id"),
        title=place("title"),
        category=place("category"),
    )


_NUMBER = re.compile(r"[0-9]{1,18}")
"""Fits the 64 bits of a database column."""


class _Listing:
    """The resources read so far, and what later rows are compared with."""

    def __init__(self, text: _Text, columns: _Columns) -> None:
        self._text = text
        self._columns = columns
        self._keys: dict[str, int] | None = None if columns.number is not None else {}
        """Of all rows so far, with their lines; None while numbers rise, so that none comes twice."""
        self._highest = -1
        self._repeats = Counter[str]()
        self._categories: dict[str, str] = {}
        self.resources: list[Resource] = []
        self.notices: list[Notice] = []

    def add(self, row: _Row) -> None:
        """The row's resource joins the others, or its fault is raised."""
        self._check_width(row)
        url = _url(row.cells[self._columns.url])
        number = self._number(row)
        key = self._key(row, number, url)
        if self._keys is not None:
            self._keys[key] = row.line
        category = _label(row, self._columns.category)
        self.resources.append(
            Resource(
                key=key,
                number=number,
                title=_label(row, self._columns.title),
                url=url,
                category=self._categories.setdefault(category, category),
                line=row.line,
            )
        )
        self._notice(row)

    def _check_width(self, row: _Row) -> None:
        found, wanted = len(row.cells), self._columns.width
        if found != wanted:
            raise self._text.fault(
                row.line,
                f"fields in the row: {found}, in the header: {wanted}; quote a field that holds a comma",
            )

    def _number(self, row: _Row) -> int | None:
        if self._columns.number is None:
            return None
        cell = row.cells[self._columns.number].strip()
        if not _NUMBER.fullmatch(cell):
            raise self._text.fault(
                row.line, "the number is not a whole one from 0 up; give each row its own"
            )
        return int(cell)

    def _key(self, row: _Row, number: int | None, url: str) -> str:
        if number is not None:
            return self._key_of_number(row, number)
        if self._columns.id is None:
            return self._key_of_url(url)
        key = clean(row.cells[self._columns.id], TITLE_LENGTH)
        if not key:
            raise self._text.fault(row.line, "the id is empty; give each row its own")
        return self._unused(row, key, "id")

    def _key_of_number(self, row: _Row, number: int) -> str:
        if self._keys is None and number <= self._highest:
            self._keys = {resource.key: resource.line for resource in self.resources}
        self._highest = max(number, self._highest)
        return self._unused(row, str(number), "number")

    def _unused(self, row: _Row, key: str, name: str) -> str:
        if self._keys and key in self._keys:
            raise self._text.fault(
                row.line,
                f"the {name} repeats that of line {self._keys[key]}; give each row its own",
            )
        return key

    def _key_of_url(self, url: str) -> str:
        base = key = url or "no URL"
        while self._keys and key in self._keys:
            self._repeats[base] += 1
            key = f"{base} ({self._repeats[base] + 1})"
        return key

    def _notice(self, row: _Row) -> None:
        if any("\n" in cell and "://" in cell for cell in row.cells):
            self.notices.append(
                Notice(
                    line=row.line,
                    text=f"A field of the row on line {row.line} spans lines and holds a URL; "
                    "a quote may be missing.",
                )
            )


def _repeats(resources: Iterable[Resource]) -> Iterator[Notice]:
    first_lines: dict[str, int] = {}
    for resource in resources:
        first = first_lines.setdefault(urls.target_uri(resource.url), resource.line)
        if resource.url and first != resource.line:
            yield Notice(
                line=resource.line,
                text=f"Line {resource.line} repeats the URL of line {first}; it is asked once.",
            )


def _label(row: _Row, column: int | None) -> str:
    if column is None:
        return ""
    cell = row.cells[column]
    return clean(urls.without_userinfo(cell) if "://" in cell else cell, TITLE_LENGTH)


def _url(cell: str) -> str:
    """The cell's text, trimmed and without userinfo; as written, but for what cannot be seen."""
    text = urls.without_userinfo(cell.strip()).strip()
    if text.isprintable():
        return text
    # The parser leaves tabs and line breaks out of a URL, and escapes all else that is escaped here:
    # the text still means the same, and can be shown in a line of a log.
    break_becomes = " " if urls.problem(text) else ""
    return "".join(_visible(character, break_becomes) for character in text)


_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""General categories: controls, format characters (zero-width, bidi), line separators."""


def _visible(character: str, break_becomes: str) -> str:
    if character in "\t\r\n":
        return break_becomes
    return quote(character) if unicodedata.category(character) in _UNSEEN else character
