"""Pure: pages that servers and hosters show where a site does not exist yet, or no longer.

Each row needs the exact title. Where another page could have that title too (an article, or a page that
was made out of the default page), it also needs a sentence that only the default page has, and then the
number of words hardly matters: Debian's page of Apache has 480.
"""
# ruff: noqa: RUF001 -- typographic and foreign characters are meant

import re
from dataclasses import dataclass

_ANY = 100_000
"""Words; no default page has as many."""
_FEW = 40
"""Words. Many a page was made out of a default page, and kept its title; it has more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultPage:
    """How a default page is recognized; all that a row says must be met."""

    name: re.Pattern[str]
    """Matches its whole title, its first heading if it has no title, or a bare text without either."""
    says: tuple[str, ...] = ()
    """Words of the page's maker in its text or description; one is enough."""
    bare_words: int = 0
    """With fewer words, the page need not contain any of `says`: it has little but its title."""
    max_words: int
    """It has fewer."""


def _row(name: str, *says: str, max_words: int | None = None, bare_words: int = 0) -> DefaultPage:
    most = max_words or (_ANY if says else 150)
    return DefaultPage(name=re.compile(name), says=says, bare_words=bare_words, max_words=most)


_SERVERS: tuple[DefaultPage, ...] = (
    # Web servers, as they and their distributions ship them
    _row(
        r"welcome to (?:nginx|openresty|tengine|freenginx|angie)(?: on [\w .]+)?!?",
        "successfully installed and working",
        bare_words=_FEW,
    ),
    _row(
        r"test page for the (?:(?:nginx|apache) )?http server(?: on .+)?"
        r"|(?:apache )?http server test page(?:,? powered by:? .+)?",
        "is used to test the proper operation of",
        "installed at this site is working properly",
        "testing 123",
        bare_words=_FEW,
    ),
    _row(r"[\w ]{3,40} test page", "is used to test the proper operation of"),
    _row(
        r"test page for (?:the ssl/tls-aware )?(?:apache|yaws) installation(?: on web ?site)?",
        "software on this system was successful",
        "instead of the website you expected",
        bare_words=_FEW,
    ),
    _row(r"welcome to centos", "community enterprise operating system"),
    _row(
        r"apache2? [\w ]*default page(?:: it works!?)?",
        "this is the default welcome page used to test",
        bare_words=_FEW,
    ),
    _row(r"it works ?!?", max_words=40),
    _row(r"(?:welcome page|untitled document|index)", "it works!", max_words=10),
    _row(r"(?:apache|openlitespeed|litespeed) is functioning normally\.?", max_words=40),
    _row(r"iis[\d. ]*(?:windows)?(?: server)?(?: \d+)?", max_words=40),
    _row(r"microsoft internet information services \d+"),
    _row(r"under construction", "does not currently have a default page"),
    _row(r"site not found", "no web site is configured at this address"),
    _row(
        r"caddy works!?",
        "your web server is working. now make it work for you",
        bare_words=_FEW,
    ),
    _row(r"welcome to (?:your new )?lighttpd(?: server)?!?", max_words=300),
    _row(
        r"(?:welcome|placeholder) page",
        "the owner of this web site has not put up any web pages yet",
        "lighttpd",
        max_words=400,
    ),
    _row(r"litespeed web server at .+"),
    _row(r"open ?litespeed(?: web server)?", "congratulation", max_words=300),
    _row(
        r"there(?:'s| is) no web ?site configured (?:on|at|for) this (?:host ?name|address|domain)\.?"
    ),
    _row(r"hello! welcome to synology web station!?"),
    _row(r"ibm http server(?: [\d.]+)?", "welcome to the ibm http server"),
    # Servers of applications
    _row(
        r"apache tomcat(?:/[\d.]+)?(?: \([\d.]+\))?",
        "successfully installed tomcat",
        "setup tomcat successfully",
    ),
    _row(r"apache tomee(?:/[\d.]+)?", "successfully installed tom"),
    _row(r"welcome to jetty(?: [\d.]+)?(?: on \w+)?", "servlet", "this is the default"),
    _row(r"(?:glassfish|payara) server - server running", "your server is now running"),
    _row(
        r"welcome to (?:wildfly|jboss)(?: (?:as|eap|application server))?(?: [\d.]+)?",
        "is running",
    ),
    _row(r"(?:websphere|open) liberty", "welcome to liberty"),
    _row(r"rapid web development with lucee!?", "welcome to the lucee world"),
    _row(r"welcome to xampp", "successfully installed xampp", max_words=400),
    _row(
        r"(?:willkommen|bienvenue|bienvenido|benvenuti|benvenuto|bem-vindo) \w{1,4} xampp",
        "xampp",
        max_words=400,
    ),
    _row(
        r"wampserver(?: homepage)?", "server configuration", "configuration serveur", max_words=400
    ),
    _row(r"laragon", "document root", max_words=100),
    _row(r"mamp(?: pro)?", "welcome to mamp", max_words=300),
    _row(r"(?:php [\w.+~-]+ - )?phpinfo\(\)", "configuration file (php.ini) path"),
    _row(r"lnmp一键安装包.*", "lnmp"),
    _row(r"oneinstack - .+", "oneinstack", max_words=300),
    # Frameworks and programs that wait to be set up
    _row(r"the install worked successfully! congratulations!", "debug=true"),
    _row(r"welcome to django", "it worked!", max_words=150),
    _row(r"ruby on rails(?::? [\w .]+)?", "yay! you're on rails!", "you're riding ruby on rails!"),
    _row(r"ruby on rails [\d.]+", "rails version"),
    _row(r"laravel", "laravel v", "laravel has wonderful", max_words=400),
    _row(r"laravel", "laracasts", max_words=25),
    _row(r"welcome to symfony!?", "configured any homepage", "your application is now ready"),
    _row(r"(?:welcome to )?cakephp.*", "this page will not be shown if you turn off debug mode"),
    _row(
        r"welcome to codeigniter(?: \d)?!?",
        "the page you are looking at is being generated dynamically",
    ),
    _row(r"my yii application", "successfully created your yii", max_words=200),
    _row(r"express", "welcome to express", max_words=10),
    _row(r"create next app", "get started by editing", "to get started, edit", max_words=150),
    _row(
        r"wordpress › (?:installation|setup configuration file|installieren|installer|instalación)",
        "wordpress",
    ),
)
"""Installed, and nothing put there: what the software itself shows."""

