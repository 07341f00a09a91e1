"""Pure: answers that are unusual, and alive all the same."""

import ssl
from datetime import timedelta
from functools import partial
from typing import Any

import trustme

from crawler.demo.replies import Behaviour, Reply, Then
from crawler.demo.web import server_context
from crawler.model import WarningCode
from tests.corpus import topics
from tests.corpus.case import Case
from tests.corpus.nights import LAST_NIGHT
from tests.corpus.replies import (
    HTML,
    answer,
    chunked,
    coded,
    ok,
    raw,
    redirect,
    with_cookie,
)
from tests.corpus.sites import BLOG, DOCS, HOMEPAGE, lone

row = partial(Case, group="odd", living=True, expected="ok/ok")
PAGE = topics.STARS.on(BLOG)
LARGE = PAGE + f"<p>{'star ' * 500}</p>" * 1_000
"""Some 2.5 MB, over the byte cap."""


def odd(
    name: str,
    url: str,
    page: Behaviour | str,
    *,
    title: str = topics.STARS.title,
    warning: WarningCode | None = None,
    **more: Any,
) -> Case:
    """A page at a site that is otherwise ordinary."""
    warnings = frozenset({warning} if warning else ())
    return row(
        name=name, url=url, title=title, sites=lone(url, BLOG, page, **more), warnings=warnings
    )


def _ends_soon(authority: trustme.CA, host: str) -> ssl.SSLContext:
    end = (LAST_NIGHT + timedelta(days=5)).replace(
        tzinfo=None
    )  # trustme takes naive times, as UTC
    return server_context(authority.issue_cert(host, not_after=end))


def head(*lines: str) -> str:
    """The head of an answer, line by line."""
    return "\r\n".join((*lines, "", ""))


