"""IO: some links, looked at now: no history, no database, no reports."""

import asyncio
import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from crawler import __version__, guard, plan, resources, urls
from crawler.config import Settings
from crawler.crawl import Clock, CrawlResult, Fault, Progress, Surroundings, canaries, crawl
from crawler.crawl.kept_checks import KeptChecks
from crawler.crawl.pending_checks import needs_second_look
from crawler.errors import ResourcesError
from crawler.fetch import Resolver
from crawler.guard import Distrust, Outage
from crawler.model import (
    Check,
    NotAsked,
    Notice,
    Plan,
    Reason,
    Resource,
    ResourceList,
    WarningCode,
)
from crawler.report.today import CheckedLink, Today
from crawler.report.wording import plural, today_words
from crawler.run.files import read_files
from crawler.run.interruption import Interrupted, Interruption
from crawler.text import clean

_GLOB = frozenset("*")
"""A word with these is no URL; `?` and brackets may be in one."""
_SCHEMES = frozenset(
    {"data", "geo", "javascript", "magnet", "mailto", "news", "sms", "tel", "urn"}
)
"""Schemes of URLs without `//`; what else has a colon may be a host and its port."""


# --- which links --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chosen:
    """A link to check, and the list in which it stands."""

    resource: Resource
    file: str = ""
    """Path of the list; empty for a URL by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChoice:
    """The links to check."""

    links: tuple[Chosen, ...]
    notices: tuple[tuple[str, Notice], ...] = ()
    """About their rows, each with the path of the list."""
    of_rows: int | None = None
    """How many rows the list has, when only new and changed ones were chosen."""
    is_single: bool = False
    """Whether one link was named, and not its list."""


def choose(
    settings: Settings,
    words: Sequence[str] = (),
    *,
    typed: Iterable[str] | None = None,
    older: ResourceList | None = None,
) -> LinkChoice:
    """What the words of a command line mean: URLs, resources of the list, files with lists.

    `typed` are more URLs; without them and without words, the whole list is chosen. With `older`, an
    earlier copy of the list, only rows with a new URL or title are chosen.

    Raises:
        ResourcesError: a word means nothing, or a list cannot be used.
    """
    lists = _Lists(settings)
    found = [link for word in words for link in lists.find(word)]
    found += (Chosen(resources.from_url(url)) for url in typed or () if url.strip())
    is_whole = not words and typed is None
    if is_whole:
        found += lists.all_of()
    links = tuple(dict.fromkeys(found))
    rows = sum(bool(link.file) for link in links)
    if older is not None:
        links = tuple(_new(links, older))
    lines = {(link.file, link.resource.line) for link in links}
    return LinkChoice(
        links=links,
        notices=tuple(one for one in lists.notices if (one[0], one[1].line) in lines),
        of_rows=None if older is None else rows,
        is_single=len(links) == 1 and not is_whole and not any(map(_is_file, words)),
    )


def _new(links: Iterable[Chosen], older: ResourceList) -> Iterator[Chosen]:
    known = {_identity(resource) for resource in older.resources}
    return (one for one in links if not one.file or _identity(one.resource) not in known)


def _identity(resource: Resource) -> tuple[str, str]:
    # Numbers and lines change with each insertion.
    return urls.target_uri(resource.url), resource.title


class _Lists:
    """The lists that were read, and their notices."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.notices: list[tuple[str, Notice]] = []

    def find(self, word: str) -> tuple[Chosen, ...]:
        """What a word of the command line means."""
        if _is_file(word):
            return self.all_of(word)
        if _is_url(word):
            return self._listed_with(word) or (Chosen(resources.from_url(word)),)
        if not self._is_there:
            raise ResourcesError(
                f"{clean(word)}: there is no list {self._settings.list_name} to find it in; "
                "name one with --resources, or write a URL with its https://"
            )
        try:
            found = resources.select(self._listed, [word])
        except ResourcesError as error:
            raise ResourcesError(f"{error}; a URL begins with https://") from None
        return tuple(Chosen(resource, resource.file) for resource in found)

    def all_of(self, path: str = "") -> tuple[Chosen, ...]:
        """The resources of the list, or of the one in that file.

        Raises:
            ResourcesError: it cannot be read, or has none.
        """
        is_whole = not path or self._settings.resources == (path,)
        listed = self._listed if is_whole else self._read((path,))
        if not listed:
            raise ResourcesError(f"{path or self._settings.list_name}: the list has no resources")
        return tuple(Chosen(resource, resource.file) for resource in listed)

    def _listed_with(self, url: str) -> tuple[Chosen, ...]:
        """The resources of the list with that URL; none when there is no list that can be read."""
        try:
            listed = self._listed if self._is_there else ()
        except ResourcesError:
            return ()
        wanted = resources.from_url(url).url
        return tuple(Chosen(one, one.file) for one in listed if one.url == wanted)

    @property
    def _is_there(self) -> bool:
        return any(not _GLOB.isdisjoint(p) or Path(p).is_file() for p in self._settings.resources)

    @cached_property
    def _listed(self) -> tuple[Resource, ...]:
        return self._read(self._settings.resources)

    def _read(self, paths: Sequence[str]) -> tuple[Resource, ...]:
        listed = read_files(paths, self._settings.list)
        self.notices += ((notice.file, notice) for notice in listed.notices)
        return listed.resources


def _is_url(word: str) -> bool:
    is_absolute = "://" in word or word.partition(":")[0].lower() in _SCHEMES
    return is_absolute and _GLOB.isdisjoint(word)