_PANELS: tuple[DefaultPage, ...] = (
    _row(
        r"(?:domain|web server'?s|plesk)[\w ]* default page"
        r"|default (?:parallels )?plesk(?: panel)? page",
        "plesk",
        "parallels",
        "hosting for this domain is not configured",
        bare_words=_FEW,
    ),
    _row(
        r"default web ?site ?page",
        "contact your hosting provider",
        "cpanel",
        "sorry!",
        bare_words=_FEW,
    ),
    _row(r"default page", "hostinger", "upload your website files", max_words=150),
    _row(
        r"(?:.{1,80} [—–-] )?coming soon",
        "this is a default index page for a new domain",
        max_words=60,
    ),
    _row(r"success! your new web server is ready to use\.?"),
    _row(r"index of default site"),
    _row(r"cyberpanel installed", "please remove this page and upload your website"),
    _row(
        r"strato(?: .{1,40})?|sie sehen hier eine soeben freigeschaltete homepage\.?",
        "soeben freigeschaltete homepage",
        max_words=150,
    ),
    _row(r"welcome!?", "default index page of your website", max_words=150),
    _row(r"恭喜[,，] ?站点创建成功[!！]?", max_words=300),
    _row(r"站点创建成功.{0,30}phpstudy.*", max_words=300),
    _row(r"没有找到站点", max_words=400),
    _row(r"congratulations, (?:the|your) site is created successfully!?", max_words=300),
    _row(r"домен не прилинкован ни к одной из директорий на сервере!?"),
    _row(r"(?:домен|сайт) не (?:привязан|настроен|подключ[её]н).{0,60}"),
    _row(r"無効なurlです。?", max_words=300),
    _row(r"(?:hetzner online gmbh - )?standard page", "hetzner", max_words=150),
    _row(r"site en construction", "votre domaine a bien été créé", max_words=300),
    _row(r"félicitations ! votre domaine a bien été créé .+"),
    _row(
        r"hier entsteht (?:in kürze )?(?:eine neue|die) (?:internetpräsenz|web ?site|webseite|homepage)[.!]?",
        "1&1",
        "ionos",
        "strato",
        "hosteurope",
        "all-inkl",
        "webspace",
        max_words=200,
    ),
    _row(r"almost here!?", "dreamhost", max_words=200),
    _row(r"future home of something quite cool\.?"),
    _row(r"squarespace - (?:website expired|domain not claimed|no such (?:account|site))"),
    _row(
        r"(?:sorry, )?(?:this )?(?:shop|store)(?: is)?(?: currently)? unavailable\.?",
        "shop",
        max_words=150,
    ),
    _row(r".*this domain is(?:n'?t| not) connected to a website(?: yet)?.*"),
    # Suspended and expired
    _row(
        r"(?:this )?(?:account|web ?site|site|hosting account|domain(?: name)?)(?: has been| is)? suspended[.!]?"
    ),
    _row(r"suspended (?:account|domain|web ?site|site)"),
    _row(r"(?:contact|email|registrant) verification suspension(?: page)?"),
    _row(
        r"(?:cuenta|sitio|conta|site|compte|account|sito|konto|hosting) (?:web )?"
        r"(?:suspendid[ao]|suspens[ao]|suspendu|sospeso|gesperrt|zawieszony|zawieszone)[.!]?"
    ),
    _row(
        r"(?:сайт|аккаунт|хостинг)(?: временно)? (?:заблокирован|приостановлен|отключ[её]н)[.!]?"
    ),
    _row(r"suspend", "your site has been suspended", max_words=100),
    _row(r"contact support", "suspended", max_words=150),
    _row(r"(?:this )?(?:web ?site|hosting|domain)(?: has| is)? expired[.!]?"),
    _row(r"(?:diese |die )?domain(?: ist)? abgelaufen[.!]?"),
)
"""A place without a site: what control panels and hosters show."""

