"""Pure: the head of a response, read line by line."""

import re

MAX_HEAD_BYTES = 65_536
"""Of all names and values of the fields, with those of interim responses (1xx)."""
_TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
"""Source: RFC 9110 §5.6.2."""
_LENGTHS = re.compile(rb"(0*[0-9]{1,18})(?:[ \t]*,[ \t]*\1)*")
"""A length, which may be repeated. Source: RFC 9110 §8.6."""
_STATUS_LINE = re.compile(rb"HTTP/1\.([0-9]) +([1-9][0-9]{2})(?: |$)")
"""Source: RFC 9112 §4, which requires the blank after the code; some servers leave it out."""
_FRAMING = frozenset({b"content-length", b"transfer-encoding"})
"""Fields that say where the content ends."""
_SWITCHING = b"101"
"""We never ask for another protocol."""


class BadHeadError(Exception):
    """A head is too long or malformed, or does not say clearly where its content ends."""


class Head:
    """Takes lines as received, until it `is_complete`; interim responses are read and dropped."""

    def __init__(self) -> None:
        self.status_code = 0
        """0 before the status line."""
        self.fields: list[tuple[bytes, bytes]] = []
        """Names and values, in the order received."""
        self.is_complete = False
        self._is_persistent = False
        """Whether the status line's version of HTTP keeps connections open."""
        self._size = 0
        self._lengths: set[bytes] = set()
        """Values of `Content-Length`."""

    @property
    def keeps_connection(self) -> bool:
        """Whether the connection can be used again. Source: RFC 9112 §6.3 and §9.3."""
        named = {name.lower() for name, _ in self.fields}
        options = b",".join(value for name, value in self.fields if name.lower() == b"connection")
        says_end = self.status_code in {204, 304} or not named.isdisjoint(_FRAMING)
        is_closed = b"close" in (option.strip().lower() for option in options.split(b","))
        return self._is_persistent and says_end and not is_closed

    def take(self, line: bytes) -> bool:
        """Whether the head is complete with the next line, given with its line end.

        Raises: `BadHeadError`.
        """
        text = line.rstrip(b"\r\n")
        if not text:
            self._end()
        elif not self.status_code:
            self._begin(text)
        else:
            self._add(text)
        return self.is_complete

    def break_off(self) -> None:
        """Complete the head of a redirect that names two different places.

        libcurl stops at the second `Location` and does not show it; an empty one is added here,
        which contradicts the first just as well.
        """
        places = [value for name, value in self.fields if name.lower() == b"location"]
        if 300 <= self.status_code < 400 and places:
            self.fields.append((b"Location", b""))
            self._end()

    def _begin(self, line: bytes) -> None:
        found = _STATUS_LINE.match(line)
        if found is None or found[2] == _SWITCHING:
            raise BadHeadError
        self._is_persistent = found[1] != b"0"
        self.status_code = int(found[2])

    def _add(self, line: bytes) -> None:
        name, _, rest = line.partition(b":")
        value = rest.strip(b" \t")
        self._size += len(name) + len(value)
        if not _TOKEN.fullmatch(name) or self._size > MAX_HEAD_BYTES:
            raise BadHeadError
        if name.lower() in _FRAMING:
            self._check_framing(name.lower(), value)
        self.fields.append((name, value))

    def _check_framing(self, name: bytes, value: bytes) -> None:
        """Accept only what all clients read alike. Source: RFC 9112 §6.1 and §6.3."""
        if name == b"transfer-encoding":
            if value.lower() != b"chunked":
                raise BadHeadError
            return
        found = _LENGTHS.fullmatch(value)
        if found is None:
            raise BadHeadError
        self._lengths.add(found[1])
        if len(self._lengths) > 1:
            raise BadHeadError

    def _end(self) -> None:
        self.is_complete = self.status_code >= 200
        if not self.is_complete:
            self.status_code = 0
            self.fields.clear()
            self._lengths.clear()
