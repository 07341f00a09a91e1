"""Pure: soft 404s and redirects home as real services serve them."""

from functools import partial

from crawler.demo.replies import Reply, Request
from tests.corpus.case import Case, Host
from tests.corpus.outsider import lone, one
from tests.corpus.outsider_pages import APACHE_404
from tests.corpus.outsider_rot_pages import (
    ARABIC_MISSING,
    COURSE_GONE,
    DOCUSAURUS_MISSING,
    HUNGARIAN_MISSING,
    MINTLIFY_MISSING,
    NEW_HOME,
    SHAREPOINT_MISSING,
    VIDEO,
    VIDEO_UNAVAILABLE,
)
from tests.corpus.replies import always, not_found, ok, redirect, to

COURSE = "https://kurs.kystskolen.no/katalog/navigasjon-for-seilere"
SEAT = "https://vidnest.tv/watch?v=8aGhZQkoFbQ"

lost = partial(lone, group="outsider-soft404", substitute=True, expected="dead/soft_404")


def sharepoint(request: Request) -> Reply:
    """Every unknown path is sent to one page, which is told the path."""
    if "PageNotFoundError" in request.path:
        return ok(SHAREPOINT_MISSING)
    there = f"/Sivut/PageNotFoundError.aspx?requestUrl=https://www.joenranta.fi{request.path}"
    return redirect(there, 302)


def told_the_old_path(request: Request) -> Reply:
    """A front page under as many addresses as there are missing pages."""
    if request.path.startswith("/?"):
        return ok(NEW_HOME.replace("{site}", "Faros"))
    return redirect(f"/?utm_source=404&from={request.path.replace('/', '%2F')}")


SOFT_404 = (
    lost(
        "mintlify-200",
        "https://docs.tesselbase.dev/guides/row-policies",
        "Row policies in Tesselbase",
        unknown=always(ok(MINTLIFY_MISSING)),
    ),
    # Neither title nor heading; but these two words are all there is, for every path.
    lost(
        "two-words-and-nothing-else",
        "http://smallstonepantry.com.au/recipes/quince-paste",
        "Quince paste without sugar",
        unknown=always(ok("<html><body>Not found</body></html>", kind="text/html")),
    ),
    # The shell names the trouble only inside its script; the title has lost the talk's name. No
    # visible word says that it is missing, so nothing convicts; but it was there last night.
    lost(
        "video-unavailable-in-a-shell",
        SEAT,
        "What the heck is the event loop anyway?",
        unknown=always(ok(VIDEO_UNAVAILABLE)),
        before=(one(SEAT, VIDEO, always(ok(VIDEO_UNAVAILABLE))),),
        expected="suspect/suspect_soft_404",
    ),
    lost(
        "sharepoint-in-finnish",
        "https://www.joenranta.fi/kirjasto/paikallishistoria/Sivut/tervanpoltto.aspx",
        "Tervanpoltto Joenrannassa",
        unknown=sharepoint,
    ),
    lost(
        "portal-in-hungarian",
        "https://muzeumter.hu/gyujtemeny/oreg-terkepek",
        "Régi térképek a múzeumban",
        unknown=always(ok(HUNGARIAN_MISSING)),
    ),
    lost(
        "wordpress-in-arabic",
        "https://khattarabi.org/lessons/thuluth-1/",
        "الدرس الأول في خط الثلث",
        unknown=always(ok(ARABIC_MISSING)),
    ),
    # A bucket behind a distribution that maps every error to /404.html with status 200.
    lost(
        "docusaurus-behind-a-distribution",
        "https://quartzdb.dev/docs/tutorial/joins",
        "Joins in QuartzDB, a tutorial",
        unknown=always(ok(DOCUSAURUS_MISSING)),
    ),
    lost(
        "course-withdrawn-in-norwegian",
        COURSE,
        "Navigasjon for seilere",
        COURSE_GONE,
        expected="suspect/suspect_soft_404",
    ),
)

home = partial(Case, group="outsider-homes", substitute=True, expected="dead/redirected_to_home")
HOMES = (
    home(
        name="home-by-way-of-plain-http",
        url="https://www.hafenmodelle.de/bauplaene/kogge.html",
        title="Bauplan einer Kogge",
        sites=(
            Host(
                name="www.hafenmodelle.de",
                pages={
                    "https:/": ok(NEW_HOME.replace("{site}", "Hafenmodelle")),
                    "http:/": redirect("https://www.hafenmodelle.de/"),
                },
                unknown=to("http://www.hafenmodelle.de/", 302),
            ),
        ),
    ),
    home(
        name="home-with-the-old-path-in-its-query",
        url="https://faros.es/historia/faro-de-chipiona",
        title="El faro de Chipiona",
        sites=(
            Host(
                name="faros.es",
                pages={"/": ok(NEW_HOME.replace("{site}", "Faros"))},
                unknown=told_the_old_path,
            ),
        ),
    ),
    home(
        name="project-host-folded-into-the-company",
        url="https://labs.corvid.systems/2031/ring-buffers",
        title="Ring buffers without locks",
        sites=(
            Host(name="labs.corvid.systems", pages={}, unknown=to("https://corvid.systems/", 301)),
            Host(
                name="corvid.systems",
                pages={
                    "/": redirect("/en-gb/", 302),
                    "/en-gb/": ok(NEW_HOME.replace("{site}", "Corvid Systems")),
                },
                unknown=not_found(APACHE_404),
            ),
        ),
    ),
    home(
        name="one-article-sent-home",
        url="https://oficinadovidro.pt/artigos/sopro-livre",
        title="O sopro livre passo a passo",
        expected="suspect/suspect_redirect_home",
        sites=(
            Host(
                name="oficinadovidro.pt",
                pages={
                    "/": ok(NEW_HOME.replace("{site}", "Oficina do Vidro")),
                    "/artigos/sopro-livre": redirect("/", 301),
                },
                unknown=not_found("<title>404</title><h1>Página não encontrada</h1>"),
            ),
        ),
    ),
)

CASES = (*SOFT_404, *HOMES)
