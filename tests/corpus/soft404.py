"""Pure: pages that say with a 200, or by a redirect, that the resource is not there."""
# ruff: noqa: RUF001 -- texts in other scripts are meant

from functools import partial
from typing import Any

from tests.corpus import topics
from tests.corpus.case import Case
from tests.corpus.looks import JEKYLL, MKDOCS, NEWS, NEXT, PLAIN, SPHINX, WORDPRESS, Look
from tests.corpus.replies import Respond, always, ok
from tests.corpus.sites import (
    BLOG,
    DOCS,
    FORUM,
    GITHUB_PAGES,
    HOMEPAGE,
    MANUAL,
    PAPER,
    PRODUCT,
    WIKI,
    host_and_path,
    missing,
    pretending,
    site,
)

row = partial(Case, group="soft404", substitute=True, expected="dead/soft_404")

POPULAR = "<h2>Popular articles</h2>" + "".join(
    f'<article><h3><a href="/{n}">{topic.title}</a></h3><p>{topic.text[0]}</p></article>'
    for n, topic in enumerate((topics.GARDEN, topics.STARS, topics.CHESS, topics.MAPS))
)


def gone(name: str, url: str, title: str, page: Respond, look: Look = BLOG, **more: Any) -> Case:
    """A resource whose site answers it, and everything else, like this."""
    host, _ = host_and_path(url)
    sites = (site(host, look, {}, unknown=page),)
    return row(name=name, url=url, title=title, sites=sites, **more)


def says(look: Look, title: str, body: str, **more: Any) -> Respond:
    """The same page with a 200 for whatever is request."""
    return always(ok(look(title, body, **more)))


