"""Pure: domains that belong to others now, with and without a good night before."""

from functools import partial
from typing import Any

from crawler.model import WarningCode
from tests.corpus import topics
from tests.corpus.case import Case
from tests.corpus.looks import NEXT, WORDPRESS, Look
from tests.corpus.replies import redirect, to
from tests.corpus.sites import BLOG, HOMEPAGE, PRODUCT, lone, site
from tests.corpus.topics import Topic

row = partial(Case, group="hijack", substitute=True, expected="suspect/suspect_replaced")

CASINO = Look("Jackpot88", WORDPRESS, "id")(
    "Situs Slot Gacor Hari Ini 2036",
    "<p>Jackpot88 adalah situs judi slot online terpercaya dengan bonus new member seratus persen. Daftar sekarang dan menangkan jackpot progresif setiap hari.</p><p>Deposit pulsa tanpa potongan, withdraw cepat, layanan 24 jam.</p>"
    * 2,
)
PHARMACY = Look("MedsDirect", NEXT)(
    "Buy Generic Tablets Online Without Prescription",
    "<p>Lowest prices on tablets, discreet packaging and worldwide delivery within nine days. Pay with crypto and save fifteen percent.</p>"
    * 3,
)
COMPANY = Look("Hansen Roofing", WORDPRESS)(
    "Roofing Contractors in Ohio",
    "<p>Hansen Roofing repairs and replaces shingle, slate and metal roofs in the whole county. Ask for a free estimate, seven days a week.</p>"
    * 3,
)
SPAM_JA = Look("副業ナビ", WORDPRESS, "ja")(
    "おすすめの副業ランキング",
    "<p>初心者でも安心して始められる副業を徹底比較しました。口コミや評判をもとに厳選したサービスをご紹介します。</p>"
    * 3,
)
SPAM_EN = Look("LifeHackDaily", WORDPRESS)(
    "10 Best Credit Cards for Travel",
    "<p>Compare sign-up bonuses, lounge access and foreign transaction fees of the most popular cards. We may earn a commission.</p>"
    * 3,
)


def taken(name: str, host: str, topic: Topic, now: str, path: str = "/", **more: Any) -> Case:
    """A page that was about the topic last night."""
    url = f"https://{host}{path}"
    before = (lone(url, HOMEPAGE, topic.on(HOMEPAGE)),)
    return row(
        name=name, url=url, title=topic.title, sites=lone(url, BLOG, now), before=before, **more
    )


def led_off(name: str, host: str, topic: Topic, to_host: str, now: str, path: str = "/") -> Case:
    """A page of this title in the list that leads to another domain about something else."""
    sites = (
        site(
            host,
            HOMEPAGE,
            {path: redirect(f"https://{to_host}/", 302)},
            unknown=to(f"https://{to_host}/"),
        ),
        site(to_host, BLOG, {"/": now}),
    )
    return row(name=name, url=f"https://{host}{path}", title=topic.title, sites=sites)


WITH_HISTORY = (
    taken("casino-on-root", "rookschool.org", topics.CHESS, CASINO),
    taken("casino-on-deep-page", "rookschool.net", topics.CHESS, CASINO, "/endgames/"),
    taken("pharmacy-on-root", "birdatlas.org", topics.BIRDS, PHARMACY),
    taken("pharmacy-on-deep-page", "birdatlas.net", topics.BIRDS, PHARMACY, "/migration"),
    taken("another-company", "gridbook.org", topics.GRID, COMPANY),
    taken("spam-in-japanese", "composthub.org", topics.GARDEN, SPAM_JA),
    taken("spam-blog", "sqlbook.net", topics.SQL, SPAM_EN, "/indexing/"),
    taken("spam-blog-on-root", "typebook.net", topics.TYPE, SPAM_EN),
    row(
        name="led-to-a-casino-after-a-good-night",
        url="https://starclub.net/guide",
        title=topics.STARS.title,
        sites=(
            site("starclub.net", HOMEPAGE, {}, unknown=to("https://jackpot88.win/id/slots")),
            site("jackpot88.win", BLOG, {"/id/slots": CASINO}),
        ),
        before=(lone("https://starclub.net/guide", HOMEPAGE, topics.STARS.on(HOMEPAGE)),),
    ),
    taken("casino-answers-everything", "lispbook.org", topics.LISP, CASINO, "/sicp/"),
)

WITHOUT_HISTORY = (
    led_off("root-to-a-casino-elsewhere", "mapclub.org", topics.MAPS, "slotwin77.bet", CASINO),
    led_off(
        "root-to-a-pharmacy-elsewhere", "treeclub.org", topics.TREES, "medsdirect.shop", PHARMACY
    ),
    led_off(
        "root-to-a-company-elsewhere", "shellclub.org", topics.SHELL, "hansenroofing.biz", COMPANY
    ),
    led_off(
        "root-to-spam-in-japanese", "breadclub.org", topics.SOURDOUGH, "fukugyo-navi.jp", SPAM_JA
    ),
)
QUIET = (
    # Nothing but the list's title speaks against these, and that alone suspects nobody on a first check.
    row(
        name="casino-on-root-first-check",
        url="https://slotfresh1.org/",
        title=topics.RUST.title,
        expected="ok/ok",
        substitute=False,
        sites=lone("https://slotfresh1.org/", BLOG, COMPANY),
        warnings=frozenset({WarningCode.TITLE_MISMATCH}),
    ),
    row(
        name="spam-blog-deep-first-check-on-honest-site",
        url="https://slotfresh2.org/a/b",
        title=topics.GIT.title,
        expected="ok/ok",
        substitute=False,
        sites=lone("https://slotfresh2.org/a/b", BLOG, SPAM_EN),
        warnings=frozenset({WarningCode.TITLE_MISMATCH}),
    ),
    row(
        name="empty-index-where-a-page-was",
        url="https://emptied.org/pub/",
        title=topics.PYTHON.title,
        sites=lone(
            "https://emptied.org/pub/",
            HOMEPAGE,
            HOMEPAGE("Index of /pub", "<pre><a href='../'>../</a></pre>"),
        ),
        before=(lone("https://emptied.org/pub/", HOMEPAGE, topics.PYTHON.on(HOMEPAGE)),),
    ),
    row(
        name="coming-soon-where-a-page-was",
        url="https://emptied.net/",
        title=topics.ALGEBRA.title,
        sites=lone(
            "https://emptied.net/",
            PRODUCT,
            PRODUCT("Coming soon", "<p>Something new is on its way.</p>"),
        ),
        before=(lone("https://emptied.net/", HOMEPAGE, topics.ALGEBRA.on(HOMEPAGE)),),
    ),
    row(
        name="coming-soon-first-check",
        url="https://emptied.org.uk/",
        title="Pottery in Wales",
        expected="ok/ok",
        substitute=False,
        sites=lone(
            "https://emptied.org.uk/",
            PRODUCT,
            PRODUCT("Coming soon", "<p>Pottery is on its way.</p>"),
        ),
    ),
)
CASES = (*WITH_HISTORY, *WITHOUT_HISTORY, *QUIET)