_PLATFORMS: tuple[DefaultPage, ...] = (
    _row(r"(?:heroku \| )?no such app"),
    _row(r"heroku \| welcome to your new app!?"),
    _row(r"there isn'?t a github pages site here\.?"),
    _row(r"site not found(?: [·|-] github pages)?"),
    _row(r"welcome to firebase hosting", "firebase hosting setup complete", bare_words=_FEW),
    _row(r"microsoft azure app service - welcome"),
    _row(r"(?:azure static web apps - welcome|your azure function app is up and running\.?)"),
    _row(r"(?:404 )?web (?:site|app) not found", "azure", max_words=150),
    _row(r"elastic beanstalk", "application is now running", "your first aws elastic beanstalk"),
    _row(r"amazon ecs sample app", "amazon ecs"),
    _row(r"congratulations \| cloud run"),
    _row(r"bitnami(?: .{0,40}stack|: open source.+)?", "you are now running bitnami"),
    _row(r"(?:nothing is|there is nothing) here yet", "if you expect something to be here"),
    _row(r"fastly error: unknown domain.*"),
    _row(r"project not found", "surge", max_words=150),
    _row(r"(?:nosuchbucket|the specified bucket does not exist)"),
    _row(r"(?:unknown|unrecognized|unconfigured) (?:domain|site|host)"),
    _row(
        r"(?:404 )?(?:no site for domain|site not configured|domain not configured|unknown site!?)"
    ),
    _row(r"(?:app|application|deployment|project) not found", "deploy", max_words=150),
    _row(r"blog not found", "blogger", max_words=150),
    _row(r"oops! (?:this project isn'?t running|that'?s not a live site)\.?"),
    _row(r"run this repl to see the results here\.?"),
)
"""No app of that name: what platforms show."""

PAGES = (*_SERVERS, *_PANELS, *_PLATFORMS)
"""Names and words are in the form of `page_names.plain`."""

NAMES = re.compile("|".join(f"(?:{row.name.pattern})" for row in PAGES))
"""Matches the name of any of them: one try for the many pages that are none."""

COMMON_WORDS = frozenset(
    """
    server web http page test default site host hosting domain install installation installed work
    running application app congratulation function
    """.split()  # noqa: SIM905 - a word a line would bury the table
)
"""Words in the titles of default pages that say nothing about whose page it is; stemmed."""

PATHS = frozenset(
    {
        "/cgi-sys/defaultwebpage.cgi",
        "/cgi-sys/suspendedpage.cgi",
        "/suspended.page",
        "/suspended.page/",
        "/wp-admin/install.php",
        "/wp-admin/setup-config.php",
        "/core/install.php",
    }
)
"""Where control panels and programs redirect requests for sites that are not there."""
