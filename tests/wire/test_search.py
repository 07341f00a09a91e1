"""The search for lost resources on loopback: what is asked, and what is proposed."""

import asyncio
import gzip
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest

from crawler.extract import read
from crawler.model import Band, CandidateSource
from crawler.search import ArchivedCopy
from tests.support.builders import NOW
from tests.support.loopback import page
from tests.support.lost_site import HOST, LostSite, document, lost, text_about

RAFT = document("Practical Raft", text_about("raft"))
PAXOS = document("Simple Paxos", text_about("paxos"))
HOME = page(document("Home"))
NEW = "/guide/agreement-with-raft"


def sitemap(*paths: str, host: str = HOST) -> bytes:
    locations = "".join(f"<url><loc>{host}{path}</loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>'.encode()


def index(*paths: str) -> bytes:
    locations = "".join(f"<sitemap><loc>{HOST}{path}</loc></sitemap>" for path in paths)
    return f"<sitemapindex>{locations}</sitemapindex>".encode()


def redirect(url: str, status: str = "301 Moved Permanently") -> bytes:
    return page(b"", f"Location: {url}", status=status)


PAGES = {"/": HOME, NEW: page(RAFT), "/guide/paxos": page(PAXOS)}
MAP = page(sitemap("/", NEW, "/guide/paxos"))
SITE = {**PAGES, "/sitemap.xml": MAP}
LOST = lost("/docs/raft.html", content=RAFT)

# --- where pages are found ------------------------------------------------------------------------


def test_a_renamed_page_is_found_by_the_sitemap() -> None:
    site = LostSite(SITE)
    (found,) = site.search(LOST)
    (best, *others) = found.proposals
    assert (best.url, best.band, best.title) == (HOST + NEW, Band.SAFE, "Practical Raft - Manual")
    assert best.grounds.source is CandidateSource.SITEMAP
    assert best.grounds.found_at == f"{HOST}/sitemap.xml"
    assert best.grounds.title == best.grounds.text == 1
    assert best.made_at == NOW
    assert not others
    assert found.is_complete
    assert found.requests == len(site.asked) <= 10


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(
            {
                "/robots.txt": page(f"Sitemap: {HOST}/maps/all.xml".encode()),
                "/maps/all.xml": MAP,
            },
            id="named-in-robots",
        ),
        pytest.param(
            {
                "/robots.txt": page(f"Sitemap: {HOST}/all.xml.gz".encode()),
                "/all.xml.gz": page(gzip.compress(sitemap(NEW))),
            },
            id="gzipped",
        ),
        pytest.param(
            {
                "/sitemap.xml": page(index("/maps/1.xml", "/maps/2.xml")),
                "/maps/1.xml": page(sitemap("/guide/paxos")),
                "/maps/2.xml": page(sitemap(NEW)),
            },
            id="index",
        ),
        pytest.param({"/sitemap.xml": page(f"{HOST}{NEW}\n".encode())}, id="text"),
        pytest.param(
            {"/": page(document("Home", links={NEW: "Practical Raft"}))}, id="link-of-front-page"
        ),
        pytest.param(
            {
                "/": page(document("Home", links={"/guide/": "Guide"})),
                "/guide/": page(document("Guide", links={NEW: "Practical Raft"})),
            },
            id="two-levels-deep",
        ),
        pytest.param(
            {"/docs/": page(document("Documents", links={NEW: "Practical Raft"}))},
            id="link-of-the-folder-above",
        ),
    ],
)
def test_ways_to_a_page(answers: dict[str, bytes]) -> None:
    (found,) = LostSite({**PAGES, **answers}).search(LOST)
    assert [(one.url, one.band) for one in found.proposals] == [(HOST + NEW, Band.SAFE)]
    assert found.requests <= 10


def test_another_spelling_of_the_url_where_the_site_names_nothing() -> None:
    (found,) = LostSite({"/docs/raft/": page(RAFT)}).search(LOST)
    (best,) = found.proposals
    assert (best.url, best.band) == (f"{HOST}/docs/raft/", Band.SAFE)
    assert best.grounds.source is CandidateSource.VARIANT


