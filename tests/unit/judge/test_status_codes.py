import pytest

from crawler.judge import Policy, judge
from crawler.model import Reason, Verdict
from tests.support.builders import make_chain, make_evidence, make_facts


@pytest.mark.parametrize(
    ("status_code", "verdict", "reason"),
    [
        (101, Verdict.FAILING, Reason.PROTOCOL_ERROR),
        (200, Verdict.OK, Reason.OK),
        (203, Verdict.OK, Reason.OK),
        (204, Verdict.OK, Reason.OK),
        (206, Verdict.OK, Reason.OK),
        (300, Verdict.FAILING, Reason.BAD_REDIRECT),
        (302, Verdict.FAILING, Reason.BAD_REDIRECT),
        (304, Verdict.OK, Reason.NOT_MODIFIED),
        (400, Verdict.FAILING, Reason.HTTP_4XX),
        (401, Verdict.BLOCKED, Reason.LOGIN_REQUIRED),
        (402, Verdict.BLOCKED, Reason.PAYMENT_REQUIRED),
        (403, Verdict.BLOCKED, Reason.FORBIDDEN),
        (404, Verdict.DEAD, Reason.HTTP_404),
        (405, Verdict.FAILING, Reason.HTTP_4XX),
        (407, Verdict.BLOCKED, Reason.LOGIN_REQUIRED),
        (408, Verdict.FAILING, Reason.HTTP_4XX),
        (410, Verdict.DEAD, Reason.HTTP_410),
        (418, Verdict.BLOCKED, Reason.FORBIDDEN),
        (425, Verdict.FAILING, Reason.HTTP_4XX),
        (429, Verdict.BLOCKED, Reason.RATE_LIMITED),
        (451, Verdict.BLOCKED, Reason.LEGAL),
        (499, Verdict.FAILING, Reason.HTTP_4XX),
        (500, Verdict.FAILING, Reason.HTTP_5XX),
        (503, Verdict.FAILING, Reason.HTTP_5XX),
        (599, Verdict.FAILING, Reason.HTTP_5XX),
        (600, Verdict.FAILING, Reason.HTTP_5XX),
        (999, Verdict.BLOCKED, Reason.FORBIDDEN),
    ],
)
def test_a_final_status_says_its_reason(
    status_code: int, verdict: Verdict, reason: Reason
) -> None:
    judgement = judge(make_evidence(make_facts(status_code=status_code)), Policy())
    assert (judgement.verdict, judgement.reason) == (verdict, reason)


@pytest.mark.parametrize("status_code", [404, 410, 403, 500])
def test_the_final_answer_decides_and_a_permanent_redirect_to_an_error_suggests_nothing(
    status_code: int,
) -> None:
    exchanges = make_chain((301, "https://example.org/new"), status_code=status_code)
    judgement = judge(make_evidence(make_facts(exchanges=exchanges)), Policy())
    direct = judge(make_evidence(make_facts(status_code=status_code)), Policy())
    assert judgement.reason is direct.reason
    assert judgement.suggested_url is None


@pytest.mark.parametrize("status_code", [403, 404, 500])
def test_an_accepted_status_is_ok(status_code: int) -> None:
    evidence = make_evidence(make_facts(status_code=status_code))
    assert judge(evidence, Policy(accept=(status_code,))).reason is Reason.OK
    assert judge(evidence, Policy(accept=(418,))).reason is not Reason.OK


def test_an_accepted_status_behind_a_permanent_redirect_is_moved() -> None:
    exchanges = make_chain((301, "https://example.net/raft"), status_code=403)
    judgement = judge(make_evidence(make_facts(exchanges=exchanges)), Policy(accept=(403,)))
    assert judgement.reason is Reason.PERMANENT_REDIRECT
    assert judgement.suggested_url == "https://example.net/raft"
