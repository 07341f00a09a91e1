import asyncio
import gzip
import subprocess
import sys
from datetime import UTC, datetime
from itertools import pairwise
from time import monotonic

import httpx
import pytest
import respx

from crawler.config import HostSettings, Settings
from crawler.extract import read
from crawler.extract.decoding import MAX_CHARACTERS
from crawler.fetch import AttemptBudget, Gate, Lateness, RawFetch, Refusal, RobotsAnswer
from crawler.fetch.fetcher import PROBED_BYTES
from crawler.model import (
    Answer,
    Exchange,
    Failure,
    FailureKind,
    Fetch,
    MediaKind,
    NotAsked,
    NotAskedReason,
    Page,
    Phase,
    Redirect,
    RedirectKind,
    Validators,
)
from tests.support.clocks import ManualClock
from tests.support.fetching import (
    RecordingReader,
    RecordingTurns,
    Surroundings,
    failure_kind,
    look,
    make_settings,
    open_gate,
)

URL = "https://example.org/a"


def run(
    router: respx.Router,
    url: str = URL,
    *,
    settings: Settings | None = None,
    validators: Validators | None = None,
    reader: RecordingReader | None = None,
    turns: RecordingTurns | None = None,
) -> Fetch:
    around = Surroundings(
        settings=settings or make_settings(),
        transport=httpx.MockTransport(router.async_handler),
        reader=reader or RecordingReader(),
        turns=turns or RecordingTurns(),
    )
    return asyncio.run(look(url, around, validators))


def routes(**responses: httpx.Response) -> respx.Router:
    """Responses of example.org by path."""
    router = respx.Router()
    for path, response in responses.items():
        router.get(f"https://example.org/{path}").mock(return_value=response)
    return router


def asked(router: respx.Router) -> list[str]:
    return [str(call.request.url) for call in router.calls]