def test_what_the_last_good_page_called_its_canonical_url() -> None:
    content = document("Practical Raft", text_about("raft")).replace(
        b"<head>", b'<head><link rel="canonical" href="http://raft.test/book">'
    )
    (found,) = LostSite({"raft.test/book": page(RAFT)}).search(
        lost("/docs/raft.html", content=content)
    )
    (best,) = found.proposals
    assert (best.url, best.band) == ("http://raft.test/book", Band.SAFE)
    assert best.grounds.source is CandidateSource.CANONICAL


def test_a_site_that_moved_to_another_host() -> None:
    new = "http://new.other.test"
    site = LostSite(
        {
            "docs.test/": redirect(f"{new}/"),
            "new.other.test/": HOME,
            "new.other.test/sitemap.xml": page(sitemap(NEW, host=new)),
            f"new.other.test{NEW}": page(RAFT),
        }
    )
    (found,) = site.search(LOST)
    assert [(one.url, one.band) for one in found.proposals] == [(new + NEW, Band.SAFE)]


def test_neighbours_show_the_way() -> None:
    moves = [(f"{HOST}/docs/{one}.html", f"{HOST}/book/{one}") for one in ("log", "vote")]
    (found,) = LostSite({**SITE, NEW: page(PAXOS), "/book/raft": page(RAFT)}).search(
        LOST, moves=tuple(moves)
    )
    best = found.proposals[0]
    assert (best.url, best.band) == (f"{HOST}/book/raft", Band.SAFE)
    assert best.grounds.source is CandidateSource.PATTERN
    assert best.grounds.neighbours == tuple(old for old, _ in moves)


def test_what_two_lost_pages_became_shows_the_way_for_the_third() -> None:
    subjects = ("raft", "paxos", "gossip")
    pages = {s: document(f"All about {s}", text_about(s)) for s in subjects}
    site = LostSite(
        {
            "/": HOME,
            "/sitemap.xml": page(sitemap("/book/raft", "/book/paxos")),
            **{f"/book/{s}": page(content) for s, content in pages.items()},
        }
    )
    wanted = [lost(f"/docs/{s}.html", content=pages[s], number=n) for n, s in enumerate(subjects)]
    found = site.search(*wanted)
    assert [one.proposals[0].url for one in found] == [f"{HOST}/book/{s}" for s in subjects]
    assert found[2].proposals[0].grounds.source is CandidateSource.PATTERN


def test_a_fragment_is_kept_where_the_page_has_it() -> None:
    content = document("Practical Raft", text_about("raft") + '<h2 id="log">The log</h2>')
    answers = {**SITE, NEW: page(content)}
    for fragment, kept in (("#log", "#log"), ("#gone", "")):
        (found,) = LostSite(answers).search(lost(f"/docs/raft.html{fragment}", content=content))
        assert found.proposals[0].url == HOST + NEW + kept


# --- what is never proposed -------------------------------------------------------------------------

SHELL = document("Not found", "<p>Sorry, there is no such page on this site.</p>")


@pytest.mark.parametrize(
    ("answers", "around"),
    [
        pytest.param({NEW: page(PAXOS)}, {}, id="another-page"),
        pytest.param({NEW: page(SHELL)}, {}, id="a-page-for-missing-pages"),
        pytest.param({NEW: page(RAFT, status="404 Not Found")}, {}, id="an-error"),
        pytest.param({NEW: redirect("/")}, {}, id="front-page"),
        pytest.param({NEW: redirect("/docs/raft.html")}, {}, id="the-lost-one"),
        pytest.param({}, {"listed": (f"{HOST}/docs/raft.html", f"{HOST}{NEW}/#x")}, id="listed"),
        pytest.param(
            {NEW: redirect("http://other.test/raft", "302 Found"), "other.test/raft": page(RAFT)},
            {},
            id="another-domain-for-now",
        ),
        pytest.param({NEW: redirect("/sign-in"), "/sign-in": page(RAFT)}, {}, id="log-in"),
        pytest.param(
            {"/robots.txt": page(b"User-agent: *\nDisallow: /guide/")}, {}, id="robots-disallow"
        ),
    ],
)
def test_no_proposal(answers: dict[str, bytes], around: dict[str, Any]) -> None:
    (found,) = LostSite({**SITE, **answers}).search(LOST, **around)
    assert found.proposals == ()
    assert found.is_complete


