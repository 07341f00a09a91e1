"""IO: made-up answers of a long list, from a made-up shard to the real coordinator."""

import asyncio
import pickle
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from unittest.mock import patch

from crawler.config import Settings
from crawler.crawl import CrawlResult, Surroundings, coordinator, shard_sizes
from crawler.crawl.collapse import text_mark
from crawler.crawl.coordinator_link import NewsListener
from crawler.crawl.crew import Crew
from crawler.crawl.ending import Stop
from crawler.crawl.messages import AttemptEnded, LookBegan, LookEnded, News, RobotsAnswered
from crawler.crawl.shard_executors import MakeJob
from crawler.crawl.shard_jobs import JobMaker, ShardJob, ShardResult, targets_of
from crawler.model import (
    Answer,
    Certificate,
    Check,
    Declared,
    Exchange,
    Facts,
    Failure,
    FailureKind,
    Judgement,
    MediaKind,
    Page,
    Phase,
    Plan,
    Reason,
    Redirect,
    RedirectKind,
    Resource,
    Target,
    Validators,
)
from crawler.robots import RobotsFile

NIGHT = datetime(2026, 1, 1, 3, 17, tzinfo=UTC)
_ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /search\nCrawl-delay: 1\n" * 10
"""Some 600 characters."""
_BATCH = 50
"""Targets whose messages come together."""
_WORDS = [
    "raft",
    "paxos",
    "leader",
    "follower",
    "log",
    "term",
    "vote",
    "index",
    "commit",
    "snapshot",
    "quorum",
    "lease",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """A long list, and how its links answer."""

    rows: int
    hosts: int
    words: int
    has_numbers: bool

    def lines(self) -> Iterator[str]:
        """The list as CSV: titles of 40 characters, URLs of 60."""
        yield "number,category,title,url" if self.has_numbers else "category,title,url"
        for n in range(1, self.rows + 1):
            number = f"{n}," if self.has_numbers else ""
            title = f"{_WORDS[n % 12].title()} and what came of it in part {n}"
            host = f"https://www.host-{n % self.hosts:06}.example.org/"
            path = f"{host}articles/{n:07}-"
            yield f"{number}Category {n % 200},{title:x<40},{path:x<55}.html"

    def check(self, of: Resource, number: int, night: int, look: int, now: datetime) -> Check:
        """What a look at a resource finds."""
        kind = number % 100
        if kind < 3:
            return _failing(of, look, now)
        if kind < 8:
            return _answered(of, 404, Reason.HTTP_404, look, now)
        if kind < 10:
            return _answered(of, 403, Reason.FORBIDDEN, look, now)
        if kind < 50 and night:
            return replace(
                _answered(of, 304, Reason.NOT_MODIFIED, look, now), validators=_validators(of)
            )
        page = self._page(of, number)
        if kind < 15:
            return replace(_moved(of, look, now), page=page, validators=_validators(of))
        return replace(
            _answered(of, 200, Reason.OK, look, now), page=page, validators=_validators(of)
        )

    def _page(self, of: Resource, number: int) -> Page:
        words = (_WORDS[(number * n) % 12] for n in range(1, self.words + 1))
        text = f"{of.title}\n{' '.join(words)} {number}"
        return Page(
            kind=MediaKind.HTML,
            encoding="utf-8",
            encoding_from="http",
            title=Declared(value=f"{of.title} | Some site", origin="title"),
            description=Declared(value=f"What {of.url} is about, at some length", origin="og"),
            language=Declared(value="en", origin="html"),
            image_url=Declared(value=f"{of.url}/image.png", origin="og"),
            first_heading=of.title,
            word_count=self.words,
            scripts=4,
            text=text,
            main_text=text,
        )


def _base(of: Resource, facts: Facts, reason: Reason, look: int, now: datetime) -> Check:
    return Check(
        resource=of,
        judgement=Judgement(reason=reason),
        facts=facts,
        checked_at=now,
        address="192.0.2.117",
        elapsed=timedelta(milliseconds=120 + len(of.key) * 7 % 100),
        attempts=1,
        looks=look,
    )


def _exchange(url: str, status: int, redirect: Redirect | None = None) -> Exchange:
    fields = (("content-type", "text/html; charset=utf-8"), ("server", "nginx"))
    return Exchange(target_uri=url, status_code=status, fields=fields, redirect=redirect)


def _certificate(of: Resource) -> Certificate:
    return Certificate(
        not_before=NIGHT - timedelta(days=10),
        not_after=NIGHT + timedelta(days=80),
        issuer="CN=R11,O=Let's Encrypt,C=US",
        subject=f"CN={of.url[8:36]}",
    )


def _answered(of: Resource, status: int, reason: Reason, look: int, now: datetime) -> Check:
    facts = Facts(
        outcome=Answer(media_type="text/html"),
        exchanges=(_exchange(of.url, status),),
        certificate=_certificate(of),
    )
    return _base(of, facts, reason, look, now)


def _moved(of: Resource, look: int, now: datetime) -> Check:
    there = of.url.replace("/articles/", "/posts/")
    first = _exchange(of.url, 301, Redirect(kind=RedirectKind.LOCATION, target=there))
    facts = Facts(
        outcome=Answer(media_type="text/html"),
        exchanges=(first, _exchange(there, 200)),
        certificate=_certificate(of),
    )
    check = _base(of, facts, Reason.PERMANENT_REDIRECT, look, now)
    return replace(
        check, judgement=Judgement(reason=Reason.PERMANENT_REDIRECT, suggested_url=there)
    )


def _failing(of: Resource, look: int, now: datetime) -> Check:
    failure = Failure(
        kind=FailureKind.CONNECT_TIMEOUT,
        phase=Phase.CONNECT,
        target_uri=of.url,
        code="ETIMEDOUT",
    )
    return _base(of, Facts(outcome=failure), Reason.CONNECT_TIMEOUT, look, now)


def _validators(of: Resource) -> Validators:
    return Validators(
        etag=f'"{hash(of.key) & 0xFFFFFFFFFF:x}"', last_modified="Fri, 20 Nov 2026 03:00:00 GMT"
    )


class _MadeUpShards:
    """A `ShardExecutor` whose shards make their answers up; all messages are pickled on their way."""

    def __init__(self, web: Web, night: int, now: datetime, slots: int, unstored: int) -> None:
        self._web = web
        self._night = night
        self._now = now
        self._slots = asyncio.Semaphore(slots)
        self._waiting = 0
        self._most = unstored
        self._has_room = asyncio.Condition()

    def submit(
        self, make_job: MakeJob, listener: NewsListener, stop: Stop
    ) -> asyncio.Future[ShardResult]:
        """The shard, as a task of this event loop."""
        return asyncio.create_task(self._run(make_job, listener))

    async def shutdown(self) -> None:
        """Nothing is left running."""

    async def note_stored(self, number: int) -> None:
        """So many checks were stored; others may come."""
        async with self._has_room:
            self._waiting -= number
            self._has_room.notify_all()

    async def _run(self, make_job: MakeJob, listener: NewsListener) -> ShardResult:
        async with self._slots:
            job = pickle.loads(pickle.dumps(make_job(0, 1)))  # noqa: S301
            targets = iter(targets_of(job.lanes))
            while some := tuple(islice(targets, min(_BATCH, self._most))):
                news = [one for target in some for one in self._news(target, job)]
                for one in pickle.loads(pickle.dumps(news)):  # noqa: S301
                    listener(one)
                await self._wait_for_room(sum(len(target.resources) for target in some))
            return ShardResult()

    async def _wait_for_room(self, told: int) -> None:
        async with self._has_room:
            self._waiting += told
            await self._has_room.wait_for(lambda: self._waiting < self._most)

    def _robots(self, origin: str) -> RobotsFile:
        is_there = len(origin) % 2 == 1
        return RobotsFile(
            origin=origin,
            status_code=200 if is_there else 404,
            text=_ROBOTS if is_there else "",
            fetched_at=self._now,
        )

    def _news(self, target: Target, job: ShardJob) -> Iterable[News]:
        host = target.url.split("/")[2]
        origin = f"https://{host}"
        if origin not in job.robots_files:
            yield RobotsAnswered(file=self._robots(origin))
        checks = tuple(
            self._web.check(one, one.line - 1, self._night, job.look, self._now)
            for one in target.resources
        )
        is_unreached = not checks[0].facts.exchanges
        yield LookBegan(host=host, resources=len(target.resources))
        yield AttemptEnded(host=host, is_unreached=is_unreached)
        yield LookEnded(checks=checks, text_marks=tuple(text_mark(one.page) for one in checks))


def coordinated(
    web: Web,
    night: int,
    *,
    slots: int = 8,
    lanes: int = 1_000,
    unstored: int = 1_000,
    after: Callable[[], None] = lambda: None,
) -> Callable[[Plan, Settings, Surroundings], Coroutine[Any, Any, CrawlResult]]:
    """A crawl with the real coordinator, at whose end `after` is called.

    So many shards run at once as there are `slots`, with so many `lanes` at most. They wait while
    `unstored` checks have been told and are not stored yet.
    """

    async def crawl(plan: Plan, settings: Settings, around: Surroundings) -> CrawlResult:
        shards = _MadeUpShards(web, night, around.clock(), slots, unstored)
        loop = asyncio.get_running_loop()

        def keep(checks: Sequence[Check]) -> None:
            around.keep(checks)
            asyncio.run_coroutine_threadsafe(shards.note_stored(len(checks)), loop)

        @asynccontextmanager
        async def started(
            whole: ShardJob, _: Surroundings, __: Callable[[], int]
        ) -> AsyncIterator[Crew]:
            parts = shard_sizes.in_shards(whole.lanes, (), whole.settings, slots)
            few = (part[n : n + lanes] for part in parts for n in range(0, len(part), lanes))
            yield Crew(shards, JobMaker(whole, tuple(few)), for_few=shards)

        async def sleep(_: float) -> None:
            """Nobody waits between the looks."""

        endless = replace(settings, fetch=replace(settings.fetch, budget=1e6))
        beside = replace(around, keep=keep, sleep=sleep)
        with patch.object(coordinator, "started", started):
            crawled = await coordinator.Coordinator(plan, endless, beside).run()
        after()
        return crawled

    return crawl
