import pytest

from crawler.judge import Policy, judge
from crawler.model import Accepted, Exchange, Judgement, Reason, RedirectKind
from tests.support.builders import (
    make_chain,
    make_evidence,
    make_exchange,
    make_facts,
    make_redirect,
    make_resource,
)

A = "https://example.org/a"
B = "https://example.org/b"
C = "https://example.net/c"


def _refresh(delay: float, kind: RedirectKind = RedirectKind.META_REFRESH) -> Exchange:
    return make_exchange(A, 200, redirect=make_redirect(B, kind=kind, delay=delay))


@pytest.mark.parametrize(
    ("exchanges", "reason", "suggested_url"),
    [
        (make_chain((301, B), url=A), Reason.PERMANENT_REDIRECT, B),
        (make_chain((308, B), url=A), Reason.PERMANENT_REDIRECT, B),
        (make_chain((300, B), url=A), Reason.OK, None),
        (make_chain((302, B), url=A), Reason.OK, None),
        (make_chain((303, B), url=A), Reason.OK, None),
        (make_chain((307, B), url=A), Reason.OK, None),
        (make_chain((301, B), (301, C), url=A), Reason.PERMANENT_REDIRECT, C),
        (make_chain((301, B), (302, C), url=A), Reason.PERMANENT_REDIRECT, B),
        (make_chain((302, B), (301, C), url=A), Reason.OK, None),
        (make_chain((301, B), (302, C), (301, A), url=A), Reason.PERMANENT_REDIRECT, B),
        (make_chain((301, A), url=A), Reason.OK, None),
        (make_chain((301, B), (301, A), url=A), Reason.OK, None),
        (make_chain((301, A + "#top"), url=A), Reason.OK, None),
        (make_chain((301, B), url=A, status_code=304), Reason.PERMANENT_REDIRECT, B),
        ((_refresh(0), make_exchange(B)), Reason.PERMANENT_REDIRECT, B),
        ((_refresh(3), make_exchange(B)), Reason.OK, None),
        (
            (_refresh(0, RedirectKind.REFRESH_FIELD), make_exchange(B)),
            Reason.PERMANENT_REDIRECT,
            B,
        ),
        # A refresh that the answer itself carries was not followed.
        ((_refresh(0),), Reason.OK, None),
    ],
)
def test_only_the_leading_permanent_hops_move_a_resource(
    exchanges: tuple[Exchange, ...], reason: Reason, suggested_url: str | None
) -> None:
    judgement = judge(make_evidence(make_facts(exchanges=exchanges)), Policy())
    assert (judgement.reason, judgement.suggested_url) == (reason, suggested_url)


@pytest.mark.parametrize(
    ("listed", "target", "reason"),
    [
        ("http://example.org/a", "https://example.org/a", Reason.HTTPS_UPGRADE),
        ("http://example.org/a#x", "https://example.org/a", Reason.HTTPS_UPGRADE),
        ("https://example.org/a", "https://example.org/a/", Reason.TRIVIAL_REDIRECT),
        ("https://example.org/a", "https://www.example.org/a", Reason.TRIVIAL_REDIRECT),
        ("http://example.org/a", "https://www.example.org/a", Reason.TRIVIAL_REDIRECT),
        ("https://example.org/index.html", "https://example.org/", Reason.TRIVIAL_REDIRECT),
        ("https://example.org/a", "https://example.org/b", Reason.PERMANENT_REDIRECT),
        ("https://example.org/a", "https://example.org/a?b", Reason.PERMANENT_REDIRECT),
        ("https://example.org/a", "https://example.net/a", Reason.PERMANENT_REDIRECT),
    ],
)
def test_a_move_is_called_by_how_far_it_goes(listed: str, target: str, reason: Reason) -> None:
    facts = make_facts(exchanges=make_chain((301, target), url=listed))
    assert judge(make_evidence(facts), Policy()).reason is reason


@pytest.mark.parametrize(
    ("listed", "target", "suggested_url"),
    [
        (A, B, B),
        (A + "#part", B, B + "#part"),
        (A + "#part", B + "#other", B + "#other"),
        (A, B + "#other", B + "#other"),
    ],
)
def test_a_suggestion_keeps_the_fragment_unless_the_redirect_sets_one(
    listed: str, target: str, suggested_url: str
) -> None:
    facts = make_facts(exchanges=make_chain((301, target), url=A))
    evidence = make_evidence(facts, resource=make_resource(listed))
    assert judge(evidence, Policy()).suggested_url == suggested_url


def _judged(*hops: tuple[int, str], redirect: str) -> Judgement:
    facts = make_facts(exchanges=make_chain(*hops, url=A))
    return judge(make_evidence(facts, accepted=Accepted(redirect=redirect)), Policy())


def test_a_redirect_that_a_person_accepted_moves_nothing() -> None:
    judgement = _judged((301, B), redirect=B)
    assert (judgement.reason, judgement.suggested_url) == (Reason.OK, None)
    assert _judged((301, B), (302, C), redirect=B).reason is Reason.OK


@pytest.mark.parametrize(
    ("hops", "redirect"),
    [([(301, C)], B), ([(301, B), (301, C)], B), ([(301, B)], ""), ([(301, B)], A)],
)
def test_a_redirect_to_another_url_than_the_accepted_one_moves_it(
    hops: list[tuple[int, str]], redirect: str
) -> None:
    assert _judged(*hops, redirect=redirect).reason is Reason.PERMANENT_REDIRECT


def test_an_accepted_redirect_still_has_to_lead_to_an_answer() -> None:
    exchanges = make_chain((301, B), url=A, status_code=404)
    evidence = make_evidence(make_facts(exchanges=exchanges), accepted=Accepted(redirect=B))
    assert judge(evidence, Policy()).reason is Reason.HTTP_404