def test_another_domain_to_which_a_page_moved_for_good() -> None:
    answers = {
        **SITE,
        NEW: redirect("http://other.test/raft"),
        "other.test/raft": page(RAFT),
    }
    (found,) = LostSite(answers).search(LOST)
    assert [one.url for one in found.proposals] == ["http://other.test/raft"]


def test_a_page_whose_text_is_not_known_is_safe_only_by_a_title_of_its_own() -> None:
    unknown = lost("/docs/raft.html", title="Practical Raft")
    (found,) = LostSite(SITE).search(unknown)
    assert [(one.url, one.band) for one in found.proposals] == [(HOST + NEW, Band.SAFE)]
    two = {
        **SITE,
        "/sitemap.xml": page(sitemap(NEW, "/blog/practical-raft")),
        "/blog/practical-raft": page(document("Practical Raft", text_about("blog"))),
    }
    (found,) = LostSite(two).search(unknown)
    assert Band.SAFE not in {one.band for one in found.proposals}
    assert len(found.proposals) == 2


def test_places_of_one_page_are_found_on_its_new_one() -> None:
    places = [lost(f"/docs/raft.html#{n}", content=RAFT, number=n) for n in (1, 2)]
    found = LostSite(SITE).search(*places)
    assert [[(p.url, p.band) for p in one.proposals] for one in found] == [
        [(HOST + NEW, Band.SAFE)]
    ] * 2


def test_the_same_text_about_another_product_is_not_safe() -> None:
    texts = [
        text_about("queue").replace("number 7", f"number 7 of {name}")
        for name in ("Redis", "Kafka")
    ]
    before, after = (
        document(f"{name} provider", text)
        for name, text in zip(("Redis", "Kafka"), texts, strict=True)
    )
    pages = {"/": HOME, "/sitemap.xml": page(sitemap("/kafka-provider"))}
    (found,) = LostSite({**pages, "/kafka-provider": page(after)}).search(
        lost("/redis-provider.html", content=before)
    )
    (best,) = found.proposals
    assert best.band is Band.LIKELY
    assert best.grounds.text is not None
    assert best.grounds.text > 0.9


def test_a_page_on_another_domain_that_only_has_its_title_is_not_safe() -> None:
    moves = tuple(
        (f"{HOST}/docs/{n}", f"http://other.test/docs/{n}") for n in ("a.html", "b.html")
    )
    site = LostSite(
        {"other.test/docs/raft.html": page(document("Practical Raft", text_about("casino")))}
    )
    (found,) = site.search(LOST, moves=moves)
    assert [one.band for one in found.proposals] == [Band.SHOWN]


def test_a_title_that_many_pages_have_is_not_safe_without_text() -> None:
    pages = {"/": HOME, "/sitemap.xml": page(sitemap("/other-product/intro.html"))}
    intro = page(document("Introduction", text_about("casino")))
    (found,) = LostSite({**pages, "/other-product/intro.html": intro}).search(
        lost("/product/intro.html", content=document("Introduction", "<p>Loading"))
    )
    assert [one.band for one in found.proposals] == [Band.LIKELY]


