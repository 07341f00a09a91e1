"""Who reads a page, and what becomes of those that take too much."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from multiprocessing import active_children
from pathlib import Path
from typing import TypeVar

import pytest

from crawler.demo.replies import Reply
from crawler.demo.web import Site, Web
from crawler.extract import read
from crawler.fetch.page_reader import PageReader
from crawler.model import Page
from tests.support.settings_file import write_settings
from tests.support.waiting import until

SMALL = b"<title>Small</title><p id=x>a"
LARGE = ("<title>Large</title><table>" + "<tr><td>12<td>34" * 3000 + "</table><p id=x>b").encode()
DEEP = ("<title>Deep</title><p>c" + "<div>" * 200_000).encode()

_Result = TypeVar("_Result")

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def reading(what: Callable[[PageReader], Awaitable[_Result]]) -> _Result:
    async def within() -> _Result:
        async with PageReader() as reader:
            result = await what(reader)
            assert reader.waiting == 0
        assert not active_children()
        return result

    return asyncio.run(within())


def summary(page: Page) -> tuple[str, bool | None]:
    assert page.title
    return page.title.value, page.fragment_found


def test_a_page_that_is_harmless_starts_no_process() -> None:
    async def what(reader: PageReader) -> Page:
        page = await reader(SMALL, "https://a.example/#x", "text/html")
        assert not active_children()
        return page

    assert reading(what) == read(SMALL, "https://a.example/#x", "text/html")


def test_the_page_with_most_behind_it_is_read_first() -> None:
    async def story() -> list[int]:
        backlog, order = ContextVar[int]("backlog"), list[int]()

        async def read_with(behind: int) -> None:
            backlog.set(behind)
            await reader(SMALL, "https://a.example/", "text/html")
            order.append(behind)

        async with PageReader(backlog.get) as reader, asyncio.TaskGroup() as group:
            for behind in (2, 1, 80, 3):
                group.create_task(read_with(behind))
        return order

    # The first finds nobody before it.
    assert asyncio.run(story()) == [2, 80, 3, 1]


def test_the_loop_goes_on_between_two_pages() -> None:
    async def what(reader: PageReader) -> list[int]:
        waiting: list[int] = []

        async def other_work() -> None:
            while reader.waiting:
                waiting.append(reader.waiting)
                await asyncio.sleep(0)

        pages = [reader(SMALL, "https://a.example/", "text/html") for _ in range(4)]
        started = [asyncio.ensure_future(page) for page in pages]
        await asyncio.sleep(0)
        await asyncio.gather(*started, other_work())
        return waiting

    assert {4, 3, 2, 1} <= set(reading(what)) | {4}


def test_a_page_that_may_be_hostile_and_is_not_is_read_whole() -> None:
    async def what(reader: PageReader) -> Page:
        return await reader(LARGE, "https://a.example/#x", "text/html")

    page = reading(what)
    assert (summary(page), page.word_count) == (("Large", True), 6001)


def test_of_a_page_that_takes_too_much_the_start_is_read_and_no_neighbour_is_hurt() -> None:
    async def what(reader: PageReader) -> tuple[Page, ...]:
        deep = reader(DEEP, "https://hostile.example/#x", "text/html")
        small = reader(SMALL, "https://a.example/#x", "text/html")
        large = reader(LARGE, "https://b.example/#x", "text/html")
        pages = await asyncio.gather(deep, small, large)
        # What its host has of the kind is not tried again.
        return (*pages, await reader(LARGE, "https://hostile.example/#x", "text/html"))

    assert [summary(page) for page in reading(what)] == [
        ("Deep", None),
        ("Small", True),
        ("Large", True),
        ("Large", None),
    ]


def test_of_a_page_that_takes_too_much_memory_the_start_is_read() -> None:
    fonts = "".join(f"<font size={number}><p>" for number in range(40_000))

    async def what(reader: PageReader) -> Page:
        return await reader(f"<title>Fonts</title>{fonts}".encode(), "https://a.example/#x", None)

    assert summary(reading(what)) == ("Fonts", None)


def peak_megabytes(pid: int | None) -> int:
    """The most memory that a process has held."""
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(peak) // 1000


@pytest.mark.promise("29")
@pytest.mark.skipif(sys.platform != "linux", reason="memory is found in /proc")
def test_no_page_takes_more_memory_than_is_left_of_what_is_promised() -> None:
    many = ("<title>Many</title>" + "<b><i><font><p>" * 100_000).encode()

    async def what(reader: PageReader) -> int:
        await reader(LARGE, "https://a.example/", "text/html")
        (process,) = active_children()
        await reader(many, "https://b.example/", "text/html")
        return peak_megabytes(process.pid)

    assert reading(what) < 200


def is_at_work(reader: PageReader) -> bool:
    """Whether the process has taken up a page, and has let go of the lock that this takes."""
    assert reader._process
    manager = reader._process._pool_manager
    if not any(task.started for task in manager.task_manager.tasks.values()):
        return False
    channel = manager.worker_manager.workers_channel
    assert channel
    with channel.lock(block=False) as is_free:
        return is_free


@pytest.mark.parametrize("at_work", [True, False], ids=["while it reads", "while it starts"])
def test_a_crash_costs_one_page(*, at_work: bool) -> None:
    async def what(reader: PageReader) -> list[Page]:
        hit = asyncio.ensure_future(reader(DEEP, "https://a.example/#x", "text/html"))
        await until(lambda: bool(active_children()))
        if at_work:
            await until(lambda: is_at_work(reader))
        for process in active_children():
            assert process.pid
            os.kill(process.pid, signal.SIGSEGV)
        return [await hit, await reader(LARGE, "https://b.example/#x", "text/html")]

    assert [summary(page) for page in reading(what)] == [("Deep", None), ("Large", True)]


def test_a_reading_that_is_given_up_ends() -> None:
    async def what(reader: PageReader) -> bool:
        task = asyncio.ensure_future(reader(DEEP, "https://a.example/#x", "text/html"))
        await until(lambda: bool(active_children()))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return task.cancelled()

    assert reading(what)


_ALONE = """
import asyncio
import os
import signal
from multiprocessing import active_children
from pathlib import Path
from pathlib import Path
from crawler.fetch.page_reader import PageReader
from tests.support.settings_file import write_settings
from tests.support.waiting import until

