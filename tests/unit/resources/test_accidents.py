"""Lists that look like an accident."""

from collections.abc import Sequence

import pytest

from crawler.model import Resource
from crawler.resources import accident


def numbered(*numbers: int, at: str = "a.example", title: str = "T") -> list[Resource]:
    return [
        Resource(
            key=str(n), number=n, title=title and f"{title} {n}", url=f"https://{at}/{n}", line=n
        )
        for n in numbers
    ]


def plain(*urls: str, title: str = "") -> list[Resource]:
    return [
        Resource(key=url, title=title and f"{title} {n}", url=url, line=n)
        for n, url in enumerate(urls, 1)
    ]


def http(*numbers: int, scheme: str = "https", title: str = "") -> list[Resource]:
    return plain(*(f"{scheme}://a.example/{n}" for n in numbers), title=title)


@pytest.mark.parametrize(
    ("known", "listed"),
    [
        ([], numbered(1)),
        (numbered(1, 2, 3), numbered(1, 2, 3)),
        (numbered(1, 2, 3, 4), numbered(3, 4)),
        (numbered(1), numbered(1, 2, 3, 4, 5)),
        # New URLs under the same numbers, or the same titles, and new titles for the same URLs.
        (numbered(1, 2, 3), numbered(1, 2, 3, at="b.example")),
        (http(1, 2, 3, title="T"), plain("https://x/", "https://y/", "https://z/", title="T")),
        (http(1, 2, 3, title="T"), http(1, 2, 3, title="Other")),
        # Another spelling of all addresses.
        (http(1, 2, 3, scheme="http"), http(1, 2, 3)),
        (
            plain("http://www.a.example/", "http://b.example"),
            plain("https://A.example", "https://www.b.example/"),
        ),
        # Both rows of a short list with numbers.
        (numbered(1, 2, title=""), numbered(1, 2, at="b.example", title="")),
    ],
)
def test_an_edited_list_is_no_accident(
    known: Sequence[Resource], listed: Sequence[Resource]
) -> None:
    assert accident(known, listed) == ""


@pytest.mark.parametrize(
    ("known", "listed", "says"),
    [
        ([], [], "The list has no resources; add a row with a URL for each."),
        (numbered(1, 2), [], "The list is empty, and was not: 2 known resources."),
        (numbered(1, 2, 3), numbered(1), "2 of 3 known resources are no longer in the list."),
        (http(1, 2, 3), http(3, 4, 5, 6), "2 of 3 known resources are no longer in the list."),
        (http(1), http(2), "nothing in common with what the database knows (1 known resource)"),
        (numbered(1, 2, 3), numbered(1, 2, 3, at="b.example", title="U"), "nothing in common"),
        (http(1, 2), plain("https://b.example/", "https://c.example/"), "nothing in common"),
        (http(1, 2, 3), numbered(1, 2, 3), "3 of 3 known resources have another number or id"),
    ],
)
def test_an_accident_is_explained(
    known: Sequence[Resource], listed: Sequence[Resource], says: str
) -> None:
    why = accident(known, listed)
    assert says in why
    assert ("--list-changed" in why) is bool(known)
