"""Pure: default pages of servers, control panels and platforms in the resource's place."""

from functools import partial

from tests.corpus import topics
from tests.corpus.case import Case, Host
from tests.corpus.default_texts import (
    ALMA,
    AMAZON,
    APACHE,
    BAOTA,
    BAOTA_MISSING,
    BEANSTALK,
    CADDY,
    CLOUD_RUN,
    CYBER_PANEL,
    DJANGO,
    FEDORA,
    FUNCTIONS,
    GLASSFISH,
    HESTIA_SUSPENDED,
    JETTY,
    LARAVEL,
    LIGHTTPD,
    MINI_HTTPD,
    NGINX,
    NGINX_NEW,
    OCSIGEN,
    OPEN_LITESPEED,
    PASSENGER,
    PHPINFO,
    PLESK,
    RAILS,
    ROCKY,
    STRATO,
    STRATO_NEW,
    SUSPENDED_ES,
    SUSPENDED_RU,
    SYMFONY,
    SYNOLOGY,
    TOMCAT,
    TOMCAT_UPSTREAM,
    VESTA,
    WEB_PANEL,
    WILDFLY,
    WORDPRESS_SETUP,
    XAMPP_DE,
    YAWS,
)
from tests.corpus.replies import always, not_found, ok, redirect, to
from tests.corpus.sites import HOMEPAGE, host_and_path, site

rotten = partial(Case, group="default-page", expected="dead/placeholder", substitute=True)


def everywhere(name: str, url: str, title: str, page: str) -> Case:
    """A server that shows its default page for whatever is asked for."""
    host, _ = host_and_path(url)
    web = Host(name=host, pages={}, unknown=always(ok(page.replace("{host}", host))), http=True)
    return rotten(name=name, url=url, title=title, sites=(web,))


def at_root(name: str, url: str, title: str, page: str) -> Case:
    """A server that shows its default page in place of the front page, and honest 404s."""
    host, _ = host_and_path(url)
    web = Host(name=host, pages={"/": ok(page)}, unknown=not_found(), http=True)
    return rotten(name=name, url=url, title=title, sites=(web,))


