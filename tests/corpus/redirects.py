"""Pure: redirects, and what is taken over from them."""

from functools import partial
from typing import Any

from crawler.model import WarningCode
from tests.corpus import topics
from tests.corpus.case import Case, Host
from tests.corpus.replies import Respond, answer, ok, raw, redirect, with_cookie
from tests.corpus.sites import BLOG, DOCS, Pages, host_and_path, site

row = partial(Case, group="redirects")
PAGE = topics.TYPE.on(BLOG)


def led(
    name: str,
    url: str,
    expected: str,
    pages: Pages,
    suggested_url: str | None = None,
    *,
    unknown: Respond | None = None,
    others: tuple[Host, ...] = (),
    **more: Any,
) -> Case:
    """A resource at a site with these pages."""
    host, _ = host_and_path(url)
    sites = (
        site(host, BLOG, pages, unknown=unknown, http=bool(more.pop("http", False))),
        *others,
    )
    return row(
        name=name,
        url=url,
        title=topics.TYPE.title,
        expected=expected,
        sites=sites,
        suggested_url=suggested_url,
        **more,
    )


def elsewhere(host: str, pages: Pages) -> tuple[Host, ...]:
    """Another host."""
    return (site(host, BLOG, pages),)


PERMANENT, TRIVIAL, UPGRADE = (
    "moved/permanent_redirect",
    "moved/trivial_redirect",
    "moved/https_upgrade",
)
TEMPORARY = frozenset({WarningCode.TEMPORARY_REDIRECT})
MOVED = (
    led(
        "301",
        "https://r01.net/a",
        PERMANENT,
        {"/a": redirect("/b"), "/b": PAGE},
        "https://r01.net/b",
    ),
    led(
        "308",
        "https://r02.net/a",
        PERMANENT,
        {"/a": redirect("/b", 308), "/b": PAGE},
        "https://r02.net/b",
    ),
    led(
        "two-permanent-hops",
        "https://r03.net/a",
        PERMANENT,
        {"/a": redirect("/b"), "/b": redirect("/c", 308), "/c": PAGE},
        "https://r03.net/c",
    ),
    led(
        "permanent-then-temporary",
        "https://r04.net/a",
        PERMANENT,
        {"/a": redirect("/b"), "/b": redirect("/c", 302), "/c": PAGE},
        "https://r04.net/b",
    ),
    led(
        "temporary-then-permanent",
        "https://r05.net/a",
        "ok/ok",
        {"/a": redirect("/b", 302), "/b": redirect("/c"), "/c": PAGE},
        warnings=TEMPORARY,
    ),
    led(
        "302",
        "https://r06.net/a",
        "ok/ok",
        {"/a": redirect("/b", 302), "/b": PAGE},
        warnings=TEMPORARY,
    ),
    led(
        "303",
        "https://r07.net/a",
        "ok/ok",
        {"/a": redirect("/b", 303), "/b": PAGE},
        warnings=TEMPORARY,
    ),
    led(
        "307",
        "https://r08.net/a",
        "ok/ok",
        {"/a": redirect("/b", 307), "/b": PAGE},
        warnings=TEMPORARY,
    ),
    led(
        "meta-refresh-0",
        "https://r09.net/a",
        PERMANENT,
        {"/a": '<meta http-equiv="refresh" content="0; url=/b">', "/b": PAGE},
        "https://r09.net/b",
    ),
    led(
        "meta-refresh-3",
        "https://r10.net/a",
        "ok/ok",
        {
            "/a": '<title>Moving</title><meta http-equiv="Refresh" content="3;URL=\'/b\'">',
            "/b": PAGE,
        },
        warnings=TEMPORARY,
    ),
    led(
        "meta-refresh-30-is-not-followed",
        "https://r11.net/a",
        "ok/ok",
        {
            "/a": BLOG(
                topics.TYPE.title,
                topics.TYPE.body,
                head='<meta http-equiv="refresh" content="30; url=/b">',
            )
        },
    ),
    led(
        "meta-refresh-in-noscript",
        "https://r12.net/a",
        "ok/ok",
        {
            "/a": BLOG(
                topics.TYPE.title,
                topics.TYPE.body,
                head='<noscript><meta http-equiv="refresh" content="0; url=/nojs"></noscript>',
            )
        },
    ),
    led(
        "meta-refresh-to-itself",
        "https://r13.net/a",
        "ok/ok",
        {
            "/a": BLOG(
                topics.TYPE.title,
                topics.TYPE.body,
                head='<meta http-equiv="refresh" content="0; url=/a">',
            )
        },
    ),
    led(
        "refresh-field",
        "https://r14.net/a",
        PERMANENT,
        {"/a": ok("", "Refresh: 0;url=https://r14.net/b"), "/b": PAGE},
        "https://r14.net/b",
    ),
    led(
        "fragment-is-kept",
        "https://r15.net/a#top",
        PERMANENT,
        {"/a": redirect("/b"), "/b": DOCS(topics.TYPE.title, topics.TYPE.body)},
        "https://r15.net/b#top",
    ),
    led(
        "fragment-is-replaced",
        "https://r16.net/a#old",
        PERMANENT,
        {"/a": redirect("/b#top"), "/b": DOCS(topics.TYPE.title, topics.TYPE.body)},
        "https://r16.net/b#top",
    ),
    led(
        "protocol-relative",
        "https://r17.net/a",
        PERMANENT,
        {"/a": redirect("//r17b.net/a")},
        "https://r17b.net/a",
        others=elsewhere("r17b.net", {"/a": PAGE}),
    ),
    led(
        "relative-path",
        "https://r18.net/x/a",
        PERMANENT,
        {"/x/a": redirect("../y/b"), "/y/b": PAGE},
        "https://r18.net/y/b",
    ),
    led(
        "location-with-utf-8",
        "https://r19.net/a",
        PERMANENT,
        {
            "/a": raw(
                "HTTP/1.1 301 Moved\r\nLocation: /caf\u00c3\u00a9\r\nContent-Length: 0\r\n\r\n"
            ),
            "/caf%C3%A9": PAGE,
        },
        "https://r19.net/caf%C3%A9",
    ),
    led(
        "location-with-blank",
        "https://r20.net/a",
        PERMANENT,
        {"/a": redirect("/my page"), "/my%20page": PAGE},
        "https://r20.net/my%20page",
    ),
    led(
        "location-in-capitals",
        "https://r21.net/a",
        PERMANENT,
        {"/a": redirect("HTTPS://R21.NET/b"), "/b": PAGE},
        "https://r21.net/b",
    ),
    led(
        "location-with-default-port",
        "https://r22.net/a",
        PERMANENT,
        {"/a": redirect("https://r22.net:443/b"), "/b": PAGE},
        "https://r22.net/b",
    ),
    led(
        "another-site-same-path",
        "https://r23.net/a",
        PERMANENT,
        {"/a": redirect("https://r23b.org/a")},
        "https://r23b.org/a",
        others=elsewhere("r23b.org", {"/a": PAGE}),
    ),
    led("https-upgrade", "http://r24.net/a", UPGRADE, {"/a": PAGE}, "https://r24.net/a"),
    led("https-upgrade-of-the-root", "http://r25.net/", UPGRADE, {"/": PAGE}, "https://r25.net/"),
    led(
        "https-and-www",
        "http://r26.net/a",
        TRIVIAL,
        {"http:/a": redirect("https://www.r26.net/a")},
        "https://www.r26.net/a",
        others=elsewhere("www.r26.net", {"/a": PAGE}),
    ),
    led(
        "slash-added",
        "https://r27.net/a",
        TRIVIAL,
        {"/a": redirect("/a/"), "/a/": PAGE},
        "https://r27.net/a/",
    ),
    led(
        "slash-removed",
        "https://r28.net/a/",
        TRIVIAL,
        {"/a/": redirect("/a"), "/a": PAGE},
        "https://r28.net/a",
    ),
    led(
        "www-added",
        "https://r29.net/a",
        TRIVIAL,
        {"/a": redirect("https://www.r29.net/a")},
        "https://www.r29.net/a",
        others=elsewhere("www.r29.net", {"/a": PAGE}),
    ),
    led(
        "index-file",
        "https://r30.net/a/index.html",
        TRIVIAL,
        {"/a/index.html": redirect("/a/"), "/a/": PAGE},
        "https://r30.net/a/",
    ),
    led(
        "case-of-escapes",
        "https://r31.net/%c3%a9",
        "moved/trivial_redirect",
        {"/%c3%a9": redirect("/%C3%A9"), "/%C3%A9": PAGE},
    ),
    led(
        "http-stays-http",
        "http://r32.net/a",
        "ok/ok",
        {"/a": PAGE},
        http=True,
        warnings=frozenset({WarningCode.INSECURE_HTTP}),
    ),
)
BAD = (
    led("to-a-404", "https://b01.net/a", "dead/http_404", {"/a": redirect("/gone")}),
    led(
        "to-a-410",
        "https://b02.net/a",
        "dead/http_410",
        {"/a": redirect("/gone"), "/gone": answer(410, "Gone")},
    ),
    led(
        "to-a-403",
        "https://b03.net/a",
        "blocked/forbidden",
        {"/a": redirect("/x"), "/x": answer(403, "No")},
    ),
    led(
        "to-a-name-that-is-gone",
        "https://b04.net/a",
        "dead/dns_not_found",
        {"/a": redirect("https://b04-gone.net/a")},
    ),
    led(
        "to-a-private-address",
        "https://b05.net/a",
        "failing/private_address",
        {"/a": redirect("http://192.168.1.1/admin")},
    ),
    led(
        "loop",
        "https://b06.net/a",
        "failing/redirect_loop",
        {"/a": redirect("/b"), "/b": redirect("/a")},
    ),
    led("loop-to-itself", "https://b07.net/a", "failing/redirect_loop", {"/a": redirect("/a")}),
    led(
        "loop-without-cookies",
        "https://b08.net/a",
        "ok/ok",
        {"/a": with_cookie("seen=1", ok(PAGE), redirect("/a", 302, "Set-Cookie: seen=1; Path=/"))},
    ),
    led(
        "eleven-hops",
        "https://b09.net/0",
        "failing/too_many_redirects",
        {f"/{n}": redirect(f"/{n + 1}") for n in range(12)},
    ),
    led(
        "ten-hops",
        "https://b10.net/0",
        PERMANENT,
        {**{f"/{n}": redirect(f"/{n + 1}") for n in range(10)}, "/10": PAGE},
        "https://b10.net/10",
    ),
    led("no-location", "https://b11.net/a", "failing/bad_redirect", {"/a": answer(302, "")}),
    led(
        "empty-port-out-of-range",
        "https://b12.net/a",
        "failing/bad_redirect",
        {"/a": redirect("https://b12.net:99999/")},
    ),
    led(
        "without-host",
        "https://b18.net/a",
        "failing/bad_redirect",
        {"/a": redirect("https:///new"), "/new": PAGE},
    ),
    led(
        "path-for-host",
        "https://b19.net/a",
        "failing/bad_redirect",
        {"/a": redirect("//new/"), "/new/": PAGE},
    ),
    led(
        "to-mailto",
        "https://b13.net/a",
        "failing/bad_redirect",
        {"/a": redirect("mailto:ida@b13.net")},
    ),
    led(
        "to-an-app-scheme",
        "https://b14.net/a",
        "failing/bad_redirect",
        {"/a": redirect("itms-apps://apps.example/1", 302)},
    ),
    led(
        "to-a-time-out",
        "https://b15.net/a",
        "failing/read_timeout",
        {"/a": redirect("/slow"), "/slow": raw("HTTP/1.1 200 OK\r\n", "", pause=1.5)},
    ),
    led(
        "to-robots-disallowed",
        "https://b16.net/a",
        "skipped/robots_disallowed",
        {"/a": redirect("https://b16b.net/a")},
        others=(
            site(
                "b16b.net",
                BLOG,
                {"/a": PAGE},
                robots=ok("User-agent: *\nDisallow: /\n", kind="text/plain"),
                forbidden=("/",),
            ),
        ),
    ),
    led(
        "300-multiple-choices-without-location",
        "https://b17.net/a",
        "failing/bad_redirect",
        {"/a": answer(300, "<a href=b>b</a>")},
    ),
)
CASES = (*MOVED, *BAD)
