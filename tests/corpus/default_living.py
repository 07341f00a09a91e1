"""Pure: living pages that speak of default pages, or have a title like one of theirs."""
# ruff: noqa: RUF001 -- typographic and foreign characters are meant

from functools import partial

from tests.corpus.case import Case
from tests.corpus.default_texts import HELP, shown
from tests.corpus.looks import MKDOCS, SPHINX, WORDPRESS, Look
from tests.corpus.sites import lone

alive = partial(Case, group="default-living", expected="ok/ok", living=True)

BLOG = Look("Notes from the rack", WORDPRESS)
SERVER_DOCS = Look("Server handbook", MKDOCS)
MANUAL = Look("Manual", SPHINX)


def living(name: str, url: str, title: str, page: str) -> Case:
    """A page of a site with honest 404s."""
    return alive(name=name, url=url, title=title, sites=lone(url, BLOG, page))


def about(look: Look, title: str, quoted: str, *, head: str = "", helps: int = 5) -> str:
    """A page that quotes a default page, and explains it."""
    text = f"<p>After the installation a browser shows this:</p><blockquote>{quoted}</blockquote>"
    page = look(title, text + "".join(f"<p>{one}</p>" for one in (HELP * 4)[:helps]))
    return page.replace("</head>", f"{head}</head>", 1)


def bare(title: str, *text: str, head: str = "", heading: str | None = None) -> str:
    """A page whose title is nothing but its own, without its site's name."""
    page = shown(title, *text, heading=title if heading is None else heading, helps=8)
    return page.replace("</head>", f"{head}</head>", 1)


NGINX_SAYS = "Welcome to nginx! If you see this page, the nginx web server is successfully installed and working."
ROWING = (
    "We row on the river from April to October, on Tuesdays and on Saturdays.",
    "Beginners are lent a boat, a coat and somebody who knows the weir.",
    "In winter we mend what broke, and tell who broke it; there is tea in the shed.",
    "Members pay by the year, guests by the hour, and children not at all.",
    "The yearly race goes to the mill and back, with a rest for those who need one.",
    "Find us behind the brick works, or ask the ferryman, who is our treasurer.",
)
FEED = '<link rel="alternate" type="application/rss+xml" href="/feed.xml" title="Feed">'
DATED = '<meta property="article:published_time" content="2031-02-03T08:00:00Z">'
CANONICAL = (
    '<link rel="canonical" href="{url}"><meta property="og:site_name" content="Rack notes">'
)
QUOTED_URL = "https://racknotes.org/first-steps"

