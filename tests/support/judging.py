"""The reason for a page that answers, in one call, for tests with tables of cases."""

from crawler.judge import Policy, judge
from crawler.model import Accepted, Context, Page, Past, Probing, Reason
from tests.support.builders import (
    URL,
    make_chain,
    make_evidence,
    make_facts,
    make_page,
    make_resource,
)

HOME = "https://example.org/"
LOST = Past(title="Practical Raft", domain="example.org", likeness=0.0)


def reason_of(
    page: Page | None = None,
    *,
    url: str = URL,
    to: str | None = None,
    status: int = 302,
    title: str = "Practical Raft",
    probing: Probing | None = None,
    past: Past | None = None,
    collapsed: int = 0,
    accepted: Accepted | None = None,
) -> Reason:
    """The reason for a page behind a redirect, by default a temporary one, or at its listed URL."""
    hops = ((status, to),) if to else ()
    evidence = make_evidence(
        make_facts(exchanges=make_chain(*hops, url=url)),
        resource=make_resource(url, title=title),
        page=page or make_page(),
        context=Context(probing=probing, past=past, collapsed=collapsed),
        accepted=accepted,
    )
    return judge(evidence, Policy()).reason