def html(content: bytes = b"<title>Here</title>", **fields: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return httpx.Response(200, headers={"Content-Type": "text/html", **named}, content=content)


def moved(location: str, status_code: int = 301, **fields: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return httpx.Response(status_code, headers={"Location": location, **named})


def test_an_answer_is_its_exchange_and_its_content() -> None:
    fetch = run(
        routes(a=html(b"<p>Hello", etag='"1"', last_modified="Mon, 05 Jan 2026 10:00:00 GMT")),
        reader=(reader := RecordingReader()),
    )
    assert fetch.facts.outcome == Answer(media_type="text/html")
    assert fetch.facts.exchanges == (Exchange(target_uri=URL, status_code=200),)
    assert (reader.contents, reader.content_types) == ([b"<p>Hello"], ["text/html"])
    assert fetch.page == read(b"<p>Hello", URL, "text/html")
    assert fetch.validators == Validators(
        etag='"1"', last_modified="Mon, 05 Jan 2026 10:00:00 GMT"
    )
    assert fetch.attempts == 1


def test_request_fields() -> None:
    router = routes(a=html())
    run(router)
    assert dict(router.calls[0].request.headers) == {
        "host": "example.org",
        "user-agent": "resource-crawler/1.2.3 (+https://example.org/set-your-contact)",
        "accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        "accept-language": "en, *;q=0.5",
        "accept-encoding": "gzip, deflate",
    }


def refusing_preferences(request: httpx.Request) -> httpx.Response:
    """A server that has its pages in no language that it was asked for."""
    wants_a_language = "accept-language" in request.headers
    return httpx.Response(406) if wants_a_language else html(etag='"1"')


def test_a_server_that_has_nothing_that_we_prefer_is_asked_for_anything() -> None:
    router = respx.Router()
    router.get(URL).mock(side_effect=refusing_preferences)
    fetch = run(router, validators=Validators(etag='"0"'))
    assert fetch.facts.exchanges == (Exchange(target_uri=URL, status_code=200),)
    assert (fetch.attempts, len(router.calls)) == (1, 2)
    assert fetch.validators == Validators(etag='"1"')
    before, after = (dict(call.request.headers) for call in router.calls)
    assert before.pop("accept-language")
    assert after == {**before, "accept": "*/*"}
    assert after["if-none-match"] == '"0"'


def test_after_a_406_a_page_may_not_have_changed() -> None:
    answers = [httpx.Response(406), httpx.Response(304)]
    router = respx.Router()
    router.get(URL).mock(side_effect=answers)
    fetch = run(router, validators=Validators(etag='"0"'))
    assert fetch.facts.outcome == Answer(media_type=None)
    assert [exchange.status_code for exchange in fetch.facts.exchanges] == [304]


def test_who_accepts_nothing_is_asked_twice_in_an_attempt() -> None:
    router = routes(a=moved("b"), b=httpx.Response(406))
    fetch = run(router)
    assert asked(router) == [URL, "https://example.org/b", "https://example.org/b"]
    assert [exchange.status_code for exchange in fetch.facts.exchanges] == [301, 406]
    assert fetch.facts.outcome == Answer(media_type=None, empty=True)


def test_after_a_406_redirects_are_followed_without_preferences() -> None:
    router = respx.Router()
    answers = [httpx.Response(406), moved("b")]
    router.get(URL).mock(side_effect=answers)
    router.get("https://example.org/b").mock(side_effect=refusing_preferences)
    assert run(router).facts.succeeded
    assert len(router.calls) == 3


def test_preferences_in_the_settings_are_kept_after_a_406() -> None:
    own = (("Accept", "text/plain"), ("Accept-Language", "fr"))
    settings = make_settings(("example.org", HostSettings(headers=own)))
    router = routes(a=httpx.Response(406))
    run(router, settings=settings)
    (call,) = router.calls
    assert call.request.headers["accept-language"] == "fr"


def test_a_probe_is_asked_again_like_a_page() -> None:
    async def main() -> Fetch:
        around = Surroundings(transport=httpx.MockTransport(router.async_handler))
        async with around.fetcher() as fetcher:
            return await fetcher.probe(URL, gate=open_gate)

    router = respx.Router()
    router.get(URL).mock(side_effect=refusing_preferences)
    assert asyncio.run(main()).facts.succeeded


def test_raw_content_is_what_the_last_hop_sent_up_to_its_limit() -> None:
    async def main() -> RawFetch:
        around = Surroundings(transport=httpx.MockTransport(router.async_handler))
        async with around.fetcher() as fetcher:
            return await fetcher.raw(URL, gate=open_gate, max_bytes=4)

    xml = httpx.Response(200, headers={"Content-Type": "text/xml"}, content=b"<urlset>")
    router = routes(a=moved("/b"), b=xml)
    raw = asyncio.run(main())
    assert (raw.content, raw.content_type, raw.fetch.page) == (b"<url", "text/xml", None)
    assert [exchange.status_code for exchange in raw.fetch.facts.exchanges] == [301, 200]


@pytest.mark.parametrize("status_code", [300, 301, 302, 303, 307, 308])
def test_location_is_followed_hop_by_hop(status_code: int) -> None:
    router = routes(a=moved("b", status_code), b=moved("/c#end"), c=html())
    fetch = run(router, f"{URL}#top")
    assert asked(router) == [URL, "https://example.org/b", "https://example.org/c"]
    assert [exchange.redirect for exchange in fetch.facts.exchanges] == [
        Redirect(kind=RedirectKind.LOCATION, target="https://example.org/b#top"),
        Redirect(kind=RedirectKind.LOCATION, target="https://example.org/c#end"),
        None,
    ]
    assert fetch.facts.final_url == "https://example.org/c"
    assert fetch.validators is None


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(301),
        httpx.Response(302, headers={"Location": "mailto:me@example.org"}),
        httpx.Response(302, headers={"Location": "https://exa mple.org/"}),
        httpx.Response(302, headers=[("Location", "/b"), ("Location", "/c")]),
        httpx.Response(300),
        httpx.Response(300, headers={"Location": "ftp://example.org/"}, content=b"Choose"),
        httpx.Response(304),
        httpx.Response(305, headers={"Location": "/b"}),
    ],
)
def test_a_redirect_that_leads_nowhere_is_a_failure(response: httpx.Response) -> None:
    fetch = run(routes(a=response))
    assert fetch.facts.outcome == Failure(
        kind=FailureKind.BAD_REDIRECT, phase=Phase.RESPONSE, target_uri=URL
    )
    assert fetch.facts.exchanges == (Exchange(target_uri=URL, status_code=response.status_code),)


