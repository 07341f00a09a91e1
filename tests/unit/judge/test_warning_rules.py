from datetime import timedelta

import pytest

from crawler.judge import Policy, judge
from crawler.judge.warning_rules import _RULES
from crawler.model import (
    Answer,
    Certificate,
    Declared,
    Evidence,
    FailureKind,
    MediaKind,
    Page,
    Phase,
    Reason,
    WarningCode,
)
from tests.support.builders import (
    NOW,
    URL,
    make_chain,
    make_evidence,
    make_exchange,
    make_facts,
    make_failure,
    make_page,
    make_resource,
)


def _warnings(evidence: Evidence) -> tuple[WarningCode, ...]:
    return judge(evidence, Policy()).warnings


def test_the_rules_stand_in_the_order_of_the_words() -> None:
    assert [warning for warning, _rule in _RULES] == list(WarningCode)


def test_a_healthy_page_has_no_warnings() -> None:
    certificate = Certificate(not_after=NOW + timedelta(days=60))
    assert _warnings(make_evidence(make_facts(certificate=certificate), page=make_page())) == ()


# --- certificate --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "warned"),
    [
        (timedelta(days=-1), True),
        (timedelta(days=13), True),
        (timedelta(days=14), True),
        (timedelta(days=14, seconds=1), False),
        (None, False),
    ],
)
def test_a_certificate_that_ends_within_two_weeks_is_warned_of(
    left: timedelta | None, warned: bool
) -> None:
    certificate = Certificate(not_after=None if left is None else NOW + left)
    found = _warnings(make_evidence(make_facts(certificate=certificate)))
    assert (WarningCode.TLS_EXPIRES_SOON in found) is warned


def test_the_days_are_a_setting() -> None:
    certificate = Certificate(not_after=NOW + timedelta(days=20))
    evidence = make_evidence(make_facts(certificate=certificate))
    assert judge(evidence, Policy(tls_expiry_days=30)).warnings == (WarningCode.TLS_EXPIRES_SOON,)


@pytest.mark.parametrize("status_code", [200, 403, 404, 503])
def test_a_certificate_is_warned_of_with_any_answer(status_code: int) -> None:
    certificate = Certificate(not_after=NOW)
    facts = make_facts(status_code=status_code, certificate=certificate)
    assert _warnings(make_evidence(facts)) == (WarningCode.TLS_EXPIRES_SOON,)


def test_a_certificate_that_made_tls_fail_is_not_warned_of_too() -> None:
    failure = make_failure(FailureKind.TLS_EXPIRED, phase=Phase.TLS)
    facts = make_facts(failure, certificate=Certificate(not_after=NOW - timedelta(days=1)))
    assert _warnings(make_evidence(facts)) == ()


def test_an_error_page_is_warned_of_nothing_else() -> None:
    facts = make_facts(url="http://example.org/a", status_code=404)
    page = make_page("Page not found", noindex=True, word_count=3, scripts=1)
    evidence = make_evidence(facts, page=page, elapsed=timedelta(seconds=9))
    assert _warnings(evidence) == ()


# --- the way and the answer ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("listed", "final", "warned"),
    [
        ("http://example.org/a", "http://example.org/b", True),
        ("http://example.org/a", "https://example.org/a", False),
        ("https://example.org/a", "http://example.org/a", True),
    ],
)
def test_the_final_url_tells_insecure_http(listed: str, final: str, warned: bool) -> None:
    facts = make_facts(exchanges=make_chain((301, final), url=listed))
    assert (WarningCode.INSECURE_HTTP in _warnings(make_evidence(facts))) is warned


@pytest.mark.parametrize(
    ("hops", "warned"),
    [
        (((302, "https://example.org/b"),), True),
        (((307, "https://example.org/b"),), True),
        (((301, "https://example.org/b"),), False),
        (((301, "https://example.org/b"), (302, "https://example.org/c")), True),
        (((302, "https://example.org/b"), (301, "https://example.org/c")), True),
        (((302, URL),), False),
        (((302, URL + "#part"),), False),
        ((), False),
    ],
)
def test_a_temporary_redirect_that_changes_the_url_is_warned_of(
    hops: tuple[tuple[int, str], ...], warned: bool
) -> None:
    found = _warnings(make_evidence(make_facts(exchanges=make_chain(*hops))))
    assert (WarningCode.TEMPORARY_REDIRECT in found) is warned


