"""What the settings tell a judgement."""

from crawler.config import HostSettings, ReportSettings, Settings
from crawler.judge import Policy, policy_for
from tests.support.builders import make_chain, make_facts, make_failure

SETTINGS = Settings(
    report=ReportSettings(tls_expiry_days=30, slow_seconds=2),
    hosts=(("landing.example", HostSettings(accept=(403,))),),
)


def test_the_host_of_the_last_response_says_what_is_accepted() -> None:
    chain = make_chain((301, "https://landing.example/"))
    assert policy_for(SETTINGS, make_facts(exchanges=chain)) == Policy(
        tls_expiry_days=30, slow_seconds=2, accept=(403,)
    )
    assert policy_for(SETTINGS, make_facts()).accept == ()


def test_without_a_response_nothing_is_accepted() -> None:
    assert policy_for(SETTINGS, make_facts(make_failure())) == Policy(
        tls_expiry_days=30, slow_seconds=2
    )
