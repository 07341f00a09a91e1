"""What a worker tells of hosts that it does not reach, and when."""

from crawler.crawl.cluster.holding import DOUBT_SECONDS, TRUST_SECONDS, Holding
from crawler.crawl.messages import AttemptEnded, HostsAsked, LookBegan, LookEnded, News
from crawler.model import Reason
from tests.support.builders import make_check, make_facts, make_failure

BEGAN = LookBegan(host="a.test", resources=1)
FAILED = AttemptEnded(host="a.test", is_unreached=True)
REACHED = AttemptEnded(host="b.test", is_unreached=False)
DEAD = LookEnded(
    checks=(make_check(Reason.CONNECTION_REFUSED, facts=make_facts(make_failure())),),
    text_marks=(None,),
)
ALIVE = LookEnded(checks=(make_check(),), text_marks=(None,))


def _passed(holding: Holding, *news: News, at: float = 0.0) -> list[News]:
    return [one for given in news for one in holding.passed(given, at)]


def test_what_was_reached_is_told_at_once() -> None:
    news = (BEGAN, REACHED, ALIVE, HostsAsked(hosts=("a.test",)))
    assert _passed(Holding(), *news) == list(news)


def test_what_was_not_reached_waits_for_any_answer() -> None:
    holding = Holding()
    assert _passed(holding, BEGAN, FAILED, DEAD) == [BEGAN]
    assert (holding.asked, holding.unreached, holding.has_any) == (1, 1, True)
    assert _passed(holding, REACHED) == [FAILED, DEAD, REACHED]
    assert (holding.unreached, holding.has_any) == (0, False)


def test_doubt_comes_after_a_while_and_ends_with_a_canary() -> None:
    holding = Holding()
    assert not holding.is_doubtful(100.0)
    _passed(holding, FAILED, at=100.0)
    _passed(holding, DEAD, at=100.0 + DOUBT_SECONDS)
    assert not holding.is_doubtful(99.9 + DOUBT_SECONDS)
    assert holding.is_doubtful(100.0 + DOUBT_SECONDS)
    assert holding.released(200.0, by_canary=True) == (FAILED, DEAD)
    assert not holding.is_doubtful(300.0)


def test_for_a_while_after_a_canary_has_answered_nothing_is_held_back() -> None:
    holding = Holding()
    holding.released(100.0, by_canary=True)
    assert _passed(holding, FAILED, DEAD, at=99.0 + TRUST_SECONDS) == [FAILED, DEAD]
    assert _passed(holding, FAILED, DEAD, at=100.0 + TRUST_SECONDS) == []
