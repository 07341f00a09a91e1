import pytest

from crawler.judge.titles import agreement, is_unlike, title_agreement
from crawler.model import SEEN_CHARACTERS, Page
from tests.builders import make_page

URI = "https://example.org/"


@pytest.mark.parametrize(
    ("listed", "declared", "uri"),
    [
        ("Practical Raft", "Raft in practice", URI),
        ("PRACTICAL RAFT", "practical raft", URI),
        ("Node.js basics", "Learn NodeJS", URI),
        ("FreeCodeCamp", "Free Code Camp", URI),
        ("Web API", "The web's APIs", URI),
        ("Databases", "Choosing a database", URI),
        ("Café Münster", "Cafe Munster - Start", URI),
        ("Redis Official Documentation", "Docs", "https://redis.io/docs/latest/"),
        ("Python Official Documentation", "3.14.0 Documentation", "https://docs.python.org/3/"),
        ("NodeSchool Tutorials", "NodeSchool", "https://nodeschool.io/"),
        ("SQLZoo - Interactive SQL Tutorial", "SQLZOO", "https://sqlzoo.net/wiki/"),
        ("Full Stack Python", "Full Stack Python", "https://www.fullstackpython.com/"),
        ("Microservices.io", "What are microservices?", "https://microservices.io/"),
        ("数据库教程", "数据库 - 首页", URI),
        ("データベース入門", "データベースとは", URI),
        ("데이터베이스", "데이터 베이스", URI),
        ("Основы SQL", "Учебник: основы баз данных", URI),
        ("हिन्दी व्याकरण", "व्याकरण", URI),
        ("", "Anything", URI),
        ("Practical Raft", "", URI),
        ("Practical Raft", "404", URI),
        ("The 7", "Anything", URI),
    ],
)
def test_titles_with_something_in_common(listed: str, declared: str, uri: str) -> None:
    assert not is_unlike(listed, declared, uri)


@pytest.mark.parametrize(
    ("listed", "declared", "uri"),
    [
        ("Practical Raft", "Best casino bonus of the year", URI),
        ("Practical Raft", "Page not found", URI),
        ("Example - Practical Raft", "Page not found | Example", URI),
        ("A guide to the Raft", "A guide to the sea", URI),
        ("Introduction to Raft", "Introduction to Paxos", URI),
        ("Einführung in Raft", "Einführung in Paxos", URI),
        ("Heroku Free Tier", "Pricing | Heroku", "https://www.heroku.com/free"),
        ("Raft", "Home", URI),
        ("数据库", "天气", URI),
    ],
)
def test_titles_with_nothing_in_common(listed: str, declared: str, uri: str) -> None:
    assert is_unlike(listed, declared, uri)


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
    assert agreement(listed, page, URI) == expected


def test_only_the_start_of_the_text_agrees_and_no_address_in_it() -> None:
    late = make_page("Start", first_heading=None, text="x " * SEEN_CHARACTERS + "practical raft")
    echo = make_page("Start", first_heading=None, text="No page at /guides/practical-raft")
    assert agreement("Practical Raft", late, URI) == 0
    assert agreement("Practical Raft", echo, URI) == 0


def test_the_text_does_not_count_for_what_a_page_calls_itself() -> None:
    page = make_page("Raft", first_heading=None, text="practical")
    assert title_agreement("Practical Raft", page, URI) == 0.5
