"""IO: the first looks, watched for what tells that the trouble is on our side."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterable

from crawler import guard
from crawler.guard import Distrust, Outage, Portal


class Watch:
    """Follows the first looks, and tells as soon as they are not to be trusted.

    A host counts as asked from its first target on, and as unreached as long as its latest attempt
    was: names that do not exist are known first, and would otherwise look like all there is.
    """

    def __init__(
        self, hosts: frozenset[str], canaries: int, canary_answers: Callable[[], Awaitable[bool]]
    ) -> None:
        """Watches these hosts; `canary_answers` asks the canaries, and is called once at most."""
        self._hosts = hosts
        self._canaries = canaries
        self._canary_answers = canary_answers
        self._vouched: bool | None = None
        """Whether a canary has answered; None while they were not asked."""
        self._asked = set[str]()
        self._unreached = set[str]()
        self._resources = 0
        self._landings = Counter[str]()
        """How many resources ended at a host that is not their own."""
        self._leader = ""
        """The host at which most of them did."""
        self._news = asyncio.Event()
        self._is_over = False

    def begins(self, host: str, resources: int) -> None:
        """A look at a target begins."""
        if host in self._hosts and not self._is_over:
            self._asked.add(host)
            self._resources += resources

    def attempted(self, host: str, *, is_unreached: bool) -> None:
        """An attempt at a host, at robots.txt or a page, has ended."""
        if host in self._asked and not self._is_over:
            note = self._unreached.add if is_unreached else self._unreached.discard
            note(host)
            self._news.set()

    def landed(self, host: str, elsewhere: str, resources: int) -> None:
        """The look at a target has ended at another site."""
        if host in self._hosts and not self._is_over:
            self._landings[elsewhere] += resources
            self._leader = max(self._leader, elsewhere, key=self._landings.__getitem__)
            self._news.set()

    def close(self) -> None:
        """The first looks are over: what is seen from now on tells nothing."""
        self._is_over = True
        self._news.set()

    async def verdict(self) -> Distrust | None:
        """What the run is not trusted for, as soon as that is clear; None once it is over and trusted."""
        while True:
            await self._news.wait()
            self._news.clear()
            doubt = self.doubt()
            if isinstance(doubt, Outage) and self._vouched is None:
                self._vouched = await self._canary_answers()
                # Meanwhile more was seen.
                self._news.set()
            elif doubt or self._is_over:
                return doubt

    def doubt(self) -> Distrust | None:
        """What speaks against the run now, unless a canary has spoken for it."""
        hosts, unreached = len(self._asked), len(self._unreached)
        landed, resources = self._landings[self._leader], self._resources
        if guard.is_portal(landed=landed, resources=resources, hosts=hosts):
            return Portal(host=self._leader, resources=resources, landed=landed)
        if self._vouched or not guard.is_suspicious(hosts=hosts, unreached=unreached):
            return None
        return Outage(hosts=hosts, unreached=unreached, canaries=self._canaries)


async def any_of(questions: Iterable[Coroutine[object, object, bool]]) -> bool:
    """Whether one of the questions is answered with yes; the others are then not waited for."""
    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(question) for question in questions]
        for answer in asyncio.as_completed(asked):
            if await answer:
                for task in asked:
                    task.cancel()
                return True
    return False
