"""IO: whether everything that a run needs is in order, and what to do where it is not."""

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from crawler import urls
from crawler.config import DEFAULT_CONTACT, Settings
from crawler.crawl.turns import Turns
from crawler.errors import ConfigError, CrawlerError
from crawler.fetch import Allowance, Fetcher, Refusal, Resolver, tls
from crawler.model import Answer, Failure, Fetch, Reason, Target
from crawler.report.wording.reason_words import REASONS
from crawler.run.files import prepare_folder, read_list
from crawler.store import SoFar, Store

MAX_NOTICES = 5
"""Oddities of the list that are told one by one."""
MAX_CLOCK_FAULT = timedelta(minutes=5)


class Topic(StrEnum):
    """What is examined, in this order."""

    LIST = "list"
    SETTINGS = "settings"
    DATABASE = "database"
    REPORTS = "reports"
    NETWORK = "network"
    CLOCK = "clock"
    CERTIFICATES = "certificates"


class Level(StrEnum):
    """How it is."""

    OK = "ok"
    SKIP = "skip"
    """Not examined."""
    WARN = "warn"
    FAIL = "fail"
    """A run cannot work like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one examination found."""

    topic: Topic
    level: Level
    text: str
    """A sentence or two, the next step included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What the doctor is told beside the settings."""

    clock: Callable[[], datetime]
    version: str
    offline: bool = False
    resolver: Resolver | None = None
    """None for the machine's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Glance:
    """What one request to a canary brought, and when."""

    uri: str
    fetch: Fetch
    ended_at: datetime
    """By our clock."""


def examine(settings: Settings, practice: Practice) -> Iterator[Result]:
    """The results, by topic, each as soon as it is known."""
    yield from _list(settings)
    yield from _settings(settings, practice.version)
    known = _known(settings)
    yield from _database(Path(settings.database), known)
    yield _reports(settings)
    glances = _glances(settings, practice)
    yield from _network(glances)
    yield from _clock(() if isinstance(glances, Result) else glances, practice.clock(), known)
    yield _certificates(settings)


def _list(settings: Settings) -> Iterator[Result]:
    try:
        listed = read_list(settings.resources)
    except CrawlerError as error:
        yield Result(topic=Topic.LIST, level=Level.FAIL, text=str(error))
        return
    count = len(listed.resources)
    yield Result(
        topic=Topic.LIST, level=Level.OK, text=f"{settings.resources}: {count} resources."
    )
    for notice in listed.notices[:MAX_NOTICES]:
        yield Result(topic=Topic.LIST, level=Level.WARN, text=notice.text)
    more = len(listed.notices) - MAX_NOTICES
    if more > 0:
        text = f"{more} more lines like these; the report names them all."
        yield Result(topic=Topic.LIST, level=Level.WARN, text=text)


def _settings(settings: Settings, version: str) -> Iterator[Result]:
    agent = settings.user_agent.replace("VERSION", version)
    yield Result(topic=Topic.SETTINGS, level=Level.OK, text=f"Sites are asked as {agent}.")
    if DEFAULT_CONTACT in agent:
        text = (
            f"The contact is the placeholder {DEFAULT_CONTACT}; put a page or address of your own in"
            " its place in user_agent, so that a site's owner can reach you."
        )
        yield Result(topic=Topic.SETTINGS, level=Level.WARN, text=text)
    for host, ours in settings.hosts:
        if ours.insecure:
            text = f'The certificate of {host} is not checked (hosts."{host}".insecure).'
            yield Result(topic=Topic.SETTINGS, level=Level.WARN, text=text)


# --- files --------------------------------------------------------------------------------------


def _known(settings: Settings) -> SoFar | CrawlerError | None:
    """What the database has seen, or why it does not tell; None when there is none yet."""
    path = Path(settings.database)
    if not path.exists() or (path.is_file() and not path.stat().st_size):
        return None
    try:
        with Store.open(settings.database, exclusive=False) as store:
            return store.so_far()
    except CrawlerError as error:
        return error


def _database(path: Path, known: SoFar | CrawlerError | None) -> Iterator[Result]:
    if known is None:
        yield _place_of_database(path)
    elif isinstance(known, CrawlerError):
        yield Result(topic=Topic.DATABASE, level=Level.FAIL, text=str(known))
    else:
        text = f"{path}: ours and whole, schema {known.schema}, {known.runs} runs, {_size(path)}."
        yield Result(topic=Topic.DATABASE, level=Level.OK, text=text)
        yield from _trouble(path, known)


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB"


def _trouble(path: Path, known: SoFar) -> Iterator[Result]:
    if not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)):
        text = f"{path} cannot be written; check the permissions of the file and its folder."
        yield Result(topic=Topic.DATABASE, level=Level.FAIL, text=text)
    if known.unfinished:
        text = "A run is going on, or was cut short; in the second case the next one marks it so."
        yield Result(topic=Topic.DATABASE, level=Level.WARN, text=text)


def _place_of_database(path: Path) -> Result:
    folder = path.absolute().parent
    if folder.is_dir() and os.access(folder, os.W_OK):
        text = f"{path}: none yet; `crawler run` makes it."
        return Result(topic=Topic.DATABASE, level=Level.OK, text=text)
    text = f"{path}: there is no folder for it that can be written to; make one, or name another."
    return Result(topic=Topic.DATABASE, level=Level.FAIL, text=text)


def _reports(settings: Settings) -> Result:
    try:
        prepare_folder(Path(settings.reports))
    except CrawlerError as error:
        return Result(topic=Topic.REPORTS, level=Level.FAIL, text=str(error))
    text = f"{settings.reports}: can be written to."
    return Result(topic=Topic.REPORTS, level=Level.OK, text=text)


# --- network and clock --------------------------------------------------------------------------


def _glances(settings: Settings, practice: Practice) -> tuple[_Glance, ...] | Result:
    """What the canaries answered, or why none was asked."""
    if practice.offline or not settings.guard.canaries:
        why = "offline" if practice.offline else "no addresses in guard.canaries"
        return Result(topic=Topic.NETWORK, level=Level.SKIP, text=f"Nothing was asked ({why}).")
    try:
        return asyncio.run(_glance_at_all(settings, practice))
    except ConfigError as error:
        text = f"Nothing could be asked: {error}"
        return Result(topic=Topic.NETWORK, level=Level.FAIL, text=text)


async def _glance_at_all(settings: Settings, practice: Practice) -> tuple[_Glance, ...]:
    once = replace(settings, fetch=replace(settings.fetch, attempts=1))
    turns = Turns(once, backlog=lambda _: 1)
    fetcher = Fetcher(once, version=practice.version, turns=turns, resolver=practice.resolver)

    async def glance(uri: str) -> _Glance:
        target = Target(uri=uri, resources=())
        fetch = await fetcher.fetch(target, gate=_open_gate, sleep=asyncio.sleep)
        return _Glance(uri=uri, fetch=fetch, ended_at=practice.clock())

    async with fetcher:
        return tuple(await asyncio.gather(*map(glance, once.guard.canaries)))


async def _open_gate(uri: str, allowance: Allowance) -> Refusal | None:
    """Asks no robots.txt: these are a few pages, once, at a person's own wish."""
    return None


