import gzip
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest

from crawler.demo import list_lines, list_text
from crawler.demo.page_words import page_words
from crawler.demo.replies import Behaviour, Reply
from crawler.demo.worlds import EPISODES, STORY, World, edited, plain_world, world_of
from crawler.model import Reason, Verdict
from tests.support.demo_list import listed

RESOURCES = listed()
NIGHTS = tuple(range(1, len(STORY) + 1))
WORLDS = {night: world_of(RESOURCES, night) for night in NIGHTS}

each_night = pytest.mark.parametrize("world", WORLDS.values(), ids=lambda world: world.name)


def in_turn(behaviour: Behaviour) -> tuple[Reply, ...]:
    if isinstance(behaviour, Reply):
        return (behaviour,)
    assert isinstance(behaviour, tuple)
    return behaviour


def replies(world: World) -> Iterator[Reply]:
    for site in world.sites.values():
        for behaviour in site.pages.values():
            yield from in_turn(behaviour)


def last_reply(world: World, url: str) -> Reply:
    _, _, host, path = url.split("/", 3)
    return in_turn(world.sites[host].pages[f"/{path}"])[-1]


def text_of(reply: Reply) -> str:
    fields = dict(reply.fields)
    coded = fields.get("Content-Encoding") == "gzip"
    content = gzip.decompress(reply.content) if coded else reply.content
    charset = fields["Content-Type"].partition("charset=")[2]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = "utf-16"
    elif b'<meta charset="' in content:
        charset = content.partition(b'<meta charset="')[2].partition(b'"')[0].decode()
    return content.decode(charset)


def test_the_list_of_100_comes_with_the_package() -> None:
    assert [resource.number for resource in RESOURCES] == list(range(1, 101))


def test_a_list_is_written_as_it_was_read() -> None:
    assert list_text(RESOURCES).encode() == b"".join(list_lines())


def test_titles_and_descriptions_are_unique() -> None:
    assert len({words.title for words in page_words().values()}) == len(page_words())
    assert len({words.description for words in page_words().values()}) == len(page_words())


def test_a_resource_has_at_most_one_episode_a_night() -> None:
    nights = Counter((episode.number, night) for episode in EPISODES for night in episode.nights)
    assert max(nights.values()) == 1


def test_the_nights_are_a_day_apart_at_seventeen_past_three() -> None:
    dates = [night.date for night in STORY]
    assert {(date.hour, date.minute, str(date.tzinfo)) for date in dates} == {(3, 17, "UTC")}
    assert [(later - date).days for date, later in pairwise(dates)] == [1] * 4


@each_night
def test_every_listed_resource_has_an_expectation(world: World) -> None:
    assert list(world.expected) == [resource.number for resource in world.resources]
    assert len(world.expected) == 100


@each_night
def test_every_listed_url_is_answered_unless_its_name_is_gone(world: World) -> None:
    for resource in world.resources:
        reason = world.expected[resource.number or 0].reason
        host = resource.url.split("/")[2]
        assert (host in world.sites) == (reason != Reason.DNS_NOT_FOUND)
        if host in world.sites:
            assert last_reply(world, resource.url) is not None


@each_night
def test_redirects_lead_to_a_page(world: World) -> None:
    targets = [
        dict(reply.fields)["Location"] for reply in replies(world) if reply.status_code // 100 == 3
    ]
    assert len(targets) >= 6
    assert {last_reply(world, target).status_code for target in targets} == {200}


@each_night
def test_suggestions_lead_to_the_page_that_is_expected(world: World) -> None:
    moved = [e for e in world.expected.values() if e.verdict is Verdict.MOVED]
    assert len(moved) >= 5
    for expected in moved:
        assert expected.suggested_url is not None
        page = text_of(last_reply(world, expected.suggested_url))
        assert f"<title>{expected.title}</title>".replace("&", "&amp;") in page


@each_night
def test_living_pages_say_what_is_expected(world: World) -> None:
    for resource in world.resources:
        expected = world.expected[resource.number or 0]
        reply = last_reply(world, resource.url) if expected.verdict is Verdict.OK else None
        if reply is None or reply.status_code != 200:
            continue
        text = text_of(reply).replace("&amp;", "&").replace("&#x27;", "'")
        assert f"<title>{expected.title}</title>" in text
        assert expected.description is not None
        assert f"<p>{expected.description}</p>" in text
        assert len(text.split()) > 150