@pytest.mark.parametrize("status_code", [300, 302, 307])
def test_a_redirect_with_content_instead_of_a_location_is_an_answer(status_code: int) -> None:
    reader = RecordingReader()
    fetch = run(routes(a=httpx.Response(status_code, content=b"Choose")), reader=reader)
    assert fetch.facts.outcome == Answer()
    assert reader.contents == [b"Choose"]


def test_a_loop_ends_before_a_url_is_asked_twice() -> None:
    router = routes(a=moved("b"), b=moved("a#again"))
    fetch = run(router)
    assert failure_kind(fetch) is FailureKind.REDIRECT_LOOP
    assert len(router.calls) == 2
    assert fetch.facts.final_url == "https://example.org/b"


def test_a_url_visited_again_with_another_cookie_is_no_loop() -> None:
    router = respx.Router()
    router.get(URL, headers={"Cookie": "seen=1"}).mock(return_value=html())
    router.get(URL).mock(return_value=moved("/b", set_cookie="seen=1; Path=/"))
    router.get("https://example.org/b").mock(return_value=moved("/a"))
    fetch = run(router)
    assert fetch.facts.outcome == Answer(media_type="text/html")
    assert asked(router) == [URL, "https://example.org/b", URL]


@pytest.mark.promise("29")
@pytest.mark.parametrize(
    ("max_redirects", "kind"), [(2, FailureKind.TOO_MANY_REDIRECTS), (3, None)]
)
def test_only_so_many_redirects_are_followed(max_redirects: int, kind: FailureKind | None) -> None:
    router = routes(a=moved("b"), b=moved("c"), c=moved("d"), d=html())
    assert failure_kind(run(router, settings=make_settings(max_redirects=max_redirects))) is kind
    assert len(router.calls) == max_redirects + 1


@pytest.mark.parametrize(
    ("response", "kind", "delay"),
    [
        (html(refresh="0; url=/b"), RedirectKind.REFRESH_FIELD, 0.0),
        (html(refresh="5; url=/b"), RedirectKind.REFRESH_FIELD, 5.0),
        (
            html(b'<meta http-equiv="refresh" content="3; url=/b">'),
            RedirectKind.META_REFRESH,
            3.0,
        ),
    ],
)
def test_a_quick_refresh_is_a_redirect(
    response: httpx.Response, kind: RedirectKind, delay: float
) -> None:
    fetch = run(routes(a=response, b=html(b"There")))
    assert fetch.facts.exchanges[0].redirect == Redirect(
        kind=kind, target="https://example.org/b", delay=delay
    )
    assert fetch.page
    assert fetch.page.text == "There"


@pytest.mark.parametrize(
    "response",
    [
        html(refresh="6; url=/b"),
        html(refresh="0; url=/a"),
        html(b'<meta http-equiv="refresh" content="6; url=/b">'),
        httpx.Response(404, headers={"Refresh": "0; url=/b"}, content=b"Gone"),
        httpx.Response(
            200,
            headers={"Content-Type": "text/plain"},
            content=b'<meta http-equiv="refresh" content="0; url=/b">',
        ),
    ],
)
def test_other_refreshes_are_not(response: httpx.Response) -> None:
    router = routes(a=response)
    fetch = run(router)
    assert isinstance(fetch.facts.outcome, Answer)
    assert len(router.calls) == 1


@pytest.mark.promise("30")
def test_a_very_long_address_is_followed_but_kept_cut() -> None:
    long = f"https://example.org/{'b' * 60_000}"
    router = routes(a=moved(long))
    router.get(long).mock(return_value=moved(long))
    fetch = run(router)
    first, second = fetch.facts.exchanges
    assert first.redirect is not None
    assert first.redirect.target == second.target_uri == long[:2000]
    assert isinstance(fetch.facts.outcome, Failure)
    assert fetch.facts.outcome.target_uri == long[:2000]


@pytest.mark.promise("32")
def test_cookies_stay_with_their_origin_and_their_chain() -> None:
    router = respx.Router()
    router.get(URL).mock(
        return_value=moved("https://www.example.org/b", set_cookie="a=1; Domain=example.org")
    )
    router.get("https://www.example.org/b").mock(
        return_value=moved("https://example.org:8443/c", set_cookie="b=2")
    )
    router.get("https://example.org:8443/c").mock(return_value=moved("http://example.org/d"))
    router.get("http://example.org/d").mock(return_value=moved("https://example.org/e"))
    router.get("https://example.org/e").mock(return_value=html())
    run(router)
    run(router)
    sent = [call.request.headers.get("cookie") for call in router.calls]
    assert sent == [None, None, None, None, "a=1"] * 2


