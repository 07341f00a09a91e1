from dataclasses import replace

import pytest

from crawler.judge import Policy, judge, seen_of
from crawler.model import Accepted, Context, Page, Reason, Verdict
from tests.support.builders import (
    URL,
    make_chain,
    make_evidence,
    make_facts,
    make_page,
    make_probing,
)
from tests.support.judging import reason_of


@pytest.mark.parametrize("status_code", [301, 302])
@pytest.mark.parametrize(
    "landing",
    [
        "https://example.org/404",
        "https://example.org/404/",
        "https://example.org/404.html",
        "https://example.org/en/404.php?from=/guides/raft",
        "https://example.org/error",
        "https://example.org/Error.aspx?aspxerrorpath=/guides/raft",
        "https://example.org/errors/404",
        "https://example.org/not-found",
        "https://example.org/not_found",
        "https://example.org/pages/NotFound",
        "https://example.org/docs/404",
        "https://other.example/page-not-found",
    ],
)
def test_a_redirect_to_the_page_for_missing_pages_is_dead(status_code: int, landing: str) -> None:
    evidence = make_evidence(
        make_facts(exchanges=make_chain((status_code, landing))), page=make_page()
    )
    judgement = judge(evidence, Policy())
    assert (judgement.verdict, judgement.reason) == (Verdict.DEAD, Reason.SOFT_404)
    assert judgement.suggested_url is None


@pytest.mark.parametrize(
    ("listed", "landing"),
    [
        (URL, "https://example.org/404s-explained"),
        (URL, "https://example.org/404/history"),
        (URL, "https://example.org/docs/error"),
        (URL, "https://example.org/"),
        ("https://example.org/status/404", "https://example.org/reference/404"),
        ("https://example.org/error", "https://example.org/en/error"),
    ],
)
def test_a_redirect_to_a_page_about_errors_is_not(listed: str, landing: str) -> None:
    facts = make_facts(exchanges=make_chain((302, landing), url=listed))
    assert judge(make_evidence(facts), Policy()).reason is Reason.OK


def test_a_listed_page_with_such_a_name_is_the_resource() -> None:
    facts = make_facts(url="https://example.org/404")
    assert judge(make_evidence(facts), Policy()).reason is Reason.OK


@pytest.mark.parametrize(
    ("status_code", "reason"), [(404, Reason.HTTP_404), (503, Reason.HTTP_5XX)]
)
def test_the_status_of_the_page_for_missing_pages_comes_first(
    status_code: int, reason: Reason
) -> None:
    exchanges = make_chain((302, "https://example.org/404"), status_code=status_code)
    assert judge(make_evidence(make_facts(exchanges=exchanges)), Policy()).reason is reason


def test_an_accepted_status_is_not_a_soft_404() -> None:
    exchanges = make_chain((302, "https://example.org/404"), status_code=404)
    evidence = make_evidence(make_facts(exchanges=exchanges))
    assert judge(evidence, Policy(accept=(404,))).reason is Reason.OK


GONE = make_page(
    "Page not found",
    first_heading=None,
    text="There is nothing at this address. Look at our archive.",
)
SAME = make_probing(200, 200, likeness=1.0, title="Page not found")
ACCEPTED = Accepted(title="Page not found", domain="example.org", text=GONE.text)


@pytest.mark.parametrize(
    ("page", "to"),
    [
        (GONE, None),
        (
            make_page("PAGE  not found", first_heading=None, text=f"{GONE.text} And at our blog."),
            None,
        ),
        (GONE, "https://example.org/404"),
        (GONE, "https://example.org/"),
    ],
)
def test_what_a_person_accepted_is_the_resource(page: Page, to: str | None) -> None:
    assert reason_of(page, to=to, probing=SAME, accepted=ACCEPTED) is Reason.OK
    assert reason_of(page, to=to, probing=SAME) is not Reason.OK


@pytest.mark.parametrize(
    "accepted",
    [
        replace(ACCEPTED, title="Practical Raft"),
        replace(ACCEPTED, domain="casino.example"),
        replace(ACCEPTED, text="Raft elects a leader, which copies its log to its followers"),
    ],
)
def test_until_title_domain_or_most_of_the_text_change(accepted: Accepted) -> None:
    assert reason_of(GONE, probing=SAME, accepted=accepted) is Reason.SOFT_404


@pytest.mark.parametrize("verdict", [Verdict.DEAD, Verdict.SUSPECT])
def test_a_page_is_judged_by_what_the_facts_keep_of_it(verdict: Verdict) -> None:
    page = make_page("Page not found", first_heading=None, text="nothing here " * 1000)
    for probing in (SAME, replace(SAME, remembered=True)):
        context = Context(probing=probing)
        first = judge(make_evidence(page=page, context=context), Policy())
        kept = replace(make_facts(), seen=seen_of(page, verdict))
        assert judge(make_evidence(kept, context=context), Policy()) == first
