"""Pure: sites that show one page for many URLs, and living pages that look like it."""

from functools import partial

from tests.corpus import topics
from tests.corpus.case import Case, Host
from tests.corpus.replies import always, ok, to
from tests.corpus.shells import script_shell
from tests.corpus.sites import BLOG, DOCS, HOMEPAGE, MANUAL, lone, site

gone = partial(Case, group="one-page", substitute=True, expected="suspect/suspect_soft_404")
lives = partial(Case, group="one-page", living=True, expected="ok/ok")

CHAPTERS = """<p>Welcome to the manual. It is made of these chapters, and of an index that lists all words.</p><ol>
<li><a href="/first-plugin.html">Writing your first plugin</a></li><li><a href="/hooks.html">Hooks and filters</a></li>
<li><a href="/testing.html">Testing what you wrote</a></li><li><a href="/releasing.html">Releasing it to others</a></li></ol>
<p>Each chapter can be read by itself. Corrections are welcome at the usual place, and so are translations.</p>"""
CONTENTS = MANUAL("Contents", CHAPTERS)
PLUGIN = MANUAL("Writing your first plugin", topics.SHELL.body)
API_FRONT = DOCS("quill.base (Quill Edition 17 and Kit 17)", CHAPTERS, h1="Module quill.base")
API_TYPE = DOCS("AnnotatedType (Quill Edition 17 and Kit 17)", topics.RUST.body)
LATE = "<style>" + "p{margin:0}" * 30_000 + "</style>"


def everywhere(host: str, page: str, **pages: str) -> tuple[Host, ...]:
    """A site that shows one page for all paths but those of `pages`; `_` stands for their slashes."""
    given = {"/" + path.replace("_", "/"): own for path, own in pages.items()}
    return (site(host, MANUAL, {"/": page, **given}, unknown=always(ok(page))),)


def of_one_host(
    host: str,
    names: tuple[str, ...],
    case: partial[Case],
    sites: tuple[Host, ...],
    title: str = "here",
) -> tuple[Case, ...]:
    """A case for each path, named after it."""
    return tuple(
        case(
            name=f"{host.partition('.')[0]}-{n}",
            url=f"https://{host}{path}",
            title=title,
            sites=sites,
        )
        for n, path in enumerate(names, 1)
    )


GONE = (
    gone(
        name="contents-for-every-path",
        url="https://plugman.net/first-plugin.html",
        title="Writing your first plugin",
        sites=everywhere("plugman.net", CONTENTS),
    ),
    gone(
        name="contents-for-every-path-under-a-poor-title",
        url="https://plugman.org/first-plugin.html",
        title="next chapter",
        sites=everywhere("plugman.org", CONTENTS),
    ),
    gone(
        name="contents-for-every-path-under-a-number",
        url="https://plugman.info/hooks-and-filters/",
        title="Chapter 7",
        sites=everywhere("plugman.info", DOCS("Contents", CHAPTERS)),
    ),
    gone(
        name="words-of-the-site-in-every-title",
        url="https://docs.quillkit.org/api/AnnotatedType.html",
        title="AnnotatedType (Quill Edition 17 and Kit 17)",
        sites=everywhere("docs.quillkit.org", API_FRONT),
    ),
    gone(
        name="words-of-the-site-on-the-front-page",
        url="https://docs.quillkit.net/api/AnnotatedType.html",
        title="AnnotatedType (Quill Edition 17 and Kit 17)",
        expected="dead/redirected_to_home",
        sites=(site("docs.quillkit.net", DOCS, {"/": API_FRONT}, unknown=to("/")),),
    ),
    gone(
        name="body-that-begins-late",
        url="https://heavyshop.net/guides/winter-tyres",
        title="Choosing winter tyres",
        sites=everywhere("heavyshop.net", HOMEPAGE("Offers", CHAPTERS, head=LATE)),
    ),
    gone(
        name="a-word-of-title-and-url-missing-in-another-script",
        url="https://igrok.ru/docs/vidix.html",
        title="VIDIX",
        sites=everywhere("igrok.ru", HOMEPAGE("Руководство", topics.RUSSIAN.body)),
    ),
    *of_one_host(
        "swallowed.net",
        ("/p/4711", "/p/4712", "/q/17"),
        gone,
        everywhere("swallowed.net", BLOG("Best loans of the year", topics.BIRDS.body)),
    ),
    *of_one_host(
        "copied.net",
        ("/ch08s01.html", "/apas05.html", "/apbs02.html"),
        gone,
        everywhere(
            "copied.net",
            BLOG(
                "Rook endgames",
                topics.CHESS.body,
                head='<link rel="canonical" href="https://rookclub.example/endings">',
            ),
        ),
    ),
)  # fmt: skip

