"""IO: compares doubtful pages with what their hosts answer for made-up URLs."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawler import judge, urls
from crawler.config import Settings
from crawler.crawl.pending_checks import PendingCheck, check_of
from crawler.crawl.probe_answers import ProbeAnswer, answer_of, probing_of
from crawler.model import (
    Check,
    Fetch,
    Probe,
    ProbeKind,
    ProbeProfile,
    Probing,
    RememberedProbe,
    Verdict,
)

REMEMBERED = timedelta(days=30)
"""How long a host that answered made-up URLs with 404 or 410 is trusted to do so."""
_HONEST = Probe(kind=ProbeKind.SIBLING, status_code=404)

Ask = Callable[[str], Awaitable[Fetch]]
"""Makes one attempt at a URL, if robots.txt allows it, and when it is the host's turn."""


def made_up_names() -> tuple[str, str]:
    """Two names that no page has: 20 hexadecimal digits each."""
    return secrets.token_hex(10), secrets.token_hex(10)


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedProbes:
    """How hosts answered probes in the first look of this run, for the second one; it pickles."""

    remembered: Mapping[str, RememberedProbe] = field(default_factory=dict)
    """By probe key."""
    siblings: Mapping[str, Mapping[str, tuple[ProbeAnswer, ...]]] = field(default_factory=dict)
    """By host and probe key."""
    homes: Mapping[str, ProbeAnswer] = field(default_factory=dict)
    """By host."""