@pytest.mark.promise("32")
def test_hostile_cookies_are_bounded() -> None:
    cookies = [("Set-Cookie", f"c{number}={'x' * 100}") for number in range(500)]
    router = routes(
        a=httpx.Response(302, headers=[("Location", "/b"), ("Set-Cookie", "x" * 5000), *cookies]),
        b=html(),
    )
    run(router)
    assert router.calls[1].request.headers["cookie"].count("=") == 50


@pytest.mark.promise("32")
@pytest.mark.parametrize(
    "value", ["ü".encode(), "ü".encode("latin-1"), b"\xff\xfe", b"b\x1fc", b"b\x7f", b"\x01"]
)
def test_a_cookie_of_other_characters_than_printable_ascii_is_ignored(value: bytes) -> None:
    redirect = httpx.Response(302, headers=[(b"Location", b"/b"), (b"Set-Cookie", b"a=" + value)])
    router = routes(a=redirect, b=html())
    fetch = run(router)
    assert isinstance(fetch.facts.outcome, Answer)
    assert "cookie" not in router.calls[1].request.headers


@pytest.mark.parametrize(
    ("status_code", "is_retried"), [(200, False), (404, False), (503, True), (429, True)]
)
def test_answers_that_may_pass_are_asked_for_again(status_code: int, is_retried: bool) -> None:
    router = routes(a=httpx.Response(status_code))
    fetch = run(router, settings=make_settings(attempts=3))
    assert len(router.calls) == fetch.attempts == (3 if is_retried else 1)
    assert fetch.facts.exchanges == (Exchange(target_uri=URL, status_code=status_code),)


def test_a_later_attempt_starts_afresh() -> None:
    router = respx.Router()
    router.get(URL).mock(return_value=moved("/b", set_cookie="a=1"))
    router.get("https://example.org/b").mock(
        side_effect=[httpx.Response(503), httpx.ConnectTimeout("late"), html()]
    )
    fetch = run(router, settings=make_settings(attempts=3))
    assert isinstance(fetch.facts.outcome, Answer)
    assert fetch.attempts == 3
    assert [exchange.status_code for exchange in fetch.facts.exchanges] == [301, 200]
    assert [call.request.headers.get("cookie") for call in router.calls] == [None, "a=1"] * 3


def test_validators_go_out_on_the_first_hop_alone() -> None:
    router = routes(a=moved("b"), b=httpx.Response(304))
    validators = Validators(etag='"1"', last_modified="Mon, 05 Jan 2026 10:00:00 GMT")
    fetch = run(router, validators=validators)
    first, second = (call.request.headers for call in router.calls)
    assert first["if-none-match"] == validators.etag
    assert first["if-modified-since"] == validators.last_modified
    assert not {"if-none-match", "if-modified-since"} & set(second)
    assert failure_kind(fetch) is FailureKind.BAD_REDIRECT


def test_not_modified_is_an_answer_and_keeps_the_validators() -> None:
    validators = Validators(etag='"1"')
    fetch = run(routes(a=httpx.Response(304)), validators=validators)
    assert fetch.facts.outcome == Answer()
    assert fetch.validators == validators


def test_validators_are_not_used_when_so_set() -> None:
    router = routes(a=html())
    run(router, settings=make_settings(conditional=False), validators=Validators(etag='"1"'))
    assert "if-none-match" not in router.calls[0].request.headers


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"etag": ""},
        {"etag": '"' + "x" * 300 + '"'},
        {"last_modified": "gestern ünd heute"},
    ],
)
def test_validators_that_are_missing_or_odd_are_none(fields: dict[str, str]) -> None:
    named = [(name.replace("_", "-"), value.encode("latin-1")) for name, value in fields.items()]
    raw = [(name.encode("ascii"), value) for name, value in named]
    assert run(routes(a=httpx.Response(200, headers=raw))).validators is None


SECRET = (("Authorization", "secret"), ("X-Key", "secret"), ("Accept", "text/x"))