LIVES = (
    lives(
        name="chapter-where-others-show-the-contents",
        url="https://plugbook.net/first-plugin.html",
        title="Writing your first plugin",
        sites=everywhere("plugbook.net", CONTENTS, **{"first-plugin.html": PLUGIN}),
    ),
    lives(
        name="chapter-under-a-poor-title",
        url="https://plugbook.org/ch01.html",
        title="the first chapter",
        sites=everywhere("plugbook.org", CONTENTS, **{"ch01.html": PLUGIN}),
    ),
    lives(
        name="chapter-that-has-another-name-by-now",
        url="https://plugbook.info/releasing-it",
        title="Releasing it to others",
        sites=everywhere(
            "plugbook.info", CONTENTS, **{"releasing-it": MANUAL("Publishing", topics.GIT.body)}
        ),
    ),
    lives(
        name="type-with-words-of-the-site",
        url="https://docs.quillkit.com/api/AnnotatedType.html",
        title="AnnotatedType (Quill Edition 17 and Kit 17)",
        sites=everywhere("docs.quillkit.com", API_FRONT, **{"api_AnnotatedType.html": API_TYPE}),
    ),
    lives(
        name="front-page-listed-deep-by-its-name",
        url="https://quillkit.dev/start/",
        title="Quill Edition Kit",
        sites=everywhere("quillkit.dev", DOCS("Quill Edition Kit", CHAPTERS, h1="Quill Edition Kit")),
    ),
    lives(
        name="front-page-led-to-by-its-name",
        url="https://quillkit.info/start/",
        title="Quill Edition",
        sites=(site("quillkit.info", DOCS, {"/": API_FRONT}, unknown=to("/")),),
    ),
    lives(
        name="body-that-begins-late-and-is-its-own",
        url="https://heavyshop.org/guides/4711",
        title="Choosing winter tyres",
        sites=lone(
            "https://heavyshop.org/guides/4711",
            HOMEPAGE,
            HOMEPAGE("Rubber and snow", topics.MAPS.body, head=LATE),
            unknown=always(ok(HOMEPAGE("Offers", CHAPTERS, head=LATE))),
        ),
    ),
    lives(
        name="a-word-of-title-and-url-in-another-script",
        url="https://igrok.org/docs/vidix.html",
        title="VIDIX",
        sites=everywhere(
            "igrok.org",
            HOMEPAGE("Руководство", CHAPTERS),
            **{"docs_vidix.html": HOMEPAGE("Вывод через VIDIX", topics.RUSSIAN.body)},
        ),
    ),
    lives(
        name="a-page-in-another-script-than-its-url",
        url="https://igrok.net/docs/combinatorics.html",
        title="",
        sites=everywhere(
            "igrok.net",
            HOMEPAGE("Руководство", CHAPTERS),
            **{"docs_combinatorics.html": topics.RUSSIAN.on(HOMEPAGE)},
        ),
    ),
    *of_one_host(
        "threepages.net",
        ("/p/4711", "/p/4712", "/q/17"),
        lives,
        everywhere("threepages.net", CONTENTS, p_4711=topics.CHESS.on(BLOG), p_4712=topics.GARDEN.on(BLOG), q_17=topics.TYPE.on(BLOG)),
    ),
    *of_one_host(
        "onepage.org",
        ("/p/17", "/p/17/", "/p/17?utm_source=list", "/p/17/index.html"),
        lives,
        everywhere("onepage.org", topics.CHESS.on(BLOG)),
    ),
    *of_one_host(
        "translated.org",
        ("/v1/4711", "/v2/4711", "/latest/4711"),
        lives,
        everywhere("translated.org", BLOG("Rook endgames", topics.CHESS.body, head='<link rel="canonical" href="https://translated.org/latest/4711">')),
    ),
    *of_one_host(
        "signin.example.net",
        ("/d/1", "/d/2", "/d/3"),
        lives,
        everywhere("signin.example.net", HOMEPAGE("Sign in to Docbox", CHAPTERS, h1="Sign in")),
    ),
    *of_one_host(
        "scripted.org",
        ("/d/1", "/d/2", "/d/3"),
        lives,
        everywhere("scripted.org", script_shell("Docbox", words="<h1>Docbox</h1><p>JavaScript is switched off in this browser. Please switch it on, or use another browser, to read what your friends and colleagues have shared with you on Docbox today.</p>")),
    ),
)  # fmt: skip

CASES = (*GONE, *LIVES)
