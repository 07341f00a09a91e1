"""Redirects as servers really send them, from the wire to the stored row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from crawler.demo.replies import Reply, Request
from crawler.model import VERDICTS, Reason, RunStatus
from tests.support.loopback import page
from tests.support.street import (
    HTML,
    LIVING,
    NOT_FOUND,
    House,
    Sent,
    Stored,
    answer,
    redirect,
    street,
)

MOVED = Reason.PERMANENT_REDIRECT
SECOND = "second.example"
"""Another host, which answers every path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a host answers by path, and what has to come of its `/page`."""

    answers: Mapping[str, Sent]
    reason: Reason
    suggested: str | None = None
    """With `HOST` for the row's own."""
    final: str = "/new"
    """Path at the row's own host, or a whole URL."""
    path: str = "/page"
    warns: tuple[str, ...] = ()


def _to(location: str | bytes, status_code: int = 301) -> Mapping[str, bytes]:
    return {"/page": redirect(location, status_code), "/new": LIVING}


def _meta(content: str, markup: str = "{}") -> Mapping[str, bytes]:
    tag = f'<meta http-equiv="Refresh" content="{content}">'
    text = HTML.decode().replace("<h1>", markup.format(tag) + "<h1>")
    return {"/page": page(text.encode()), "/new": LIVING}


def _field(value: str) -> Mapping[str, bytes]:
    return {"/page": page(HTML, f"refresh: {value}"), "/new": LIVING}


def _chain(*statuses: int) -> Mapping[str, bytes]:
    """`/page` and `/1`, `/2`… redirect with these statuses, the last one to `/new`."""
    places = ["/page", *(f"/{number}" for number in range(1, len(statuses))), "/new"]
    hops = zip(places, statuses, places[1:], strict=False)
    return {**{here: redirect(there, status) for here, status, there in hops}, "/new": LIVING}


def _cookie_first(request: Request) -> Reply:
    """Sends everybody in a circle who does not bring the cookie back."""
    if "seen=1" in request.fields.get("cookie", ""):
        return Reply(raw=(LIVING,))
    return Reply(raw=(redirect("/page", 302, "Set-Cookie: seen=1; Path=/; HttpOnly"),))


