from dataclasses import replace

import pytest

from crawler.judge import Policy, judge
from crawler.model import FailureKind, Page, Phase, Reason, Verdict
from tests.support.builders import (
    TITLE,
    URL,
    make_chain,
    make_evidence,
    make_exchange,
    make_facts,
    make_failure,
    make_page,
    make_resource,
)


@pytest.mark.parametrize("status_code", [200, 202, 403, 404, 405, 429, 503])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cf-mitigated", "challenge"),
        ("cf-mitigated", " Challenge "),
        ("x-amzn-waf-action", "challenge"),
        ("x-amzn-waf-action", "captcha"),
        ("x-vercel-mitigated", "challenge"),
        ("x-vercel-mitigated", "deny"),
    ],
)
def test_a_challenge_mark_outweighs_every_status(status_code: int, field: str, value: str) -> None:
    exchange = make_exchange(URL, status_code, fields={field: value})
    judgement = judge(make_evidence(make_facts(exchanges=(exchange,))), Policy())
    assert (judgement.verdict, judgement.reason) == (Verdict.BLOCKED, Reason.BOT_CHALLENGE)


@pytest.mark.parametrize(
    ("status_code", "fields", "reason"),
    [
        (200, {"cf-mitigated": "none"}, Reason.OK),
        (403, {"x-amzn-waf-action": "block"}, Reason.FORBIDDEN),
        (200, {"x-vercel-mitigated": ""}, Reason.OK),
        (200, {"x-datadome": "protected"}, Reason.OK),
        (404, {"x-datadome": "protected"}, Reason.HTTP_404),
        (401, {"x-datadome": "protected"}, Reason.BOT_CHALLENGE),
        (403, {"x-datadome": "protected"}, Reason.BOT_CHALLENGE),
        (405, {"x-datadome": "protected"}, Reason.BOT_CHALLENGE),
        (429, {"x-datadome": "1"}, Reason.BOT_CHALLENGE),
        (429, {"x-kpsdk-ct": ""}, Reason.BOT_CHALLENGE),
        (200, {"x-kpsdk-ct": ""}, Reason.OK),
        (403, {}, Reason.FORBIDDEN),
        (403, {"server": "cloudflare"}, Reason.FORBIDDEN),
    ],
)
def test_other_fields_are_no_challenge(
    status_code: int, fields: dict[str, str], reason: Reason
) -> None:
    exchange = make_exchange(URL, status_code, fields=fields)
    assert judge(make_evidence(make_facts(exchanges=(exchange,))), Policy()).reason is reason


def test_a_mark_on_an_earlier_hop_does_not_count() -> None:
    hop = make_exchange(
        URL, 302, fields={"cf-mitigated": "challenge"}, redirect="https://example.org/b"
    )
    facts = make_facts(exchanges=(hop, make_exchange("https://example.org/b")))
    assert judge(make_evidence(facts), Policy()).reason is Reason.OK


def test_an_accepted_status_counts_as_ok_in_spite_of_a_mark() -> None:
    exchange = make_exchange(URL, 403, fields={"cf-mitigated": "challenge"})
    evidence = make_evidence(make_facts(exchanges=(exchange,)))
    assert judge(evidence, Policy(accept=(403,))).reason is Reason.OK


def test_a_challenge_whose_content_breaks_off_is_still_a_challenge() -> None:
    exchange = make_exchange(URL, 503, fields={"cf-mitigated": "challenge"})
    failure = make_failure(FailureKind.CONNECTION_RESET, phase=Phase.CONTENT)
    facts = make_facts(failure, exchanges=(exchange,))
    assert judge(make_evidence(facts), Policy()).reason is Reason.BOT_CHALLENGE