def test_a_version_is_not_chosen_among_others_without_a_word_of_the_site() -> None:
    answers = {
        "/": HOME,
        "/sitemap.xml": page(sitemap("/2.0/raft", "/3.0/raft")),
        "/2.0/raft": page(RAFT),
        "/3.0/raft": page(RAFT),
    }
    (found,) = LostSite(answers).search(lost("/1.0/raft", content=RAFT))
    assert [one.band for one in found.proposals] == [Band.LIKELY]
    named = RAFT.replace(b"<head>", b'<head><link rel="canonical" href="/3.0/raft">')
    answers |= {"/2.0/raft": page(named), "/3.0/raft": page(named)}
    (found,) = LostSite(answers).search(lost("/1.0/raft", content=RAFT))
    assert [(one.url, one.band) for one in found.proposals] == [(f"{HOST}/3.0/raft", Band.SAFE)]


# --- politeness, limits -------------------------------------------------------------------------------


def test_excluded_urls_are_not_asked() -> None:
    site = LostSite(SITE)
    (found,) = site.search(LOST, fetch={"exclude": ("*/guide/*",)})
    assert not found.proposals
    assert not [path for path in site.asked if "/guide/" in path]


def test_what_robots_txt_disallows_is_not_asked() -> None:
    site = LostSite({**SITE, "/robots.txt": page(b"User-agent: *\nDisallow: /")})
    (found,) = site.search(LOST)
    assert {path.partition("/")[2] for path in site.asked} == {"robots.txt"}
    assert (found.proposals, found.is_complete) == ((), True)


@pytest.mark.promise("26")
def test_a_redirect_to_a_private_address_is_not_followed() -> None:
    async def resolve(host: str, port: int) -> tuple[str, ...]:
        return ("10.0.0.1",) if host == "inside.test" else ("127.0.0.1",)

    site = LostSite({**SITE, NEW: redirect("http://inside.test/raft"), "/raft": page(RAFT)})
    (found,) = site.search(LOST, resolver=resolve, only_hosts=("docs.test",))
    assert not found.proposals
    assert not [path for path in site.asked if path.startswith("inside")]


def test_sitemaps_of_other_sites_are_neither_asked_nor_believed() -> None:
    site = LostSite(
        {
            **PAGES,
            "/robots.txt": page(b"Sitemap: http://other.test/sitemap.xml"),
            "/sitemap.xml": page(sitemap(NEW, host="http://evil.test")),
            f"evil.test{NEW}": page(RAFT),
        }
    )
    (found,) = site.search(LOST)
    assert not found.proposals
    assert {path.partition("/")[0].removeprefix("www.") for path in site.asked} == {"docs.test"}


def test_hosts_are_asked_once_for_what_serves_all_their_resources() -> None:
    site = LostSite(SITE)
    wanted = [lost(f"/docs/{n}.html", f"Part {n}", number=n) for n in range(1, 6)]
    found = site.search(LOST, *wanted)
    shared = [path for path in site.asked if path.endswith((".txt", ".xml", "test/"))]
    assert sorted(shared) == sorted(set(shared))
    assert sum(one.requests for one in found) == len(site.asked)
    assert max(one.requests for one in found) <= 10


def test_an_endless_index_of_sitemaps_ends() -> None:
    maps = {f"/map{n}.xml": page(index(f"/map{n + 1}.xml", "/sitemap.xml")) for n in range(50)}
    site = LostSite({**SITE, **maps, "/sitemap.xml": page(index("/map0.xml"))})
    site.search(LOST)
    assert len([path for path in site.asked if path.endswith(".xml")]) == 5


def test_a_bomb_in_a_sitemap_does_no_harm() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 100_000_000, 1)
    robots = page(f"Sitemap: {HOST}/bomb.xml.gz\nSitemap: {HOST}/good.xml".encode())
    site = LostSite({**PAGES, "/robots.txt": robots, "/bomb.xml.gz": page(bomb), "/good.xml": MAP})
    (found,) = site.search(LOST)
    assert found.is_complete


def test_links_that_are_none_do_no_harm() -> None:
    odd = {
        "http://[": "Practical Raft",
        "javascript:alert(1)": "Practical Raft",
        "http://docs.test:99999/raft": "Practical Raft",
        "//": "Practical Raft",
        "\\\\docs.test\\raft": "Practical Raft",
        "http://docs.test/%zz%00": "Practical Raft",
        NEW: "Practical Raft",
    }
    (found,) = LostSite({**PAGES, "/": page(document("Home", links=odd))}).search(LOST)
    assert [one.url for one in found.proposals] == [HOST + NEW]


