"""IO: pages that give reason to doubt, compared with what their hosts answer to made-up URLs."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from crawler import judge, urls
from crawler.config import Settings
from crawler.crawl.pending_checks import Look, check_of
from crawler.crawl.probe_answers import ProbeAnswer, Subject, answered, probing_of
from crawler.model import Check, Fetch, Probe, ProbeKind, ProbeProfile, Probing, RememberedProbe

REMEMBERED = timedelta(days=30)
"""How long a host's honesty is taken for granted."""
_HONEST = Probe(kind=ProbeKind.SIBLING, status_code=404)

Ask = Callable[[str], Awaitable[Fetch]]
"""One attempt at a URL, as robots.txt and the host's pace allow."""


def made_up_names() -> tuple[str, str]:
    """Two names that no page has: 20 hexadecimal digits each."""
    return secrets.token_hex(10), secrets.token_hex(10)


class Prober:
    """Comes to the check of each look, asking its host as little as that takes.

    A made-up URL is asked once a run for all resources of one folder and extension, the second
    looks included, and a front page once for each host.
    """

    def __init__(
        self,
        settings: Settings,
        ask: Ask,
        *,
        now: datetime,
        known: Mapping[str, ProbeProfile],
    ) -> None:
        self._settings = settings
        self._ask = ask
        self._now = now
        self._remembered = {
            probe.kind: probe
            for profile in known.values()
            for probe in profile.probes
            if now - probe.seen_at < REMEMBERED
        }
        self._learned: set[str] = set()
        self._siblings: dict[str, dict[str, tuple[ProbeAnswer, ...]]] = {}
        """By host and kind."""
        self._homes: dict[str, ProbeAnswer] = {}
        """By host."""
        self._locks: dict[str, asyncio.Lock] = {}

    async def check(self, look: Look) -> Check:
        """What the look concludes, after probes if it takes some."""
        if not look.wanted:
            return check_of(look, self._settings)
        remembered = self._remembered.get(judge.probe_key(look.url))
        if remembered and remembered.honest and remembered.kind not in self._learned:
            probing = Probing(probes=(_HONEST,) * len(look.wanted.siblings), remembered=True)
            check = check_of(look, self._settings, probing)
            if check.judgement.verdict.is_alive:
                return check
        return check_of(look, self._settings, await self._probing(look))

    def forget(self, host: str) -> None:
        """Let go of what the host answered, when no target of its is to be looked at again."""
        self._siblings.pop(host, None)

    def profiles(self) -> tuple[ProbeProfile, ...]:
        """What was learned of hosts in this run, with what is still known of them from before."""
        learned = set(map(urls.origin, self._learned))
        probes: dict[str, list[RememberedProbe]] = {}
        for kind in sorted(self._remembered):
            probes.setdefault(urls.origin(kind), []).append(self._remembered[kind])
        return tuple(
            ProbeProfile(origin=origin, probes=tuple(own))
            for origin, own in probes.items()
            if origin in learned
        )

    async def _probing(self, look: Look) -> Probing:
        siblings = await self._asked_siblings(look.url, look.wanted.siblings)
        # A front page is only worth asking for where made-up URLs lead to pages.
        in_doubt = any(sibling.succeeded for sibling in siblings)
        home = await self._asked_home(look.wanted.home) if look.wanted.home and in_doubt else None
        subject = Subject(url=look.url, final_url=look.fetch.facts.final_url, text=look.text)
        return probing_of(subject, siblings, home)

    async def _asked_siblings(self, url: str, siblings: Sequence[str]) -> tuple[ProbeAnswer, ...]:
        kind = judge.probe_key(url)
        known = self._siblings.setdefault(urls.host_key(url), {})
        async with self._locks.setdefault(kind, asyncio.Lock()):
            if kind not in known:
                known[kind] = await self._asked_in_turn(siblings)
                self._learn(kind, known[kind])
            return known[kind]

    async def _asked_in_turn(self, siblings: Sequence[str]) -> tuple[ProbeAnswer, ...]:
        found: list[ProbeAnswer] = []
        for url in siblings:
            found.append(answered(url, await self._ask(url)))
            if found[-1].status_code is None:
                # The next one would not be answered either, or must not be asked.
                break
        return tuple(found)

    async def _asked_home(self, url: str) -> ProbeAnswer:
        host = urls.host_key(url)
        async with self._locks.setdefault(host, asyncio.Lock()):
            if host not in self._homes:
                self._homes[host] = answered(url, await self._ask(url))
            return self._homes[host]

    def _learn(self, kind: str, siblings: Sequence[ProbeAnswer]) -> None:
        honest = all(sibling.is_honest for sibling in siblings)
        if honest or any(sibling.succeeded for sibling in siblings):
            self._remembered[kind] = RememberedProbe(kind=kind, honest=honest, seen_at=self._now)
            self._learned.add(kind)