def _is_file(word: str) -> bool:
    return "://" not in word and (word.lower().endswith(".csv") or Path(word).is_file())


# --- the look -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LookOptions:
    """How to look, beside the settings."""

    clock: Clock
    listen: Callable[[Progress], None]
    remark: Callable[[str], None]
    """Takes a sentence for a person, while the crawl goes on."""
    resolver: Resolver | None = None
    """None for the resolver of the operating system."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """How a look ended."""

    today: Today
    distrust: Distrust | None = None
    """Why what was seen is not trusted; then `today` has only links that did answer."""
    faults: tuple[Fault, ...] = ()
    """Links without a check because of an error of our own."""
    signal: int | None = None
    """The signal that interrupted the look."""


def look(choice: LinkChoice, settings: Settings, options: LookOptions) -> Looked:
    """One look at the links, and a second one at what seems to be dead or failing."""
    # Several lists may have the same keys.
    numbered = [replace(one.resource, key=str(n)) for n, one in enumerate(choice.links)]
    planned = plan.plan(numbered, exclude=settings.fetch.exclude)
    looking = _Look(planned, settings, options)
    crawled = None
    with Interruption() as interruption, contextlib.suppress(Interrupted):
        crawled = interruption.run(looking.run(), looking.stop)
    signal = interruption.signum
    distrust = crawled.distrust if crawled else None
    checks = looking.checks_of(crawled)
    reported = tuple(map(WarningCode, settings.report.warnings))
    links = tuple(
        CheckedLink(check=replace(check, resource=one.resource), file=one.file, reported=reported)
        for n, one in enumerate(choice.links)
        if (check := checks.get(str(n))) and _counts(check, distrust)
    )
    today = Today(
        links=links,
        notices=choice.notices,
        unchecked=len(choice.links) - len(links) if signal else 0,
        of_rows=choice.of_rows,
    )
    faults = crawled.faults if crawled else ()
    return Looked(today=today, distrust=distrust, faults=faults, signal=signal)


def _counts(check: Check, distrust: Distrust | None) -> bool:
    """Whether the check says something about the link, not about our own network."""
    is_wrong = check.judgement.reason is Reason.INVALID_URL
    return distrust is None or is_wrong or guard.is_conclusive(check, distrust)


class _Look:
    """A look in progress; `run` it once."""

    def __init__(self, planned: Plan, settings: Settings, options: LookOptions) -> None:
        self._plan = planned
        self._settings = settings
        self._options = options
        self._kept = KeptChecks()
        self._budget_left = settings.fetch.budget
        self._first_looks_over = asyncio.Event()
        self._around = Surroundings(
            clock=options.clock,
            keep=self._kept.keep,
            read_back=self._kept.read_back,
            listen=self._listen,
            version=__version__,
            resolver=options.resolver,
        )

    @property
    def stop(self) -> asyncio.Event:
        """Ends the look at once, when it is set."""
        return self._around.stop

    def checks_of(self, crawled: CrawlResult | None) -> Mapping[str, Check]:
        """The checks of a crawl by key, with the pages of living resources.

        Of a crawl that did not end in order (None), those that would need no second look.
        """
        if crawled is not None:
            return crawled.checks
        counting = itertools.filterfalse(needs_second_look, self._kept.latest.values())
        return {check.resource.key: self._kept.with_page(check) for check in counting}

    async def run(self) -> CrawlResult:
        """The result of the crawl, and why it is not trusted."""
        crawling = asyncio.ensure_future(crawl(self._plan, self._settings, self._around))
        waiting = asyncio.ensure_future(self._first_looks_over.wait())
        try:
            await asyncio.wait((crawling, waiting), return_when=asyncio.FIRST_COMPLETED)
            outage = await self._outage()
            if outage:
                self.stop.set()
            elif not crawling.done():
                self._tell_of_pause()
            crawled = await crawling
        finally:
            waiting.cancel()
            if not crawling.done():
                crawling.cancel()
                await asyncio.wait((crawling,))
        return replace(crawled, distrust=crawled.distrust or outage)

    def _listen(self, progress: Progress) -> None:
        self._options.listen(progress)
        self._budget_left = progress.budget_left
        if progress.done == progress.total:
            self._first_looks_over.set()

    async def _outage(self) -> Outage | None:
        """Whether no host is reached, and no canary answers.

        A crawl of a few hosts does not ask the canaries, because later nights confirm what it finds.
        Here, no later night does.
        """
        hosts, addresses = len(self._plan.lanes), self._settings.guard.canaries
        checks = self._kept.latest.values()
        asked = [c.facts for c in checks if not isinstance(c.facts.outcome, NotAsked)]
        is_in_doubt = bool(addresses and asked) and all(map(guard.is_unreached, asked))
        if not is_in_doubt or hosts >= guard.MIN_HOSTS or self.stop.is_set():
            return None
        if await canaries.is_any_answered(self._settings, __version__, self._options.resolver):
            return None
        return Outage(hosts=hosts, unreached=hosts, canaries=len(addresses))

    def _tell_of_pause(self) -> None:
        """Says why nothing happens until the second look."""
        checks = self._kept.latest.values()
        troubled = sum(check.looks > 0 and needs_second_look(check) for check in checks)
        wait = self._settings.fetch.recheck_after
        if troubled and 0 < wait < self._budget_left:
            links = plural(troubled, "link", "links")
            said = today_words.LOOKING_AGAIN.format(seconds=f"{wait:g}", links=links)
            self._options.remark(said)