def test_a_search_ends_with_its_time_and_keeps_what_it_found() -> None:
    site = LostSite(SITE)
    (found,) = site.search(LOST, seconds=0.0)
    assert (found.proposals, found.is_complete) == ((), False)


def test_a_search_ends_when_it_is_told_to() -> None:
    stop = asyncio.Event()
    stop.set()
    (found,) = LostSite(SITE).search(LOST, stop=stop)
    assert (found.proposals, found.is_complete) == ((), False)


def test_a_url_that_cannot_be_asked_has_no_successor() -> None:
    record = lost("/docs/raft.html")
    odd = replace(record, resource=replace(record.resource, url="no URL"))
    site = LostSite(SITE)
    (found,) = site.search(odd)
    assert (found.resource_url, found.proposals, found.is_complete) == ("no URL", (), True)
    assert site.asked == []


def test_nothing_is_wanted() -> None:
    assert LostSite(SITE).search() == ()


# --- archives -------------------------------------------------------------------------------------------


@dataclass
class MadeUpArchive:
    """Knows one redirect or one copy."""

    redirects: tuple[str, ...] = ()
    copy: ArchivedCopy | None = None
    asked: list[str] = field(default_factory=list)

    async def redirects_of(self, url: str) -> tuple[str, ...]:
        self.asked.append(url)
        return self.redirects

    async def copy_of(self, url: str, before: datetime | None) -> ArchivedCopy | None:
        self.asked.append(f"copy of {url}")
        return self.copy


def copy_of(content: bytes) -> ArchivedCopy:
    url = "http://archive.test/2026/http://docs.test/docs/raft.html"
    return ArchivedCopy(url=url, captured_at=NOW, page=read(content, url, "text/html"))


def test_where_an_archive_saw_it_redirect() -> None:
    archive = MadeUpArchive(redirects=("javascript:x", "http://raft.test/book"))
    site = LostSite({"raft.test/book": page(RAFT)})
    (found,) = site.search(LOST, archive=archive)
    (best,) = found.proposals
    assert (best.url, best.band) == ("http://raft.test/book", Band.SAFE)
    assert best.grounds.source is CandidateSource.ARCHIVED_REDIRECT
    assert archive.asked == [f"{HOST}/docs/raft.html"]


@pytest.mark.parametrize(("content", "band"), [(RAFT, Band.LIKELY), (PAXOS, Band.SHOWN)])
def test_a_copy_in_an_archive_is_never_safe(content: bytes, band: Band) -> None:
    archive = MadeUpArchive(copy=copy_of(content))
    (found,) = LostSite({}).search(LOST, archive=archive)
    (best,) = found.proposals
    assert (best.url, best.band) == (copy_of(RAFT).url, band)
    assert best.grounds.source is CandidateSource.ARCHIVED_COPY


def test_no_archive_is_asked_for_what_was_found() -> None:
    archive = MadeUpArchive(copy=copy_of(RAFT))
    LostSite(SITE).search(LOST, archive=archive)
    assert archive.asked == []


@dataclass
class BrokenArchive(MadeUpArchive):
    """Breaks its promise for one host."""

    async def redirects_of(self, url: str) -> tuple[str, ...]:
        if "odd.test" in url:
            raise ZeroDivisionError
        return await super().redirects_of(url)


def test_an_error_of_our_own_ends_the_search_of_one_host_only() -> None:
    odd = lost("/docs/raft.html", content=RAFT, number=2, host="http://odd.test")
    first, second = LostSite({}).search(LOST, odd, archive=BrokenArchive(copy=copy_of(RAFT)))
    assert (len(first.proposals), first.is_complete, first.fault) == (1, True, "")
    assert (second.proposals, second.is_complete) == ((), False)
    assert "internal error, ZeroDivisionError in" in second.fault