@pytest.mark.promise("28b")
@pytest.mark.parametrize(
    ("hops", "over_http", "sent"),
    [
        (["https://example.org/1"], False, [True]),
        (["https://example.org/1", "https://example.org/2"], False, [True, True]),
        (["http://example.org/1"], False, [False]),
        (["http://example.org/1"], True, [True]),
        (["http://example.org/1", "https://example.org/2"], False, [False, False]),
        (["http://example.org/1", "https://example.org/2"], True, [True, False]),
        (["https://example.org/1", "http://example.org/2"], True, [True, False]),
        (["https://www.example.org/1", "https://example.org/2"], True, [False, False]),
        (["https://example.org:8443/1", "https://example.org/2"], True, [False, False]),
        (
            ["https://example.org/1", "https://a.example/2", "https://example.org/3"],
            True,
            [True, False, False],
        ),
    ],
)
def test_28b_credentials_go_over_https_to_their_origin_and_not_after_a_redirect_from_elsewhere(
    hops: list[str], over_http: bool, sent: list[bool]
) -> None:
    host = HostSettings(headers=SECRET, credentials_over_http=over_http)
    router = respx.Router()
    for url, following in pairwise(hops):
        router.get(url).mock(return_value=moved(following))
    router.get(hops[-1]).mock(return_value=html())
    fetch = run(router, hops[0], settings=make_settings(("example.org", host)))
    for name in ("authorization", "x-key"):
        found = [call.request.headers.get(name) == "secret" for call in router.calls]
        assert found == sent
    assert fetch.had_credentials is any(sent)


def test_configured_preferences_go_to_their_host_but_never_down_to_http() -> None:
    settings = make_settings(("example.org", HostSettings(headers=SECRET)))
    hops = ["http://example.org/1", "https://a.example/2", "https://example.org/3"]
    hops.append("http://example.org/4")
    router = respx.Router()
    for url, following in pairwise(hops):
        router.get(url).mock(return_value=moved(following))
    router.get(hops[-1]).mock(return_value=html())
    run(router, hops[0], settings=settings)
    accepted = [call.request.headers["accept"] == "text/x" for call in router.calls]
    assert accepted == [True, False, True, False]


def test_only_fields_that_a_rule_reads_are_kept_and_cleaned() -> None:
    fields = [
        ("Date", "Mon, 05 Jan 2026 10:00:00 GMT"),
        ("Server", "x\tserver" + "!" * 300),
        ("CF-Mitigated", "challenge"),
        ("X-DataDome", "protected-4711"),
        ("Set-Cookie", "a=1"),
    ]
    fetch = run(routes(a=httpx.Response(403, headers=fields)))
    assert fetch.facts.exchanges[0].fields == (
        ("server", "x server" + "!" * 191 + "…"),
        ("cf-mitigated", "challenge"),
        ("x-datadome", ""),
    )


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"Retry-After": "120"}, 120.0),
        (
            {
                "Retry-After": "Mon, 05 Jan 2026 10:01:30 GMT",
                "Date": "Mon, 05 Jan 2026 10:00:00 GMT",
            },
            90.0,
        ),
        (
            {
                "Retry-After": "Mon, 05 Jan 2026 09:00:00 GMT",
                "Date": "Mon, 05 Jan 2026 10:00:00 GMT",
            },
            0.0,
        ),
        (
            {
                "Retry-After": "Mon, 05 Jan 2026 09:00:00 GMT",
                "Date": "Mon, 05 Jan 2026 10:00:00 -0000",
            },
            0.0,
        ),
        ({"Retry-After": "Mon, 05 Jan 2026 10:01:30 GMT"}, 0.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-1"}, None),
        ({}, None),
    ],
)
def test_retry_after_in_seconds(fields: dict[str, str], seconds: float | None) -> None:
    fetch = run(routes(a=httpx.Response(429, headers=fields)))
    assert fetch.retry_after == seconds