DEEP = ("<title>Deep</title><p>c" + "<div>" * 200_000).encode()

async def main():
    async with PageReader() as reader:
        task = asyncio.ensure_future(reader(DEEP, "https://a.example/", "text/html"))
        await until(lambda: bool(active_children()))
        (process,) = active_children()
        {then}

if __name__ == "__main__":
    asyncio.run(main())
"""


def _alone(then: str) -> subprocess.CompletedProcess[str]:
    """What becomes of a process that has read nothing before, and then does that."""
    command = [sys.executable, "-c", _ALONE.format(then=then)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_whoever_is_killed_leaves_nothing_behind_that_talks_of_it() -> None:
    """A shard's process is ended like this, on the stderr of the run."""
    killed = _alone("os.kill(os.getpid(), signal.SIGKILL)")
    assert (killed.returncode, killed.stderr) == (-signal.SIGKILL, "")


@pytest.mark.skipif(sys.platform != "linux", reason="signals that are blocked are found in /proc")
def test_no_interrupt_reaches_the_process_while_it_begins() -> None:
    told = _alone('print(Path(f"/proc/{process.pid}/status").read_text())').stdout
    (blocked,) = re.findall(r"SigBlk:\s+(\w+)", told)
    assert int(blocked, 16) >> (signal.SIGINT - 1) & 1


def test_no_file_of_the_present_folder_is_a_module_of_ours(tmp_path: Path) -> None:
    """A pull request may bring any file, and its copy is where new links are looked at."""
    (tmp_path / "multiprocessing.py").write_text("open('ran', 'w').close()\n", "utf-8")
    fields = (("Content-Type", "text/html"),)
    with Web({"deep.example": Site(unknown=Reply(fields=fields, content=DEEP))}) as web:
        write_settings(tmp_path, web, robots=False)
        done = subprocess.run(
            [Path(sysconfig.get_path("scripts")) / "crawler", "check", "https://deep.example/"],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )
    assert "Deep" in done.stdout
    assert not (tmp_path / "ran").exists()
