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
    host = urls.host(url)
    return share_no_word(Title(listed, host, is_given=True), Title(declared, host))


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
        # A poor title says nothing.
        ("here", "Anything", URL),
        ("Weiterlesen", "Anything", URL),
        ("https://example.org/raft", "Anything", URL),
        # A number tells where there is one word beside it.
        ("Lesson 12", "12. Raft", URL),
        ("Raft 3.3", "What is new in 3.3", URL),
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
        ("Raft 3.3", "Paxos 3.4", URL),
        ("Practical Raft 12", "12. Paxos", URL),
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
        ("3.3.16", make_page("Ruby 3.3.16", first_heading=None), 1.0),
        ("3.3.16", make_page("Ruby 3.3.17", first_heading=None), None),
        ("Chapter 7", make_page("7. Elections", first_heading=None), 1.0),
        ("Chapter 7", make_page("8. Logs", first_heading=None, text="7 logs"), None),
        ("Raft 17", make_page("Raft 18", first_heading=None), 0.5),
        ("Raft 3", make_page("Raft 3.1", first_heading=None), 1.0),
        ("Practical Raft 17", make_page("Practical Raft 18", first_heading=None), 1.0),
        ("2.1. Raft", make_page("Raft", first_heading=None), 1.0),
        ("here", make_page(), None),
    ],
)
def test_agreement_is_the_share_of_the_lists_words(
    listed: str, page: Page, expected: float | None
) -> None:
    assert _signals(listed, page).agreement == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "here",
            "Guide",
            "next",
            "Link",
            "this page",
            "click here",
            "docs",
            "README",
            "Read more",
        ),
        *("the current version of the book", "Previous chapter", "N", "42", "Section 4.2"),
        *("Weiterlesen", "Nächste Seite", "hier klicken", "en savoir plus", "page suivante"),
        *("Leer más", "siguiente", "Leggi di più", "clicca qui", "Saiba mais", "Lees meer"),
        *("https://example.org/raft", "../raft/index.html", "raft.pdf", "setup.cfg", ""),
    ],
)
def test_a_title_that_names_nothing_is_poor(text: str) -> None:
    assert Title(text, "example.org", is_given=True).is_poor
    assert not Title(text, "example.org").is_poor


@pytest.mark.parametrize(
    "text",
    [
        *("Raft", "Next.js", "Node.js", "Socket.IO", "Raft guide", "TCP/IP"),
        *("Example", "More on Raft", "Chapter 7: Raft", "Python 3", "HTML", "Go", "数据库"),
    ],
)
def test_a_title_with_one_word_of_its_own_is_not_poor(text: str) -> None:
    assert not Title(text, "example.org", is_given=True).is_poor


def test_the_whole_page_may_have_a_listed_title() -> None:
    late = make_page("Start", first_heading=None, text="x " * SEEN_CHARACTERS + "practical raft")
    other = make_page("Start", first_heading=None, text="practice makes perfect")
    assert not _signals("Practical Raft", late).lacks_listed_title
    assert _signals("Practical Raft", other).lacks_listed_title
    assert not _signals("raft.pdf", other).lacks_listed_title
    late = make_page(
        "Start", first_heading=None, text="x " * SEEN_CHARACTERS + "Café-Tüten, 数据库"
    )
    assert not _signals("Cafés und Tüte", late).lacks_listed_title
    assert not _signals("数据库", late).lacks_listed_title
    assert _signals("天气预报", late).lacks_listed_title


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
        assert _signals("Practical Raft", page).name_fit.is_named is called


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