@pytest.mark.parametrize(
    ("night", "reason", "numbers"),
    [
        (1, Reason.HTTP_404, {65}),
        (1, Reason.HTTP_410, {94}),
        (1, Reason.HTTP_5XX, {72}),
        (1, Reason.DNS_NOT_FOUND, {83}),
        (1, Reason.CONNECTION_REFUSED, {51}),
        (1, Reason.TLS_EXPIRED, {74}),
        (1, Reason.FORBIDDEN, {17}),
        (1, Reason.BOT_CHALLENGE, {86, 96}),
        (1, Reason.LOGIN_REQUIRED, {25}),
        (1, Reason.ROBOTS_DISALLOWED, {97}),
        (1, Reason.TRIVIAL_REDIRECT, {10, 82}),
        (1, Reason.PERMANENT_REDIRECT, {13, 24, 93}),
        (2, Reason.HTTP_404, {57, 65}),
        (2, Reason.HTTP_5XX, {46}),
        (1, Reason.SOFT_404, set()),
        (2, Reason.SOFT_404, {45, 54}),
        (2, Reason.REDIRECTED_TO_HOME, {42}),
        (2, Reason.PARKED, {21}),
        (2, Reason.SUSPECT_REPLACED, {14}),
        (2, Reason.CONNECTION_RESET, {58, 100}),
        (2, Reason.PERMANENT_REDIRECT, {13, 24, 39, 90, 93, 99}),
        (4, Reason.READ_TIMEOUT, {16}),
        (4, Reason.HTTP_404, {57}),
        (4, Reason.HTTP_410, set()),
        (4, Reason.TLS_EXPIRED, set()),
        (5, Reason.READ_TIMEOUT, set()),
    ],
)
def test_trouble_of_a_night(night: int, reason: Reason, numbers: set[int]) -> None:
    expected = WORLDS[night].expected
    assert {number for number, e in expected.items() if e.reason is reason} == numbers


def test_the_third_night_is_the_second_again() -> None:
    assert WORLDS[3].sites == WORLDS[2].sites
    assert WORLDS[3].expected == WORLDS[2].expected


def test_the_fifth_night_differs_from_the_fourth_by_one_recovery() -> None:
    before, after = WORLDS[4].expected, WORLDS[5].expected
    assert {number for number in after if after[number] != before[number]} == {16}


def test_words_change_on_the_second_night() -> None:
    first, second = WORLDS[1].expected, WORLDS[2].expected
    both_ok = [n for n in first if first[n].reason is second[n].reason is Reason.OK]
    assert {n for n in both_ok if first[n].title != second[n].title} == {8, 12, 26, 69}
    assert {n for n in both_ok if first[n].description != second[n].description} == {52, 69}


def test_the_list_is_edited_before_the_fourth_night() -> None:
    before = {resource.number: resource.url for resource in WORLDS[3].resources}
    after = {resource.number: resource.url for resource in WORLDS[4].resources}
    assert before.keys() - after.keys() == {94}
    assert after.keys() - before.keys() == {101}
    assert {number for number in before.keys() & after if before[number] != after[number]} == {65}


def test_editing_keeps_the_order_of_the_list() -> None:
    numbers = [resource.number for resource in edited(RESOURCES, STORY[3].edits)]
    assert numbers == [*range(1, 94), *range(95, 102)]


def test_in_the_plain_world_all_is_well() -> None:
    world = plain_world(RESOURCES)
    assert {expected.verdict for expected in world.expected.values()} == {Verdict.OK}
    assert {reply.status_code for reply in replies(world)} == {200}
    assert not any(reply.delay or reply.raw for reply in replies(world))


def test_pages_differ_in_encoding_coding_and_dress() -> None:
    world = plain_world(RESOURCES)
    fields = Counter(name for reply in replies(world) for name, _ in reply.fields)
    assert fields["Content-Encoding"] > 20
    assert fields["ETag"] > 20
    texts = [reply.content for reply in replies(world)]
    for mark in (b'rel="canonical"', b'"og:title"', b"application/ld+json", b"<meta charset="):
        assert sum(mark in text for text in texts) >= 2


def test_a_resource_that_nobody_wrote_a_page_for_says_its_own_title() -> None:
    (stranger,) = edited((), STORY[3].edits[2:])
    world = plain_world([type(stranger)(key="7000", number=7000, title="New", url=stranger.url)])
    assert world.expected[7000].title == "New"
