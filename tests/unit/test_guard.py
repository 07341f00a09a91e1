"""Is it us: pure tables of what was seen, and what it says about the run."""

from dataclasses import replace

import pytest

from crawler import guard
from crawler.guard import Distrust, Outage, Portal
from crawler.model import (
    Facts,
    FailureKind,
    Lane,
    Record,
    Resource,
    Standing,
    State,
    Target,
    Verdict,
)
from tests.support.builders import (
    make_chain,
    make_check,
    make_exchange,
    make_facts,
    make_failure,
    make_not_asked,
    make_resource,
)

OUTAGE = Outage(hosts=90, unreached=88, canaries=3)
PORTAL = Portal(host="wifi.test", resources=100, landed=97, canaries=3)
LOGIN = "https://wifi.test/login"
WENT_TO_LOGIN = make_facts(exchanges=make_chain((302, LOGIN)))


# --- which hosts tell something -----------------------------------------------------------------


def _lane(host: str, *resources: Resource) -> Lane:
    return Lane(host=host, targets=tuple(Target(url=r.url, resources=(r,)) for r in resources))


def _record(resource: Resource, state: State) -> Record:
    return Record(resource=resource, standing=Standing(state=state))


@pytest.mark.parametrize(
    ("states", "telling"),
    [
        ((), True),
        ((State.NEW, State.NEW), True),
        ((State.HEALTHY, State.HEALTHY), True),
        ((State.SUSPECT, State.BROKEN), True),
        ((State.BROKEN,), True),  # the other resource is not known yet
        ((State.BROKEN, State.HEALTHY), True),
        ((State.BROKEN, State.FAILING), False),
        ((State.FAILING, State.FAILING), False),
    ],
)
def test_a_host_tells_nothing_when_all_its_resources_were_in_trouble_before(
    states: tuple[State, ...], telling: bool
) -> None:
    two = [make_resource(f"https://a.test/{n}", number=n) for n in (1, 2)]
    known = zip(two, states, strict=False)
    failed = {r.key: r.url for r, state in known if state in {State.FAILING, State.BROKEN}}
    hosts = guard.hosts_with_news([_lane("a.test", *two)], failed)
    assert hosts == (frozenset({"a.test"}) if telling else frozenset())


def test_a_replaced_url_was_in_no_trouble_before() -> None:
    old, new = make_resource("https://a.test/old"), make_resource("https://a.test/new")
    assert guard.hosts_with_news([_lane("a.test", new)], {old.key: old.url}) == {"a.test"}


# --- what an attempt tells ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "unreached"),
    [
        (FailureKind.DNS_NOT_FOUND, True),
        (FailureKind.DNS_NO_ADDRESS, True),
        (FailureKind.DNS_ERROR, True),
        (FailureKind.UNREACHABLE, True),
        (FailureKind.CONNECT_TIMEOUT, True),
        (FailureKind.CONNECTION_REFUSED, True),
        (FailureKind.CONNECTION_RESET, True),
        (FailureKind.READ_TIMEOUT, False),
        (FailureKind.TLS_EXPIRED, False),
        (FailureKind.PROTOCOL_ERROR, False),
        (FailureKind.PRIVATE_ADDRESS, False),
    ],
)
def test_which_failures_look_like_a_network_that_is_down(
    kind: FailureKind, unreached: bool
) -> None:
    assert guard.is_unreached(make_facts(make_failure(kind))) is unreached


@pytest.mark.parametrize(
    "facts",
    [
        make_facts(),
        make_facts(status_code=503),
        make_facts(make_not_asked()),
        # The host itself did answer; what failed is where it pointed.
        make_facts(
            make_failure(FailureKind.DNS_NOT_FOUND),
            exchanges=(make_exchange(status_code=301, redirect="https://gone.test/"),),
        ),
    ],
)
def test_an_answer_is_an_answer(facts: Facts) -> None:
    assert not guard.is_unreached(facts)