@pytest.mark.parametrize(
    ("status_code", "empty", "warned"),
    [
        (200, True, True),
        (200, False, False),
        (204, False, True),
        (205, False, True),
        (206, True, True),
        (304, True, False),
    ],
)
def test_an_answer_without_content_is_warned_of(
    status_code: int, empty: bool, warned: bool
) -> None:
    facts = make_facts(Answer(empty=empty), status_code=status_code)
    assert (WarningCode.EMPTY_BODY in _warnings(make_evidence(facts))) is warned


@pytest.mark.parametrize(
    ("elapsed", "warned"),
    [(None, False), (timedelta(seconds=5), False), (timedelta(seconds=5.001), True)],
)
def test_an_attempt_over_five_seconds_is_slow(elapsed: timedelta | None, warned: bool) -> None:
    assert (WarningCode.SLOW in _warnings(make_evidence(elapsed=elapsed))) is warned


def test_what_is_slow_is_a_setting() -> None:
    evidence = make_evidence(elapsed=timedelta(seconds=5.5))
    assert judge(evidence, Policy(slow_seconds=6)).warnings == ()


def test_a_cut_content_is_ok_and_warned_of() -> None:
    judgement = judge(make_evidence(make_facts(Answer(truncated=True))), Policy())
    assert judgement.reason is Reason.OK
    assert judgement.warnings == (WarningCode.BODY_TRUNCATED,)


def test_an_accepted_status_without_readable_content_has_no_warnings_about_it() -> None:
    failure = make_failure(FailureKind.PROTOCOL_ERROR, phase=Phase.CONTENT)
    facts = make_facts(failure, exchanges=(make_exchange(URL, 404),))
    judgement = judge(make_evidence(facts), Policy(accept=(404,)))
    assert (judgement.reason, judgement.warnings) == (Reason.OK, ())


# --- the page -----------------------------------------------------------------------------------

SHELL = make_page(word_count=8, scripts=3, first_heading=None)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (make_page(fragment_found=False), (WarningCode.FRAGMENT_MISSING,)),
        (make_page(fragment_found=True), ()),
        (make_page(noindex=True), (WarningCode.NOINDEX,)),
        (SHELL, (WarningCode.SCRIPT_SHELL,)),
        (make_page(word_count=8, scripts=0, first_heading=None), ()),
        (make_page(word_count=50, scripts=3, first_heading=None), ()),
        (make_page(word_count=8, scripts=3, first_heading="Raft"), ()),
        (make_page("Cheap watches", first_heading="Sale"), (WarningCode.TITLE_MISMATCH,)),
        (make_page(None), ()),
        (
            make_page(canonical_url="https://example.org/other"),
            (WarningCode.CANONICAL_ELSEWHERE,),
        ),
        (make_page(canonical_url=URL + "#part"), ()),
        (make_page(canonical_url=URL + "/"), ()),
        (make_page(canonical_url="http://example.org/guides/raft"), ()),
        (make_page(canonical_url=Declared(value="https://example.org/", origin="og")), ()),
        (
            make_page("Cheap watches", kind=MediaKind.PDF, fragment_found=False, noindex=True),
            (),
        ),
        (None, ()),
    ],
)
def test_an_html_page_is_warned_of_for_what_it_says(
    page: Page | None, expected: tuple[WarningCode, ...]
) -> None:
    assert _warnings(make_evidence(page=page)) == expected


@pytest.mark.parametrize(
    ("value", "warned"),
    [
        ("noindex", True),
        ("nofollow, NoIndex", True),
        ("none", True),
        ("nofollow", False),
        ("googlebot: noindex", False),
    ],
)
def test_noindex_may_be_a_field_of_any_resource(value: str, warned: bool) -> None:
    exchange = make_exchange(URL, fields={"server": "noindex", "x-robots-tag": value})
    evidence = make_evidence(make_facts(exchanges=(exchange,)), page=make_page(kind=MediaKind.PDF))
    assert (WarningCode.NOINDEX in _warnings(evidence)) is warned


def test_a_shell_is_not_said_to_lack_the_fragment() -> None:
    shell = make_page(word_count=0, scripts=1, first_heading=None, fragment_found=False)
    evidence = make_evidence(page=shell, resource=make_resource(URL + "#part"))
    assert _warnings(evidence) == (WarningCode.SCRIPT_SHELL,)


def test_canonical_is_held_against_the_final_url() -> None:
    final = "https://example.org/new"
    facts = make_facts(exchanges=make_chain((301, final)))
    page = make_page(canonical_url=final)
    assert _warnings(make_evidence(facts, page=page)) == ()
