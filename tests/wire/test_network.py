import asyncio
import gzip
import resource
import socket
import sys
import threading
import time
import tracemalloc
import zlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from crawler.demo.replies import Reply, Request, Then, read_request, redirect
from crawler.demo.server import Peer, Script, Server, full_port, replying
from crawler.fetch import AttemptBudget, Lateness, Refusal
from crawler.fetch.endpoints import ThreadResolver
from crawler.fetch.open_files import BESIDE
from crawler.fetch.transport import Transport
from crawler.model import Answer, Failure, FailureKind, Fetch, Phase, Target
from tests.support.clocks import ManualClock
from tests.support.fetching import (
    HASTY,
    RecordingReader,
    RecordingTurns,
    Surroundings,
    failure_kind,
    look,
    make_settings,
    no_wait,
    open_gate,
    to_loopback,
)
from tests.support.loopback import (
    Authority,
    answering,
    breaking_off,
    page,
    resetting,
    silent,
    trickling,
)
from tests.support.many_hosts import running_server

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def look_at(script: Script, path: str = "/", around: Surroundings | None = None) -> Fetch:
    """One look at a server that runs this script."""

    async def main() -> Fetch:
        async with Server(script) as server:
            return await look(f"http://{server.authority}{path}", around)

    return asyncio.run(main())


def failure_of(fetch: Fetch) -> tuple[FailureKind, Phase]:
    outcome = fetch.facts.outcome
    assert isinstance(outcome, Failure)
    return outcome.kind, outcome.phase


# --- what goes wrong on a connection --------------------------------------------------------------


CONNECTION_RESET = (FailureKind.CONNECTION_RESET, Phase.RESPONSE)
CUT_OFF = (FailureKind.CONNECTION_RESET, Phase.CONTENT)
NO_ANSWER = (FailureKind.READ_TIMEOUT, Phase.RESPONSE)
NO_CONTENT = (FailureKind.READ_TIMEOUT, Phase.CONTENT)
NOT_HTTP = (FailureKind.PROTOCOL_ERROR, Phase.RESPONSE)
BAD_CONTENT = (FailureKind.PROTOCOL_ERROR, Phase.CONTENT)

MANY_FIELDS = b"".join(b"X-%d: %s\r\n" % (number, b"x" * 900) for number in range(75))
HALF_GZIP = gzip.compress(b"x" * 99)[:-9]

