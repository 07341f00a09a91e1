import pytest

from crawler.extract import read

URL = "https://example.org/guides/raft"


def _marks(html: str) -> tuple[str, ...]:
    return read(html.encode(), URL, "text/html; charset=utf-8").marks


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ('<body class="error404 wp-theme">Nothing here', "missing_body"),
        ("<body class='template-404'>", "missing_body"),
        ("<body id=pagenotfound>", "missing_body"),
        ('<meta name="Prerender-Status-Code" content="404">', "missing_status"),
        ('<meta name="render:status_code" content="410">', "missing_status"),
        ('<meta http-equiv="Status" content="404 Not Found">', "missing_status"),
        ('<meta name="next-error" content="not-found">', "missing_next"),
        ('<html data-adblockkey="MFww"><title>example.org</title>', "parked_advertising"),
        (
            (
                '<script id="__NEXT_DATA__" type="application/json">'
                '{"props":{"pageProps":{"statusCode":404}},"page":"/_error","query":{}}</script>'
            ),
            "missing_next",
        ),
        (
            '<script id="__NEXT_DATA__" type="application/json">{"props":{},"page":"/404"}</script>',
            "missing_next",
        ),
        (
            '<script>window.__NUXT__={layout:"default",error:{statusCode:404,message:""}}</script>',
            "missing_nuxt",
        ),
    ],
)
def test_marks_of_pages_for_missing_pages(html: str, code: str) -> None:
    assert _marks(html) == (code,)


@pytest.mark.parametrize(
    "html",
    [
        "<body class='page'><p>error404</p>",
        "<body class='postid-404 page-id-404'>",
        "<body><div class=error404>An example</div>",
        '<meta name="prerender-status-code" content="200">',
        '<meta name="prerender-status-code" content="301">',
        "<p>Use &lt;meta name=prerender-status-code content=404&gt;",
        (
            '<script id="__NEXT_DATA__" type="application/json">'
            '{"props":{"pageProps":{"statusCode":500}},"page":"/_error"}</script>'
        ),
        '<script id="__NEXT_DATA__" type="application/json">{"page":"/docs/404"}</script>',
        '<pre>&lt;script id="__NEXT_DATA__"&gt;{"page":"/404"}&lt;/script&gt;</pre>',
        "",
    ],
)
def test_other_pages_bear_none(html: str) -> None:
    assert _marks(html) == ()


def test_a_mark_is_told_once() -> None:
    html = '<meta name="next-error" content="not-found"><script id="__NEXT_DATA__">{"page":"/404"}</script>'
    assert _marks(html) == ("missing_next",)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<header>Site</header><nav>Menu</nav><p>Raft</p><aside>Ad</aside><footer>(c)", "Raft"),
        ("<main><article><header><h1>Raft</h1></header><p>A log", "Raft\nA log"),
        ("<div role=navigation>Menu</div><div>Raft</div>", "Raft"),
        ("<nav>Menu</nav>", "Menu"),
        ("", ""),
    ],
)
def test_main_text_leaves_the_frame_of_a_site_out(html: str, text: str) -> None:
    assert read(html.encode(), URL, "text/html").main_text == text


def test_main_text_is_that_of_html_alone() -> None:
    assert read(b"Raft", URL, "text/plain").main_text == ""


FEW, MORE = "word " * 24, "word " * 25


@pytest.mark.parametrize(
    ("html", "marks"),
    [
        ("<div id=root></div>", ("script_app", "script_app_empty")),
        (f"<div id=root>{FEW}", ("script_app", "script_app_empty")),
        (f"<div id=root>{MORE}", ("script_app",)),
        (f"<div id=root><nav>{MORE}</nav>Wait", ("script_app", "script_app_empty")),
        (f"<div id=root><nav>{MORE}</nav>", ("script_app", "script_app_empty")),
        (f"<div id=root><nav>{MORE}</nav>{MORE}", ("script_app",)),
        (f"<div id=root></div><noscript>{MORE}</noscript>", ("script_app", "script_app_empty")),
        (f"<div>{FEW}", ()),
    ],
)
def test_an_app_that_is_not_drawn_yet(html: str, marks: tuple[str, ...]) -> None:
    assert _marks(html) == marks


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://www.google.com/adsense/domains/caf.js?abp=1"></script>',
        "<script>if (1 < 2) new google.ads.domains.Caf(pageOptions);</script>",
        '<script>window.park = "eyJ1dWlk";</script>',
        '<iframe src="https://parking.bodiscdn.com/frame"></iframe>',
    ],
)
def test_marks_of_parked_pages(html: str) -> None:
    assert _marks(html) == ("parked_script",)


@pytest.mark.parametrize("tags", ["<frameset><frame", "<iframe"])
def test_a_frame_with_an_offer_of_the_domain_marks_a_parked_page(tags: str) -> None:
    start = f"{tags} src='https://www.sedo.com/"
    assert _marks(f"{start}search/details/?domain=example.org'>") == ("parked_frame",)
    assert _marks(f"{start}us/about-us/'>") == ()
    assert _marks("<a href='https://www.sedo.com/search/details/?domain=example.org'>") == ()


@pytest.mark.parametrize(
    "script",
    ['window.onload=function(){window.location.href="/lander"}', "location.replace('/lander')"],
)
def test_a_script_that_leads_to_the_lander(script: str) -> None:
    assert _marks(f"<script>{script}</script>") == ("parked_lander",)


@pytest.mark.parametrize(
    "html",
    [
        "<pre>new google.ads.domains.Caf(pageOptions)</pre>",
        "<p>Look for <code>window.park = &quot;ey</code> and caf.js.</p><script>x()</script>",
        '<script>window.park = {name: "Saxon Switzerland"}</script>',
        '<script src="https://www.google.com/adsense/search/ads.js"></script>',
        '<a href="https://www.google.com/adsense/domains/caf.js">caf.js</a>',
        '<a href="/lander">Lander</a>',
        '<a href="/cafe?cafe=1">Coffee</a> <code>/?caf=1</code>',
        "<div data-adblockkey=x>",
    ],
)
def test_pages_about_parking_bear_none(html: str) -> None:
    assert _marks(html) == ()


def test_links_to_searches_for_advertisements() -> None:
    assert _marks('<a href="/?caf&amp;query=Cheap+flights">Cheap flights</a>') == ("parked_links",)
