import pytest

from crawler.fetch.head import MAX_HEAD_BYTES, BadHeadError, Head

OK = b"HTTP/1.1 200 OK\r\n"


def read(*lines: bytes) -> Head:
    head = Head()
    for line in lines:
        head.take(line)
    return head


def test_a_head_is_its_status_and_its_fields_in_order() -> None:
    head = read(OK, b"Content-Type:text/html \r\n", b"X-Empty:\r\n", b"content-type: b\n", b"\r\n")
    assert head.is_complete
    assert head.status_code == 200
    assert head.fields == [
        (b"Content-Type", b"text/html"),
        (b"X-Empty", b""),
        (b"content-type", b"b"),
    ]


def test_a_head_is_complete_with_its_blank_line() -> None:
    head = Head()
    assert [head.take(line) for line in (OK, b"A: b\r\n", b"\r\n")] == [False, False, True]


def test_interim_responses_are_forgotten() -> None:
    interim = (b"HTTP/1.1 103 Early Hints\r\n", b"Content-Length: 1\r\n", b"\r\n")
    head = read(*interim, b"HTTP/1.1 100\r\n", b"\r\n", OK, b"Content-Length: 2\r\n", b"\r\n")
    assert (head.status_code, head.fields) == (200, [(b"Content-Length", b"2")])


@pytest.mark.parametrize(
    "line",
    [b"HTTP/1.1 200\r\n", b"HTTP/1.0 200 \n", b"HTTP/1.1  200 \xfcber OK\r\n"],
)
def test_status_lines_may_be_odd(line: bytes) -> None:
    assert read(line).status_code == 200


@pytest.mark.parametrize(
    "line",
    [
        b"HTTP/1.1 OK\r\n",
        b"HTTP/1.1 20\r\n",
        b"HTTP/1.1 2000 OK\r\n",
        b"HTTP/1.1 200OK\r\n",
        b"HTTP/1.1 099 Low\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\n",
        b"HTTP/2 200\r\n",
        b"ICY 200 OK\r\n",
    ],
)
def test_other_lines_are_no_status(line: bytes) -> None:
    with pytest.raises(BadHeadError):
        read(line)


@pytest.mark.parametrize(
    "line",
    [b": x\r\n", b"garbage\r\n", b"X Y: x\r\n", b"X : x\r\n", b"\xfc: x\r\n"],
)
def test_a_field_has_a_name(line: bytes) -> None:
    if b":" in line:
        with pytest.raises(BadHeadError):
            read(OK, line)
    else:
        # A name without a colon; libcurl itself refuses it.
        assert read(OK, line).fields == [(line.strip(), b"")]


@pytest.mark.parametrize(
    "lines",
    [
        (b"Content-Length: -1\r\n",),
        (b"Content-Length: +1\r\n",),
        (b"Content-Length:\r\n",),
        (b"Content-Length: 99999999999999999999\r\n",),
        (b"Content-Length: 1, 2\r\n",),
        (b"Content-Length: 1\r\n", b"Content-Length: 2\r\n"),
        (b"Transfer-Encoding: gzip, chunked\r\n",),
        (b"Transfer-Encoding: identity\r\n",),
    ],
)
def test_where_the_content_ends_must_be_clear(lines: tuple[bytes, ...]) -> None:
    with pytest.raises(BadHeadError):
        read(OK, *lines)


@pytest.mark.parametrize(
    "lines",
    [
        (b"Content-Length: 1, 1 ,1\r\n",),
        (b"content-length: 1\r\n", b"Content-Length: 1\r\n"),
        (b"Content-Length: 1\r\n", b"Transfer-Encoding: Chunked\r\n"),
    ],
)
def test_it_may_be_said_twice(lines: tuple[bytes, ...]) -> None:
    assert read(OK, *lines, b"\r\n").is_complete


@pytest.mark.promise("29")
@pytest.mark.parametrize("interim", [False, True])
def test_a_head_is_bounded(interim: bool) -> None:
    status = b"HTTP/1.1 103 Hints\r\n" if interim else OK
    between = b"\r\n" if interim else b"B: b\r\n"
    half = b"A: " + b"a" * (MAX_HEAD_BYTES // 2) + b"\r\n"
    again = (status,) if interim else ()
    with pytest.raises(BadHeadError):
        read(status, half, between, *again, half)
    assert read(status, half).status_code


@pytest.mark.parametrize(
    ("lines", "is_complete"),
    [
        ((b"HTTP/1.1 301 Moved\r\n", b"location: /b\r\n"), True),
        ((b"HTTP/1.1 301 Moved\r\n", b"X: /b\r\n"), False),
        ((OK, b"Location: /b\r\n"), False),
        ((), False),
    ],
)
def test_a_redirect_is_broken_off_as_a_contradiction(
    lines: tuple[bytes, ...], is_complete: bool
) -> None:
    head = read(*lines)
    before = list(head.fields)
    head.break_off()
    assert head.is_complete is is_complete
    assert head.fields == before + [(b"Location", b"")] * is_complete


@pytest.mark.parametrize(
    ("lines", "is_kept"),
    [
        ((OK, b"Content-Length: 2\r\n"), True),
        ((OK, b"Transfer-Encoding: chunked\r\n"), True),
        ((OK, b"Content-Length: 2\r\n", b"Connection: Keep-Alive\r\n"), True),
        ((b"HTTP/1.1 304 Not Modified\r\n",), True),
        ((b"HTTP/1.1 204 No Content\r\n",), True),
        ((OK,), False),
        ((OK, b"Content-Length: 2\r\n", b"Connection: x\r\n", b"connection: y, Close\r\n"), False),
        ((b"HTTP/1.0 200 OK\r\n", b"Content-Length: 2\r\n"), False),
    ],
)
def test_a_head_says_whether_its_connection_can_be_used_again(
    lines: tuple[bytes, ...], is_kept: bool
) -> None:
    assert read(*lines, b"\r\n").keeps_connection is is_kept
