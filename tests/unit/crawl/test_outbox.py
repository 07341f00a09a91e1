"""The outbox: checks are kept in batches and in order; a cancellation loses none."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from crawler.crawl.outbox import Outbox
from crawler.crawl.surroundings import forget
from crawler.errors import StoreError
from crawler.model import Check
from crawler.robots import RobotsFile
from tests.support.builders import NOW, make_check


def _ignored(_: tuple[Check, ...]) -> None:
    pass


@pytest.mark.promise("1")
def test_checks_are_kept_while_the_crawl_goes_on_and_reported_after() -> None:
    kept: list[Check] = []

    async def story() -> None:
        reported = asyncio.Event()

        def report(checks: tuple[Check, ...]) -> None:
            if checks:
                assert list(checks) == kept
                reported.set()

        async with Outbox(kept.extend, forget, report) as outbox:
            outbox.put(make_check())
            async with asyncio.timeout(50):
                await reported.wait()

    asyncio.run(story())
    assert len(kept) == 1


def test_checks_that_still_wait_are_kept_at_the_end() -> None:
    kept: list[Check] = []

    async def story() -> None:
        async with Outbox(kept.extend, forget, _ignored) as outbox:
            outbox.put(make_check())

    asyncio.run(story())
    assert len(kept) == 1


def test_what_was_put_is_kept_and_learned_when_the_outbox_is_flushed() -> None:
    kept: list[Check] = []
    learned: list[object] = []
    file = RobotsFile(origin="https://a.test", status_code=404, text="", fetched_at=NOW)

    async def story() -> None:
        async with Outbox(kept.extend, lambda *some: learned.extend(some), _ignored) as outbox:
            outbox.put(make_check())
            outbox.put_file(file)
            await outbox.flush()
            assert (len(kept), learned) == (1, [(file,), ()])

    asyncio.run(story())


@pytest.mark.promise("1")
def test_a_cancelled_crawl_keeps_its_checks_and_never_two_batches_at_once() -> None:
    kept: list[int] = []
    under_way, begun, go_on = threading.Lock(), threading.Event(), threading.Event()

    def keep(checks: Sequence[Check]) -> None:
        assert under_way.acquire(blocking=False)
        begun.set()
        assert go_on.wait(10)
        kept.append(len(checks))
        under_way.release()

    async def crawl(outbox: Outbox) -> None:
        async with outbox:
            outbox.put(make_check())
            await asyncio.to_thread(begun.wait, 10)
            outbox.put(make_check())
            outbox.put(make_check())
            await asyncio.sleep(3600)

    async def story() -> None:
        task = asyncio.create_task(crawl(Outbox(keep, forget, _ignored)))
        await asyncio.to_thread(begun.wait, 10)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.sleep(0)
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(story())
    assert kept[0] == 1
    assert sum(kept) in {1, 3}  # the two may not have been put before the cancellation


def test_a_failure_to_keep_ends_the_crawl_at_once() -> None:
    def keep(_: Sequence[Check]) -> None:
        raise StoreError("crawler.db: the disk is full")

    async def story() -> None:
        async with Outbox(keep, forget, _ignored) as outbox:
            outbox.put(make_check())
            await asyncio.sleep(3600)

    with pytest.raises(ExceptionGroup) as raised:
        asyncio.run(story())
    assert isinstance(raised.value.exceptions[0], StoreError)
