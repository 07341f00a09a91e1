import asyncio
import socket
import ssl
import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.config import HostSettings
from crawler.demo.replies import Reply, Then
from crawler.demo.server import Script, Server, greeting, replying
from crawler.errors import ConfigError
from crawler.fetch import Transport
from crawler.fetch.tls import Trust, certificate, roots
from crawler.model import Certificate, Failure, FailureKind, Fetch, Phase, Target
from tests.support.effort import cpu_seconds_at_most
from tests.support.fetching import (
    Surroundings,
    failure_kind,
    look,
    make_settings,
    no_wait,
    open_gate,
)
from tests.support.loopback import Authority, answering, page, silent

# Throw-away certificates are checked against the system's clock.
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
SOON_AFTER = LONG_AGO + timedelta(days=90)
FAR_AHEAD = datetime(2101, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def look_at(
    authority: Authority,
    script: Script,
    context: ssl.SSLContext | None,
    *,
    host: str = "localhost",
    trust: bool = True,
    insecure: bool = False,
    **fetch: Any,
) -> Fetch:
    """One look over TLS at a server that runs this script."""

    async def main() -> Fetch:
        async with Server(script, context) as server:
            host_key = f"{host}:{server.port}"
            settings = make_settings(
                (host_key, HostSettings(insecure=insecure)),
                ca_bundle=authority.bundle if trust else "",
                **fetch,
            )
            return await look(f"https://{host_key}/", Surroundings(settings=settings))

    return asyncio.run(main())


def failure_of(fetch: Fetch) -> tuple[FailureKind, str]:
    outcome = fetch.facts.outcome
    assert isinstance(outcome, Failure)
    assert outcome.phase is Phase.TLS
    return outcome.kind, outcome.code


@pytest.mark.parametrize("host", ["localhost", "localhost.", "127.0.0.1"])
def test_a_page_over_tls_brings_its_certificate(authority: Authority, host: str) -> None:
    leaf = authority.issue(
        "localhost",
        "127.0.0.1",
        common_name="A host\u200b",
        not_before=LONG_AGO,
        not_after=FAR_AHEAD,
    )
    fetch = look_at(authority, answering(page()), authority.context(leaf), host=host)
    assert failure_kind(fetch) is None
    found = fetch.facts.certificate
    assert found is not None
    assert (found.not_before, found.not_after) == (LONG_AGO, FAR_AHEAD)
    assert found.subject == "A host"
    assert found.issuer.startswith("trustme")
    assert fetch.timings.tls > timedelta()


@pytest.mark.parametrize(
    ("names", "validity", "trust", "kind", "code"),
    [
        (
            ["localhost"],
            {"not_before": LONG_AGO, "not_after": SOON_AFTER},
            True,
            FailureKind.TLS_EXPIRED,
            "X509_V_ERR_CERT_HAS_EXPIRED",
        ),
        (
            ["localhost"],
            {"not_before": FAR_AHEAD, "not_after": FAR_AHEAD + timedelta(days=90)},
            True,
            FailureKind.TLS_EXPIRED,
            "X509_V_ERR_CERT_NOT_YET_VALID",
        ),
        (["other.test"], {}, True, FailureKind.TLS_HOSTNAME, "X509_V_ERR_HOSTNAME_MISMATCH"),
        (
            ["localhost"],
            {},
            False,
            FailureKind.TLS_UNTRUSTED,
            "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
        ),
    ],
    ids=["expired", "not yet valid", "another name", "untrusted"],
)
def test_a_certificate_that_does_not_hold(
    authority: Authority,
    names: list[str],
    validity: dict[str, datetime],
    trust: bool,
    kind: FailureKind,
    code: str,
) -> None:
    context = authority.context(authority.issue(*names, **validity))
    fetch = look_at(authority, answering(page()), context, trust=trust)
    assert failure_of(fetch) == (kind, code)


def test_an_address_that_the_certificate_does_not_name(authority: Authority) -> None:
    context = authority.context(authority.issue("localhost"))
    fetch = look_at(authority, answering(page()), context, host="127.0.0.1")
    assert failure_of(fetch) == (FailureKind.TLS_HOSTNAME, "X509_V_ERR_IP_ADDRESS_MISMATCH")


def test_a_self_signed_certificate(authority: Authority, tmp_path: Path) -> None:
    context = Authority(tmp_path).own_context()
    fetch = look_at(authority, answering(page()), context)
    assert failure_of(fetch) == (
        FailureKind.TLS_UNTRUSTED,
        "X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT",
    )


def test_an_insecure_host_is_not_checked(authority: Authority) -> None:
    context = authority.context(authority.issue("other.test"))
    fetch = look_at(authority, answering(page()), context, trust=False, insecure=True)
    assert failure_kind(fetch) is None
    assert fetch.facts.certificate is None


BREAKING_OFF = {
    "no TLS": Reply(raw=(b"HTTP/1.1 400 Bad Request\r\n\r\n",), then=Then.HANG),
    "closed": Reply(raw=(), then=Then.CLOSE),
    # handshake_failure. Source: RFC 8446 §6.
    "fatal alert": Reply(raw=(b"\x15\x03\x03\x00\x02\x02\x28",), then=Then.HANG),
    "reset": Reply(raw=(), then=Then.RESET),
}


@pytest.mark.parametrize("reply", BREAKING_OFF.values(), ids=BREAKING_OFF)
def test_a_handshake_that_breaks_off_is_a_tls_error(authority: Authority, reply: Reply) -> None:
    assert failure_of(look_at(authority, greeting(reply), None))[0] is FailureKind.TLS_ERROR


@pytest.mark.parametrize(
    "limits",
    [{"connect_timeout": 0.5}, {"connect_timeout": 9.0, "total_timeout": 0.5}],
    ids=["by itself", "at the end of the attempt"],
)
def test_a_handshake_that_stalls_is_a_connection_that_does_not_come_about(
    limits: dict[str, float],
) -> None:
    async def main() -> Fetch:
        async with Server(silent) as server:
            around = Surroundings(settings=make_settings(**limits))
            return await look(f"https://{server.authority}/", around)

    fetch = asyncio.run(main())
    assert failure_of(fetch)[0] is FailureKind.CONNECT_TIMEOUT
    assert fetch.timings.tls > timedelta()
    assert fetch.timings.connect > timedelta()


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_client_certificate_asked_for_is_a_tls_error(
    authority: Authority, version: ssl.TLSVersion
) -> None:
    context = authority.context()
    context.maximum_version = version
    context.load_verify_locations(authority.bundle)
    context.verify_mode = ssl.CERT_REQUIRED

    def shake_hands(listener: socket.socket) -> None:
        # In a thread, as asyncio's own server keeps the alert to itself.
        connection = listener.accept()[0]
        with connection.dup() as raw, suppress(ssl.SSLError):
            try:
                context.wrap_socket(connection, server_side=True).close()
            finally:
                while raw.recv(4096):
                    pass

    async def main() -> Fetch:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            shaking = asyncio.create_task(asyncio.to_thread(shake_hands, listener))
            settings = make_settings(ca_bundle=authority.bundle)
            url = f"https://localhost:{listener.getsockname()[1]}/"
            fetch = await look(url, Surroundings(settings=settings))
            await shaking
            return fetch

    assert failure_of(asyncio.run(main()))[0] is FailureKind.TLS_ERROR


def test_a_bundle_that_cannot_be_read_is_an_error_of_the_settings(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.pem"
    for make in (lambda: None, lambda: bundle.write_text("no certificate")):
        make()
        with pytest.raises(ConfigError, match=r"ca_bundle.*bundle\.pem"):
            Transport(make_settings(ca_bundle=str(bundle)))


@pytest.mark.parametrize(
    ("issuer", "subject", "alternatives", "expected"),
    [
        (
            r"C = DE, O = An\07 Authority, CN = R11",
            "CN = example.org",
            "",
            ("An Authority", "example.org"),
        ),
        ("CN = R11", "", "IP Address:192.0.2.1, DNS:www.example.org", ("R11", "www.example.org")),
        (
            r'O = "Some, \"Inc.\" + CN = x", CN = R11',
            r"CN = \E6\97\A5\E6\9C\AC",
            "DNS:www.example.org, DNS:example.org",
            ('Some, "Inc." + CN = x', "日本"),
        ),
        ("OU = x + O = y", r"CN = \FF", "", ("y", "\N{REPLACEMENT CHARACTER}")),
        ("", "", "", ("", "")),
    ],
)
def test_names_of_a_certificate(
    issuer: str, subject: str, alternatives: str, expected: tuple[str, str]
) -> None:
    found = certificate(
        {
            "Issuer": issuer,
            "Subject": subject,
            "X509v3 Subject Alternative Name": alternatives,
            "Start date": "Jan  1 00:00:00 2026 GMT",
            "Expire date": "Apr 11 12:30:00 2026 GMT",
        }
    )
    assert found == Certificate(
        not_before=datetime(2026, 1, 1, tzinfo=UTC),
        not_after=datetime(2026, 4, 11, 12, 30, tzinfo=UTC),
        issuer=expected[0],
        subject=expected[1],
    )


def test_a_certificate_whose_times_cannot_be_read() -> None:
    found = certificate({"Start date": "Bad time value", "Expire date": "Foo 32 1:2 x GMT"})
    assert found == Certificate()


@pytest.mark.parametrize("size", [4_000, 400_000])
def test_hostile_names_are_read_in_no_time(size: int) -> None:
    with cpu_seconds_at_most(0.5):
        for name in ("x" * size, "O = " + '"' * size, "O = " + "\\" * size, "a = b, " * size):
            certificate({"Issuer": name, "Subject": name})


def test_roots_of_the_bundle_come_on_top_and_are_one_file(authority: Authority) -> None:
    with Trust("") as known, Trust(authority.bundle) as more:
        assert more.count == known.count + 1
        assert Path(authority.bundle).read_bytes().strip() in Path(more.path).read_bytes()
    assert not Path(more.path).exists()
    assert not known.path or Path(known.path).exists()


@pytest.mark.promise("10")
@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="files are named otherwise here")
def test_10_a_kill_leaves_no_file_of_roots(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    with Trust(authority.bundle):
        assert not list(folder.iterdir())


def test_roots_of_a_folder_come_on_top(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "certs"
    folder.mkdir()
    (folder / "own.pem").write_bytes(Path(authority.bundle).read_bytes())
    (folder / "again.pem").write_bytes(Path(authority.bundle).read_bytes())
    (folder / "broken").symlink_to(tmp_path / "nothing")
    monkeypatch.setenv("SSL_CERT_DIR", str(folder))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "nothing"))
    assert roots("") == 1
    context = authority.context()
    assert failure_kind(look_at(authority, answering(page()), context, trust=False)) is None


def names(common_name: str) -> str:
    return f"O = Some, CN = {common_name}"


def shown(*links: tuple[str, str]) -> list[dict[str, str]]:
    return [{"Subject": names(subject), "Issuer": names(issuer)} for subject, issuer in links]


@pytest.mark.parametrize(
    ("chain", "number"),
    [
        (shown(("host", "host")), 18),
        (shown(("host", "middle"), ("middle", "top"), ("top", "top")), 19),
        (shown(("host", "middle"), ("middle", "top")), 20),
        (shown(("host", "middle"), ("other", "top")), 20),
        (shown(("a", "b"), ("b", "a")), 20),
        ([], 20),
    ],
)
def test_who_vouches_matters_before_the_name(chain: list[dict[str, str]], number: int) -> None:
    with Trust("") as trust:
        assert trust.fault_of(chain, "example.org") == number


@pytest.mark.parametrize(
    ("trust", "code"),
    [
        (True, "X509_V_ERR_HOSTNAME_MISMATCH"),
        (False, "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY"),
    ],
)
@pytest.mark.parametrize("validity", [{}, {"not_before": LONG_AGO, "not_after": SOON_AFTER}])
def test_of_several_faults_the_first_that_openssl_would_name_counts(
    authority: Authority, trust: bool, code: str, validity: dict[str, datetime]
) -> None:
    context = authority.context(authority.issue("other.test", **validity))
    assert failure_of(look_at(authority, answering(page()), context, trust=trust))[1] == code


def test_a_connection_used_again_keeps_its_certificate(authority: Authority) -> None:
    async def main() -> tuple[list[Certificate | None], int]:
        script = answering(page(), page())
        async with Server(script, authority.context()) as server:
            around = Surroundings(settings=make_settings(ca_bundle=authority.bundle))
            async with around.fetcher() as fetcher:
                target = Target(url=f"https://{server.authority}/", resources=())
                looks = [
                    await fetcher.fetch(target, gate=open_gate, sleep=no_wait) for _ in range(2)
                ]
            return [fetch.facts.certificate for fetch in looks], server.connections

    (first, second), connections = asyncio.run(main())
    assert first is not None
    assert first == second
    assert connections == 1


@pytest.mark.promise("28a")
@pytest.mark.parametrize("in_one", [True, False])
def test_what_tls_has_read_ahead_is_never_the_next_answer(
    authority: Authority, in_one: bool
) -> None:
    sent = [(page(b"%d" % number), page(b"evil")) for number in range(1, 5)]
    replies = tuple(Reply(raw=(b"".join(parts),) if in_one else parts) for parts in sent)

    async def main() -> list[bytes]:
        async with Server(replying(replies), authority.context()) as server:
            around = Surroundings(settings=make_settings(ca_bundle=authority.bundle))
            async with around.fetcher() as fetcher:
                target = Target(url=f"https://{server.authority}/", resources=())
                for _ in range(4):
                    await fetcher.fetch(target, gate=open_gate, sleep=no_wait)
                return around.reader.contents

    assert asyncio.run(main()) == [b"1"] * 4
