import pytest

from crawler.judge import Policy, judge, no_response
from crawler.model import FailureKind, Phase, Reason, Verdict
from tests.support.builders import (
    URL,
    make_chain,
    make_evidence,
    make_exchange,
    make_facts,
    make_failure,
)


@pytest.mark.parametrize("kind", FailureKind)
def test_a_failure_is_its_own_reason(kind: FailureKind) -> None:
    judgement = judge(make_evidence(make_facts(make_failure(kind))), Policy())
    gone = kind in {FailureKind.DNS_NOT_FOUND, FailureKind.DNS_NO_ADDRESS}
    assert judgement.reason == kind.value
    assert judgement.verdict is (Verdict.DEAD if gone else Verdict.FAILING)


def test_every_kind_of_failure_has_its_row() -> None:
    assert set(no_response.REASONS) == set(FailureKind)


def test_a_permanent_redirect_to_a_failure_suggests_nothing() -> None:
    target = "https://example.net/new"
    failure = make_failure(FailureKind.READ_TIMEOUT, phase=Phase.RESPONSE, target_uri=target)
    facts = make_facts(failure, exchanges=make_chain((301, target))[:1])
    judgement = judge(make_evidence(facts), Policy())
    assert judgement.reason is Reason.READ_TIMEOUT
    assert judgement.suggested_url is None


@pytest.mark.parametrize(
    ("status_code", "reason"),
    [
        (200, Reason.PROTOCOL_ERROR),
        (302, Reason.PROTOCOL_ERROR),
        (404, Reason.HTTP_404),
        (403, Reason.FORBIDDEN),
        (503, Reason.HTTP_5XX),
    ],
)
def test_a_final_error_status_beats_its_broken_content(status_code: int, reason: Reason) -> None:
    failure = make_failure(FailureKind.PROTOCOL_ERROR, phase=Phase.CONTENT)
    facts = make_facts(failure, exchanges=(make_exchange(URL, status_code),))
    assert judge(make_evidence(facts), Policy()).reason is reason


def test_content_that_broke_at_a_later_hop_is_not_covered_by_an_earlier_status() -> None:
    failure = make_failure(
        FailureKind.READ_TIMEOUT, phase=Phase.CONTENT, target_uri="https://example.org/next"
    )
    facts = make_facts(failure, exchanges=(make_exchange(URL, 404),))
    assert judge(make_evidence(facts), Policy()).reason is Reason.READ_TIMEOUT


def test_a_failure_before_the_content_is_never_covered_by_a_status() -> None:
    failure = make_failure(FailureKind.READ_TIMEOUT, phase=Phase.RESPONSE)
    facts = make_facts(failure, exchanges=(make_exchange(URL, 503),))
    assert judge(make_evidence(facts), Policy()).reason is Reason.READ_TIMEOUT


def test_content_that_broke_without_any_exchange_is_a_failure() -> None:
    facts = make_facts(make_failure(FailureKind.PROTOCOL_ERROR, phase=Phase.CONTENT))
    assert judge(make_evidence(facts), Policy()).reason is Reason.PROTOCOL_ERROR
