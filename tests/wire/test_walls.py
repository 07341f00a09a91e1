"""What bot filters really send, from the wire to the stored row; and what only looks like it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from crawler import rejudge
from crawler.model import RunStatus
from tests.support.challenge_pages import CHALLENGES, ORDINARY
from tests.support.database import query
from tests.support.loopback import page
from tests.support.street import House, Stored, Street, street

STATUSES = (200, 403, 404, 429, 503)
"""With which one filter's page is sent, beside its usual one."""
FILTER = "cloudflare"


def _house(name: str, status: int, content: str) -> House:
    said = page(content.encode(), status=f"{status} So")
    return House(name=name, pages={"/page": said})


def _houses() -> Iterator[House]:
    for name, (status, content) in {**CHALLENGES, **ORDINARY}.items():
        yield _house(name, status, content)
    for status in STATUSES:
        yield _house(f"{FILTER}-{status}", status, CHALLENGES[FILTER][1])
    for name in ("contact-form", "home-made-widget"):
        yield _house(f"{name}-404", 404, {**CHALLENGES, **ORDINARY}[name][1])


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    with street(tmp_path_factory.mktemp("street"), _houses()) as built:
        ran = built.crawl()
        assert (ran.status, ran.faults) == (RunStatus.COMPLETE, ())
        yield built


def _said(stored: Stored) -> tuple[str, str]:
    return stored.verdict, stored.reason


def test_a_challenge_is_one_whatever_its_status(played: Street) -> None:
    names = [*CHALLENGES, *(f"{FILTER}-{status}" for status in STATUSES)]
    stored = played.stored()
    found = {name: _said(stored[name]) for name in names}
    assert found == dict.fromkeys(names, ("blocked", "bot_challenge"))


def test_what_only_looks_like_one_is_the_resource(played: Street) -> None:
    stored = played.stored()
    assert {name: _said(stored[name]) for name in ORDINARY} == dict.fromkeys(
        ORDINARY, ("ok", "ok")
    )


@pytest.mark.parametrize("name", ["contact-form-404", "home-made-widget-404"])
def test_a_widget_on_a_page_for_missing_pages_is_no_wall(played: Street, name: str) -> None:
    assert _said(played.stored()[name]) == ("dead", "http_404")


def test_nothing_that_a_wall_says_is_kept(played: Street) -> None:
    stored = played.stored()
    assert {stored[name].title for name in CHALLENGES} == {None}
    seen = query(
        played.settings.database,
        "select facts.seen from facts join checks on checks.facts_id = facts.id"
        " where checks.reason = 'bot_challenge'",
    )
    assert len(seen) == len(CHALLENGES) + len(STATUSES)
    words = ("title", "heading", "description", '"text"')
    assert not [row[0] for row in seen if not row[0] or any(word in str(row[0]) for word in words)]
    with closing(sqlite3.connect(played.settings.database)) as database:
        dump = "\n".join(database.iterdump())
    assert "making sure" not in dump.lower()


def test_a_wall_is_judged_the_same_from_what_is_stored(played: Street) -> None:
    assert rejudge.differences(played.settings) == ()
