"""Resources, and the lanes that ask for them."""

import pytest

from crawler.model import NotAsked, NotAskedReason, Plan, Resource
from crawler.plan import plan


def listed(*urls: str) -> tuple[Resource, ...]:
    return tuple(
        Resource(key=str(number), number=number, url=url) for number, url in enumerate(urls, 1)
    )


def lanes(planned: Plan) -> list[tuple[str, list[str]]]:
    """Each lane's host, and the keys of its targets, those of one target joined by `+`."""
    return [
        (lane.host, ["+".join(r.key for r in target.resources) for target in lane.targets])
        for lane in planned.lanes
    ]


def test_nothing_listed_is_nothing_planned() -> None:
    assert plan(()) == Plan(lanes=())


def test_a_host_has_one_lane_for_both_schemes_in_list_order() -> None:
    planned = plan(listed("https://a.org/2", "http://A.org/1", "http://a.org:8080/"))
    assert lanes(planned) == [("a.org", ["1", "2"]), ("a.org:8080", ["3"])]


def test_resources_with_one_url_share_a_target() -> None:
    planned = plan(listed("https://a.org", "https://A.org:443/", "https://a.org/#x"))
    assert lanes(planned) == [("a.org", ["1+2", "3"])]
    assert [target.url for target in planned.lanes[0].targets] == [
        "https://a.org/",
        "https://a.org/#x",
    ]


def test_the_longest_lane_goes_first_and_equal_ones_in_list_order() -> None:
    planned = plan(listed("https://b.org", "https://a.org", "https://c.org", "https://c.org/2"))
    assert lanes(planned) == [("c.org", ["3", "4"]), ("b.org", ["1"]), ("a.org", ["2"])]


def test_what_was_not_reached_goes_first_in_its_lane_and_among_equal_lanes() -> None:
    urls = ("https://a.org/1", "https://b.org/", "https://a.org/2", "https://c.org/")
    assert lanes(plan(listed(*urls), waiting={"3": (1, 1), "4": (1, 1)})) == [
        ("a.org", ["3", "1"]),
        ("c.org", ["4"]),
        ("b.org", ["2"]),
    ]


def test_what_has_waited_longest_goes_first_however_long_its_lane_is() -> None:
    urls = ("https://a.org/1", "https://a.org/2", "https://b.org/", "https://c.org/")
    planned = plan(listed(*urls), waiting={"2": (2, 1), "3": (1, 1), "4": (2, 2)})
    assert lanes(planned) == [("b.org", ["3"]), ("a.org", ["2", "1"]), ("c.org", ["4"])]
    assert [target.urgency for lane in planned.lanes for target in lane.targets] == [3, 2, 0, 1]


def test_a_target_goes_first_for_any_of_its_resources() -> None:
    planned = plan(
        listed("https://a.org/1", "https://a.org/2", "https://a.org/2"), waiting={"3": (0, 0)}
    )
    assert lanes(planned) == [("a.org", ["2+3", "1"])]


@pytest.mark.parametrize(
    ("url", "exclude", "reason"),
    [
        ("a.org", (), NotAskedReason.INVALID_URL),
        ("", (), NotAskedReason.INVALID_URL),
        ("mailto:a@b.org", (), NotAskedReason.UNSUPPORTED_SCHEME),
        ("https://a.org/x", ("*://b.org/*", "*://a.org/*"), NotAskedReason.EXCLUDED),
        ("https://a.org/x#y", ("https://A.org/x",), NotAskedReason.EXCLUDED),
        ("https://a.org/x#y", ("*#y",), NotAskedReason.EXCLUDED),
        ("a.org", ("a.org",), NotAskedReason.EXCLUDED),
    ],
)
def test_what_is_not_asked_says_why(
    url: str, exclude: tuple[str, ...], reason: NotAskedReason
) -> None:
    planned = plan(listed(url), exclude=exclude)
    assert planned.lanes == ()
    ((target, not_asked),) = planned.not_asked
    assert target.url == not_asked.target_uri
    assert not_asked == NotAsked(reason=reason, target_uri=target.url)


def test_what_is_not_asked_is_in_list_order_beside_the_lanes() -> None:
    planned = plan(listed("x", "https://a.org", "mailto:y", "x"), exclude=["https://b.org/*"])
    assert lanes(planned) == [("a.org", ["2"])]
    assert [[r.key for r in target.resources] for target, _ in planned.not_asked] == [
        ["1", "4"],
        ["3"],
    ]
