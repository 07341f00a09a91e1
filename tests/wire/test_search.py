"""The search for lost resources on loopback: what is asked, and what is proposed."""

from crawler.model import Band, CandidateSource
from tests.support.loopback import page
from tests.support.lost_site import HOST, LostSite, document, lost, text_about

RAFT = document("Practical Raft", text_about("raft"))
PAXOS = document("Simple Paxos", text_about("paxos"))


def sitemap(*paths: str) -> bytes:
    locations = "".join(f"<url><loc>{HOST}{path}</loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>'.encode()


def test_a_renamed_page_is_found_by_the_sitemap() -> None:
    site = LostSite(
        {
            "/": page(document("Home")),
            "/sitemap.xml": page(sitemap("/", "/guide/agreement-with-raft", "/guide/paxos")),
            "/guide/agreement-with-raft": page(RAFT),
            "/guide/paxos": page(PAXOS),
        }
    )
    (found,) = site.search(lost("/docs/raft.html", content=RAFT))
    (best, *others) = found.proposals
    assert (best.url, best.band) == (f"{HOST}/guide/agreement-with-raft", Band.SAFE)
    assert best.grounds.source is CandidateSource.SITEMAP
    assert best.grounds.found_at == f"{HOST}/sitemap.xml"
    assert not others
    assert found.is_complete
    assert found.requests == len(site.asked) <= 10
