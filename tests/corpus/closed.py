"""Pure: front pages that only say that a service is over, and living ones that say that something is."""

from functools import partial

from tests.corpus.case import Case
from tests.corpus.default_texts import shown
from tests.corpus.looks import NEXT, PLAIN, Look
from tests.corpus.sites import lone

over = partial(Case, group="closed", expected="suspect/suspect_soft_404", substitute=True)
alive = partial(Case, group="closed", expected="ok/ok", living=True)

PRODUCT = Look("Tallyboard", NEXT)
HOMEPAGE = Look("Marten's pages", PLAIN)


def front(name: str, url: str, title: str, page: str, *, is_over: bool = False) -> Case:
    """A front page of a site with honest 404s."""
    make = over if is_over else alive
    return make(name=name, url=url, title=title, sites=lone(url, PRODUCT, page))


def notice(title: str, *text: str) -> str:
    """A page with nothing else on it."""
    return shown(title, *text, heading=title)


CASES = (
    front("service-has-ended", "https://tallyboard.app/", "Tallyboard - free boards for teams", notice("Tallyboard has ended", "Thank you for nine years."), is_over=True),
    front("hosting-is-discontinued", "https://pagenest.app/", "Pagenest free static site hosting", notice("Hosting is discontinued", "Sites were deleted in spring."), is_over=True),
    front("portal-no-longer-exists", "https://lehrfilme.app/", "Lehrfilme für Physik und Chemie", notice("This portal no longer exists", "Its owner has retired."), is_over=True),
    # The heading is of today, the page is of the resource
    front("museum-closed-on-mondays", "https://loommuseum.app/", "Museum of Looms", shown("Museum of Looms", "Looms from six centuries, some of them at work.", heading="The museum is closed today")),
    front("contest-has-ended", "https://smallprograms.app/", "Contest of small programs", shown("Contest of small programs", "Look at the winners, and at all that was sent.", heading="This year's contest has ended")),
    front("registration-is-closed", "https://retrocamp.app/", "Retro camp", PRODUCT("Retro camp", "<p>Four days of old machines.</p>" + "<p>Bring one along, and a cable.</p>" * 30, h1="Registration is closed")),
    front("archive-of-what-ended", "https://slowmail.app/", "Slow mail, a mailing list", HOMEPAGE("Slow mail", "<p>The mailing list has ended; here is its archive.</p>", h1="The list has ended, its archive stays")),
)  # fmt: skip