HERE = "http://HOST"
TABLE: dict[str, Row] = {
    # --- which hops count
    "301": Row(answers=_chain(301), reason=MOVED, suggested=f"{HERE}/new"),
    "308": Row(answers=_chain(308), reason=MOVED, suggested=f"{HERE}/new"),
    "302": Row(answers=_chain(302), reason=Reason.OK, warns=("temporary_redirect",)),
    "303": Row(answers=_chain(303), reason=Reason.OK),
    "307": Row(answers=_chain(307), reason=Reason.OK),
    "301-301": Row(answers=_chain(301, 301), reason=MOVED, suggested=f"{HERE}/new"),
    "301-302": Row(answers=_chain(301, 302), reason=MOVED, suggested=f"{HERE}/1"),
    "302-301": Row(answers=_chain(302, 301), reason=Reason.OK),
    "301-308-307-301": Row(
        answers=_chain(301, 308, 307, 301), reason=MOVED, suggested=f"{HERE}/2"
    ),
    "nine": Row(answers=_chain(*[301] * 9), reason=MOVED, suggested=f"{HERE}/new"),
    "eleven": Row(answers=_chain(*[302] * 11), reason=Reason.TOO_MANY_REDIRECTS, final="/10"),
    "alias": Row(
        answers={"/en/stable/": redirect("/en/6.1/", 302), "/en/6.1/": LIVING},
        path="/en/stable/",
        reason=Reason.OK,
        final="/en/6.1/",
    ),
    "there-and-back": Row(
        answers={"/page": redirect("/page/"), "/page/": redirect("/page")},
        reason=Reason.REDIRECT_LOOP,
        final="/page/",
    ),
    "to-itself": Row(
        answers={"/page": redirect("/page", 302)}, reason=Reason.REDIRECT_LOOP, final="/page"
    ),
    # A jar of cookies ends what would be a circle without one.
    "cookie": Row(answers={"/page": _cookie_first}, reason=Reason.OK, final="/page"),
    # --- refreshes
    "meta-0": Row(answers=_meta("0; url=/new"), reason=MOVED, suggested=f"{HERE}/new"),
    "meta-odd": Row(answers=_meta("0;URL='/new'"), reason=MOVED, suggested=f"{HERE}/new"),
    "meta-1": Row(answers=_meta("1; url=/new"), reason=Reason.OK, warns=("temporary_redirect",)),
    "meta-5": Row(answers=_meta("5; url=/new"), reason=Reason.OK),
    "meta-6": Row(answers=_meta("6; url=/new"), reason=Reason.OK, final="/page"),
    "meta-itself": Row(answers=_meta("0; url=/page#x"), reason=Reason.OK, final="/page"),
    "meta-scheme": Row(answers=_meta("0; url=mailto:a@b.c"), reason=Reason.OK, final="/page"),
    "meta-noscript": Row(
        answers=_meta("0; url=/new", "<noscript>{}</noscript>"), reason=Reason.OK, final="/page"
    ),
    "meta-comment": Row(
        answers=_meta("0; url=/new", "<!-- {} -->"), reason=Reason.OK, final="/page"
    ),
    "field-0": Row(answers=_field("0; url=/new"), reason=MOVED, suggested=f"{HERE}/new"),
    "field-3": Row(answers=_field("3; url=/new"), reason=Reason.OK),
    "field-9": Row(answers=_field("9; url=/new"), reason=Reason.OK, final="/page"),
    "field-itself": Row(answers=_field("0; url=/page"), reason=Reason.OK, final="/page"),
    "meta-then-302": Row(
        answers={**_meta("0; url=/b"), "/b": redirect("/new", 302)},
        reason=MOVED,
        suggested=f"{HERE}/b",
    ),
    # --- how places are written
    "fragment-kept": Row(
        answers=_to("/new"), path="/page#part", reason=MOVED, suggested=f"{HERE}/new#part"
    ),
    "fragment-set": Row(
        answers=_to("/new#set"), path="/page#part", reason=MOVED, suggested=f"{HERE}/new#set"
    ),
    "fragment-carried": Row(
        answers={"/page": redirect("/1#set"), "/1": redirect("/new"), "/new": LIVING},
        reason=MOVED,
        suggested=f"{HERE}/new#set",
    ),
    "fragment-only": Row(
        answers={"/page": redirect("#top", 301)}, reason=Reason.REDIRECT_LOOP, final="/page"
    ),
    "relative": Row(
        answers={"/a/page": redirect("../new"), "/new": LIVING},
        path="/a/page",
        reason=MOVED,
        suggested=f"{HERE}/new",
    ),
    "query-only": Row(
        answers={"/page": redirect("?new"), "/page?new": LIVING},
        reason=MOVED,
        suggested=f"{HERE}/page?new",
        final="/page?new",
    ),
    "no-scheme": Row(
        answers=_to(f"//{SECOND}/new"),
        reason=MOVED,
        suggested=f"http://{SECOND}/new",
        final=f"http://{SECOND}/new",
    ),
    "uppercase": Row(
        answers=_to(f"HTTP://{SECOND.upper()}/new"),
        reason=MOVED,
        suggested=f"http://{SECOND}/new",
        final=f"http://{SECOND}/new",
    ),
    "no-slash": Row(
        answers=_to(f"http://{SECOND}?x"),
        reason=MOVED,
        suggested=f"http://{SECOND}/?x",
        final=f"http://{SECOND}/?x",
    ),
    "one-slash": Row(answers=_to("http:/new"), reason=MOVED, suggested=f"{HERE}/new"),
    "backslashes": Row(
        answers=_to(rf"http:\\{SECOND}\new"),
        reason=MOVED,
        suggested=f"http://{SECOND}/new",
        final=f"http://{SECOND}/new",
    ),
    "default-port": Row(
        answers=_to(f"http://{SECOND}:80/new"),
        reason=MOVED,
        suggested=f"http://{SECOND}/new",
        final=f"http://{SECOND}/new",
    ),
    "blanks-around": Row(answers=_to("   /new  "), reason=MOVED, suggested=f"{HERE}/new"),
    "blank-inside": Row(
        answers={"/page": redirect("/a b"), "/a%20b": LIVING},
        reason=MOVED,
        suggested=f"{HERE}/a%20b",
        final="/a%20b",
    ),
    "utf-8": Row(
        answers={"/page": redirect("/ü".encode()), "/%C3%BC": LIVING},
        reason=MOVED,
        suggested=f"{HERE}/%C3%BC",
        final="/%C3%BC",
    ),
    "latin-1": Row(
        answers={"/page": redirect("/ü".encode("latin-1")), "/%C3%BC": LIVING},
        reason=MOVED,
        suggested=f"{HERE}/%C3%BC",
        final="/%C3%BC",
    ),
    "idn": Row(
        answers=_to("http://bücher.example/new".encode()),
        reason=MOVED,
        suggested="http://xn--bcher-kva.example/new",
        final="http://xn--bcher-kva.example/new",
    ),
    "password": Row(
        answers=_to(f"http://me:secret@{SECOND}/new"),
        reason=MOVED,
        suggested=f"http://{SECOND}/new",
        final=f"http://{SECOND}/new",
    ),
    "twice-the-same": Row(
        answers={"/page": redirect("/new", 301, "Location: /new"), "/new": LIVING},
        reason=MOVED,
        suggested=f"{HERE}/new",
    ),
    "two-places": Row(
        answers={"/page": redirect("/new", 301, "Location: /other"), "/new": LIVING},
        reason=Reason.BAD_REDIRECT,
        final="/page",
    ),
    "without-host": Row(answers=_to("http:///new"), reason=Reason.BAD_REDIRECT, final="/page"),
    "path-for-host": Row(answers=_to("//new/"), reason=Reason.BAD_REDIRECT, final="/page"),
    "empty": Row(answers=_to(""), reason=Reason.BAD_REDIRECT, final="/page"),
    "missing": Row(
        answers={"/page": page(HTML, status="302 Found")},
        reason=Reason.BAD_REDIRECT,
        final="/page",
    ),
    "no-web": Row(answers=_to("ftp://x.example/"), reason=Reason.BAD_REDIRECT, final="/page"),
    "lower-case-field": Row(
        answers={
            "/page": b"HTTP/1.1 301 x\r\nlocation:/new\r\ncontent-length: 0\r\n\r\n",
            "/new": LIVING,
        },
        reason=MOVED,
        suggested=f"{HERE}/new",
    ),
    "with-content": Row(
        answers={
            "/page": answer(
                "Location: /new", "Content-Length: 20", status="301 x", content=b"x" * 20
            ),
            "/new": LIVING,
        },
        reason=MOVED,
        suggested=f"{HERE}/new",
    ),
    "200-with-location": Row(
        answers={"/page": page(HTML, "Location: /new")}, reason=Reason.OK, final="/page"
    ),
    "201-with-location": Row(
        answers={"/page": page(HTML, "Location: /new", status="201 Created")},
        reason=Reason.OK,
        final="/page",
    ),
    # --- where a permanent redirect ends
    "to-sign-in": Row(
        answers={"/page": redirect("/login"), "/login": LIVING},
        reason=Reason.LOGIN_REQUIRED,
        final="/login",
    ),
    "to-missing": Row(
        answers={"/page": redirect("/new"), "/new": NOT_FOUND}, reason=Reason.HTTP_404
    ),
    "to-page-404": Row(
        answers={"/page": redirect("/404"), "/404": LIVING},
        reason=Reason.SOFT_404,
        final="/404",
    ),
    "to-front-elsewhere": Row(
        answers=_to(f"http://{SECOND}/"),
        reason=MOVED,
        suggested=f"http://{SECOND}/",
        final=f"http://{SECOND}/",
    ),
    # --- how far the new place is
    "slash": Row(
        answers={"/page": redirect("/page/"), "/page/": LIVING},
        reason=Reason.TRIVIAL_REDIRECT,
        suggested=f"{HERE}/page/",
        final="/page/",
    ),
    "bare": Row(
        answers={"/page": redirect("http://www.bare.test/page")},
        reason=Reason.TRIVIAL_REDIRECT,
        suggested="http://www.bare.test/page",
        final="http://www.bare.test/page",
    ),
    "index": Row(
        answers={"/index.html": redirect("/"), "/": LIVING},
        path="/index.html",
        reason=Reason.TRIVIAL_REDIRECT,
        suggested=f"{HERE}/",
        final="/",
    ),
    "escapes": Row(
        answers={"/%c3%bc": redirect("/%C3%BC"), "/%C3%BC": LIVING},
        path="/%c3%bc",
        reason=Reason.TRIVIAL_REDIRECT,
        suggested=f"{HERE}/%C3%BC",
        final="/%C3%BC",
    ),
}


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Stored]]:
    houses = [House(name=name, path=row.path, pages=row.answers) for name, row in TABLE.items()]
    elsewhere = dict.fromkeys((SECOND, "xn--bcher-kva.example", "www.bare.test"), LIVING)
    with street(tmp_path_factory.mktemp("street"), houses, elsewhere=elsewhere) as built:
        ran = built.crawl()
        assert (ran.status, ran.faults) == (RunStatus.COMPLETE, ())
        yield built.stored()


@pytest.mark.parametrize("name", TABLE)
def test_a_redirect_comes_to_its_stored_row(name: str, stored: Mapping[str, Stored]) -> None:
    row, found = TABLE[name], stored[name]
    host = f"{name}.test"
    final = row.final if row.final.startswith("http") else f"http://{host}{row.final}"
    suggested = row.suggested and row.suggested.replace("HOST", host)
    assert (found.reason, found.suggested_url, found.final_url) == (row.reason, suggested, final)
    assert found.verdict == VERDICTS[row.reason]
    assert set(row.warns) <= set(found.warnings)