@pytest.mark.parametrize(
    ("fields", "sent_at"),
    [
        ({"Date": "Mon, 05 Jan 2026 10:00:00 GMT"}, datetime(2026, 1, 5, 10, tzinfo=UTC)),
        (
            {"Date": "Mon, 05 Jan 2026 10:00:00 GMT", "Age": "90"},
            datetime(2026, 1, 5, 10, 1, 30, tzinfo=UTC),
        ),
        (
            {"Date": "Mon, 05 Jan 2026 10:00:00 GMT", "Age": "-1"},
            datetime(2026, 1, 5, 10, tzinfo=UTC),
        ),
        ({"Date": "Fri, 31 Dec 9999 23:59:59 GMT", "Age": "1"}, None),
        ({"Date": "today", "Age": "90"}, None),
        ({}, None),
    ],
)
def test_a_response_tells_when_it_was_sent(
    fields: dict[str, str], sent_at: datetime | None
) -> None:
    assert run(routes(a=httpx.Response(200, headers=fields))).sent_at == sent_at


@pytest.mark.parametrize(
    ("content_type", "media_type"),
    [
        (None, None),
        ("Text/HTML; charset=x", "text/html"),
        (" ; charset=x", None),
        ("application/pdf", "application/pdf"),
    ],
)
def test_media_type_is_the_essence(content_type: str | None, media_type: str | None) -> None:
    fields = {} if content_type is None else {"Content-Type": content_type}
    fetch = run(routes(a=httpx.Response(200, headers=fields, content=b"x")))
    assert fetch.facts.outcome == Answer(media_type=media_type)


@pytest.mark.parametrize(
    ("media_type", "size", "kept", "truncated"),
    [
        ("text/html", 100_000, 100_000, False),
        ("text/html", 100_001, 100_000, True),
        ("application/pdf", 100_001, 65_536, False),
    ],
)
def test_pages_are_read_to_the_cap_and_other_content_is_skimmed(
    media_type: str, size: int, kept: int, truncated: bool
) -> None:
    response = httpx.Response(200, headers={"Content-Type": media_type}, content=b"x" * size)
    settings = make_settings(max_body_bytes=100_000)
    fetch = run(routes(a=response), settings=settings, reader=(reader := RecordingReader()))
    assert len(reader.contents[0]) == kept
    assert fetch.facts.outcome == Answer(media_type=media_type, truncated=truncated)


@pytest.mark.parametrize(
    ("status_code", "coding", "kind"),
    [
        (200, "br", FailureKind.PROTOCOL_ERROR),
        (200, "gzip", FailureKind.PROTOCOL_ERROR),
        (404, "br", None),
        (503, "gzip", None),
    ],
)
def test_content_that_does_not_decode_is_a_fault_unless_the_status_says_it_all(
    status_code: int, coding: str, kind: FailureKind | None
) -> None:
    response = httpx.Response(status_code, content=gzip.compress(b"x")[:-4])
    response.headers["Content-Encoding"] = coding
    fetch = run(routes(a=response))
    assert failure_kind(fetch) is kind
    assert fetch.facts.exchanges[0].status_code == status_code


@pytest.mark.parametrize("status_code", [200, 204])
def test_no_content_is_an_empty_answer(status_code: int) -> None:
    fetch = run(routes(a=httpx.Response(status_code)))
    assert fetch.facts.outcome == Answer(empty=True)


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize(
    "refusal",
    [
        NotAsked(reason=NotAskedReason.ROBOTS_DISALLOWED, target_uri="https://example.org/x"),
        Failure(
            kind=FailureKind.DNS_NOT_FOUND,
            phase=Phase.RESOLVE,
            target_uri="https://example.org/robots.txt",
        ),
    ],
)
def test_the_gate_is_asked_before_every_hop_and_ends_the_chain_for_good(
    number: int, refusal: NotAsked | Failure
) -> None:
    gated: list[str] = []

    async def gate(url: str, budget: AttemptBudget) -> Refusal | None:
        gated.append(url)
        return Refusal(outcome=refusal, may_pass=False) if len(gated) == number else None

    router = routes(a=moved("b#x"), b=html())
    around = Surroundings(
        settings=make_settings(attempts=3),
        gate=gate,
        transport=httpx.MockTransport(router.async_handler),
    )
    fetch = asyncio.run(look(f"{URL}#y", around))
    assert fetch.facts.outcome == refusal
    assert gated == [URL, "https://example.org/b"][:number]
    assert len(router.calls) == len(fetch.facts.exchanges) == number - 1
    assert fetch.attempts == (0 if number == 1 and isinstance(refusal, NotAsked) else 1)