CODINGS = (
    odd("chunked", "https://o01.net/a", chunked(PAGE)),
    odd(
        "chunked-with-trailer",
        "https://o02.net/a",
        raw(
            head("HTTP/1.1 200 OK", f"Content-Type: {HTML}", "Transfer-Encoding: chunked"),
            "1c;x=y\r\n<title>Variable stars</title\r\n1\r\n>\r\n0\r\nX-Sum: 1\r\n\r\n",
        ),
    ),
    odd("gzip", "https://o03.net/a", coded(PAGE, "gzip")),
    odd("deflate-zlib", "https://o04.net/a", coded(PAGE, "deflate")),
    odd("deflate-raw", "https://o05.net/a", coded(PAGE, "raw deflate")),
    odd("identity-named", "https://o06.net/a", ok(PAGE, "Content-Encoding: identity")),
    odd("coding-is-a-charset", "https://o06b.net/a", ok(PAGE, "Content-Encoding: utf-8")),
    odd("coding-is-unknown", "https://o06c.net/a", ok(PAGE, "Content-Encoding: none")),
    odd(
        "http-1.0-until-close",
        "https://o07.net/a",
        raw(head("HTTP/1.0 200 OK", f"Content-Type: {HTML}"), PAGE.encode(), then=Then.CLOSE),
    ),
    odd(
        "early-hints",
        "https://o08.net/a",
        raw(head("HTTP/1.1 103 Early Hints", "Link: </s.css>; rel=preload"), ok(PAGE).parts()[0]),
    ),
    odd(
        "100-continue-first",
        "https://o09.net/a",
        raw(head("HTTP/1.1 100 Continue"), ok(PAGE).parts()[0]),
    ),
    odd(
        "field-names-in-capitals",
        "https://o10.net/a",
        raw(
            head(
                "HTTP/1.1 200 OK", "CONTENT-TYPE:text/html", f"CONTENT-LENGTH:{len(PAGE.encode())}"
            ),
            PAGE.encode(),
        ),
    ),
    odd(
        "no-reason-phrase",
        "https://o11.net/a",
        raw(
            head("HTTP/1.1 200", f"Content-Length: {len(PAGE.encode())}", f"Content-Type: {HTML}"),
            PAGE.encode(),
        ),
    ),
    odd("no-content-type", "https://o12.net/a", ok(PAGE, kind="")),
    odd(
        "xhtml",
        "https://o13.net/a",
        ok('<?xml version="1.0"?>' + PAGE, kind="application/xhtml+xml"),
    ),
    odd(
        "latin-1",
        "https://o14.net/a",
        ok(
            topics.FRENCH.on(HOMEPAGE).replace("utf-8", "iso-8859-1").encode("latin-1", "replace"),
            kind="text/html",
        ),
        title=topics.FRENCH.title,
    ),
    odd(
        "shift-jis",
        "https://o15.net/a",
        ok(
            topics.JAPANESE.on(HOMEPAGE).replace("utf-8", "shift_jis").encode("shift_jis"),
            kind="text/html",
        ),
        title=topics.JAPANESE.title,
    ),
    odd(
        "closing-after-each-answer",
        "https://o16.net/a",
        answer(200, PAGE, "Connection: close", then=Then.CLOSE),
    ),
    odd("closing-without-saying-so", "https://o17.net/a", answer(200, PAGE, then=Then.CLOSE)),
    odd("203", "https://o18.net/a", answer(203, PAGE)),
    odd("206", "https://o19.net/a", answer(206, PAGE, "Content-Range: bytes 0-9/10")),
)
KINDS = (
    odd("pdf", "https://o20.net/a.pdf", ok(b"%PDF-1.7\n" + b"\0" * 3000, kind="application/pdf")),
    odd(
        "json",
        "https://o21.net/a.json",
        ok('{"error": "not found is only a word here"}', kind="application/json"),
    ),
    odd(
        "plain-text-404",
        "https://o22.net/a.txt",
        ok("404 page not found, a poem\n", kind="text/plain"),
    ),
    odd("image", "https://o23.net/a.png", ok(b"\x89PNG\r\n" + b"\0" * 500, kind="image/png")),
    odd(
        "feed",
        "https://o24.net/feed.xml",
        ok(
            '<?xml version="1.0"?><rss version="2.0"><channel><title>Stars</title></channel></rss>',
            kind="application/rss+xml",
        ),
    ),
    odd("204", "https://o25.net/a", answer(204), warning=WarningCode.EMPTY_BODY),
    odd("205", "https://o26.net/a", answer(205), warning=WarningCode.EMPTY_BODY),
    odd("empty-200", "https://o27.net/a", ok(""), warning=WarningCode.EMPTY_BODY),
    odd("large-page", "https://o28.net/a", ok(LARGE), warning=WarningCode.BODY_TRUNCATED),
    odd(
        "large-gzip", "https://o29.net/a", coded(LARGE, "gzip"), warning=WarningCode.BODY_TRUNCATED
    ),
    odd(
        "slow-in-pieces",
        "https://o30.net/a",
        raw(
            *(
                p
                for p in (
                    ok(PAGE).parts()[0][:400],
                    ok(PAGE).parts()[0][400:900],
                    ok(PAGE).parts()[0][900:],
                )
            ),
            pause=0.6,
        ),
    ),
    odd(
        "noindex",
        "https://o31.net/a",
        BLOG(topics.STARS.title, topics.STARS.body, head='<meta name="robots" content="noindex">'),
        warning=WarningCode.NOINDEX,
    ),
    odd(
        "canonical-elsewhere",
        "https://o32.net/a?utm=1",
        BLOG(
            topics.STARS.title,
            topics.STARS.body,
            head='<link rel="canonical" href="https://o32.net/stars">',
        ),
        warning=WarningCode.CANONICAL_ELSEWHERE,
    ),
    odd(
        "fragment-missing",
        "https://o33.net/a#nowhere",
        DOCS(topics.STARS.title, topics.STARS.body),
        warning=WarningCode.FRAGMENT_MISSING,
    ),
    odd(
        "certificate-ends-soon",
        "https://o34.net/a",
        PAGE,
        certificate=_ends_soon,
        warning=WarningCode.TLS_EXPIRES_SOON,
    ),
)
RESET_ONCE = (Reply(raw=(), then=Then.RESET), answer(404))
ADDRESSES = (
    odd("query-alone", "https://o40.net/?page=stars", PAGE),
    odd("double-slash-path", "https://o41.net//a//b", PAGE),
    odd("semicolon-and-comma", "https://o42.net/a;v=1,2/b", PAGE),
    odd("tilde-and-plus", "https://o43.net/~ida/c++/", PAGE),
    odd("parentheses", "https://o44.net/wiki/Star_(astronomy)", PAGE),
    odd("encoded-slash", "https://o45.net/a%2Fb", PAGE),
    odd("unusual-port", "https://o46.net:8443/a", PAGE, more_ports=(8443,)),
    odd("hash-bang", "https://o48.net/#!/stars", PAGE),
    odd("long-url", "https://o49.net/" + "star" * 200, PAGE),
    row(
        name="idn",
        url="https://b\u00fccher-stern.de/a",
        title=topics.STARS.title,
        sites=lone("https://xn--bcher-stern-thb.de/a", BLOG, PAGE),
    ),
    row(
        name="umlaut-in-path",
        url="https://o50.net/b\u00fccher",
        title=topics.STARS.title,
        sites=lone("https://o50.net/b%C3%BCcher", BLOG, PAGE),
    ),
    row(
        name="capitals-in-host",
        url="https://O51.NET/a",
        title=topics.STARS.title,
        sites=lone("https://o51.net/a", BLOG, PAGE),
    ),
    odd("first-connection-reset", "https://o52.net/a", PAGE, robots=RESET_ONCE),
    odd("first-answer-502", "https://o53.net/a", (answer(502, "Bad Gateway"), ok(PAGE))),
    odd(
        "cookie-on-redirect-needed",
        "https://o54.net/a",
        with_cookie("s=1", ok(PAGE), redirect("/a", 307, "Set-Cookie: s=1; Path=/")),
    ),
    row(
        name="not-modified",
        url="https://o55.net/a",
        title=topics.STARS.title,
        expected="ok/not_modified",
        sites=lone("https://o55.net/a", BLOG, ok(PAGE, 'ETag: "7"')),
        before=(lone("https://o55.net/a", BLOG, ok(PAGE, 'ETag: "7"')),),
    ),
)
CASES = (*CODINGS, *KINDS, *ADDRESSES)
