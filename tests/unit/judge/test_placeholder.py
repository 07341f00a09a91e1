from dataclasses import replace

import pytest

from crawler.model import Declared, Page, Reason
from tests.support.builders import URL, make_page
from tests.support.judging import HOME, reason_of


def _short(title: str | None, words: int = 60, heading: str | None = None, text: str = "") -> Page:
    return make_page(title, first_heading=heading, word_count=words, text=text)


@pytest.mark.parametrize(
    "page",
    [
        _short("Welcome to nginx!"),
        _short("Welcome to nginx on Debian!"),
        _short("Test Page for the Nginx HTTP Server on Fedora", 200),
        _short("Apache2 Ubuntu Default Page: It works", 370),
        _short("Apache2 Debian Default Page: It works", 370),
        _short("HTTP Server Test Page powered by CentOS", 300),
        _short(None, 2, "It works!"),
        _short("IIS Windows Server", 0),
        _short("IIS7", 0),
        _short("Microsoft Internet Information Services 8", 0),
        _short("Apache Tomcat/9.0.1", 250, text="You've successfully installed Tomcat."),
        _short("Web Server's Default Page"),
        _short("Default Web Site Page"),
        _short("Domain Default page"),
        _short("Account Suspended"),
        _short("This Account has been suspended."),
        _short("This site is suspended"),
        _short("Website expired"),
        _short("Squarespace - Website Expired"),
        _short("No such app"),
        _short("Heroku | No such app"),
        _short("Site not found \u00b7 GitHub Pages"),
        _short("There isn\u2019t a GitHub Pages site here."),
        _short("Welcome to Firebase Hosting"),
        _short("Microsoft Azure App Service - Welcome"),
        _short("Caddy works!", 404, text="Your web server is working. Now make it work for you."),
        _short("Apache Tomcat", 185, text="It means you've setup Tomcat successfully."),
        _short(
            "Welcome page",
            251,
            text="The owner of this web site has not put up any web pages yet.",
        ),
        _short("PHP 8.2.7 - phpinfo()", 2700, text="Configuration File (php.ini) Path"),
        _short(None, 8, text="There's no website configured on this host name."),
        _short("\u606d\u559c\uff0c\u7ad9\u70b9\u521b\u5efa\u6210\u529f\uff01", 12),
        _short(
            "Welcome!",
            heading="Welcome to example.org!",
            text="The default index page of your website",
        ),
        _short(
            "Welcome to XAMPP", 120, text="You have successfully installed XAMPP on this system"
        ),
    ],
)
@pytest.mark.parametrize("url", [URL, HOME])
def test_what_a_server_shows_where_nothing_is_is_dead(page: Page, url: str) -> None:
    assert reason_of(page, url=url) is Reason.PLACEHOLDER


def test_where_control_panels_send_visitors_is_dead() -> None:
    to = "https://example.org/cgi-sys/suspendedpage.cgi"
    assert reason_of(_short("Contact"), to=to) is Reason.PLACEHOLDER


def test_a_default_page_agrees_by_its_title_not_by_its_text() -> None:
    page = _short(
        "Caddy works!", 404, text="Your web server is working. Now make it work for you."
    )
    assert reason_of(page, title="A web server for your work") is Reason.PLACEHOLDER
    assert reason_of(page, title="Caddy") is Reason.OK


def test_a_title_of_words_that_are_on_any_default_page_agrees_with_none() -> None:
    page = _short("Test Page for the HTTP Server on Fedora", 200)
    assert reason_of(page, title="Web Server Test") is Reason.PLACEHOLDER
    assert reason_of(page, title="Fedora HTTP Server") is Reason.OK
    assert reason_of(_short("It works!", 30), title="It works") is Reason.OK


@pytest.mark.parametrize(
    "declared",
    [
        {"published": Declared(value="2031-02-03", origin="jsonld")},
        {"feed_url": Declared(value="https://example.org/feed.xml", origin="link")},
        {"canonical_url": Declared(value=URL, origin="link")},
        {"site_name": Declared(value="Rack notes", origin="og")},
    ],
)
def test_an_article_with_the_title_of_a_default_page_lives(declared: dict[str, Declared]) -> None:
    page = _short("Welcome to nginx!", 400, text="nginx is successfully installed and working.")
    assert reason_of(page) is Reason.PLACEHOLDER
    assert reason_of(replace(page, **declared)) is Reason.OK  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (_short("Welcome to nginx!"), "nginx documentation"),
        (_short("Welcome to nginx!", 800), "Web servers"),
        (_short("Welcome to nginx: a beginner's guide"), "Web servers"),
        (_short("Apache Tomcat", 200, text="An open source server"), "Java servers"),
        (_short("It works!", 300), "Comics"),
        (_short("Index of /files"), "Practical Raft"),
        (_short("Coming soon"), "Practical Raft"),
        (_short("Error establishing a database connection"), "Practical Raft"),
        (_short("Raft", text="welcome to nginx! account suspended"), "Practical Raft"),
    ],
)
def test_what_lives_is_no_placeholder(page: Page, title: str) -> None:
    assert reason_of(page, title=title) is Reason.OK