def _network(glances: tuple[_Glance, ...] | Result) -> Iterator[Result]:
    if isinstance(glances, Result):
        yield glances
        return
    faults = {glance.uri: _fault(glance.fetch) for glance in glances}
    level = Level.FAIL if all(faults.values()) else Level.WARN
    for glance in glances:
        fault = faults[glance.uri]
        if fault:
            text = (
                f"{glance.uri}: {fault} Check this machine's network, name servers and firewall."
            )
            yield Result(topic=Topic.NETWORK, level=level, text=text)
        else:
            text = f"{glance.uri} answers. {_times(glance.fetch)}"
            yield Result(topic=Topic.NETWORK, level=Level.OK, text=text)


def _fault(fetch: Fetch) -> str:
    """What is wrong with the answer, as a sentence; empty when it is one, whatever its status."""
    outcome = fetch.facts.outcome
    if isinstance(outcome, Failure):
        return REASONS[Reason(outcome.kind)].what
    first, last = (urls.host(fetch.facts.exchanges[i].target_uri) for i in (0, -1))
    own = urls.registrable_domain(first) == urls.registrable_domain(last)
    if isinstance(outcome, Answer) and own:
        return ""
    return f"{last} answers in its place, as a network does that wants you to log in."


def _times(fetch: Fetch) -> str:
    name, total = (
        round(t / timedelta(milliseconds=1)) for t in (fetch.timings.resolve, fetch.timings.total)
    )
    return f"{total} ms, {name} of them for its name."


def _clock(
    glances: Iterable[_Glance], now: datetime, known: SoFar | CrawlerError | None
) -> Iterator[Result]:
    yield _compared(glances)
    last = known.last_started_at if isinstance(known, SoFar) else None
    if last is not None and now < last:
        text = (
            f"The last run started at {last:%Y-%m-%d %H:%M} UTC, which is still to come: the clock"
            " was wrong then, or is now."
        )
        yield Result(topic=Topic.CLOCK, level=Level.WARN, text=text)


def _compared(glances: Iterable[_Glance]) -> Result:
    faults = [g.ended_at - g.fetch.sent_at for g in glances if g.fetch.sent_at is not None]
    # One server's clock may be wrong; ours is when it agrees with none.
    fault = min(faults, key=abs, default=None)
    if fault is None:
        text = "Not compared: no other clock was seen."
        return Result(topic=Topic.CLOCK, level=Level.SKIP, text=text)
    if abs(fault) > MAX_CLOCK_FAULT:
        side = "ahead" if fault > timedelta() else "behind"
        text = f"This machine's clock is {_minutes(abs(fault))} {side}; set it, best by NTP."
        return Result(topic=Topic.CLOCK, level=Level.FAIL, text=text)
    text = "This machine's clock agrees with others."
    return Result(topic=Topic.CLOCK, level=Level.OK, text=text)


def _minutes(span: timedelta) -> str:
    return f"{round(span / timedelta(minutes=1))} minutes"


# --- certificates -------------------------------------------------------------------------------


def _certificates(settings: Settings) -> Result:
    try:
        count = tls.roots(settings.fetch.ca_bundle)
    except ConfigError as error:
        return Result(topic=Topic.CERTIFICATES, level=Level.FAIL, text=str(error))
    if not count:
        text = (
            "No authority is trusted, so every https address will fail; install this system's"
            " certificates (ca-certificates), or name a file in fetch.ca_bundle."
        )
        return Result(topic=Topic.CERTIFICATES, level=Level.FAIL, text=text)
    text = f"{count} authorities are trusted."
    return Result(topic=Topic.CERTIFICATES, level=Level.OK, text=text)