INSTALLED = (
    at_root("caddy-as-installed", "https://harbourmap.net/", "Harbour map", CADDY),
    everywhere("caddy-for-a-deep-url", "https://kelpfarm.net/guide/drying", "Drying kelp", CADDY),
    everywhere("nginx-as-installed", "http://saltworks.net/ponds.html", "The salt ponds", NGINX),
    everywhere("nginx-in-longer-words", "https://cairns.net/", "Building cairns", NGINX_NEW),
    at_root("apache-as-installed", "http://wickerwork.net/", "Wickerwork for beginners", APACHE),
    # The listed title's words are in the text of every such page.
    everywhere(
        "apache-for-its-own-lesson",
        "https://serverstories.net/apache",
        "Installing Apache Modules on Debian",
        APACHE,
    ),
    at_root("tomcat-as-installed", "https://beekeepers.net/", "Bee keeping", TOMCAT),
    at_root(
        "tomcat-upstream", "http://watermills.net/", "Water mills of the valley", TOMCAT_UPSTREAM
    ),
    at_root("lighttpd-as-installed", "http://thatching.net/", "Thatched roofs", LIGHTTPD),
    at_root("jetty-as-installed", "https://javagarden.net/", "Patterns of concurrency", JETTY),
    at_root("mini-httpd-as-installed", "http://tinyboats.net/", "Tiny boats", MINI_HTTPD),
    everywhere(
        "passenger-as-installed", "https://ferrytimes.net/lines/7", "Ferry line 7", PASSENGER
    ),
    at_root("yaws-as-installed", "https://tidepools.net/", "Tide pools", YAWS),
    at_root("ocsigen-as-installed", "https://typedweb.net/", "The typed web", OCSIGEN),
)
MADE = (
    at_root("django-debug", "https://lanternclub.net/", "Lantern club", DJANGO),
    at_root("rails-new", "https://rowingclub.net/", "Rowing club", RAILS),
    at_root("laravel-new", "https://ropework.net/", "Rope work", LARAVEL),
    at_root("symfony-new", "https://kilnlogs.net/", "Kiln logs", SYMFONY),
    everywhere(
        "phpinfo-in-place", "https://oldforum.net/index.php", "Forum for old radios", PHPINFO
    ),
    everywhere(
        "rocky-test-page", "https://rockgarden.net/plants/sedum", "Sedum in rock gardens", ROCKY
    ),
    at_root("almalinux-test-page", "https://almonds.net/", "Growing almonds", ALMA),
    at_root("fedora-test-page", "https://hatmakers.net/", "Hat makers", FEDORA),
    at_root("amazon-linux-test-page", "https://riverlog.net/", "River log", AMAZON),
    at_root("web-panel-test-page", "http://stonewalls.net/", "Dry stone walls", WEB_PANEL),
    everywhere("plesk-obsidian", "https://gliderclub.net/launch", "Launching a glider", PLESK),
    everywhere("vesta-coming-soon", "https://moonclock.net/", "Moon clock", VESTA),
    everywhere("baota-just-created", "https://chaye.net/pinzhong/", "中国茶叶的品种", BAOTA),
    everywhere("baota-no-such-site", "https://shuimo.net/", "水墨画入门", BAOTA_MISSING),
    at_root("synology-web-station", "https://familynas.net/", "Family recipes", SYNOLOGY),
    at_root("azure-functions", "https://webhookbin.net/", "A bin for webhooks", FUNCTIONS),
    at_root("elastic-beanstalk", "https://beanpoll.net/", "Bean poll", BEANSTALK),
    at_root("strato-in-german", "https://drechselkurs.net/", "Drechselkurs", STRATO),
    at_root("glassfish", "http://glassworks.net/", "Glass works", GLASSFISH),
    at_root("wildfly", "https://butterflies.net/", "Butterflies of the heath", WILDFLY),
    everywhere(
        "suspended-in-spanish", "https://quesos.net/manchego", "Queso manchego", SUSPENDED_ES
    ),
    everywhere("suspended-in-russian", "https://samovary.net/", "Самовары", SUSPENDED_RU),
    at_root("cloud-run", "https://cloudlog.net/", "A log of clouds", CLOUD_RUN),
    at_root("cyberpanel", "https://dyepots.net/", "Dye pots", CYBER_PANEL),
    everywhere(
        "hestia-suspended", "https://oxcarts.net/axles", "Axles of ox carts", HESTIA_SUSPENDED
    ),
    at_root("strato-just-activated", "https://uhrwerke.net/", "Uhrwerke", STRATO_NEW),
    # The listed title's words are in the text of the page that tests a server.
    at_root(
        "test-page-for-its-own-lesson",
        "https://proxylore.net/",
        "Proper operation of machines",
        ROCKY,
    ),
    at_root("openlitespeed", "https://lightpaint.net/", "Painting with light", OPEN_LITESPEED),
)
LED = (
    rotten(
        name="wordpress-installer-by-redirect",
        url="https://newsprint.net/archive/1954",
        title="Newsprint of 1954",
        sites=(
            Host(
                name="newsprint.net",
                pages={"/wp-admin/install.php": ok(WORDPRESS_SETUP)},
                unknown=to("https://newsprint.net/wp-admin/install.php"),
            ),
        ),
    ),
    rotten(
        name="xampp-in-german-by-redirect",
        url="http://modellbahn.net/",
        title="Modellbahn im Keller",
        sites=(
            Host(
                name="modellbahn.net",
                pages={"/": redirect("/dashboard/de/", 302), "/dashboard/de/": ok(XAMPP_DE)},
                unknown=not_found(),
                http=True,
            ),
        ),
    ),
    rotten(
        name="caddy-behind-www",
        url="http://peatbog.net/birds/",
        title="Birds of the peat bog",
        sites=(
            Host(
                name="peatbog.net",
                pages={},
                unknown=to("https://www.peatbog.net/", 301),
                http=True,
            ),
            Host(name="www.peatbog.net", pages={}, unknown=always(ok(CADDY))),
        ),
    ),
    rotten(
        name="nginx-after-a-good-night",
        url="https://gramophones.net/repair",
        title="Repairing gramophones",
        sites=(Host(name="gramophones.net", pages={}, unknown=always(ok(NGINX_NEW))),),
        before=(
            (
                site(
                    "gramophones.net",
                    HOMEPAGE,
                    {"/repair": HOMEPAGE("Repairing gramophones", topics.GRID.body)},
                ),
            ),
        ),
    ),
)
CASES = (*INSTALLED, *MADE, *LED)
