"""Pure: pages that servers and hosters show where a site does not exist yet, or no longer."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultPage:
    """How a default page is recognized."""

    name: re.Pattern[str]
    """Matches its whole title, or its first heading if it has no title."""
    says: str = ""
    """Lower-case words in its text, where other pages have such a name too."""
    max_words: int = 150
    """It has fewer."""


def _row(name: str, *, says: str = "", max_words: int = 150) -> DefaultPage:
    return DefaultPage(name=re.compile(name, re.IGNORECASE), says=says, max_words=max_words)


PAGES: tuple[DefaultPage, ...] = (
    # Servers, as their distributions ship them
    _row(r"welcome to (?:nginx|openresty|tengine|freenginx|angie)(?: on [\w .]+)?!?"),
    _row(r"test page for the (?:nginx|apache) (?:http )?server(?: on .+)?", max_words=600),
    _row(r"(?:apache )?http server test page(?:,? powered by .+)?", max_words=600),
    _row(r"apache2? [\w ]*default page(?:: it works!?)?", max_words=600),
    _row(r"it works!?", max_words=40),
    _row(r"iis[\d. ]*(?:windows)?(?: server)?(?: \d+)?", max_words=40),
    _row(r"microsoft internet information services \d+"),
    _row(r"apache tomcat(?:/[\d.]+)?", says="successfully installed tomcat", max_words=600),
    _row(r"caddy works!?"),
    _row(r"welcome to (?:your new )?lighttpd(?: server)?!?", max_words=300),
    _row(r"placeholder page", says="lighttpd", max_words=300),
    _row(r"litespeed web server at .+"),
    _row(r"welcome to xampp", says="successfully installed xampp", max_words=300),
    _row(r"wampserver homepage", says="server configuration", max_words=300),
    # Control panels and hosters
    _row(r"(?:domain|web server'?s|plesk)[\w ]* default page", max_words=300),
    _row(r"default (?:web ?site|parallels plesk) ?page", max_words=300),
    _row(r"default (?:parallels )?plesk(?: panel)? page", max_words=300),
    _row(r"default page", says="hosting"),
    _row(r"index of default site"),
    _row(r"welcome!?", says="default index page of your website"),
    _row(r"домен не прилинкован ни к одной из директорий на сервере!?"),
    _row(r"無効なurlです。?", max_words=300),
    _row(r"(?:hetzner online gmbh - )?standard page", says="hetzner"),
    _row(r"site en construction", says="votre domaine a bien été créé"),
    _row(r"(?:this )?(?:account|web ?site|site|hosting account)(?: has been| is)? suspended[.!]?"),
    _row(r"contact support", says="suspended"),
    _row(r"(?:this )?(?:web ?site|hosting|domain)(?: has| is)? expired[.!]?"),
    _row(r"future home of something quite cool\.?"),
    _row(r"félicitations ! votre domaine a bien été créé .+"),
    _row(r"squarespace - (?:website expired|domain not claimed|no such (?:account|site))"),
    _row(r"(?:this )?(?:shop|store)(?: is)?(?: currently)? unavailable", says="shop"),
    _row(r".*this domain is(?:n'?t| not) connected to a website(?: yet)?.*"),
    # Platforms
    _row(r"(?:heroku \| )?no such app"),
    _row(r"there isn'?t a github pages site here\.?"),
    _row(r"site not found(?: [·|-] github pages)?"),
    _row(r"welcome to firebase hosting"),
    _row(r"microsoft azure app service - welcome"),
    _row(r"azure static web apps - welcome"),
    _row(r"(?:404 )?web (?:site|app) not found", says="azure"),
    _row(r"fastly error: unknown domain.*"),
    _row(r"project not found", says="surge"),
    _row(r"(?:nosuchbucket|the specified bucket does not exist)"),
    _row(r"(?:unknown|unrecognized|unconfigured) (?:domain|site|host)"),
    _row(r"(?:app|application|deployment|project) not found", says="deploy"),
    _row(r"blog not found", says="blogger"),
    _row(r"oops! this project isn'?t running\.?"),
    _row(r"run this repl to see the results here\.?"),
)
"""Names are written with straight apostrophes."""

PATHS = frozenset(
    {
        "/cgi-sys/defaultwebpage.cgi",
        "/cgi-sys/suspendedpage.cgi",
        "/suspended.page",
        "/suspended.page/",
    }
)
"""Where control panels redirect requests for sites that are not there."""
