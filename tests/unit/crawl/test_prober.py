"""Which made-up URLs a host is asked for, and what its answers change."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from crawler import judge, urls
from crawler.config import Settings
from crawler.crawl.pending_checks import PendingCheck, prepare_checks
from crawler.crawl.prober import REMEMBERED, Prober, made_up_names
from crawler.model import (
    Answer,
    Check,
    Facts,
    FailureKind,
    Fetch,
    Landing,
    LastGood,
    Page,
    Probe,
    ProbeKind,
    ProbeProfile,
    Probing,
    Reason,
    Record,
    RememberedProbe,
    Target,
    Verdict,
)
from tests.support.builders import (
    NOW,
    make_chain,
    make_facts,
    make_failure,
    make_fetch,
    make_not_asked,
    make_page,
    make_resource,
)

ONE, TWO = "0f1e2d3c4b5a69788796", "a0b1c2d3e4f5a6b7c8d9"
TOKENS = (ONE, TWO)
SITE = "https://example.org"
HOME = f"{SITE}/"
MISSING = "<title>{} not found</title><h1>Page not found</h1><p>There is nothing at {} today.</p>"
ARTICLE = (
    "<title>Practical Raft</title><h1>Practical Raft</h1><p>"
    + "How a group of machines agrees on the order of entries in a log. " * 12
)
ODD = "<title>Welcome</title><h1>Hello</h1><p>" + "Something else altogether, at length. " * 15


def html(text: str) -> Fetch:
    return make_fetch(content=text.encode())


def status(code: int) -> Fetch:
    return make_fetch(status_code=code, content=b"")


NO_ANSWER = make_fetch(make_facts(make_failure(FailureKind.READ_TIMEOUT)), content=b"")
FORBIDDEN = make_fetch(make_facts(make_not_asked()), content=b"", attempts=0)


def redirected(source: str, *targets: str, text: str = ODD) -> Fetch:
    chain = make_chain(*((302, target) for target in targets), url=source)
    return make_fetch(make_facts(exchanges=chain), content=text.encode())


@dataclass
class Host:
    """Answers URLs as `others` says, and made-up ones with `siblings`, `{}` replaced by the path."""

    siblings: Fetch = field(default_factory=lambda: html(MISSING))
    others: Mapping[str, Fetch] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def __call__(self, url: str) -> Fetch:
        self.asked.append(url)
        await asyncio.sleep(0)
        fetch = self.others.get(url, self.siblings)
        return _at(url, replace(fetch, page=fetch.page and _naming(urls.path(url), fetch.page)))


def _naming(path: str, page: Page) -> Page:
    """The page with `{}` replaced by the path."""

    def named(text: str) -> str:
        return text.replace("{}", path)

    return replace(
        page,
        title=page.title and replace(page.title, value=named(page.title.value)),
        text=named(page.text),
        main_text=named(page.main_text),
    )


def check_all(host: Host, pages: Mapping[str, Fetch], *profiles: ProbeProfile) -> list[Check]:
    """The checks of pages, all made at the same time."""
    return asyncio.run(_checks(_prober(host, *profiles), pages))


def _prober(host: Host, *profiles: ProbeProfile) -> Prober:
    known = {profile.origin: profile for profile in profiles}
    return Prober(Settings(), host, now=NOW, known=known)


async def _checks(
    prober: Prober, pages: Mapping[str, Fetch], tokens: tuple[str, str] = TOKENS
) -> list[Check]:
    pending = (_prepare(url, fetch, tokens=tokens)[0] for url, fetch in pages.items())
    return list(await asyncio.gather(*map(prober.check, pending)))


def _prepare(
    url: str, fetch: Fetch, resources: int = 1, tokens: tuple[str, str] = TOKENS
) -> tuple[PendingCheck, ...]:
    listed = tuple(make_resource(url, number=number) for number in range(1, resources + 1))
    target = Target(url=url, resources=listed)
    return prepare_checks(target, _at(url, fetch), look=1, read_at=NOW, known={}, tokens=tokens)


def _at(url: str, fetch: Fetch) -> Fetch:
    """The fetch as if the URL had been asked."""
    exchanges = fetch.facts.exchanges
    if len(exchanges) == 1:
        exchanges = (replace(exchanges[0], target_uri=url),)
    return replace(fetch, facts=replace(fetch.facts, exchanges=exchanges))


def probing_of(host: Host, url: str, page: Fetch) -> Probing:
    (check,) = check_all(host, {url: page})
    assert check.context.probing is not None
    return check.context.probing


# --- what is asked ------------------------------------------------------------------------------


def test_made_up_names_are_long_and_never_the_same() -> None:
    first, second = made_up_names()
    assert len(first) == len(second) == 20
    assert int(first, 16) != int(second, 16)
    assert made_up_names() != (first, second)


@pytest.mark.parametrize(
    "page",
    [html(ARTICLE), status(404), status(304), NO_ANSWER, make_fetch(content_type="text/css")],
)
def test_nothing_is_asked_about_a_page_that_is_not_doubtful(page: Fetch) -> None:
    host = Host()
    (check,) = check_all(host, {f"{SITE}/guides/raft": page})
    assert check.context.probing is None
    assert host.asked == []


def test_for_a_doubtful_page_two_siblings_are_asked_and_then_the_front_page() -> None:
    host = Host()
    check_all(host, {f"{SITE}/guides/raft.html": html(ODD)})
    assert host.asked == [f"{SITE}/guides/{ONE}.html", f"{SITE}/guides/{TWO}.html", HOME]


@pytest.mark.parametrize(
    ("page", "siblings", "asked"),
    [
        # Where made-up URLs are missing, neither another one nor the front page tells more.
        (html(ODD), status(404), 1),
        # What says that it is missing is not compared with the front page.
        (html(MISSING), html(MISSING), 2),
    ],
)
def test_nothing_is_asked_that_would_tell_no_more(
    page: Fetch, siblings: Fetch, asked: int
) -> None:
    host = Host(siblings)
    check_all(host, {f"{SITE}/guides/raft": page})
    assert host.asked == [f"{SITE}/guides/{ONE}", f"{SITE}/guides/{TWO}"][:asked]


@pytest.mark.parametrize(("siblings", "code"), [(NO_ANSWER, None), (FORBIDDEN, None)])
def test_a_sibling_without_an_answer_ends_the_asking(siblings: Fetch, code: int | None) -> None:
    host = Host(siblings)
    probing = probing_of(host, f"{SITE}/guides/raft", html(ODD))
    assert host.asked == [f"{SITE}/guides/{ONE}"]
    assert probing == Probing(probes=(Probe(kind=ProbeKind.SIBLING, status_code=code),))


def _in_folders(page: Fetch) -> dict[str, Fetch]:
    paths = ("guides/raft", "guides/paxos", "guides/zab.html", "papers/raft")
    return {f"{SITE}/{path}": page for path in paths}


OF_ALL_FOLDERS = [
    *(f"{SITE}/guides/{token}" for token in TOKENS),
    *(f"{SITE}/guides/{token}.html" for token in TOKENS),
    *(f"{SITE}/papers/{token}" for token in TOKENS),
]


def test_one_page_for_every_path_is_suspected_everywhere_after_two_made_up_names() -> None:
    host = Host(html(ODD))
    checks = check_all(host, _in_folders(html(ODD)))
    assert sorted(host.asked) == sorted([HOME, *OF_ALL_FOLDERS[:2]])
    assert {check.judgement.reason for check in checks} == {Reason.SUSPECT_SOFT_404}


@pytest.mark.parametrize(("siblings", "asked"), [(status(404), 1), (html(MISSING), 3)])
def test_what_clears_a_vague_doubt_in_one_folder_clears_it_in_all(
    siblings: Fetch, asked: int
) -> None:
    host = Host(siblings)
    checks = check_all(host, _in_folders(html(ODD)))
    assert len(host.asked) == asked
    assert all(check.judgement.verdict.is_alive and check.context.probing for check in checks)


def test_pages_that_say_that_they_are_missing_share_siblings_in_one_folder() -> None:
    host = Host()
    checks = check_all(host, _in_folders(html(MISSING)))
    assert sorted(host.asked) == sorted(OF_ALL_FOLDERS)
    assert {check.judgement.reason for check in checks} == {Reason.SOFT_404}


def test_another_folder_is_not_enough_while_the_front_page_is_not_known() -> None:
    host = Host(html(ODD))
    prober = _prober(host)

    async def one_after_the_other() -> list[Check]:
        missing = await _checks(prober, {f"{SITE}/guides/raft": html(MISSING)})
        return missing + await _checks(prober, {f"{SITE}/papers/raft": html(ODD)})

    _, check = asyncio.run(one_after_the_other())
    assert host.asked == [*OF_ALL_FOLDERS[:2], *OF_ALL_FOLDERS[4:], HOME]
    assert check.judgement.reason is Reason.SUSPECT_SOFT_404


def test_pages_of_several_folders_share_the_front_page() -> None:
    host = Host(others={HOME: html(ODD)})
    url, other = f"{SITE}/guides/raft", f"{SITE}/papers/raft"
    check_all(host, {url: redirected(url, f"{SITE}/search"), other: html(ODD)})
    assert host.asked.count(HOME) == 1


def test_errors_in_two_folders_are_enough() -> None:
    host = Host(status(403))
    check_all(host, _in_folders(html(ODD)))
    assert len(host.asked) == 4


def test_a_second_look_is_compared_with_what_the_first_one_asked() -> None:
    host = Host()
    prober = _prober(host)

    async def twice() -> list[Check]:
        pages = {f"{SITE}/guides/raft": html(ODD)}
        return await _checks(prober, pages) + await _checks(prober, pages)

    first, second = asyncio.run(twice())
    assert first.facts == second.facts
    assert len(host.asked) == 3


def test_forgotten_siblings_are_asked_again() -> None:
    host = Host(status(404))
    prober = _prober(host)

    async def twice() -> None:
        await _checks(prober, {f"{SITE}/guides/raft": html(ODD)})
        prober.forget("example.org")
        prober.forget("other.example")
        await _checks(prober, {f"{SITE}/guides/raft": html(MISSING)})

    asyncio.run(twice())
    assert len(host.asked) == 2


def test_a_check_that_may_wait_for_probes_holds_no_content() -> None:
    (pending,) = _prepare(f"{SITE}/guides/raft", html(ODD * 1_000))
    assert pending.fetch.page is None
    assert pending.main_text


# --- what the answers say ------------------------------------------------------------------------


def test_answers_become_facts_without_the_made_up_names() -> None:
    probing = probing_of(Host(others={HOME: html(ODD)}), f"{SITE}/guides/raft", html(ODD))
    sibling = Probe(
        kind=ProbeKind.SIBLING,
        status_code=200,
        title="/guides/ not found",
        first_heading="Page not found",
        word_count=9,
        likeness=0.1,
    )
    assert probing.probes[:2] == (sibling, sibling)
    assert probing.alike == 1.0
    assert probing.probes[2].kind is ProbeKind.HOME
    assert probing.probes[2].likeness == 1.0


def test_a_page_is_compared_with_its_made_up_siblings() -> None:
    page = html(MISSING.replace("{}", "/guides/raft"))
    probing = probing_of(Host(), f"{SITE}/guides/raft", page)
    assert [probe.likeness for probe in probing.probes] == [1.0, 1.0]


@pytest.mark.parametrize(("title", "likeness"), [("Welcome", 1.0), ("Welcome back", 0.0)])
def test_of_an_answer_that_was_cut_before_its_text_the_title_is_compared(
    title: str, likeness: float
) -> None:
    cut = html(f"<title>{title}</title>")
    answer = replace(cut.facts, outcome=Answer(media_type="text/html", truncated=True))
    probing = probing_of(Host(replace(cut, facts=answer)), f"{SITE}/guides/raft", html(ODD))
    assert [probe.likeness for probe in probing.probes] == [likeness] * 3


def test_made_up_numbers_are_left_out_too() -> None:
    host = Host()
    probing = probing_of(host, f"{SITE}/posts/4711", html(ODD))
    assert host.asked[0].rpartition("/")[2].isdecimal()
    assert {probe.title for probe in probing.probes[:2]} == {"/posts/ not found"}


def test_unchanged_sites_give_the_same_facts_whatever_was_made_up() -> None:
    def facts(tokens: tuple[str, str]) -> Facts:
        pages = {f"{SITE}/a/b": html(ODD)}
        (check,) = asyncio.run(_checks(_prober(Host()), pages, tokens))
        return check.facts

    assert facts(TOKENS) == facts(("f" * 20, "0123456789abcdef0123"))


@pytest.mark.parametrize(
    ("target", "landing"),
    [
        ("https://www.example.org/docs/{}/", Landing.ITSELF),
        ("https://www.example.org/en/", Landing.HOME),
        (f"{SITE}/404", Landing.MISSING_PAGE),
        (f"{SITE}/login?to=docs", Landing.SIGN_IN),
        (f"{SITE}/search", Landing.WITH_RESOURCE),
        (f"{SITE}/other", Landing.ELSEWHERE),
    ],
)
def test_where_a_probe_was_redirected_to(target: str, landing: Landing) -> None:
    url, sibling = f"{SITE}/docs/raft", f"{SITE}/docs/{ONE}"
    led = redirected(sibling, target.format(ONE))
    page = redirected(url, f"{SITE}/search")
    probing = probing_of(Host(others={sibling: led}), url, page)
    assert probing.probes[0].landing is landing


# --- what is remembered -------------------------------------------------------------------------


def _profile(kind: str, *, honest: bool = True, days: int = 0) -> ProbeProfile:
    remembered = RememberedProbe(kind=kind, honest=honest, seen_at=NOW - timedelta(days=days))
    return ProbeProfile(origin=SITE, probes=(remembered,))


KIND = judge.probe_key(f"{SITE}/guides/raft")


def test_a_host_known_to_be_honest_is_not_asked() -> None:
    host = Host()
    (check,) = check_all(host, {f"{SITE}/guides/raft": html(ODD)}, _profile(KIND))
    assert host.asked == []
    assert check.context.probing is not None
    assert check.context.probing.remembered
    assert [probe.status_code for probe in check.context.probing.probes] == [404, 404]


def test_a_host_known_to_be_honest_is_asked_when_that_does_not_clear_the_page() -> None:
    url = f"{SITE}/guides/raft"
    host = Host(status(404))
    (check,) = check_all(host, {url: redirected(url, HOME)}, _profile(KIND))
    assert len(host.asked) == 1
    assert check.judgement.reason is Reason.SUSPECT_REDIRECT_HOME
    assert check.context.probing is not None
    assert not check.context.probing.remembered


def test_earlier_dishonest_answers_do_not_count_against_an_honest_host() -> None:
    page = html(MISSING.replace("{}", "/guides/raft"))
    (check,) = check_all(
        Host(status(404)), {f"{SITE}/guides/raft": page}, _profile(KIND, honest=False)
    )
    assert check.judgement.verdict is not Verdict.DEAD


@pytest.mark.parametrize(
    "profile",
    [
        _profile(KIND, days=REMEMBERED.days),
        _profile(KIND, honest=False),
        _profile(judge.probe_key(f"{SITE}/papers/raft"), honest=False),
    ],
)
def test_old_or_dishonest_probes_do_not_count(profile: ProbeProfile) -> None:
    host = Host()
    (check,) = check_all(host, {f"{SITE}/guides/raft": html(ODD)}, profile)
    assert len(host.asked) == 3
    assert check.context.probing is not None
    assert not check.context.probing.remembered


def test_the_memory_of_any_folder_clears_a_vague_doubt_but_no_other_page() -> None:
    profile = _profile(judge.probe_key(f"{SITE}/papers/raft"))
    host = Host(status(404))
    (check,) = check_all(host, {f"{SITE}/guides/raft": html(ODD)}, profile)
    assert host.asked == []
    assert check.context.probing is not None
    assert check.context.probing.remembered
    url = f"{SITE}/guides/raft"
    resource = make_resource(url)
    record = Record(resource=resource, last_good=LastGood(page=make_page(), url=url))
    (pending,) = prepare_checks(
        Target(url=url, resources=(resource,)),
        _at(url, html(ODD)),
        look=1,
        read_at=NOW,
        known={resource.key: record},
        tokens=TOKENS,
    )
    asyncio.run(_prober(host, _profile(KIND)).check(pending))
    assert host.asked == [f"{SITE}/guides/{ONE}"]


@pytest.mark.parametrize(
    ("siblings", "honest"), [(status(404), True), (status(410), True), (html(ODD), False)]
)
def test_profiles_have_what_was_learned(siblings: Fetch, honest: bool) -> None:
    prober = _prober(Host(siblings))
    asyncio.run(_checks(prober, {f"{SITE}/guides/raft": html(ODD)}))
    assert prober.profiles() == (_profile(KIND, honest=honest),)


@pytest.mark.parametrize("siblings", [NO_ANSWER, FORBIDDEN, status(403), status(503)])
def test_nothing_is_learned_from_errors(siblings: Fetch) -> None:
    prober = _prober(Host(siblings), _profile(KIND, honest=False, days=3))
    asyncio.run(_checks(prober, {f"{SITE}/guides/raft": html(ODD)}))
    assert prober.profiles() == ()


def test_profiles_have_what_was_known_before_unless_it_is_too_old() -> None:
    papers, old = (judge.probe_key(f"{SITE}/{folder}/raft") for folder in ("papers", "old"))
    known = ProbeProfile(
        origin=SITE,
        probes=(*_profile(old, days=31).probes, *_profile(papers, days=29).probes),
    )
    prober = _prober(Host(status(404)), known)
    asyncio.run(_checks(prober, {f"{SITE}/guides/raft": html(MISSING)}))
    (profile,) = prober.profiles()
    assert profile.probes == (*_profile(KIND).probes, *_profile(papers, days=29).probes)


def test_resources_that_list_one_url_share_its_text() -> None:
    first, second = _prepare(f"{SITE}/docs/raft", html(ODD), resources=2)
    assert first.main_text
    assert first.main_text is second.main_text
