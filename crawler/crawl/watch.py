"""IO: watches the first looks for signs that our own network is the trouble."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from crawler import guard
from crawler.crawl.messages import AttemptEnded, LeftSite, LookBegan, NoNetwork
from crawler.guard import Distrust, Outage, Portal


class Watch:
    """Follows the first looks, and reports as soon as they are not to be trusted.

    A host counts as asked from its first target on, and as unreached as long as its latest attempt
    failed before any HTTP answer. Counting only ended attempts would not do: names that do not exist
    fail first, and would look like most of what was asked.
    """

    def __init__(
        self,
        hosts: frozenset[str],
        canaries: int,
        canary_answers: Callable[[], Awaitable[bool]],
        min_hosts: int = guard.MIN_HOSTS,
    ) -> None:
        """Watches these hosts; `canary_answers` asks the canaries, and is called once at most."""
        self._hosts = hosts
        self._min_hosts = min_hosts
        self._canaries = canaries
        self._canary_answers = canary_answers
        self._has_canary_answered: bool | None = None
        """None until the canaries were asked."""
        self._asked = set[str]()
        self._unreached = set[str]()
        self._resources = 0
        """Asked so far."""
        self._resources_at = Counter[str]()
        """How many resources ended at a host of another site, by that host."""
        self._leader = ""
        """The host at which most of them ended."""
        self._outage: Outage | None = None
        """Of all workers of a cluster."""
        self._has_news = asyncio.Event()
        self._is_closed = asyncio.Event()

    def note(self, news: LookBegan | AttemptEnded | LeftSite | NoNetwork) -> None:
        """Take note of what a shard tells; nothing is noted after `close`."""
        if self._is_closed.is_set():
            return
        match news:
            case LookBegan(host=host) if host in self._hosts:
                self._asked.add(host)
                self._resources += news.resources
            case AttemptEnded(host=host) if host in self._asked:
                change = self._unreached.add if news.is_unreached else self._unreached.discard
                change(host)
                self._has_news.set()
            case LeftSite(host=host, final_host=final_host) if host in self._hosts:
                self._resources_at[final_host] += news.resources
                self._leader = max(self._leader, final_host, key=self._resources_at.__getitem__)
                self._has_news.set()
            case NoNetwork(hosts=hosts, unreached=unreached):
                # The canaries were asked by those that have no network.
                self._outage = Outage(hosts=hosts, unreached=unreached, canaries=self._canaries)
                self._has_news.set()

    def close(self) -> None:
        """The first looks have ended."""
        self._is_closed.set()
        self._has_news.set()

    async def verdict(self) -> Distrust | None:
        """Why the run is not trusted, as soon as that is clear; None after `close` if it is trusted."""
        while True:
            await self._has_news.wait()
            self._has_news.clear()
            distrust = self.distrust()
            is_proven = distrust is None or distrust is self._outage
            if not is_proven and self._has_canary_answered is None:
                self._has_canary_answered = await self._canary_answers()
                # More may have happened meanwhile.
                self._has_news.set()
            elif distrust or self._is_closed.is_set():
                return distrust

    def distrust(self) -> Distrust | None:
        """Why the run is not trusted now; a canary that answered disproves an outage and a portal."""
        if self._outage or self._has_canary_answered:
            return self._outage
        hosts, unreached = len(self._asked), len(self._unreached)
        landed, resources = self._resources_at[self._leader], self._resources
        least = self._min_hosts
        if guard.is_portal(landed=landed, resources=resources, hosts=hosts, min_hosts=least):
            return Portal(
                host=self._leader, resources=resources, landed=landed, canaries=self._canaries
            )
        if guard.is_suspicious(hosts=hosts, unreached=unreached, min_hosts=least):
            return Outage(hosts=hosts, unreached=unreached, canaries=self._canaries)
        return None