@pytest.mark.parametrize("status_code", [301, 302, 307])
@pytest.mark.parametrize(
    "landing",
    [
        "https://example.org/login",
        "https://example.org/Login/",
        "https://example.org/login?next=/guides/raft",
        "https://example.org/account/login",
        "https://example.org/auth/login;jsessionid=1A.node2",
        "https://example.org/users/sign_in",
        "https://example.org/sign-in",
        "https://example.org/wp-login.php",
        "https://example.org/Account/LogOn.aspx",
        "https://example.org/session/new",
        "https://example.org/wiki/Special:UserLogin",
        "https://accounts.example.net/v3/signin/identifier",
        "https://idp.example.net/realms/x/protocol/openid-connect/auth?client_id=web",
        "https://login.example.net/common/oauth2/v2.0/authorize",
        "https://sso.example.org/",
        "https://example.org/docs/login?next=/docs/raft",
        "https://example.org/blog/login?return_to=%2Fblog%2Fraft",
        "https://accounts.google.com/v3/identifier?continue=x",
        "https://accounts.google.com/ServiceLogin?service=wise",
        "https://login.microsoftonline.com/common/reprocess",
        "https://acme.eu.auth0.com/u/login?state=x",
        "https://acme.eu.auth0.com/authorize?client_id=x",
        "https://acme.okta.com/app/x/sso/saml",
        "https://acme.okta.com/oauth2/default/v1/authorize?client_id=x",
        "https://fs.example.net/adfs/ls/?wa=wsignin1.0",
        "https://auth.example.net/oauth2/auth?client_id=x",
        "https://github.com/login?return_to=x",
        "https://www.linkedin.com/authwall?trk=x",
        "https://x.com/i/flow/login",
        "https://example.org/login_form?came_from=x",
    ],
)
def test_a_redirect_to_a_sign_in_page_requires_a_login(status_code: int, landing: str) -> None:
    facts = make_facts(exchanges=make_chain((status_code, landing)))
    judgement = judge(make_evidence(facts), Policy())
    assert judgement.reason is Reason.LOGIN_REQUIRED
    assert judgement.suggested_url is None


@pytest.mark.parametrize(
    ("listed", "landing"),
    [
        (URL, "https://example.org/guides/how-to-login"),
        (URL, "https://example.org/docs/login"),
        (URL, "https://example.org/blog/sso/"),
        (URL, "https://example.org/authors"),
        (URL, "https://login.gov/"),
        ("https://example.org/login", "https://example.org/en/login"),
        ("https://example.org/users/sign_in", "https://example.org/login"),
        ("https://login.example.org/", "https://login.example.org/start"),
    ],
)
def test_a_redirect_to_another_page_does_not(listed: str, landing: str) -> None:
    facts = make_facts(exchanges=make_chain((302, landing), url=listed))
    assert judge(make_evidence(facts), Policy()).reason is Reason.OK


@pytest.mark.parametrize("stored", [False, True])
@pytest.mark.parametrize("status_code", [200, 403, 503])
@pytest.mark.parametrize(
    ("mark", "title", "words", "is_challenge"),
    [
        ("challenge_x", "Just a moment...", 0, True),
        ("challenge_x", "Just a moment...", 249, True),
        ("challenge_x", "Just a moment...", 250, False),
        ("challenge_x", TITLE, 99, True),
        ("captcha_x", "Security check", 59, True),
        ("captcha_x", "Security check", 60, False),
        ("missing_x", "Just a moment...", 0, False),
    ],
)
def test_a_page_is_a_challenge_when_it_is_nothing_else(
    stored: bool, status_code: int, mark: str, title: str, words: int, is_challenge: bool
) -> None:
    page = replace(make_page(title, first_heading=None, word_count=words), marks=(mark,))
    facts = replace(make_facts(status_code=status_code), seen=page if stored else None)
    judgement = judge(make_evidence(facts, page=None if stored else page), Policy())
    assert (judgement.reason is Reason.BOT_CHALLENGE) is is_challenge


@pytest.mark.parametrize(
    ("title", "mark", "words", "is_challenge"),
    [
        ("Just a moment...", "challenge_x", 999, True),
        ("Just a moment...", "challenge_x", 1000, False),
        ("Just a moment...", "captcha_x", 60, False),
        (TITLE, "challenge_x", 100, False),
    ],
)
def test_a_page_that_search_engines_leave_out_may_be_a_long_challenge(
    title: str, mark: str, words: int, is_challenge: bool
) -> None:
    page = make_page(title, first_heading=None, word_count=words, marks=(mark,), noindex=True)
    judgement = judge(make_evidence(page=page), Policy())
    assert (judgement.reason is Reason.BOT_CHALLENGE) is is_challenge


@pytest.mark.parametrize(("mark", "words"), [("challenge_x", 100), ("captcha_x", 0)])
def test_a_page_that_agrees_with_the_list_is_the_resource(mark: str, words: int) -> None:
    page = replace(make_page(TITLE, word_count=words, first_heading=None), marks=(mark,))
    assert judge(make_evidence(page=page), Policy()).reason is Reason.OK