CASES = (
    living(
        "removing-the-apache-page",
        "https://racknotes1.org/default-page",
        "How to remove the Apache2 Ubuntu default page",
        about(
            BLOG,
            "How to remove the Apache2 Ubuntu Default Page",
            "Apache2 Ubuntu Default Page: It works!",
        ),
    ),
    living(
        "apache-page-as-a-question",
        "https://racknotes2.org/q/31",
        "Server shows the default page",
        about(
            SERVER_DOCS,
            "Apache2 Ubuntu Default Page: It works",
            "This is the default welcome page used to test the correct operation",
        ),
    ),
    living(
        "nginx-page-with-a-feed",
        "https://racknotes3.org/nginx",
        "First steps with a web server",
        bare("Welcome to nginx!", NGINX_SAYS, head=FEED),
    ),
    living(
        "nginx-page-with-a-date",
        "https://racknotes4.org/nginx",
        "First steps with a web server",
        bare("Welcome to nginx!", NGINX_SAYS, head=DATED),
    ),
    living(
        "nginx-page-with-a-canonical",
        QUOTED_URL,
        "First steps with a web server",
        bare("Welcome to nginx!", NGINX_SAYS, head=CANONICAL.replace("{url}", QUOTED_URL)),
    ),
    living(
        "nginx-listed-by-its-title",
        "https://racknotes5.org/",
        "Welcome to nginx",
        bare("Welcome to nginx!", NGINX_SAYS),
    ),
    living(
        "nginx-guide",
        "https://racknotes6.org/guide",
        "Beginner's guide to nginx",
        about(MANUAL, "Beginner's Guide", NGINX_SAYS),
    ),
    living(
        "caddy-own-site",
        "https://racknotes7.org/",
        "Caddy",
        about(BLOG, "Caddy - the server with automatic HTTPS", "Caddy works!"),
    ),
    living(
        "caddy-getting-started",
        "https://racknotes8.org/docs/start",
        "Getting started with Caddy",
        about(
            MANUAL,
            "Getting Started",
            "Caddy works! Your web server is working. Now make it work for you.",
        ),
    ),
    living(
        "tomcat-documentation",
        "https://racknotes9.org/tomcat-10.1-doc/",
        "Tomcat documentation",
        about(
            MANUAL,
            "Apache Tomcat 10 (10.1.34) - Documentation Index",
            "you've successfully installed Tomcat",
        ),
    ),
    living(
        "tomcat-own-site",
        "https://racknotes10.org/",
        "Apache Tomcat",
        bare(
            "Apache Tomcat",
            "The Apache Tomcat software is an implementation of several specifications.",
        ),
    ),
    living(
        "tomcat-setup-page",
        "https://racknotes11.org/setup.html",
        "Servlet containers",
        bare("Apache Tomcat", "How to run it, and what to look at when it does not start."),
    ),
    living(
        "jetty-guide",
        "https://racknotes12.org/jetty",
        "Jetty in practice",
        about(SERVER_DOCS, "Welcome to Jetty", "a Java HTTP Server and Servlet Container"),
    ),
    living(
        "lighttpd-wiki",
        "https://racknotes13.org/wiki/lighttpd",
        "lighttpd",
        about(
            BLOG,
            "Placeholder page",
            "The owner of this web site has not put up any web pages yet.",
            head=FEED,
        ),
    ),
    living(
        "django-tutorial",
        "https://racknotes14.org/tutorial/1",
        "Writing your first Django app",
        about(
            MANUAL,
            "Writing your first Django app, part 1",
            "The install worked successfully! Congratulations!",
        ),
    ),
    living(
        "rails-guide",
        "https://racknotes15.org/getting_started.html",
        "Getting started with Rails",
        about(BLOG, "Getting Started with Rails", "Yay! You're on Rails!"),
    ),
    living(
        "rails-own-site",
        "https://racknotes16.org/",
        "Web frameworks",
        bare(
            "Ruby on Rails",
            "A framework that gives you all the parts of a site, from the database to the page.",
        ),
    ),
    living(
        "laravel-own-site",
        "https://racknotes17.org/",
        "Frameworks for PHP",
        bare(
            "Laravel", "A framework with a voice of its own. Learn it at Laracasts, step by step."
        ),
    ),
    living(
        "symfony-book",
        "https://racknotes18.org/book",
        "Symfony book",
        about(MANUAL, "Welcome to Symfony", "you haven't configured any homepage URL"),
    ),
    living(
        "phpinfo-manual",
        "https://racknotes19.org/manual/function.phpinfo",
        "phpinfo",
        about(
            MANUAL, "PHP: phpinfo - Manual", "PHP Version 8.2.7. Configuration File (php.ini) Path"
        ),
    ),
    living(
        "phpinfo-article",
        "https://racknotes20.org/phpinfo",
        "Reading the output of PHP",
        bare("phpinfo()", "It prints the PHP version, the modules and all settings."),
    ),
    living(
        "installing-wordpress",
        "https://racknotes21.org/wordpress",
        "Installing WordPress",
        about(BLOG, "How to install WordPress", "WordPress › Installation. Welcome."),
    ),
    living(
        "rocky-own-site",
        "https://racknotes22.org/",
        "A distribution for servers",
        bare(
            "Welcome to Rocky Linux",
            "A distribution for servers, with an HTTP server and nginx among its packages.",
        ),
    ),
    living(
        "centos-wiki",
        "https://racknotes23.org/",
        "A distribution for servers",
        bare("Welcome to CentOS", "The wiki of its users, with hints for the Apache HTTP server."),
    ),
    living(
        "comic-it-works",
        "https://racknotes24.org/12",
        "The robot comic",
        bare("It works!", "The twelfth strip, in which the robot is switched on, and off."),
    ),
    living(
        "story-account-suspended",
        "https://racknotes25.org/story",
        "A story in letters",
        bare(
            "Account suspended",
            "A story in letters between a bank and a very old client.",
            *HELP,
            *HELP,
        ),
    ),
    living(
        "expired-domains-report",
        "https://racknotes26.org/report",
        "Report on expired domains",
        about(BLOG, "Website expired: a report", "This website has expired"),
    ),
    living(
        "heat-pump-test-page",
        "https://racknotes27.org/pump",
        "Heat pumps",
        bare(
            "Test page for the heat pump installation",
            "Here we test the pump every hour and show what it did.",
        ),
    ),
    living(
        "beanstalk-lesson",
        "https://racknotes28.org/eb",
        "Elastic Beanstalk lesson",
        about(
            BLOG,
            "Elastic Beanstalk, step by step",
            "Your first AWS Elastic Beanstalk application is now running",
        ),
    ),
    living(
        "express-trains",
        "https://racknotes29.org/express",
        "Night trains",
        bare("Express", "Trains that cross the continent at night, and what they cost."),
    ),
    living(
        "congratulations-page",
        "https://racknotes30.org/thanks",
        "Letters of thanks",
        bare("Congratulations!", "Forms of congratulation for all occasions."),
    ),
    living(
        "baota-lesson",
        "https://racknotes31.org/bt",
        "宝塔面板教程",
        about(BLOG, "宝塔面板教程：站点创建成功之后", "恭喜，站点创建成功！"),
    ),
    living(
        "plesk-handbook",
        "https://racknotes32.org/plesk",
        "Plesk handbook",
        about(SERVER_DOCS, "Changing the default page", "Web Server's Default Page"),
    ),
    living(
        "default-page-of-a-cms",
        "https://racknotes33.org/cms/default-page",
        "Setting the default page",
        bare("Default page", "Which page visitors of your hosting see first is a setting."),
    ),
    living(
        "glassfish-guide",
        "https://racknotes34.org/glassfish",
        "Java servers",
        about(MANUAL, "Running GlassFish", "Your server is now running"),
    ),
    living(
        "wildfly-news",
        "https://racknotes35.org/",
        "Java servers",
        bare("Welcome to WildFly", "News of the project, with all releases since the first."),
    ),
    living(
        "next-lesson",
        "https://racknotes36.org/next",
        "Next.js lesson",
        about(BLOG, "Create Next App explained", "To get started, edit the page.js file."),
    ),
    living(
        "vesta-manual",
        "https://racknotes37.org/vesta",
        "Vesta manual",
        about(SERVER_DOCS, "Coming Soon", "This is a default index page for a new domain."),
    ),
    living(
        "soon-a-film",
        "https://racknotes38.org/",
        "A film about tides",
        bare("The Tides — Coming Soon", "A film about the tides of one harbour over a year."),
    ),
    living(
        "bitnami-blog",
        "https://racknotes39.org/",
        "News of stacks",
        bare("Bitnami", "Congratulations to all who took part in last year's contest."),
    ),
    living(
        "nothing-here-poem",
        "https://racknotes40.org/poem",
        "Poems",
        bare("Nothing is here yet", "A poem in eight lines about an empty house."),
    ),
    living(
        "wamp-lesson",
        "https://racknotes41.org/wamp",
        "A server at home",
        bare("WampServer", "Where its folders are, and how to reach it from another machine."),
    ),
    # Pages that were made out of a default page, and kept its title
    living(
        "club-in-the-apache-page",
        "https://racknotes42.org/",
        "Rowing club of the lower town",
        shown("Apache2 Debian Default Page: It works", *ROWING, heading="Rowing club"),
    ),
    living(
        "form-in-the-plesk-page",
        "https://racknotes43.org/form",
        "Sign up for the night run",
        shown("Domain Default page", *ROWING, heading="Night run"),
    ),
    living(
        "calculator-in-the-xampp-page",
        "https://racknotes44.org/loan",
        "Loans and interest",
        shown("Welcome to XAMPP", *ROWING, heading="What does it cost?"),
    ),
    living(
        "backend-in-the-nginx-page",
        "https://racknotes45.org/",
        "Rack notes, a diary",
        shown("Welcome to nginx!", *ROWING, *ROWING, heading="A diary"),
    ),
)