class Prober:
    """Makes checks, and sends the probes that they need.

    All resources with one folder and extension share two made-up URLs, and all resources of a host
    share its front page: each of these is requested once in a run. After the first made-up URL that
    is missing, as it should be, no second one is requested.
    """

    def __init__(
        self,
        settings: Settings,
        ask: Ask,
        *,
        now: datetime,
        known: Mapping[str, ProbeProfile],
        learned: LearnedProbes | None = None,
    ) -> None:
        """Begins with what was `known` before this run, and `learned` earlier in it."""
        self._settings = settings
        self._ask = ask
        self._now = now
        self._remembered = {
            probe.kind: probe
            for profile in known.values()
            for probe in profile.probes
            if now - probe.seen_at < REMEMBERED
        }
        """By probe key."""
        self._honest_origins = dict[str, bool]()
        for key, probe in self._remembered.items():
            origin = urls.origin(key)
            self._honest_origins[origin] = probe.honest and self._honest_origins.get(origin, True)
        learned = learned or LearnedProbes()
        self._remembered |= learned.remembered
        self._learned = set(learned.remembered)
        """Probe keys about which something was learned in this run."""
        self._siblings = {host: dict(answers) for host, answers in learned.siblings.items()}
        """By host and probe key."""
        self._homes = dict(learned.homes)
        """By host."""
        self._locks: dict[str, asyncio.Lock] = {}

    async def check(self, pending: PendingCheck) -> Check:
        """The check, judged after the probes that it needs."""
        if not pending.wanted:
            return check_of(pending, self._settings)
        if pending.wanted.is_vague:
            # One page at a time: what the host answers for the first will often do for the others.
            async with self._lock(f"vague {urls.host_key(pending.url)}"):
                return await self._check_doubtful(pending)
        return await self._check_doubtful(pending)

    async def _check_doubtful(self, pending: PendingCheck) -> Check:
        """The check; no request is made where answers that are known already are enough.

        Answers of earlier nights can only clear a page. Answers from another folder can clear it or
        make it suspect; only those from its own folder make it dead.
        """
        if (probing := self._known_probing(pending)) is not None:
            check = check_of(pending, self._settings, probing)
            verdict = check.judgement.verdict
            if verdict.is_alive or (verdict is Verdict.SUSPECT and not probing.remembered):
                return check
        return check_of(pending, self._settings, await self._probe(pending))

    def _known_probing(self, pending: PendingCheck) -> Probing | None:
        """What is known of made-up URLs: for a vague doubt from another folder, or from earlier nights."""
        key, is_vague = judge.probe_key(pending.url), pending.wanted.is_vague
        others = self._telling_siblings(urls.host_key(pending.url), key) if is_vague else None
        home = self._homes.get(urls.host_key(pending.url))
        if others is not None and (home or not any(one.succeeded for one in others)):
            return probing_of(pending, others, home if pending.wanted.home else None)
        if self._is_honest(key, is_vague=is_vague) and not pending.wanted.is_another:
            return Probing(probes=(_HONEST,) * len(pending.wanted.siblings), remembered=True)
        return None

    def _telling_siblings(self, host: str, key: str) -> tuple[ProbeAnswer, ...] | None:
        """What the host answered in another folder: with a page, or that it is missing.

        Other answers, such as errors, count when two folders got them. None when nothing counts, and
        when the page's own folder was asked.
        """
        known = self._siblings.get(host, {})
        if key in known:
            return None
        telling = (one for one in known.values() if one[-1].is_honest or one[-1].succeeded)
        silent = next(iter(known.values())) if len(known) > 1 else None
        return next(telling, silent)

    def _is_honest(self, key: str, *, is_vague: bool) -> bool:
        """Whether the host was honest on earlier nights.

        That is remembered by folder and extension; for a vague doubt about a folder without a memory,
        all others of the origin must have been honest.
        """
        if key in self._learned:
            return False
        remembered = self._remembered.get(key)
        if remembered or not is_vague:
            return bool(remembered and remembered.honest)
        return self._honest_origins.get(urls.origin(key), False)

    def _lock(self, name: str) -> asyncio.Lock:
        return self._locks.setdefault(name, asyncio.Lock())

    def forget(self, host: str) -> None:
        """Free the answers of a host when none of its targets will be looked at again."""
        self._siblings.pop(host, None)

    def learned(self) -> LearnedProbes:
        """What the second look at the hosts that are not forgotten may rest on."""
        return LearnedProbes(
            remembered={key: self._remembered[key] for key in self._learned},
            siblings=self._siblings,
            homes={host: home for host, home in self._homes.items() if host in self._siblings},
        )

    def profiles(self) -> tuple[ProbeProfile, ...]:
        """What is known of the hosts about which something was learned in this run."""
        learned = set(map(urls.origin, self._learned))
        probes: dict[str, list[RememberedProbe]] = {}
        for key in sorted(self._remembered):
            probes.setdefault(urls.origin(key), []).append(self._remembered[key])
        return tuple(
            ProbeProfile(origin=origin, probes=tuple(own))
            for origin, own in probes.items()
            if origin in learned
        )

    async def _probe(self, pending: PendingCheck) -> Probing:
        wanted = pending.wanted
        siblings = await self._ask_siblings(pending.url, wanted.siblings)
        # The front page is worth a request only if the made-up URLs lead to pages.
        lead_to_pages = any(sibling.succeeded for sibling in siblings)
        home = await self._ask_home(wanted.home) if wanted.home and lead_to_pages else None
        return probing_of(pending, siblings, home)

    async def _ask_siblings(self, url: str, siblings: Sequence[str]) -> tuple[ProbeAnswer, ...]:
        key = judge.probe_key(url)
        known = self._siblings.setdefault(urls.host_key(url), {})
        async with self._lock(key):
            if key not in known:
                known[key] = await self._ask_in_turn(siblings)
                self._learn(key, known[key])
            return known[key]

    async def _ask_in_turn(self, siblings: Sequence[str]) -> tuple[ProbeAnswer, ...]:
        answers: list[ProbeAnswer] = []
        for url in siblings:
            answers.append(answer_of(url, await self._ask(url)))
            if answers[-1].status_code is None or answers[-1].is_honest:
                # The next one would get the same answer or none, or must not be sent.
                break
        return tuple(answers)

    async def _ask_home(self, url: str) -> ProbeAnswer:
        host = urls.host_key(url)
        async with self._lock(host):
            if host not in self._homes:
                self._homes[host] = answer_of(url, await self._ask(url))
            return self._homes[host]

    def _learn(self, key: str, siblings: Sequence[ProbeAnswer]) -> None:
        honest = all(sibling.is_honest for sibling in siblings)
        if honest or any(sibling.succeeded for sibling in siblings):
            self._remembered[key] = RememberedProbe(kind=key, honest=honest, seen_at=self._now)
            self._learned.add(key)
