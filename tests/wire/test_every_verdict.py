"""Each reason of the contract, from the wire to the stored row and the words of the report."""

import json
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from crawler import rejudge
from crawler.config import HostSettings
from crawler.demo import replies
from crawler.demo.replies import Reply, Request, Then, document
from crawler.demo.server import greeting
from crawler.demo.web import expired
from crawler.model import VERDICTS, Reason, RunStatus, Verdict
from crawler.report.wording import reason_words
from tests.support import certificates
from tests.support.database import query
from tests.support.loopback import answering, breaking_off, page, resetting, silent, trickling
from tests.support.street import (
    HTML,
    LIVING,
    TITLE,
    House,
    Sent,
    Street,
    answer,
    redirect,
    street,
)

pytestmark = pytest.mark.slow

IN_RUNS_OF_THEIR_OWN = frozenset({Reason.NOT_MODIFIED, Reason.OUT_OF_BUDGET})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What happens at a resource, and what has to come of it."""

    reason: Reason
    house: House
    status: int | None
    """Of the last answer; None when there is none."""
    suggested_url: str | None = None


def _answers(
    reason: Reason, house: House, status: int = 200, suggested_url: str | None = None
) -> Row:
    return Row(reason=reason, house=house, status=status, suggested_url=suggested_url)


def _fails(reason: Reason, house: House) -> Row:
    return Row(reason=reason, house=house, status=None)


# --- statuses -----------------------------------------------------------------------------------

STATUSES = (
    (Reason.HTTP_404, 404),
    (Reason.HTTP_410, 410),
    (Reason.HTTP_5XX, 500),
    (Reason.HTTP_5XX, 503),
    (Reason.HTTP_5XX, 522),
    (Reason.HTTP_5XX, 600),
    (Reason.HTTP_4XX, 400),
    (Reason.HTTP_4XX, 405),
    (Reason.HTTP_4XX, 406),
    (Reason.HTTP_4XX, 408),
    (Reason.HTTP_4XX, 425),
    (Reason.LOGIN_REQUIRED, 401),
    (Reason.LOGIN_REQUIRED, 407),
    (Reason.PAYMENT_REQUIRED, 402),
    (Reason.FORBIDDEN, 403),
    (Reason.FORBIDDEN, 418),
    (Reason.FORBIDDEN, 999),
    (Reason.RATE_LIMITED, 429),
    (Reason.LEGAL, 451),
)


def _statuses() -> Iterator[Row]:
    for reason, status in STATUSES:
        said = answering(page(HTML, status=f"{status} So"))
        yield _answers(reason, House(name=f"status-{status}", script=said), status)
    yield _answers(Reason.OK, House(name="living", script=answering(LIVING)))
    yield _answers(Reason.OK, House(name="empty", script=answering(page(b""))))


# --- the network --------------------------------------------------------------------------------

NAMES = (
    (Reason.DNS_NOT_FOUND, socket.EAI_NONAME),
    (Reason.DNS_NO_ADDRESS, socket.EAI_NODATA),
    (Reason.DNS_ERROR, socket.EAI_AGAIN),
)
TRICKLE = trickling(answer("Content-Type: text/html", content=b""), *[b"<p>"] * 40, pause=0.1)
WITHOUT_ANSWER = (
    (Reason.CONNECTION_REFUSED, House(name="refused", url="http://refused.test:1/")),
    (Reason.CONNECTION_RESET, House(name="reset", script=resetting)),
    (Reason.CONNECTION_RESET, House(name="closed", script=answering(b""))),
    (Reason.UNREACHABLE, House(name="unreachable", addresses=("127.255.255.255",))),
    (Reason.READ_TIMEOUT, House(name="silent", script=silent)),
    (Reason.PROTOCOL_ERROR, House(name="ssh", script=trickling(b"SSH-2.0-OpenSSH\r\n"))),
    (Reason.PRIVATE_ADDRESS, House(name="private", addresses=("10.0.0.1",))),
    (Reason.PRIVATE_ADDRESS, House(name="written-out", url="http://169.254.169.254/latest/")),
)
WITHOUT_CONTENT = (
    (Reason.READ_TIMEOUT, "trickle", TRICKLE),
    (Reason.CONNECTION_RESET, "cut", breaking_off(answer("Content-Length: 9000"))),
    (
        Reason.PROTOCOL_ERROR,
        "chunks",
        answering(answer("Transfer-Encoding: chunked", content=b"xyz\r\n<p>\r\n")),
    ),
    (
        Reason.PROTOCOL_ERROR,
        "gzip",
        answering(answer("Content-Encoding: gzip", content=b"no gzip")),
    ),
    (Reason.PROTOCOL_ERROR, "codings", answering(answer("Content-Encoding: gzip, gzip, gzip"))),
)


def _network() -> Iterator[Row]:
    for reason, number in NAMES:
        name = reason.replace("_", "-")
        yield _fails(reason, House(name=name, addresses=socket.gaierror(number, "")))
    for reason, house in WITHOUT_ANSWER:
        yield _fails(reason, house)
    for reason, name, script in WITHOUT_CONTENT:
        yield _answers(reason, House(name=name, script=script))


# --- TLS ----------------------------------------------------------------------------------------

CERTIFICATES = (
    (Reason.TLS_EXPIRED, "expired", expired),
    (Reason.TLS_EXPIRED, "early", certificates.not_yet_valid),
    (Reason.TLS_HOSTNAME, "other", certificates.other_name),
    (Reason.TLS_UNTRUSTED, "stranger", certificates.other_authority),
    (Reason.TLS_UNTRUSTED, "self-signed", certificates.self_signed),
)


def _tls() -> Iterator[Row]:
    for reason, name, certificate in CERTIFICATES:
        house = House(name=name, https=True, script=answering(LIVING), certificate=certificate)
        yield _fails(reason, house)
    no_tls = House(
        name="no-tls", https=True, script=greeting(Reply(raw=(LIVING,), then=Then.HANG))
    )
    yield _fails(Reason.TLS_ERROR, no_tls)
    yield _fails(Reason.CONNECT_TIMEOUT, House(name="stalls", https=True, script=silent))


# --- redirects ----------------------------------------------------------------------------------


def _ever_further(request: Request) -> Reply:
    return replies.redirect(f"{request.path}x", 302)


REFRESH = page(b'<meta http-equiv=refresh content="0; url=/new">')
NEW_PLACES = (
    (Reason.PERMANENT_REDIRECT, "moved", redirect("/new"), "http://moved.test/new"),
    (Reason.PERMANENT_REDIRECT, "moved-308", redirect("/new", 308), "http://moved-308.test/new"),
    (Reason.PERMANENT_REDIRECT, "refreshed", REFRESH, "http://refreshed.test/new"),
    (Reason.TRIVIAL_REDIRECT, "slash", redirect("/page/"), "http://slash.test/page/"),
    (Reason.OK, "for-now", redirect("/new", 302), None),
)
LANDINGS = (
    (Reason.HTTP_404, "404 Not Found"),
    (Reason.HTTP_410, "410 Gone"),
    (Reason.FORBIDDEN, "403 Forbidden"),
    (Reason.HTTP_5XX, "500 Oh"),
)
LEADING_NOWHERE = ("", "mailto:a@b.test", "http://a b/", "//")


def _redirects() -> Iterator[Row]:
    for reason, name, away, place in NEW_PLACES:
        pages = {"/page": away, "/new": LIVING, "/page/": LIVING}
        yield _answers(reason, House(name=name, pages=pages), suggested_url=place)
    for reason, said in LANDINGS:
        pages = {"/page": redirect("/new"), "/new": page(HTML, status=said)}
        yield _answers(reason, House(name=f"moved-to-{said[:3]}", pages=pages), int(said[:3]))
    stalls: Mapping[str, Sent] = {"/page": redirect("/new"), "/new": Reply(raw=(), then=Then.HANG)}
    yield _answers(Reason.READ_TIMEOUT, House(name="moved-to-silence", pages=stalls), 301)
    for number, location in enumerate(LEADING_NOWHERE):
        nowhere = House(name=f"nowhere-{number}", script=answering(redirect(location)))
        yield _answers(Reason.BAD_REDIRECT, nowhere, 301)
    loop = {"/page": redirect("/b"), "/b": redirect("/page")}
    yield _answers(Reason.REDIRECT_LOOP, House(name="loop", pages=loop), 301)
    far = House(name="far", pages={"/page": _ever_further}, unknown=_ever_further)
    yield _answers(Reason.TOO_MANY_REDIRECTS, far, 302)
    yield _answers(
        Reason.HTTPS_UPGRADE,
        House(
            name="upgraded",
            url="http://upgraded.test/page",
            pages={"http:/page": redirect("https://upgraded.test/page"), "/page": LIVING},
        ),
        suggested_url="https://upgraded.test/page",
    )


# --- blocks, and what is not asked --------------------------------------------------------------

ROBOTS = page(b"User-agent: *\nDisallow: /page")
NOT_ASKED = (
    (Reason.ROBOTS_DISALLOWED, House(name="robots", pages={"/robots.txt": ROBOTS})),
    (
        Reason.ROBOTS_UNAVAILABLE,
        House(name="robots-503", script=answering(page(b"", status="503 So"))),
    ),
    (Reason.UNSUPPORTED_SCHEME, House(name="ftp", url="ftp://ftp.test/")),
    (Reason.EXCLUDED, House(name="excluded", url="http://excluded.test/private")),
    (Reason.INVALID_URL, House(name="no-scheme", url="no-scheme.test/page")),
    (Reason.INVALID_URL, House(name="no-host", url="http:///page")),
    (Reason.INVALID_URL, House(name="port", url="http://port.test:99999/")),
    (Reason.INVALID_URL, House(name="blank", url="http://bla nk.test/")),
    (Reason.INVALID_URL, House(name="two", url="http://two.test/ http://other.test/")),
)


CHALLENGE_FIELDS = (
    ("CF-Mitigated: challenge", 403),
    ("x-amzn-waf-action: challenge", 202),
    ("X-Vercel-Mitigated: challenge", 429),
    ("X-DataDome: protected", 403),
    ("X-Kpsdk-Ct: 1", 429),
)
WALLS = (
    (Reason.LOGIN_REQUIRED, "sign-in", "/login?to=x"),
    (Reason.LOGIN_REQUIRED, "google", "http://accounts.google.com/v3/identifier?continue=x"),
    (Reason.CONSENT_WALL, "consent", "http://consent.youtube.com/m?continue=x"),
    (Reason.BOT_CHALLENGE, "sorry", "http://www.google.com/sorry/index?continue=x"),
)
ELSEWHERE = dict.fromkeys(("accounts.google.com", "consent.youtube.com", "www.google.com"), LIVING)

FORM = page(HTML + b'<form action="/login"><input type="password"></form>')
SCRIPT = page(b"<title>Just a moment...</title><script>window._cf_chl_opt={}</script>")


def _blocks() -> Iterator[Row]:
    for number, (field, status) in enumerate(CHALLENGE_FIELDS):
        script = answering(page(HTML, field, status=f"{status} So"))
        house = House(name=f"challenge-{number}", script=script)
        yield _answers(Reason.BOT_CHALLENGE, house, status)
    yield _answers(Reason.BOT_CHALLENGE, House(name="challenge", script=answering(SCRIPT)))
    for status in (301, 302):
        for reason, name, wall in WALLS:
            pages = {"/page": redirect(wall, status), "/login?to=x": LIVING}
            yield _answers(reason, House(name=f"{name}-{status}", pages=pages))
    yield _answers(Reason.OK, House(name="login-form", path="/login", script=answering(FORM)))


# --- substitutes --------------------------------------------------------------------------------


def _html(title: str, body: str = "") -> bytes:
    return page(f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{body}</p>".encode())


NOTHING = _html("Page not found", "We are sorry. Perhaps our front page helps you on.")
FRONT = _html("Harbour Tools", "Ropes and anchors for boats of all sizes, since 1952. " * 12)
CASINO = _html("Slot bonus tonight", "Spin the wheel and win free chips at our tables. " * 20)
SUBSTITUTES = (
    (Reason.SOFT_404, House(name="says-missing", script=answering(NOTHING))),
    (
        Reason.SOFT_404,
        House(name="to-404", pages={"/page": redirect("/404", 302), "/404": NOTHING}),
    ),
    (
        Reason.REDIRECTED_TO_HOME,
        House(name="all-home", pages={"/": FRONT}, unknown=redirect("/", 302)),
    ),
    (
        Reason.PARKED,
        House(
            name="for-sale",
            script=answering(
                _html("for-sale.test is for sale", "Buy this domain. Make an offer.")
            ),
        ),
    ),
    (
        Reason.PLACEHOLDER,
        House(
            name="nginx",
            script=answering(_html("Welcome to nginx!", "Further configuration is required.")),
        ),
    ),
    (
        Reason.MAINTENANCE,
        House(
            name="maintenance",
            script=answering(_html("Site under maintenance", "We will be back soon.")),
        ),
    ),
    (
        Reason.SUSPECT_SOFT_404,
        House(
            name="tombstone",
            pages={"/page": _html("This course is no longer available", "It has ended.")},
        ),
    ),
    (
        Reason.SUSPECT_REDIRECT_HOME,
        House(name="home-alone", pages={"/page": redirect("/", 302), "/": FRONT}),
    ),
    (
        Reason.SUSPECT_REPLACED,
        House(name="sold", pages={"/page": redirect("http://slots.example/", 302)}),
    ),
)


def _substitutes() -> Iterator[Row]:
    for reason, house in SUBSTITUTES:
        yield _answers(reason, house)


def _not_asked() -> Iterator[Row]:
    for reason, house in NOT_ASKED:
        yield _fails(reason, house)


# --- the run ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """The rows, and the street that was crawled once."""

    rows: tuple[Row, ...]
    street: Street


def _rows() -> tuple[Row, ...]:
    return (
        *_statuses(),
        *_network(),
        *_tls(),
        *_redirects(),
        *_blocks(),
        *_substitutes(),
        *_not_asked(),
    )


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("street")
    rows = _rows()
    houses = [row.house for row in rows]
    with street(
        folder,
        houses,
        elsewhere=ELSEWHERE | {"slots.example": CASINO},
    ) as built:
        with_robots = tuple(
            (house.host, HostSettings(robots=True)) for house in houses if "robots" in house.name
        )
        changed = replace(built, settings=replace(built.settings, hosts=with_robots))
        ran = changed.crawl(exclude=("http://excluded.test/*",))
        assert (ran.status, ran.faults) == (RunStatus.COMPLETE, ())
        yield Played(rows=rows, street=changed)


def test_every_row_comes_to_its_verdict_and_reason(played: Played) -> None:
    stored = played.street.stored()
    found = {
        name: (row.verdict, row.reason, row.http_status, row.suggested_url)
        for name, row in stored.items()
    }
    assert found == {
        row.house.name: (VERDICTS[row.reason], row.reason, row.status, row.suggested_url)
        for row in played.rows
    }


def test_the_report_says_in_words_what_happened(played: Played) -> None:
    reports = Path(played.street.settings.reports)
    records = json.loads((reports / "latest.json").read_text("utf-8"))["records"]
    said = {record["number"]: record["what"] for record in records}
    readme = (reports / "README.md").read_text("utf-8")
    for number, row in enumerate(played.rows, 1):
        what = reason_words.REASONS[row.reason].what.replace("{status}", str(row.status))
        assert said[number] == what, row.house.name
        told = {Verdict.OK: "", Verdict.MOVED: row.suggested_url or what}
        assert told.get(VERDICTS[row.reason], what.rstrip(".")) in readme, row.house.name


def test_nothing_is_judged_otherwise_the_second_time(played: Played) -> None:
    assert rejudge.differences(played.street.settings) == ()


def test_every_reason_has_a_row(played: Played) -> None:
    covered = {row.reason for row in played.rows} | IN_RUNS_OF_THEIR_OWN
    assert set(Reason) - covered == set()


# --- runs of their own --------------------------------------------------------------------------


def test_a_page_that_was_not_modified(tmp_path: Path) -> None:
    pages = {"/page": document(HTML, 200, ("ETag", '"1"'))}
    with street(tmp_path, [House(name="tagged", pages=pages)]) as built:
        built.crawl()
        assert built.stored()["tagged"].reason == Reason.OK
        built.crawl()
        stored = built.stored()["tagged"]
    assert (stored.verdict, stored.reason, stored.title) == ("ok", Reason.NOT_MODIFIED, TITLE)


def test_a_page_that_the_run_has_no_time_for(tmp_path: Path) -> None:
    with street(tmp_path, [House(name="silent", script=silent)]) as built:
        built.crawl(budget=0.1)
        (row,) = query(built.settings.database, "select verdict, reason from checks")
    assert tuple(row) == ("skipped", Reason.OUT_OF_BUDGET)
