"""What probes cost for good pages under titles that say nothing, and what they find."""

import re
from collections.abc import Iterator

import pytest

from crawler.judge import Case, Policy, case_of, decide, probe_wanted
from crawler.judge.titles import Title
from crawler.model import VERDICTS, Context, LastGood, Page, Verdict
from tests.corpus import topics
from tests.corpus.topics import Topic
from tests.support.builders import (
    make_evidence,
    make_exchange,
    make_facts,
    make_page,
    make_probing,
    make_resource,
)

TOKENS = ("3fa85f6457174562b3fc", "9b1deb4d3b7d4bad9bdd")
TOPICS = tuple(topic for topic in vars(topics).values() if isinstance(topic, Topic))[:25]
TELLING = tuple(topic for topic in TOPICS if len(set(Title(topic.title, "").own_words)) > 1)
"""Of which the title says what they are about."""
SAY_NOTHING = ("Guide", "here", "link", "docs", "Website", "the official page")
OWN_WORDS = ("Great read", "My favourite of the year", "Anna's tip", "Read this first please")
SAME = make_probing(200, 200, likeness=1.0, title="Home", first_heading="Old Harbour", home=1.0)


def _page(topic: Topic, times: int = 3) -> Page:
    text = "\n".join(topic.text * times)
    title = f"{topic.title} - The Slow Notebook"
    words = len(text.split())
    return make_page(title, first_heading=topic.title, text=text, word_count=words)


def _addresses(topic: Topic) -> Iterator[str]:
    slug = re.sub(r"\W+", "-", topic.title.lower()).strip("-")
    yield f"https://slownotebook.net/guides/{slug}"
    yield f"https://slownotebook.net/2031/{slug}.html"
    yield f"https://slownotebook.net/p/{len(topic.text[0]) * 37}"
    yield f"https://slownotebook.net/show?id={len(topic.text[0]) * 11}"


def _case(title: str, url: str, page: Page) -> Case:
    facts = make_facts(exchanges=(make_exchange(url, 200),))
    return case_of(make_evidence(facts, resource=make_resource(url, title=title), page=page))


def _hundred(titles: tuple[str, ...]) -> Iterator[tuple[Case, Page]]:
    """A hundred good pages, under these titles in turn."""
    for number, topic in enumerate(TOPICS):
        for nth, url in enumerate(_addresses(topic)):
            page = _page(topic)
            yield _case(titles[(number + nth) % len(titles)], url, page), page


@pytest.mark.parametrize(("titles", "most"), [(SAY_NOTHING, 10), (OWN_WORDS, 60)])
def test_a_hundred_good_pages_with_poor_titles_cost_few_probes(
    titles: tuple[str, ...], most: int
) -> None:
    hundred = tuple(_hundred(titles))
    assert len(hundred) == 100
    first = [case for case, _ in hundred if probe_wanted(case, None, TOKENS)]
    assert len(first) <= most
    before = (
        (case, LastGood(page=page, url="https://slownotebook.net/")) for case, page in hundred
    )
    assert not [case for case, last in before if probe_wanted(case, last, TOKENS)]


FRONT = "Old Harbour welcomes its visitors. The market opens on Saturdays, and ferries leave every hour from the new pier. "
NAMES = (
    "Home",
    "All our news",
    "Choose your region",
    "Find what you need",
    "10 Best Credit Cards",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("times", [1, 20])
def test_a_page_for_whatever_is_asked_is_found_under_a_telling_title(
    name: str, times: int
) -> None:
    page = make_page(name, first_heading=name, text=FRONT * times, word_count=19 * times)
    for topic in TELLING:
        for url in _addresses(topic):
            case = _case(topic.title, url, page)
            assert probe_wanted(case, None, TOKENS)
            found = decide(case.with_context(Context(probing=SAME)), Policy())
            assert VERDICTS[found.reason] is Verdict.SUSPECT


@pytest.mark.parametrize("name", NAMES)
def test_so_it_is_under_a_poor_title_where_its_address_tells(name: str) -> None:
    page = make_page(name, first_heading=name, text=FRONT * 20, word_count=380)
    for topic in TELLING:
        assert probe_wanted(_case("Guide", next(_addresses(topic)), page), None, TOKENS)