PHRASES = (
    gone(
        "wordpress-200",
        "https://breadlog.net/sourdough-guide/",
        topics.SOURDOUGH.title,
        always(ok(missing(BLOG))),
    ),
    gone(
        "wordpress-200-without-class",
        "https://breadlog.org/sourdough-guide/",
        topics.SOURDOUGH.title,
        pretending(BLOG),
    ),
    gone(
        "mkdocs-200",
        "https://quillmark.app/guide/tables/",
        "Tables in Quillmark",
        pretending(DOCS),
        DOCS,
    ),
    gone(
        "sphinx-200",
        "https://libtern.app/en/latest/sockets.html",
        "libtern sockets",
        pretending(MANUAL),
        MANUAL,
    ),
    gone(
        "jekyll-200",
        "https://notes-by-marten.net/2019/rebase.html",
        topics.GIT.title,
        pretending(GITHUB_PAGES),
        GITHUB_PAGES,
    ),
    gone(
        "next-200",
        "https://lumenpad.org/blog/grid",
        topics.GRID.title,
        pretending(PRODUCT),
        PRODUCT,
    ),
    gone(
        "news-200",
        "https://harbourcourier.info/science/godwits",
        topics.BIRDS.title,
        pretending(PAPER),
        PAPER,
    ),
    gone(
        "apache-text-200",
        "https://oldserver.net/~ida/sql.html",
        topics.SQL.title,
        pretending(HOMEPAGE),
        HOMEPAGE,
    ),
    gone(
        "discourse-200",
        "https://forum.oak.community/t/glue/77",
        "Which glue for oak?",
        pretending(FORUM),
        FORUM,
    ),
    gone(
        "oops",
        "https://appgallery.io/apps/typing-race",
        "Typing Race",
        says(
            PRODUCT,
            "Oops!",
            "<p>We can't seem to find the page you're looking for.</p><a href='/'>Go home</a>",
        ),
        PRODUCT,
    ),
    gone(
        "error-404-heading-only",
        "https://kernelnotes.org/articles/rbtree",
        topics.TREES.title,
        says(DOCS, "Kernel Notes", "<p>Sorry.</p>", h1="Error 404"),
        DOCS,
    ),
    gone(
        "page-cannot-be-displayed",
        "https://intranet-help.net/kb/1044",
        "Git for beginners",
        says(
            HOMEPAGE,
            "The page cannot be found",
            "<p>The page you are looking for might have been removed, had its name changed, or is temporarily unavailable.</p><h2>HTTP Error 404 - File or directory not found. Internet Information Services (IIS)</h2>",
        ),
        HOMEPAGE,
    ),
    gone(
        "product-not-found",
        "https://bookbarn.shop/item/sicp",
        topics.LISP.title,
        says(
            PRODUCT,
            "Product not found",
            "<p>The product you are looking for does not exist. Continue shopping.</p>",
        ),
        PRODUCT,
    ),
    gone(
        "article-does-not-exist",
        "https://kb.vendor.support/hc/articles/360012",
        "Setting up the agent",
        says(
            PRODUCT,
            "This article doesn't exist",
            "<p>The article may have been removed. Try a search.</p>",
        ),
        PRODUCT,
    ),
    gone(
        "user-not-found",
        "https://codeshare.social/@marten/rebase",
        "Rebase walkthrough by Marten",
        says(PRODUCT, "User not found", "<p>This account does not exist.</p>"),
        PRODUCT,
    ),
    gone(
        "video-unavailable",
        "https://vidhost.tv/watch?v=8aGhZQkoFbQ",
        "What the heck is the event loop anyway?",
        says(PRODUCT, "Video not found", "<p>This video isn't available anymore.</p>"),
        PRODUCT,
    ),
    gone(
        "wiki-no-text",
        "https://hobbypedia.info/wiki/Hurdy-gurdy_wheel",
        "Hurdy-gurdy wheel",
        pretending(WIKI),
        WIKI,
    ),
    gone(
        "database-query-page",
        "https://oldcms.net/show.php?id=4711",
        "Lecture notes on maps",
        says(HOMEPAGE, "Page not found", "<p>No record with this number.</p>"),
        HOMEPAGE,
    ),
    gone(
        "file-not-found-plain",
        "https://ftp.old.edu/pub/papers/lisp.html",
        "Lisp papers",
        always(
            ok(
                "<html><head><title>File Not Found</title></head><body>File not found.</body></html>"
            )
        ),
    ),
    gone(
        "nothing-found-search-style",
        "https://slownotebook.org/typography-basics/",
        topics.TYPE.title,
        says(
            BLOG,
            "Nothing found",
            "<p>It seems we can’t find what you’re looking for. Perhaps searching can help.</p><form><input name=s></form>",
        ),
    ),
    gone(
        "search-results-for-the-slug",
        "https://megashop.store/books/typography",
        topics.TYPE.title,
        lambda a: ok(
            PRODUCT(
                "Page not found",
                f"<p>We searched for “{a.path.rpartition('/')[2]}” instead: 0 results.</p>",
            )
        ),
        PRODUCT,
    ),
    gone(
        "gone-410-in-text",
        "https://archiveof.news/2011/ports",
        "Ports of the North Sea",
        says(PAPER, "410 Gone", "<p>This content has been permanently removed.</p>"),
        PAPER,
    ),
    gone(
        "long-with-popular-articles",
        "https://magazin.review/ideas/rust-ownership",
        topics.RUST.title,
        says(
            PAPER,
            "Page not found",
            "<p>Sorry, that page is gone. Perhaps one of these interests you.</p>" + POPULAR,
        ),
        PAPER,
    ),
    gone(
        "very-long-with-site-map",
        "https://magazin.reviews/ideas/use-the-index",
        topics.SQL.title,
        says(PAPER, "We couldn't find that page", POPULAR * 3),
        PAPER,
    ),
    gone(
        "site-name-in-title-first",
        "https://statecollege.edu/math/linear-algebra",
        "Linear algebra course",
        says(HOMEPAGE, "State College | 404 - Page Not Found", "<p>Try our A-Z index.</p>"),
        HOMEPAGE,
    ),
    gone(
        "random-quote-differs-each-time",
        "https://quirky.blog/posts/compost",
        topics.GARDEN.title,
        lambda a: ok(
            BLOG(
                "Page not found",
                f"<p>Nothing here. Your fortune: {topics.ENGLISH[len(a.path) % 16].text[0]}</p>",
            )
        ),
    ),
    gone(
        "echoes-the-path",
        "https://quirky.dev/docs/rook-endgames",
        topics.CHESS.title,
        lambda a: ok(
            DOCS(
                "Not found",
                f"<p>The path <code>{a.path}</code> does not exist on this server.</p>",
            )
        ),
        DOCS,
    ),
)
LANGUAGES = tuple(
    gone(
        f"language-{lang}",
        f"https://pagina-{lang}.net/{slug}",
        topic.title,
        says(Look("Pagina", style, lang), title, f"<p>{text}</p>"),
        Look("Pagina", style, lang),
    )
    for lang, slug, topic, style, title, text in (
        (
            "de",
            "astronomie/einfuehrung",
            topics.GERMAN,
            WORDPRESS,
            "Seite nicht gefunden",
            "Die angeforderte Seite existiert nicht oder wurde verschoben.",
        ),
        (
            "fr",
            "photo/argentique",
            topics.FRENCH,
            PLAIN,
            "Page introuvable",
            "La page que vous recherchez n'existe pas ou a été déplacée.",
        ),
        (
            "es",
            "recetas/gazpacho",
            topics.SPANISH,
            WORDPRESS,
            "Página no encontrada",
            "Lo sentimos, la página que buscas no existe.",
        ),
        (
            "it",
            "guide/dolomiti",
            topics.ITALIAN,
            NEWS,
            "Pagina non trovata",
            "La pagina richiesta non esiste più o è stata spostata.",
        ),
        (
            "pt",
            "azulejo/historia",
            topics.PORTUGUESE,
            JEKYLL,
            "Página não encontrada",
            "A página que procura não existe.",
        ),
        (
            "nl",
            "fietsen/zuiderzee",
            topics.DUTCH,
            WORDPRESS,
            "Pagina niet gevonden",
            "De opgevraagde pagina bestaat niet.",
        ),
        (
            "pl",
            "python/podstawy",
            topics.POLISH,
            NEXT,
            "Nie znaleziono strony",
            "Strona, której szukasz, nie istnieje.",
        ),
        (
            "ru",
            "math/kombinatorika",
            topics.RUSSIAN,
            PLAIN,
            "Страница не найдена",
            "Запрашиваемая страница не существует.",
        ),
        (
            "ja",
            "garden/history",
            topics.JAPANESE,
            NEXT,
            "ページが見つかりません",
            "お探しのページは存在しないか、移動した可能性があります。",
        ),
        (
            "zh",
            "ml/intro",
            topics.CHINESE,
            PLAIN,
            "页面不存在",
            "抱歉，您访问的页面不存在或已被删除。",
        ),
        (
            "tr",
            "gezi/istanbul",
            topics.TURKISH,
            WORDPRESS,
            "Sayfa bulunamadı",
            "Aradığınız sayfa mevcut değil.",
        ),
        (
            "sv",
            "svamp/skog",
            topics.SWEDISH,
            JEKYLL,
            "Sidan kunde inte hittas",
            "Sidan du söker finns inte.",
        ),
        (
            "cs",
            "grafy/uvod",
            topics.CZECH,
            MKDOCS,
            "Stránka nenalezena",
            "Požadovaná stránka neexistuje.",
        ),
        (
            "ko",
            "grammar/basic",
            topics.KOREAN,
            SPHINX,
            "페이지를 찾을 수 없습니다",
            "요청하신 페이지가 존재하지 않습니다.",
        ),
    )
)
CASES = (*PHRASES, *LANGUAGES)
