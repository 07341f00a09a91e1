import pytest

from crawler.judge.titles import is_unlike

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