BAD_ANSWERS: dict[str, tuple[Script, tuple[FailureKind, Phase]]] = {
    "reset at accept": (resetting, CONNECTION_RESET),
    "closed without a byte": (answering(b""), CONNECTION_RESET),
    "closed within the head": (answering(b"HTTP/1.1 200 O"), CONNECTION_RESET),
    "reset within the head": (breaking_off(b"HTTP/1.1 200 O"), CONNECTION_RESET),
    "reset within the content": (
        breaking_off(HEAD + b"Content-Length: 9\r\n\r\n<p>"),
        CUT_OFF,
    ),
    "silence": (silent, NO_ANSWER),
    "stall in the head": (trickling(b"HTTP/1.1 200 O"), NO_ANSWER),
    "stall in the content": (trickling(HEAD + b"\r\n<p>"), NO_CONTENT),
    "trickling head": (trickling(HEAD, *[b"X-Slow: 1\r\n"] * 20, pause=0.1), NO_ANSWER),
    "trickling content": (trickling(HEAD + b"\r\n", *[b"<p>"] * 20, pause=0.1), NO_CONTENT),
    "content too short": (answering(HEAD + b"Content-Length: 9\r\n\r\n<p>"), BAD_CONTENT),
    "chunks without end": (
        answering(HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n"),
        BAD_CONTENT,
    ),
    "chunk without size": (
        answering(HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n<p>\r\n0\r\n\r\n"),
        BAD_CONTENT,
    ),
    "half a gzip stream": (
        answering(HEAD + b"Content-Encoding: gzip\r\n\r\n" + HALF_GZIP),
        BAD_CONTENT,
    ),
    "HTTP/0.9": (answering(b"<p>Hello"), NOT_HTTP),
    "banner of another protocol": (trickling(b"SSH-2.0-OpenSSH\r\n"), NOT_HTTP),
    "no status code": (answering(b"HTTP/1.1 OK\r\n\r\n"), NOT_HTTP),
    "field without a name": (answering(HEAD + b": x\r\n\r\n"), NOT_HTTP),
    "two lengths": (
        answering(HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\n<p>"),
        NOT_HTTP,
    ),
    "field that is none": (answering(HEAD + b"garbage\r\n\r\n"), NOT_HTTP),
    "blank in a name": (answering(HEAD + b"X Y: x\r\n\r\n"), NOT_HTTP),
    "nothing but a length that is none": (
        answering(HEAD + b"Content-Length: -3\r\n\r\n<p>"),
        NOT_HTTP,
    ),
    "coding of the transfer": (
        answering(HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        NOT_HTTP,
    ),
    "closed after the status": (answering(b"HTTP/1.1 200 OK\r\n"), CONNECTION_RESET),
    "closed after an interim answer": (
        answering(b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        CONNECTION_RESET,
    ),
    "endless interim answers": (
        trickling(*[b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 1000] * 20),
        NOT_HTTP,
    ),
    "field of 2 MB": (answering(HEAD + b"X: " + b"x" * 2_000_000 + b"\r\n\r\n"), NOT_HTTP),
    "head over 64 kB": (answering(HEAD + MANY_FIELDS + b"\r\n"), NOT_HTTP),
    "endless head": (trickling(HEAD, *[MANY_FIELDS] * 50), NOT_HTTP),
    "another protocol instead": (
        answering(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
        NOT_HTTP,
    ),
}


@pytest.mark.parametrize(("script", "expected"), BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_a_fault_on_the_wire_is_a_failure(
    script: Script, expected: tuple[FailureKind, Phase]
) -> None:
    hangs = expected[0] is FailureKind.READ_TIMEOUT
    assert failure_of(look_at(script, around=HASTY if hangs else None)) == expected


@pytest.mark.parametrize(
    "answer",
    [
        page(b"<p>"),
        HEAD + b"\r\n<p>",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\n<\r\n2\r\np>\r\n0\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 3 + page(b"<p>"),
        b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>",
        b"HTTP/1.1 200 \r\nContent-Type: text/html\nContent-Length: 3\n\n<p>",
    ],
)
def test_an_answer_is_read_however_it_is_framed(answer: bytes) -> None:
    around = Surroundings()
    fetch = look_at(answering(answer), around=around)
    assert fetch.facts.outcome == Answer(media_type="text/html")
    assert around.reader.contents == [b"<p>"]
    assert fetch.address == "127.0.0.1"


NOT_FOUND = b"HTTP/1.1 404 Not Found\r\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "script",
    [
        answering(NOT_FOUND + b"Content-Length: 9\r\n\r\n<p>"),
        breaking_off(NOT_FOUND + b"Content-Length: 9\r\n\r\n<p>"),
        trickling(NOT_FOUND + b"\r\n<p>"),
        trickling(NOT_FOUND + b"\r\n", *[b"<p>"] * 20, pause=0.1),
    ],
    ids=["too short", "reset", "stall", "trickle"],
)
def test_an_error_status_stands_whatever_becomes_of_its_content(script: Script) -> None:
    around = replace(HASTY, reader=RecordingReader())
    fetch = look_at(script, around=around)
    assert isinstance(fetch.facts.outcome, Answer)
    assert fetch.facts.exchanges[-1].status_code == 404
    assert around.reader.contents[0].startswith(b"<p>")


def test_a_refused_connection() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        fetch = asyncio.run(look(url))
    assert fetch.facts.outcome == Failure(
        kind=FailureKind.CONNECTION_REFUSED,
        phase=Phase.CONNECT,
        target_uri=url,
        code="ECONNREFUSED",
    )


def test_a_connection_that_is_not_taken_in_time() -> None:
    with full_port() as port:
        fetch = asyncio.run(look(f"http://127.0.0.1:{port}/", HASTY))
    assert failure_of(fetch) == (FailureKind.CONNECT_TIMEOUT, Phase.CONNECT)


@pytest.mark.promise("29")
@pytest.mark.slow
def test_a_bomb_is_cut_and_memory_is_bounded() -> None:
    zeros = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(zeros.compress(bytes(10 << 20)) for _ in range(20)) + zeros.flush()
    fields = f"Content-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n".encode()
    script = answering(HEAD + fields + bomb)
    around = Surroundings()
    tracemalloc.start()
    fetch = look_at(script, around=around)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert fetch.facts.outcome == Answer(media_type="text/html", truncated=True)
    assert len(around.reader.contents[0]) == 2 << 20
    assert peak < 20 << 20


@pytest.mark.slow
def test_every_byte_is_a_sign_of_life_also_within_a_line() -> None:
    line = [b"x"] * 60
    slow = trickling(HEAD, b"X-Slow: ", *line, b"\r\nContent-Length: 0\r\n\r\n", pause=0.02)
    settings = make_settings(read_timeout=0.6, total_timeout=30.0)
    fetch = look_at(slow, around=Surroundings(settings=settings))
    assert failure_kind(fetch) is None
    assert fetch.timings.response > timedelta(seconds=0.6)


# --- what is sent ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    ["/a|b?c={d}^'e", "/%7e%7E/x%2Fy", "/;p,q@r:s?x=[1]&y=`&z=%zz", "/?", "//double//x/"],
)
def test_path_and_query_go_out_as_the_url_has_them(target: str) -> None:
    heads: list[bytes] = []

    async def script(peer: Peer) -> None:
        heads.append(await peer.request())
        await peer.send(page())

    look_at(script, f"{target}#fragment")
    line, host, *_ = heads[0].split(b"\r\n")
    assert line == f"GET {target} HTTP/1.1".encode()
    assert host.startswith(b"Host: 127.0.0.1:")


# --- connections ----------------------------------------------------------------------------------


def look_again(script: Script, *paths: str) -> tuple[list[Fetch], int]:
    """Looks at these paths with one fetcher, and how many connections that took."""

    async def main() -> tuple[list[Fetch], int]:
        async with Server(script) as server, Surroundings().fetcher() as fetcher:
            fetches = []
            for path in paths:
                target = Target(url=f"http://{server.authority}{path}", resources=())
                fetches.append(await fetcher.fetch(target, gate=open_gate, sleep=no_wait))
            return fetches, server.connections

    return asyncio.run(main())


MOVED = b"HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Length: 5\r\n\r\nThere"


def test_a_connection_is_used_again_also_after_a_redirect() -> None:
    fetches, connections = look_again(answering(MOVED, page(), page()), "/a", "/c")
    assert [failure_kind(fetch) for fetch in fetches] == [None, None]
    assert connections == 1


def telling(behind: bytes, *, pause: float = 0.0) -> Script:
    """Answers each request with its number, and says more than that."""
    sent = [(page(b"%d" % number), behind) for number in range(1, 4)]
    return replying(
        tuple(Reply(raw=parts if pause else (b"".join(parts),), pause=pause) for parts in sent)
    )


@pytest.mark.promise("28a")
@pytest.mark.parametrize("pause", [0.0, 0.01])
@pytest.mark.parametrize("behind", [b"x", b"\r\n", page(b"evil"), page(b"evil")[:30]])
def test_bytes_left_over_are_never_the_next_answer(behind: bytes, pause: float) -> None:
    async def main() -> tuple[list[bytes], int]:
        async with Server(telling(behind, pause=pause)) as server:
            around = Surroundings()
            async with around.fetcher() as fetcher:
                for _ in range(3):
                    target = Target(url=f"http://{server.authority}/", resources=())
                    await fetcher.fetch(target, gate=open_gate, sleep=no_wait)
                    await asyncio.sleep(5 * pause)
            return around.reader.contents, server.connections

    assert asyncio.run(main()) == ([b"1"] * 3, 3)


GONE = page(b"evil", status="410 Gone")


def lagging(behind: bytes) -> Script:
    """Says with each answer but a connection's first what belongs to the request before."""

    async def script(peer: Peer) -> None:
        while True:
            answer = page(read_request(await peer.request(), "http").path.encode())
            await peer.send(answer if peer.requests == 1 else behind + answer)

    return script


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    "behind",
    [b"x", b"\r\n", GONE, page(b"evil"), GONE[:30], MOVED, b"HTTP/1.1 304 Not Modified\r\n\r\n"],
)
def test_what_is_no_answer_on_a_used_connection_is_asked_again_on_a_new_one(
    tmp_path: Path, scheme: str, behind: bytes
) -> None:
    authority = Authority(tmp_path)
    context = authority.context() if scheme == "https" else None
    around = Surroundings(settings=make_settings(ca_bundle=authority.bundle))

    async def main() -> tuple[list[Fetch], Server]:
        async with Server(lagging(behind), context) as server, around.fetcher() as fetcher:
            urls = [f"{scheme}://{server.authority}/{number}" for number in range(4)]
            targets = [Target(url=url, resources=()) for url in urls]
            fetches = [
                await fetcher.fetch(target, gate=open_gate, sleep=no_wait) for target in targets
            ]
            return fetches, server

    fetches, server = asyncio.run(main())
    assert around.reader.contents == [b"/0", b"/1", b"/2", b"/3"]
    assert [fetch.attempts for fetch in fetches] == [1] * 4
    # After the first nonsense, no connection to this origin is used again.
    assert (server.requests, server.connections) == (5, 4)


@pytest.mark.parametrize("status", ["408 Request Timeout", "400 Bad Request"])
@pytest.mark.parametrize("field", ["Connection: close", "Connection: keep-alive"])
def test_a_used_connection_that_is_refused_is_replaced(field: str, status: str) -> None:
    refused = page(b"", field, status=status)
    fetches, connections = look_again(answering(page(), refused), "/a", "/b", "/c")
    assert [fetch.facts.status_code for fetch in fetches] == [200] * 3
    assert [fetch.attempts for fetch in fetches] == [1] * 3
    assert connections == 3
    (alone,), connections = look_again(answering(refused), "/a")
    assert (alone.facts.status_code, connections) == (int(status[:3]), 1)


def test_nonsense_on_a_new_connection_is_not_asked_again() -> None:
    async def main() -> tuple[Fetch, int]:
        async with Server(answering(b"nonsense")) as server:
            return await look(f"http://{server.authority}/"), server.requests

    fetch, requests = asyncio.run(main())
    assert (failure_kind(fetch), requests) == (FailureKind.PROTOCOL_ERROR, 1)


@pytest.mark.parametrize("pause", [0.0, 0.05])
def test_a_connection_that_was_closed_while_idle_is_no_failure(pause: float) -> None:
    # Without a pause it closes only when the next request is there.
    then = Then.CLOSE if pause else Then.KEEP
    replies = Reply(raw=(page(),), then=then), Reply(raw=(), then=Then.CLOSE)

    async def main() -> tuple[Fetch, Fetch, int]:
        async with Server(replying(replies)) as server, Surroundings().fetcher() as fetcher:
            target = Target(url=f"http://{server.authority}/", resources=())
            first = await fetcher.fetch(target, gate=open_gate, sleep=no_wait)
            await asyncio.sleep(pause)
            second = await fetcher.fetch(target, gate=open_gate, sleep=no_wait)
            return first, second, server.connections

    first, second, connections = asyncio.run(main())
    assert (failure_kind(first), failure_kind(second)) == (None, None)
    assert (second.attempts, connections) == (1, 2)


@pytest.mark.parametrize(
    ("length", "content"), [("", b"x" * 100_000), ("Content-Length: 9\r\n", b"xx")]
)
def test_a_redirect_is_followed_whatever_its_content_does(length: str, content: bytes) -> None:
    first = f"HTTP/1.1 301 Moved\r\nLocation: /b\r\n{length}\r\n".encode() + content

    def respond(request: Request) -> Reply:
        return Reply(raw=(page() if request.path == "/b" else first,), then=Then.HANG)

    assert failure_kind(look_at(replying(respond), "/a")) is None


@pytest.mark.parametrize(
    ("waiting", "most_open", "expected"),
    [
        (0, resource.RLIM_INFINITY, 41),
        (20, resource.RLIM_INFINITY, 40),
        (20, BESIDE + 36, 41),
    ],
    ids=["no host waits", "hosts wait", "hosts wait, and few files may be open"],
)
def test_many_hosts_leave_few_idle_connections_unless_hosts_wait_for_theirs(
    monkeypatch: pytest.MonkeyPatch, waiting: int, most_open: int, expected: int
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (most_open, most_open))

    async def main() -> int:
        hosts = [f"h{number}.test" for number in range(40)]
        answers = answering(page(), page())
        transport = Transport(make_settings(), to_loopback, lambda: waiting)
        around = Surroundings(transport=transport)
        async with Server(answers) as server, around.fetcher() as fetcher:
            for host in [*hosts, *hosts[:1], *hosts[-1:]]:
                target = Target(url=f"http://{host}:{server.port}/", resources=())
                fetch = await fetcher.fetch(target, gate=open_gate, sleep=no_wait)
                assert failure_kind(fetch) is None
            return server.connections

    # The last host's connection is still there, and the first one's only if it may be wanted.
    assert asyncio.run(main()) == expected


def test_cancellation_is_not_swallowed() -> None:
    async def main() -> None:
        asked = asyncio.Event()

        async def script(peer: Peer) -> None:
            await peer.request()
            asked.set()
            await peer.until_closed()

        async with Server(script) as server:
            look_task = asyncio.ensure_future(look(f"http://{server.authority}/"))
            await asked.wait()
            look_task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await look_task

    asyncio.run(main())


def test_timings_tell_the_phases() -> None:
    slow_reply = Reply(raw=(page(),), delay=0.05)

    async def slow_resolver(host: str, port: int) -> tuple[str, ...]:
        await asyncio.sleep(0.05)
        return ("127.0.0.1",)

    async def main() -> Fetch:
        async with Server(replying(slow_reply)) as server:
            around = Surroundings(resolver=slow_resolver)
            return await look(f"http://slow.test:{server.port}/", around)

    timings = asyncio.run(main()).timings
    assert timings.resolve >= timedelta(seconds=0.04)
    assert timings.response >= timedelta(seconds=0.04)
    assert timings.connect > timedelta()
    assert timings.tls == timedelta()
    assert timedelta(seconds=0.04) <= timings.total < timings.resolve + timings.response


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells when bytes came in")
@pytest.mark.parametrize("delay", [0.0, 0.2])
def test_what_the_server_took_is_not_what_we_lost_by_being_late(delay: float) -> None:
    """Our loop sleeps from when the request has come to the server until after its answer."""
    asked, answered = threading.Event(), threading.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        asked.set()
        await peer.send(HEAD + b"Content-Length: 6\r\n\r\n<p>")
        await asyncio.sleep(delay)
        await peer.send(b"<p>")
        answered.set()
        await peer.until_closed()

    async def be_late() -> None:
        await asyncio.to_thread(asked.wait)
        answered.wait()
        time.sleep(0.5)  # noqa: ASYNC251 -- that it blocks is what it is here for

    async def main(url: str) -> Fetch:
        return (await asyncio.gather(look(url), be_late()))[0]

    with running_server(script) as authority:
        began_at = monotonic()
        fetch = asyncio.run(main(f"http://{authority}/"))
        took = monotonic() - began_at
    assert delay * 0.9 <= fetch.timings.total.total_seconds() <= took - 0.4


def test_waiting_for_the_gate_and_the_turn_is_not_time_on_the_wire() -> None:
    clock = ManualClock()
    waited: list[float] = []

    async def slow_gate(url: str, budget: AttemptBudget) -> Refusal | None:
        clock.now += 3600
        began_at = monotonic()
        await asyncio.sleep(0.05)
        waited.append(monotonic() - began_at)
        return None

    turns = RecordingTurns(lateness=Lateness(clock))
    began_at = monotonic()
    fetch = look_at(answering(page()), around=Surroundings(gate=slow_gate, turns=turns))
    took = monotonic() - began_at
    assert failure_kind(fetch) is None
    assert fetch.timings.total.total_seconds() <= took - sum(waited)


@pytest.mark.slow
def test_the_total_timeout_is_for_all_hops_together() -> None:
    hops = tuple(replace(redirect(f"/{hop}", 302), delay=0.4) for hop in range(9))
    settings = make_settings(total_timeout=1.4)
    fetch = look_at(replying(hops), around=Surroundings(settings=settings))
    assert failure_kind(fetch) is FailureKind.READ_TIMEOUT
    assert 1 <= len(fetch.facts.exchanges) <= 3


# --- names and addresses --------------------------------------------------------------------------


class Answers:
    """A resolver that gives these answers in turn, and counts the questions."""

    def __init__(self, *answers: tuple[str, ...] | OSError) -> None:
        self._answers = answers
        self.questions: list[tuple[str, int]] = []

    async def __call__(self, host: str, port: int) -> tuple[str, ...]:
        self.questions.append((host, port))
        answer = self._answers[min(len(self.questions), len(self._answers)) - 1]
        if isinstance(answer, OSError):
            raise answer
        return answer


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("EAI_NONAME", FailureKind.DNS_NOT_FOUND),
        ("EAI_NODATA", FailureKind.DNS_NO_ADDRESS),
        ("EAI_AGAIN", FailureKind.DNS_ERROR),
        ("EAI_FAIL", FailureKind.DNS_ERROR),
        ("EAI_SYSTEM", FailureKind.DNS_ERROR),
    ],
)
def test_what_the_resolver_says(number: str, kind: FailureKind) -> None:
    resolver = Answers(socket.gaierror(getattr(socket, number), "whatever it says"))
    fetch = asyncio.run(look("http://name.test/", Surroundings(resolver=resolver)))
    assert fetch.facts.outcome == Failure(
        kind=kind, phase=Phase.RESOLVE, target_uri="http://name.test/", code=number
    )


def test_a_name_without_any_address() -> None:
    fetch = asyncio.run(look("http://name.test/", Surroundings(resolver=Answers(()))))
    assert failure_of(fetch) == (FailureKind.DNS_NO_ADDRESS, Phase.RESOLVE)


def test_a_resolver_that_does_not_answer_in_time() -> None:
    async def never(host: str, port: int) -> tuple[str, ...]:
        await asyncio.get_running_loop().create_future()
        return ()

    fetch = asyncio.run(look("http://name.test/", replace(HASTY, resolver=never)))
    assert failure_of(fetch) == (FailureKind.DNS_ERROR, Phase.RESOLVE)


@pytest.mark.promise("25")
@pytest.mark.parametrize(
    "addresses",
    [
        ("127.0.0.1",),
        ("10.0.0.1",),
        ("169.254.169.254",),
        ("::1",),
        ("::ffff:127.0.0.1",),
        ("64:ff9b::7f00:1",),
        ("93.184.216.34", "127.0.0.1"),
    ],
)
def test_a_private_address_is_never_connected_to(addresses: tuple[str, ...]) -> None:
    async def main() -> tuple[Fetch, int]:
        async with Server(answering(page())) as server:
            around = Surroundings(
                settings=make_settings(allow_private=()), resolver=Answers(addresses)
            )
            return await look(f"http://name.test:{server.port}/", around), server.connections

    fetch, connections = asyncio.run(main())
    assert failure_of(fetch) == (FailureKind.PRIVATE_ADDRESS, Phase.CONNECT)
    assert connections == 0


@pytest.mark.promise("27")
@pytest.mark.parametrize(
    ("url", "resolve"),
    [
        ("http://127.0.0.1:1/", ()),
        ("http://[::1]:1/", ()),
        ("http://name.test:1/", (("*", "127.0.0.1:1"),)),
        ("http://name.test:1/", (("name.test:1", "[::1]:1"),)),
    ],
)
def test_written_out_and_configured_addresses_are_guarded_too(
    url: str, resolve: tuple[tuple[str, str], ...]
) -> None:
    settings = make_settings(allow_private=(), resolve=resolve)
    assert failure_kind(asyncio.run(look(url, Surroundings(settings=settings)))) is (
        FailureKind.PRIVATE_ADDRESS
    )


@pytest.mark.promise("26")
def test_a_redirect_to_a_private_address_is_not_followed() -> None:
    async def main() -> tuple[Fetch, int]:
        async with Server(answering(page())) as inner:
            location = f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{inner.port}/\r\n\r\n"
            async with Server(answering(location.encode())) as outer:
                around = Surroundings(settings=make_settings(allow_private=("name.test",)))
                fetch = await look(f"http://name.test:{outer.port}/", around)
                return fetch, inner.connections

    fetch, connections = asyncio.run(main())
    assert failure_kind(fetch) is FailureKind.PRIVATE_ADDRESS
    assert len(fetch.facts.exchanges) == 1
    assert connections == 0


@pytest.mark.promise("25")
def test_a_name_is_asked_once_so_that_its_answer_cannot_change() -> None:
    resolver = Answers(("127.0.0.1",), ("10.0.0.1",))

    async def main() -> list[FailureKind | None]:
        around = Surroundings(resolver=resolver)
        async with Server(answering(page())) as server, around.fetcher() as fetcher:
            target = Target(url=f"http://name.test:{server.port}/", resources=())
            looks = [fetcher.fetch(target, gate=open_gate, sleep=no_wait) for _ in range(3)]
            return [failure_kind(fetch) for fetch in await asyncio.gather(*looks)]

    assert asyncio.run(main()) == [None] * 3
    assert len(resolver.questions) == 1


def test_a_name_may_begin_with_a_hyphen_beside_one_that_does_not() -> None:
    async def main() -> list[FailureKind | None]:
        async with Server(answering(page())) as server, Surroundings().fetcher() as fetcher:
            hosts = ("-name.test", "name.test", "-name.test")
            urls = [f"http://{host}:{server.port}/" for host in hosts]
            targets = [Target(url=url, resources=()) for url in urls]
            looks = [await fetcher.fetch(t, gate=open_gate, sleep=no_wait) for t in targets]
            return [failure_kind(fetch) for fetch in looks]

    assert asyncio.run(main()) == [None] * 3


def test_a_name_that_could_not_be_resolved_is_asked_again() -> None:
    resolver = Answers(socket.gaierror(socket.EAI_AGAIN, "later"), ("127.0.0.1",))

    async def main() -> Fetch:
        async with Server(answering(page())) as server:
            around = Surroundings(settings=make_settings(attempts=2), resolver=resolver)
            return await look(f"http://name.test:{server.port}/", around)

    fetch = asyncio.run(main())
    assert failure_kind(fetch) is None
    assert fetch.attempts == 2


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    async def main() -> Fetch:
        async with Server(answering(page())) as server:
            around = Surroundings(resolver=Answers(("127.0.0.2", "127.0.0.1")))
            return await look(f"http://name.test:{server.port}/", around)

    assert asyncio.run(main()).address == "127.0.0.1"


@pytest.mark.parametrize("pattern", ["name.test:8080", "*:8080", "*"])
def test_connections_can_be_led_elsewhere(pattern: str) -> None:
    async def main() -> Fetch:
        async with Server(answering(page())) as server:
            settings = make_settings(
                resolve=((pattern, server.authority), ("other.test:8080", "127.0.0.1:1"))
            )
            resolver = Answers(socket.gaierror(socket.EAI_NONAME, "never asked"))
            around = Surroundings(settings=settings, resolver=resolver)
            return await look("http://name.test:8080/", around)

    assert failure_kind(asyncio.run(main())) is None


def test_the_own_resolver_asks_the_system_in_few_threads() -> None:
    async def main() -> list[tuple[str, ...]]:
        resolver = ThreadResolver(2)
        before = threading.active_count()
        found = await asyncio.gather(*(resolver("localhost", 80) for _ in range(5)))
        assert threading.active_count() <= before + 2
        resolver.close()
        return found

    for addresses in asyncio.run(main()):
        assert set(addresses) <= {"127.0.0.1", "::1"}
        assert addresses


def test_the_own_resolver_tells_of_names_that_cannot_be() -> None:
    async def main() -> tuple[str, ...]:
        resolver = ThreadResolver(1)
        try:
            return await resolver("x" * 64 + ".invalid", 80)
        finally:
            resolver.close()

    with pytest.raises(socket.gaierror):
        asyncio.run(main())


def test_the_own_resolver_goes_on_when_somebody_stops_waiting() -> None:
    async def main() -> tuple[str, ...]:
        resolver = ThreadResolver(1)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await resolver("127.0.0.2", 80)
        found = await resolver("127.0.0.1", 80)
        resolver.close()
        return found

    assert asyncio.run(main()) == ("127.0.0.1",)
