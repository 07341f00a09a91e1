import pytest

from crawler.judge import Policy, judge, skipped
from crawler.model import NotAskedReason, Reason, Verdict
from tests.support.builders import make_chain, make_evidence, make_facts, make_not_asked


@pytest.mark.parametrize(
    ("not_asked", "reason", "verdict"),
    [
        (NotAskedReason.INVALID_URL, Reason.INVALID_URL, Verdict.DEAD),
        (NotAskedReason.UNSUPPORTED_SCHEME, Reason.UNSUPPORTED_SCHEME, Verdict.SKIPPED),
        (NotAskedReason.EXCLUDED, Reason.EXCLUDED, Verdict.SKIPPED),
        (NotAskedReason.ROBOTS_DISALLOWED, Reason.ROBOTS_DISALLOWED, Verdict.SKIPPED),
        (NotAskedReason.ROBOTS_UNAVAILABLE, Reason.ROBOTS_UNAVAILABLE, Verdict.SKIPPED),
        (NotAskedReason.OUT_OF_BUDGET, Reason.OUT_OF_BUDGET, Verdict.SKIPPED),
    ],
)
def test_what_was_not_asked_says_why(
    not_asked: NotAskedReason, reason: Reason, verdict: Verdict
) -> None:
    judgement = judge(make_evidence(make_facts(make_not_asked(not_asked))), Policy())
    assert (judgement.reason, judgement.verdict) == (reason, verdict)
    assert judgement.warnings == ()
    assert judgement.suggested_url is None


def test_every_reason_for_not_asking_has_its_row() -> None:
    assert set(skipped.REASONS) == set(NotAskedReason)


@pytest.mark.parametrize(
    ("status_code", "suggested_url"),
    [(301, "https://example.org/new"), (302, None)],
)
def test_a_redirect_target_that_may_not_be_asked_is_still_suggested(
    status_code: int, suggested_url: str | None
) -> None:
    target = "https://example.org/new"
    facts = make_facts(
        make_not_asked(target_uri=target), exchanges=make_chain((status_code, target))[:1]
    )
    judgement = judge(make_evidence(facts), Policy())
    assert judgement.reason is Reason.ROBOTS_DISALLOWED
    assert judgement.suggested_url == suggested_url