@pytest.mark.parametrize(
    ("hosts", "unreached", "suspicious"),
    [
        (1, 1, False),
        (4, 4, False),
        (5, 2, False),
        (5, 3, True),
        (100, 30, False),
        (100, 50, False),
        (100, 51, True),
        (0, 0, False),
    ],
)
def test_more_than_half_of_at_least_five_hosts_are_suspicious(
    hosts: int, unreached: int, suspicious: bool
) -> None:
    assert guard.is_suspicious(hosts=hosts, unreached=unreached) is suspicious


@pytest.mark.parametrize(
    ("facts", "answers"),
    [
        (make_facts(), True),
        (make_facts(status_code=503), True),
        (make_facts(exchanges=make_chain((301, "https://www.example.org/"))), True),
        (WENT_TO_LOGIN, False),
        (make_facts(make_failure(FailureKind.TLS_UNTRUSTED)), False),
    ],
)
def test_a_canary_vouches_by_an_answer_from_its_own_site(facts: Facts, answers: bool) -> None:
    assert guard.is_answered_by_site(facts) is answers


# --- a portal -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "host"),
    [
        (make_facts(), ""),
        (make_facts(make_failure()), ""),
        (make_facts(make_not_asked()), ""),
        (make_facts(exchanges=make_chain((301, "https://www.example.org/"))), ""),
        (WENT_TO_LOGIN, "wifi.test"),
        # Portals like to live at a private address, which is not connected to.
        (
            make_facts(
                make_failure(FailureKind.PRIVATE_ADDRESS, target_uri="http://10.0.0.1/login"),
                exchanges=(make_exchange(status_code=302, redirect="http://10.0.0.1/login"),),
            ),
            "10.0.0.1",
        ),
        (
            make_facts(
                make_not_asked(target_uri=LOGIN),
                exchanges=(make_exchange(status_code=302, redirect=LOGIN),),
            ),
            "wifi.test",
        ),
    ],
)
def test_where_a_chain_ended_when_not_at_its_own_site(facts: Facts, host: str) -> None:
    assert guard.foreign_host(facts) == host


@pytest.mark.parametrize(
    ("landed", "resources", "hosts", "portal"),
    [
        (91, 100, 90, True),
        (90, 100, 90, False),
        (5, 5, 5, True),
        (4, 4, 4, False),
        (50, 50, 1, False),
        (0, 0, 0, False),
    ],
)
def test_a_portal_answers_for_more_than_nine_in_ten(
    landed: int, resources: int, hosts: int, portal: bool
) -> None:
    assert guard.is_portal(landed=landed, resources=resources, hosts=hosts) is portal


# --- what counts nevertheless -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "distrust", "counts"),
    [
        (make_facts(), OUTAGE, True),
        (make_facts(status_code=404), OUTAGE, True),
        (make_facts(make_failure(FailureKind.DNS_NOT_FOUND)), OUTAGE, False),
        (make_facts(make_failure(FailureKind.READ_TIMEOUT)), OUTAGE, False),
        (make_facts(make_not_asked()), OUTAGE, False),
        (WENT_TO_LOGIN, OUTAGE, True),
        (WENT_TO_LOGIN, PORTAL, False),
        (make_facts(exchanges=make_chain((302, "https://elsewhere.test/"))), PORTAL, True),
        (make_facts(url=LOGIN), PORTAL, True),
    ],
)
def test_resources_that_did_answer_count(facts: Facts, distrust: Distrust, counts: bool) -> None:
    assert guard.is_conclusive(make_check(Verdict.OK, facts=facts), distrust) is counts


@pytest.mark.parametrize(
    ("distrust", "says"),
    [
        (OUTAGE, "88 of 90 hosts could not be reached, and no canary answered"),
        (Outage(hosts=9, unreached=8, canaries=0), "8 of 9 hosts could not be reached, and there"),
        (PORTAL, "97 of 100 links ended at wifi.test, and no canary answered"),
        (
            replace(PORTAL, canaries=0),
            "97 of 100 links ended at wifi.test, and there is no canary",
        ),
    ],
)
def test_one_sentence_says_what_was_seen(distrust: Distrust, says: str) -> None:
    sentence = guard.explanation(distrust)
    assert says in sentence
    assert "nothing was concluded" in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