@pytest.mark.parametrize(
    ("status_code", "content", "text"),
    [
        (200, b"\xef\xbb\xbfUser-agent: *", "User-agent: *"),
        (200, b"Disallow: /\xff", "Disallow: /�"),
        (404, b"No", "No"),
        (503, b"", ""),
    ],
)
def test_robots_txt_is_its_status_and_text(status_code: int, content: bytes, text: str) -> None:
    router = respx.Router()
    router.get("https://example.org/robots.txt").mock(
        return_value=httpx.Response(status_code, content=content)
    )
    assert robots(router) == (status_code, text)


@pytest.mark.parametrize(
    "outcome",
    [
        NotAsked(reason=NotAskedReason.ROBOTS_UNAVAILABLE, target_uri=URL),
        Failure(kind=FailureKind.READ_TIMEOUT, phase=Phase.RESPONSE, target_uri=URL),
    ],
)
def test_what_the_gate_may_say_otherwise_later_is_asked_again(outcome: NotAsked | Failure) -> None:
    refusals = [Refusal(outcome=outcome, retry_after=7), None]
    waits: list[float] = []

    async def gate(url: str, budget: AttemptBudget) -> Refusal | None:
        return refusals.pop(0)

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    around = Surroundings(
        settings=make_settings(attempts=3),
        gate=gate,
        sleep=sleep,
        transport=httpx.MockTransport(routes(a=html()).async_handler),
    )
    fetch = asyncio.run(look(URL, around))
    assert (fetch.facts.outcome, fetch.attempts, waits) == (Answer(media_type="text/html"), 2, [7])


def robots(router: respx.Router) -> tuple[int, str] | Failure:
    around = Surroundings(transport=httpx.MockTransport(router.async_handler))

    async def ask() -> tuple[int, str] | Failure:
        async with around.fetcher() as fetcher:
            answer = await fetcher.robots("https://example.org", AttemptBudget(1))
            assert not isinstance(answer, NotAsked)
            return answer if isinstance(answer, Failure) else (answer.status_code, answer.text)

    return asyncio.run(ask())


@pytest.mark.parametrize(("redirects", "expected"), [(5, (200, "Hi")), (6, (302, ""))])
def test_robots_txt_may_be_five_redirects_away(redirects: int, expected: tuple[int, str]) -> None:
    router = respx.Router()
    places = [f"https://{hop}.example.org/robots.txt" for hop in range(1, redirects + 1)]
    for place, following in pairwise(["https://example.org/robots.txt", *places]):
        router.get(place).mock(return_value=moved(following, 302))
    router.get(places[-1]).mock(return_value=httpx.Response(200, content=b"Hi"))
    assert robots(router) == expected


def test_robots_txt_is_read_to_its_cap() -> None:
    router = respx.Router()
    router.get("https://example.org/robots.txt").mock(
        return_value=httpx.Response(200, content=b"#" * 600_000)
    )
    assert robots(router) == (200, "#" * 512_000)


def test_a_host_that_is_down_has_no_robots_txt_to_tell() -> None:
    router = respx.Router()
    router.get("https://example.org/robots.txt").mock(side_effect=httpx.ConnectError)
    assert robots(router) == Failure(
        kind=FailureKind.CONNECTION_RESET,
        phase=Phase.RESPONSE,
        target_uri="https://example.org/robots.txt",
    )


def test_a_url_that_httpx_cannot_carry_is_a_failure() -> None:
    assert failure_kind(run(respx.Router(), URL + "/x" * 40_000)) is FailureKind.PROTOCOL_ERROR


# --- probes -------------------------------------------------------------------------------------


def probe(
    router: respx.Router,
    gate: Gate = open_gate,
    reader: RecordingReader | None = None,
    **fetch: int,
) -> Fetch:
    around = Surroundings(
        settings=make_settings(attempts=3, **fetch),
        transport=httpx.MockTransport(router.async_handler),
        reader=reader or RecordingReader(),
    )

    async def story() -> Fetch:
        async with around.fetcher() as fetcher:
            return await fetcher.probe(URL, gate=gate)

    return asyncio.run(story())


def test_a_probe_is_one_attempt_that_follows_redirects() -> None:
    router = routes(a=moved("b"), b=httpx.Response(503))
    fetch = probe(router)
    assert asked(router) == [URL, "https://example.org/b"]
    assert fetch.facts.exchanges[-1].status_code == 503


