"""When a scheduler is taken for lost."""

import asyncio
from dataclasses import dataclass
from itertools import chain, count, repeat

import pytest

from crawler.crawl.cluster import connection
from crawler.crawl.cluster.connection import LOST, until_lost


@dataclass
class Client:
    """A client of Dask."""

    status: str = "running"


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "RETRY_SECONDS", 0.001)
    monkeypatch.setattr(connection, "SILENCE_SECONDS", 0.01)


def test_a_scheduler_that_hangs_is_lost() -> None:
    heard = chain(map(float, range(30)), repeat(30.0))
    asked = count()

    def heard_at() -> float:
        next(asked)
        return next(heard)

    found = asyncio.run(until_lost(Client(), heard_at))
    assert found == "crawl.cluster: the scheduler has said nothing for 0 s"
    assert next(asked) > 30


def test_a_client_that_has_given_up_says_that_the_connection_is_lost() -> None:
    client = Client()

    async def main() -> str:
        asyncio.get_running_loop().call_soon(setattr, client, "status", "closed")
        moments = map(float, count())
        return await until_lost(client, lambda: next(moments))

    assert asyncio.run(main()) == LOST
