import pytest

from crawler import urls
from crawler.judge import Policy, case_of, judge
from crawler.judge.signals import Signals
from crawler.judge.titles import PlaceText, Title, agreement, share_no_word
from crawler.model import SEEN_CHARACTERS, Page, Reason
from tests.support.builders import make_evidence, make_page, make_resource
from tests.support.effort import cpu_seconds_at_most

URL = "https://example.org/"


def _signals(listed: str, page: Page) -> Signals:
    resource = make_resource("https://example.org/raft", title=listed)
    return case_of(make_evidence(resource=resource, page=page)).signals


def _is_unlike(listed: str, declared: str, url: str) -> bool:
    return share_no_word(*(Title(text, urls.host(url)) for text in (listed, declared)))


@pytest.mark.parametrize(
    ("listed", "declared", "url"),
    [
        ("Practical Raft", "Raft in practice", URL),
        ("PRACTICAL RAFT", "practical raft", URL),
        ("Node.js basics", "Learn NodeJS", URL),
        ("FreeCodeCamp", "Free Code Camp", URL),
        ("Web API", "The web's APIs", URL),
        ("Databases", "Choosing a database", URL),
        ("Café Münster", "Cafe Munster - Start", URL),
        ("Redis Official Documentation", "Docs", "https://redis.io/docs/latest/"),
        ("Python Official Documentation", "3.14.0 Documentation", "https://docs.python.org/3/"),
        ("NodeSchool Tutorials", "NodeSchool", "https://nodeschool.io/"),
        ("SQLZoo - Interactive SQL Tutorial", "SQLZOO", "https://sqlzoo.net/wiki/"),
        ("Full Stack Python", "Full Stack Python", "https://www.fullstackpython.com/"),
        ("Microservices.io", "What are microservices?", "https://microservices.io/"),
        ("数据库教程", "数据库 - 首页", URL),
        ("データベース入門", "データベースとは", URL),
        ("데이터베이스", "데이터 베이스", URL),
        ("Основы SQL", "Учебник: основы баз данных", URL),
        ("हिन्दी व्याकरण", "व्याकरण", URL),
        ("", "Anything", URL),
        ("Practical Raft", "", URL),
        ("Practical Raft", "404", URL),
        ("The 7", "Anything", URL),
    ],
)
def test_titles_with_something_in_common(listed: str, declared: str, url: str) -> None:
    assert not _is_unlike(listed, declared, url)


@pytest.mark.parametrize(
    ("listed", "declared", "url"),
    [
        ("Practical Raft", "Best casino bonus of the year", URL),
        ("Practical Raft", "Page not found", URL),
        ("Example - Practical Raft", "Page not found | Example", URL),
        ("A guide to the Raft", "A guide to the sea", URL),
        ("Introduction to Raft", "Introduction to Paxos", URL),
        ("Einführung in Raft", "Einführung in Paxos", URL),
        ("Heroku Free Tier", "Pricing | Heroku", "https://www.heroku.com/free"),
        ("Raft", "Home", URL),
        ("数据库", "天气", URL),
    ],
)
def test_titles_with_nothing_in_common(listed: str, declared: str, url: str) -> None:
    assert _is_unlike(listed, declared, url)


@pytest.mark.parametrize(
    ("listed", "page", "expected"),
    [
        ("Practical Raft", make_page(), 1.0),
        ("Practical Raft", make_page("Raft", first_heading=None), 0.5),
        ("Practical Raft", make_page("Start", first_heading="Rafts"), 0.5),
        ("Practical Raft", make_page(None, first_heading=None, description="On Raft"), 0.5),
        ("Practical Raft", make_page("Start", first_heading=None, text="practical: raft"), 1.0),
        ("Practical Raft", make_page("Start", first_heading=None), 0.0),
        ("Node.js patterns", make_page("NodeJS patterns", first_heading=None), 1.0),
        ("Example: Raft", make_page("Example", first_heading=None), 0.0),
        ("Example", make_page("Example", first_heading=None), 1.0),
        ("数据库教程", make_page("数据库", first_heading=None), 0.5),
        ("数据库", make_page("天气", first_heading=None), 0.0),
        ("", make_page(), None),
        ("The 7", make_page(), None),
    ],
)
def test_agreement_is_the_share_of_the_lists_words(
    listed: str, page: Page, expected: float | None
) -> None:
    assert _signals(listed, page).agreement == expected


def test_only_the_start_of_the_text_agrees_and_no_address_in_it() -> None:
    late = make_page("Start", first_heading=None, text="x " * SEEN_CHARACTERS + "practical raft")
    echo = make_page("Start", first_heading=None, text="No page at /guides/practical-raft")
    assert _signals("Practical Raft", late).agreement == 0
    assert _signals("Practical Raft", echo).agreement == 0


def test_a_page_has_the_listed_name_by_its_titles_and_only_partly_by_its_text() -> None:
    for text, title, called in (
        ("practical", "Raft", True),
        ("", "Raft", False),
        ("practical raft", "Start", False),
    ):
        page = make_page(title, first_heading=None, text=text)
        assert _signals("Practical Raft", page).has_listed_name is called


def test_no_more_texts_are_looked_at_than_it_takes() -> None:
    texts = iter([PlaceText("Raft"), PlaceText("practical: raft"), PlaceText("never needed")])
    assert agreement(Title("Practical Raft", "example.org"), texts) == 1
    assert len(list(texts)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "\u0301\u0316" * 400_000,
        "\ufdfa" * 400_000,
        "a/" * 400_000,
        "\uac00" * 400_000,
        "x" * 800_000,
    ],
)
def test_a_listed_title_is_cut_before_it_is_taken_apart(text: str) -> None:
    evidence = make_evidence(resource=make_resource(title=text), page=make_page())
    with cpu_seconds_at_most(2):
        judgement = judge(evidence, Policy())
    assert judgement.reason is Reason.OK