@pytest.mark.parametrize(
    ("listed", "landing", "reason"),
    [
        (URL, "https://www.google.com/sorry/index?continue=x", Reason.BOT_CHALLENGE),
        (URL, "https://validate.perfdrive.com/?ssa=x", Reason.BOT_CHALLENGE),
        (URL, "https://geo.captcha-delivery.com/captcha/?cid=x", Reason.BOT_CHALLENGE),
        (URL, "https://example.org/showcaptcha?retpath=x", Reason.BOT_CHALLENGE),
        (URL, "https://example.org/.well-known/sgcaptcha/?r=x", Reason.BOT_CHALLENGE),
        (URL, "https://example.org/docs/captcha", Reason.OK),
        (URL, "https://example.org/wiki/Captcha", Reason.OK),
        (URL, "https://example.org/captcha/history", Reason.OK),
        ("https://example.org/captcha", "https://example.org/en/captcha", Reason.OK),
    ],
)
@pytest.mark.parametrize("status_code", [200, 429])
def test_a_redirect_to_a_filter_is_a_challenge(
    listed: str, landing: str, reason: Reason, status_code: int
) -> None:
    facts = make_facts(exchanges=make_chain((302, landing), url=listed, status_code=status_code))
    limited = reason is Reason.OK and status_code == 429
    expected = Reason.RATE_LIMITED if limited else reason
    assert judge(make_evidence(facts), Policy()).reason is expected


@pytest.mark.parametrize("status_code", [301, 302])
@pytest.mark.parametrize(
    ("listed", "landing", "reason"),
    [
        (URL, "https://consent.google.com/ml?continue=x", Reason.CONSENT_WALL),
        (URL, "https://consent.youtube.com/m?continue=x", Reason.CONSENT_WALL),
        (URL, "https://consent.google.co.uk/m", Reason.CONSENT_WALL),
        (URL, "https://consent.yahoo.com/v2/collectConsent", Reason.CONSENT_WALL),
        (URL, "https://guce.techcrunch.com/consent", Reason.CONSENT_WALL),
        (URL, "https://myprivacy.dpgmedia.nl/consent", Reason.CONSENT_WALL),
        ("https://example.org/a", "https://consent.example.org/a", Reason.CONSENT_WALL),
        ("https://consent.example.org/a", "https://consent.example.org/b", None),
        (URL, "https://example.org/consent", None),
        (URL, "https://consent.dev/", None),
    ],
)
def test_a_redirect_to_another_host_that_asks_for_consent_is_a_wall(
    status_code: int, listed: str, landing: str, reason: Reason | None
) -> None:
    facts = make_facts(exchanges=make_chain((status_code, landing), url=listed))
    judgement = judge(make_evidence(facts), Policy())
    answered = Reason.OK if status_code == 302 else Reason.PERMANENT_REDIRECT
    assert judgement.reason is (reason or answered)


PRIVACY = make_page("Before you continue", first_heading="Cookies", word_count=900)
WAIT = make_page("One moment", first_heading=None)
BANNER = make_page("Slow news", first_heading="We value your privacy", word_count=249)


@pytest.mark.parametrize(
    ("landing", "page", "reason"),
    [
        ("https://ads.example.net/consent?back=https%3A%2F%2Fexample.org%2Fa", WAIT, Reason.CONSENT_WALL),
        ("https://ads.example.net/consent?back=https%3A%2F%2Fexample.com%2Fa", WAIT, Reason.OK),
        ("https://ads.example.net/reading?back=https%3A%2F%2Fexample.org%2Fa", WAIT, Reason.OK),
        ("https://ads.example.net/x", PRIVACY, Reason.CONSENT_WALL),
        ("https://ads.example.net/x", BANNER, Reason.CONSENT_WALL),
        ("https://ads.example.net/x", replace(BANNER, word_count=250), Reason.OK),
        ("https://ads.example.net/x", replace(BANNER, first_heading=TITLE), Reason.OK),
        ("https://www.example.org/x", PRIVACY, Reason.OK),
        (None, PRIVACY, Reason.OK),
    ],
)  # fmt: skip
def test_a_page_of_another_host_that_asks_for_consent_is_a_wall(
    landing: str | None, page: Page, reason: Reason
) -> None:
    facts = make_facts(exchanges=make_chain((302, landing)) if landing else make_chain())
    assert judge(make_evidence(facts, page=page), Policy()).reason is reason


def test_a_resource_about_consent_is_no_wall() -> None:
    facts = make_facts(exchanges=make_chain((302, "https://example.net/x")))
    listed = make_resource(title="Cookie consent, before you continue")
    assert judge(make_evidence(facts, resource=listed, page=PRIVACY), Policy()).reason is not (
        Reason.CONSENT_WALL
    )


def test_a_sign_in_page_that_is_listed_is_the_resource() -> None:
    facts = make_facts(url="https://example.org/login")
    assert judge(make_evidence(facts), Policy()).reason is Reason.OK


def test_a_sign_in_page_that_is_itself_an_error_is_judged_by_its_status() -> None:
    exchanges = make_chain((302, "https://example.org/login"), status_code=404)
    facts = make_facts(exchanges=exchanges)
    assert judge(make_evidence(facts), Policy()).reason is Reason.HTTP_404