def test_a_probe_that_may_not_be_asked_is_not() -> None:
    refusal = NotAsked(reason=NotAskedReason.ROBOTS_DISALLOWED, target_uri=URL)

    async def closed(url: str, budget: AttemptBudget) -> Refusal:
        return Refusal(outcome=refusal, may_pass=False)

    router = routes(a=html())
    assert probe(router, closed).facts.outcome == refusal
    assert asked(router) == []


def test_a_probe_reads_as_much_as_the_text_of_any_page_is_read_from() -> None:
    late = b"<title>Shop</title><style>" + b"a{}" * 300_000 + b"</style><p>Weekly offers"
    fetch = probe(routes(a=html(late)))
    assert PROBED_BYTES >= MAX_CHARACTERS
    assert fetch.page
    assert fetch.page.main_text == "Weekly offers"


@pytest.mark.parametrize(("limit", "kept"), [(2_097_152, PROBED_BYTES), (1000, 1000)])
def test_a_probe_reads_no_more_than_it_compares(limit: int, kept: int) -> None:
    router = routes(a=html(b"x" * (PROBED_BYTES + 1)))
    probe(router, reader=(reader := RecordingReader()), max_body_bytes=limit)
    assert [len(content) for content in reader.contents] == [kept]


@pytest.mark.parametrize("status_code", [404, 410, 503])
def test_of_a_probe_an_error_is_not_read_and_of_a_page_it_is(status_code: int) -> None:
    router = routes(a=httpx.Response(status_code, content=b"<title>Gone"))
    assert probe(router, reader=(reader := RecordingReader())).page is None
    assert reader.contents == []
    fetch = run(router)
    assert fetch.page
    assert fetch.page.kind is MediaKind.HTML


def test_a_page_is_read_once_for_its_refresh_and_for_all_else() -> None:
    first = b'<meta http-equiv="refresh" content="0; url=/b#there">'
    router = routes(a=html(first), b=html(b"<p id=there>There"))
    fetch = run(router, f"{URL}#here", reader=(reader := RecordingReader()))
    assert reader.contents == [first, b"<p id=there>There"]
    assert fetch.page
    assert fetch.page.fragment_found is True


def test_a_page_that_a_field_leads_away_from_is_not_read() -> None:
    router = routes(a=html(refresh="0; url=/b"), b=html(b"There"))
    run(router, reader=(reader := RecordingReader()))
    assert reader.contents == [b"There"]


def test_robots_txt_is_no_page() -> None:
    router = respx.Router()
    router.get("https://example.org/robots.txt").mock(return_value=html(b"Disallow: /"))
    around = Surroundings(transport=httpx.MockTransport(router.async_handler))

    async def ask() -> object:
        async with around.fetcher() as fetcher:
            return await fetcher.robots("https://example.org", AttemptBudget(5.0))

    assert asyncio.run(ask()) == RobotsAnswer(status_code=200, text="Disallow: /")
    assert around.reader.contents == []


def test_the_time_of_reading_is_not_that_of_the_wire() -> None:
    clock = ManualClock()
    read_for: list[float] = []

    class Slow(RecordingReader):
        async def __call__(self, content: bytes, url: str, content_type: str | None) -> Page:
            clock.now += 3600
            began_at = monotonic()
            await asyncio.sleep(0.02)
            read_for.append(monotonic() - began_at)
            return await super().__call__(content, url, content_type)

    pages = {"a": html(b'<meta http-equiv="refresh" content="0; url=/b">'), "b": html()}
    began_at = monotonic()
    turns = RecordingTurns(lateness=Lateness(clock))
    fetch = run(routes(**pages), reader=Slow(), turns=turns)
    took = monotonic() - began_at
    assert isinstance(fetch.facts.outcome, Answer)
    assert len(fetch.facts.exchanges) == len(read_for) == 2
    assert fetch.timings.total.total_seconds() <= took - sum(read_for)


def test_httpx_is_imported_without_its_command_line_and_can_have_it_later() -> None:
    told = (
        "import sys, crawler.fetch; print({'rich', 'pygments', 'click'} & sys.modules.keys());"
        "import httpx._main; print(httpx._main.main.name)"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["set()", "main"]
